"""Schedules and reviews as Anki keeps them: day numbers, queues, memory state, review log.

Anki counts days from the collection's creation day, each beginning at the rollover hour of a fixed
UTC offset (rslib/src/scheduler/timing.rs); card types and queues are those of its second scheduler.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from learnfeed.core.days import DayRule
from learnfeed.core.review import CardState, MemoryState, ReviewLog, Schedule

_FIRST_DAY = date(2014, 9, 19).toordinal() - date(1970, 1, 1).toordinal()
"""The day a collection of ours begins; any fixed day long before the first review will do."""

_EASE = 2500
_SUSPENDED = -1

DEFAULT_DECAY = 0.1542
"""FSRS-6's default w20, which Anki uses for a preset without parameters."""
_FSRS5_DECAY = 0.5

_KIND = {CardState.NEW: 0, CardState.LEARNING: 0, CardState.REVIEW: 1, CardState.RELEARNING: 2}


@dataclass(frozen=True, slots=True)
class AnkiClock:
    """The calendar of a collection.

    Attributes:
        rule: Where days begin.
    """

    rule: DayRule

    @classmethod
    def at(cls, now: datetime, rollover: int = 4) -> AnkiClock:
        """The calendar that holds at a moment.

        Raises:
            ValueError: The moment names no time zone.
        """
        if now.utcoffset() is None:
            raise ValueError("the time of an export needs a time zone")
        return cls(DayRule.at(now, rollover))

    @property
    def created(self) -> int:
        """Unix seconds at which the collection's first day begins: Anki's ``crt``."""
        return self.rule.start(_FIRST_DAY) // 1000

    @property
    def minutes_west(self) -> int:
        """Anki's ``creationOffset``."""
        return -self.rule.offset

    def day(self, at: int) -> int:
        """The day number of a moment in Unix milliseconds."""
        return self.rule.day(at) - _FIRST_DAY


@dataclass(frozen=True, slots=True)
class Fsrs:
    """What of the scheduler's settings a card's row depends on.

    Attributes:
        retention: Desired retention, 0–1.
        decay: FSRS's exponent, positive.
        steps: How many learning steps there are.
        resteps: How many relearning steps there are.
    """

    retention: float
    decay: float
    steps: int
    resteps: int


def decay_of(parameters: Sequence[float] | None) -> float:
    """The decay that a set of FSRS parameters means: w20 of FSRS-6, 0.5 for older versions."""
    if not parameters:
        return DEFAULT_DECAY
    return parameters[20] if len(parameters) > 20 else _FSRS5_DECAY


class CardRow(NamedTuple):
    """The scheduling columns of Anki's ``cards`` table, by their names there."""

    type: int
    queue: int
    due: int
    ivl: int = 0
    factor: int = 0
    reps: int = 0
    lapses: int = 0
    left: int = 0
    data: str = ""


def card_row(
    schedule: Schedule | None, *, position: int, suspended: bool, clock: AnkiClock, fsrs: Fsrs
) -> CardRow:
    """A card's schedule in Anki's terms.

    Args:
        schedule: Where it stands; None or NEW for a card never answered.
        position: Place among the new cards.
        suspended: Whether it is set aside. Its type and due stay as they are.
        clock: The calendar.
        fsrs: The scheduler's settings.
    """
    if schedule is None or schedule.state is CardState.NEW:
        return CardRow(0, _SUSPENDED if suspended else 0, position)
    kind, queue, due = _place(schedule, clock)
    learning = schedule.state is CardState.LEARNING
    return CardRow(
        type=kind,
        queue=_SUSPENDED if suspended else queue,
        due=due,
        ivl=0 if learning else _interval(schedule, fsrs),
        factor=0 if learning else _EASE,
        reps=schedule.reps,
        lapses=schedule.lapses,
        left=_steps_left(schedule, fsrs),
        data=_memory_json(schedule, fsrs),
    )


def _place(schedule: Schedule, clock: AnkiClock) -> tuple[int, int, int]:
    """Type, queue and due. A learning step that ends on a later day counts in days, queue 3."""
    seen = clock.day(schedule.due if schedule.last_review is None else schedule.last_review)
    if schedule.state is CardState.REVIEW:
        return 2, 2, seen + schedule.interval
    kind = 1 if schedule.state is CardState.LEARNING else 3
    day = clock.day(schedule.due)
    if day > seen:
        return kind, 3, day
    return kind, 1, schedule.due // 1000


def _interval(schedule: Schedule, fsrs: Fsrs) -> int:
    """Days. A relearning card carries the interval it will have when it is through its steps."""
    if schedule.interval > 0 or schedule.memory is None:
        return max(1, schedule.interval)
    return interval_days(schedule.memory, fsrs)


def interval_days(memory: MemoryState, fsrs: Fsrs) -> int:
    """Days until recall falls to the desired retention (FSRS's forgetting curve), at least 1."""
    scale: float = 0.9 ** (-1 / fsrs.decay) - 1
    days: float = memory.stability / scale * (fsrs.retention ** (-1 / fsrs.decay) - 1)
    return max(1, min(36_500, round(days)))


def _steps_left(schedule: Schedule, fsrs: Fsrs) -> int:
    if schedule.state is CardState.REVIEW:
        return 0
    steps = fsrs.steps if schedule.state is CardState.LEARNING else fsrs.resteps
    return max(1, steps - schedule.step)


def _memory_json(schedule: Schedule, fsrs: Fsrs) -> str:
    """The ``data`` column, rounded as Anki itself rounds (rslib/src/storage/card/data.rs)."""
    if schedule.memory is None:
        return ""
    data: dict[str, float] = {
        "s": round(schedule.memory.stability, 4),
        "d": round(schedule.memory.difficulty, 3),
        "dr": round(fsrs.retention, 2),
        "decay": round(fsrs.decay, 3),
    }
    if schedule.last_review is not None:
        data["lrt"] = schedule.last_review // 1000
    return json.dumps(data, separators=(",", ":"))


def review_row(review: ReviewLog) -> tuple[int, int, int, int, int, int]:
    """``ease, ivl, lastIvl, factor, time, type`` of Anki's ``revlog`` table.

    Under FSRS the factor is the difficulty, 100–1100 (rslib/src/scheduler/states/…).
    """
    factor = int(((review.difficulty - 1) / 9 + 0.1) * 1000) if review.difficulty >= 1 else 0
    return (
        int(review.rating),
        review.interval,
        review.last_interval,
        factor,
        max(0, min(review.took, 60_000)),
        _KIND[review.state],
    )
