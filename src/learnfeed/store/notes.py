"""What notes said when they were last exported, so that their time of change is true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from learnfeed.store.database import Database

APART = "\x1f"
"""Between the parts of :attr:`NoteContent.said`."""
_COLUMNS = "guid, hash, changed_at, post_id, section, start, templates, said"


@dataclass(frozen=True, slots=True)
class NoteContent:
    """A note's text at its last export.

    Attributes:
        guid: The note.
        hash: Of its text.
        changed_at: Unix seconds when that text was new.
        post_id: Post of its sentence; None without one.
        section: Section of that post.
        start: Where the word's token begins there.
        templates: Cards that any export has asked for, names with blanks between them.
        said: Reading, meaning and translation of a word as they were exported (see :data:`APART`).
    """

    guid: str
    hash: str
    changed_at: int
    post_id: int | None
    section: int
    start: int
    templates: str = ""
    said: str = ""


class NoteStore:
    """Contents of exported notes."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def contents(self, guids: Iterable[str]) -> dict[str, NoteContent]:
        """What is known of notes, by guid."""
        found: dict[str, NoteContent] = {}
        wanted = list(guids)
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            marks = ", ".join("?" * len(part))
            for row in self._db.rows(
                f"SELECT {_COLUMNS} FROM note_content WHERE guid IN ({marks})",
                tuple(part),
            ):
                found[row[0]] = NoteContent(*row)
        return found

    def save(self, contents: Iterable[NoteContent]) -> None:
        """Notes what changed."""
        with self._db.write() as connection:
            connection.executemany(
                f"INSERT OR REPLACE INTO note_content ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [astuple(content) for content in contents],
            )
