"""What a learner changed in our notes in Anki: their fields as they stand there, held against ours.

Fields are compared as people see them: Anki's editor writes the same text in other HTML, which is no
edit. A reading stands in brackets behind its characters, so that a mended pinyin shows.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from learnfeed.anki.collection import open_collection
from learnfeed.anki.fields import reading_fields, word_fields
from learnfeed.anki.notetype import READING, SLUGS, WORD, NoteType, note_type
from learnfeed.core.note import Note, WordNote

EDITABLE: Mapping[str, tuple[str, ...]] = {
    WORD: (
        *("Hanzi", "Traditional", "Pinyin", "Pinyin numbers", "Meaning", "Other meanings"),
        *("Ruby", "Sentence", "Sentence ruby", "English"),
    ),
    READING: ("Title", "Title ruby", "Title English", "Text", "Text ruby", "Comments"),
}
"""Fields whose text a learner may mend, by note type. The rest is ours alone, or follows from these."""

LONGEST = 200_000
"""Characters of a field that are looked at."""

_LATEST = 10**10
_NOTES = """
SELECT CAST(guid AS TEXT), CAST(COALESCE(mod, 0) AS INTEGER), CAST(flds AS TEXT)
FROM notes WHERE mid = ? AND guid IS NOT NULL ORDER BY id
"""
_BREAKS = frozenset({"br", "div", "p", "li", "summary", "details"})


@dataclass(frozen=True, slots=True)
class NoteInAnki:
    """A note of ours as it stands in Anki.

    Attributes:
        guid: Of the note.
        kind: Its note type, :data:`learnfeed.anki.notetype.WORD` or ``READING``.
        changed: Unix seconds when it last changed there. That of our last export
            (:attr:`learnfeed.store.notes.NoteContent.changed_at`) while no one touched it.
        fields: HTML by the names of the fields.
    """

    guid: str
    kind: str
    changed: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A field that says something else in Anki than here.

    Attributes:
        guid: Of the note.
        field: Name of the field.
        ours: What it says here, as plain text (see :func:`plain`).
        theirs: What it says in Anki, as plain text; may be empty.
    """

    guid: str
    field: str
    ours: str
    theirs: str


def read_notes(path: Path) -> Iterator[NoteInAnki]:
    """Every note of ours in a package or collection, in the order they were made.

    Raises:
        SourceError: The file can't be read, see :func:`learnfeed.anki.collection.open_collection`.
    """
    with open_collection(path) as connection:
        for slug in SLUGS:
            kind = note_type(slug)
            names = _field_names(connection, kind)
            for guid, changed, fields in connection.execute(_NOTES, (kind.id,)):
                parts = (fields or "").split("\x1f")
                named = dict(zip(names, (part[:LONGEST] for part in parts), strict=False))
                yield NoteInAnki(guid, slug, max(0, min(changed, _LATEST)), named)


def edits(there: NoteInAnki, ours: Note) -> tuple[FieldEdit, ...]:
    """Fields of a note that say something else in Anki than our export of it would.

    A note with the time of our last export was not touched, and differs only because we know better
    by now: leave those out before (:attr:`NoteInAnki.changed`).
    """
    mine = _our_fields(ours)
    pairs = (
        (name, plain(mine[name]), plain(there.fields[name]))
        for name in EDITABLE[there.kind]
        if name in there.fields and mine[name] != there.fields[name]
    )
    return tuple(FieldEdit(there.guid, name, old, new) for name, old, new in pairs if old != new)


def _our_fields(note: Note) -> dict[str, str]:
    if isinstance(note, WordNote):
        values = word_fields(note, note.asked, picture=str, recording=str)
        kind = note_type(WORD)
    else:
        values, kind = reading_fields(note, str), note_type(READING)
    return {field.name: value for field, value in zip(kind.fields, values, strict=True)}


def _field_names(connection: sqlite3.Connection, kind: NoteType) -> list[str]:
    """Names of a note type's fields in their order there, which the learner may have changed."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "fields" in tables:
        rows = connection.execute(
            "SELECT CAST(name AS TEXT) FROM fields WHERE ntid = ? ORDER BY CAST(ord AS INTEGER)", (kind.id,)
        )
        names = [name for (name,) in rows]
    else:
        names = _names_in_json(connection, kind.id)
    return names or [field.name for field in kind.fields]


def _names_in_json(connection: sqlite3.Connection, kind: int) -> list[str]:
    try:
        (models,) = connection.execute("SELECT CAST(models AS TEXT) FROM col").fetchone()
        fields = json.loads(models)[str(kind)]["flds"]
        return [str(field["name"]) for field in sorted(fields, key=lambda field: field["ord"])]
    except (ValueError, KeyError, TypeError):
        return []


# -- comparing -------------------------------------------------------------------------------------


def plain(html: str) -> str:
    """The text of a field, lines apart, readings in brackets: ``<ruby>雪<rt>xuě</rt></ruby>`` → ``雪[xuě]``."""
    if "<" not in html and "&" not in html:
        return _tidy(html)
    reader = _Text()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # html.parser gives up so on a broken "<![": the rest is no markup
        reader.parts.append(html[html.find("<![") :])
    return _tidy("".join(reader.parts))


def _tidy(text: str) -> str:
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return unicodedata.normalize("NFC", "\n".join(filter(None, lines)))


class _Text(HTMLParser):
    """Collects text, and a bracket for each reading. Whatever else a tag does is not seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in ("script", "style"):
            self._unseen += 1
        elif tag == "rt":
            self.parts.append("[")
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._unseen = max(0, self._unseen - 1)
        elif tag == "rt":
            self.parts.append("]")
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)
