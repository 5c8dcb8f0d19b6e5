"""Streaks and pace: rules about days, told by day numbers (see :mod:`learnfeed.core.days`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

USUAL_SECONDS = 9.0
"""Seconds a card takes someone of whom nothing is known yet."""


FREEZE_EVERY = 7
"""Active days in a row that earn a freeze."""
MOST_FREEZES = 2
"""Freezes that can be kept."""
STREAK_DAYS = 3660
"""How far back a streak is counted: ten years."""


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row on which something was done; a freeze keeps it over a missed day.

    Attributes:
        days: Active days of the run that goes on now; today itself may still be to come.
        longest: The longest run.
        freezes: Missed days that the run now survives.
        frozen: Missed days that a freeze bridged.
    """

    days: int = 0
    longest: int = 0
    freezes: int = 0
    frozen: frozenset[int] = frozenset()


def streak(active: Collection[int], today: int) -> Streak:
    """The streak that active days (day numbers) make up to today."""
    run = longest = freezes = 0
    frozen: set[int] = set()
    for day in range(min(active, default=today), today + 1):
        if day in active:
            run += 1
            longest = max(longest, run)
            if run % FREEZE_EVERY == 0:
                freezes = min(MOST_FREEZES, freezes + 1)
        elif day < today and run and freezes:
            freezes -= 1
            frozen.add(day)
        elif day < today:
            run = 0
    return Streak(run, longest, freezes, frozenset(frozen))


def minutes_for(cards: int, took: Sequence[int]) -> int:
    """About how many minutes some cards take, rounded up.

    Args:
        cards: How many.
        took: Milliseconds of the learner's last answers; their median counts, so that a coffee break does not.
    """
    from statistics import median  # loads fractions and decimals: not for the first screen of a new day

    seconds = median(took) / 1000 if took else USUAL_SECONDS
    return -int(-cards * seconds // 60)
