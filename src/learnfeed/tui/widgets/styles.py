"""Component styles, worked out once: Textual computes them anew each time they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.style import Style
    from textual.widget import Widget


class StyleBook:
    """A widget's component styles by name; forget them when its styles change."""

    def __init__(self, widget: Widget, prefix: str) -> None:
        """Takes the widget and what its component classes begin with (``ruby`` for ``ruby--new``)."""
        self._widget = widget
        self._prefix = prefix
        self._styles: dict[tuple[str, ...], Style] = {}

    def forget(self) -> None:
        """The widget's styles changed: works them out again when they are next needed."""
        self._styles.clear()

    def __call__(self, *names: str) -> Style:
        """The widget's own style with these component styles on it, in order."""
        found = self._styles.get(names)
        if found is None:
            found = self(*names[:-1]) if names else self._widget.rich_style
            if names:
                component = f"{self._prefix}--{names[-1]}"
                found += self._widget.get_component_rich_style(component, partial=True)
            self._styles[names] = found
        return found
