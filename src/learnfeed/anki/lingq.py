"""Words as LingQ takes them: CSV with the columns of its own vocabulary export.

The term, the sentence it was met in, up to four tags and two meanings, each with its language.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from learnfeed.anki.tables import safe_cell
from learnfeed.core.note import DeckSpec, Note, WordNote

MAX_TAGS = 4
LANGUAGE = "en"

COLUMNS = (
    "term",
    "phrase",
    *(f"tag{number}" for number in range(1, MAX_TAGS + 1)),
    "meaninglanguage1",
    "meaning1",
    "meaninglanguage2",
    "meaning2",
)


def lingq(_spec: DeckSpec, notes: Iterable[Note]) -> Iterator[str]:
    """The lines of a word list: a heading, then a row for each word. Posts are passed over.

    There is no byte order mark: it would become part of the first column's name.
    """
    words = (note for note in notes if isinstance(note, WordNote))
    for number, note in enumerate(words):
        if number == 0:
            yield _line(COLUMNS)
        yield _line([safe_cell(cell) for cell in _cells(note)])


def _cells(note: WordNote) -> tuple[str, ...]:
    other = "; ".join(note.other_glosses)
    return (
        note.headword,
        note.sentence_text,
        *_tags(note),
        *_meaning(note.gloss),
        *_meaning(other),
    )


def _tags(note: WordNote) -> tuple[str, ...]:
    """The level first, for LingQ has no column for it; then the post's tags, empty cells at the end."""
    kept = [*dict.fromkeys(filter(None, (note.level, *note.tags)))][:MAX_TAGS]
    return (*kept, *("",) * (MAX_TAGS - len(kept)))


def _meaning(text: str) -> tuple[str, str]:
    return (LANGUAGE, text) if text else ("", "")


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(cells)
    return out.getvalue()
