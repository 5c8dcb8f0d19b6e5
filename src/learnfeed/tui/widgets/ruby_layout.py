"""Pinyin over hanzi, wrapped by the rules of Chinese typesetting. Pure: no terminal in here.

Hanzi of a word stay together; its pinyin stands centred above and may hang over neighbours that have
none (ruby overhang, W3C *Requirements for Chinese Text Layout* 3.3), so that a line of mostly known
words looks like ordinary text. Two readings never touch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len

from learnfeed.tui.notation import Written, in_script, readings, written
from learnfeed.tui.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from learnfeed.core.text import Token

# GB/T 15834-2011 5.1: these may not begin a line, those may not end one.
CLOSERS = frozenset("，。、；：？！”’）》】」』〉〕…—·～,.;:?!)]}%‰℃")
OPENERS = frozenset("“‘（《【「『〈〔([{#@")

SLACK = 1
"""Cells by which a reading may stand off its word's centre before the word itself moves."""
_NOTHING = -(10**6)


@dataclass(frozen=True, slots=True)
class Box:
    """A token on a line.

    Attributes:
        index: Its place among the tokens that were laid out.
        text: What is shown of it.
        x: Its first cell.
        width: Cells of the text.
        ruby: Its reading; empty where none is shown.
        ruby_x: First cell of the reading.
        ruby_width: Cells of the reading.
    """

    index: int
    text: str
    x: int
    width: int
    ruby: Written = ()
    ruby_x: int = 0
    ruby_width: int = 0

    @property
    def right(self) -> int:
        """The cell after it, its reading included."""
        return max(self.x + self.width, self.ruby_x + self.ruby_width if self.ruby else 0)


@lru_cache(maxsize=16384)
def _cells(text: str) -> int:
    return cell_len(text)


def ruby_of(token: Token) -> Written:
    """A token's reading for display; empty when it has none."""
    return written(token.reading.syllables) if token.reading else ()


def wrap(
    tokens: Sequence[Token], width: int, has_ruby: Callable[[Token], bool], *, indent: int = 0
) -> list[tuple[Box, ...]]:
    """Lays tokens out on lines.

    Words are not split unless one is wider than a line; closing marks do not begin a line, opening
    marks do not end one; blanks vanish at line ends.

    Args:
        tokens: What to lay out; :attr:`Box.index` counts them.
        width: Cells of a line.
        has_ruby: Whether a token's reading is shown.
        indent: Cells left free on the left.

    Returns:
        The lines' boxes; none for no tokens.
    """
    line = _Line(indent, max(width, indent + 2))
    said = readings(tokens)
    for group in _groups(tokens):
        boxes = [_box(i, tokens[i], said[i], has_ruby) for i in group]
        if not any(box.text.strip() for box in boxes):
            line.skip(boxes[0])
            continue
        if not line.take(boxes):
            line.end()
            if not line.take(boxes):
                for piece in _split(boxes, line.width - indent):
                    if not line.take([piece]):
                        line.end()
                        line.take([piece])
    line.end()
    return line.rows


def _groups(tokens: Sequence[Token]) -> Iterator[list[int]]:
    """Runs of tokens that stay on one line: opening marks, a word, closing marks; blanks stand alone."""
    group: list[int] = []
    open_ended = True
    for i, token in enumerate(tokens):
        if not shown(token.text).strip():  # also what is nothing but codes
            if group:
                yield group
            yield [i]
            group, open_ended = [], True
            continue
        closes = token.text[0] in CLOSERS
        if group and not open_ended and not closes:
            yield group
            group = []
        group.append(i)
        open_ended = token.text[-1] in OPENERS
    if group:
        yield group


def _box(index: int, token: Token, syllables: tuple[str, ...], has_ruby: Callable[[Token], bool]) -> Box:
    text = shown(in_script(token.text, token.reading.syllables) if token.reading else token.text)
    ruby = written(syllables) if syllables and has_ruby(token) else ()
    return Box(index, text, 0, _cells(text), ruby, 0, sum(_cells(syllable) for syllable, _ in ruby))


def _split(boxes: Iterable[Box], width: int) -> Iterator[Box]:
    """Cuts boxes that are wider than a line at characters; their readings go with the first piece."""
    for box in boxes:
        piece, cells, ruby = "", 0, box.ruby if box.ruby_width <= width else ()
        for char in box.text:
            more = _cells(char)
            if cells + more > width:
                yield Box(box.index, piece, 0, cells, ruby, 0, box.ruby_width if ruby else 0)
                piece, cells, ruby = "", 0, ()
            piece += char
            cells += more
        yield Box(box.index, piece, 0, cells, ruby, 0, box.ruby_width if ruby else 0)


