"""The feed: any number of posts as a grid of cards, of which only those in sight exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from learnfeed.core.level import FIRST_BAND, TARGET_SHARE, level_label
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.text import fit, shown

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

    from learnfeed.core.feed import PostCard
    from learnfeed.tui.widgets.post_source import PostSource
from learnfeed.tui.widgets.styles import StyleBook

CARD_HEIGHT = 5
"""Four lines and a gap."""
CARD_WIDTH = 50
"""A card's cells at least, before there is a second column."""
GUTTER = 2
METER = 10
_FULL, _HALF, _EMPTY = "━", "╸", "─"

Cells = list[tuple[str, str]]
"""Text with the name of its style."""


def meter(share: float) -> tuple[str, str]:
    """A bar for a share (0–1): the part that is full, and the rest."""
    halves = round(share * METER * 2)
    full = _FULL * (halves // 2) + _HALF * (halves % 2)
    return full, _EMPTY * (METER - len(full))


def card_lines(card: PostCard) -> tuple[Cells, Cells, Cells, Cells]:
    """A card's four lines: title, first line, English, figures."""
    read = card.read_at is not None
    title, line, english = shown(card.title), shown(card.line), shown(card.english)
    if card.level >= FIRST_BAND:  # the language that is learned comes first
        line, english = english or line, line if english else ""
    first: Cells = [(line, "line")]
    if title.startswith(line):  # a post without a title of its own is called by its first line
        first, english = [(english, "english")], ""
    return ([(title or "–", "read" if read else "title")], first, [(english, "english")], _figures(card))


def _figures(card: PostCard) -> Cells:
    share = card.coverage.share
    full, rest = meter(share)
    new = card.coverage.new_words
    cells = [
        (f"{level_label(card.level):<8}", "quiet"),
        (full, "ready" if share >= TARGET_SHARE else "meter"),
        (rest, "faint"),
        (f" {round(share * 100):>3} %  ", "quiet"),
        (say("{new} new", new=new) if new else say("nothing new"), "quiet"),
    ]
    if card.read_at is not None:
        cells.append((f"  ✓ {say('read')}", "ready"))
    if card.likes:
        cells.append((f"  ♥ {shown(card.likes)}", "quiet"))
    if card.tags:
        cells.append(("  " + " ".join(f"#{shown(tag)}" for tag in card.tags[:3]), "faint"))
    return cells


class FeedGrid(ScrollView, can_focus=True):
    """Cards in columns. A :class:`PostSource` says what they hold."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("enter", "open", "read", "Open the post"),
        bind("down,j", "move(0, 1)", "down", "Go to the post below", show=False),
        bind("up,k", "move(0, -1)", "up", "Go to the post above", show=False),
        bind("right,l", "move(1, 0)", "right", "Go to the post on the right", show=False),
        bind("left,h", "move(-1, 0)", "left", "Go to the post on the left", show=False),
        bind("pagedown,space,ctrl+f", "page(1)", "page down", "Go a page on", show=False),
        bind("pageup,ctrl+b", "page(-1)", "page up", "Go a page back", show=False),
        bind("home,g", "edge(0)", "first", "Go to the first post", show=False),
        bind("end,G", "edge(1)", "last", "Go to the last post", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"feed--{name}"
        for name in (
            "card",
            "selected",
            "bar",
            "title",
            "read",
            "line",
            "english",
            "quiet",
            "faint",
            "meter",
            "ready",
        )
    }
    DEFAULT_CSS = """
    FeedGrid {
        overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        background: $background; color: $foreground; padding: 0 0 0 1;
        & .feed--card { background: $background; color: $foreground; }
        & .feed--selected { background: $raised; color: $foreground; }
        & .feed--bar { color: $accent; }
        & .feed--title { text-style: bold; }
        & .feed--read { color: $quiet; }
        & .feed--line { color: $foreground; }
        & .feed--english { color: $quiet; }
        & .feed--quiet { color: $quiet; }
        & .feed--faint { color: $faint; }
        & .feed--meter { color: $secondary; }
        & .feed--ready { color: $success; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Opened(Message):
        """A post is to be read."""

        def __init__(self, post_id: int) -> None:
            super().__init__()
            self.post_id = post_id

    class Selected(Message):
        """Another post is selected."""

    def __init__(self, source: PostSource, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.source = source
        self.columns = 1
        self._card_width = CARD_WIDTH
        self._drawn: dict[int, list[list[Segment]]] = {}
        self._style = StyleBook(self, "feed")

    # -- what is shown -----------------------------------------------------------------------------

    def renew(self, cursor: int = 0) -> None:
        """Shows what the source holds now, the selection at a place."""
        self._drawn.clear()
        self.set_reactive(FeedGrid.cursor, max(0, min(cursor, len(self.source) - 1)))
        self._reflow()
        self.refresh()
        self.post_message(self.Selected())

    def _reflow(self) -> None:
        width = self.scrollable_content_region.width
        if not width:
            return
        self.columns = max(1, (width + GUTTER) // (CARD_WIDTH + GUTTER))
        self._card_width = (width - (self.columns - 1) * GUTTER) // self.columns
        self._drawn.clear()
        rows = -(-len(self.source) // self.columns)
        self.virtual_size = Size(width, rows * CARD_HEIGHT)
        self._reveal()

    def on_resize(self) -> None:
        """Puts the cards into as many columns as there is room for."""
        self._reflow()

    def notify_style_update(self) -> None:
        """Forgets what was drawn in the old colours."""
        super().notify_style_update()
        self._drawn.clear()
        self._style.forget()

    @property
    def card(self) -> PostCard | None:
        """The selected post."""
        self.source.need(self.cursor, self.cursor + 1)
        return self.source.card(self.cursor)

    # -- the selection -----------------------------------------------------------------------------

    def watch_cursor(self, before: int, now: int) -> None:
        """Draws the two cards that changed."""
        for place in (before, now):
            self._drawn.pop(place, None)
            self.refresh_lines(place // self.columns * CARD_HEIGHT, CARD_HEIGHT)
        self._reveal()
        self.post_message(self.Selected())

    def _reveal(self) -> None:
        top = self.cursor // self.columns * CARD_HEIGHT
        self.scroll_to_region(Region(0, top, 1, CARD_HEIGHT - 1), animate=False, force=True, immediate=True)

    def _go(self, place: int) -> None:
        if len(self.source):
            self.cursor = max(0, min(len(self.source) - 1, place))

    def action_move(self, columns: int, rows: int) -> None:
        """Goes so many cards to the side or down."""
        place = self.cursor + columns + rows * self.columns
        if 0 <= place < len(self.source) or columns:
            self._go(place)
        elif rows > 0:
            last_row = (len(self.source) - 1) // self.columns
            self._go(len(self.source) - 1 if self.cursor // self.columns < last_row else self.cursor)

    def action_page(self, step: int) -> None:
        """Goes a page on or back."""
        self._go(self.cursor + step * self.columns * max(1, self.size.height // CARD_HEIGHT))

    def action_edge(self, end: int) -> None:
        """Goes to the first or the last post."""
        self._go(len(self.source) - 1 if end else 0)

    def action_open(self) -> None:
        """Opens the selected post."""
        if self.cursor < len(self.source):
            self.post_message(self.Opened(self.source.ids[self.cursor]))

    def on_click(self, event: events.Click) -> None:
        """Selects a card; a click on the selected one opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row, line = divmod(offset.y + self.scroll_offset.y, CARD_HEIGHT)
        column = min(self.columns - 1, offset.x // (self._card_width + GUTTER))
        place = row * self.columns + column
        if line < CARD_HEIGHT - 1 and place < len(self.source):
            again = place == self.cursor
            self._go(place)
            if again:
                self.action_open()

    # -- drawing -----------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Reads the cards that come into sight, then draws them."""
        top = self.scroll_offset.y + crop.y
        first = top // CARD_HEIGHT * self.columns
        last = ((top + crop.height) // CARD_HEIGHT + 1) * self.columns
        self.source.need(first, last)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of all cards in a row."""
        width = self.scrollable_content_region.width
        row, line = divmod(y + self.scroll_offset.y, CARD_HEIGHT)
        first = row * self.columns
        if line == CARD_HEIGHT - 1 or first >= len(self.source):
            return Strip.blank(width, self._style())
        segments: list[Segment] = []
        for place in range(first, min(first + self.columns, len(self.source))):
            if place > first:
                segments.append(Segment(" " * GUTTER, self._style()))
            segments += self._lines_of(place)[line]
        return Strip(segments).adjust_cell_length(width, self._style())

    def _lines_of(self, place: int) -> list[list[Segment]]:
        found = self._drawn.get(place)
        if found is not None:
            return found
        card = self.source.card(place)
        if card is None:  # gone since the ids were read: another window removed it
            return [[Segment(" " * self._card_width, self._style())]] * (CARD_HEIGHT - 1)
        ground = "selected" if place == self.cursor else "card"
        bar = "▌" if place == self.cursor else " "
        lines = [
            [Segment(bar + " ", self._style(ground, "bar")), *self._cells(cells, ground)]
            for cells in card_lines(card)
        ]
        if len(self._drawn) > 200:
            self._drawn.clear()
        self._drawn[place] = lines
        return lines

    def _cells(self, cells: Cells, ground: str) -> list[Segment]:
        room = self._card_width - 3
        out: list[Segment] = []
        for text, name in cells:
            segment = Segment(text, self._style(ground, name))
            if segment.cell_length > room:
                segment = Segment(fit(text, room), segment.style)
            out.append(segment)
            room -= segment.cell_length
            if room <= 0:
                break
        out.append(Segment(" " * (room + 1), self._style(ground)))
        return out
