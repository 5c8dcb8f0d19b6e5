"""Levels and coverage: the two things that "graded" means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standard(StrEnum):
    """The HSK standards a text can be levelled by."""

    HSK_2025 = "2025"
    HSK_2021 = "2021"
    HSK_2_0 = "2.0"


DEFAULT_STANDARD = Standard.HSK_2025
HIGHEST_LEVEL = 7
"""Level 7 stands for 7–9."""
BANDS = ("A1", "A2", "B1", "B2", "C1", "C2")
FIRST_BAND = 11
"""Levels from here on are bands of English: 11 is A1, 16 is C2. So a level alone tells of which language it is."""

TARGET_SHARE = 0.95
"""Share of running words known from which a text can be read with a dictionary at hand (Laufer and
Ravenhorst-Kalovski 2010: 95 % is the minimal, 98 % the optimal lexical threshold)."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a text a learner knows.

    Attributes:
        running: Running words (tokens of kind WORD).
        known: Those whose word is known or ignored.
        learning: Those whose word is being learned.
        new_words: Different words that are neither known, ignored nor being learned.
    """

    running: int = 0
    known: int = 0
    learning: int = 0
    new_words: int = 0

    @property
    def share(self) -> float:
        """Share of running words known, 0–1; 1 for a text without words."""
        return self.known / self.running if self.running else 1.0


def level_label(level: int | None) -> str:
    """As shown: ``HSK 3``, ``HSK 7–9``, ``B1`` for a band of English, ``–`` for none."""
    if not level:
        return "–"
    if level >= FIRST_BAND:
        return BANDS[min(level - FIRST_BAND, len(BANDS) - 1)]
    return "HSK 7–9" if level >= HIGHEST_LEVEL else f"HSK {level}"
