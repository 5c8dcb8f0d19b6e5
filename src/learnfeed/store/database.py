"""The library file: opening, transactions, one connection for each thread."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from learnfeed.core.errors import LibraryError, NewerLibraryError

FILE_NAME = "library.sqlite"
BUSY_SECONDS = 10.0
"""How long a write waits for another window before it says that the library is busy."""

SCHEMA_VERSION = 12
"""How many steps :mod:`learnfeed.store.migrations` has; a library notes it as ``PRAGMA user_version``."""


class Database:
    """A learner's library as SQLite: WAL, one writer at a time, readers never wait.

    Connections are opened on first use, one for each thread. Reads see the last committed state;
    writes run inside :meth:`write`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []

    @classmethod
    def open(cls, folder: Path) -> Database:
        """Opens the library in a folder; makes or migrates it where needed.

        Raises:
            LibraryError: The folder can't be used, or the file is no library.
            NewerLibraryError: A newer learnfeed wrote it.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The library folder {folder} can't be made: {error.strerror}",
                hint="Name another one with --library DIR or LEARNFEED_HOME.",
            ) from error
        database = cls(folder / FILE_NAME)
        with _explained(database.path):
            version = database.connection.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA_VERSION:
                raise NewerLibraryError(
                    f"The library {database.path} was written by a newer learnfeed",
                    hint="Update learnfeed, or name another library with --library DIR.",
                )
            if version < SCHEMA_VERSION:
                database._migrate()
        return database

    def _migrate(self) -> None:
        """Brings the library to this version's schema, one window at a time, after a copy of it was put aside."""
        from learnfeed.store.backup import copy_to
        from learnfeed.store.lock import migration_lock
        from learnfeed.store.migrations import migrate

        folder = self.path.parent
        with migration_lock(folder):
            version = self.connection.execute("PRAGMA user_version").fetchone()[0]
            aside = folder / "backups" / f"before-{version}-to-{SCHEMA_VERSION}.sqlite"
            if 0 < version < SCHEMA_VERSION and not aside.exists():
                copy_to(self, aside)
            migrate(self.connection, SCHEMA_VERSION)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        found = getattr(self._local, "connection", None)
        if found is None:
            with _explained(self.path):
                found = self._connect()
            self._local.connection = found
            self._all.append(found)
        return found

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: an answer that was confirmed survives a power cut, not only a killed process.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -4000")
        connection.execute("PRAGMA trusted_schema = OFF")
        return connection

    def rows(
        self, sql: str, parameters: tuple[object, ...] | dict[str, object] = ()
    ) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with _explained(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is written, or nothing.

        Raises:
            LibraryError: The disk is full, the file is read-only, or another window is writing.
        """
        connection = self.connection
        if connection.in_transaction:
            yield connection
            return
        with _explained(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def hurried(self) -> Iterator[None]:
        """Commits without waiting for the disk, for what shows only after a later, waited-for commit.

        The write-ahead log is written in order, so that the later commit makes all before it safe too.
        """
        self.connection.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA synchronous = FULL")

    def close(self) -> None:
        """Closes the connections of all threads."""
        for connection in self._all:
            connection.close()
        self._all.clear()
        self._local = threading.local()


_HINTS = {
    "SQLITE_BUSY": ("another window is writing to it", "Wait for it to finish and try again."),
    "SQLITE_FULL": ("the disk is full", "Free some space; nothing that was confirmed is lost."),
    "SQLITE_READONLY": ("it is read-only", "Check the permissions of the folder."),
    "SQLITE_CANTOPEN": ("it can't be opened", "Check that the folder exists and is yours."),
    "SQLITE_NOTADB": ("it is not a learnfeed library", "Name another one with --library DIR."),
    "SQLITE_CORRUPT": ("it is damaged", "Restore a backup: learnfeed restore FILE."),
    "SQLITE_IOERR": ("the disk did not answer", "Check the disk; nothing that was confirmed is lost."),
}


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        for code, (reason, hint) in _HINTS.items():
            if name.startswith(code):
                raise LibraryError(f"The library {path} can't be used: {reason}", hint=hint) from error
        raise
