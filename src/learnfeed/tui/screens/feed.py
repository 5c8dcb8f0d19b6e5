"""The feed: all saved posts, those that fit first; search, order, filters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.feed import FeedQuery, PostCard, Sort
from learnfeed.core.level import FIRST_BAND, level_label
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import PageScreen
from learnfeed.tui.text import plural, shown
from learnfeed.tui.widgets.feed_grid import FeedGrid
from learnfeed.tui.widgets.input import CjkInput
from learnfeed.tui.widgets.post_source import PostSource

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

FIRST = 60
"""Posts that are asked for before the first frame; the rest follows from a thread."""
SEARCH_DELAY = 0.12
"""Seconds from a key to the search for what was typed by then."""
_SORT_NAMES = {
    Sort.FIT: "best fit first",
    Sort.NEW: "newest first",
    Sort.LEVEL: "easiest first",
    Sort.LIKES: "most liked first",
}


class FeedScreen(PageScreen):
    """All posts as cards."""

    CSS_PATH = "feed.tcss"
    NAME = "Feed"
    HELP = (
        "Best fit puts posts first of which you know most words and that are not too easy; posts by authors and on "
        "topics that you read to the end come before others that fit alike. Likes play no part."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("slash,ctrl+f", "search", "search", "Search: 雪, xue3, xue, snow, #tag, @author"),
        bind("s", "sort", "order", "Change the order: fit, newest, level, likes"),
        bind("r", "readable", "readable", "Only posts of which you know 95 % of the words"),
        bind("n", "unread", "unread", "Only posts you have not finished"),
        bind(
            "1",
            "level(1)",
            "level",
            "Only posts of a level: HSK 1 to 7, or A1 to C2 of English; 0 shows all",
            display="1–7",
        ),
        *(
            bind(str(n), f"level({n})", f"HSK {n}", f"Only posts of HSK level {n}", show=False)
            for n in range(2, 8)
        ),
        bind("0", "level(0)", "all levels", "Posts of all levels", show=False),
        bind("i", "app.import", "import", "Import posts", show=False),
        bind("e", "app.export", "export", "Export a deck", show=False),
    ]

    def __init__(self, query: FeedQuery | None = None, *, search: bool = False) -> None:
        """Makes the screen.

        Args:
            query: What to show first; all posts by fit when None.
            search: Whether the search line has the focus.
        """
        super().__init__()
        self.feed_query = query or FeedQuery()
        self._search_first = search
        self._source = PostSource(self._cards)

    def _cards(self, ids: Sequence[int]) -> dict[int, PostCard]:
        return self.services.reading.cards(ids)

    def body(self) -> ComposeResult:
        """Search line, cards, and what is said when there are none."""
        yield CjkInput(
            value=self.feed_query.text,
            placeholder=say("/  search   雪 · xue3 · snow · #tag · @author"),
            select_on_focus=False,
            id="search",
        )
        yield FeedGrid(self._source, id="grid")
        yield Static(id="none", markup=False)

    def on_mount(self) -> None:
        """Shows the first posts at once; the rest follows once they stand on the screen."""
        self._show(self.services.reading.ids(self.feed_query, FIRST), complete=False)
        self.call_after_refresh(self._reload)
        self.set_focus(self.query_one(CjkInput) if self._search_first else self.query_one(FeedGrid))
        self.learnfeed.library_changed.subscribe(self, lambda _: self._refresh())

    def on_screen_suspend(self) -> None:
        """Forgets the cards: a post may be read now, words marked."""
        self._source.forget()

    def on_screen_resume(self) -> None:
        """Reads the cards again that were forgotten."""
        grid = self.query_one(FeedGrid)
        if grid.source.card(grid.cursor) is None:
            grid.renew(grid.cursor)

    def _refresh(self) -> None:
        level, first = self.feed_query.level, self.services.side.first
        if level is not None and (level < FIRST_BAND) != (first < FIRST_BAND):
            self.feed_query = replace(self.feed_query, level=None)
        self._source.forget()
        self._reload()

    # -- posts -------------------------------------------------------------------------------------

    def _reload(self) -> None:
        self._load(self.feed_query)

    @work(thread=True, exclusive=True, group="feed", exit_on_error=False)
    def _load(self, query: FeedQuery) -> None:
        worker = get_current_worker()
        try:
            ids = self.services.reading.ids(query)
        except LearnfeedError as error:
            self.app.call_from_thread(self.learnfeed.tell_error, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._loaded, query, ids)

    def _loaded(self, query: FeedQuery, ids: array[int]) -> None:
        if query == self.feed_query and self.is_attached:
            self._show(ids, complete=True)

    def _show(self, ids: array[int], *, complete: bool) -> None:
        grid = self.query_one(FeedGrid)
        before = self._source.ids[grid.cursor] if grid.cursor < len(self._source) else -1
        self._source.show(ids)
        grid.renew(max(0, self._source.place_of(before)))
        if complete or len(ids) < FIRST:
            self.set_class(not ids, "-empty")
            self.query_one("#none", Static).update(self._why_empty())
        self._tell(complete=complete)

    def _why_empty(self) -> str:
        if not self.services.reading.count():
            return say("No posts yet.\n\ni  imports files you saved.")
        return say("No post is like that.\n\nesc  shows all posts again.")

    def _tell(self, *, complete: bool) -> None:
        query = self.feed_query
        parts = [say(_SORT_NAMES[query.sort])]
        if query.level:
            parts.append(level_label(query.level))
        if query.readable:
            parts.append(say("readable now"))
        if query.unread:
            parts.append(say("unread"))
        count = plural(len(self._source), say("post"), say("posts")) if complete else ""
        self.title_bar.tell(name=say("Feed"), about=" · ".join(parts), right=count)

    def _ask(self, query: FeedQuery) -> None:
        if query != self.feed_query:
            self.feed_query = query
            self.query_one(FeedGrid).set_reactive(FeedGrid.cursor, 0)
            self._load(query)

    # -- what is asked -----------------------------------------------------------------------------

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        self.set_timer(SEARCH_DELAY, self._search_now, name="search")

    def _search_now(self) -> None:
        text = shown(self.query_one(CjkInput).value).strip()
        if text != self.feed_query.text:
            self._ask(replace(self.feed_query, text=text))

    @on(Input.Submitted, "#search")
    def _submitted(self) -> None:
        self._search_now()
        self.set_focus(self.query_one(FeedGrid))

    def on_key(self, event: object) -> None:
        """Down from the search line leads to the cards."""
        if getattr(event, "key", "") == "down" and self.query_one(CjkInput).has_focus:
            self.set_focus(self.query_one(FeedGrid))

    def action_search(self) -> None:
        """Goes to the search line."""
        self.set_focus(self.query_one(CjkInput))

    def action_leave(self) -> None:
        """Clears the search and the filters; when there are none goes back."""
        search = self.query_one(CjkInput)
        if search.value or self.feed_query != FeedQuery(sort=self.feed_query.sort):
            search.value = ""
            self._ask(FeedQuery(sort=self.feed_query.sort))
            self.set_focus(self.query_one(FeedGrid))
        elif search.has_focus:
            self.set_focus(self.query_one(FeedGrid))
        else:
            super().action_leave()

    def action_sort(self) -> None:
        """Changes the order."""
        orders = list(Sort)
        after = orders[(orders.index(self.feed_query.sort) + 1) % len(orders)]
        self._ask(replace(self.feed_query, sort=after))

    def action_readable(self) -> None:
        """Only readable posts, or all."""
        self._ask(replace(self.feed_query, readable=not self.feed_query.readable))

    def action_unread(self) -> None:
        """Only unread posts, or all."""
        self._ask(replace(self.feed_query, unread=not self.feed_query.unread))

    def action_level(self, level: int) -> None:
        """Only posts of a level; the same again, or 0, shows all."""
        wanted = self.services.side.nth_level(level) if level else None
        wanted = None if wanted == self.feed_query.level else wanted
        self._ask(replace(self.feed_query, level=wanted))

    @on(FeedGrid.Opened)
    def _opened(self, event: FeedGrid.Opened) -> None:
        self.learnfeed.open_post(event.post_id)
