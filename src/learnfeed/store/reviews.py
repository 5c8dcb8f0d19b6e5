"""Cards, their schedules, and the review log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from learnfeed.core.days import DAY_SECONDS, DayRule
from learnfeed.core.errors import NotFoundError
from learnfeed.core.ids import CardId, PostId
from learnfeed.core.review import CardState, MemoryState, Rating, ReviewLog, Schedule, Template
from learnfeed.store.creation import ensure_words
from learnfeed.store.database import Database
from learnfeed.store.events import Event, EventKind, EventLog


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card of the library.

    Attributes:
        id: Its id.
        headword: The word it asks.
        template: How it asks.
        post_id: The post of its sentence; None when the word came without one.
        section: 0 title, 1 body, 2 and up comments of that post.
        start: Where the word's token begins in that section.
        schedule: Where it stands.
        suspended: Whether it is out of play.
        buried_until: Unix milliseconds until which it rests.
        flag: 0–7, as in Anki.
    """

    id: CardId
    headword: str
    template: Template
    post_id: PostId | None
    section: int
    start: int
    schedule: Schedule
    suspended: bool = False
    buried_until: int = 0
    flag: int = 0


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card to add: a word where it was met."""

    headword: str
    template: Template = Template.RECOGNITION
    post_id: int | None = None
    section: int = 1
    start: int = 0


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer with the card it was given to.

    Attributes:
        card_id: The card.
        headword: Its word.
        state: Where the card stood before.
        rating: The answer.
    """

    card_id: CardId
    headword: str
    state: CardState
    rating: Rating


@dataclass(frozen=True, slots=True)
class Counts:
    """Cards waiting.

    Attributes:
        new: Never seen.
        learning: In a learning or relearning step that is due.
        due: Reviews due by the end of the day.
    """

    new: int
    learning: int
    due: int


