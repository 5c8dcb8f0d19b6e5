"""English words of a post, for who learns English from it."""

from __future__ import annotations

from dataclasses import dataclass

from learnfeed.core.text import Decider, Span

BANDS = ("A1", "A2", "B1", "B2", "C1", "C2")
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
