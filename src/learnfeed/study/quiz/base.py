"""What a quiz is made of: items, questions, answers and verdicts. Values only; nothing here knows a screen."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from learnfeed.core.note import RubyToken
from learnfeed.core.pinyin import word_with_marks
from learnfeed.core.text import Language, Span
from learnfeed.core.word import Entry, WordFacts
from learnfeed.study.quiz.comparing import NO_DICTIONARY, Difference, Wording
from learnfeed.study.quiz.glosses import tells


class Dictionary(Protocol):
    """What a quiz needs of a dictionary."""

    def entries(self, word: str, /) -> tuple[Entry, ...]:
        """Entries of a word, best reading first."""

    def facts(self, word: str, /) -> WordFacts:
        """Levels and frequency of a word."""

    def lookalikes(self, char: str, /) -> tuple[str, ...]:
        """Characters that are easily taken for this one."""

    def words_of_level(self, standard: str, level: int, /) -> tuple[str, ...]:
        """The words of a level."""


@dataclass(frozen=True, slots=True)
class Said:
    """One comment of an exchange.

    Attributes:
        author: Name as shown; may be empty.
        tokens: Its Chinese; empty when it has none.
        english: Its English; may be empty.
    """

    author: str
    tokens: tuple[RubyToken, ...] = ()
    english: str = ""

    @property
    def text(self) -> str:
        """Both languages, one under the other."""
        chinese = "".join(token.text for token in self.tokens).strip()
        return "\n".join(part for part in (chinese, self.english) if part)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A saved comment and what someone replied to it."""

    comment: Said
    reply: Said


@dataclass(frozen=True, slots=True)
class Item:
    """A word to ask about, where it was met; or an exchange of comments.

    For who learns English, the word and its sentence are English, and its gloss and the other side Chinese.

    Attributes:
        headword: The word; empty for an exchange.
        syllables: How it is read there, one for each character; empty for an English word.
        gloss: What it means there, in the other language.
        level: HSK level 1–7, for an English word 1–6 for A1–C2; 0 for none.
        sentence: The sentence it was met in, the word marked; empty for none.
        english: What the post says in the other language there; may be empty.
        english_links: Spans of :attr:`english` that translate the word.
        post_id: The post; None for a word from a list.
        title: The post's title.
        language: Of the word.
        phonetics: How an English word is said, without slashes; may be empty.
        picture: Path of a picture of what the word means; empty for none.
        exchange: A comment and its reply; None for a word.
    """

    headword: str
    syllables: tuple[str, ...]
    gloss: str
    level: int = 0
    sentence: tuple[RubyToken, ...] = ()
    english: str = ""
    english_links: tuple[Span, ...] = ()
    post_id: int | None = None
    title: str = ""
    language: Language = Language.ZH
    phonetics: str = ""
    picture: str = ""
    exchange: Exchange | None = None

    @property
    def reading(self) -> str:
        """How it is read, for people: ``xuě``, ``/snoʊ/``; empty where that is not known."""
        return f"/{self.phonetics}/" if self.phonetics else word_with_marks(self.syllables)

    @property
    def explained(self) -> bool:
        """Whether its gloss explains it to someone who does not know it."""
        return tells(self.gloss) if self.language is Language.ZH else bool(self.gloss)

    @property
    def sentence_text(self) -> str:
        """Its sentence without readings."""
        return "".join(token.text for token in self.sentence).strip()

    @property
    def written(self) -> str:
        """The word as it stands in its sentence, else the headword."""
        return next((token.text for token in self.sentence if token.is_target), self.headword)

    @property
    def gives_itself_away(self) -> bool:
        """Whether the word can be read elsewhere in its sentence, so that a gap would hide nothing."""
        if self.language is Language.EN:
            rest_of_it = {token.text.casefold() for token in self.sentence if not token.is_target}
            return not rest_of_it.isdisjoint((self.written.casefold(), self.headword.casefold()))
        rest = "\n".join(token.text for token in self.sentence if not token.is_target)
        return self.written in rest or self.headword in rest

    @property
    def silent_english(self) -> bool:
        """Whether there is English that does not quote the word itself."""
        return bool(self.english) and self.headword not in self.english and self.written not in self.english


