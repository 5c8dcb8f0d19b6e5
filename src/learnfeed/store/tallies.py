"""Counts over cards and reviews, made by the database so that a long history costs one query."""

from __future__ import annotations

from dataclasses import dataclass

from learnfeed.core.days import DAY_SECONDS, DayRule
from learnfeed.core.word import WordStatus
from learnfeed.store.database import Database
from learnfeed.store.side import CHINESE, Side

MATURE_DAYS = 21
"""From this interval on Anki calls a card mature."""


@dataclass(frozen=True, slots=True)
class DayTally:
    """One day's answers.

    Attributes:
        day: Day number (see :mod:`learnfeed.core.days`).
        answers: All answers.
        milliseconds: Time they took.
        reviews: Answers to cards that had been learned.
        passed: Those of them that were remembered.
    """

    day: int
    answers: int
    milliseconds: int
    reviews: int
    passed: int


@dataclass(frozen=True, slots=True)
class CardTally:
    """How many cards stand where.

    Attributes:
        new, learning, young, mature: Cards in play; young and mature are told apart at 21 days.
        suspended: Cards out of play, wherever they stand.
    """

    new: int
    learning: int
    young: int
    mature: int
    suspended: int


@dataclass(frozen=True, slots=True)
class HardCard:
    """A word that is hard to keep: lapses so far, FSRS difficulty 1–10."""

    headword: str
    lapses: int
    difficulty: float


class Tallies:
    """Counts over a library.

    Args:
        database: The library.
        side: The language that is learned: words and posts are counted in it, answers in both.
    """

    def __init__(self, database: Database, side: Side = CHINESE) -> None:
        self._db = database
        self._side = side

    def days(self, rule: DayRule, first: int, last: int) -> list[DayTally]:
        """Answers by day, from one day number to another, both included; days without answers are absent."""
        shift = -rule.start(0) // 1000
        rows = self._db.rows(
            """SELECT (at / 1000 + ?1) / ?2, count(*), sum(took), count(*) FILTER (WHERE state = 'review'),
                      count(*) FILTER (WHERE state = 'review' AND rating > 1)
               FROM standing_review WHERE at >= ?3 AND at < ?4 GROUP BY 1 ORDER BY 1""",
            (shift, DAY_SECONDS, rule.start(first), rule.start(last + 1)),
        )
        return [DayTally(*row) for row in rows]

    def total(self) -> tuple[int, int]:
        """All answers, and the milliseconds they took."""
        row = self._db.rows("SELECT count(*), coalesce(sum(took), 0) FROM standing_review")[0]
        return row[0], row[1]

    def cards(self) -> CardTally:
        """How many cards stand where."""
        row = self._db.rows(
            """SELECT count(*) FILTER (WHERE NOT suspended AND state = 'new'),
                      count(*) FILTER (WHERE NOT suspended AND state IN ('learning', 'relearning')),
                      count(*) FILTER (WHERE NOT suspended AND state = 'review' AND interval < ?1),
                      count(*) FILTER (WHERE NOT suspended AND state = 'review' AND interval >= ?1),
                      count(*) FILTER (WHERE suspended) FROM card""",
            (MATURE_DAYS,),
        )[0]
        return CardTally(*row)

    def hardest(self, limit: int) -> list[HardCard]:
        """Words with the most lapses, among equals the more difficult ones; none without a lapse."""
        rows = self._db.rows(
            f"""SELECT w.headword, max(c.lapses), coalesce(max(c.difficulty), 0) FROM card c
               JOIN word w ON w.id = c.word_id WHERE c.lapses > 0 AND {self._side.words}
               GROUP BY w.id ORDER BY 2 DESC, 3 DESC, w.id LIMIT ?""",
            (limit,),
        )
        return [HardCard(*row) for row in rows]

    def settled(self) -> dict[str, WordStatus]:
        """Status of each word that is known or being learned."""
        return {
            headword: WordStatus(status)
            for headword, status in self._db.rows(
                f"SELECT headword, status FROM word w WHERE status IN ('known', 'learning') AND {self._side.words}"
            )
        }

    def moves(self, since: int) -> list[tuple[int, str, str, str]]:
        """Changes of status from a moment on (Unix milliseconds): when, headword, before, after; latest first."""
        return self._db.rows(
            f"""SELECT e.at, w.headword, json_extract(j.value, '$[1]'), json_extract(j.value, '$[2]')
               FROM event e, json_each(e.data, '$.words') j JOIN word w ON w.id = json_extract(j.value, '$[0]')
               WHERE e.kind IN ('status', 'cards', 'pull') AND e.at >= ? AND {self._side.words}
                   AND NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = e.id)
               ORDER BY e.id DESC""",
            (since,),
        )

    def readable(self, *targets: float) -> tuple[int, ...]:
        """How many posts have at least each share (0–1) of their words known."""
        return tuple(
            int(
                self._db.rows(
                    f"SELECT count(*) FROM {self._side.coverage} WHERE share >= ? AND running > 0",
                    (round(target * 1000),),
                )[0][0]
            )
            for target in targets
        )

    def posts(self) -> tuple[int, int]:
        """All posts, and those finished."""
        row = self._db.rows("SELECT count(*), count(read_at) FROM coverage")[0]
        return row[0], row[1]
