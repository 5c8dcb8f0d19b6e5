"""Pictures and recordings of a package: named by their content, listed once."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

MEDIA_LIMIT = 64 << 20
"""Bytes of one file; AnkiWeb takes none above 100 MB, phones dislike far smaller ones."""

_SIGNATURES = (
    (b"\xff\xd8\xff", 0, "jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"GIF8", 0, "gif"),
    (b"WEBP", 8, "webp"),
    (b"ftypavif", 4, "avif"),
    (b"ftyp", 4, "m4a"),
    (b"ID3", 0, "mp3"),
    (b"OggS", 0, "ogg"),
    (b"fLaC", 0, "flac"),
    (b"WAVE", 8, "wav"),
)
PICTURES = frozenset({"jpg", "png", "gif", "webp", "avif"})
RECORDINGS = frozenset({"mp3", "m4a", "ogg", "flac", "wav"})


def media_type(head: bytes) -> str:
    """The file name ending that a file's first bytes call for; empty for what Anki can't show or play.

    The name a file came with is not believed.
    """
    for mark, at, ending in _SIGNATURES:
        if head[at : at + len(mark)] == mark:
            return ending
    # An MPEG audio frame without a tag before it: eleven set bits, layer III.
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "mp3"
    return ""


class MediaShelf:
    """The media files of one package.

    Attributes:
        files: Paths by the name they have in the package, in order of first use.
        skipped: Paths that could not be used, each once.
    """

    def __init__(self) -> None:
        self.files: dict[str, Path] = {}
        self.skipped: dict[str, None] = {}
        self._names: dict[str, str] = {}

    def picture(self, path: str) -> str:
        """The package's name of a picture; empty (and noted as skipped) when it can't be used."""
        return self._name(path, PICTURES)

    def recording(self, path: str) -> str:
        """The package's name of a recording; empty (and noted as skipped) when it can't be used."""
        return self._name(path, RECORDINGS)

    def _name(self, path: str, endings: frozenset[str]) -> str:
        if path not in self._names:
            self._names[path] = self._add(Path(path))
        name = self._names[path]
        if name.rpartition(".")[2] in endings:
            self.files.setdefault(name, Path(path))
            return name
        self.skipped[path] = None
        return ""

    def _add(self, path: Path) -> str:
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > MEDIA_LIMIT:
                return ""
            with path.open("rb") as file:
                ending = media_type(file.read(16))
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest() if ending else ""
        except (OSError, ValueError):
            return ""  # reported by the caller as skipped: a deck without one picture is still a deck
        return f"lf_{digest[:20]}.{ending}" if ending else ""
