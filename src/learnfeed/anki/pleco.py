"""Pleco's flashcard text: ``simplified[traditional] TAB pinyin TAB definition`` in UTF-8.

Categories are lines that begin with ``//``; within a definition U+EAB1 is a line break (Pleco manual,
"Flashcards: Import").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from learnfeed.anki import markup
from learnfeed.anki.fields import typed_pinyin
from learnfeed.core.note import DeckSpec, Note, WordNote

_BREAK = "\ueab1"
_OWN_MARKS = str.maketrans({"[": "［", "]": "］", "/": "／"})


def pleco(spec: DeckSpec, notes: Iterable[Note]) -> Iterator[str]:
    """The lines of a flashcard file, a category for the deck and, with subdecks, for each level."""
    category = ""
    for note in notes:
        if not isinstance(note, WordNote):
            continue
        wanted = _category(spec, note)
        if wanted != category:
            category = wanted
            yield f"{category}\n"
        pinyin = _plain(typed_pinyin(tuple(filter(None, note.syllables))))
        yield f"{_head(note)}\t{pinyin}\t{_definition(note)}\n"


def _category(spec: DeckSpec, note: WordNote) -> str:
    parts = [part.translate(_OWN_MARKS) for part in markup.deck_name(spec.name).split("::")]
    if spec.subdecks:
        parts.append(_plain(note.level).translate(_OWN_MARKS) or "Outside HSK")
    return "//" + "/".join(parts)


def _head(note: WordNote) -> str:
    simplified, traditional = (
        _plain(text).translate(_OWN_MARKS) for text in (note.headword, note.traditional)
    )
    return f"{simplified}[{traditional}]" if traditional and traditional != simplified else simplified


def _definition(note: WordNote) -> str:
    meaning = "; ".join(filter(None, map(_plain, (note.gloss, *note.other_glosses))))
    return _BREAK.join(filter(None, (meaning, _plain(note.sentence_text), _plain(note.english))))


def _plain(text: str) -> str:
    return " ".join(markup.clean(text).replace(_BREAK, " ").split())
