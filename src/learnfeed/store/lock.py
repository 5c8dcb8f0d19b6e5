"""One import, one migration at a time: locks that a killed process gives back by itself."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from learnfeed.core.errors import LibraryError

MIGRATION_SECONDS = 60.0
"""How long a window waits while another one brings the library up to date."""


@contextlib.contextmanager
def import_lock(folder: Path) -> Iterator[None]:
    """Holds a library's import lock.

    Raises:
        LibraryError: Another window is importing, or the folder can't be written.
    """
    with _lock(folder / "import.lock", "Another window is importing into this library"):
        yield


@contextlib.contextmanager
def migration_lock(folder: Path) -> Iterator[None]:
    """Holds the lock under which a library's schema changes; waits for another window's change.

    Raises:
        LibraryError: Another window takes too long, or the folder can't be written.
    """
    with _lock(folder / "migration.lock", "Another window is updating this library", MIGRATION_SECONDS):
        yield


@contextlib.contextmanager
def _lock(file: Path, taken: str, patience: float = 0) -> Iterator[None]:
    # An open transaction on a small SQLite file: the system ends it with the process, however that dies, and it
    # works alike on every platform that SQLite runs on.
    try:
        connection = sqlite3.connect(file, timeout=patience, isolation_level=None)
    except sqlite3.Error as error:
        raise _closed(file) from error
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise LibraryError(taken, hint="Wait for it to finish and try again.") from error
            raise _closed(file) from error
        yield
    finally:
        connection.close()


def _closed(file: Path) -> LibraryError:
    return LibraryError(
        f"The library folder {file.parent} can't be written", hint="Check its permissions and the free space."
    )
