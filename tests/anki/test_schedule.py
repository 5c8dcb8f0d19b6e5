"""Schedules in Anki's terms: days, queues, steps, memory."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.anki.schedule import (
    DEFAULT_DECAY,
    AnkiClock,
    Fsrs,
    card_row,
    decay_of,
    interval_days,
    review_row,
)
from learnfeed.core.review import CardState, MemoryState, Rating, ReviewLog, Schedule

CHINA = AnkiClock.at(datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=8))))
FSRS = Fsrs(0.9, DEFAULT_DECAY, steps=2, resteps=1)


def ms(*when: int, hours: float = 8) -> int:
    return int(datetime(*when, tzinfo=timezone(timedelta(hours=hours))).timestamp() * 1000)


def row(schedule, *, suspended=False, position=5):
    return card_row(schedule, position=position, suspended=suspended, clock=CHINA, fsrs=FSRS)


def test_days_begin_at_four_in_the_morning():
    assert CHINA.day(ms(2025, 1, 2, 3, 59)) + 1 == CHINA.day(ms(2025, 1, 2, 4))
    assert CHINA.day(ms(2014, 9, 19, 4)) == 0


@given(st.integers(-11, 13), st.integers(0, 23))
def test_the_collection_begins_at_its_own_rollover(hours, rollover):
    clock = AnkiClock.at(datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=hours))), rollover)
    assert clock.day(clock.created * 1000) == 0
    assert clock.day(clock.created * 1000 - 1) == -1
    assert clock.created == ms(2014, 9, 19, rollover, hours=hours) // 1000
    assert clock.minutes_west == -60 * hours


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        AnkiClock.at(datetime(2025, 1, 1))


@pytest.mark.parametrize("schedule", [None, Schedule(), Schedule(due=77)])
def test_a_new_card_takes_its_place_in_the_queue(schedule):
    assert row(schedule)[:4] == (0, 0, 5, 0)
    assert row(schedule, suspended=True)[:4] == (0, -1, 5, 0)


def test_a_review_card_is_due_so_many_days_after_the_day_of_its_last_review():
    seen = ms(2025, 2, 1, 2)  # still the last of January
    schedule = Schedule(
        CardState.REVIEW,
        due=seen + 9 * 86_400_000,
        interval=9,
        reps=4,
        lapses=1,
        memory=MemoryState(8.76543, 5.43219),
        last_review=seen,
    )
    made = row(schedule)
    assert (made.type, made.queue, made.ivl, made.factor, made.reps, made.lapses, made.left) == (
        2,
        2,
        9,
        2500,
        4,
        1,
        0,
    )
    assert made.due == CHINA.day(ms(2025, 1, 31, 12)) + 9
    assert json.loads(made.data) == {
        "s": 8.7654,
        "d": 5.432,
        "dr": 0.9,
        "decay": 0.154,
        "lrt": seen // 1000,
    }
    assert row(schedule, suspended=True)[:3] == (2, -1, made.due)


def test_a_learning_step_is_due_at_a_time_or_on_a_later_day():
    seen = ms(2025, 2, 1, 22)
    soon = Schedule(CardState.LEARNING, due=seen + 600_000, step=1, reps=1, last_review=seen)
    assert (row(soon).type, row(soon).queue, row(soon).due) == (1, 1, soon.due // 1000)
    assert (row(soon).ivl, row(soon).left, row(soon).data) == (0, 1, "")
    late = Schedule(CardState.LEARNING, due=seen + 7 * 3_600_000, step=0, reps=1, last_review=seen)
    assert (row(late).type, row(late).queue) == (1, 3)
    assert row(late).due == CHINA.day(seen) + 1
    assert row(late).left == 2


def test_a_relearning_card_carries_the_interval_it_will_have():
    seen = ms(2025, 2, 1, 12)
    schedule = Schedule(
        CardState.RELEARNING,
        due=seen + 600_000,
        reps=3,
        lapses=1,
        memory=MemoryState(4.2, 6),
        last_review=seen,
    )
    made = row(schedule)
    assert (made.type, made.queue, made.ivl, made.left, made.factor) == (3, 1, 4, 1, 2500)
    bare = Schedule(CardState.RELEARNING, due=seen)
    assert (row(bare).ivl, row(bare).data) == (1, "")
    assert "lrt" not in row(Schedule(CardState.REVIEW, interval=3, memory=MemoryState(3, 5))).data


@given(st.floats(0.01, 40_000), st.floats(0.1, 0.8))
def test_at_ninety_percent_the_interval_is_the_stability(stability, decay):
    days = interval_days(MemoryState(stability, 5), Fsrs(0.9, decay, 2, 1))
    # Just between two days either is nearest.
    assert days in {max(1, min(36_500, round(stability + hair))) for hair in (-1e-6, 1e-6)}


def test_decay_belongs_to_the_version_of_fsrs():
    assert decay_of(None) == DEFAULT_DECAY
    assert decay_of([0.1] * 20 + [0.25]) == 0.25
    assert decay_of([1.0] * 19) == 0.5


def test_an_answer_becomes_a_row_of_the_review_log():
    log = ReviewLog(1, Rating.HARD, 90_000, CardState.RELEARNING, -600, 12, 5.5)
    assert review_row(log) == (2, -600, 12, 600, 60_000, 2)
    assert review_row(ReviewLog(1, Rating.GOOD)) == (3, 0, 0, 0, 0, 0)
    assert [review_row(ReviewLog(1, Rating.GOOD, state=s))[-1] for s in CardState] == [0, 0, 1, 2]
    assert [review_row(ReviewLog(1, Rating.GOOD, difficulty=d))[3] for d in (1, 10)] == [100, 1100]


def test_utc_is_a_zone_too():
    assert AnkiClock.at(datetime(2025, 1, 1, tzinfo=UTC)).minutes_west == 0
