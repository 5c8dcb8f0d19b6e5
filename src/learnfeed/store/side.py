"""Which language is learned: the tables and columns that tell how much of each post is known in it."""

from __future__ import annotations

from dataclasses import dataclass

from learnfeed.core.level import BANDS, FIRST_BAND, HIGHEST_LEVEL


@dataclass(frozen=True, slots=True)
class Side:
    """Names for SQL, all of them our own.

    Attributes:
        coverage: The table of what is known of each post.
        post_word: The table of which post holds which word.
        level: The column of ``post`` with its level.
        words: A condition on ``word w``: that it is of this language.
        first, last: The levels of the language: HSK 1 to 7, or bands A1 to C2.
    """

    coverage: str
    post_word: str
    level: str
    words: str
    first: int
    last: int

    def nth_level(self, number: int) -> int:
        """The level that a person calls by its number, the lowest being 1; the highest for larger numbers."""
        return min(self.first + number - 1, self.last)


CHINESE = Side("coverage", "post_word", "level", f"w.level < {FIRST_BAND}", 1, HIGHEST_LEVEL)
ENGLISH = Side(
    "english_coverage",
    "english_word",
    "english_level",
    f"w.level >= {FIRST_BAND}",
    FIRST_BAND,
    FIRST_BAND + len(BANDS) - 1,
)
SIDES = (CHINESE, ENGLISH)


def side_of(direction: str) -> Side:
    """The side of the setting ``direction``: ``chinese`` or ``english``."""
    return ENGLISH if direction == "english" else CHINESE
