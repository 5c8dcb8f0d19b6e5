"""Reviewing: one card after the other inside one screen, with Anki's keys.

Answers are written beside the app; keys that come meanwhile wait for their card and are never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Input

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.note import RubyToken
from learnfeed.core.review import Rating
from learnfeed.study.scheduler import MAX_TOOK
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.review_face import FLAGS, answer, answer_keys, asks_typing, nothing_left, question
from learnfeed.tui.speaking import SpeakingScreen
from learnfeed.tui.widgets.flashcard import AnswerRow, CardFace, Choice, ProgressLine
from learnfeed.tui.widgets.input import CjkInput

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.bootstrap import Services
    from learnfeed.core.ids import CardId
    from learnfeed.services.review_views import Answered, Outlook, ReviewCard, UndoneReview

_CARD_ACTIONS = ("show", "rate", "bury", "suspend", "flag", "open", "edit")


@dataclass(frozen=True, slots=True)
class _Next:
    """What a write came to, and the card that comes after it.

    Attributes:
        done: What the write gave back; None when it failed.
        error: Why it failed.
        card: The card to show; None when nothing waits.
        outlook: What is left then.
    """

    done: Any
    error: LearnfeedError | None
    card: ReviewCard | None
    outlook: Outlook


class ReviewScreen(SpeakingScreen):
    """Cards that are due, one at a time: two keys a card."""

    NAME = "Review"
    HELP = (
        "FSRS plans when a card comes back; the wait stands over each answer. Rate how well you knew it before you saw "
        "the answer. Whatever you press can be taken back with u."
    )
    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("space,enter", "show", "show", "Show the answer; then: good"),
        bind("1,a", "rate(1)", "again", "I did not know it", show=False),
        bind("2", "rate(2)", "hard", "I knew it with much effort", show=False),
        bind("3", "rate(3)", "good", "I knew it", show=False),
        bind("4", "rate(4)", "easy", "I knew it at once", show=False),
        bind("u,ctrl+z", "undo", "undo", "Take the last answer back; again and again if you like"),
        bind("minus", "bury", "bury", "Set this card aside until tomorrow", display="-"),
        bind("at,exclamation_mark", "suspend", "suspend", "Take this card out of play", display="@"),
        bind("asterisk", "flag", "flag", "Give this card a flag, the next colour, or none", show=False),
        bind("o", "open", "open post", "Open the post this card came from"),
        bind("e", "edit", "edit", "Correct the word of this card in its post", show=False),
        bind("p", "pinyin", "pinyin", "Show or hide the reading of the whole sentence"),
        bind("down,j", "scroll(1)", "scroll", "Scroll a long card", show=False),
        bind("up,k", "scroll(-1)", "scroll back", "Scroll a long card back", show=False),
        bind("f", "page('feed')", "read", "Read a post"),
        bind("q", "page('quiz')", "quiz", "Take a quiz"),
        bind("s", "page('stats')", "statistics", "See how it goes", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._card: ReviewCard | None = None
        self._begun = self._edited = False
        self._answer_shown = False
        self._pinyin = False
        self._typed_text = ""
        self._asked_at = 0
        self._writing = False
        self._held: list[Callable[[], None]] = []
        self._place = ""

    def body(self) -> ComposeResult:
        """Progress, the card, a line to type into where it asks for it, the answers."""
        yield ProgressLine()
        yield CardFace()
        with Vertical(id="typing"):
            yield CjkInput(id="typed")
        yield AnswerRow()

    def on_mount(self) -> None:
        """Shows the first card."""
        self.call_after_refresh(self._next)
        if self.services.settings.answer_timer:
            self.set_interval(1, self._tick)

    def on_screen_resume(self) -> None:
        """Shows what waits now: another screen or window may have changed it."""
        if self._begun and (self._card is None or self._edited):
            self._edited = False
            self.call_after_refresh(self._next)

    # -- showing -----------------------------------------------------------------------------------

    def _next(self) -> None:
        """Shows the card that comes next."""
        self._begun = True
        try:
            card, outlook = self.services.reviewing.next_card(), self.services.reviewing.outlook()
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)
            return
        self._show(card, outlook)

    def _show(self, card: ReviewCard | None, outlook: Outlook) -> None:
        self._card = card
        self._answer_shown = False
        self._asked_at = self.services.now_ms()
        self._show_counts(outlook)
        if card is None:
            self._show_end(outlook)
        else:
            self._show_question(card)
        self.refresh_bindings()

    def _tell_place(self, seconds: int | None = None) -> None:
        parts = [self._place]
        if self._card is not None and self._card.flag:
            parts.append(f"⚑ {say(FLAGS[self._card.flag])}")
        if seconds is not None:
            parts.append(say("{n} s", n=seconds))
        self.title_bar.tell(about="   ".join(parts))

    def _tick(self) -> None:
        """Says how long the question has been standing there."""
        if self._card is not None and not self._answer_shown:
            self._tell_place(min(self.services.now_ms() - self._asked_at, MAX_TOOK) // 1000)

    def _show_counts(self, outlook: Outlook) -> None:
        load = outlook.load
        total = outlook.answered + load.total
        place = min(outlook.answered + 1, total)
        self._place = f"{place} / {total}" if total else ""
        self._tell_place()
        self.title_bar.tell(
            right=say(
                "new {new} · learning {learning} · due {due}",
                new=load.new,
                learning=load.learning,
                due=load.due,
            ),
        )
        self.query_one(ProgressLine).show(outlook.answered / total if total else 1)

    def _show_question(self, card: ReviewCard) -> None:
        self.query_one(CardFace).show(lambda width: question(card, width))
        settings = self.services.settings
        ready = answer_keys(card, two=settings.pass_fail) if settings.grade_from_front else []
        self.query_one(AnswerRow).show([Choice("space", say("show the answer"), usual=True), *ready])
        typing = self.query_one("#typed", CjkInput)
        typing.value = ""
        typing.set_class(asks_typing(card), "-on")
        if asks_typing(card):
            typing.focus()
        else:
            self.set_focus(None)

    def _show_answer(self, card: ReviewCard) -> None:
        self._answer_shown = True
        typed = self.query_one("#typed", CjkInput)
        typed.remove_class("-on")
        self.set_focus(None)
        self._typed_text = typed.value
        self._draw_answer(card)
        self.query_one(AnswerRow).show(answer_keys(card, two=self.services.settings.pass_fail, usual=True))

    def _draw_answer(self, card: ReviewCard) -> None:
        typed, pinyin = self._typed_text, self._pinyin
        self.query_one(CardFace).show(lambda width: answer(card, width, typed, pinyin=pinyin))

    def _show_end(self, outlook: Outlook) -> None:
        self.query_one("#typed").remove_class("-on")
        self.set_focus(None)
        self.query_one(CardFace).show(lambda width: nothing_left(outlook, width))
        self.query_one(AnswerRow).show([Choice("esc", say("back"))])

    # -- handlers ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now: cards are rated only once their answer is seen."""
        del parameters
        if self._writing and action in (*_CARD_ACTIONS, "undo"):
            return True  # it waits for its card
        if action in _CARD_ACTIONS and self._card is None:
            return False if action in ("show", "rate") else None
        if action == "rate":
            return self._answer_shown or self._graded_from_front
        if action == "pinyin":
            return self._answer_shown
        if action == "page":
            return self._card is None
        if action == "open":
            return bool(self._card and self._card.post_id is not None) or None
        return True

    @property
    def _graded_from_front(self) -> bool:
        card = self._card
        return bool(card and self.services.settings.grade_from_front and not asks_typing(card))

    @on(Input.Submitted, "#typed")
    def _typed(self) -> None:
        self.action_show()

    @on(AnswerRow.Chosen)
    def _pressed(self, message: AnswerRow.Chosen) -> None:
        if message.key == "esc":
            self.action_leave()
        elif message.key == "space":
            self.action_show()
        else:
            self.action_rate(int(message.key))

    # -- writing -----------------------------------------------------------------------------------

    def _write(self, work: Callable[[Services], Any], told: Callable[[Any], None]) -> None:
        """Writes something beside the app, tells what came of it, and shows the next card."""
        self._writing = True

        def both(services: Services) -> _Next:
            done, error, back = None, None, None
            try:
                done = work(services)
                back = getattr(done, "card_id", None)
            except LearnfeedError as failure:
                error = failure
            reviewing = services.reviewing
            card = reviewing.next_card() if back is None else reviewing.card(back)
            return _Next(done, error, card, reviewing.outlook())

        def show(after: _Next) -> None:
            if not self.is_attached:
                return
            if after.error is not None:
                self.learnfeed.tell_error(after.error)
            else:
                told(after.done)
            self._show(after.card, after.outlook)

        self.learnfeed.writer.do(both, show, self._written)

    def _written(self) -> None:
        """The write has ended, well or not: keys that waited act now, each until the next write."""
        self._writing = False
        while self._held and not self._writing:
            self._held.pop(0)()

    def _wait(self, act: Callable[[], None]) -> bool:
        """Keeps a key for its card while an answer is being written; whether it did."""
        if self._writing:
            self._held.append(act)
        return self._writing

    def _change(self, work: Callable[[Services, CardId], Any], told: Callable[[Any], str]) -> None:
        """Changes the card and says so."""
        if self._card is not None:
            card = self._card.id
            self._write(
                lambda services: work(services, card),
                lambda done: self.learnfeed.tell(told(done), timeout=2),
            )

    # -- actions -----------------------------------------------------------------------------------

    def action_show(self) -> None:
        """Shows the answer; when it is shown already, the card was good."""
        if self._wait(self.action_show) or self._card is None:
            return
        if self._answer_shown:
            self.action_rate(int(Rating.GOOD))
        else:
            self._show_answer(self._card)
            self.refresh_bindings()

    def action_rate(self, rating: int) -> None:
        """Writes the answer and goes on."""
        if self._wait(partial(self.action_rate, rating)) or self._card is None:
            return
        if not (self._answer_shown or self._graded_from_front):
            return
        if self.services.settings.pass_fail and rating > Rating.AGAIN:
            rating = int(Rating.GOOD)
        took = min(self.services.now_ms() - self._asked_at, MAX_TOOK)
        card, word = self._card.id, self._card.headword
        self._write(
            lambda services: services.reviewing.answer(card, Rating(rating), took),
            lambda told: self._say_answered(told, word),
        )

    def _say_answered(self, told: Answered, word: str) -> None:
        if told.leech:
            self.learnfeed.tell(
                say("{word} was forgotten {n} times. It is set aside; u brings it back.", word=word,
                    n=told.schedule.lapses),
                severity="warning", timeout=8,
            )  # fmt: skip
        elif told.now_known:
            self.learnfeed.tell(say("{word} counts as known from now on.", word=word))

    def action_undo(self) -> None:
        """Takes the last answer back and shows its card again."""
        if not self._wait(self.action_undo):
            self._write(lambda services: services.reviewing.undo(), self._say_undone)

    def _say_undone(self, undone: UndoneReview | None) -> None:
        if undone is None:
            self.learnfeed.tell(say("There is nothing left to take back."))
        else:
            self.learnfeed.tell(say(undone.what), timeout=2)

    def action_bury(self) -> None:
        """Sets the card aside until tomorrow."""
        if not self._wait(self.action_bury):
            self._change(
                lambda services, card: services.reviewing.bury(card),
                lambda _: say("Set aside until tomorrow."),
            )

    def action_suspend(self) -> None:
        """Takes the card out of play."""
        if not self._wait(self.action_suspend):
            self._change(
                lambda services, card: services.reviewing.suspend(card),
                lambda _: say("Out of play; u brings it back."),
            )

    def action_flag(self) -> None:
        """Gives the card the next flag; after the last one none."""
        if self._wait(self.action_flag) or self._card is None:
            return
        card, flag = self._card.id, (self._card.flag + 1) % len(FLAGS)
        self._card = replace(self._card, flag=flag)
        self._tell_place()
        said = say("Flag: {colour}.", colour=say(FLAGS[flag])) if flag else say("Flag taken off.")
        self.learnfeed.writer.do(
            lambda services: services.reviewing.flag(card, flag),
            lambda _: self.learnfeed.tell(said, timeout=2),
        )

    def action_open(self) -> None:
        """Opens the post the card came from."""
        if self._card is not None and self._card.post_id is not None:
            self.learnfeed.open_post(self._card.post_id)

    def action_edit(self) -> None:
        """Opens the post at the card's word, and asks what is wrong with it."""
        if not self._wait(self.action_edit) and self._card is not None:
            from learnfeed.tui.screens.review_edit import edit

            self._edited = edit(self, self._card)

    def action_pinyin(self) -> None:
        """Shows or hides the reading of the whole sentence; it stays so for the next cards."""
        if self._card is not None:
            self._pinyin = not self._pinyin
            self._draw_answer(self._card)

    def spoken(self) -> tuple[RubyToken, ...]:
        """The word, or its sentence; nothing before the answer, which it would tell."""
        card = self._card if self._answer_shown else None
        return (card.sentence or (RubyToken(card.headword, card.syllables),)) if card else ()

    def action_scroll(self, step: int) -> None:
        """Scrolls a long card."""
        face = self.query_one(CardFace)
        face.scroll_to(y=face.scroll_offset.y + step, animate=False)

    def action_page(self, name: str) -> None:
        """Goes on to another screen."""
        self.learnfeed.go_back()
        self.learnfeed.open_page(name)
