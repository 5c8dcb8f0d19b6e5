"""Watching a folder: which of its files are new or changed, and have stopped growing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from learnfeed.importers.folders import caption_language, walk
from learnfeed.importers.signatures import kind_of_file

UNFINISHED = frozenset((".part", ".crdownload", ".download", ".tmp", ".partial", ".opdownload", ".aria2"))
"""What browsers and download tools call a file that is still coming."""
POLL_SECONDS = 2.0
"""Pause between two looks at a folder."""
FILES_PER_SECOND = 5000
"""A folder of more files is looked at less often: for every so many of them a second more."""

Mark = tuple[int, int, int]
"""Size, time of the last change and inode: a file with the same mark has the same content."""


@dataclass
class FolderWatch:
    """What a watched folder held at the last look, and what of it was handed on.

    Attributes:
        folder: The folder, with its subfolders.
        every: Seconds between two looks.
        seen: Mark of each file at the last look.
        done: Mark under which a file was handed on last.
    """

    folder: Path
    every: float = POLL_SECONDS
    seen: Mapping[Path, Mark] = field(default_factory=dict)
    done: dict[Path, Mark] = field(default_factory=dict)

    def look(self, *, wait: bool = True) -> list[Path]:
        """Files to import now, in order of their names.

        Args:
            wait: Whether a file must have been the same at the look before: one that still grows waits. The
                first look of a watch need not wait, since a file that is cut off now is taken again when it
                has changed.
        """
        now = marks(self.folder)
        ready = {
            path
            for path, mark in now.items()
            if mark[0] and self.done.get(path) != mark and (not wait or self.seen.get(path) == mark)
        }
        self.seen = now
        # What is gone may come again as another file.
        self.done = {path: mark for path, mark in self.done.items() if path in now}
        self.done.update((path, now[path]) for path in ready)
        texts = {path for path in ready if kind_of_file(path) is None}
        return [path for path in now if path in texts or _belongs(path, texts)]

    def again(self, paths: list[Path]) -> None:
        """Hands files on once more at the next look, because the library was busy."""
        for path in paths:
            self.done.pop(path, None)

    @property
    def pause(self) -> float:
        """Seconds until the next look."""
        return self.every + len(self.seen) // FILES_PER_SECOND


def marks(folder: Path) -> dict[Path, Mark]:
    """Every file of a folder that an import would look at, in its order, with its mark."""
    found: dict[Path, Mark] = {}
    for step in walk(folder):
        path = step.source.path if step.source else None
        if path is None or path.suffix.lower() in UNFINISHED:
            continue
        try:
            status = path.stat()
        except OSError:
            continue  # gone since, or not ours to read: the next look will tell
        found[path] = (status.st_size, status.st_mtime_ns, status.st_ino)
    return found


def _belongs(path: Path, ready: set[Path]) -> bool:
    """Whether a file is read together with one that is ready: comments of its posts, the other caption."""
    if "comment" in path.name.lower():
        return any(other.parent == path.parent and other.suffix == path.suffix for other in ready)
    stem, language = caption_language(path.name)
    return bool(language) and any(
        other.parent == path.parent and caption_language(other.name)[0] == stem for other in ready
    )
