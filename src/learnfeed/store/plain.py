"""The whole library as plain text, and back without loss: JSON Lines, one row of a table a line.

The first line names the schema; each other line is ``{"table": {"column": value, ...}}``. What the library packs
(posts and their annotation) stands there as JSON too, so that any other program can read all of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any, BinaryIO

from learnfeed.core.errors import LibraryError
from learnfeed.store.codec import annotation_from_bytes, pack, post_from_json, unpack
from learnfeed.store.database import FILE_NAME, SCHEMA_VERSION, Database
from learnfeed.store.whole import whole_file

KIND = "learnfeed library"
MAX_LINE = 64 * 1024 * 1024
"""Bytes of the longest line that is read; the longest post with its annotation is far below."""

_BATCH = 500


def tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The tables that hold a library, in an order that keeps every reference, with their columns."""
    names = [
        name
        for (name,) in connection.execute(
            """SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')
               AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"""
        )
    ]
    made = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: _columns(connection, name) for name in sorted(names, key=made.index)}


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    # pragma_table_info leaves generated columns out, and they can't be written.
    columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    virtual = connection.execute(
        "SELECT sql LIKE 'CREATE VIRTUAL%' FROM sqlite_master WHERE name = ?", (table,)
    )
    return ["rowid", *columns] if virtual.fetchone()[0] else columns


def write_plain(database: Database, target: Path) -> None:
    """Writes a library as JSON Lines, as it stands at one moment; the file appears whole or not at all.

    Raises:
        LibraryError: It can't be written.
    """
    try:
        with whole_file(target, ".jsonl") as part, part.open("wb") as file:
            file.writelines(_lines(database.connection))
            file.flush()
            os.fsync(file.fileno())
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"{target} can't be written: {error}", hint="Name another file.") from error


def _lines(connection: sqlite3.Connection) -> Iterator[bytes]:
    connection.execute("BEGIN")
    try:
        yield _line({"learnfeed": KIND, "schema": SCHEMA_VERSION})
        for table, columns in tables(connection).items():
            for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):
                yield _line({table: dict(zip(columns, map(_plain, row), strict=True))})
    finally:
        connection.execute("ROLLBACK")


def _line(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair, as damaged files have them
        return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> object:
    return {"packed": unpack(value)} if isinstance(value, bytes) else value


def is_plain(path: Path) -> bool:
    """Whether a file begins as :func:`write_plain` begins one."""
    try:
        with path.open("rb") as file:
            return KIND.encode() in file.readline(200)
    except OSError:
        return False


def read_plain(source: Path, folder: Path) -> Path:
    """Makes a library file in a folder from JSON Lines; gives back the file.

    Raises:
        LibraryError: It is no such file, of a newer learnfeed, or damaged: file and line are named.
    """
    from learnfeed.store.migrations import migrate  # some 10 MB that daily backups do without

    try:
        with source.open("rb") as file:
            lines = _parsed(source, file)
            schema = _schema(source, next(lines, (1, {}))[1])
            path = folder / FILE_NAME
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
                migrate(connection, schema)
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("BEGIN")
                _fill(source, connection, lines)
                connection.execute("COMMIT")
    except OSError as error:
        raise LibraryError(f"{source} can't be read: {error.strerror}", hint="Check its name.") from error
    Database.open(folder).close()
    return path


def _parsed(source: Path, file: BinaryIO) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(iter(lambda: file.readline(MAX_LINE + 1), b""), 1):
        if len(line) > MAX_LINE:
            raise _wrong(source, number, f"longer than {MAX_LINE} bytes")
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _wrong(source, number, "not JSON, or cut off") from error


def _schema(source: Path, header: object) -> int:
    if (
        not isinstance(header, dict)
        or header.get("learnfeed") != KIND
        or type(header.get("schema")) is not int
    ):
        raise LibraryError(
            f"{source} is no plain copy of a library",
            hint="Choose a file that learnfeed backup FILE.jsonl made.",
        )
    schema = int(header["schema"])
    if not 1 <= schema <= SCHEMA_VERSION:
        raise LibraryError(f"{source} was written by a newer learnfeed", hint="Update learnfeed first.")
    return schema


def _fill(source: Path, connection: sqlite3.Connection, lines: Iterable[tuple[int, Any]]) -> None:
    # Only names that the schema itself holds are put into SQL.
    known = {name: frozenset(columns) for name, columns in tables(connection).items()}
    rows = (_row(source, number, line, known) for number, line in lines)
    for (table, columns), group in groupby(rows, key=lambda row: row[1]):
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        while batch := list(islice(group, _BATCH)):
            try:
                connection.executemany(sql, [values for _, _, values in batch])
            except (sqlite3.Error, OverflowError) as error:
                raise _wrong(source, batch[0][0], f"this or one of the next {len(batch)}: {error}") from error


def _row(
    source: Path, number: int, line: object, known: dict[str, frozenset[str]]
) -> tuple[int, tuple[str, tuple[str, ...]], list[object]]:
    table, row = next(iter(line.items())) if isinstance(line, dict) and len(line) == 1 else ("", None)
    if table not in known or not isinstance(row, dict) or not row or not row.keys() <= known[table]:
        raise _wrong(source, number, "no row of a library")
    return number, (table, tuple(row)), [_value(source, number, table, value) for value in row.values()]


def _value(source: Path, number: int, table: str, value: object) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    inner = value.get("packed") if isinstance(value, dict) else None
    try:
        packed = pack(inner)
        if table == "post_data":
            post_from_json(inner or {})
        elif table == "annotation":
            annotation_from_bytes(packed)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise _wrong(source, number, f"not what {table} holds") from error
    return packed


def _wrong(source: Path, number: int, what: str) -> LibraryError:
    return LibraryError(f"{source}:{number}: {what}", hint="Choose another copy; nothing has changed.")
