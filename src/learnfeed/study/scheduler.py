"""Scheduling with FSRS-6 (py-fsrs), counting days as Anki does; the only module that knows fsrs.

py-fsrs measures elapsed time in whole periods of 24 hours, Anki in rollover days. Stability differs
by a tenth in the median between the two, so py-fsrs is told Anki's number of days: a card reviewed
here and a card reviewed there then hold the same memory state.

Intervals follow Anki where FSRS leaves them open: a better answer never waits shorter than a worse
one, and long intervals are spread a little (rslib/src/scheduler/states).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from learnfeed.core.days import DAY_MS, DAY_SECONDS, DayRule
from learnfeed.core.review import CardState, MemoryState, Rating, ReviewLog, Schedule

if TYPE_CHECKING:
    import fsrs

LEARNING_STEPS = (60, 600)
"""Seconds; Anki's default."""
RELEARNING_STEPS = (600,)
"""Seconds; Anki's default."""
MAX_INTERVAL = 36_500
"""Days; Anki's default."""
MAX_TOOK = 60_000
"""Milliseconds of an answer that count: who left the desk did not think for an hour."""
LEECH_LAPSES = 8
"""A card forgotten so often is a leech; said again at every half of it (Anki manual, "Leeches")."""

_USUAL_DIFFICULTY = 5.0
_SPREAD = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, math.inf, 0.05))


@dataclass(frozen=True, slots=True)
class Plan:
    """How cards are scheduled.

    Attributes:
        days: Where days begin.
        retention: Share of reviews (0–1) to be remembered.
        learning_steps: Seconds between the first reviews.
        relearning_steps: Seconds between reviews after a lapse.
        parameters: The 21 weights of FSRS-6; its defaults when empty.
    """

    days: DayRule = field(default_factory=DayRule)
    retention: float = 0.9
    learning_steps: tuple[int, ...] = LEARNING_STEPS
    relearning_steps: tuple[int, ...] = RELEARNING_STEPS
    parameters: tuple[float, ...] = ()


@lru_cache(maxsize=8)
def _engine(plan: Plan) -> fsrs.Scheduler:
    from fsrs import Scheduler

    more = {"parameters": plan.parameters} if plan.parameters else {}
    return Scheduler(
        desired_retention=plan.retention,
        learning_steps=[timedelta(seconds=step) for step in plan.learning_steps],
        relearning_steps=[timedelta(seconds=step) for step in plan.relearning_steps],
        maximum_interval=MAX_INTERVAL,
        enable_fuzzing=False,
        **more,
    )


def answer(
    plan: Plan,
    schedule: Schedule,
    rating: Rating,
    at: int,
    *,
    took: int = 0,
    source: str = "app",
    spread: float | None = None,
) -> tuple[Schedule, ReviewLog]:
    """What an answer leads to.

    Args:
        plan: How cards are scheduled.
        schedule: Where the card stands.
        rating: The answer.
        at: When, in Unix milliseconds.
        took: Milliseconds from question to answer.
        source: Who asked: ``app``, ``quiz`` or ``anki``.
        spread: 0–1, where in its range an interval of more than two days falls; None for the middle.

    Returns:
        The schedule after it, and the answer as the log keeps it.
    """
    after = _outcomes(plan, schedule, at, spread)[rating]
    log = ReviewLog(
        at=at,
        rating=rating,
        took=min(max(took, 0), MAX_TOOK),
        state=schedule.state,
        interval=_logged(after),
        last_interval=_logged(schedule),
        difficulty=after.memory.difficulty if after.memory else 0.0,
        source=source,
    )
    return after, log


def next_intervals(plan: Plan, schedule: Schedule, at: int, spread: float | None = None) -> dict[Rating, int]:
    """Seconds until the card would be seen again, for each answer; what :func:`answer` then does."""
    return {
        rating: (after.due - at) // 1000 for rating, after in _outcomes(plan, schedule, at, spread).items()
    }


def replay(plan: Plan, logs: Iterable[ReviewLog], start: Schedule | None = None) -> Schedule:
    """The schedule that a history leads to.

    Memory follows from ratings and days alone; an interval that was promised (in days) is kept, so that
    a history from elsewhere does not move the card's due day.
    """
    schedule = start or Schedule()
    for log in logs:
        schedule, _ = answer(plan, schedule, log.rating, log.at)
        if log.interval > 0 and schedule.state is CardState.REVIEW:
            schedule = replace(schedule, interval=log.interval, due=log.at + log.interval * DAY_MS)
    return schedule


def memory_after(plan: Plan, logs: Iterable[ReviewLog]) -> MemoryState | None:
    """What FSRS remembers of a card after its whole history; None without answers."""
    schedule = Schedule()
    for log in logs:
        schedule = _outcome(plan, schedule, log.rating, log.at)
    return schedule.memory


