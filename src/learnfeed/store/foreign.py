"""Reviews from elsewhere, taken in exactly once; all that one taking-in changes is one event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from learnfeed.core.ids import CardId
from learnfeed.core.review import CardState, MemoryState, ReviewLog, Schedule
from learnfeed.core.word import WordStatus
from learnfeed.store.database import Database
from learnfeed.store.events import Event, EventKind, EventLog
from learnfeed.store.reviews import NewCard, ReviewStore, StoredCard
from learnfeed.store.words import WordStore

NEAR = 100
"""Milliseconds within which an answer finds a free place; people never answer so many cards at once."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a card's answers from elsewhere.

    Attributes:
        new: Times (Unix milliseconds) of those that were written.
        known: How many were there already.
        undone: How many of those the learner has taken back here.
        lost: How many found no free millisecond near theirs.
    """

    new: frozenset[int]
    known: int
    undone: int
    lost: int = 0


class ForeignReviews:
    """One taking-in. Every method is called inside one and the same write; :meth:`close` ends it."""

    def __init__(self, database: Database, now: int) -> None:
        """Takes the library and the time in Unix milliseconds."""
        self._db = database
        self._reviews = ReviewStore(database)
        self._words = WordStore(database)
        self._now = now
        self._times: list[int] = []
        self._made: list[CardId] = []
        self._before: list[tuple[Any, ...]] = []

    def make_cards(self, cards: Iterable[NewCard], levels: Mapping[str, int]) -> int:
        """Adds cards that are not there; gives back how many.

        Args:
            cards: The cards.
            levels: HSK levels of words that the library has not met.
        """
        made = self._reviews.insert_cards(cards, self._now, levels)
        self._made += made
        return len(made)

    def take(self, card_id: int, reviews: Iterable[ReviewLog], ours: Iterable[ReviewLog] = ()) -> Taken:
        """Writes the answers of a card that the library does not have.

        An answer is known by its card and millisecond. Where an answer to another card holds the
        millisecond, it is written to the next one that is free, and found there the next time.

        Args:
            card_id: The card.
            reviews: Its answers from elsewhere.
            ours: Answers to it that the library is known to have.
        """
        new: set[int] = set()
        held = {review.at for review in ours}
        known = undone = lost = 0
        for review in reviews:
            if review.at in held:
                known += 1
                continue
            for at in range(review.at, review.at + NEAR):
                if self._insert(card_id, at, review):
                    new.add(at)
                    break
                owner, taken_back = self._owner(at)
                if owner == card_id:
                    known += 1
                    undone += taken_back
                    break
            else:
                lost += 1
        self._times += new
        return Taken(frozenset(new), known, undone, lost)

    def _insert(self, card_id: int, at: int, log: ReviewLog) -> bool:
        cursor = self._db.connection.execute(
            "INSERT OR IGNORE INTO review VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?, ?)",
            (
                at, card_id, int(log.rating), log.took, log.state.value, log.interval, log.last_interval,
                log.difficulty, log.source,
            ),
        )  # fmt: skip
        return cursor.rowcount == 1

    def _owner(self, at: int) -> tuple[int, bool]:
        """The card that was answered at a millisecond, and whether that answer was taken back."""
        row = self._db.connection.execute(
            """SELECT card_id, EXISTS (SELECT 1 FROM event e WHERE e.undoes = r.event_id)
               FROM review r WHERE at = ?""",
            (at,),
        ).fetchone()
        return row[0], bool(row[1])

    def settle(self, card: StoredCard, schedule: Schedule, *, suspended: bool) -> None:
        """Gives a card a schedule, and puts it out of play or back."""
        self._before.append((card.id, int(card.suspended), *astuple(card.schedule)))
        self._reviews.set_schedule(card.id, schedule)
        self._db.connection.execute("UPDATE card SET suspended = ? WHERE id = ?", (int(suspended), card.id))

    def touched(self) -> dict[int, int]:
        """When cards were last suspended or put back here, or that taken back: Unix milliseconds by card id."""
        return dict(
            self._db.rows(
                """SELECT json_extract(e.data, '$.card'), max(coalesce(u.at, e.at))
                   FROM event e LEFT JOIN event u ON u.undoes = e.id
                   WHERE e.kind = ? AND json_extract(e.data, '$.before[0]') IS NOT json_extract(e.data, '$.suspended')
                   GROUP BY 1""",
                (EventKind.CARD_CHANGE.value,),
            )
        )

    def close(self, statuses: Mapping[str, WordStatus]) -> int:
        """Gives words their status and writes the event; without any change there is none.

        Returns:
            How many words have a new status.
        """
        moved = self._words.move(statuses, self._now)
        if self._times or self._made or self._before or moved:
            event = EventLog(self._db).add(
                EventKind.PULL,
                {"cards": self._before, "made": self._made, "words": list(moved.values())},
                self._now,
            )
            self._db.connection.executemany(
                "UPDATE review SET event_id = ? WHERE at = ?", [(event, at) for at in self._times]
            )
        return len(moved)


def take_back(database: Database, event: Event, now: int) -> None:
    """Undoes a PULL event. Call inside a write.

    Its answers go from the log, for they are another program's: a later pull brings them again. A card
    that it made goes with them, unless an answer given here since stands.
    """
    connection, reviews = database.connection, ReviewStore(database)
    WordStore(database).move_back(event.data["words"], now)
    for card_id, suspended, *before in reversed(event.data["cards"]):
        reviews.set_schedule(card_id, _schedule(before))
        connection.execute("UPDATE card SET suspended = ? WHERE id = ?", (suspended, card_id))
    connection.execute("DELETE FROM review WHERE event_id = ?", (event.id,))
    reviews.remove(event.data["made"])
    EventLog(database).add(EventKind.UNDO, {}, now, undoes=event.id)


def _schedule(values: Sequence[Any]) -> Schedule:
    state, due, interval, step, reps, lapses, memory, last_review = values
    known = MemoryState(*memory) if memory else None
    return Schedule(CardState(state), due, interval, step, reps, lapses, known, last_review)