class _Line:
    """The line being filled."""

    def __init__(self, indent: int, width: int) -> None:
        self.indent, self.width = indent, width
        self.rows: list[tuple[Box, ...]] = []
        self._boxes: list[Box] = []
        self._x = indent
        self._ruby_end = _NOTHING

    def skip(self, blank: Box) -> None:
        """Leaves room for a blank, except where a line begins."""
        if self._boxes:
            self._x += min(blank.width, 1)

    def take(self, boxes: Sequence[Box]) -> bool:
        """Puts boxes at the end of the line; False when they do not fit."""
        placed, x, ruby_end = self._placed(boxes, self._x)
        first = next((box for box in placed if box.ruby), None)
        if first and (gap := first.x - self._x - sum(b.width for b in placed if b.index < first.index)) > 0:
            # The word makes way for the reading before it: the marks that open it go along.
            placed, x, ruby_end = self._placed(boxes, self._x + gap)
        if max(box.right for box in placed) > self.width:
            return False
        self._boxes += placed
        self._x, self._ruby_end = x, ruby_end
        return True

    def _placed(self, boxes: Sequence[Box], x: int) -> tuple[list[Box], int, int]:
        placed: list[Box] = []
        ruby_end = self._ruby_end
        for box in boxes:
            at, x, ruby_end = self._place(box, x, ruby_end)
            placed.append(at)
        return placed, x, ruby_end

    def _place(self, box: Box, x: int, ruby_end: int) -> tuple[Box, int, int]:
        if not box.ruby:
            return Box(box.index, box.text, x, box.width), x + box.width, ruby_end
        lead = int((box.width - box.ruby_width) / 2)  # negative where the reading is the wider one
        allowed = max(ruby_end + 1, self.indent)
        if x > self.indent:
            x += max(0, allowed - (x + lead) - SLACK)
        at = max(allowed, min(x + lead, self.width - box.ruby_width))
        placed = Box(box.index, box.text, x, box.width, box.ruby, at, box.ruby_width)
        return placed, x + box.width, at + box.ruby_width

    def end(self) -> None:
        """Closes the line."""
        if self._boxes:
            self.rows.append(tuple(self._boxes))
        self._boxes, self._x, self._ruby_end = [], self.indent, _NOTHING


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text on a line.

    Attributes:
        text: What is shown.
        start: Where it begins in its text (code points), for spans that light up.
        x: Its first cell.
    """

    text: str
    start: int
    x: int

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.start + len(self.text)


def wrap_plain(text: str, start: int, width: int, *, indent: int = 0) -> list[tuple[Piece, ...]]:
    """Wraps one stretch of plain text; see :func:`wrap_runs`."""
    return wrap_runs([(text, start)], width, indent=indent)


def wrap_runs(runs: Iterable[tuple[str, int]], width: int, *, indent: int = 0) -> list[tuple[Piece, ...]]:
    """Wraps plain text at blanks; words longer than a line are cut.

    Args:
        runs: Stretches of text with their offsets in the text they are part of; they flow together.
        width: Cells of a line.
        indent: Cells left free on the left.
    """
    rows: list[list[Piece]] = [[]]
    x = indent
    for at, word in _words(runs):
        if not word:
            x += 1 if rows[-1] else 0
            continue
        if x + _cells(shown(word)) > width and rows[-1]:
            rows.append([])
            x = indent
        for piece, offset in _chunks(word, max(width - indent, 2)):
            if x + _cells(shown(piece)) > width and rows[-1]:
                rows.append([])
                x = indent
            rows[-1].append(Piece(piece, at + offset, x))
            x += _cells(shown(piece))
    return [tuple(row) for row in rows if row]


def _words(runs: Iterable[tuple[str, int]]) -> Iterator[tuple[int, str]]:
    """Words with their offsets; an empty one for each blank between them."""
    for text, start in runs:
        for blank, group in groupby(enumerate(text, start), key=lambda item: item[1].isspace()):
            chars = list(group)
            yield chars[0][0], "" if blank else "".join(char for _, char in chars)
        yield -1, ""


def _chunks(word: str, width: int) -> Iterator[tuple[str, int]]:
    begin, cells = 0, 0
    for i, char in enumerate(word):
        more = _cells(shown(char))
        if cells + more > width:
            yield word[begin:i], begin
            begin, cells = i, 0
        cells += more
    yield word[begin:], begin
