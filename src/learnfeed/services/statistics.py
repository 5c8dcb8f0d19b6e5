"""Statistics: pure figures about what was done, what is known and what is to come."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from learnfeed.config import Settings
from learnfeed.core.days import DAY_MS, DayRule, date_of
from learnfeed.core.habit import minutes_for, streak
from learnfeed.core.level import HIGHEST_LEVEL, Standard
from learnfeed.core.word import WordStatus
from learnfeed.store.database import Database
from learnfeed.store.reviews import ReviewStore
from learnfeed.store.tallies import CardTally, DayTally, Tallies
from learnfeed.store.words import WordStore

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon

HEATMAP_DAYS = 371
"""53 weeks."""
FORECAST_DAYS = 30
RETENTION_DAYS = 30
_PACE_DAYS = 14
_STREAK_DAYS = 3660
_HARDEST = 10


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day with answers: ISO date, how many, and the seconds they took."""

    date: str
    answers: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Retention:
    """How much was remembered.

    Attributes:
        target: Desired retention, 0–1.
        days: Over how many days, today included.
        reviews: Answers to cards that had been learned.
        passed: Those of them that were remembered.
    """

    target: float
    days: int
    reviews: int
    passed: int

    @property
    def share(self) -> float | None:
        """Share remembered, 0–1; None without reviews."""
        return self.passed / self.reviews if self.reviews else None


@dataclass(frozen=True, slots=True)
class LevelCount:
    """Words of an HSK level: known, being learned, and how many the standard lists (0: outside HSK)."""

    level: int
    known: int
    learning: int
    listed: int


@dataclass(frozen=True, slots=True)
class HardWord:
    """A word that is hard to keep.

    Attributes:
        headword: The word.
        gloss: What it means first.
        lapses: Times it was forgotten.
        difficulty: FSRS difficulty, 1–10.
    """

    headword: str
    gloss: str
    lapses: int
    difficulty: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """All figures.

    Attributes:
        today: ISO date of the learner's day.
        streak: Days in a row with an answer or a finished post.
        longest_streak: The longest such run within ten years.
        answers_today: Answers given today.
        minutes_today: Minutes they took.
        answers: All answers.
        minutes: Minutes they took.
        days: Days with answers in the last 53 weeks, oldest first.
        retention: Of the last 30 days.
        forecast: Reviews due on each of the next 30 days, today (with what is overdue) first.
        cards: Where cards stand.
        words: Words by status.
        levels: Words by HSK level, 1 to 7 and then outside HSK.
        hardest: Words with the most lapses.
    """

    today: str
    streak: int
    longest_streak: int
    answers_today: int
    minutes_today: int
    answers: int
    minutes: int
    days: tuple[DayCount, ...]
    retention: Retention
    forecast: tuple[int, ...]
    cards: CardTally
    words: dict[str, int]
    levels: tuple[LevelCount, ...]
    hardest: tuple[HardWord, ...]

    def as_json(self) -> dict[str, Any]:
        """The figures as plain JSON values."""
        return asdict(self) | {"retention": asdict(self.retention) | {"share": self.retention.share}}


class StatisticsService:
    """Figures about a library. Reads only."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        settings: Settings,
        clock: Callable[[], datetime],
    ) -> None:
        """Takes the library, a way to open the dictionary, the settings and a clock with a zone."""
        self._tallies = Tallies(database)
        self._reviews = ReviewStore(database)
        self._words = WordStore(database)
        self._lexicon = lexicon
        self._settings = settings
        self._clock = clock

    def all(self) -> Statistics:
        """Every figure."""
        rule, now = self._rule(), self._now()
        today = rule.day(now)
        tallies = self._tallies.days(rule, today - HEATMAP_DAYS + 1, today)
        answers, milliseconds = self._tallies.total()
        active = self._active(rule, now)
        last = tallies[-1] if tallies and tallies[-1].day == today else DayTally(today, 0, 0, 0, 0)
        return Statistics(
            today=date_of(today).isoformat(),
            streak=streak(active, today),
            longest_streak=longest(active),
            answers_today=last.answers,
            minutes_today=round(last.milliseconds / 60_000),
            answers=answers,
            minutes=round(milliseconds / 60_000),
            days=tuple(_counted(tally) for tally in tallies),
            retention=self._retention(tallies, today),
            forecast=self.forecast(FORECAST_DAYS),
            cards=self._tallies.cards(),
            words={status.value: count for status, count in self._words.by_status().items()},
            levels=self._levels(),
            hardest=tuple(
                HardWord(card.headword, self._gloss(card.headword), card.lapses, round(card.difficulty, 1))
                for card in self._tallies.hardest(_HARDEST)
            ),
        )

    # -- for the first screen ----------------------------------------------------------------------

    def streak(self) -> int:
        """Days in a row up to today with an answer or a finished post; today may still be to come."""
        rule, now = self._rule(), self._now()
        return streak(self._active(rule, now), rule.day(now))

    def minutes_estimate(self, cards: int) -> int:
        """About how many minutes some cards take, at the pace of the last two weeks."""
        now = self._now()
        recent = self._reviews.log_between(now - _PACE_DAYS * DAY_MS, now + 1)
        return minutes_for(cards, [log.took for log in recent if log.took])

    def forecast(self, days: int) -> tuple[int, ...]:
        """Reviews due on each of the next days, today first with all that is overdue."""
        rule, now = self._rule(), self._now()
        today = rule.day(now)
        counts = [0] * days
        for due in self._reviews.due_between(0, rule.start(today + days)):
            counts[max(0, rule.day(due) - today)] += 1
        return tuple(counts)

    # -- parts -------------------------------------------------------------------------------------

    def _retention(self, tallies: list[DayTally], today: int) -> Retention:
        recent = [tally for tally in tallies if tally.day > today - RETENTION_DAYS]
        return Retention(
            target=self._settings.desired_retention,
            days=RETENTION_DAYS,
            reviews=sum(tally.reviews for tally in recent),
            passed=sum(tally.passed for tally in recent),
        )

    def _levels(self) -> tuple[LevelCount, ...]:
        # The library keeps each word's level by the standard of 2025, whatever texts are shown by.
        counts = self._tallies.words_by_level()
        listed = {
            level: len(self._lexicon().words_of_level(Standard.HSK_2025.value, level))
            for level in range(1, HIGHEST_LEVEL + 1)
        }
        return tuple(
            LevelCount(
                level,
                counts.get(level, {}).get(WordStatus.KNOWN, 0),
                counts.get(level, {}).get(WordStatus.LEARNING, 0),
                listed.get(level, 0),
            )
            for level in (*range(1, HIGHEST_LEVEL + 1), 0)
        )

    def _gloss(self, headword: str) -> str:
        entries = self._lexicon().entries(headword)
        return entries[0].senses[0].gloss if entries and entries[0].senses else ""

    def _active(self, rule: DayRule, now: int) -> frozenset[int]:
        return frozenset(rule.day(at) for at in self._reviews.active_times(now - _STREAK_DAYS * DAY_MS))

    def _rule(self) -> DayRule:
        return DayRule.at(self._clock(), self._settings.rollover)

    def _now(self) -> int:
        return int(self._clock().timestamp() * 1000)


def longest(active: Collection[int]) -> int:
    """The longest run of days in a row."""
    firsts = [day for day in active if day - 1 not in active]
    best = 0
    for first in firsts:
        length = 1
        while first + length in active:
            length += 1
        best = max(best, length)
    return best


def _counted(tally: DayTally) -> DayCount:
    return DayCount(date_of(tally.day).isoformat(), tally.answers, round(tally.milliseconds / 1000))
