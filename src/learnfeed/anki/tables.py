"""CSV and TSV with the header lines of Anki's text import (Anki manual, "Text Files: File Headers")."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from learnfeed.anki import markup
from learnfeed.core.note import DeckSpec, Note, WordNote
from learnfeed.core.pinyin import word_with_marks

COMMA, TAB = ",", "\t"
_NAMES = {COMMA: "Comma", TAB: "Tab"}
_BOM = "\ufeff"

COLUMNS = (
    "Hanzi",
    "Traditional",
    "Pinyin",
    "Pinyin numbers",
    "Meaning",
    "Other meanings",
    "Sentence",
    "English",
    "Level",
    "Source",
    "Address",
    "Attribution",
    "Tags",
)

# Spreadsheets run cells that begin so (OWASP, "CSV Injection"), full-width forms included; a line that
# begins with # is a comment to Anki.
_ACTIVE = tuple("=+-@#|%＝＋－＠")


def table(spec: DeckSpec, notes: Iterable[Note], *, separator: str) -> Iterator[str]:
    """The lines of a table: header lines, then a row for each word. Posts are passed over.

    The byte order mark at the start of a comma table makes spreadsheets read it as UTF-8; Anki
    skips it.
    """
    words = (note for note in notes if isinstance(note, WordNote))
    for number, note in enumerate(words):
        if number == 0:
            yield from _head(spec, separator)
        yield _line(map(safe_cell, _cells(note)), separator)


def _head(spec: DeckSpec, separator: str) -> Iterator[str]:
    yield f"{_BOM if separator == COMMA else ''}#separator:{_NAMES[separator]}\n"
    yield "#html:false\n"
    yield f"#deck:{markup.deck_name(spec.name)}\n"
    yield f"#tags column:{len(COLUMNS)}\n"
    yield f"#columns:{separator.join(COLUMNS)}\n"


def _cells(note: WordNote) -> tuple[str, ...]:
    syllables = tuple(filter(None, note.syllables))
    return (
        note.headword,
        note.traditional,
        word_with_marks(syllables),
        " ".join(syllables),
        note.gloss,
        "; ".join(note.other_glosses),
        note.sentence_text,
        note.english,
        note.level,
        " · ".join(filter(None, (note.source.title, note.source.author, note.source.date))),
        note.source.url,
        note.attribution,
        " ".join(dict.fromkeys(filter(None, map(markup.tag, note.tags)))),
    )


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula: one that could be begins with an apostrophe."""
    cell = " ".join(markup.clean(text).split("\n"))
    return f"'{cell}" if cell.startswith(_ACTIVE) else cell


def _line(cells: Iterable[str], separator: str) -> str:
    out = io.StringIO()
    # A comma table quotes every cell: a quoted line is never a comment.
    if separator == COMMA:
        csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(cells)
    else:
        csv.writer(out, delimiter=separator, lineterminator="\n").writerow(cells)
    return out.getvalue()
