"""English words of a post, for who learns English from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from learnfeed.core.level import BANDS, FIRST_BAND, TARGET_SHARE
from learnfeed.core.text import Decider, Span

_LEAST_ZIPF = (5.16, 4.77, 4.4, 4.0, 3.6)
"""Log frequency from which a lemma counts as A1, A2 … C1: the 600, 1,400, 2,700, 5,000 and 9,000 most frequent
lemmas. Our own cut of a frequency list, near the sizes that course books of these levels have."""


@dataclass(frozen=True, slots=True)
class EnglishWord:
    """One English word of a text.

    Attributes:
        surface: Its characters as they stand (``Didn’t``).
        start: Where it begins in the text.
        lemma: Its base form in lower case (``do``).
        level: ``A1`` to ``C2``: a band of frequency that stands for a CEFR level, not a graded list;
            empty for what no list knows, names among it.
        phonetics: How it is said in General American, in IPA without slashes; empty where unknown.
        gloss: Its Chinese: the words of the post that translate it, else what the dictionary gives for the
            lemma; empty where neither does.
        by: LINK when the post's own Chinese is the gloss, DICTIONARY when it is a guess.
    """

    surface: str
    start: int
    lemma: str
    level: str = ""
    phonetics: str = ""
    gloss: str = ""
    by: Decider = Decider.DICTIONARY

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.start + len(self.surface)


def band_of(zipf: float) -> str:
    """The band of a lemma's log frequency (0–8)."""
    return next((band for band, least in zip(BANDS, _LEAST_ZIPF, strict=False) if zipf >= least), BANDS[-1])


def level_of(band: str) -> int:
    """The level of a band: 11 for ``A1`` to 16 for ``C2``; 0 for none."""
    return FIRST_BAND + BANDS.index(band) if band else 0


def text_level(counts: Mapping[int, int]) -> int:
    """The level of a text: the lowest that covers 95 % of its running words.

    Args:
        counts: Running words of each level.

    Returns:
        11–16; 0 for a text without words.
    """
    left = sum(counts.values()) * TARGET_SHARE
    for level in sorted(counts):
        left -= counts[level]
        if left <= 0:
            return level
    return 0
