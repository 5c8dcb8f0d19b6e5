"""Corrections as events: made, removed, taken back; and the posts they concern, to be annotated anew."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from learnfeed.core.correction import Correction, CorrectionKind, Scope, StandingCorrection
from learnfeed.core.ids import EventId
from learnfeed.store.database import Database
from learnfeed.store.events import Event, EventKind, EventLog
from learnfeed.store.posts import PostStore

if TYPE_CHECKING:
    from learnfeed.store.prepare import PreparedPost


class CorrectionStore:
    """Corrections of a library."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._events = EventLog(database)

    def standing(self) -> tuple[StandingCorrection, ...]:
        """Corrections that hold, in the order they were made; of several of the same place the last."""
        latest: dict[tuple[str, ...], StandingCorrection] = {}
        for found in self._all():
            latest.pop(found.correction.place, None)
            latest[found.correction.place] = found
        return tuple(latest.values())

    def corrections(self) -> tuple[Correction, ...]:
        """What they say, in the same order."""
        return tuple(found.correction for found in self.standing())

    def _all(self) -> Iterable[StandingCorrection]:
        removed = {
            i for event in self._events.standing(EventKind.CORRECTION_REMOVED) for i in event.data["events"]
        }
        for event in self._events.standing(EventKind.CORRECTION):
            if event.id not in removed:
                yield StandingCorrection(event.id, event.at, _correction(event.data))

    def add(self, correction: Correction, now: int, *, answers: str = "") -> EventId:
        """Makes a correction, and marks the posts it concerns as outdated. Call inside a write.

        Args:
            correction: The correction.
            now: Unix milliseconds.
            answers: The edit made in Anki that it takes over; empty for none.
        """
        data: dict[str, Any] = {name: value for name, value in asdict(correction).items() if value}
        data["value"] = list(correction.value)
        if answers:
            data["answers"] = answers
        event = self._events.add(EventKind.CORRECTION, data, now)
        self._mark(correction, event)
        return event

    def remove(self, chosen: Sequence[StandingCorrection], now: int) -> EventId:
        """Lifts corrections, with whatever was said of the same place before. Call inside a write."""
        places = {one.correction.place for one in chosen}
        ids = [found.id for found in self._all() if found.correction.place in places]
        event = self._events.add(EventKind.CORRECTION_REMOVED, {"events": ids}, now)
        for one in chosen:
            self._mark(one.correction, event)
        return event

    def take_back(self, event: Event, now: int) -> None:
        """Undoes a CORRECTION or CORRECTION_REMOVED event. Call inside a write."""
        undo = self._events.add(EventKind.UNDO, {}, now, undoes=event.id)
        if event.kind is EventKind.CORRECTION:
            self._mark(_correction(event.data), undo)
        for removed in event.data.get("events", ()):
            self._mark(_correction(self._events.get(removed).data), undo)

    # -- edits made in Anki ------------------------------------------------------------------------

    def answered_edits(self) -> frozenset[str]:
        """Edits made in Anki that the learner has taken over or turned down."""
        taken = {event.data.get("answers", "") for event in self._events.standing(EventKind.CORRECTION)}
        refused = {e for event in self._events.standing(EventKind.EDIT_ANSWERED) for e in event.data["edits"]}
        return frozenset(taken | refused)

    def refuse_edits(self, edits: Sequence[str], now: int) -> None:
        """Notes that edits made in Anki are not to be asked about again."""
        with self._db.write():
            self._events.add(EventKind.EDIT_ANSWERED, {"edits": list(edits)}, now)

    # -- posts -------------------------------------------------------------------------------------

    def concerned(self, correction: Correction) -> array[int]:
        """Posts in which the characters of a correction stand."""
        sql, parameter = _posts_of(correction)
        return array("q", (row[0] for row in self._db.rows(sql, (parameter,))))

    def reach(self, correction: Correction) -> int:
        """How many posts that are."""
        sql, parameter = _posts_of(correction)
        return int(self._db.rows(f"SELECT count(*) FROM ({sql})", (parameter,))[0][0])

    def _mark(self, correction: Correction, event: int) -> None:
        sql, parameter = _posts_of(correction)
        self._db.connection.execute(
            f"INSERT OR REPLACE INTO stale (post_id, event_id) SELECT found.*, ?2 FROM ({sql}) found",
            (parameter, event),
        )

    def stale(self) -> array[int]:
        """Posts that corrections have overtaken and that were not annotated again since."""
        return array("q", (row[0] for row in self._db.rows("SELECT post_id FROM stale")))

    def versions(self, post_ids: Sequence[int]) -> dict[int, str]:
        """What the annotations of posts are marked with: their version, and the correction since."""
        marks = ", ".join("?" * len(post_ids))
        return dict(
            self._db.rows(
                f"""SELECT a.post_id, a.version || ' ' || coalesce(s.event_id, '')
                    FROM annotation a LEFT JOIN stale s ON s.post_id = a.post_id WHERE a.post_id IN ({marks})""",
                tuple(post_ids),
            )
        )

    def renew(self, posts: Sequence[PreparedPost], versions: Mapping[int, str], now: int) -> int:
        """Writes posts annotated anew, but none that was saved or corrected otherwise in the meantime.

        Args:
            posts: The posts.
            versions: What their annotations were marked with before (see :meth:`versions`).
            now: Unix milliseconds.

        Returns:
            How many were written.
        """
        store = PostStore(self._db)
        with self._db.write():
            known = store.known(post.key for post in posts)
            marked = self.versions([found.id for found in known.values()])
            same = [
                post
                for post in posts
                if (found := known.get(post.key)) is not None
                and found.hash == post.hash
                and marked.get(found.id) == versions.get(found.id)
            ]
            store.save(same, 0, now)
            self._db.connection.executemany(
                "DELETE FROM stale WHERE post_id = ?", [(known[post.key].id,) for post in same]
            )
        return len(same)


def _posts_of(correction: Correction) -> tuple[str, str]:
    """A query for the posts in which the characters of a correction stand, and its parameter ``?1``."""
    from learnfeed.store.search import phrase

    if correction.scope is Scope.HERE:
        return "SELECT id FROM post WHERE key = ?1", correction.post
    match = phrase("hanzi", correction.surface)
    if not match:
        return "SELECT id FROM post WHERE ?1 IS NULL", ""
    return "SELECT rowid FROM post_search WHERE post_search MATCH ?1", match


def _correction(data: Mapping[str, Any]) -> Correction:
    texts = {name: data.get(name, "") for name in ("surface", "before", "after", "post")}
    return Correction(
        kind=CorrectionKind(data["kind"]), scope=Scope(data["scope"]), value=tuple(data["value"]), **texts
    )
