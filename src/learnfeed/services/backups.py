"""Backups: the whole library in one file, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from learnfeed.config import Places
from learnfeed.store.backup import Preview, check, copy_to, put_back, summary
from learnfeed.store.database import Database

KEPT = 7
"""Backups of the library's own that are kept; older ones are removed."""


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
            file: Where to; the library's own folder when None.

        Raises:
            LibraryError: It can't be written.
        """
        if file is not None:
            copy_to(self.database, file)
            return file
        target = self.folder / f"library-{self.clock():%Y%m%d-%H%M%S}.sqlite"
        copy_to(self.database, target)
        for old in sorted(self.folder.glob("library-*.sqlite"))[:-KEPT]:
            old.unlink()
        return target

    def preview(self, file: Path | None) -> Preview:
        """What a backup holds; the library itself when None.

        Raises:
            LibraryError: It is no backup of a library.
        """
        return summary(file or self.database.path)

    def restore(self, file: Path) -> Path:
        """Puts a backup in the library's place; gives back where the library as it was is kept.

        Raises:
            LibraryError: The file is no backup, or is damaged; nothing has changed then.
        """
        self.preview(file)
        before = self.make()
        put_back(self.database, file)
        return before

    def check(self) -> str:
        """``ok``, or what SQLite finds wrong with the library."""
        return check(self.database)
