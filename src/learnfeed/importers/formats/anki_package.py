"""Words from an Anki package or collection (``.apkg``, ``.colpkg``): which cards are known, which are not.

Of the databases in a package the newest counts: ``collection.anki21b`` (zstd), then ``.anki21``, then
``.anki2``. Beside a 21b the ``.anki2`` is a stub whose one note asks to update Anki: it is no word.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from learnfeed.core.errors import DamagedError, SourceError
from learnfeed.importers import limits
from learnfeed.importers.archives import BROKEN
from learnfeed.importers.base import Item, KnownWord, Probe
from learnfeed.importers.databases import table_columns, table_records
from learnfeed.importers.formats.word_lists import field_word
from learnfeed.importers.records import Record
from learnfeed.importers.source import Source

_NEWEST = "collection.anki21b"
_PLAIN = ("collection.anki21", "collection.anki2")
_STUB = "Please update to the latest Anki version"
_MATURE_DAYS = 21
_MOST_DAYS = 100_000
_STABILITY = re.compile(r'"s"\s*:\s*(\d{1,6}(?:\.\d{1,9})?)\b')
_CHUNK = 1 << 18
_AGAIN = "export it from Anki again"


class AnkiPackage:
    """Anki's packages."""

    name = "anki-package"
    label = "Anki package"

    def sniff(self, probe: Probe) -> float:
        """Sure by the names inside."""
        return 0.98 if any(name in probe.members for name in (_NEWEST, *_PLAIN)) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the word of each note: known when a card's interval or its FSRS stability is 21 days or more."""
        with TemporaryDirectory(prefix="learnfeed-") as folder:
            path = Path(folder) / "collection.sqlite"
            _extract(source, path)
            yield from _words(source, Source.at(path, source.name))


def _extract(source: Source, path: Path) -> None:
    """Writes the newest database of a package to a path."""
    file_size = max(1, source.path.stat().st_size)
    try:
        with source.open() as file, zipfile.ZipFile(file) as packed:
            names = packed.namelist()
            name = next(name for name in (_NEWEST, *_PLAIN) if name in names)
            size = 0
            with packed.open(name) as member, path.open("wb") as out:
                for chunk in (
                    _unzstd(member, source) if name == _NEWEST else iter(lambda: member.read(_CHUNK), b"")
                ):
                    size += len(chunk)
                    limits.ARCHIVE_BYTES.check(size, source.name)
                    if size > limits.RATIO_FROM_BYTES:
                        limits.ARCHIVE_RATIO.check(size // file_size, source.name)
                    out.write(chunk)
    except SourceError:
        raise
    except (*BROKEN, OSError, RuntimeError, StopIteration) as error:
        raise DamagedError(f"{source.name}: not a complete package", hint=_AGAIN) from error


def _unzstd(member: IO[bytes], source: Source) -> Iterator[bytes]:
    try:
        import zstandard
    except ImportError as error:
        reason = "is packed in a way this installation can't read"
        hint = 'export it with "Support older Anki versions", or install the package zstandard'
        raise DamagedError(f"{source.name}: {reason}", hint=hint) from error
    stream = zstandard.ZstdDecompressor().stream_reader(member)
    try:
        while chunk := stream.read(_CHUNK):
            yield chunk
    except zstandard.ZstdError as error:
        raise DamagedError(f"{source.name}: its collection is damaged", hint=_AGAIN) from error


def _days(card: Record) -> float:
    """For how many days a card is remembered: its interval, or its stability where FSRS keeps one (``data.s``).

    Who asks FSRS for more than 90 % sees well-known cards more often than every three weeks.
    """
    days, data = card.get("ivl"), card.get("data")
    interval = float(days) if isinstance(days, int) and abs(days) < _MOST_DAYS else 0.0
    match = _STABILITY.search(data[:2000]) if isinstance(data, str) else None
    return max(interval, float(match.group(1)) if match else 0.0)


def _words(source: Source, database: Source) -> Iterator[Item]:
    tables = table_columns(database)
    if not {"id", "flds"} <= set(tables.get("notes", ())) or "ivl" not in tables.get("cards", ()):
        raise DamagedError(f"{source.name}: its database is no Anki collection", hint=_AGAIN)
    longest: dict[object, float] = {}
    for _, card in table_records(database, "cards"):
        longest[card.get("nid")] = max(longest.get(card.get("nid"), 0), _days(card))
    for place, note in table_records(database, "notes"):
        raw = note.get("flds")
        fields = raw.split("\x1f") if isinstance(raw, str) else []
        if fields and _STUB in fields[0]:
            yield source.problem("holds only the note that asks to update Anki", hint=_AGAIN)
            continue
        word = next((found for field in fields if (found := field_word(field))), "")
        if word:
            yield KnownWord(word, longest.get(note.get("id"), 0) >= _MATURE_DAYS, place)
        else:
            yield source.problem("no field of this note is one Chinese word", place)
