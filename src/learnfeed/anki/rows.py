"""Notes to the rows of Anki's tables: which cards a note has, in which deck, with which schedule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from learnfeed.anki import markup
from learnfeed.anki.fields import reading_fields, word_fields
from learnfeed.anki.media import MediaShelf
from learnfeed.anki.notetype import READING, WORD, NoteType, note_type
from learnfeed.anki.schedule import AnkiClock, Fsrs, card_row, review_row
from learnfeed.core.level import level_label
from learnfeed.core.note import MIN_ID_GAP, DeckSpec, Note, PostNote, WordNote
from learnfeed.core.review import CardState, Schedule, Template

Row = tuple[int | str, ...]
_TEMPLATES = tuple(Template)

OUTSIDE_HSK = "Outside HSK"
READING_DECK = "Reading"


@lru_cache(maxsize=256)
def deck_id(name: str) -> int:
    """Anki's number of a deck: the same for the same name, for ever, and no date of another deck."""
    digest = hashlib.sha256(f"deck\0{name}".encode("utf-8", "replace")).digest()
    return 1_000_000_000_000 + int.from_bytes(digest[:8]) % 400_000_000_000


@dataclass(frozen=True, slots=True)
class NoteRows:
    """A note's rows of the ``notes``, ``cards`` and ``revlog`` tables."""

    note: Row
    cards: tuple[Row, ...]
    reviews: tuple[Row, ...]


class RowMaker:
    """Turns notes into rows, one after the other.

    Attributes:
        decks: Full names of the decks in use, by their ids.
        media: The files that the notes name.
        types: Note types in use, by slug.
        empty: Notes of which no card could be made.
        repeated: Notes whose guid came before.
    """

    def __init__(self, spec: DeckSpec, clock: AnkiClock, fsrs: Fsrs) -> None:
        self._spec = spec
        self._clock = clock
        self._fsrs = fsrs
        self._base = markup.deck_name(spec.name)
        self._position = 0
        self._guids: set[str] = set()
        self._ids = _Ids()
        self._asked = frozenset(spec.templates)
        self._tags: dict[tuple[str, ...], str] = {}
        self.decks: dict[int, str] = {deck_id(self._base): self._base}
        self.media = MediaShelf()
        self.types: dict[str, NoteType] = {}
        self.empty = 0
        self.repeated = 0

    def rows(self, note: Note) -> NoteRows | None:
        """A note's rows; None when it holds too little for any card or its guid came before."""
        if note.guid in self._guids:
            self.repeated += 1
            return None
        slug = WORD if isinstance(note, WordNote) else READING
        kind = note_type(slug)
        fields = self._word(note) if isinstance(note, WordNote) else self._post(note)
        ords = [at for at, t in enumerate(kind.templates) if all(fields[need] for need in t.needs)]
        if not ords:
            self.empty += 1
            return None
        self._guids.add(note.guid)
        self.types[slug] = kind
        self._position += 1
        note_id = self._ids.free(note.created)
        return NoteRows(
            note=(
                *(note_id, note.guid, kind.id, note.changed_at, -1, self._tag_text(note.tags)),
                *("\x1f".join(fields), fields[kind.sort_field], 0, 0, ""),
            ),
            cards=tuple(self._cards(note, note_id, ords)),
            reviews=tuple(self._reviews(note, note_id, ords)),
        )

    def _word(self, note: WordNote) -> list[str]:
        asked = self._asked
        if self._spec.include_reviews:
            asked |= note.asked
            asked |= {t for t, s in note.schedules.items() if s.state is not CardState.NEW}
        return word_fields(note, asked, picture=self.media.picture, recording=self.media.recording)

    def _post(self, note: PostNote) -> list[str]:
        return reading_fields(note, self.media.picture)

    def _cards(self, note: Note, note_id: int, ords: list[int]) -> Iterator[Row]:
        deck = self._deck(note)
        for at in ords:
            schedule, suspended = self._standing(note, at)
            row = card_row(
                schedule, position=self._position, suspended=suspended, clock=self._clock, fsrs=self._fsrs
            )
            answered = schedule.last_review // 1000 if schedule and schedule.last_review else note.changed_at
            yield (note_id + 1 + at, note_id, deck, at, answered, -1, *row[:-1], 0, 0, 0, row[-1])

    def _standing(self, note: Note, at: int) -> tuple[Schedule | None, bool]:
        if isinstance(note, PostNote) or not self._spec.include_reviews:
            return None, False
        template = _TEMPLATES[at]
        return note.schedules.get(template), template in note.suspended

    def _reviews(self, note: Note, note_id: int, ords: list[int]) -> Iterator[Row]:
        if isinstance(note, PostNote) or not self._spec.include_reviews:
            return
        for at in ords:
            for review in note.reviews.get(_TEMPLATES[at], ()):
                yield (review.at, note_id + 1 + at, -1, *review_row(review))

    def _deck(self, note: Note) -> int:
        name = self._base
        if self._spec.subdecks:
            name = f"{name}::{_subdeck(note)}"
        number = deck_id(name)
        self.decks.setdefault(number, name)
        return number

    def _tag_text(self, tags: tuple[str, ...]) -> str:
        if tags not in self._tags:
            names = dict.fromkeys(filter(None, map(markup.tag, tags)))
            self._tags[tags] = f" {' '.join(names)} " if names else ""
        return self._tags[tags]


def _subdeck(note: Note) -> str:
    if isinstance(note, PostNote):
        return READING_DECK
    return level_label(note.deck_level) if note.deck_level else OUTSIDE_HSK


class _Ids:
    """Gives out note ids so far apart that the ids of their cards never meet."""

    def __init__(self) -> None:
        self._taken: dict[int, int] = {}

    def free(self, wanted: int) -> int:
        """The wanted id, or the next one free: two notes may carry one creation time by accident.

        Never 0, which stops Anki dead.
        """
        wanted = max(wanted, MIN_ID_GAP)
        while (clash := self._clash(wanted)) is not None:
            wanted = clash + MIN_ID_GAP
        self._taken[wanted // MIN_ID_GAP] = wanted
        return wanted

    def _clash(self, wanted: int) -> int | None:
        slot = wanted // MIN_ID_GAP
        for near in (self._taken.get(slot + d) for d in (-1, 0, 1)):
            if near is not None and abs(near - wanted) < MIN_ID_GAP:
                return near
        return None
