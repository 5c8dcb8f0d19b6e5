"""Statistics: pure figures about what was done, what is known and what is to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from learnfeed.config import Settings
from learnfeed.core.days import DayRule, date_of
from learnfeed.core.habit import STREAK_DAYS, streak
from learnfeed.core.level import BANDS, FIRST_BAND, TARGET_SHARE
from learnfeed.core.word import WordStatus
from learnfeed.store.database import Database
from learnfeed.store.reviews import ReviewStore
from learnfeed.store.side import ENGLISH, side_of
from learnfeed.store.tallies import CardTally, DayTally, Tallies
from learnfeed.store.words import WordStore

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon

HEATMAP_DAYS = 371
"""53 weeks."""
FORECAST_DAYS = 30
RETENTION_DAYS = 30
GROWTH_WEEKS = 26
EASY_SHARE = 0.98
"""Share of words known from which a text reads with ease (see :data:`learnfeed.core.level.TARGET_SHARE`)."""
_HARDEST = 10
Move = tuple[int, str, str, str]
"""A change of status: when (Unix milliseconds), headword, status before and after."""


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
    """Words of an HSK level by the chosen standard, or of a band of English.

    Attributes:
        level: 1–7, for English 11–16; 0 for words outside all levels.
        known, learning: How many are known, and being learned.
        listed: How many the standard lists; 0 outside HSK.
        gained: How many more are known than 30 days ago.
    """

    level: int
    known: int
    learning: int
    listed: int
    gained: int = 0


@dataclass(frozen=True, slots=True)
class Growth:
    """The vocabulary at the end of a day: ISO date, words known, words being learned."""

    date: str
    known: int
    learning: int


@dataclass(frozen=True, slots=True)
class PostCount:
    """Posts of the library.

    Attributes:
        posts: All of them.
        finished: Those read to the end.
        readable: Those of which 95 % of the words are known.
        easy: The same for 98 %.
    """

    posts: int
    finished: int
    readable: int
    easy: int


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
        freezes: Missed days that the streak survives.
        frozen: ISO dates that a freeze bridged, in the last 53 weeks.
        goal_reviews, goal_minutes: What the learner aims at a day; 0 for none.
        answers_today: Answers given today.
        minutes_today: Minutes they took.
        answers: All answers.
        minutes: Minutes they took.
        days: Days with answers in the last 53 weeks, oldest first.
        retention: Of the last 30 days.
        forecast: Reviews due on each of the next 30 days, today (with what is overdue) first.
        cards: Where cards stand.
        words: Words by status.
        standard: The HSK standard of the levels.
        levels: Words by level, from the lowest, and then those outside.
        growth: The vocabulary over the last half year, a week apart, today last.
        posts: Posts readable and read.
        hardest: Words with the most lapses.
    """

    today: str
    streak: int
    longest_streak: int
    freezes: int
    frozen: tuple[str, ...]
    goal_reviews: int
    goal_minutes: int
    answers_today: int
    minutes_today: int
    answers: int
    minutes: int
    days: tuple[DayCount, ...]
    retention: Retention
    forecast: tuple[int, ...]
    cards: CardTally
    words: dict[str, int]
    standard: str
    levels: tuple[LevelCount, ...]
    growth: tuple[Growth, ...]
    posts: PostCount
    hardest: tuple[HardWord, ...]

    @property
    def scale(self) -> str:
        """What the levels are of: ``HSK 2025``, or ``A1–C2``."""
        english = self.levels[0].level >= FIRST_BAND
        return f"{BANDS[0]}–{BANDS[-1]}" if english else f"HSK {self.standard}"

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
        self._side = side_of(settings.direction)
        self._tallies = Tallies(database, self._side)
        self._reviews = ReviewStore(database)
        self._words = WordStore(database, self._side)
        self._lexicon = lexicon
        self._settings = settings
        self._clock = clock

    def all(self) -> Statistics:
        """Every figure."""
        rule, now = self._rule(), self._now()
        today = rule.day(now)
        tallies = self._tallies.days(rule, today - HEATMAP_DAYS + 1, today)
        answers, milliseconds = self._tallies.total()
        run = streak(self._reviews.active_days(rule, today - STREAK_DAYS), today)
        settled, moves = self._tallies.settled(), self._tallies.moves(rule.start(today - 7 * GROWTH_WEEKS))
        last = tallies[-1] if tallies and tallies[-1].day == today else DayTally(today, 0, 0, 0, 0)
        return Statistics(
            today=date_of(today).isoformat(),
            streak=run.days,
            longest_streak=run.longest,
            freezes=run.freezes,
            frozen=tuple(
                date_of(day).isoformat() for day in sorted(run.frozen) if day > today - HEATMAP_DAYS
            ),
            goal_reviews=self._settings.goal_reviews,
            goal_minutes=self._settings.goal_minutes,
            answers_today=last.answers,
            minutes_today=round(last.milliseconds / 60_000),
            answers=answers,
            minutes=round(milliseconds / 60_000),
            days=tuple(_counted(tally) for tally in tallies),
            retention=self._retention(tallies, today),
            forecast=self.forecast(FORECAST_DAYS),
            cards=self._tallies.cards(),
            words={status.value: count for status, count in self._words.by_status().items()},
            standard=self._settings.standard,
            levels=self._levels(settled, moves, rule.start(today - RETENTION_DAYS + 1)),
            growth=growth(settled, moves, [(day, rule.start(day + 1)) for day in _weeks(today)]),
            posts=PostCount(*self._tallies.posts(), *self._tallies.readable(TARGET_SHARE, EASY_SHARE)),
            hardest=tuple(
                HardWord(card.headword, self._gloss(card.headword), card.lapses, round(card.difficulty, 1))
                for card in self._tallies.hardest(_HARDEST)
            ),
        )

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

    def _levels(
        self, settled: dict[str, WordStatus], moves: list[Move], since: int
    ) -> tuple[LevelCount, ...]:
        """Words by level; a word that is listed twice counts where it is listed first."""
        levels: dict[str, int] = {}
        listed: Counter[int] = Counter()
        for word, level in self._listed():
            listed[level] += 1
            levels.setdefault(word, level)
        counts = Counter((levels.get(word, 0), status) for word, status in settled.items())
        gained: Counter[int] = Counter()
        for at, word, before, after in moves:
            if at >= since:
                gained[levels.get(word, 0)] += (after == WordStatus.KNOWN) - (before == WordStatus.KNOWN)
        return tuple(
            LevelCount(
                level,
                counts[level, WordStatus.KNOWN],
                counts[level, WordStatus.LEARNING],
                listed[level],
                gained[level],
            )
            for level in (*self._scale(), 0)
        )

    def _scale(self) -> range:
        """The levels there are."""
        return range(self._side.first, self._side.last + 1)

    def _listed(self) -> Iterator[tuple[str, int]]:
        """The words that levels list, the lowest level first."""
        if self._side is ENGLISH:
            from learnfeed.annotate.english_words import EnglishReader

            return EnglishReader(self._lexicon()).lemmas(self._scale()[-1])
        lexicon, standard = self._lexicon(), self._settings.standard
        return ((word, level) for level in self._scale() for word in lexicon.words_of_level(standard, level))

    def _gloss(self, headword: str) -> str:
        if self._side is ENGLISH:
            from learnfeed.annotate.english_words import EnglishReader

            return EnglishReader(self._lexicon()).facts(headword)[3]
        entries = self._lexicon().entries(headword)
        return entries[0].senses[0].gloss if entries and entries[0].senses else ""

    def _rule(self) -> DayRule:
        return DayRule.at(self._clock(), self._settings.rollover)

    def _now(self) -> int:
        return int(self._clock().timestamp() * 1000)


def growth(
    settled: Mapping[str, WordStatus], moves: Sequence[Move], days: Sequence[tuple[int, int]]
) -> tuple[Growth, ...]:
    """The vocabulary at the end of days, worked out backwards from what it is now.

    Args:
        settled: Words known and being learned now.
        moves: Changes of status, latest first.
        days: Day numbers with the moment each day ends, oldest first.
    """
    now = Counter(settled.values())
    found: list[Growth] = []
    at = 0
    for day, end in reversed(days):
        while at < len(moves) and moves[at][0] >= end:
            _, _, before, after = moves[at]
            now[WordStatus(after)] -= 1
            now[WordStatus(before)] += 1
            at += 1
        found.append(Growth(date_of(day).isoformat(), now[WordStatus.KNOWN], now[WordStatus.LEARNING]))
    return tuple(reversed(found))


def _weeks(today: int) -> list[int]:
    return list(range(today - 7 * GROWTH_WEEKS, today + 1, 7))


def _counted(tally: DayTally) -> DayCount:
    return DayCount(date_of(tally.day).isoformat(), tally.answers, round(tally.milliseconds / 1000))
