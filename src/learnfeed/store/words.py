"""The vocabulary: statuses, marking with coverage kept up, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnfeed.core.ids import PostId, WordId
from learnfeed.core.word import WordStatus
from learnfeed.store.creation import ensure_words
from learnfeed.store.database import Database
from learnfeed.store.events import Event, EventKind, EventLog
from learnfeed.store.interest import like, likings_of
from learnfeed.store.side import CHINESE, SIDES, Side


@dataclass(frozen=True, slots=True)
class VocabularyWord:
    """A word of the library.

    Attributes:
        id: Its id.
        headword: Simplified dictionary form.
        status: What the learner said of it.
        level: HSK level 1–7, 11–16 for bands of English, 0 for none.
        created_ms: When it was first met; its note's id in Anki.
        changed_at: Unix milliseconds of its last status change.
        posts: In how many posts it stands.
        count: How often it stands there.
    """

    id: WordId
    headword: str
    status: WordStatus
    level: int
    created_ms: int
    changed_at: int
    posts: int
    count: int


class WordStore:
    """Words of a library.

    Args:
        database: The library.
        side: The language that is learned. What is listed and counted is of it; marking keeps both true.
    """

    def __init__(self, database: Database, side: Side = CHINESE) -> None:
        self._db = database
        self._side = side
        self._events = EventLog(database)

    def statuses(self, headwords: Iterable[str]) -> dict[str, WordStatus]:
        """Status of each headword; those never met are NEW."""
        wanted = list(dict.fromkeys(headwords))
        found = dict.fromkeys(wanted, WordStatus.NEW)
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            marks = ", ".join("?" * len(part))
            for headword, status in self._db.rows(
                f"SELECT headword, status FROM word WHERE headword IN ({marks})",
                tuple(part),
            ):
                found[headword] = WordStatus(status)
        return found

    def words(
        self,
        *,
        status: WordStatus | None = None,
        level: int | None = None,
        post_id: int | None = None,
        limit: int = -1,
    ) -> list[VocabularyWord]:
        """Words met or marked, most frequent first.

        Args:
            status: Only words of this status.
            level: Only words of this HSK level.
            post_id: Only words of this post.
            limit: At most so many; all when negative.
        """
        conditions, parameters = [self._side.words], []
        for column, value in (
            ("w.status", status and status.value),
            ("w.level", level),
            ("m.post_id", post_id),
        ):
            if value is not None:
                conditions.append(f"{column} = ?")
                parameters.append(value)
        held = self._side.post_word
        join = f"JOIN {held} m ON m.word_id = w.id" if post_id is not None else ""
        rows = self._db.rows(
            f"""SELECT w.id, w.headword, w.status, w.level, w.created_ms, w.changed_at, count(pw.post_id),
                       coalesce(sum(pw.count), 0)
                FROM word w {join} LEFT JOIN {held} pw ON pw.word_id = w.id
                WHERE {" AND ".join(conditions)} GROUP BY w.id ORDER BY 8 DESC, w.id LIMIT ?""",
            (*parameters, limit),
        )
        return [_word(row) for row in rows]

    def word(self, headword: str) -> VocabularyWord | None:
        """One word; None when the library has never met it."""
        sql = _WORD_SQL.format(post_word=self._side.post_word)
        rows = self._db.rows(f"{sql} WHERE w.headword = ? GROUP BY w.id", (headword,))
        return _word(rows[0]) if rows else None

    def ensure(self, headwords: Iterable[str], now: int) -> dict[str, int]:
        """When each word was met first (its ``created_ms``); those the library has never met are added as new."""
        wanted = list(dict.fromkeys(headwords))
        with self._db.write():
            ensure_words(self._db, wanted, {}, now)
        found: dict[str, int] = {}
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            marks = ", ".join("?" * len(part))
            found.update(
                self._db.rows(
                    f"SELECT headword, created_ms FROM word WHERE headword IN ({marks})", tuple(part)
                )
            )
        return found

    def posts_with(self, headword: str, limit: int = 20) -> list[PostId]:
        """Posts in which a word stands, best fit first."""
        rows = self._db.rows(
            f"""SELECT pw.post_id FROM word w JOIN {self._side.post_word} pw ON pw.word_id = w.id
               JOIN {self._side.coverage} c ON c.post_id = pw.post_id
               WHERE w.headword = ? ORDER BY c.rank DESC LIMIT ?""",
            (headword, limit),
        )
        return [PostId(row[0]) for row in rows]

    def headwords(self) -> list[str]:
        """Every headword the library has met."""
        return [row[0] for row in self._db.rows("SELECT headword FROM word")]

    def count(self) -> int:
        """How many words the library has met."""
        return int(self._db.rows(f"SELECT count(*) FROM word w WHERE {self._side.words}")[0][0])

    def by_status(self) -> dict[WordStatus, int]:
        """How many words of each status there are."""
        counts = dict.fromkeys(WordStatus, 0)
        sql = f"SELECT w.status, count(*) FROM word w WHERE {self._side.words} GROUP BY w.status"
        for status, count in self._db.rows(sql):
            counts[WordStatus(status)] = count
        return counts

    def missing_words(self, target: float, posts: int) -> list[tuple[Any, ...]]:
        """Words that are not known in the posts nearest under a target share (0–1).

        Returns:
            Rows of post id, running words, known words, headword, count of it in the post.
        """
        return self._db.rows(
            f"""WITH near AS (SELECT post_id, running, known FROM {self._side.coverage} WHERE share < ? AND running > 0
                             ORDER BY share DESC LIMIT ?)
               SELECT n.post_id, n.running, n.known, w.headword, pw.count
               FROM near n JOIN {self._side.post_word} pw ON pw.post_id = n.post_id JOIN word w ON w.id = pw.word_id
               WHERE w.status IN ('new', 'learning')""",
            (round(target * 1000), posts),
        )

    def posts_under(self, target: float) -> int:
        """How many posts are under a target share (0–1)."""
        return int(
            self._db.rows(
                f"SELECT count(*) FROM {self._side.coverage} WHERE share < ?", (round(target * 1000),)
            )[0][0]
        )

    # -- marking -----------------------------------------------------------------------------------

    def mark(
        self, changes: Mapping[str, WordStatus], now: int, *, levels: Mapping[str, int] | None = None
    ) -> tuple[str, ...]:
        """Gives words a status and keeps every post's coverage true, in one transaction and one event.

        Returns:
            The headwords whose status really changed; empty when there was nothing to do (no event then).
        """
        with self._db.write():
            moved = self.move(changes, now, levels=levels)
            if moved:
                self._events.add(EventKind.STATUS, {"words": list(moved.values())}, now)
            return tuple(moved)

    def move(
        self, changes: Mapping[str, WordStatus], now: int, *, levels: Mapping[str, int] | None = None
    ) -> dict[str, tuple[int, str, str]]:
        """Gives words a status as part of another event. Call inside a write.

        Returns:
            Id, status before and after of each headword whose status really changed: what
            :meth:`move_back` takes.
        """
        before = self.statuses(changes)
        changed = {word: status for word, status in changes.items() if before[word] is not status}
        ids = ensure_words(self._db, changed, dict(levels or {}), now)
        self._set([(ids[w], before[w], status) for w, status in changed.items()], now)
        return {word: (ids[word], before[word].value, status.value) for word, status in changed.items()}

    def move_back(self, moved: Iterable[Sequence[Any]], now: int) -> None:
        """Gives words back the status they had before :meth:`move`. Call inside a write."""
        self._set([(word, WordStatus(after), WordStatus(before)) for word, before, after in moved], now)

    def finish_post(self, post_id: int, now: int) -> None:
        """Notes that a post was read to the end, and what that says about taste."""
        with self._db.write():
            before = self._db.rows("SELECT read_at FROM coverage WHERE post_id = ?", (post_id,))
            read_at = before[0][0] if before else None
            names = likings_of(self._db, post_id) if read_at is None else []
            self._read_at(now, post_id)
            like(self._db, names, 1)
            self._events.add(EventKind.FINISHED, {"post": post_id, "before": read_at, "likes": names}, now)

    def take_back(self, event: Event, now: int) -> None:
        """Undoes a STATUS or FINISHED event. Call inside a write."""
        if event.kind is EventKind.STATUS:
            self.move_back(event.data["words"], now)
        else:
            data = event.data
            self._read_at(data.get("before"), data["post"])
            like(self._db, data.get("likes", ()), -1)
        self._events.add(EventKind.UNDO, {}, now, undoes=event.id)

    def _set(self, changes: Sequence[tuple[int, WordStatus, WordStatus]], now: int) -> None:
        connection = self._db.connection
        connection.execute(
            """CREATE TEMP TABLE IF NOT EXISTS delta (
                word_id INTEGER PRIMARY KEY, known INTEGER, learning INTEGER, new INTEGER)"""
        )
        connection.execute("DELETE FROM temp.delta")
        connection.executemany(
            "UPDATE word SET status = ?, changed_at = ? WHERE id = ?",
            [(after.value, now, word) for word, _, after in changes],
        )
        connection.executemany(
            "INSERT INTO temp.delta VALUES (?, ?, ?, ?)",
            [
                (
                    word,
                    after.counts_as_known - before.counts_as_known,
                    (after is WordStatus.LEARNING) - (before is WordStatus.LEARNING),
                    (after is WordStatus.NEW) - (before is WordStatus.NEW),
                )
                for word, before, after in changes
            ],
        )
        # CROSS JOIN: from the few words to their posts. Left to choose, SQLite reads every word of every post.
        for side in SIDES:
            connection.execute(
                f"""UPDATE {side.coverage} AS c SET known = c.known + d.known, learning = c.learning + d.learning,
                       new_words = c.new_words + d.new
                   FROM (SELECT pw.post_id, sum(pw.count * t.known) known, sum(pw.count * t.learning) learning,
                                sum(t.new) new
                         FROM temp.delta t CROSS JOIN {side.post_word} pw ON pw.word_id = t.word_id
                         GROUP BY pw.post_id) d
                   WHERE d.post_id = c.post_id"""
            )

    def _read_at(self, moment: int | None, post_id: int) -> None:
        for side in SIDES:
            self._db.connection.execute(
                f"UPDATE {side.coverage} SET read_at = ? WHERE post_id = ?", (moment, post_id)
            )


_WORD_SQL = """SELECT w.id, w.headword, w.status, w.level, w.created_ms, w.changed_at, count(pw.post_id),
    coalesce(sum(pw.count), 0) FROM word w LEFT JOIN {post_word} pw ON pw.word_id = w.id"""


def _word(row: tuple[Any, ...]) -> VocabularyWord:
    word_id, headword, status, *numbers = row
    return VocabularyWord(WordId(word_id), headword, WordStatus(status), *numbers)
