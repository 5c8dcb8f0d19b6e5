"""The lines of a document at a given width: what stands on each line of the reader. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from learnfeed.tui.reader_document import Document, Heading, Paragraph, Role
from learnfeed.tui.widgets.ruby_layout import Box, Piece, wrap, wrap_plain, wrap_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from learnfeed.core.text import Token

MEASURE = 76
"""Cells of a line at most: longer ones are hard to find the beginning of the next in."""
STEP = 3
"""Cells by which an answer is set in under what it answers."""


@dataclass(frozen=True, slots=True)
class RubyLine:
    """The readings over a line of hanzi."""

    boxes: tuple[Box, ...]
    first: int


@dataclass(frozen=True, slots=True)
class HanziLine:
    """A line of hanzi.

    Attributes:
        boxes: Its tokens; :attr:`Box.index` counts from ``first``.
        first: Number of the paragraph's first token in the document.
        role: What the paragraph is.
    """

    boxes: tuple[Box, ...]
    first: int
    role: Role


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A line of English or of another text without readings.

    Attributes:
        pieces: Its words.
        section: The text they count in.
        role: What its paragraph is; None for a translation.
    """

    pieces: tuple[Piece, ...]
    section: int
    role: Role | None


@dataclass(frozen=True, slots=True)
class HeadLine:
    """The author of a comment."""

    heading: Heading


@dataclass(frozen=True, slots=True)
class GapLine:
    """The empty line after a paragraph; it offers the translation of the paragraph the cursor is in.

    Attributes:
        block: Which paragraph.
        offers: Whether it has a translation that is folded.
        indent: Where its text begins.
    """

    block: int
    offers: bool
    indent: int


Line = RubyLine | HanziLine | PlainLine | HeadLine | GapLine


@dataclass(slots=True)
class Rows:
    """All lines, and where things stand on them.

    Attributes:
        lines: Top to bottom.
        line_of: The hanzi line of each token, by its number.
        box_of: Its box.
        block_of: Its paragraph.
        tails: Lines of each paragraph that change with the cursor: translations and the gap.
    """

    lines: list[Line] = field(default_factory=list)
    line_of: dict[int, int] = field(default_factory=dict)
    box_of: dict[int, Box] = field(default_factory=dict)
    block_of: dict[int, int] = field(default_factory=dict)
    tails: dict[int, list[int]] = field(default_factory=dict)


def lay_out(
    document: Document, width: int, has_ruby: Callable[[Token], bool], is_open: Container[int]
) -> Rows:
    """Lays a document out.

    Args:
        document: The post.
        width: Cells of the view.
        has_ruby: Whether a token's reading is shown.
        is_open: Numbers of the translations that are unfolded.
    """
    rows = Rows(lines=[GapLine(-1, offers=False, indent=0)])
    measure = min(width, MEASURE)
    for at, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            if not block.author:
                rows.lines.append(GapLine(-1, offers=False, indent=0))
            rows.lines.append(HeadLine(block))
            if not block.author:
                rows.lines.append(GapLine(-1, offers=False, indent=0))
        else:
            _flow(rows, at, block, measure, has_ruby)
            _tail(rows, at, block, measure, is_open)
    return rows


def _flow(rows: Rows, at: int, block: Paragraph, measure: int, has_ruby: Callable[[Token], bool]) -> None:
    indent = indent_of(block)
    for boxes in wrap(block.tokens, measure, has_ruby, indent=indent):
        rows.lines.append(RubyLine(boxes, block.first))
        for box in boxes:
            number = block.first + box.index
            rows.line_of.setdefault(number, len(rows.lines))
            rows.box_of.setdefault(number, box)
            rows.block_of[number] = at
        rows.lines.append(HanziLine(boxes, block.first, block.role))
    if block.plain:
        rows.lines += [
            PlainLine(pieces, block.section, block.role)
            for pieces in wrap_plain(block.plain, block.start, measure, indent=indent)
        ]


def _tail(rows: Rows, at: int, block: Paragraph, measure: int, is_open: Container[int]) -> None:
    indent = indent_of(block)
    tail = rows.tails.setdefault(at, [])
    unfolded = [(english.text, english.start) for english in block.english if english.number in is_open]
    for pieces in wrap_runs(unfolded, measure, indent=indent):
        tail.append(len(rows.lines))
        rows.lines.append(PlainLine(pieces, block.section, None))
    offers = any(translation.number not in is_open for translation in block.english)
    tail.append(len(rows.lines))
    rows.lines.append(GapLine(at, offers, indent))


def indent_of(block: Paragraph | Heading) -> int:
    """Cells that a block is set in by."""
    if isinstance(block, Heading):
        return block.depth * STEP
    return (block.depth + 1) * STEP - 1 if block.role is Role.COMMENT else 0
