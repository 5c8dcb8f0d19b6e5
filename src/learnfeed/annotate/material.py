"""A text with its words: all that deciding about its structure needs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from learnfeed.annotate.evidence import Evidence, Word
from learnfeed.core.text import Language, Span


@dataclass(frozen=True, slots=True)
class Material:
    """A text with all that deciding needs.

    Attributes:
        text: The text.
        zh: Its Chinese words in order.
        en: Its English words in order.
        evidence: What they say of each other.
    """

    text: str
    zh: Sequence[Word]
    en: Sequence[Word]
    evidence: Evidence
    _zh_starts: Sequence[int] = field(init=False, repr=False)
    _en_starts: Sequence[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Notes where words begin, as they are asked for by place again and again."""
        object.__setattr__(self, "_zh_starts", [word.start for word in self.zh])
        object.__setattr__(self, "_en_starts", [word.start for word in self.en])

    def words(self, language: Language, start: int, end: int) -> Sequence[Word]:
        """The words of one language that begin in a stretch of the text."""
        words, starts = (self.zh, self._zh_starts) if language is Language.ZH else (self.en, self._en_starts)
        first = bisect_left(starts, start)
        return words[first : bisect_left(starts, end, first)]

    def mutual(self, zh: Span, en: Span) -> float:
        """How fully two stretches translate each other: the lesser of both sides' shares, 0–1."""
        return min(self.evidence.cover(self.words(Language.ZH, *zh), self.words(Language.EN, *en)))

    def shared(self, zh: Span, en: Span) -> float:
        """How much two stretches have in common: the mean of both sides' shares, 0–1."""
        return sum(self.evidence.cover(self.words(Language.ZH, *zh), self.words(Language.EN, *en))) / 2
