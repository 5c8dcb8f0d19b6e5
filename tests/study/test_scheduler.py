"""The schedule agrees with Anki's, and every answer keeps its promises."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.core.days import DAY_MS, DayRule
from learnfeed.core.review import CardState, MemoryState, Rating, ReviewLog, Schedule
from learnfeed.study.scheduler import (
    MAX_INTERVAL,
    MAX_TOOK,
    Plan,
    answer,
    is_leech,
    next_intervals,
    replay,
    retrievability,
    seconds_in_words,
    spread_days,
)

AT = int(datetime(2026, 1, 16, 9, tzinfo=UTC).timestamp() * 1000)
PLAN = Plan(DayRule(4, 8 * 60))
HOUR = 3_600_000

histories = st.lists(
    st.tuples(st.sampled_from(list(Rating)), st.integers(30_000, 400 * DAY_MS)), min_size=1, max_size=12
)


def reviewed(plan: Plan, history: list[tuple[Rating, int]]) -> tuple[Schedule, list[ReviewLog]]:
    schedule, logs, at = Schedule(), [], AT
    for rating, wait in history:
        schedule, log = answer(plan, schedule, rating, at)
        logs.append(log)
        at += wait
    return schedule, logs


def test_new_card_takes_the_learning_steps_and_then_days() -> None:
    waits = next_intervals(PLAN, Schedule(), AT)
    assert waits[Rating.AGAIN] == 60
    assert waits[Rating.HARD] == 330
    assert waits[Rating.GOOD] == 600
    assert waits[Rating.EASY] == 8 * 86_400
    learning, log = answer(PLAN, Schedule(), Rating.GOOD, AT)
    assert (learning.state, learning.step, log.interval, log.last_interval) == (
        CardState.LEARNING,
        1,
        -600,
        0,
    )
    review, log = answer(PLAN, learning, Rating.GOOD, AT + 600_000)
    assert review.state is CardState.REVIEW
    assert (log.interval, log.last_interval) == (review.interval, -600)


def test_lapse_goes_through_the_relearning_step_and_is_counted() -> None:
    review, _ = answer(PLAN, Schedule(), Rating.EASY, AT)
    lapsed, log = answer(PLAN, review, Rating.AGAIN, review.due)
    assert (lapsed.state, lapsed.lapses, lapsed.interval) == (CardState.RELEARNING, 1, 0)
    assert (log.interval, log.last_interval, log.state) == (-600, review.interval, CardState.REVIEW)
    again, _ = answer(PLAN, lapsed, Rating.AGAIN, lapsed.due)
    assert again.lapses == 1
    back, _ = answer(PLAN, lapsed, Rating.GOOD, lapsed.due)
    assert back.state is CardState.REVIEW
    assert back.interval >= 1


def test_learning_steps_of_the_plan_are_used() -> None:
    plan = Plan(learning_steps=(30,), relearning_steps=())
    assert next_intervals(plan, Schedule(), AT)[Rating.HARD] == 45
    review, _ = answer(plan, Schedule(), Rating.GOOD, AT)
    assert review.state is CardState.REVIEW
    assert answer(plan, review, Rating.AGAIN, review.due)[0].state is CardState.REVIEW


@given(histories, st.floats(0, 0.999))
def test_better_answers_wait_longer_and_buttons_keep_their_word(
    history: list[tuple[Rating, int]], spread: float
) -> None:
    schedule, _ = reviewed(PLAN, history)
    at = schedule.due
    waits = next_intervals(PLAN, schedule, at, spread)
    in_order = [waits[rating] for rating in Rating]
    assert in_order == sorted(in_order)
    days = [wait for wait in in_order if wait >= 86_400]
    assert len(set(days)) == len(days) or max(days) == MAX_INTERVAL * 86_400
    for rating in Rating:
        after, log = answer(PLAN, schedule, rating, at, spread=spread)
        assert (after.due - at) // 1000 == waits[rating]
        assert after.reps == schedule.reps + 1
        assert after.memory is not None
        assert 1 <= after.memory.difficulty <= 10
        assert after.memory.stability > 0
        assert log.interval == (after.interval or -waits[rating])


@given(histories)
def test_replay_gives_back_the_schedule(history: list[tuple[Rating, int]]) -> None:
    schedule, logs = reviewed(PLAN, history)
    assert replay(PLAN, logs) == schedule


def test_replay_keeps_the_interval_that_was_promised() -> None:
    logs = [ReviewLog(AT, Rating.EASY, interval=11)]
    schedule = replay(PLAN, logs)
    assert schedule.interval == 11
    assert schedule.due == AT + 11 * DAY_MS
    assert replay(PLAN, [], schedule) is schedule


def test_time_spent_is_capped_and_never_negative() -> None:
    assert answer(PLAN, Schedule(), Rating.GOOD, AT, took=10**9)[1].took == MAX_TOOK
    assert answer(PLAN, Schedule(), Rating.GOOD, AT, took=-5)[1].took == 0


def test_a_clock_set_back_harms_nothing() -> None:
    review, _ = answer(PLAN, Schedule(), Rating.EASY, AT)
    after, _ = answer(PLAN, review, Rating.GOOD, AT - 40 * DAY_MS)
    assert after.interval >= 1


def test_review_card_without_memory_takes_its_interval_for_its_stability() -> None:
    known = Schedule(CardState.REVIEW, due=AT, interval=30, reps=5, last_review=AT - 30 * DAY_MS)
    after, _ = answer(PLAN, known, Rating.GOOD, AT)
    assert after.interval > 30
    assert retrievability(PLAN, known, AT) == 0


def test_retrievability_is_retention_when_due() -> None:
    schedule = Schedule(
        CardState.REVIEW, due=AT, interval=50, memory=MemoryState(50, 5), last_review=AT - 50 * DAY_MS
    )
    assert retrievability(PLAN, schedule, AT) == pytest.approx(0.9)
    assert retrievability(PLAN, Schedule(), AT) == 0


def test_leech_is_said_at_eight_lapses_and_every_four_after() -> None:
    assert [n for n in range(1, 21) if is_leech(n)] == [8, 12, 16, 20]
    assert [n for n in range(1, 8) if is_leech(n, 1)] == [1, 2, 3, 4, 5, 6, 7]
    assert not any(is_leech(n, 0) for n in range(50))


@given(st.floats(0, 60_000), st.integers(1, 400), st.floats(0, 1))
def test_spread_stays_in_its_range(interval: float, least: int, spread: float) -> None:
    days = spread_days(interval, least, spread)
    assert least <= days <= MAX_INTERVAL
    middle = spread_days(interval, least, None)
    assert abs(days - middle) <= 2 + 0.06 * middle + 3


def test_short_intervals_are_not_spread() -> None:
    assert {spread_days(2, 1, part / 10) for part in range(10)} == {2}
    assert len({spread_days(30, 1, part / 10) for part in range(10)}) > 3


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (30, "<1m"),
        (600, "10m"),
        (7200, "2h"),
        (8 * 86_400, "8d"),
        (60 * 86_400, "2.0mo"),
        (800 * 86_400, "2.2y"),
    ],
)
def test_waits_read_as_over_ankis_buttons(seconds: int, words: str) -> None:
    assert seconds_in_words(seconds) == words


def test_days_begin_at_the_rollover_of_the_learners_clock() -> None:
    rule = DayRule.at(datetime(2026, 1, 16, tzinfo=UTC).astimezone(tz=None).replace(tzinfo=UTC), 4)
    assert rule == DayRule(4, 0)
    assert DayRule.at(datetime(2026, 1, 16), 4).offset == 0
    beijing = DayRule(4, 8 * 60)
    evening = int(datetime(2026, 1, 16, 12, tzinfo=UTC).timestamp() * 1000)
    assert beijing.day(evening) == beijing.day(evening + 7 * HOUR)
    assert beijing.day(evening + 8 * HOUR) == beijing.day(evening) + 1
    assert beijing.end_of_day(evening) == evening + 8 * HOUR
    assert beijing.between(evening + DAY_MS, evening) == 0


@given(st.integers(0, 4 * 10**12), st.integers(0, 23), st.integers(-12 * 60, 14 * 60))
def test_a_moment_lies_in_its_day(at: int, rollover: int, offset: int) -> None:
    rule = DayRule(rollover, offset)
    day = rule.day(at)
    assert rule.start(day) <= at < rule.end_of_day(at)
    assert rule.day(at + 5 * DAY_MS) == day + 5


@pytest.mark.parametrize("seed", range(3))
def test_memory_equals_ankis_own(tmp_path, seed: int) -> None:
    """The same answers, given at the same times, leave the same stability and difficulty in Anki."""
    pytest.importorskip("anki.collection")
    from anki.collection import Collection

    chance = random.Random(seed)
    collection = Collection(str(tmp_path / "c.anki2"))
    try:
        collection.set_config("fsrs", True)
        midnight = collection._backend.sched_timing_today().next_day_at % 86_400
        plan = Plan(DayRule(0, -midnight // 60))
        for _ in range(12):
            ours, theirs = _same_history(collection, chance, plan)
            assert ours.memory is not None
            assert theirs.stability == pytest.approx(ours.memory.stability, rel=1e-3)
            assert theirs.difficulty == pytest.approx(ours.memory.difficulty, rel=1e-3)
    finally:
        collection.close()


def _same_history(collection, chance: random.Random, plan: Plan):
    note = collection.new_note(collection.models.by_name("Basic"))
    note["Front"] = f"雪 {chance.random()}"
    collection.add_note(note, 1)
    card = note.cards()[0]
    now = datetime.now(UTC) - timedelta(days=300, seconds=chance.random() * 86_400)
    schedule = Schedule()
    for _ in range(chance.randint(1, 9)):
        at = int(now.timestamp() * 1000)
        rating = chance.choices(list(Rating), (1, 1, 5, 1))[0]
        schedule, log = answer(plan, schedule, rating, at)
        kind = {CardState.NEW: 0, CardState.LEARNING: 0, CardState.REVIEW: 1, CardState.RELEARNING: 2}[
            log.state
        ]
        collection.db.execute(
            "insert into revlog values (?,?,-1,?,?,?,?,?,?)",
            at, card.id, int(rating), log.interval, log.last_interval, 500, 3000, kind,
        )  # fmt: skip
        wait = max(600, (schedule.due - at) // 1000) * chance.uniform(0.6, 1.4)
        now += timedelta(seconds=wait)
        if now > datetime.now(UTC):
            break
    row = (2, 2, max(1, schedule.interval), card.id)
    collection.db.execute("update cards set type=?, queue=?, due=1, ivl=?, reps=1 where id=?", *row)
    return schedule, collection.compute_memory_state(card.id)
