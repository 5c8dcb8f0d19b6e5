"""Draws the reader's lines: which text in which style. Knows nothing of widgets."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.segment import Segment

from learnfeed.core.word import WordStatus
from learnfeed.tui.messages import say
from learnfeed.tui.reader_document import Document, Role
from learnfeed.tui.text import shown
from learnfeed.tui.widgets.reader_rows import HanziLine, HeadLine, Line, PlainLine, RubyLine, indent_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rich.style import Style

    from learnfeed.core.text import Span
    from learnfeed.tui.widgets.ruby_layout import Box

    Styles = Callable[..., Style]


@dataclass(frozen=True, slots=True)
class Look:
    """What a line's looks depend on.

    Attributes:
        document: The post.
        statuses: What the learner said of its words.
        cursor: Number of the token at the cursor.
        block: The paragraph it is in.
        lit: The section and the spans of English that translate it.
    """

    document: Document
    statuses: Mapping[str, WordStatus]
    cursor: int
    block: int
    lit: tuple[int, tuple[Span, ...]]


def draw(line: Line, look: Look, style: Styles) -> list[Segment]:
    """A line as segments.

    Args:
        line: The line.
        look: What its looks depend on.
        style: Gives the style of component names, such as ``("new", "cursor")``.
    """
    if isinstance(line, RubyLine):
        return _ruby(line, look, style)
    if isinstance(line, HanziLine):
        return _hanzi(line, look, style)
    if isinstance(line, PlainLine):
        return _plain(line, look, style)
    if isinstance(line, HeadLine):
        return _head(line, style)
    if line.offers and line.block == look.block:
        return [Segment(" " * line.indent, style()), Segment(say("▸ t  translation"), style("hint"))]
    return []


def _ruby(line: RubyLine, look: Look, style: Styles) -> list[Segment]:
    out: list[Segment] = []
    x = 0
    for box in line.boxes:
        if box.ruby:
            out.append(Segment(" " * (box.ruby_x - x), style()))
            cursor = ("over",) if line.first + box.index == look.cursor else ()
            out += [Segment(text, style(f"tone-{tone}", *cursor)) for text, tone in box.ruby]
            x = box.ruby_x + box.ruby_width
    return out


def _hanzi(line: HanziLine, look: Look, style: Styles) -> list[Segment]:
    out: list[Segment] = []
    x = 0
    for box in line.boxes:
        out.append(Segment(" " * (box.x - x), style()))
        out.append(Segment(box.text, style(*_word_styles(line, box, look))))
        x = box.x + box.width
    return out


def _word_styles(line: HanziLine, box: Box, look: Look) -> list[str]:
    number = line.first + box.index
    token = look.document.tokens[number]
    names = ["title"] if line.role is Role.TITLE else []
    if token.learnable:
        names.append(look.statuses.get(token.headword, WordStatus.NEW).value)
    if number == look.cursor:
        names.append("cursor")
    return names


def _plain(line: PlainLine, look: Look, style: Styles) -> list[Segment]:
    name = "english" if line.role is None else "title" if line.role is Role.TITLE else "plain"
    section, spans = look.lit
    lit = spans if section == line.section else ()
    out: list[Segment] = []
    x = 0
    for piece in line.pieces:
        out.append(Segment(" " * (piece.x - x), style()))
        x = piece.x
        for begin, end, bright in _cut_at(piece.start, piece.end, lit):
            text = shown(piece.text[begin - piece.start : end - piece.start])
            out.append(Segment(text, style(name, "lit") if bright else style(name)))
            x += out[-1].cell_length
    return out


def _head(line: HeadLine, style: Styles) -> list[Segment]:
    heading = line.heading
    if not heading.author:
        return [Segment(f"{say('Comments')}  ", style("author")), Segment(heading.note, style("note"))]
    author = shown(heading.author) + (f" · {say('author')}" if heading.by_author else "")
    return [
        Segment(" " * indent_of(heading) + author, style("author")),
        Segment("  " + shown(heading.note), style("note")),
    ]


def _cut_at(start: int, end: int, spans: tuple[tuple[int, int], ...]) -> list[tuple[int, int, bool]]:
    """Cuts a stretch where it enters and leaves spans; says of each part whether it is inside one."""
    cuts = sorted({start, end, *(at for span in spans for at in span if start < at < end)})
    return [(a, b, any(lo <= a and b <= hi for lo, hi in spans)) for a, b in pairwise(cuts)]
