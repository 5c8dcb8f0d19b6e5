"""Reviews of the coming days as small bars, with their numbers: colour and height are extra."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from learnfeed.tui.widgets.styles import StyleBook

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCKS = " ▁▂▃▄▅▆▇█"
DAY = 6
"""Cells of a day."""


class Forecast(Widget):
    """Numbers above, bars, names of days below."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"forecast--bar", "forecast--today", "forecast--label"}
    DEFAULT_CSS = """
    Forecast {
        height: 5; width: 42; color: $foreground;
        & .forecast--bar { color: $secondary; }
        & .forecast--today { color: $accent; }
        & .forecast--label { color: $quiet; }
    }
    """

    def __init__(self, counts: Sequence[int], names: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.counts, self.names = tuple(counts), tuple(names)
        self.visible = any(counts)
        self._style = StyleBook(self, "forecast")

    def show(self, counts: Sequence[int], names: Sequence[str]) -> None:
        """Shows days.

        Args:
            counts: Reviews of each day, today first.
            names: What stands under each.
        """
        self.counts, self.names = tuple(counts), tuple(names)
        self.visible = any(counts)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the picture."""
        height = self.size.height
        label = self._style("label")
        if y == 0:
            segments = [Segment(str(n or "·").center(DAY), label) for n in self.counts]
        elif y == height - 1:
            segments = [Segment(name.center(DAY), label) for name in self.names]
        else:
            segments = [self._bar(day, count, y) for day, count in enumerate(self.counts)]
        return Strip(segments).adjust_cell_length(self.size.width, self._style())

    def _bar(self, day: int, count: int, y: int) -> Segment:
        rows = self.size.height - 2
        most = max(self.counts, default=0) or 1
        eighths = -(-count * rows * 8 // most)
        level = max(0, min(8, eighths - (rows - y) * 8))
        part = "today" if day == 0 else "bar"
        return Segment((_BLOCKS[level] * (DAY - 3)).center(DAY), self._style(part))

    def notify_style_update(self) -> None:
        """Forgets the old colours."""
        super().notify_style_update()
        self._style.forget()
