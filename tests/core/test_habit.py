"""Streaks: days in a row, bridged by freezes that were earned."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learnfeed.core.habit import FREEZE_EVERY, MOST_FREEZES, Streak, minutes_for, streak


def test_today_may_still_be_to_come():
    assert streak({5, 6}, 7) == Streak(2, 2)
    assert streak({5, 6}, 8) == Streak(0, 2)
    assert streak((), 8) == Streak()


def test_a_week_earns_a_freeze_and_a_missed_day_uses_it():
    week = set(range(FREEZE_EVERY))
    assert streak(week, 6).freezes == 1
    bridged = streak(week | {8}, 8)
    assert bridged == Streak(8, 8, 0, frozenset({7}))
    assert streak(week, 9).days == 0
    assert streak(week, 8).days == 7  # yesterday is frozen, today may still be to come


def test_freezes_are_kept_up_to_a_few():
    assert streak(set(range(100)), 99) == Streak(100, 100, MOST_FREEZES)
    assert streak(set(range(100)), 100 + MOST_FREEZES).days == 100
    assert streak(set(range(100)), 101 + MOST_FREEZES).days == 0


@given(st.sets(st.integers(0, 60)))
def test_freezes_only_ever_help(days: set[int]):
    found = streak(days, 60)
    text = "".join("x" if day in days else " " for day in range(61))
    assert found.longest >= max((len(run) for run in text.split()), default=0)
    assert not found.frozen & days
    assert found.days <= found.longest <= len(days)
    assert len(found.frozen) <= len(days) // FREEZE_EVERY


def test_pace():
    assert minutes_for(0, []) == 0
    assert minutes_for(10, [6000, 6000, 600_000]) == 1
