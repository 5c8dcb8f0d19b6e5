"""The reader: one post, pinyin where it is wanted, every word a key away from its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.containers import Horizontal

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.level import level_label
from learnfeed.core.note import RubyToken
from learnfeed.core.word import WordStatus
from learnfeed.services.sentences import ruby, sentence_span
from learnfeed.tui.correctable import NAMES
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.reader_document import build
from learnfeed.tui.speaking import SpeakingScreen, read_aloud
from learnfeed.tui.text import plural
from learnfeed.tui.widgets.picture import Picture
from learnfeed.tui.widgets.ruby import RubyView
from learnfeed.tui.widgets.word_pane import WordPane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.bootstrap import Services
    from learnfeed.core.correction import StandingCorrection
    from learnfeed.services.views import ReaderPost, WordView
    from learnfeed.settings import Settings
    from learnfeed.tui.reader_document import Document

Result = TypeVar("Result")
_PINYIN_SAID = {
    "unknown": "pinyin over words you do not know",
    "all": "pinyin over all words",
    "none": "no pinyin",
}


class ReaderScreen(SpeakingScreen):
    """A post to read."""

    CSS_PATH = "reader.tcss"
    NAME = "Reader"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("p", "pinyin", "pinyin", "Pinyin over unknown words, over all, over none"),
        bind("t", "translate", "translation", "Show or fold the translation of this sentence"),
        bind("T", "translate_all", "all translations", "Show or fold all translations", show=False),
        bind("k", "mark('known')", "mark", "You know this word; again takes it back", display="k l x"),
        bind(
            "l", "mark('learning')", "learning", "You are learning this word; again takes it back", show=False
        ),
        bind("x", "mark('ignored')", "ignore", "Do not count this word; again takes it back", show=False),
        bind("u", "undo", "undo", "Take back what you did last"),
        bind("c", "correct", "correct", "Correct the word's reading, meaning, boundary or translation"),
        bind("a", "add_card", "card", "Add a review card for this word in this sentence"),
        bind("f", "finish", "finish", "You have read this post"),
        bind("n", "next_post", "next post", "Open the next post that fits", show=False),
        bind("q", "quiz", "quiz", "Questions about the words of this post", show=False),
        bind("o", "open_page", "open page", "Open the post's own page in the browser", show=False),
        bind("i", "picture", "picture", "Show or hide the post's picture", show=False),
        bind("V", "hear_sentence", "hear the sentence", "Hear the whole sentence", show=False),
        bind("y", "copy", "copy", "Copy the word", show=False),
    ]

    def __init__(self, post_id: int) -> None:
        super().__init__()
        self.post_id = post_id
        self.post: ReaderPost | None = None
        self._words: dict[tuple[str, tuple[str, ...]], WordView] = {}
        self._held: dict[tuple[int, int], list[StandingCorrection]] = {}
        self._ending_offered = False
        self._settings: Settings | None = None

    def body(self) -> ComposeResult:
        """The text, the word beside or below it."""
        yield Picture()
        with Horizontal(id="pages"):
            yield RubyView(pinyin=self.services.settings.pinyin, id="text")
            yield WordPane(id="word")

    def on_mount(self) -> None:
        """Opens the post once the width is known."""
        self.learnfeed.library_changed.subscribe(self, lambda _: self.written())
        self.load(self.post_id)

    @property
    def view(self) -> RubyView:
        """The text."""
        return self.query_one(RubyView)

    def load(self, post_id: int) -> None:
        """Opens a post in this screen."""
        if not self.query(RubyView):  # left before it was there: Enter and Escape in one breath
            return
        try:
            post = self._open(post_id)
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)
            self.action_leave()
            return
        self.post_id, self.post = post_id, post
        self._settings = self.services.settings
        self.query_one(Picture).show("")
        self._ending_offered = post.card.read_at is not None
        self._tell()
        document = build(post)
        self._hold(post, document)
        self.view.show(document, dict(post.statuses))
        self.set_focus(self.view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """English has no pinyin over it."""
        return action != "pinyin" or not self._learns_english

    @property
    def _learns_english(self) -> bool:
        return self.services.settings.direction == "english"

    def _open(self, post_id: int) -> ReaderPost:
        post = self.services.reading.open(post_id)
        return self.services.english.turned(post) if self._learns_english else post

    def _hold(self, post: ReaderPost, document: Document) -> None:
        texts = {} if self._learns_english else document.texts
        self._held = self.services.correcting.holding(post.post.key, texts)

    def _tell(self) -> None:
        if self.post is None:
            return
        card = self.services.reading.cards([self.post_id]).get(self.post_id, self.post.card)
        new = card.coverage.new_words
        about = [card.author, card.posted[:10]]
        figures = [
            level_label(card.level),
            say("{share} % known", share=round(card.coverage.share * 100)),
            say("{new} new", new=new) if new else say("nothing new"),
        ]
        if card.read_at is not None:
            figures.append(f"✓ {say('read')}")
        self.title_bar.tell(
            name=card.title or say("Reader"),
            about=" · ".join(part for part in about if part),
            right=" · ".join(figures),
        )

    # -- the word at the cursor --------------------------------------------------------------------

    @on(RubyView.Moved)
    def _moved(self) -> None:
        self._show_word()

    def _show_word(self) -> None:
        token = self.view.token
        status = self._status(token.headword) if token else WordStatus.NEW
        word = self._look_up() if token else None
        kinds = (NAMES[one.correction.kind] for one in self.holding())
        self.query_one(WordPane).show(
            token,
            status,
            word,
            self.services.settings.standard,
            corrected=[say(kind) for kind in dict.fromkeys(kinds)],
        )

    def _status(self, headword: str) -> WordStatus:
        return self.view.statuses.get(headword, WordStatus.NEW)

    def _look_up(self) -> WordView | None:
        token = self.view.token
        if token is None or not token.headword:
            return None
        key = (token.headword, token.reading.syllables if token.reading else ())
        if key not in self._words:
            try:
                reading, english = self.services.reading, self._learns_english
                self._words[key] = self.services.english.word(token) if english else reading.word(*key)
            except LearnfeedError as error:
                self.learnfeed.tell_error(error)
                return None
        return self._words[key]

    # -- sound -------------------------------------------------------------------------------------

    def spoken(self) -> tuple[RubyToken, ...]:
        """The word at the cursor."""
        token = self.view.token
        return (RubyToken(token.text, token.reading.syllables if token.reading else ()),) if token else ()

    def action_hear_sentence(self) -> None:
        """Says the sentence that the word at the cursor stands in."""
        document, token = self.view.document, self.view.token
        if token is not None:
            text = document.texts[document.sections[self.view.cursor]]
            read_aloud(self, ruby(text, sentence_span(text, token)), self.spoken_language)

    # -- looks -------------------------------------------------------------------------------------

    def action_pinyin(self) -> None:
        """Changes over which words pinyin stands."""
        self.learnfeed.tell(say(_PINYIN_SAID[self.view.cycle_pinyin()]), timeout=1.5)

    def action_translate(self) -> None:
        """Shows or folds the English of the sentence."""
        if not self.view.toggle_sentence():
            self.learnfeed.tell(say("The post does not translate this sentence."), timeout=2)

    def action_translate_all(self) -> None:
        """Shows or folds all English."""
        if not self.view.toggle_all():
            self.learnfeed.tell(say("The post has no translation."), timeout=2)

    # -- marking -----------------------------------------------------------------------------------

    def action_mark(self, name: str) -> None:
        """Gives the word at the cursor a status; the same again takes it away."""
        token = self.view.token
        if token is None or not token.learnable:
            self.learnfeed.tell(say("A name is not learned."), timeout=2)
            return
        wanted = WordStatus(name)
        before = self._status(token.headword)
        self._mark({token.headword: WordStatus.NEW if before is wanted else wanted})

    def _mark(self, changes: dict[str, WordStatus]) -> None:
        # The text shows it at once; the library follows.
        self.view.statuses |= changes
        self.view.relay()
        self._show_word()
        self.write(lambda services: services.reading.mark(changes))

    def write(self, work: Callable[[Services], Result], then: Callable[[Result], str] | None = None) -> None:
        """Writes something, shows what the library says then, and tells what came of it."""

        def done(result: Result) -> None:
            if then is not None:
                self.learnfeed.tell(then(result), timeout=2)

        self.learnfeed.writer.do(work, done, self.written)

    def written(self) -> None:
        """Shows what the library says now, unless more is on its way there."""
        if not self.learnfeed.writer.busy:
            self.show_anew()

    def show_anew(self) -> None:
        """Shows what the library says now."""
        if not self.is_attached or self.post is None:
            return
        before = self.post
        self._take_settings()
        try:
            self.post = post = self._open(self.post_id)
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)
            return
        if (before.title, before.body, before.comments) == (post.title, post.body, post.comments):
            self.view.statuses = dict(post.statuses)
            self.view.relay()
        else:
            document = build(post)
            self._hold(post, document)
            self.view.renew(document, dict(post.statuses))
        self._show_word()
        self._tell()

    def _take_settings(self) -> None:
        """Shows the text as the settings now say, when they were changed while it was open."""
        before, settings = self._settings, self.services.settings
        if before is not settings:
            self._settings = settings
            self._words.clear()
            if before is not None and before.pinyin != settings.pinyin:
                self.view.pinyin = settings.pinyin

    def action_undo(self) -> None:
        """Takes back what was done last."""
        from learnfeed.tui.screens.reader_corrections import undo

        undo(self)

    def action_add_card(self) -> None:
        """Adds a review card for the word, with this sentence."""
        token = self.view.token
        if token is None or not token.learnable:
            self.learnfeed.tell(say("A name is not learned."), timeout=2)
            return
        post, section, word = self.post_id, self.view.document.sections[self.view.cursor], token.headword
        added = say("Card added: {word}", word=word)
        known = say("There is a card for {word} already.", word=word)
        self.write(
            lambda services: services.reviewing.add_card(post, section, token.start, word),
            lambda cards: added if cards else known,
        )

    # -- correcting --------------------------------------------------------------------------------

    def holding(self) -> list[StandingCorrection]:
        """The corrections that the word at the cursor is shown with."""
        token = self.view.token
        if token is None:
            return []
        return self._held.get((self.view.document.sections[self.view.cursor], token.start), [])

    def action_correct(self) -> None:
        """Asks what is wrong with the word, and what is right."""
        from learnfeed.tui.screens.reader_corrections import ask

        if self.post is None or self.view.token is None:
            self.learnfeed.tell(say("There is no word to correct."), timeout=2)
        elif self._learns_english:
            self.learnfeed.tell(
                say("Corrections are made while you learn Chinese: set it with , (direction)."), timeout=3
            )
        else:
            ask(self, self.post, self.view.token, self._look_up())

    # -- the end of the post -----------------------------------------------------------------------

    @on(RubyView.Ended)
    def _ended(self) -> None:
        if self._ending_offered:
            self.learnfeed.tell(say("That was the last new word.   n  next post"), timeout=2)
        else:
            self.action_finish()

    def action_finish(self) -> None:
        """Notes that the post is read, and offers what comes after."""
        from learnfeed.tui.screens.finish import FinishDialog

        if self.post is None:
            return
        post, self._ending_offered = self.post_id, True
        after = self.services.reading.next_fit(post)
        self.app.push_screen(FinishDialog(self._rest(), after), self._finished)
        if self.post.card.read_at is None:
            self.write(lambda services: services.reading.finish(post))

    def _rest(self) -> tuple[str, ...]:
        """Words of title and body without a mark, in reading order."""
        tokens = zip(self.view.document.tokens, self.view.document.sections, strict=True)
        words = [token.headword for token, section in tokens if token.learnable and section <= 1]
        return tuple(dict.fromkeys(word for word in words if self._status(word) is WordStatus.NEW))

    def _finished(self, choice: str | None) -> None:
        if choice == "known" and (rest := self._rest()):
            self._mark(dict.fromkeys(rest, WordStatus.KNOWN))
            count = plural(len(rest), say("word"), say("words"))
            self.learnfeed.tell(say("{words} marked known.   u  undo", words=count))
        elif choice == "next":
            self.action_next_post()

    def action_next_post(self) -> None:
        """Opens the next post that fits."""
        after = self.services.reading.next_fit(self.post_id)
        if after is None:
            self.learnfeed.tell(say("You have read all posts."))
        else:
            self.load(after.id)

    # -- elsewhere ---------------------------------------------------------------------------------

    def action_quiz(self) -> None:
        """Asks about the words of this post."""
        from learnfeed.services.quiz_words import QuizSource
        from learnfeed.tui.screens.quiz import QuizScreen

        self.app.push_screen(QuizScreen(QuizSource.POST, self.post_id))

    def action_picture(self) -> None:
        """Shows the post's picture, or puts it away."""
        from learnfeed.services.quiz_items import picture_of

        if self.post is not None:
            self.query_one(Picture).toggle(picture_of(self.post.post, self.services.places.library))

    def action_open_page(self) -> None:
        """Opens the post's own page in the browser; only http and https."""
        url = self.post.post.url if self.post else ""
        if url.startswith(("https://", "http://")):
            self.app.open_url(url)
        else:
            self.learnfeed.tell(say("The file did not say where this post is from."), timeout=2)

    def action_copy(self) -> None:
        """Copies the word at the cursor."""
        if token := self.view.token:
            self.app.copy_to_clipboard(token.text)
            self.learnfeed.tell(say("Copied: {word}", word=token.text), timeout=1.5)
