"""Backups: the whole library in one file, and back."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from learnfeed.config import Places
from learnfeed.store.backup import Preview, check, copy_to, done_until, put_back, summary
from learnfeed.store.database import Database
from learnfeed.store.plain import is_plain, read_plain, write_plain

KEPT = 7
"""Backups of the library's own that are kept; older ones are removed."""

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class BackupService:
    """Makes and restores backups.

    Attributes:
        database: The library.
        places: Where it lies.
        clock: The time now.
    """

    database: Database
    places: Places
    clock: Callable[[], datetime]

    @property
    def folder(self) -> Path:
        """Where the library's own backups lie."""
        return self.places.library / "backups"

    def make(self, file: Path | None = None) -> Path:
        """Writes a backup; gives back where.

        Args:
            file: Where to; the library's own folder when None. A name that ends in ``.jsonl`` makes plain text
                that other programs can read, any other a library file.

        Raises:
            LibraryError: It can't be written.
        """
        if file is not None:
            (write_plain if file.suffix == ".jsonl" else copy_to)(self.database, file)
            return file
        target = self._copied()
        self._tidy(target)
        return target

    def _copied(self) -> Path:
        target = self.folder / f"library-{self.clock():%Y%m%d-%H%M%S}.sqlite"
        copy_to(self.database, target)
        return target

    def _tidy(self, made: Path) -> None:
        """Removes what is too old; never the backup just made, whatever the clock says."""
        for old in [kept for kept in self._own() if kept != made][: 1 - KEPT]:
            old.unlink(missing_ok=True)
        for begun in self.folder.glob(".learnfeed-*"):  # left by a process that was killed
            if self.clock().timestamp() - begun.stat().st_mtime > DAY:
                begun.unlink(missing_ok=True)

    def daily(self) -> Path | None:
        """Makes the day's backup if there is none yet and something was done since the last; gives back where.

        Raises:
            LibraryError: It can't be written.
        """
        own = self._own()
        today = f"library-{self.clock():%Y%m%d}-"
        if any(kept.name.startswith(today) for kept in own):
            return None
        done = done_until(self.database.path)
        if done == (0, 0) or (own and done_until(own[-1]) == done):
            return None
        return self.make()

    def _own(self) -> list[Path]:
        return sorted(self.folder.glob("library-*.sqlite"))

    def preview(self, file: Path | None) -> Preview:
        """What a backup holds; the library itself when None.

        Raises:
            LibraryError: It is no backup of a library.
        """
        if file is None:
            return summary(self.database.path)
        with _as_library(file) as library:
            return summary(library)

    def restore(self, file: Path) -> Path:
        """Puts a backup in the library's place; gives back where the library as it was is kept.

        Raises:
            LibraryError: The file is no backup, or is damaged; nothing has changed then.
        """
        with _as_library(file) as library:
            summary(library)
            before = self._copied()
            put_back(self.database, library)
        # Only now: the oldest backup may be the one that was asked for.
        self._tidy(before)
        return before

    def check(self) -> str:
        """``ok``, or what SQLite finds wrong with the library."""
        return check(self.database)


@contextlib.contextmanager
def _as_library(file: Path) -> Iterator[Path]:
    if not is_plain(file):
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="learnfeed-") as folder:
        yield read_plain(file, Path(folder))
