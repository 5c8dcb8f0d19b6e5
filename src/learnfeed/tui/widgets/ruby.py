"""The reader's text: pinyin over hanzi, a cursor that stops at words, English folded away."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from learnfeed.core.text import Token, TokenKind
from learnfeed.core.word import WordStatus
from learnfeed.tui.keys import bind
from learnfeed.tui.reader_document import Document
from learnfeed.tui.widgets.reader_rows import (
    GapLine,
    HanziLine,
    Rows,
    RubyLine,
    lay_out,
)

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

from learnfeed.tui.widgets.ruby_pen import Look, draw
from learnfeed.tui.widgets.styles import StyleBook

PINYIN_MODES = ("unknown", "all", "none")
_EMPTY = Document((), (), (), ())


class RubyView(ScrollView, can_focus=True):
    """A post to read. It knows nothing of services: marking and looking up are its screen's."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("enter", "next_unknown", "next new", "Go to the next word you do not know"),
        bind("right,w", "word(1)", "by word", "Go to the next word", display="←→"),
        bind("left,b", "word(-1)", "previous word", "Go to the word before", show=False),
        bind("down", "row(1)", "line down", "Go to the next line", show=False),
        bind("up", "row(-1)", "line up", "Go to the line before", show=False),
        bind("pagedown,space", "page(1)", "page down", "Go a page on", show=False),
        bind("pageup", "page(-1)", "page up", "Go a page back", show=False),
        bind("home,g", "edge(0)", "beginning", "Go to the first word", show=False),
        bind("end,G", "edge(-1)", "end", "Go to the last word", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"ruby--tone-{tone}" for tone in range(1, 6)),
        "ruby--new",
        "ruby--learning",
        "ruby--known",
        "ruby--ignored",
        "ruby--title",
        "ruby--cursor",
        "ruby--over",
        "ruby--english",
        "ruby--plain",
        "ruby--lit",
        "ruby--author",
        "ruby--note",
        "ruby--hint",
    }
    DEFAULT_CSS = """
    RubyView {
        overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        background: $background; color: $foreground; padding: 0 0 0 2;
        & .ruby--tone-1 { color: $tone-1; } & .ruby--tone-2 { color: $tone-2; }
        & .ruby--tone-3 { color: $tone-3; } & .ruby--tone-4 { color: $tone-4; }
        & .ruby--tone-5 { color: $tone-5; }
        & .ruby--new { text-style: bold; }
        & .ruby--learning { text-style: underline; }
        & .ruby--ignored { color: $quiet; }
        & .ruby--title { text-style: bold; }
        & .ruby--cursor { text-style: reverse bold; }
        & .ruby--over { text-style: bold; }
        & .ruby--english { color: $secondary; }
        & .ruby--plain { color: $quiet; }
        & .ruby--lit { color: $accent; text-style: bold underline; }
        & .ruby--author { color: $quiet; text-style: bold; }
        & .ruby--note { color: $faint; }
        & .ruby--hint { color: $faint; }
    }
    """

    class Moved(Message):
        """The cursor is on another word."""

        def __init__(self, view: RubyView, number: int) -> None:
            super().__init__()
            self.view = view
            self.number = number

        @property
        def control(self) -> RubyView:
            """The view."""
            return self.view

    class Ended(Message):
        """There is no further word to go to: the post is read."""

    def __init__(self, *, pinyin: str = "unknown", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.document = _EMPTY
        self.statuses: dict[str, WordStatus] = {}
        self.pinyin = pinyin
        self.opened: set[int] = set()
        self.cursor = -1
        self._rows = Rows()
        self._width = 0
        self._strips: dict[int, Strip] = {}
        self._style = StyleBook(self, "ruby")
        self._lit: tuple[int, tuple[tuple[int, int], ...]] = (-1, ())

    # -- what is shown -----------------------------------------------------------------------------

    def show(self, document: Document, statuses: dict[str, WordStatus]) -> None:
        """Shows a document from its beginning, the cursor on its first unknown word."""
        self.document, self.statuses = document, statuses
        self.opened = set()
        self.cursor = next(iter(document.words), -1)
        self.relay()
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._place_cursor(next((i for i in document.words if self._is_unknown(i)), self.cursor))

    def renew(self, document: Document, statuses: dict[str, WordStatus]) -> None:
        """Shows the same post annotated anew; the cursor stays on its characters."""
        section, start = -1, 0
        if self.cursor >= 0:
            section, start = self.document.sections[self.cursor], self.document.tokens[self.cursor].start
        self.document, self.statuses = document, statuses
        there = [i for i in document.words if document.sections[i] == section]
        at = next((i for i in there if document.tokens[i].end > start), there[-1] if there else -1)
        self.cursor = at if at >= 0 else next(iter(document.words), -1)
        self.relay()
        self._place_cursor(self.cursor)

    def relay(self) -> None:
        """Lays the text out again: after a change of statuses, pinyin, folding or width."""
        width = self.scrollable_content_region.width
        if not width:
            return
        self._width = width
        self._rows = lay_out(self.document, width, self.has_ruby, self.opened)
        self._strips.clear()
        self.virtual_size = Size(width, len(self._rows.lines))
        self._reveal()
        self.refresh()

    def has_ruby(self, token: Token) -> bool:
        """Whether a token's reading is shown now."""
        if self.pinyin == "none" or token.reading is None:
            return False
        if self.pinyin == "all":
            return True
        if token.kind is TokenKind.NAME:
            return False
        return not self.statuses.get(token.headword, WordStatus.NEW).counts_as_known

    def cycle_pinyin(self) -> str:
        """Shows pinyin over unknown words, all words, none; gives back the new choice."""
        self.pinyin = PINYIN_MODES[(PINYIN_MODES.index(self.pinyin) + 1) % len(PINYIN_MODES)]
        self.relay()
        return self.pinyin

    def toggle_sentence(self) -> bool:
        """Unfolds or folds the English of the sentence at the cursor; False when it has none."""
        if self.cursor < 0:
            return False
        number = self.document.sentence_of(self.cursor)
        if number is None:
            return False
        self.opened ^= {number}
        self.relay()
        return True

    def toggle_all(self) -> bool:
        """Unfolds all English, or folds it when it is unfolded; False when the post has none."""
        numbers = {
            english.number for block in self.document.blocks for english in getattr(block, "english", ())
        }
        self.opened = set() if numbers <= self.opened else numbers
        self.relay()
        return bool(numbers)

    @property
    def token(self) -> Token | None:
        """The word at the cursor."""
        return self.document.tokens[self.cursor] if self.cursor >= 0 else None

    # -- the cursor --------------------------------------------------------------------------------

    def _is_unknown(self, number: int) -> bool:
        token = self.document.tokens[number]
        return token.learnable and self.statuses.get(token.headword, WordStatus.NEW) is WordStatus.NEW

    def move_to(self, number: int) -> None:
        """Puts the cursor on a word."""
        if number != self.cursor:
            self._place_cursor(number)

    def _place_cursor(self, number: int) -> None:
        before, self.cursor = self.cursor, number
        self._lit = self.document.lit_by(number) if number >= 0 else (-1, ())
        for token in (before, number):
            self._forget(token)
        self._reveal()
        self.post_message(self.Moved(self, number))

    def _forget(self, number: int) -> None:
        line = self._rows.line_of.get(number)
        if line is None:
            return
        for dirty in (line - 1, line, *self._rows.tails[self._rows.block_of[number]]):
            self._strips.pop(dirty, None)
            self.refresh_lines(dirty)

    def _reveal(self) -> None:
        line = self._rows.line_of.get(self.cursor)
        if line is not None:
            # The line's pinyin and what follows it are wanted in sight as well.
            region = Region(0, line - 1, self._width, min(4, max(2, self.size.height)))
            self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def action_word(self, step: int) -> None:
        """Goes to the word before or after."""
        words = self.document.words
        at = bisect_left(words, self.cursor) + step
        if 0 <= at < len(words):
            self._place_cursor(words[at])
        elif step > 0:
            self.post_message(self.Ended())

    def action_next_unknown(self) -> None:
        """Goes to the next word without a status; when there is none the post is read."""
        words = self.document.words
        after = words[bisect_right(words, self.cursor) :]
        found = next((i for i in after if self._is_unknown(i)), None)
        if found is None:
            self.post_message(self.Ended())
        else:
            self._place_cursor(found)

    def action_row(self, step: int) -> None:
        """Goes to the nearest word of another line."""
        line = self._rows.line_of.get(self.cursor, 0) + step
        while 0 <= line < len(self._rows.lines):
            if self._go_to_line(line):
                return
            line += step
        if step > 0:
            self.scroll_end(animate=False)
            self.post_message(self.Ended())
        else:
            self.scroll_home(animate=False)

    def _go_to_line(self, line: int) -> bool:
        row = self._rows.lines[line]
        if not isinstance(row, HanziLine):
            return False
        here = self._rows.box_of.get(self.cursor)
        x = here.x + here.width // 2 if here else 0
        stops = set(self.document.words)
        words = [box for box in row.boxes if row.first + box.index in stops]
        if not words:
            return False
        nearest = min(words, key=lambda box: abs(box.x + box.width // 2 - x))
        self.move_to(row.first + nearest.index)
        return True

    def action_page(self, step: int) -> None:
        """Goes a page on or back."""
        height = max(2, self.size.height - 2)
        line = self._rows.line_of.get(self.cursor, 0) + step * height
        line = max(0, min(len(self._rows.lines) - 1, line))
        self.scroll_relative(y=step * height, animate=False)
        inward = range(line, -1, -1) if step > 0 else range(line, len(self._rows.lines))
        for candidate in inward:
            if self._go_to_line(candidate):
                return

    def action_edge(self, index: int) -> None:
        """Goes to the first or the last word."""
        if self.document.words:
            self.move_to(self.document.words[index])

    def on_click(self, event: events.Click) -> None:
        """Puts the cursor on the word that was clicked; a click under a line unfolds its English."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = offset.y + self.scroll_offset.y
        line = self._rows.lines[at] if at < len(self._rows.lines) else None
        if isinstance(line, RubyLine | HanziLine):
            self._click_word(line, offset.x)
        elif isinstance(line, GapLine) and line.offers and line.block == self._rows.block_of.get(self.cursor):
            self.toggle_sentence()

    def _click_word(self, line: RubyLine | HanziLine, x: int) -> None:
        stops = set(self.document.words)
        for box in line.boxes:
            over = box.ruby_x <= x < box.ruby_x + box.ruby_width if isinstance(line, RubyLine) else False
            if (over or box.x <= x < box.x + box.width) and line.first + box.index in stops:
                self.move_to(line.first + box.index)

    def on_resize(self) -> None:
        """Wraps for the new width."""
        if self.scrollable_content_region.width != self._width:
            self.relay()

    def notify_style_update(self) -> None:
        """Forgets what was drawn in the old colours."""
        super().notify_style_update()
        self._strips.clear()
        self._style.forget()

    # -- drawing -----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self._rows.lines):
            return Strip.blank(width, self._style())
        strip = self._strips.get(at)
        if strip is None:
            segments = draw(self._rows.lines[at], self._look(), self._style)
            strip = Strip(segments).adjust_cell_length(width, self._style())
            self._strips[at] = strip
        return strip

    def _look(self) -> Look:
        block = self._rows.block_of.get(self.cursor, -1)
        return Look(self.document, self.statuses, self.cursor, block, self._lit)
