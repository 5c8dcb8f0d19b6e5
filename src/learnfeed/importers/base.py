"""The Importer protocol: what a file format must answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from learnfeed.core.post import Comment, Post

if TYPE_CHECKING:
    from learnfeed.importers.source import Source


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was skipped or could not be understood; shown, never swallowed.

    Attributes:
        file: The file as the person named it, or ``archive.zip:member``.
        place: ``line 3``, ``record 2``, ``byte 1520``; empty for the whole file.
        reason: What is wrong.
        hint: What to do next.
    """

    file: str
    place: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LooseComment:
    """A comment from a file that holds comments only; it belongs to a post of another file.

    Attributes:
        platform, native_id: Which post it is under.
        comment: The comment.
    """

    platform: str
    native_id: str
    comment: Comment


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word that the learner brings from elsewhere.

    Attributes:
        headword: As the file writes it.
        known: True when it is known, False when it is being learned.
        place: Line or row.
    """

    headword: str
    known: bool = True
    place: str = ""


Item = Post | LooseComment | KnownWord | Problem


@dataclass(frozen=True, slots=True)
class Probe:
    """What an importer sees of a file before it is read.

    Attributes:
        name: File name (no directory), as a hint only.
        path: Path relative to the folder that was named, for layouts that carry meaning.
        head: The first bytes, at most 64 KiB.
        text: The head decoded; empty when it is not text.
        members: Names of the members, when it is a zip file.
        tables: Real tables (no views, no virtual ones) with their columns, when it is an SQLite file.
    """

    name: str
    path: PurePosixPath
    head: bytes
    text: str
    members: tuple[str, ...] = ()
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Importer(Protocol):
    """A file format."""

    name: str
    """The format's name, as ``--format`` takes it: ``mediacrawler``, ``plain-text`` …"""

    label: str
    """The format's name for people."""

    def sniff(self, probe: Probe) -> float:
        """How certain it is, 0–1, that the file is of this format."""
        ...

    def read(self, source: Source) -> Iterator[Item]:
        """Yields posts, comments, words and problems, lazily.

        Raises:
            SourceError: The file as a whole can't be read.
        """
        ...
