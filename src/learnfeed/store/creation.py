"""New words, and the times of creation that their notes are known by in Anki."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from learnfeed.core.ids import MIN_ID_GAP
from learnfeed.store.database import Database


def ensure_words(
    database: Database, words: Iterable[str], levels: dict[str, int], now: int
) -> dict[str, int]:
    """Ids of headwords; those the library has not met are added. Call inside a write."""
    wanted = list(dict.fromkeys(words))
    ids = _word_ids(database, wanted)
    missing = [word for word in wanted if word not in ids]
    if missing:
        created = next_created(database, now)
        database.connection.executemany(
            "INSERT INTO word (headword, level, created_ms, changed_at) VALUES (?, ?, ?, ?)",
            [(word, levels.get(word, 0), created + i * MIN_ID_GAP, now) for i, word in enumerate(missing)],
        )
        ids |= _word_ids(database, missing)
    return ids


def _word_ids(database: Database, words: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts(words):
        sql = f"SELECT headword, id FROM word WHERE headword IN ({marks(part)})"
        found.update(database.rows(sql, tuple(part)))
    return found


def next_created(database: Database, now: int) -> int:
    """The next free creation time: words and posts share one series, for their notes do in Anki."""
    last = database.rows(
        "SELECT max(coalesce((SELECT max(created_ms) FROM word), 0), coalesce((SELECT max(created_ms) FROM post), 0))"
    )[0][0]
    return max(now, int(last) + MIN_ID_GAP)


def parts(values: list[object] | list[str] | list[int], size: int = 500) -> Iterable[list[object]]:
    """A list in parts that are short enough for one query."""
    for at in range(0, len(values), size):
        yield list(values[at : at + size])


def marks(values: Sequence[object]) -> str:
    """As many placeholders as there are values."""
    return ", ".join("?" * len(values))
