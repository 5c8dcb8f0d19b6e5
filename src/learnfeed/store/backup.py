"""The library copied while it is in use, and put back."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from learnfeed.core.errors import LibraryError
from learnfeed.store.database import SCHEMA_VERSION, Database
from learnfeed.store.whole import whole_file


@dataclass(frozen=True, slots=True)
class Preview:
    """What a library file holds.

    Attributes:
        posts: Posts.
        words: Words that have a status.
        reviews: Answers.
    """

    posts: int
    words: int
    reviews: int


def copy_to(database: Database, target: Path) -> None:
    """Copies a library, also while another window writes; the file appears whole or not at all.

    Raises:
        LibraryError: It can't be written.
    """
    try:
        with whole_file(target, ".sqlite") as part, contextlib.closing(sqlite3.connect(part)) as copy:
            database.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(
            f"{target} can't be written: {error}", hint="Name another file; nothing has changed."
        ) from error


def summary(path: Path) -> Preview:
    """What a library file holds.

    Raises:
        LibraryError: It is no library, damaged, or of a newer learnfeed.
    """
    try:
        with contextlib.closing(_open_read_only(path)) as connection:
            if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise LibraryError(f"{path} is damaged", hint="Choose another backup; nothing has changed.")
            if connection.execute("PRAGMA user_version").fetchone()[0] > SCHEMA_VERSION:
                raise LibraryError(f"{path} was written by a newer learnfeed", hint="Update learnfeed first.")
            row = connection.execute(
                """SELECT (SELECT count(*) FROM coverage), (SELECT count(*) FROM word WHERE status <> 'new'),
                          (SELECT count(*) FROM standing_review)"""
            ).fetchone()
    except sqlite3.Error as error:
        raise LibraryError(
            f"{path} is no backup of a library: {error}", hint="Choose a file that learnfeed backup made."
        ) from error
    return Preview(*row)


def done_until(path: Path) -> tuple[int, int]:
    """The last event and the last import in a library file; (0, 0) when it can't be read.

    Two files of one library with the same figures hold the same.
    """
    try:
        with contextlib.closing(_open_read_only(path)) as connection:
            row = connection.execute(
                "SELECT ifnull((SELECT max(id) FROM event), 0), ifnull((SELECT max(id) FROM import_run), 0)"
            ).fetchone()
    except sqlite3.Error:
        return 0, 0
    return int(row[0]), int(row[1])


def put_back(database: Database, source: Path) -> None:
    """Puts a copy in a library's place, in one transaction of SQLite's backup.

    Raises:
        LibraryError: It can't be read or written.
    """
    try:
        with contextlib.closing(_open_read_only(source)) as connection:
            connection.backup(database.connection)
    except sqlite3.Error as error:
        raise LibraryError(
            f"{source} can't be restored: {error}", hint="The library is as it was."
        ) from error
    path = database.path.parent
    database.close()
    Database.open(path).close()


def check(database: Database) -> str:
    """``ok``, or what SQLite's integrity check finds."""
    return str(database.rows("PRAGMA integrity_check")[0][0])


def _open_read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