class ReviewStore:
    """Cards and reviews of a library."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._events = EventLog(database)

    def add_cards(
        self, cards: Iterable[NewCard], now: int, *, words: Sequence[tuple[int, str, str]] = ()
    ) -> tuple[CardId, ...]:
        """Adds cards that are not there yet, as one event; gives back the new ones' ids.

        Args:
            cards: The cards.
            now: Unix milliseconds.
            words: What :meth:`WordStore.move` changed along with it, to be taken back with the cards.
        """
        with self._db.write():
            added = self.insert_cards(cards, now)
            if added:
                self._events.add(EventKind.CARDS, {"cards": list(added), "words": list(words)}, now)
            return added

    def insert_cards(
        self, cards: Iterable[NewCard], now: int, levels: Mapping[str, int] | None = None
    ) -> tuple[CardId, ...]:
        """Adds cards as part of another event. Call inside a write.

        Args:
            cards: The cards; those that are there already are left as they are.
            now: Unix milliseconds.
            levels: HSK levels of words that the library has not met.
        """
        connection = self._db.connection
        wanted = list(cards)
        ids = ensure_words(self._db, [card.headword for card in wanted], dict(levels or {}), now)
        place = connection.execute("SELECT coalesce(max(due), 0) FROM card WHERE state = 'new'").fetchone()[0]
        added: list[CardId] = []
        for card in wanted:
            cursor = connection.execute(
                """INSERT OR IGNORE INTO card (word_id, template, post_id, section, start, created_at, due)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (
                    ids[card.headword], card.template.value, card.post_id, card.section, card.start, now, place + 1,
                ),
            )  # fmt: skip
            if cursor.rowcount:
                place += 1
                added.append(CardId(int(cursor.lastrowid or 0)))
        return tuple(added)

    def card(self, card_id: int) -> StoredCard:
        """One card.

        Raises:
            NotFoundError: It is gone.
        """
        rows = self._db.rows(f"{_CARD_SQL} WHERE c.id = ?", (card_id,))
        if not rows:
            raise NotFoundError(f"Card {card_id} is not in the library")
        return _card(rows[0])

    def cards_of(self, headwords: Iterable[str]) -> list[StoredCard]:
        """All cards of some words."""
        found: list[StoredCard] = []
        wanted = list(dict.fromkeys(headwords))
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            marks = ", ".join("?" * len(part))
            found += [
                _card(row) for row in self._db.rows(f"{_CARD_SQL} WHERE w.headword IN ({marks})", tuple(part))
            ]
        return found

    def all_cards(self) -> list[StoredCard]:
        """Every card, oldest first."""
        return [_card(row) for row in self._db.rows(f"{_CARD_SQL} ORDER BY c.id")]

    def learning_due(self, now: int) -> list[StoredCard]:
        """Cards in a step whose time has come, longest waiting first."""
        return self._waiting("c.state IN ('learning', 'relearning') AND c.due <= ?1", now, now, "c.due", -1)

    def reviews_due(self, until: int, now: int, limit: int = -1) -> list[StoredCard]:
        """Review cards due before a time (Unix milliseconds), longest waiting first."""
        return self._waiting("c.state = 'review' AND c.due < ?1", until, now, "c.due, c.id", limit)

    def new_cards(self, now: int, limit: int = -1) -> list[StoredCard]:
        """Cards never seen, in the order they were added."""
        return self._waiting("c.state = 'new' AND c.due >= ?1", 0, now, "c.due, c.id", limit)

    def _waiting(self, condition: str, bound: int, now: int, order: str, limit: int) -> list[StoredCard]:
        rows = self._db.rows(
            f"{_CARD_SQL} WHERE {condition} AND NOT c.suspended AND c.buried_until <= ?2 ORDER BY {order} LIMIT ?3",
            (bound, now, limit),
        )
        return [_card(row) for row in rows]

    def next_step_due(self) -> int | None:
        """When the next learning step falls due; None when no card is in a step."""
        value = self._db.rows(
            "SELECT min(due) FROM card WHERE state IN ('learning', 'relearning') AND NOT suspended"
        )[0][0]
        return None if value is None else value

    def counts(self, until: int, now: int) -> Counts:
        """How many cards wait: reviews due before ``until``, steps due by then, and new ones."""
        row = self._db.rows(
            """SELECT count(*) FILTER (WHERE state = 'new'),
                      count(*) FILTER (WHERE state IN ('learning', 'relearning') AND due < ?1),
                      count(*) FILTER (WHERE state = 'review' AND due < ?1)
               FROM card WHERE NOT suspended AND buried_until <= ?2""",
            (until, now),
        )[0]
        return Counts(*(value for value in row))

    # -- answering ---------------------------------------------------------------------------------

    def record(self, card: StoredCard, log: ReviewLog, after: Schedule) -> ReviewLog:
        """Writes an answer and the schedule that follows, in one transaction.

        Returns:
            The log as written; its time is moved on by milliseconds where another answer has it.
        """
        with self._db.write() as connection:
            last = connection.execute("SELECT coalesce(max(at), 0) FROM review").fetchone()[0]
            at = log.at if log.at > last else self._free_time(log.at)
            event = self._events.add(
                EventKind.REVIEW, {"card": card.id, "at": at, "before": asdict(card.schedule)}, log.at
            )
            connection.execute(
                "INSERT INTO review VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    at, card.id, event, int(log.rating), log.took, log.state.value, log.interval, log.last_interval,
                    log.difficulty, log.source,
                ),
            )  # fmt: skip
            self.set_schedule(card.id, after)
            return replace(log, at=at)

    def _free_time(self, at: int) -> int:
        while self._db.rows("SELECT 1 FROM review WHERE at = ?", (at,)):
            at += 1
        return at

    def set_schedule(self, card_id: int, schedule: Schedule) -> None:
        """Gives a card a schedule as part of an event. Call inside a write."""
        memory = schedule.memory
        self._db.connection.execute(
            """UPDATE card SET state = ?, due = ?, interval = ?, step = ?, reps = ?, lapses = ?, stability = ?,
                   difficulty = ?, last_review = ? WHERE id = ?""",
            (
                schedule.state.value, schedule.due, schedule.interval, schedule.step, schedule.reps, schedule.lapses,
                memory.stability if memory else None, memory.difficulty if memory else None, schedule.last_review,
                card_id,
            ),
        )  # fmt: skip

    def change(self, card: StoredCard, now: int, *, suspended: bool, buried_until: int, flag: int) -> None:
        """Suspends, buries or flags a card, as an event that can be undone."""
        with self._db.write():
            self._events.add(
                EventKind.CARD_CHANGE,
                {
                    "card": card.id,
                    "before": [int(card.suspended), card.buried_until, card.flag],
                    "suspended": int(suspended),
                },
                now,
            )
            self._set_play(card.id, int(suspended), buried_until, flag)

    def _set_play(self, card_id: int, suspended: int, buried_until: int, flag: int) -> None:
        self._db.connection.execute(
            "UPDATE card SET suspended = ?, buried_until = ?, flag = ? WHERE id = ?",
            (suspended, buried_until, flag, card_id),
        )

    def take_back(self, event: Event, now: int) -> None:
        """Undoes a REVIEW, CARDS or CARD_CHANGE event. Call inside a write."""
        data = event.data
        if event.kind is EventKind.REVIEW:
            before = dict(data["before"])
            memory = before.pop("memory")
            state = CardState(before.pop("state"))
            self.set_schedule(
                data["card"],
                Schedule(state=state, memory=MemoryState(**memory) if memory else None, **before),
            )
        elif event.kind is EventKind.CARDS:
            self.remove(data["cards"])
        else:
            self._set_play(data["card"], *data["before"])
        self._events.add(EventKind.UNDO, {}, now, undoes=event.id)

    def remove(self, card_ids: Iterable[int]) -> None:
        """Removes cards of which no answer stands, with those that were taken back. Call inside a write."""
        for card_id in card_ids:
            if self.log_of(card_id):
                continue
            self._db.connection.execute("DELETE FROM review WHERE card_id = ?", (card_id,))
            self._db.connection.execute("DELETE FROM card WHERE id = ?", (card_id,))

    # -- the log -----------------------------------------------------------------------------------

    def log_of(self, card_id: int) -> list[ReviewLog]:
        """A card's answers that were not undone, oldest first."""
        return self.logs((card_id,)).get(card_id, [])

    def logs(self, card_ids: Iterable[int]) -> dict[int, list[ReviewLog]]:
        """Answers of several cards, by card."""
        found: dict[int, list[ReviewLog]] = {}
        wanted = list(card_ids)
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            marks = ", ".join("?" * len(part))
            for row in self._db.rows(
                f"SELECT card_id, {_LOG} FROM standing_review WHERE card_id IN ({marks}) ORDER BY at",
                tuple(part),
            ):
                found.setdefault(row[0], []).append(_log(row[1:]))
        return found

    def histories(self) -> dict[int, list[ReviewLog]]:
        """Answers that were not undone, by card, oldest first; only of cards whose first answer is there."""
        found: dict[int, list[ReviewLog]] = {}
        for row in self._db.rows(f"SELECT card_id, {_LOG} FROM standing_review ORDER BY card_id, at"):
            found.setdefault(row[0], []).append(_log(row[1:]))
        return {card: logs for card, logs in found.items() if logs[0].state is CardState.NEW}

    def times(self, card_ids: Iterable[int]) -> dict[int, set[int]]:
        """When several cards were answered (Unix milliseconds), by card; answers taken back count too."""
        found: dict[int, set[int]] = {}
        for card_id in card_ids:
            rows = self._db.rows("SELECT at FROM review WHERE card_id = ?", (card_id,))
            found[card_id] = {row[0] for row in rows}
        return found

    def log_between(self, start: int, end: int) -> list[ReviewLog]:
        """Answers given from ``start`` up to ``end`` (Unix milliseconds), oldest first."""
        rows = self._db.rows(
            f"SELECT {_LOG} FROM standing_review WHERE at >= ? AND at < ? ORDER BY at",
            (start, end),
        )
        return [_log(row) for row in rows]

    def answered_between(self, start: int, end: int) -> list[GivenAnswer]:
        """Answers given in a stretch of time with their cards, oldest first."""
        rows = self._db.rows(
            """SELECT r.card_id, w.headword, r.state, r.rating FROM standing_review r
               JOIN card c ON c.id = r.card_id JOIN word w ON w.id = c.word_id
               WHERE r.at >= ? AND r.at < ? ORDER BY r.at""",
            (start, end),
        )
        return [GivenAnswer(CardId(card), word, CardState(state), Rating(n)) for card, word, state, n in rows]

    def new_seen_between(self, start: int, end: int) -> int:
        """How many cards were answered for the first time in a stretch of time."""
        row = self._db.rows(
            "SELECT count(DISTINCT card_id) FROM standing_review WHERE at >= ? AND at < ? AND state = 'new'",
            (start, end),
        )[0]
        return int(row[0])

    def active_days(self, rule: DayRule, first: int) -> frozenset[int]:
        """Days (day numbers, from ``first`` on) on which a card was answered or a post finished."""
        rows = self._db.rows(
            """SELECT DISTINCT (at / 1000 + ?1) / ?2 FROM standing_review WHERE at >= ?3 UNION
               SELECT (at / 1000 + ?1) / ?2 FROM event e WHERE kind = 'finished' AND at >= ?3
                   AND NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = e.id)""",
            (-rule.start(0) // 1000, DAY_SECONDS, rule.start(first)),
        )
        return frozenset(row[0] for row in rows)

    def due_between(self, start: int, end: int) -> list[int]:
        """Due times of review cards in a stretch of time."""
        rows = self._db.rows(
            "SELECT due FROM card WHERE state = 'review' AND NOT suspended AND due >= ? AND due < ? ORDER BY due",
            (start, end),
        )
        return [row[0] for row in rows]


_LOG = "at, rating, took, state, interval, last_interval, difficulty, source"
_CARD_SQL = """SELECT c.id, w.headword, c.template, c.post_id, c.section, c.start, c.state, c.due, c.interval, c.step,
    c.reps, c.lapses, c.stability, c.difficulty, c.last_review, c.suspended, c.buried_until, c.flag
    FROM card c JOIN word w ON w.id = c.word_id"""


def _card(row: tuple[Any, ...]) -> StoredCard:
    card_id, headword, template, post_id, section, start, state, due, interval, step, reps, lapses, *rest = (
        row
    )
    stability, difficulty, last_review, suspended, buried_until, flag = rest
    memory = None if stability is None else MemoryState(stability, difficulty)
    return StoredCard(
        id=CardId(card_id),
        headword=headword,
        template=Template(template),
        post_id=post_id,
        section=section,
        start=start,
        schedule=Schedule(CardState(state), due, interval, step, reps, lapses, memory, last_review),
        suspended=bool(suspended),
        buried_until=buried_until,
        flag=flag,
    )


def _log(row: tuple[Any, ...]) -> ReviewLog:
    at, rating, took, state, interval, last_interval, difficulty, source = row
    return ReviewLog(at, Rating(rating), took, CardState(state), interval, last_interval, difficulty, source)
