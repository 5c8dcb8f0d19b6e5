"""FSRS parameters fitted to the learner's history, with the memory states that follow from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from learnfeed.core.review import MemoryState
from learnfeed.store.database import Database
from learnfeed.store.events import Event, EventKind, EventLog


class FittedStore:
    """Fitted parameters of a library; each set is kept, the last one that was not undone is in use."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._events = EventLog(database)

    def current(self) -> tuple[float, ...]:
        """The parameters in use; empty for FSRS's defaults."""
        rows = self._db.rows(
            """SELECT parameters FROM fitted f
               WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.undoes = f.event_id)
               ORDER BY event_id DESC LIMIT 1"""
        )
        return tuple(json.loads(rows[0][0])) if rows else ()

    def keep(
        self,
        parameters: tuple[float, ...],
        judged: tuple[int, float, float],
        memories: Mapping[int, MemoryState],
        now: int,
    ) -> None:
        """Takes parameters into use, as an event that can be undone. Call inside a write.

        Args:
            parameters: The weights; empty for FSRS's defaults.
            judged: From how many answers, log loss before, log loss after.
            memories: What each card's memory is by these parameters, by card id.
            now: Unix milliseconds.
        """
        connection = self._db.connection
        before = self._db.rows("SELECT id, stability, difficulty FROM card WHERE stability IS NOT NULL")
        changed = [row for row in before if row[0] in memories]
        event = self._events.add(EventKind.FITTED, {"memories": changed}, now)
        connection.execute(
            "INSERT INTO fitted VALUES (?, ?, ?, ?, ?)", (event, json.dumps(list(parameters)), *judged)
        )
        self._remember((card, memories[card].stability, memories[card].difficulty) for card, *_ in changed)

    def take_back(self, event: Event, now: int) -> None:
        """Undoes a FITTED event. Call inside a write."""
        self._remember(
            (card, stability, difficulty) for card, stability, difficulty in event.data["memories"]
        )
        self._events.add(EventKind.UNDO, {}, now, undoes=event.id)

    def _remember(self, memories: Iterable[tuple[int, float, float]]) -> None:
        self._db.connection.executemany(
            "UPDATE card SET stability = ?2, difficulty = ?3 WHERE id = ?1", memories
        )
