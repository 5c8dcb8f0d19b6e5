"""What annotation makes of a text: tokens with readings and senses, sentence pairs, word links.

Offsets are code points into the annotated text, half open. The tokens of a text, joined, are that
text again: every character, blanks included, lies in exactly one token.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from learnfeed.core.level import level_label

Span = tuple[int, int]


class Language(StrEnum):
    """The language of a unit of text."""

    ZH = "zh"
    EN = "en"
    OTHER = "other"


class TokenKind(StrEnum):
    """What a token is. Tokens of kind WORD or NAME cover every hanzi of a text."""

    WORD = "word"
    NAME = "name"
    NUMBER = "number"
    LATIN = "latin"
    PUNCTUATION = "punctuation"
    EMOJI = "emoji"
    OTHER = "other"


class Decider(StrEnum):
    """Who decided a reading, a sense or a pair."""

    FILE = "file"
    DICTIONARY = "dictionary"
    MODEL = "model"
    LINK = "link"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a token is read aloud.

    Attributes:
        syllables: One for each character of the token, as pinyin with a tone number 1–5 and ü
            (``xue3``, ``lü4``); empty for a character that has none (a Latin letter in T恤).
        sure: How certain, 0–1, of the least certain syllable.
        by: Who decided.
    """

    syllables: tuple[str, ...]
    sure: float = 1.0
    by: Decider = Decider.DICTIONARY


@dataclass(frozen=True, slots=True)
class SenseChoice:
    """The sense chosen for a token in its sentence.

    Attributes:
        gloss: Its English, as a learner should see it.
        sure: How certain, 0–1. Below 0.5 it is a guess and is shown as one.
        by: LINK when the post's own English supports it, DICTIONARY when it is the usual sense.
        english: The words of the post that translate the token; empty without a link.
    """

    gloss: str
    sure: float = 0.3
    by: Decider = Decider.DICTIONARY
    english: str = ""


class Token(NamedTuple):
    """One word, name, number, mark or blank of a text.

    A named tuple, as annotation makes three for every word: that costs a third of what a frozen dataclass does.

    Attributes:
        text: Its characters as they stand.
        start: Where it begins.
        kind: What it is.
        headword: The dictionary form it is looked up and learned under (simplified); for a Latin
            token the lemma in lower case; empty where there is nothing to learn.
        reading: How it is read; None where nothing is.
        sense: The sense that fits here; None where no dictionary knows it.
    """

    text: str
    start: int
    kind: TokenKind
    headword: str = ""
    reading: Reading | None = None
    sense: SenseChoice | None = None

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.start + len(self.text)

    @property
    def learnable(self) -> bool:
        """Whether it is a word that a learner of Chinese can learn and mark."""
        return self.kind is TokenKind.WORD and bool(self.headword)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence (or a clause, where languages alternate) in one language."""

    language: Language
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SentencePair:
    """Chinese and English sentences that translate each other.

    Attributes:
        zh: Spans of the Chinese units, in order.
        en: Spans of the English units, in order.
        sure: How certain, 0–1.
        by: FILE when the source itself pairs them, PERSON when the learner does, MODEL otherwise.
        own: The learner's own translation, which does not stand in the text; empty without one.
    """

    zh: tuple[Span, ...]
    en: tuple[Span, ...]
    sure: float = 1.0
    by: Decider = Decider.MODEL
    own: str = ""


@dataclass(frozen=True, slots=True)
class WordLink:
    """A Chinese word and the English words that translate it in this text."""

    zh: Span
    en: tuple[Span, ...]
    headword: str = ""
    sense: str = ""
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class TextLevel:
    """The level of a text by one standard.

    Attributes:
        level: 1–7, where 7 means 7–9; 0 when the text has too few hanzi to say.
        standard: ``2025``, ``2021`` or ``2.0``.
        hanzi: How many hanzi were counted (names excluded).
        curve: Share of hanzi (0–1) a reader of level 1, 2, … 7 knows.
        above: Words above the level: what makes it hard, hardest first.
    """

    level: int
    standard: str
    hanzi: int = 0
    curve: tuple[float, ...] = ()
    above: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """As shown: ``HSK 3``, ``HSK 7–9``, or ``–`` when there is none."""
        return level_label(self.level)


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with all that annotation found in it."""

    text: str
    tokens: tuple[Token, ...] = ()
    units: tuple[Unit, ...] = ()
    pairs: tuple[SentencePair, ...] = ()
    links: tuple[WordLink, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedPost:
    """A post with its annotation.

    Attributes:
        version: Of the annotator (code and lexicon); a newer one annotates again.
        title: Annotated title; its text is empty when there is none.
        body: Annotated body (:attr:`learnfeed.core.post.Post.body`).
        comments: One for each comment, in the post's order.
        level: Of title and body together.
    """

    version: str
    title: AnnotatedText
    body: AnnotatedText
    comments: tuple[AnnotatedText, ...]
    level: TextLevel
