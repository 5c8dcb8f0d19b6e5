"""A word that can be corrected: what may be put in its place, as choices. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnfeed.core.correction import Correction, CorrectionKind, Scope, clean, correct, typed_reading
from learnfeed.core.pinyin import word_with_marks
from learnfeed.core.text import Language, Token, TokenKind
from learnfeed.services.correcting import cut_anew, sentence_at, translation_of
from learnfeed.tui.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from learnfeed.core.word import Entry
    from learnfeed.services.correcting import WordPlace

NAMES = {
    CorrectionKind.READING: "reading",
    CorrectionKind.SENSE: "meaning",
    CorrectionKind.WORDS: "word boundary",
    CorrectionKind.PAIR: "translation",
}
BESIDE = 3
"""Words on either side that can be cut anew with the word."""
MOST = 60
"""Choices of a step; the first nine have a digit."""
_CUTTABLE = (TokenKind.WORD, TokenKind.NAME, TokenKind.NUMBER, TokenKind.LATIN)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose.

    Attributes:
        label: What it is.
        note: What helps to tell it from the others.
        value: The correction's value; for WORDS all words beside each other, cut so.
        now: Whether it is so now.
    """

    label: str
    note: str = ""
    value: tuple[str, ...] = ()
    now: bool = False


@dataclass(frozen=True, slots=True)
class Correctable:
    """A word of a post, with what the dictionary says of it.

    Attributes:
        place: Where it stands.
        token: The word.
        entries: Its dictionary entries.
    """

    place: WordPlace
    token: Token
    entries: tuple[Entry, ...] = ()

    def choices(self, kind: CorrectionKind) -> list[Choice]:
        """What may be right, what is so now among it."""
        makers = {
            CorrectionKind.READING: self._readings,
            CorrectionKind.SENSE: self._senses,
            CorrectionKind.WORDS: self._cuts,
            CorrectionKind.PAIR: self._translations,
        }
        found: dict[tuple[str, ...], Choice] = {}
        for choice in makers[kind]():
            found.setdefault(choice.value, choice)
        return list(found.values())[:MOST]

    def now(self, kind: CorrectionKind) -> str:
        """What stands there now, as people read it."""
        if kind is CorrectionKind.READING:
            return word_with_marks(self.token.reading.syllables) if self.token.reading else "–"
        if kind is CorrectionKind.SENSE:
            return self.token.sense.gloss if self.token.sense else "–"
        if kind is CorrectionKind.WORDS:
            return " | ".join(token.text for token in self.beside())
        return self.english() or "–"

    def english(self) -> str:
        """The translation of its sentence now; empty without one."""
        for pair in self.place.text.pairs:
            if any(start <= self.token.start < end for start, end in pair.zh):
                return pair.own or " ".join(self.place.text.text[a:b].strip() for a, b in pair.en)
        return ""

    def typed(self, kind: CorrectionKind, text: str) -> Choice:
        """What someone typed, as a choice.

        Raises:
            UsageError: It can't be right.
        """
        if kind is CorrectionKind.READING:
            value = typed_reading(self.token.text, text)
            return Choice(word_with_marks(value), value=value)
        value = tuple(text.split()) if kind is CorrectionKind.WORDS else (clean(text),)
        choice = Choice(" ".join(value), value=value)
        self.correction(kind, Scope.HERE, value)
        return choice

    def begin(self, kind: CorrectionKind) -> str:
        """What stands in the line when someone begins to type."""
        if kind is CorrectionKind.WORDS:
            return " ".join(token.text for token in self.beside())
        return self.english() if kind is CorrectionKind.PAIR else ""

    def correction(self, kind: CorrectionKind, scope: Scope, value: tuple[str, ...]) -> Correction | None:
        """The correction that a choice makes; None when all stays as it is.

        Raises:
            UsageError: It can't be right.
        """
        if kind is CorrectionKind.WORDS:
            return cut_anew(self.place, self.beside(), value, scope)
        if kind is CorrectionKind.PAIR:
            return translation_of(self.place, value[0] if value else None)
        return correct(kind, scope, self.place.text.text, self.token.span, value=value, post=self.place.key)

    def beside(self) -> Sequence[Token]:
        """The words around it that stand together, itself among them."""
        tokens = self.place.text.tokens
        at = next(i for i, token in enumerate(tokens) if token.start == self.token.start)
        first = last = at
        while first > max(0, at - BESIDE) and tokens[first - 1].kind in _CUTTABLE:
            first -= 1
        while last < min(len(tokens) - 1, at + BESIDE) and tokens[last + 1].kind in _CUTTABLE:
            last += 1
        return tokens[first : last + 1]

    # -- choices -----------------------------------------------------------------------------------

    def _readings(self) -> Iterator[Choice]:
        spoken = self.token.reading.syllables if self.token.reading else ()
        if spoken:
            yield Choice(word_with_marks(spoken), self._first_gloss(spoken), spoken, now=True)
        for entry in self.entries:
            value = tuple(syllable.lower() for syllable in entry.syllables)
            if len(value) == len(self.token.text):
                yield Choice(word_with_marks(value), entry.senses[0].gloss if entry.senses else "", value)

    def _first_gloss(self, syllables: tuple[str, ...]) -> str:
        return next((e.senses[0].gloss for e in self.entries if e.senses and e.syllables == syllables), "")

    def _senses(self) -> Iterator[Choice]:
        spoken = self.token.reading.syllables if self.token.reading else ()
        if self.token.sense:
            yield Choice(self.token.sense.gloss, value=(self.token.sense.gloss,), now=True)
        for entry in sorted(self.entries, key=lambda entry: entry.syllables != spoken):
            reading = "" if entry.syllables == spoken else word_with_marks(entry.syllables)
            for sense in entry.senses:
                yield Choice(sense.gloss, reading, (sense.gloss,))

    def _cuts(self) -> Iterator[Choice]:
        words = [token.text for token in self.beside()]
        at = next(i for i, token in enumerate(self.beside()) if token.start == self.token.start)
        word = words[at]

        def cut(label: str, note: str, first: int, last: int, *parts: str) -> Choice:
            return Choice(label, note, tuple(words[:first] + list(parts) + words[last:]))

        yield Choice(word, value=tuple(words), now=True)
        if at + 1 < len(words):
            joined = word + words[at + 1]
            yield cut(joined, say("with the next word"), at, at + 2, joined)
        if at > 0:
            joined = words[at - 1] + word
            yield cut(joined, say("with the word before"), at - 1, at + 1, joined)
        if len(word) > 1:
            yield cut(" | ".join(word), say("each character by itself"), at, at + 1, *word)
        for i in range(1, len(word)):
            yield cut(f"{word[:i]} | {word[i:]}", "", at, at + 1, word[:i], word[i:])

    def _translations(self) -> Iterator[Choice]:
        english = self.english()
        if english:
            yield Choice(english, value=(english,), now=True)
        yield Choice(say("no translation"), value=(), now=not english)
        span = sentence_at(self.place.text, self.token.start) or self.token.span
        units = [unit for unit in self.place.text.units if unit.language is Language.EN]
        # Its translation stands near it, whichever the sentence.
        for unit in sorted(units, key=lambda unit: abs(unit.start - span[1])):
            text = self.place.text.text[unit.start : unit.end]
            yield Choice(text, value=(text,))
