"""What a file is by its first bytes: to name what can't be imported, and to tell pictures from videos."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from learnfeed.core.errors import SourceError
from learnfeed.core.post import MediaKind
from learnfeed.importers.base import Probe
from learnfeed.importers.records import looks_like_json
from learnfeed.importers.source import open_regular

_MEDIA = (
    (b"\x89PNG\r\n\x1a\n", MediaKind.IMAGE),
    (b"\xff\xd8\xff", MediaKind.IMAGE),
    (b"GIF87a", MediaKind.IMAGE),
    (b"GIF89a", MediaKind.IMAGE),
    (b"BM", MediaKind.IMAGE),
    (b"II*\0", MediaKind.IMAGE),
    (b"MM\0*", MediaKind.IMAGE),
    (b"\x1aE\xdf\xa3", MediaKind.VIDEO),
    (b"FLV\x01", MediaKind.VIDEO),
    (b"ID3", MediaKind.AUDIO),
    (b"OggS", MediaKind.AUDIO),
    (b"fLaC", MediaKind.AUDIO),
    (b"\xff\xfb", MediaKind.AUDIO),
    (b"\xff\xf3", MediaKind.AUDIO),
)
_RIFF = {b"WEBP": MediaKind.IMAGE, b"AVI ": MediaKind.VIDEO, b"WAVE": MediaKind.AUDIO}
_NAMES = {MediaKind.IMAGE: "an image", MediaKind.VIDEO: "a video", MediaKind.AUDIO: "a sound file"}
_OTHERS = (
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\0", "an SQLite database whose tables and columns no importer knows"),
    (b"PK", "a zip file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
)

_FOREIGN = (b"%PDF-", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"{\\rtf")


_CLAIMED = {
    **dict.fromkeys((".db", ".sqlite", ".sqlite3", ".anki2", ".anki21"), "a database"),
    **dict.fromkeys((".zip", ".apkg", ".colpkg", ".xlsx"), "a zip file"),
}


def false_claim(probe: Probe) -> str:
    """What a file of readable text claims to be by its name, such as ``a database``; empty where it claims nothing."""
    return _CLAIMED.get(PurePosixPath(probe.name.lower()).suffix, "") if probe.text else ""


def media_kind(head: bytes) -> MediaKind | None:
    """Whether bytes begin a picture, a video or a sound; None for anything else."""
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _ftyp(head[8:12])
    if head.startswith(b"BM") and (len(head) < 14 or head[6:10] != b"\0\0\0\0"):
        return None
    if head.startswith(b"ID3") and head[3:4] > b"\x0f":
        return None
    return next((kind for mark, kind in _MEDIA if head.startswith(mark)), None)


def kind_of_file(path: Path) -> MediaKind | None:
    """What a file beside a post is; None when it is no picture, video or sound, or can't be read."""
    try:
        with open_regular(path) as file:
            return media_kind(file.read(64))
    except (SourceError, OSError):
        return None


def is_foreign(head: bytes) -> bool:
    """Whether bytes begin a kind of file that holds no text for us, even if they happen to be printable."""
    return media_kind(head) is not None or head.startswith(_FOREIGN)


def _ftyp(brand: bytes) -> MediaKind:
    """ISO base media: still pictures and sounds have brands of their own."""
    if brand in (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"):
        return MediaKind.IMAGE
    return MediaKind.AUDIO if brand == b"M4A " else MediaKind.VIDEO


def what_is(probe: Probe) -> str:
    """What a file is that no importer reads, as a message says it."""
    if not probe.head:
        return "the file is empty"
    kind = media_kind(probe.head)
    if kind:
        return f"is {_NAMES[kind]}; there is no text in it"
    other = next((words for mark, words in _OTHERS if probe.head.startswith(mark)), "")
    if other:
        return f"is {other}"
    if not probe.text:
        return "is no text file of a known kind"
    if claimed := false_claim(probe):
        return f"is named like {claimed}, but is none"
    if not probe.text.strip("\ufeff\0 \t\r\n\u3000\xa0\u200b"):
        return "there is no text in it, only blanks"
    start = probe.text.lstrip()[:200].lower()
    if start.startswith("<?xml"):
        return "is an XML file no importer knows"
    if looks_like_json(probe.text):
        return "is a JSON file whose members no importer knows"
    return "its format is not known"
