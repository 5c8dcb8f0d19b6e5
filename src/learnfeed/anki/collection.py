"""Opens what Anki keeps or exports, for reading: ``.apkg``, ``.colpkg`` and a collection in use.

Works on a copy, so that nothing of Anki's is ever locked or written. A package may hold its database
in three forms; the newest counts, for next to it stands an old one that only says "please update"
(rslib/src/import_export/package/meta.rs).
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from learnfeed.core.errors import DamagedError, LimitError, SourceError, UnreadableError

SIZE_LIMIT = 4 << 30
"""Bytes of an unpacked database."""
ATTEMPTS = 5
"""Copies of a collection in use, before it counts as too busy."""
PAUSE = 0.3
"""Seconds between them."""

_ZSTD, _PLAIN = "collection.anki21b", ("collection.anki21", "collection.anki2")
_NEWEST = b"\x08\x03"
"""Of a package's ``meta``: its version is 3, so that the database is the one packed with zstd."""
_CHUNK = 1 << 20
_TABLES = ("col", "notes", "cards", "revlog")


@contextmanager
def open_collection(path: Path, pause: Callable[[float], None] = time.sleep) -> Iterator[sqlite3.Connection]:
    """Opens a copy of a collection; the copy goes when the block ends.

    Args:
        path: A package, a ``collection.anki2``, or the profile folder that holds one.
        pause: Waits some seconds, before a collection in use is copied once more.

    Raises:
        UnreadableError: It is missing, or Anki is writing to it all the time.
        DamagedError: It is no collection, or a broken one.
        LimitError: It is larger than :data:`SIZE_LIMIT`.
    """
    source = path
    try:
        source = path / "collection.anki2" if path.is_dir() else path
        with tempfile.TemporaryDirectory(prefix="learnfeed-") as folder:
            copy = Path(folder, "collection.db")
            if zipfile.is_zipfile(source):
                _unpack(source, copy)
            else:
                _copy_live(source, copy, pause)
            with closing(_connect(copy)) as connection:
                _check(connection, source)
                yield connection
    except OSError as error:
        raise UnreadableError(
            f"{source} can't be read: {error.strerror or error}", hint="Check the path and its permissions."
        ) from error
    except sqlite3.Error as error:
        raise DamagedError(
            f"{source} is damaged: {error}", hint="In Anki choose Tools → Check Database, then export again."
        ) from error


def _unpack(source: Path, copy: Path) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            names = set(archive.namelist())
            if _ZSTD in names:
                with archive.open(_ZSTD) as packed:
                    _unpack_zstd(packed, copy, source)
                return
            name = next((name for name in _PLAIN if name in names), None)
            if name is None:
                raise DamagedError(
                    f"{source} is no Anki package",
                    hint="Export one in Anki: File → Export, .apkg or .colpkg.",
                )
            if _says_newest(archive, names):
                raise DamagedError(
                    f"{source} holds no cards, only a note that says to update Anki",
                    hint="Export it again in Anki: File → Export, .apkg or .colpkg.",
                )
            with archive.open(name) as plain:
                _pour(plain, copy, source)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise DamagedError(f"{source} is a damaged archive: {error}", hint="Export it again.") from error


def _says_newest(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "meta" not in names:
        return False
    with archive.open("meta") as meta:
        return meta.read(len(_NEWEST)) == _NEWEST


def _unpack_zstd(packed: IO[bytes], copy: Path, source: Path) -> None:
    try:
        import zstandard
    except ImportError as error:
        raise SourceError(
            f"{source} is in Anki's new format",
            hint='Export it with "Support older Anki versions" ticked, or install the package zstandard.',
        ) from error
    try:
        with zstandard.ZstdDecompressor().stream_reader(packed) as plain:
            _pour(plain, copy, source)
    except zstandard.ZstdError as error:
        raise DamagedError(f"{source} is a damaged archive: {error}", hint="Export it again.") from error


def _pour(plain: IO[bytes], copy: Path, source: Path) -> None:
    size = 0
    with copy.open("wb") as out:
        while chunk := plain.read(_CHUNK):
            size += len(chunk)
            if size > SIZE_LIMIT:
                raise LimitError(f"{source} unpacks to more than {SIZE_LIMIT >> 30} GiB")
            out.write(chunk)


def _copy_live(source: Path, copy: Path, pause: Callable[[float], None]) -> None:
    """Copies a database with its write-ahead log, again while Anki writes in between."""
    log, log_copy = source.with_name(f"{source.name}-wal"), copy.with_name(f"{copy.name}-wal")
    for attempt in range(ATTEMPTS):
        if attempt:
            pause(PAUSE)
        before = _state(source), _state(log)
        shutil.copyfile(source, copy)
        log_copy.unlink(missing_ok=True)
        if before[1] is not None:
            shutil.copyfile(log, log_copy)
        if before == (_state(source), _state(log)):
            return
    raise UnreadableError(
        f"{source} is being written to", hint="Close Anki or let it finish, then try again."
    )


def _state(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size


def _connect(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.create_collation("unicase", _unicase)
    return connection


def _check(connection: sqlite3.Connection, source: Path) -> None:
    # The file is someone's: no function or view of its schema runs, and nothing is written.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not found.issuperset(_TABLES):
        raise DamagedError(
            f"{source} is no Anki collection", hint="Name a .apkg, .colpkg or collection.anki2."
        )
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def _unicase(left: str, right: str) -> int:
    a, b = left.casefold(), right.casefold()
    return (a > b) - (a < b)