def retrievability(plan: Plan, schedule: Schedule, at: int) -> float:
    """The chance (0–1) that the card is remembered at a moment; 0 before its first review."""
    if schedule.memory is None or schedule.last_review is None:
        return 0.0
    return float(_engine(plan).get_card_retrievability(_to_fsrs(plan, schedule, at), _utc(at)))


def is_leech(lapses: int, threshold: int = LEECH_LAPSES) -> bool:
    """Whether a lapse makes the card a leech, now or once more.

    Args:
        lapses: How often it was forgotten, this time included.
        threshold: Lapses that make a leech; 0 for never.
    """
    over = lapses - threshold
    return threshold > 0 and over >= 0 and over % max(1, threshold // 2) == 0


def _outcomes(plan: Plan, before: Schedule, at: int, spread: float | None) -> dict[Rating, Schedule]:
    found: dict[Rating, Schedule] = {}
    least = 1
    for rating in Rating:
        after = _outcome(plan, before, rating, at)
        if after.state is CardState.REVIEW:
            days = spread_days(after.interval, least, spread)
            after = replace(after, interval=days, due=at + days * DAY_MS)
            least = min(days + 1, MAX_INTERVAL)
        found[rating] = after
    return found


def _outcome(plan: Plan, before: Schedule, rating: Rating, at: int) -> Schedule:
    from fsrs import Rating as FsrsRating
    from fsrs import State

    engine = _engine(plan)
    card, _ = engine.review_card(_to_fsrs(plan, before, at), FsrsRating(int(rating)), _utc(at))
    assert card.stability is not None
    assert card.difficulty is not None
    state = {
        State.Learning: CardState.LEARNING,
        State.Review: CardState.REVIEW,
        State.Relearning: CardState.RELEARNING,
    }[card.state]
    wait = card.due - _utc(at)
    lapsed = before.state is CardState.REVIEW and rating is Rating.AGAIN
    return Schedule(
        state=state,
        due=at + int(wait.total_seconds()) * 1000,
        interval=wait.days if state is CardState.REVIEW else 0,
        step=card.step or 0,
        reps=before.reps + 1,
        lapses=before.lapses + lapsed,
        memory=MemoryState(float(card.stability), float(card.difficulty)),
        last_review=at,
    )


def _to_fsrs(plan: Plan, schedule: Schedule, at: int) -> fsrs.Card:
    from fsrs import Card, State

    memory = schedule.memory
    if memory is None and schedule.state in (CardState.REVIEW, CardState.RELEARNING):
        # Known from elsewhere without a memory state: at 90 % retention an interval is the stability.
        memory = MemoryState(float(max(schedule.interval, 1)), _USUAL_DIFFICULTY)
    card = Card(card_id=1)
    card.state = {CardState.REVIEW: State.Review, CardState.RELEARNING: State.Relearning}.get(
        schedule.state, State.Learning
    )
    card.step = None if schedule.state is CardState.REVIEW else schedule.step
    if memory is not None:
        card.stability, card.difficulty = memory.stability, memory.difficulty
    if schedule.last_review is not None:
        card.last_review = _utc(at) - timedelta(days=plan.days.between(schedule.last_review, at))
    return card


def _utc(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC)


def _logged(schedule: Schedule) -> int:
    """Anki's convention: days when positive, seconds when negative."""
    if schedule.state is CardState.NEW:
        return 0
    if schedule.state is CardState.REVIEW:
        return schedule.interval
    return -((schedule.due - (schedule.last_review or schedule.due)) // 1000)


def spread_days(interval: float, least: int, spread: float | None) -> int:
    """An interval, spread within its range so that cards learned together do not stay together.

    Args:
        interval: Days.
        least: Days it may not fall below.
        spread: 0–1, where in the range; None for the interval itself.

    Returns:
        Whole days, from ``least`` to :data:`MAX_INTERVAL`. The ranges are Anki's (manual, "Fuzz factor").
    """
    days = min(max(interval, least), MAX_INTERVAL)
    if spread is None or days < _SPREAD[0][0]:
        return round(days)
    delta = 1.0 + sum(factor * max(0.0, min(days, end) - start) for start, end, factor in _SPREAD)
    low = max(round(days - delta), least)
    high = min(max(round(days + delta), low), MAX_INTERVAL)
    return min(low + int(spread * (high - low + 1)), high)


def seconds_in_words(seconds: int) -> str:
    """A wait as it stands over a button: ``<1m``, ``10m``, ``3h``, ``8d``, ``1.5mo``, ``2.1y``."""
    if seconds < 60:
        return "<1m"
    if seconds < 3600:
        return f"{round(seconds / 60)}m"
    if seconds < DAY_SECONDS:
        return f"{round(seconds / 3600)}h"
    days = seconds / DAY_SECONDS
    if days < 31:
        return f"{round(days)}d"
    if days < 365:
        return f"{days / 30.4375:.1f}mo"
    return f"{days / 365.25:.1f}y"
