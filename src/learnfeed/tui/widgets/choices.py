"""Options of a quiz question: a column to choose from, or pieces side by side to put in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from learnfeed.tui.text import cut, shown

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size


class Mark(StrEnum):
    """What became of an option; each has a sign of its own, so that colour is not needed."""

    OPEN = "open"
    USED = "used"
    RIGHT = "right"
    WRONG = "wrong"


_SIGNS = {Mark.OPEN: " ", Mark.USED: "·", Mark.RIGHT: "✓", Mark.WRONG: "✗"}
_COLUMN = 60
_GAP = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an option stands: first and last cell, and the line."""

    number: int
    x: int
    end: int
    y: int


class Choices(Widget):
    """Options with their digits. A digit or a click chooses one; what that means is the screen's."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choices--key",
        *(f"choices--{mark.value}" for mark in Mark),
    }
    DEFAULT_CSS = """
    Choices {
        height: auto; background: $background; color: $foreground;
        & .choices--key { color: $accent; text-style: bold; }
        & .choices--used { color: $faint; text-style: dim; }
        & .choices--right { color: $success; text-style: bold; }
        & .choices--wrong { color: $error; text-style: bold; }
    }
    """

    class Chosen(Message):
        """An option was clicked."""

        def __init__(self, choices: Choices, number: int) -> None:
            super().__init__()
            self.choices = choices
            self.number = number

        @property
        def control(self) -> Choices:
            """The options."""
            return self.choices

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's name
        super().__init__(id=id)
        self._texts: Sequence[str] = ()
        self._marks: dict[int, Mark] = {}
        self._flow = False

    def show(self, texts: Sequence[str], *, flow: bool = False) -> None:
        """Shows options, all open.

        Args:
            texts: Their texts.
            flow: Side by side instead of in a column.
        """
        self._texts = [shown(text) for text in texts]
        self._marks, self._flow = {}, flow
        self.display = bool(texts)
        self.refresh(layout=True)

    def mark(self, marks: dict[int, Mark]) -> None:
        """Says what became of options; those that are not named are open."""
        self._marks = marks
        self.refresh()

    @property
    def text(self) -> str:
        """What is shown, a line for each option."""
        return "\n".join(
            f"{_SIGNS[self._marks.get(i, Mark.OPEN)]} {i + 1} {text}" for i, text in enumerate(self._texts)
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the options need."""
        del container, viewport
        places = self._places(width)
        return max((place.y for place in places), default=0) + 1

    def _places(self, width: int) -> list[_Place]:
        if self._flow:
            return self._flowing(width)
        widest = max((cell_len(text) for text in self._texts), default=0)
        wide = min(max(widest + 4, 16), _COLUMN, width)
        x = (width - wide) // 2
        return [_Place(i, x, x + wide, i) for i in range(len(self._texts))]

    def _flowing(self, width: int) -> list[_Place]:
        rows: list[list[tuple[int, int]]] = [[]]
        used = 0
        for i, text in enumerate(self._texts):
            need = min(cell_len(text) + 4, width)
            if used + need > width - 4 and rows[-1]:
                rows.append([])
                used = 0
            rows[-1].append((i, need))
            used += need + _GAP
        places: list[_Place] = []
        for y, row in enumerate(rows):
            x = max(0, (width - sum(need + _GAP for _, need in row) + _GAP) // 2)
            for i, need in row:
                places.append(_Place(i, x, x + need, y))
                x += need + _GAP
        return places

    def render_line(self, y: int) -> Strip:
        """The options of a line."""
        width, base = self.size.width, self.rich_style
        segments: list[Segment] = []
        x = 0
        for place in self._places(width):
            if place.y == y:
                segments += [Segment(" " * (place.x - x), base), *self._option(place)]
                x = place.end
        return Strip(segments).adjust_cell_length(width, base)

    def _option(self, place: _Place) -> list[Segment]:
        base, mark = self.rich_style, self._marks.get(place.number, Mark.OPEN)
        style = base + self.get_component_rich_style(f"choices--{mark.value}", partial=True)
        key = base + self.get_component_rich_style("choices--key", partial=True)
        room = place.end - place.x - 4
        text = cut(self._texts[place.number], room)
        return [
            Segment(f"{_SIGNS[mark]}", style),
            Segment(f"{place.number + 1}", style if mark is Mark.USED else key),
            Segment("  ", base),
            Segment(text, style),
            Segment(" " * (room - cell_len(text)), base),
        ]

    def on_click(self, event: events.Click) -> None:
        """Chooses the option that was clicked."""
        for place in self._places(self.size.width):
            if place.y == event.y and place.x <= event.x < place.end:
                self.post_message(self.Chosen(self, place.number))
