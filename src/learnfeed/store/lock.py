"""One import at a time: a lock that a killed process gives back by itself."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from learnfeed.core.errors import LibraryError

FILE_NAME = "import.lock"


@contextlib.contextmanager
def import_lock(folder: Path) -> Iterator[None]:
    """Holds a library's import lock.

    The lock is an open transaction on a small SQLite file: the system ends it with the process, however that
    dies, and it works alike on every platform that SQLite runs on.

    Raises:
        LibraryError: Another window is importing, or the folder can't be written.
    """
    connection = sqlite3.connect(folder / FILE_NAME, timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise LibraryError(
                "Another window is importing into this library", hint="Wait for it to finish and try again."
            ) from error
        yield
    finally:
        connection.close()
