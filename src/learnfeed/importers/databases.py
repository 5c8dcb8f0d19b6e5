"""SQLite files: read only, real tables only, and never for longer than a limit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from urllib.parse import quote

from learnfeed.core.errors import DamagedError
from learnfeed.importers import limits
from learnfeed.importers.records import Placed
from learnfeed.importers.source import Source

# sqlite3 raises UnicodeDecodeError where a damaged schema makes SQLite's own message no UTF-8.
_FAILURES = (sqlite3.Error, UnicodeDecodeError)


def table_columns(source: Source) -> dict[str, tuple[str, ...]]:
    """The real tables of an SQLite file with their columns; views and virtual tables don't count.

    A view can pose as a table and recurse for ever, so it is never read from. A damaged file has none.
    """
    try:
        with _database(source) as database:
            return _tables(database)
    except (*_FAILURES, DamagedError):
        return {}


def table_records(source: Source, table: str) -> Iterator[Placed]:
    """The rows of a table.

    Raises:
        DamagedError: The database is damaged, or reading it takes more than SQLITE_STEPS.
    """
    with _database(source) as database:
        try:
            columns = _tables(database).get(table)
            if columns is None:
                raise DamagedError(f"{source.name}: has no table {table}")
            names = ", ".join(_quoted(c) for c in columns)
            cursor = database.execute(f"SELECT {names} FROM {_quoted(table)}")  # noqa: S608 - quoted
            for number, row in enumerate(cursor, 1):
                yield f"row {number} of {table}", dict(zip(columns, row, strict=True))
        except _FAILURES as error:
            raise _database_error(source, error) from error


class _database:  # noqa: N801 - a context manager that reads as a function
    """An SQLite file, read only, that stops a statement that works too long."""

    def __init__(self, source: Source) -> None:
        source.open().close()
        self._uri = f"file:{quote(str(source.path.resolve()))}"
        self._source = source

    def __enter__(self) -> sqlite3.Connection:
        try:
            self._connection = self._connect("?mode=ro")
        except sqlite3.OperationalError:
            # A database in WAL mode inside a folder that can't be written to opens only like this.
            try:
                self._connection = self._connect("?mode=ro&immutable=1")
            except sqlite3.OperationalError as error:
                raise _database_error(self._source, error) from error
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _connect(self, options: str) -> sqlite3.Connection:
        connection = sqlite3.connect(self._uri + options, uri=True, timeout=1)
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 100_000
            return int(steps > limits.SQLITE_STEPS.value)

        connection.set_progress_handler(count, 100_000)
        connection.text_factory = _text
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.SQLITE_VALUE.value)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            connection.close()
            raise
        except _FAILURES as error:
            connection.close()
            raise _database_error(self._source, error) from error
        return connection


def _tables(database: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0").fetchall()
    found = {}
    for (name,) in rows[:200]:
        columns = database.execute(f"PRAGMA table_info({_quoted(str(name))})").fetchall()
        found[str(name)] = tuple(str(column[1]) for column in columns)
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _database_error(source: Source, error: Exception) -> DamagedError:
    if "interrupted" in str(error):
        return DamagedError(f"{source.name}: {limits.SQLITE_STEPS.sentence}", hint=limits.SQLITE_STEPS.hint)
    return DamagedError(f"{source.name}: the database is damaged ({error})", hint="copy or export it again")
