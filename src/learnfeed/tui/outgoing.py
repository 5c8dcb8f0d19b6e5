"""The last look at what goes to the terminal, whichever widget it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

from learnfeed.tui.text import without_codes

if TYPE_CHECKING:
    from textual.color import Color


class NoCodes(LineFilter):
    """Takes out of every line what a terminal would obey instead of show.

    Our widgets show clean text by themselves; this holds for Textual's own ones too: what stands in an input, a
    message, a list, a tooltip. A line keeps its width.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Cleans the segments of a line; most need nothing."""
        del background
        if all(text.isprintable() for text, _, _ in segments):
            return segments
        return [Segment(_clean(text), style) for text, style, _ in segments]


def _clean(text: str) -> str:
    cleaned = without_codes(text)
    return cleaned + " " * (cell_len(text) - cell_len(cleaned)) if cleaned != text else text
