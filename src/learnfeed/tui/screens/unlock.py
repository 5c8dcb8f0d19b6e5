"""Unlock: the words that would make the most saved posts readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.word import WordStatus
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import Dialog
from learnfeed.tui.text import plural, shown
from learnfeed.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.services.unlocking import UnlockPlan


class UnlockDialog(Dialog[None]):
    """A list of words with what they bring; one key begins to learn them all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("l", "learn", "learn them", "Mark all of these words as being learned"),
        bind("k", "know", "I know them", "Mark all of these words as known"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.plan: UnlockPlan | None = None

    def compose(self) -> ComposeResult:
        """Heading and words."""
        with VerticalScroll(classes="window"):
            yield Static(say("Words that unlock posts"), classes="title", markup=False)
            yield Static(say("looking …"), id="words", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Works the plan out in a thread."""
        self._look()

    @work(thread=True, exclusive=True, group="unlock", exit_on_error=False)
    def _look(self) -> None:
        worker = get_current_worker()
        try:
            plan = self.services.unlocking.plan()
        except LearnfeedError as error:
            self.app.call_from_thread(self.learnfeed.tell_error, error)
            return
        if not worker.is_cancelled and self.is_attached:
            self.app.call_from_thread(self._show, plan)

    def _show(self, plan: UnlockPlan) -> None:
        self.plan = plan
        self.query_one("#words", Static).update(self._lines(plan))
        self.refresh_bindings()

    @staticmethod
    def _lines(plan: UnlockPlan) -> Content:
        if not plan.steps:
            return Content(say("Nothing to unlock: no few words would bring another post over 95 %."))
        said = say(
            "{words} bring {posts} over {share} %",
            words=plural(len(plan.steps), say("word"), say("words")),
            posts=plural(plan.unlocked, say("post"), say("posts")),
            share=round(plan.target * 100),
        )
        parts: list[tuple[str, str] | str] = [(said, "$quiet"), "\n\n"]
        before = 0
        for step in plan.steps:
            reached = plural(step.unlocked, say("post"), say("posts")).replace(" ", "\N{NO-BREAK SPACE}")
            reached = f"\N{NO-BREAK SPACE}{reached}" if step.unlocked > before else ""
            parts += [(shown(step.headword), "bold"), (reached, "$success"), "   "]
            before = step.unlocked
        return Content.assemble(*parts)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is something to mark only when there are words."""
        if action in ("learn", "know"):
            return True if self.plan and self.plan.steps else None
        return True

    def action_learn(self) -> None:
        """Marks the words as being learned."""
        self._mark(WordStatus.LEARNING)

    def action_know(self) -> None:
        """Marks the words as known."""
        self._mark(WordStatus.KNOWN)

    def _mark(self, status: WordStatus) -> None:
        assert self.plan is not None
        changes = dict.fromkeys((step.headword for step in self.plan.steps), status)
        app = self.learnfeed

        def done(changed: tuple[str, ...]) -> None:
            count = plural(len(changed), say("word"), say("words"))
            app.tell(say("{words} marked", words=count))
            app.library_changed.publish(None)

        app.writer.do(lambda services: services.reading.mark(changes), done)
        self.dismiss(None)
