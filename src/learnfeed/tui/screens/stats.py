"""Statistics: pictures of what was done, what is known and what is to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Grid, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.level import level_label
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import PageScreen
from learnfeed.tui.screens.review_face import counted
from learnfeed.tui.text import grouped, shown
from learnfeed.tui.widgets.charts import Bar, Columns, Gauge, GrowthChart, Heatmap, StackedBars

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.services.statistics import HardWord, PostCount, Retention, Statistics

_GLOSS = 28
_MINUTE_DAYS = 30


class StatsScreen(PageScreen):
    """How it goes."""

    NAME = "Statistics"
    HELP = (
        "A freeze keeps a streak over one missed day; every seven days in a row earn one. Remembered counts answers to "
        "cards that you had learned before."
    )
    CSS_PATH = "stats.tcss"
    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("down,j", "scroll(1)", "scroll", "Go down", display="↑↓"),
        bind("up,k", "scroll(-1)", "scroll back", "Go up", show=False),
        bind("space,pagedown", "page_down", "page down", "Go a page down", show=False),
        bind("r", "refresh", "refresh", "Count again"),
    ]

    def body(self) -> ComposeResult:
        """Figures, the heatmap, and four panels that stand side by side where there is room."""
        with VerticalScroll(id="page"):
            yield Static(id="figures")
            yield _head(say("Answers a day"))
            yield Heatmap()
            with Grid(id="panels"):
                with Vertical(classes="panel"):
                    yield _head(say("Reviews to come"))
                    yield Columns(id="forecast")
                with Vertical(classes="panel"):
                    yield Static(id="remembered", classes="head")
                    yield Gauge()
                    yield _head(say("Cards"))
                    yield Static(id="cards")
                with Vertical(classes="panel"):
                    yield Static(id="words", classes="head")
                    yield StackedBars()
                with Vertical(classes="panel"):
                    yield _head(say("Words over half a year, in weeks"))
                    yield GrowthChart()
                with Vertical(classes="panel"):
                    yield _head(say("Minutes a day"))
                    yield Columns(past=True, empty="No answers in these days.", id="minutes")
                with Vertical(classes="panel"):
                    yield _head(say("Posts"))
                    yield Static(id="posts")
                with Vertical(classes="panel"):
                    yield _head(say("Hardest words"))
                    yield Static(id="hardest")

    def on_mount(self) -> None:
        """Shows the figures."""
        self.action_refresh()

    @work(thread=True, exclusive=True, group="stats", exit_on_error=False)
    def action_refresh(self) -> None:
        """Counts again, beside the app: a long history takes a while."""
        services = replace(self.services)  # connections belong to their thread
        try:
            figures = services.statistics.all()
        except LearnfeedError as error:
            self.app.call_from_thread(self.learnfeed.tell_error, error)
        else:
            if self.is_attached:
                self.app.call_from_thread(self._show, figures)
        finally:
            services.close()

    def _show(self, figures: Statistics) -> None:
        self.title_bar.tell(right=_streak(figures))
        self._put("figures", _figures(figures))
        self._put("remembered", Content(_remembered(figures.retention)))
        self._put("cards", Content(_cards(figures)))
        self._put("words", Content(_words(figures)))
        self._put("hardest", _hardest(figures.hardest))
        counts = {date.fromisoformat(day.date): day.answers for day in figures.days}
        frozen = {date.fromisoformat(day) for day in figures.frozen}
        self.query_one(Heatmap).show(counts, date.fromisoformat(figures.today), frozen)
        self.query_one("#forecast", Columns).show(figures.forecast)
        self.query_one("#minutes", Columns).show(_minutes(figures))
        self.query_one(GrowthChart).show([(week.known, week.learning) for week in figures.growth])
        self._put("posts", _posts(figures.posts))
        self.query_one(Gauge).show(figures.retention.share, figures.retention.target)
        self.query_one(StackedBars).show(
            [
                Bar(
                    level_label(row.level) if row.level else say("other"),
                    row.known,
                    row.learning,
                    row.listed,
                    row.gained,
                )
                for row in figures.levels
            ]
        )

    def _put(self, name: str, content: Content) -> None:
        self.query_one(f"#{name}", Static).update(content)

    def action_scroll(self, step: int) -> None:
        """Goes up or down."""
        page = self.query_one("#page")
        page.scroll_to(y=page.scroll_offset.y + step, animate=False)

    def action_page_down(self) -> None:
        """Goes a page down."""
        self.query_one("#page").scroll_page_down(animate=False)


def _head(text: str) -> Static:
    return Static(Content(text), classes="head")


def _streak(figures: Statistics) -> str:
    said = say(
        "{days} in a row, at most {longest}",
        days=counted(figures.streak, "day"),
        longest=figures.longest_streak,
    )
    return f"{said}   {'❄' * figures.freezes}".rstrip()


def _figures(figures: Statistics) -> Content:
    today = say(
        "{answers} today, {minutes}",
        answers=counted(figures.answers_today, "answer"),
        minutes=counted(figures.minutes_today, "minute"),
    )
    goals = [
        f"{done} / {goal}"
        for done, goal in (
            (figures.answers_today, figures.goal_reviews),
            (figures.minutes_today, figures.goal_minutes),
        )
        if goal
    ]
    if goals:
        today += f"   {say('goal {goals}', goals=' · '.join(goals))}"
    known = say("{words} known", words=counted(figures.words["known"], "word"))
    whole = say(
        "{answers} in all, {hours} h", answers=grouped(figures.answers), hours=f"{figures.minutes / 60:.1f}"
    )
    gap = "      "
    return Content.assemble((today, "bold"), gap, (known, "bold"), gap, (whole, "$quiet"))


def _remembered(retention: Retention) -> str:
    if retention.share is None:
        return say("Remembered: no reviews in {days} days yet", days=retention.days)
    return say(
        "Remembered {share} % of {reviews} in {days} days",
        share=round(retention.share * 100),
        reviews=counted(retention.reviews, "review"),
        days=retention.days,
    )


def _cards(figures: Statistics) -> str:
    cards = figures.cards
    parts = [
        say("{n} new", n=cards.new),
        say("{n} learning", n=cards.learning),
        say("{n} young", n=cards.young),
        say("{n} mature", n=cards.mature),
    ]
    return " · ".join([*parts, say("{n} set aside", n=cards.suspended)] if cards.suspended else parts)


def _words(figures: Statistics) -> str:
    words = figures.words
    return say(
        "Words: {known} known █  {learning} learning ▒   {scale}, ↑ in 30 days",
        known=words["known"], learning=words["learning"], scale=figures.scale,
    )  # fmt: skip


def _minutes(figures: Statistics) -> list[int]:
    today = date.fromisoformat(figures.today)
    seconds = {date.fromisoformat(day.date): day.seconds for day in figures.days}
    return [
        round(seconds.get(today - timedelta(days=back), 0) / 60) for back in range(_MINUTE_DAYS - 1, -1, -1)
    ]


def _posts(posts: PostCount) -> Content:
    lines = [
        (posts.readable, say("you can read now: 95 % of the words known")),
        (posts.easy, say("read with ease: 98 %")),
        (posts.finished, say("read to the end")),
    ]
    parts: list[tuple[str, str] | str] = []
    for number, text in lines:
        parts += [(grouped(number).rjust(7), "bold"), (f" / {grouped(posts.posts)}  ", "$quiet"), text, "\n"]
    return Content.assemble(*parts[:-1])


def _hardest(words: tuple[HardWord, ...]) -> Content:
    if not words:
        return Content.styled(say("None: no word was ever forgotten."), "$quiet")
    lines = []
    for word in words:
        gloss = shown(word.gloss)
        short = gloss if len(gloss) <= _GLOSS else gloss[: _GLOSS - 1].rstrip() + "…"
        times = say("forgotten {times}", times=counted(word.lapses, "time"))
        lines.append(
            Content.assemble((shown(word.headword), "bold"), "  ", (short, ""), "  ", (times, "$quiet"))
        )
    return Content("\n").join(lines)
