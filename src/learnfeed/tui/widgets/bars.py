"""The line at the top and the line at the bottom of every screen; each is one widget and one strip."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from learnfeed.tui.keys import key_label
from learnfeed.tui.messages import say
from learnfeed.tui.text import cut, shown
from learnfeed.tui.widgets.styles import StyleBook

if TYPE_CHECKING:
    from textual import events
    from textual.binding import Binding
    from textual.screen import Screen

MARK = "学 learnfeed"


class TitleBar(Widget):
    """Where one is: a name on the left, figures on the right, ours in the middle when there is room."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"title-bar--name", "title-bar--quiet", "title-bar--mark"}
    DEFAULT_CSS = """
    TitleBar {
        dock: top; height: 1; background: $surface; color: $foreground;
        & .title-bar--name { text-style: bold; }
        & .title-bar--quiet { color: $quiet; }
        & .title-bar--mark { color: $accent; }
    }
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._label, self._about, self._right = name, "", ""
        self._part = StyleBook(self, "title-bar")

    def tell(self, *, name: str | None = None, about: str | None = None, right: str | None = None) -> None:
        """Changes what stands there; None leaves a part as it is."""
        self._label = self._label if name is None else shown(name)
        self._about = self._about if about is None else shown(about)
        self._right = self._right if right is None else shown(right)
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line."""
        width = self.size.width
        base = self._part()
        right = cut(self._right, max(0, width - 12))
        room = width - cell_len(right) - 4
        name = cut(self._label, max(4, room))
        about = self._about if cell_len(self._about) <= room - cell_len(name) - 3 else ""
        segments = [Segment(" ", base), Segment(name, self._part("name"))]
        if about:
            segments += [Segment("   ", base), Segment(about, self._part("quiet"))]
        used = sum(segment.cell_length for segment in segments)
        middle = (width - cell_len(MARK)) // 2
        if not about and used + 2 < middle and middle + cell_len(MARK) + 2 < width - cell_len(right):
            segments += [Segment(" " * (middle - used), base), Segment(MARK, self._part("mark"))]
            used = middle + cell_len(MARK)
        gap = max(1, width - used - cell_len(right) - 1)
        segments += [Segment(" " * gap, base), Segment(right, self._part("quiet"))]
        return Strip(segments).adjust_cell_length(width, base)

    def notify_style_update(self) -> None:
        """Forgets the old colours."""
        super().notify_style_update()
        self._part.forget()


class KeyBar(Widget):
    """The keys that work here, as many as fit; a click presses one.

    One widget with one strip: the keys' screen paints in a fraction of what a widget for each key costs.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--label", "key-bar--off"}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; background: $surface; color: $foreground;
        & .key-bar--key { color: $accent; text-style: bold; }
        & .key-bar--label { color: $quiet; }
        & .key-bar--off { color: $faint; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, Binding]] = []
        self._part = StyleBook(self, "key-bar")
        self._strip: Strip | None = None

    def on_mount(self) -> None:
        """Follows what the screen allows."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self._strip = None
            self.refresh()

    def on_resize(self) -> None:
        """Fits the keys to the new width."""
        self._strip = None

    def notify_style_update(self) -> None:
        """Draws again in the new colours."""
        super().notify_style_update()
        self._part.forget()
        self._strip = None

    def _shown_keys(self) -> list[tuple[Binding, bool]]:
        seen: dict[str, tuple[Binding, bool]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.description:
                seen.setdefault(binding.action, (binding, active.enabled))
        last = ("app.help", "help", "app.leave", "leave")
        return sorted(seen.values(), key=lambda item: item[0].action in last)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line."""
        if self._strip is None:
            self._strip = self._draw()
        return self._strip

    def _draw(self) -> Strip:
        base, width = self._part(), self.size.width
        keys = self._shown_keys()
        self._places = []
        segments = [Segment(" ", base)]
        x = 1
        for at, (binding, enabled) in enumerate(keys):
            key = binding.key_display or key_label(binding.key)
            label = say(binding.description)
            size = cell_len(key) + 1 + cell_len(label)
            rest = sum(
                _size(other) + 2 for other, _ in keys[at + 1 :] if other.action in ("help", "app.help")
            )
            if x + size + rest > width:
                continue
            segments += [Segment(key, self._part("key" if enabled else "off")), Segment(" ", base)]
            segments += [Segment(label, self._part("label" if enabled else "off")), Segment("  ", base)]
            self._places.append((x, x + size, binding))
            x += size + 2
        return Strip(segments).adjust_cell_length(width, base)

    def _at(self, x: int) -> Binding | None:
        return next((binding for start, end, binding in self._places if start <= x < end), None)

    def on_click(self, event: events.Click) -> None:
        """Presses the key that was clicked."""
        if binding := self._at(event.x):
            self.app.simulate_key(binding.key)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Says what the key under the mouse does."""
        binding = self._at(event.x)
        self.tooltip = say(binding.tooltip) if binding else None


def _size(binding: Binding) -> int:
    return cell_len(binding.key_display or key_label(binding.key)) + 1 + cell_len(say(binding.description))
