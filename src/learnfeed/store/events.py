"""What the learner did, as events that are never changed or deleted; undoing is an event too."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from learnfeed.core.ids import EventId
from learnfeed.store.database import Database


class EventKind(StrEnum):
    """Kinds of events."""

    STATUS = "status"
    FINISHED = "finished"
    REVIEW = "review"
    CARDS = "cards"
    CARD_CHANGE = "card_change"
    PULL = "pull"
    FITTED = "fitted"
    CORRECTION = "correction"
    CORRECTION_REMOVED = "correction_removed"
    EDIT_ANSWERED = "edit_answered"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that the learner did.

    Attributes:
        id: Its number; larger is later.
        at: Unix milliseconds.
        kind: What it was.
        data: What is needed to take it back.
    """

    id: EventId
    at: int
    kind: EventKind
    data: dict[str, Any]


class EventLog:
    """The learner's events."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, kind: EventKind, data: dict[str, Any], now: int, *, undoes: int | None = None) -> EventId:
        """Appends an event. Call inside a write."""
        cursor = self._db.connection.execute(
            "INSERT INTO event (at, kind, data, undoes) VALUES (?, ?, ?, ?)",
            (now, kind.value, json.dumps(data, ensure_ascii=False, separators=(",", ":")), undoes),
        )
        return EventId(int(cursor.lastrowid or 0))

    def last_standing(self, kinds: tuple[EventKind, ...] = ()) -> Event | None:
        """The latest event that has not been undone; None when there is none.

        Args:
            kinds: Only events of these kinds; all that can be undone when empty.
        """
        wanted = kinds or tuple(kind for kind in EventKind if kind is not EventKind.UNDO)
        marks = ", ".join("?" * len(wanted))
        rows = self._db.rows(
            f"""SELECT id, at, kind, data FROM event e WHERE kind IN ({marks})
                AND NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = e.id) ORDER BY id DESC LIMIT 1""",
            tuple(kind.value for kind in wanted),
        )
        if not rows:
            return None
        return _event(rows[0])

    def standing(self, kind: EventKind) -> list[Event]:
        """All events of a kind that have not been undone, oldest first."""
        rows = self._db.rows(
            """SELECT id, at, kind, data FROM event e WHERE kind = ?
               AND NOT EXISTS (SELECT 1 FROM event u WHERE u.undoes = e.id) ORDER BY id""",
            (kind.value,),
        )
        return [_event(row) for row in rows]

    def get(self, event_id: int) -> Event:
        """An event by its number."""
        return _event(self._db.rows("SELECT id, at, kind, data FROM event WHERE id = ?", (event_id,))[0])


def _event(row: tuple[Any, ...]) -> Event:
    event_id, at, kind, data = row
    return Event(EventId(event_id), at, EventKind(kind), json.loads(data))
