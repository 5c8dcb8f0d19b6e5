"""Words of the vocabulary and of the dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WordStatus(StrEnum):
    """What a learner said of a word. A word without a status is NEW."""

    NEW = "new"
    LEARNING = "learning"
    KNOWN = "known"
    IGNORED = "ignored"

    @property
    def counts_as_known(self) -> bool:
        """Whether a running word of this status counts as known in coverage."""
        return self in (WordStatus.KNOWN, WordStatus.IGNORED)


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of an entry.

    Attributes:
        gloss: Its English, references stripped, for people to read.
        tags: Marks such as ``vulgar``, ``surname``, ``internet``, ``classifier``, ``literary``.
    """

    gloss: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A dictionary entry: one headword in one reading.

    Attributes:
        simplified: The headword.
        traditional: The same in traditional characters.
        syllables: One for each character (see :class:`learnfeed.core.text.Reading`).
        senses: In the order a learner should see them: common first, surnames and vulgar last.
        measure_words: Classifiers of a noun, simplified.
        source: ``cedict``, ``netspeak`` or ``emoji``.
    """

    simplified: str
    traditional: str
    syllables: tuple[str, ...]
    senses: tuple[Sense, ...]
    measure_words: tuple[str, ...] = ()
    source: str = "cedict"


@dataclass(frozen=True, slots=True)
class WordFacts:
    """What the lexicon knows of a headword besides its entries.

    Attributes:
        levels: HSK level by standard (``{"2025": 1, "2021": 1, "2.0": 4}``), 7 meaning 7–9; standards
            that do not list it are absent.
        zipf: Log frequency, 0 (unseen) to about 8 (的), as wordfreq defines it.
    """

    levels: dict[str, int]
    zipf: float = 0.0
