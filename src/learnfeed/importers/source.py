"""Safe opening: what an importer may read of a file, and how far.

Only regular files are opened, never a FIFO, a device or a link that leads nowhere or in circles; sizes
are bounded by :mod:`learnfeed.importers.limits`; text is decoded by :mod:`learnfeed.importers.decoding`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from learnfeed.core.errors import SourceError, UnreadableError
from learnfeed.importers import decoding, limits
from learnfeed.importers.base import Probe, Problem
from learnfeed.importers.text import clean_line

_CHUNK = 1 << 18
_SAMPLE = 1 << 20
_NOT_PLAIN = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff]')
_PACKED = (b"PK\x03\x04", b"PK\x05\x06")
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import.

    Attributes:
        name: As the person named it, or ``archive.zip:member``; cleaned, for messages.
        path: Where it is on this machine.
        relative: Its path inside the folder or archive that was named.
        companions: Files that belong to it, such as the other language of a pair of captions.
        temporary: Whether it lies in an unpacked archive, which is deleted after it was read.
        notes: What was found wrong while reading; the registry hands it on.
    """

    name: str
    path: Path
    relative: PurePosixPath
    companions: tuple[Path, ...] = ()
    temporary: bool = False
    notes: list[Problem] = field(default_factory=list, compare=False)

    @classmethod
    def at(cls, path: Path, name: str = "", **more: object) -> Source:
        """A source for a path, shown under its own name unless another is given."""
        relative = more.pop("relative", PurePosixPath(path.name))
        return cls(name or shown(path), path, relative, **more)  # type: ignore[arg-type]

    def problem(self, reason: str, place: str = "", hint: str = "") -> Problem:
        """A Problem of this file."""
        return Problem(self.name, place, clean_line(reason), hint)

    def note(self, reason: str, place: str = "", hint: str = "") -> None:
        """Keeps a Problem of this file for the report."""
        self.notes.append(self.problem(reason, place, hint))

    def open(self) -> BinaryIO:
        """The file, opened for reading.

        Raises:
            UnreadableError: It is missing, no regular file, or not ours to read.
            LimitError: It is larger than FILE_BYTES.
        """
        return open_regular(self.path, self.name)

    def head(self) -> bytes:
        """The first bytes, at most 64 KiB."""
        with self.open() as file:
            return file.read(limits.HEAD_BYTES)

    def data(self, limit: limits.Limit = limits.TEXT_BYTES) -> bytes:
        """All bytes.

        Raises:
            LimitError: There are more than the limit allows.
        """
        with self.open() as file:
            data = file.read(limit.value + 1)
        limit.check(len(data), self.name)
        return data

    def sha256(self) -> str:
        """SHA-256 of the bytes, 64 hex digits."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The bytes, in pieces of 256 KiB."""
        with self.open() as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def encoding(self) -> str:
        """The encoding, from the first MiB."""
        with self.open() as file:
            sample = file.read(_SAMPLE)
        return decoding.detect(sample)

    def text(self, limit: limits.Limit = limits.TEXT_BYTES) -> str:
        r"""The whole text, decoded but not cleaned; damaged lines are noted."""
        data = self.data(limit)
        text, damaged = decoding.decode(data, decoding.detect(data[:_SAMPLE]))
        self._note_damage(damaged)
        return text

    def stream(self) -> Iterator[str]:
        """The text in pieces, decoded but not cleaned, for files of any size."""
        return decoding.decode_stream(self.chunks(), self.encoding())

    def lines(self) -> Iterator[tuple[int, str]]:
        r"""Numbers (from 1) and lines, one at a time, without their ends; damaged ones are noted.

        Only ``\r\n``, ``\r`` and ``\n`` end a line.
        """
        encoding = self.encoding()
        if encoding.startswith(("utf-16", "utf-32")):
            yield from enumerate(_text_lines(self.stream(), self.name), 1)
            return
        damaged: list[int] = []
        for number, raw in enumerate(_raw_lines(self.chunks(), self.name), 1):
            line, broken = decoding.decode_line(
                raw[decoding.mark_length(raw, encoding) :] if number == 1 else raw, encoding
            )
            if broken and len(damaged) < 20:
                damaged.append(number)
            yield number, line
        self._note_damage(damaged)

    def _note_damage(self, damaged: list[int]) -> None:
        for number in damaged[:20]:
            self.note("characters that no known encoding explains", f"line {number}", "save it as UTF-8")

    def probe(self) -> Probe:
        """What importers see of the file before it is read.

        Raises:
            UnreadableError: See :meth:`open`.
        """
        head = self.head()
        binary = decoding.is_binary(head)
        text = "" if binary else _head_text(head)
        members = _member_names(self) if head.startswith(_PACKED) else ()
        tables: dict[str, tuple[str, ...]] = {}
        if head.startswith(_SQLITE):
            from learnfeed.importers.databases import table_columns

            tables = table_columns(self)
        elif "xl/workbook.xml" in members:
            from learnfeed.importers.xlsx import sheet_columns

            tables = sheet_columns(self)
        return Probe(self.path.name, self.relative, head, text, members, tables)

    def beside(self, *parts: str) -> Path | None:
        """A regular file near this one, named by plain names only.

        Args:
            parts: Folder and file names; ``..`` may only be the first.

        Returns:
            Its path; None when it is not there, is a link, or a part is no plain name.
        """
        if any(not is_plain_name(p) for p in parts if p != "..") or ".." in parts[1:]:
            return None
        path = self.path.parent.joinpath(*parts)
        try:
            return path.resolve() if path.is_file() and not path.is_symlink() else None
        except OSError:  # the name is too long for this file system
            return None