class Form(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    TYPED = "typed"
    ORDER = "order"


class Show(StrEnum):
    """What of an item a question shows."""

    WORD = "word"
    READING = "reading"
    GLOSS = "gloss"
    SENTENCE = "sentence"
    GAP = "gap"
    ENGLISH = "english"
    SOUND = "sound"
    PICTURE = "picture"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose.

    Attributes:
        text: What is shown.
        about: Said of it when it was chosen wrongly (``血 xiě: blood``); may be empty.
    """

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        kind: Name of its kind in the registry.
        form: How it is answered.
        ask: The instruction, in English; the app translates it.
        item: What it is about.
        shows: What of the item is shown, in order.
        options: What can be chosen (CHOICE), or the pieces to put in order (ORDER).
        right: The right choice (one number), or one right order; empty for TYPED.
        answer: The right answer as text.
        left: For matching: what the options are matched with, in order.
        speak: What is said aloud when it is asked; empty for a silent question.
        wording: What a typed sentence is judged by.
    """

    kind: str
    form: Form
    ask: str
    item: Item
    shows: tuple[Show, ...]
    answer: str
    options: tuple[Option, ...] = ()
    right: tuple[int, ...] = ()
    left: tuple[str, ...] = ()
    speak: tuple[RubyToken, ...] = ()
    wording: Wording = field(default=NO_DICTIONARY, compare=False, repr=False)

    @property
    def rated(self) -> bool:
        """Whether the learner rates the answer, since no judge can."""
        return Show.COMMENT in self.shows


Given = str | tuple[int, ...]
"""An answer: typed text, or numbers of options in the order they were chosen, counted from 0."""


class Why(StrEnum):
    """Why an answer got its verdict; texts in English, which the app translates."""

    RIGHT = "right"
    WRONG = "wrong"
    GIVEN_UP = "not answered"
    TONES_MISSING = "right letters; the tones are missing"
    TONES_WRONG = "right letters; a tone is wrong"
    READING_RIGHT = "that is how it is read; write it in hanzi"
    ORDER_WRONG = "the post says it in another order"
    SOME_PAIRS = "some of the pairs are right"
    NEARLY = "nearly: see what differs"
    OTHER_FORM = "the right word in another form"
    SYNONYM = "that means the same; the post has another word"
    HEARD = "that is what you heard; write it in hanzi"
    COMPARE = "now compare it with the real reply"
    RATED = "rated by yourself"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an answer.

    Attributes:
        credit: 0–1; 1 is right, something between is named by ``why``.
        why: The reason.
        correct: The right answer.
        note: More to learn from it, such as what the chosen word really means; may be empty.
        differences: For typed sentences: the answer beside what was expected, word by word.
    """

    credit: float
    why: Why
    correct: str
    note: str = ""
    differences: tuple[Difference, ...] = ()

    @property
    def right(self) -> bool:
        """Whether it gets full credit."""
        return self.credit >= 1.0

    @property
    def partial(self) -> bool:
        """Whether it gets some credit."""
        return 0.0 < self.credit < 1.0


class Alternatives(Protocol):
    """Where wrong answers come from; see :class:`learnfeed.study.quiz.distractors.Distractors`."""

    def words(self, item: Item, count: int, chance: random.Random) -> tuple[Item, ...]:
        """Words that are no right answer to what the item means; fewer when there are no more."""

    def readings(self, item: Item, count: int, chance: random.Random) -> tuple[tuple[str, ...], ...]:
        """Readings that the item's word does not have."""

    def minimal_pairs(self, item: Item, count: int, /) -> tuple[Item, ...]:
        """Words with the item's letters in other tones; fewer when there are no more."""

    def apart(self, item: Item, other: Item) -> bool:
        """Whether two words can stand in one question: neither is a right answer for the other."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a kind of question can draw on.

    Attributes:
        alternatives: Where wrong answers come from.
        others: The other items of the round.
        chance: The source of chance.
        wording: What typed sentences are judged by.
        voice: Languages that can be spoken here; questions that are heard need one.
        pictures: Whether pictures can be shown or opened here.
    """

    alternatives: Alternatives
    others: tuple[Item, ...]
    chance: random.Random
    wording: Wording = NO_DICTIONARY
    voice: frozenset[Language] = frozenset()
    pictures: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question.

    Attributes:
        name: In the registry, in settings and on the command line.
        title: What people call it, in English; the app translates it.
        form: How it is answered.
        make: A question about an item; None when the item can't be asked so.
        judge: The verdict on an answer.
    """

    name: str
    title: str
    form: Form
    make: Callable[[Item, Material], Question | None]
    judge: Callable[[Question, Given], Verdict]


def judge_choice(question: Question, given: Given) -> Verdict:
    """The verdict on a choice: one number; a typed number (from 1) or the option's text count as well."""
    chosen = chosen_option(question, given)
    if chosen is None:
        return Verdict(0.0, Why.GIVEN_UP, question.answer)
    if chosen == question.right[0]:
        return Verdict(1.0, Why.RIGHT, question.answer)
    return Verdict(0.0, Why.WRONG, question.answer, question.options[chosen].about)


def chosen_option(question: Question, given: Given) -> int | None:
    """The number (from 0) of the option that an answer means; None when it means none."""
    if isinstance(given, str):
        text = given.strip()
        number = int(text) - 1 if text.isascii() and text.isdigit() and len(text) < 4 else None
        by_text = [i for i, option in enumerate(question.options) if option.text == text]
        given = tuple(by_text[:1]) or (() if number is None else (number,))
    if len(given) == 1 and 0 <= given[0] < len(question.options):
        return given[0]
    return None


def choice(
    kind: str,
    ask: str,
    item: Item,
    shows: tuple[Show, ...],
    *,
    right: Option,
    wrong: tuple[Option, ...],
    chance: random.Random,
) -> Question:
    """A question with its options in a random order."""
    options = [right, *wrong]
    chance.shuffle(options)
    return Question(kind, Form.CHOICE, ask, item, shows, right.text, tuple(options), (options.index(right),))
