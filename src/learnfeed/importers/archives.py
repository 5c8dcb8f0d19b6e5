"""Zip and tar archives: unpacked into a folder of their own, within limits, nothing outside it.

A member that would leave the folder, a link or a device is skipped with a Problem. What a member claims
about its size is checked first, what really comes out of it as it comes.
"""

from __future__ import annotations

import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from learnfeed.core.errors import DamagedError, SourceError
from learnfeed.importers import limits
from learnfeed.importers.base import Probe
from learnfeed.importers.source import Source, is_plain_name
from learnfeed.importers.text import clean_line

_CHUNK = 1 << 18
_OFFICE = ("[Content_Types].xml", "collection.anki2", "collection.anki21", "collection.anki21b")
BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    ValueError,
    NotImplementedError,
)
"""What the standard library raises for damaged archives; an OSError may come of a wrong offset, too."""


def is_archive(probe: Probe) -> bool:
    """Whether a file is a zip or tar that holds files to import (Excel and Anki files are no archives)."""
    if probe.head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return not any(name in probe.members for name in _OFFICE)
    return probe.head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")) or probe.head[257:262] == b"ustar"


@dataclass(slots=True)
class _Budget:
    """What an archive has used of its limits so far."""

    source: Source
    packed: int
    members: int = 0
    bytes: int = 0
    made: list[Path] = field(default_factory=list)

    def member(self) -> None:
        self.members += 1
        limits.ARCHIVE_MEMBERS.check(self.members, self.source.name)

    def spend(self, amount: int) -> None:
        self.bytes += amount
        limits.ARCHIVE_BYTES.check(self.bytes, self.source.name)
        if self.bytes > limits.RATIO_FROM_BYTES:
            limits.ARCHIVE_RATIO.check(self.bytes // max(1, self.packed), self.source.name)


@contextmanager
def _readable(source: Source) -> Iterator[None]:
    try:
        yield
    except SourceError:
        raise
    except BROKEN as error:
        raise DamagedError(
            f"{source.name}: not a complete archive ({clean_line(str(error))})",
            hint="download or export it again",
        ) from error
    except OSError as error:
        reason = f"can't be unpacked: {error.strerror}"
        raise DamagedError(
            f"{source.name}: {reason}", hint="unpack it yourself and import the folder"
        ) from error
    except RuntimeError as error:  # zipfile's word for a member that needs a password
        raise DamagedError(f"{source.name}: it is locked with a password", hint="unpack it first") from error


def unpack(source: Source, target: Path) -> None:
    """Unpacks an archive into an empty folder; skipped members are noted on the source.

    Raises:
        DamagedError: It is cut off, damaged or locked.
        LimitError: It goes past one of the ARCHIVE limits.
    """
    budget = _Budget(source, source.path.stat().st_size)
    with _readable(source), source.open() as file:
        if source.head().startswith(b"PK"):
            with zipfile.ZipFile(file) as archive:
                _unpack_zip(archive, target, budget)
        else:
            with _tar(file) as archive:
                _unpack_tar(archive, target, budget)


def _tar(file: IO[bytes]) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=file, mode="r|*")
    except TypeError as error:  # the standard library's answer to a gzip head that is cut off
        raise EOFError from error


def _unpack_zip(archive: zipfile.ZipFile, target: Path, budget: _Budget) -> None:
    infos = archive.infolist()
    limits.ARCHIVE_MEMBERS.check(len(infos), budget.source.name)
    claimed = sum(info.file_size for info in infos)
    limits.ARCHIVE_BYTES.check(claimed, budget.source.name)
    if claimed > limits.RATIO_FROM_BYTES:
        limits.ARCHIVE_RATIO.check(claimed // max(1, budget.packed), budget.source.name)
    for info in infos:
        budget.member()
        name = _zip_name(info)
        if not info.filename or info.is_dir():
            continue
        if (info.external_attr >> 16) & 0o170000 not in (0, 0o100000):
            _skip(budget, name, "is a link or a device")
            continue
        with archive.open(info) as member:
            _write(member, name, target, budget)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the UTF-8 mark Chinese Windows writes it in GBK, macOS in UTF-8."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _unpack_tar(archive: tarfile.TarFile, target: Path, budget: _Budget) -> None:
    for info in archive:
        budget.member()
        if info.isdir():
            continue
        if not info.isreg():
            _skip(budget, info.name, "is a link or a device")
            continue
        member = archive.extractfile(info)
        if member is not None:
            _write(member, info.name, target, budget)


def _write(member: IO[bytes], name: str, target: Path, budget: _Budget) -> None:
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    if name.startswith(("/", "\\")) or not parts or not all(is_plain_name(part) for part in parts):
        _skip(budget, name, "its name leads outside of the archive")
        return
    if len(parts) > limits.FOLDER_DEPTH.value or sum(len(p.encode()) for p in parts) > 1000:
        _skip(budget, name, limits.FOLDER_DEPTH.sentence)
        return
    path = target.joinpath(*(_short(part) for part in parts))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        out = path.open("xb")
    except (FileExistsError, NotADirectoryError):
        _skip(budget, name, "another member has the same name")
        return
    with out:
        while chunk := member.read(_CHUNK):
            budget.spend(len(chunk))
            out.write(chunk)


def _short(part: str) -> str:
    """A name of at most 240 bytes, as file systems allow; its ending stays."""
    if len(part.encode()) <= 240:
        return part
    stem, dot, ending = part.rpartition(".")
    ending = dot + ending if dot and len(ending) <= 10 else ""
    kept = (stem if ending else part).encode()[: 240 - len(ending.encode())].decode("utf-8", "ignore")
    return kept + ending


def _skip(budget: _Budget, name: str, reason: str) -> None:
    shown = clean_line(name.encode("utf-8", "replace").decode())[:200]
    budget.source.note(f"left out: {reason}", f"member {shown}", "")
