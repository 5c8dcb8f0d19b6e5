"""Today: what is due, what fits, and one key to each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from learnfeed.core.errors import LearnfeedError
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import PageScreen
from learnfeed.tui.text import grouped, plural
from learnfeed.tui.widgets.forecast import Forecast
from learnfeed.tui.widgets.post_list import PostList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.core.feed import PostCard
from learnfeed.services.views import TodayView

UNLOCK_WORDS = 20
STILL = 0.4
"""Seconds after which a screen counts as looked at."""
OTHER_LINES = 15
"""Lines of the screen that are not posts."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class TodayScreen(PageScreen):
    """The first screen; its stylesheet is loaded by the app, since it is under everything."""

    NAME = "Today"
    # None of its widgets depends on the width, and each change of class styles the whole screen anew.
    HORIZONTAL_BREAKPOINTS = []  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("space", "review", "review", "Start with the cards that are due"),
        bind("f", "app.page('feed')", "feed", "All saved posts"),
        bind("q", "app.page('quiz')", "quiz", "Questions about your posts"),
        bind("i", "app.import", "import", "Import posts that you saved"),
        bind("e", "app.export", "export", "Export a deck for Anki"),
        bind("s", "app.page('stats')", "stats", "Streak, retention, words by level"),
        bind("slash", "search", "search", "Search your posts"),
        bind("u", "unlock", "unlock", "Words that would make the most posts readable", show=False),
        bind("w", "samples", "sample posts", "Add the sample posts that came with learnfeed", show=False),
        bind("escape", "leave", "back", "", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.today: TodayView | None = None
        self._welcomed = self._seen = False
        self._planned_for: object = None

    def body(self) -> ComposeResult:
        """Cards, forecast, posts, unlock hint; or what to do first."""
        # Asked here and not when mounted: the first frame is laid out and drawn once.
        today = self.today = self._ask()
        with Vertical(id="page"):
            with Horizontal(id="due"):
                yield Static(self._cards(today), id="cards", markup=False)
                yield Forecast(today.forecast, self._days(today), id="forecast")
            yield Static(say("Fits you now"), id="heading", markup=False)
            yield PostList(self._fits(today), id="fits")
            yield Static(self._unlock(today.unlock_words, today.unlock_posts), id="unlock", markup=False)
        yield Static(self._nothing_yet(), id="empty", markup=False)
        self.set_class(not today.posts, "-empty")

    def on_mount(self) -> None:
        """Follows the library."""
        self._welcomed = self.learnfeed.start != "today"
        self.learnfeed.library_changed.subscribe(self, lambda _: self.show())
        self._shown()

    def on_screen_resume(self) -> None:
        """Shows today again: cards were answered, posts read."""
        if self._seen:
            self.show()
        self._seen = True

    def show(self) -> None:
        """Asks for today's figures and shows them."""
        today = self.today = self._ask()
        self.set_class(not today.posts, "-empty")
        self.query_one("#cards", Static).update(self._cards(today))
        self.query_one(Forecast).show(today.forecast, self._days(today))
        self.query_one(PostList).show(self._fits(today))
        self._shown()
        self.refresh_bindings()

    def _ask(self) -> TodayView:
        try:
            return self.services.today()
        except LearnfeedError as error:
            self.call_after_refresh(self.learnfeed.tell_error, error)
            return self.today or TodayView(0, 0, 0, 0, (), (), 0, 0, 0)

    def _shown(self) -> None:
        assert self.today is not None
        self.title_bar.tell(name=say("Today"), right=self._streak(self.today))
        if self.today.posts:
            # A thread beside the first frame would slow it down; the plan can wait until the screen is still.
            self.set_timer(STILL, self._plan_unlock)
        elif not self._welcomed:
            self._welcomed = True
            self.call_after_refresh(self.action_welcome)

    # -- parts -------------------------------------------------------------------------------------

    @staticmethod
    def _streak(today: TodayView) -> str:
        if not today.streak:
            return ""
        week = min(today.streak, 7)
        return f"{say('streak')} {grouped(today.streak)} {'▪' * week}{'▫' * (7 - week)}"

    @staticmethod
    def _cards(today: TodayView) -> Content:
        waiting = today.new + today.learning + today.due
        if not waiting:
            done = say("{n} answered today", n=today.reviewed_today) if today.reviewed_today else ""
            done = _goals(today) or done
            return Content.assemble(
                (say("No cards due"), "bold"), "\n", (done, "$quiet"), "\n",
                (say("a in the reader adds a word to your cards"), "$quiet"),
            )  # fmt: skip
        parts = [(today.due, say("due")), (today.learning, say("learning")), (today.new, say("new"))]
        kinds = " · ".join(f"{grouped(number)} {kind}" for number, kind in parts if number)
        minutes = plural(max(1, today.minutes), say("minute"), say("minutes"))
        return Content.assemble(
            (plural(waiting, say("card"), say("cards")), "bold"),
            (f"   {say('about {minutes}', minutes=minutes)}", "$quiet"),
            "\n", (kinds, "$quiet"), "\n", (_goals(today), "$quiet"), "\n",
            ("space", "$accent bold"), f"  {say('start')}",
        )  # fmt: skip

    def _days(self, today: TodayView) -> list[str]:
        now = self.services.clock()
        return [
            say("today") if i == 0 else say(_DAYS[(now + timedelta(days=i)).weekday()])
            for i in range(len(today.forecast))
        ]

    def on_resize(self) -> None:
        """Shows as many posts as there is room for."""
        posts = self.query_one(PostList)
        if self.today and len(self._fits(self.today)) != len(posts.cards):
            posts.show(self._fits(self.today))

    def _fits(self, today: TodayView) -> tuple[PostCard, ...]:
        return today.fits[: max(3, self.app.size.height - OTHER_LINES)]

    @staticmethod
    def _unlock(words: int, posts: int) -> Content:
        if not (words and posts):
            return Content("")
        said = say(
            "{words} would unlock {posts}",
            words=plural(words, say("word"), say("words")),
            posts=plural(posts, say("more post"), say("more posts")),
        )
        return Content.assemble(said, "   ", ("u", "$accent bold"), f"  {say('show them')}")

    def _show_unlock(self, words: int, posts: int) -> None:
        self.query_one("#unlock", Static).update(self._unlock(words, posts))

    def _plan_unlock(self) -> None:
        assert self.today is not None
        state = (self.today.posts, [(card.id, card.coverage) for card in self.today.fits])
        if self.is_current and state != self._planned_for:
            self._planned_for = state
            self._find_unlock()

    @work(thread=True, exclusive=True, group="unlock", exit_on_error=False)
    def _find_unlock(self) -> None:
        worker = get_current_worker()
        try:
            plan = self.services.unlocking.plan(words=UNLOCK_WORDS)
        except LearnfeedError as error:
            self.app.call_from_thread(self.learnfeed.tell_error, error)
            return
        if not worker.is_cancelled and self.is_attached:
            self.app.call_from_thread(self._show_unlock, len(plan.steps), plan.unlocked)

    @staticmethod
    def _nothing_yet() -> Content:
        return Content.assemble(
            (say("Nothing saved yet"), "bold"), "\n\n",
            ("i", "$accent bold"), f"  {say('import posts you saved')}", "\n",
            ("w", "$accent bold"), f"  {say('or start with the sample posts')}",
        )  # fmt: skip

    # -- actions -----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Greys out what there is nothing for; the sample posts are for an empty library."""
        empty = self.today is not None and not self.today.posts
        if action == "welcome":
            return empty
        if empty and (action in ("review", "unlock", "search") or parameters == ("quiz",)):
            return None
        return True

    def action_review(self) -> None:
        """Starts reviewing."""
        self.learnfeed.open_page("review")

    def action_search(self) -> None:
        """Opens the feed, ready to type."""
        self.learnfeed.open_feed(search=True)

    def action_unlock(self) -> None:
        """Shows the words that would unlock the most posts."""
        from learnfeed.tui.screens.unlock import UnlockDialog

        self.app.push_screen(UnlockDialog())

    def action_welcome(self) -> None:
        """Says what learnfeed is, on the first run."""
        from learnfeed.tui.screens.welcome import WelcomeDialog

        self.app.push_screen(WelcomeDialog())

    def action_samples(self) -> None:
        """Offers the sample posts."""
        from learnfeed.tui.screens.welcome import PAGES, WelcomeDialog

        self.app.push_screen(WelcomeDialog(PAGES - 1))

    @on(PostList.Opened)
    def _opened(self, event: PostList.Opened) -> None:
        self.learnfeed.open_post(event.post_id)


def _goals(today: TodayView) -> str:
    """How far today's goals are; empty without goals."""
    parts = []
    if today.goal_reviews:
        parts.append(say("{n} of {goal} answers", n=today.reviewed_today, goal=today.goal_reviews))
    if today.goal_minutes:
        parts.append(say("{n} of {goal} minutes", n=today.minutes_today, goal=today.goal_minutes))
    return " · ".join(parts)
