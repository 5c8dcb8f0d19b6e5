"""Quizzes: questions swapped inside one screen, with the verdict at once and the mistakes at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Input

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.note import RubyToken
from learnfeed.core.text import Language
from learnfeed.services.opening import open_picture
from learnfeed.services.quiz_words import QuizSource
from learnfeed.study.quiz.base import Form, Given, Question, Show, Verdict, chosen_option
from learnfeed.study.quiz.session import QuizRound
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.quiz_face import empty_face, question_face, score_face
from learnfeed.tui.screens.quiz_menu import QuizMenu, Topic
from learnfeed.tui.screens.quiz_verdict import SENTENCES, verdict_lines
from learnfeed.tui.speaking import SpeakingScreen
from learnfeed.tui.widgets.choices import Choices, Mark
from learnfeed.tui.widgets.flashcard import CardFace, ProgressLine
from learnfeed.tui.widgets.input import CjkInput
from learnfeed.tui.widgets.picture import Picture

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

RATINGS = (("not yet", 0.0), ("in part", 0.5), ("well said", 1.0))
"""What a learner can say of an own reply, with its credit."""


class QuizScreen(SpeakingScreen):
    """A round of questions."""

    NAME = "Quiz"
    CSS_PATH = "quiz.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            bind(str(i), f"choose({i - 1})", f"choose {i}", f"Choose answer {i}", show=False)
            for i in range(1, 10)
        ),
        bind("space,enter", "next", "next", "Go on to the next question"),
        bind("backspace", "take_back", "take back", "Take the last piece back"),
        bind("x", "give_up", "don't know", "Show the answer"),
        bind("ctrl+n", "skip", "don't know", "Show the answer of a question that is typed"),
        bind("a", "again", "the mistakes again", "Ask the questions that went wrong once more"),
        bind("n", "new_round", "new round", "Draw a new round"),
        bind("c", "menu", "topic", "Choose what to be asked about"),
        bind("r", "toggle_reviews", "as reviews", "Let answers count as reviews of due cards"),
        bind("u", "undo", "undo", "Do not let this answer count as a review"),
        bind("p", "picture", "picture", "Open the picture", show=False),
        bind("o", "open", "open post", "Open the post the sentence is from", show=False),
    ]

    def __init__(self, source: QuizSource = QuizSource.MIXED, of: int | str = "") -> None:
        """A quiz about a source; see :meth:`learnfeed.services.quizzing.QuizService.draw`."""
        super().__init__()
        self._topic = Topic(source, of)
        self._playing = QuizRound(())
        self._asked: Question | None = None
        self._verdict: Verdict | None = None
        self._chosen: tuple[int, ...] = ()
        self._counts = False
        self._missing = ""
        self._fed = False
        self._asked_at = 0

    def body(self) -> ComposeResult:
        """Progress, the question, its options or a line to type into, the verdict."""
        yield ProgressLine()
        yield Picture()
        yield CardFace(id="question")
        yield Choices(id="options")
        with Vertical(id="typing"):
            yield CjkInput(id="typed")
        yield CardFace(id="verdict")
        yield Choices(id="ratings")

    def on_mount(self) -> None:
        """Draws the first round."""
        self._counts = self.services.settings.quiz_reviews
        self.call_after_refresh(self.action_new_round)

    # -- showing -----------------------------------------------------------------------------------

    def _play(self, playing: QuizRound) -> None:
        self._playing = playing
        self._ask()

    def _ask(self) -> None:
        """Shows the current question, or the score when there is none left."""
        self._asked, self._verdict, self._chosen = self._playing.current, None, ()
        self._fed = False
        self._asked_at = self.services.now_ms()
        question = self._asked
        self._show_progress()
        self.query_one("#verdict", CardFace).show(lambda _: ())
        self._show_input(question)
        pictured = question is not None and Show.PICTURE in question.shows
        self.query_one(Picture).offer(question.item.picture if question and pictured else "")
        choices = self.query_one("#options", Choices)
        self.query_one("#ratings", Choices).show(())
        if question is None:
            choices.show(())
            self._show_end()
        else:
            texts = [option.text for option in question.options]
            choices.show(texts, flow=question.form is Form.ORDER and not question.left)
            self._draw(question)
        self.query_one("#verdict").set_class(False, "-tall")
        self.refresh_bindings()
        if question is not None and question.speak:
            self.action_hear()

    def _show_progress(self) -> None:
        score, total = self._playing.score, len(self._playing.questions)
        right = say("{n} right", n=score.right) if score.of else ""
        counts = say("answers count as reviews") if self._counts else ""
        place = score.of if self._verdict is not None else min(score.of + 1, total)
        self.title_bar.tell(
            about=f"{place} / {total}" if total else "",
            right="   ".join(part for part in (counts, right) if part),
        )
        self.query_one(ProgressLine).show(score.of / total if total else 0)

    def _show_input(self, question: Question | None) -> None:
        typed = self.query_one("#typed", CjkInput)
        typing = question is not None and question.form is Form.TYPED
        typed.value = ""
        typed.disabled = not typing
        typed.set_class(typing, "-on")
        typed.set_class(question is not None and question.kind in SENTENCES, "-long")
        if typing:
            typed.focus()
        else:
            self.set_focus(None)

    def _draw(self, question: Question) -> None:
        chosen = self._chosen
        self.query_one("#question", CardFace).show(lambda width: question_face(question, chosen, width))

    def _show_end(self) -> None:
        playing = self._playing
        face = self.query_one("#question", CardFace)
        missing = self._missing
        face.show(
            lambda width: score_face(playing, width) if playing.questions else empty_face(width, missing)
        )

    def _show_verdict(self, question: Question, verdict: Verdict) -> None:
        self._verdict = verdict
        self.set_focus(None)
        typed = self.query_one("#typed", CjkInput)
        typed.disabled = True
        typed.remove_class("-on")
        given = typed.value
        face = self.query_one("#verdict", CardFace)
        face.set_class(question.kind in SENTENCES, "-tall")
        if question.rated:
            self._offer_ratings(verdict)
        face.show(lambda width: verdict_lines(question, verdict, given, width))
        self._show_progress()
        self.refresh_bindings()

    def _offer_ratings(self, verdict: Verdict) -> None:
        """How well one's own reply says it; what the words in common suggest is marked."""
        choices = self.query_one("#ratings", Choices)
        choices.show([say(name) for name, _ in RATINGS], flow=True)
        proposed = max(
            (i for i, (_, credit) in enumerate(RATINGS) if verdict.credit >= credit - 0.1), default=0
        )
        choices.mark({proposed: Mark.RIGHT} if proposed else {})

    def _rate(self, number: int) -> None:
        """Takes the learner's own rating and goes on."""
        if number < len(RATINGS):
            self._playing, _ = self._playing.rate(RATINGS[number][1])
            self._ask()

    def _mark(self, question: Question, given: Given) -> None:
        if question.form is Form.CHOICE:
            chosen = chosen_option(question, given)
            marks = {} if chosen is None else {chosen: Mark.WRONG}
            self.query_one("#options", Choices).mark(marks | {question.right[0]: Mark.RIGHT})

    # -- handlers ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        answering = self._asked is not None and self._verdict is None
        if action == "choose":
            number = parameters[0]
            options = len(self._asked.options) if self._asked else 0
            if self._rating:
                return isinstance(number, int) and number < len(RATINGS)
            return answering and isinstance(number, int) and number < options
        if action == "hear":
            return bool(self.spoken())
        if action == "picture":
            return bool(self._asked and Show.PICTURE in self._asked.shows)
        if action in ("give_up", "skip"):
            typing = self._asked is not None and self._asked.form is Form.TYPED
            return answering and typing is (action == "skip")
        if action == "next":
            return self._verdict is not None
        if action == "undo":
            return self._fed
        if action == "take_back":
            return answering and bool(self._chosen)
        if action == "again":
            return self._asked is None and bool(self._playing.mistakes)
        if action in ("new_round", "menu", "toggle_reviews"):
            return not (answering and self._asked is not None and self._asked.form is Form.TYPED)
        return True

    @on(Input.Submitted, "#typed")
    def _typed(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self._answer(event.value)
        elif self._asked is not None and self._asked.speak:
            self.action_hear()

    @on(Choices.Chosen)
    def _clicked(self, message: Choices.Chosen) -> None:
        if self._verdict is None or self._rating:
            self.action_choose(message.number)
        else:
            self.action_next()

    def _answer(self, given: Given) -> None:
        question = self._asked
        if question is None or self._verdict is not None:
            return
        self._playing, verdict = self._playing.answer(given)
        self._mark(question, given)
        self._show_verdict(question, verdict)
        if self._counts:
            self._feed(question, verdict)
            self.refresh_bindings()

    def _feed(self, question: Question, verdict: Verdict) -> None:
        took = self.services.now_ms() - self._asked_at
        try:
            self._fed = self.services.quizzing.feed(question, verdict, took) is not None
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)

    @property
    def _rating(self) -> bool:
        """Whether the learner is to say how good the last answer was."""
        return bool(self._asked and self._asked.rated and self._verdict)

    def spoken(self) -> tuple[RubyToken, ...]:
        """What can be heard now: what the question says, or once it is answered, what it was about."""
        question = self._asked
        if question is None or question.speak or self._verdict is None:
            return question.speak if question else ()
        item = question.item
        if item.exchange is not None:
            return item.exchange.reply.tokens
        return item.sentence or (RubyToken(item.headword, item.syllables),)

    @property
    def spoken_language(self) -> Language:
        """The language of the question, or of the reply that it was about."""
        item = self._asked.item if self._asked else None
        return Language.ZH if item is None or item.exchange else item.language

    # -- actions -----------------------------------------------------------------------------------

    def action_choose(self, number: int) -> None:
        """Chooses an option; with pieces to order, the next one."""
        question = self._asked
        if self._rating:
            self._rate(number)
            return
        if question is None or self._verdict is not None or number >= len(question.options):
            return
        if question.form is Form.CHOICE:
            self._answer((number,))
        elif number not in self._chosen:
            self._put((*self._chosen, number))

    def _put(self, chosen: tuple[int, ...]) -> None:
        question = self._asked
        assert question is not None
        self._chosen = chosen
        self.query_one("#options", Choices).mark(dict.fromkeys(chosen, Mark.USED))
        self._draw(question)
        self.refresh_bindings()
        if len(chosen) == len(question.options):
            self._answer(chosen)

    def action_take_back(self) -> None:
        """Takes the last piece back."""
        if self._verdict is None and self._chosen:
            self._put(self._chosen[:-1])

    def action_give_up(self) -> None:
        """Shows the answer."""
        self._answer("")

    def action_skip(self) -> None:
        """Shows the answer; letters can't do that while they are typed."""
        self._answer("")

    def action_next(self) -> None:
        """Goes on."""
        if self._verdict is not None:
            self._ask()

    def action_again(self) -> None:
        """Asks the mistakes once more."""
        self._play(self._playing.again())

    def action_new_round(self) -> None:
        """Draws a new round from the same source."""
        topic, quizzing = self._topic, self.services.quizzing
        try:
            missing = quizzing.missing(topic.kinds)
            self._missing = say(missing, folder=self.services.speaking.voices_folder) if missing else ""
            self._play(quizzing.draw(topic.source, topic.of, kinds=topic.kinds))
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)
            self._play(QuizRound(()))

    def action_menu(self) -> None:
        """Chooses what to be asked about."""

        def chosen(topic: Topic | None) -> None:
            if topic is not None:
                self._topic = topic
                self.action_new_round()

        self.app.push_screen(QuizMenu(), chosen)

    def action_toggle_reviews(self) -> None:
        """Lets answers count as reviews of due cards, or not."""
        self._counts = not self._counts
        self._show_progress()
        on_off = (
            say("From now on answers count as reviews of cards that are due.")
            if self._counts
            else say("Answers no longer count as reviews.")
        )
        self.learnfeed.tell(on_off, timeout=3)

    def action_undo(self) -> None:
        """Takes back the review that the last answer counted as."""
        if self._fed:
            try:
                self.services.reviewing.undo()
            except LearnfeedError as error:
                self.learnfeed.tell_error(error)
                return
            self._fed = False
            self.learnfeed.tell(say("This answer does not count as a review."), timeout=2)
            self.refresh_bindings()

    def action_picture(self) -> None:
        """Opens the picture beside the terminal."""
        if self._asked is not None:
            try:
                open_picture(self._asked.item.picture)
            except LearnfeedError as error:
                self.learnfeed.tell_error(error)

    def action_open(self) -> None:
        """Opens the post the sentence is from."""
        if self._asked is not None and self._asked.item.post_id is not None:
            self.learnfeed.open_post(self._asked.item.post_id)
