"""Reviewing: one card after the other inside one screen, with Anki's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Input

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.review import Rating
from learnfeed.study.scheduler import MAX_TOOK, seconds_in_words
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import PageScreen
from learnfeed.tui.screens.review_face import answer, asks_typing, nothing_left, question
from learnfeed.tui.widgets.flashcard import AnswerRow, CardFace, Choice, ProgressLine
from learnfeed.tui.widgets.input import CjkInput

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.services.review_views import Outlook, ReviewCard

_LABELS = {Rating.AGAIN: "again", Rating.HARD: "hard", Rating.GOOD: "good", Rating.EASY: "easy"}
_CARD_ACTIONS = ("show", "rate", "bury", "suspend", "flag", "open")


class ReviewScreen(PageScreen):
    """Cards that are due, one at a time: two keys a card."""

    NAME = "Review"
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
        bind("asterisk", "flag", "flag", "Flag this card, or take its flag off", display="*", show=False),
        bind("o", "open", "open post", "Open the post this card came from"),
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
        self._begun = False
        self._answer_shown = False
        self._pinyin = False
        self._typed_text = ""
        self._asked_at = 0
        self._spent = 0

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

    def on_screen_resume(self) -> None:
        """Shows what waits now: another screen or window may have changed it."""
        if self._begun and self._card is None:
            self.call_after_refresh(self._next)

    # -- showing -----------------------------------------------------------------------------------

    def _next(self, card_id: int | None = None) -> None:
        """Shows a card, or the one that comes next."""
        self._begun = True
        try:
            reviewing = self.services.reviewing
            self._card = reviewing.next_card() if card_id is None else reviewing.card(card_id)
            outlook = reviewing.outlook()
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)
            return
        self._answer_shown = False
        self._asked_at = self.services.now_ms()
        self._show_counts(outlook)
        if self._card is None:
            self._show_end(outlook)
        else:
            self._show_question(self._card)
        self.refresh_bindings()

    def _show_counts(self, outlook: Outlook) -> None:
        load = outlook.load
        total = outlook.answered + load.total
        place = min(outlook.answered + 1, total)
        self.title_bar.tell(
            about=f"{place} / {total}" if total else "",
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
        self.query_one(AnswerRow).show([Choice("space", say("show the answer"), usual=True)])
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
        self.query_one(AnswerRow).show(
            [
                Choice(
                    str(int(rating)),
                    say(_LABELS[rating]),
                    seconds_in_words(card.intervals[rating]),
                    usual=rating is Rating.GOOD,
                )
                for rating in Rating
            ]
        )

    def _draw_answer(self, card: ReviewCard) -> None:
        typed, pinyin = self._typed_text, self._pinyin
        self.query_one(CardFace).show(lambda width: answer(card, width, typed, pinyin=pinyin))

    def _show_end(self, outlook: Outlook) -> None:
        minutes = round(self._spent / 60_000)
        self.query_one("#typed").remove_class("-on")
        self.set_focus(None)
        self.query_one(CardFace).show(lambda width: nothing_left(outlook, minutes, width))
        self.query_one(AnswerRow).show([Choice("esc", say("back"))])

    # -- handlers ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now: cards are rated only once their answer is seen."""
        del parameters
        if action in _CARD_ACTIONS and self._card is None:
            return False if action in ("show", "rate") else None
        if action in ("rate", "pinyin"):
            return self._answer_shown
        if action == "page":
            return self._card is None
        if action == "open":
            return bool(self._card and self._card.post_id is not None) or None
        return True

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

    # -- actions -----------------------------------------------------------------------------------

    def action_show(self) -> None:
        """Shows the answer; when it is shown already, the card was good."""
        if self._card is None:
            return
        if self._answer_shown:
            self.action_rate(int(Rating.GOOD))
        else:
            self._show_answer(self._card)
            self.refresh_bindings()

    def action_rate(self, rating: int) -> None:
        """Writes the answer and shows the next card."""
        if self._card is None or not self._answer_shown:
            return
        took = min(self.services.now_ms() - self._asked_at, MAX_TOOK)
        self._spent += took
        try:
            told = self.services.reviewing.answer(self._card.id, Rating(rating), took)
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)
        else:
            word = self._card.headword
            if told.leech:
                self.learnfeed.tell(
                    say("{word} was forgotten {n} times. It is set aside; u brings it back.", word=word,
                        n=told.schedule.lapses),
                    severity="warning", timeout=8,
                )  # fmt: skip
            elif told.now_known:
                self.learnfeed.tell(say("{word} counts as known from now on.", word=word))
        self._next()

    def action_undo(self) -> None:
        """Takes the last answer back and shows its card again."""
        undone = self.services.reviewing.undo()
        if undone is None:
            self.learnfeed.tell(say("There is nothing left to take back."))
            return
        self.learnfeed.tell(say(undone.what), timeout=2)
        self._next(undone.card_id)

    def action_bury(self) -> None:
        """Sets the card aside until tomorrow."""
        if self._card is not None:
            self.services.reviewing.bury(self._card.id)
            self.learnfeed.tell(say("Set aside until tomorrow."), timeout=2)
            self._next()

    def action_suspend(self) -> None:
        """Takes the card out of play."""
        if self._card is not None:
            self.services.reviewing.suspend(self._card.id)
            self.learnfeed.tell(say("Out of play; u brings it back."), timeout=2)
            self._next()

    def action_flag(self) -> None:
        """Flags the card, or takes its flag off."""
        if self._card is not None:
            self.services.reviewing.flag(self._card.id, 1)
            flagged = self.services.reviewing.card(self._card.id).flag
            self.learnfeed.tell(say("Flagged.") if flagged else say("Flag taken off."), timeout=2)

    def action_open(self) -> None:
        """Opens the post the card came from."""
        if self._card is not None and self._card.post_id is not None:
            self.learnfeed.open_post(self._card.post_id)

    def action_pinyin(self) -> None:
        """Shows or hides the reading of the whole sentence; it stays so for the next cards."""
        if self._card is not None:
            self._pinyin = not self._pinyin
            self._draw_answer(self._card)

    def action_scroll(self, step: int) -> None:
        """Scrolls a long card."""
        face = self.query_one(CardFace)
        face.scroll_to(y=face.scroll_offset.y + step, animate=False)

    def action_page(self, name: str) -> None:
        """Goes on to another screen."""
        self.learnfeed.go_back()
        self.learnfeed.open_page(name)
