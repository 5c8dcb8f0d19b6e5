"""Days as Anki counts them: at a fixed offset from UTC, beginning at the rollover hour.

A review at three in the morning belongs to the day before when the rollover is at four. The offset is
that of the learner's clock now, also for days in the past: Anki does the same, so that both programs
see the same number of days between two reviews (Anki manual, "Preferences: next day starts at";
rslib/src/scheduler/timing.rs).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

DAY_SECONDS = 86_400
DAY_MS = DAY_SECONDS * 1000
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class DayRule:
    """Where one day ends and the next begins.

    Attributes:
        rollover: Hour (0–23) at which a new day begins.
        offset: Minutes east of UTC.
    """

    rollover: int = 4
    offset: int = 0

    @classmethod
    def at(cls, now: datetime, rollover: int) -> DayRule:
        """The rule for a clock that knows its zone."""
        ahead = now.utcoffset()
        return cls(rollover, int(ahead.total_seconds() // 60) if ahead is not None else 0)

    @property
    def _shift(self) -> int:
        return self.offset * 60 - self.rollover * 3600

    def day(self, at: int) -> int:
        """The day (days since 1 January 1970) of a moment in Unix milliseconds."""
        return (at // 1000 + self._shift) // DAY_SECONDS

    def start(self, day: int) -> int:
        """When a day begins, in Unix milliseconds."""
        return (day * DAY_SECONDS - self._shift) * 1000

    def end_of_day(self, at: int) -> int:
        """When the day of a moment ends: the first millisecond of the next one."""
        return self.start(self.day(at) + 1)

    def between(self, earlier: int, later: int) -> int:
        """Days from one moment to another; never less than 0, for clocks are set back now and then."""
        return max(0, self.day(later) - self.day(earlier))


def date_of(day: int) -> date:
    """The calendar date of a day number."""
    return date.fromordinal(day + _EPOCH)