def shown(path: Path | str) -> str:
    """A path as it may stand in a message: no control characters, no undecodable bytes."""
    return clean_line(os.fsencode(path).decode("utf-8", "replace"))


def is_plain_name(name: str) -> bool:
    """Whether a name from a file may be part of a path: no separators, no dots alone, not too long."""
    return 0 < len(name) <= 200 and name.strip(". ") != "" and _NOT_PLAIN.search(name) is None


def open_regular(path: Path, name: str = "") -> BinaryIO:
    """Opens a regular file for reading.

    A FIFO would block for ever and a device may do anything, so the kind is asked before opening and
    once more of what was opened.

    Raises:
        UnreadableError: Missing, no regular file, links in circles, or no permission.
        LimitError: Larger than FILE_BYTES.
    """
    name = name or shown(path)
    try:
        _require_regular(path.stat().st_mode, name)
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(error, name) from error
    try:
        status = os.fstat(file.fileno())
        _require_regular(status.st_mode, name)
        limits.FILE_BYTES.check(status.st_size, name)
    except SourceError:
        file.close()
        raise
    return file


def _require_regular(mode: int, name: str) -> None:
    if stat.S_ISREG(mode):
        return
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    kind = next((word for test, word in kinds if test(mode)), "no regular file")
    raise UnreadableError(f"{name}: is {kind}, not a file", hint="name a file; pipe text in with: import -")


def _unreadable(error: OSError | ValueError, name: str) -> UnreadableError:
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, FileNotFoundError):
        return UnreadableError(f"{name}: there is no such file", hint="check the spelling of its path")
    if number == errno.ELOOP:
        return UnreadableError(f"{name}: the link leads in a circle", hint="name the file itself")
    if isinstance(error, PermissionError):
        return UnreadableError(f"{name}: no permission to read it", hint="change its permissions, or copy it")
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return UnreadableError(f"{name}: can't be read: {reason}", hint="check the disk and the path")


def _head_text(head: bytes) -> str:
    encoding = decoding.detect(head)
    text, _ = decoding.decode(head, encoding)
    if len(head) == limits.HEAD_BYTES:
        text = text.rstrip("\ufffd")
    return text


def _member_names(source: Source) -> tuple[str, ...]:
    import zipfile

    try:
        with source.open() as file, zipfile.ZipFile(file) as packed:
            return tuple(packed.namelist()[:1000])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, struct.error):
        return ()


def _raw_lines(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        rest += chunk
        # A \r at the very end may be half of a \r\n: it waits for the next chunk.
        held = rest.endswith(b"\r")
        body = rest[:-1] if held else rest
        lines = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        yield from lines[:-1]
        rest = lines[-1] + (b"\r" if held else b"")
        limits.LINE_BYTES.check(len(rest), name)
    if rest:
        yield from rest.replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")


def _text_lines(chunks: Iterator[str], name: str) -> Iterator[str]:
    for raw in _raw_lines((c.encode("utf-8", "surrogatepass") for c in chunks), name):
        yield raw.decode("utf-8", "surrogatepass")
