"""Streaks and pace: rules about days, told by day numbers (see :mod:`learnfeed.core.days`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

USUAL_SECONDS = 9.0
"""Seconds a card takes someone of whom nothing is known yet."""


def streak(active: Collection[int], today: int) -> int:
    """Days in a row up to today on which something was done; today itself may still be to come."""
    day = today if today in active else today - 1
    length = 0
    while day in active:
        length += 1
        day -= 1
    return length


def minutes_for(cards: int, took: Sequence[int]) -> int:
    """About how many minutes some cards take, rounded up.

    Args:
        cards: How many.
        took: Milliseconds of the learner's last answers; their median counts, so that a coffee break does not.
    """
    from statistics import median  # loads fractions and decimals: not for the first screen of a new day

    seconds = median(took) / 1000 if took else USUAL_SECONDS
    return -int(-cards * seconds // 60)
