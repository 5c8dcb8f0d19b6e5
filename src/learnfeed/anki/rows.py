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
from learnfeed.core.ids import MIN_ID_GAP
from learnfeed.core.level import level_label
from learnfeed.core.note import DeckSpec, Note, PostNote, WordNote
from learnfeed.core.review import CardState, Template

Row = tuple[int | str, ...]
_TEMPLATES = tuple(Template)
_FRESH = (0, 0)
"""Type and queue of a card that was never answered."""

OUTSIDE_HSK = "Outside HSK"
READING_DECK = "Reading"


@lru_cache(maxsize=256)
def deck_id(name: str) -> int:
    """Anki's number of a deck: the same for the same name, for ever, and no date of another deck."""
    digest = hashlib.sha256(f"deck\0{name}".encode("utf-8", "replace")).digest()
    return 1_000_000_000_000 + int.from_bytes(digest[:8]) % 400_000_000_000


@lru_cache
def _needs(slug: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Number and needed fields of each template of a note type."""
    return tuple((at, template.needs) for at, template in enumerate(note_type(slug).templates))


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
        self._own = deck_id(self._base)
        self.decks: dict[int, str] = {self._own: self._base}
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
        ords = [at for at, needs in _needs(slug) if all([fields[need] for need in needs])]  # noqa: C419 (faster)
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
            cards=self._cards(note, note_id, ords),
            reviews=tuple(self._reviews(note, note_id, ords)),
        )

    def _word(self, note: WordNote) -> list[str]:
        asked = self._asked
        if self._spec.include_reviews:
            asked |= note.asked
            if note.schedules:
                asked |= {t for t, s in note.schedules.items() if s.state is not CardState.NEW}
        return word_fields(note, asked, picture=self.media.picture, recording=self.media.recording)

    def _post(self, note: PostNote) -> list[str]:
        return reading_fields(note, self.media.picture)

    def _cards(self, note: Note, note_id: int, ords: list[int]) -> tuple[Row, ...]:
        deck = self._deck(note)
        known = self._carries(note)
        if known is None or not (known.schedules or known.suspended):
            fresh = (note.changed_at, -1, *_FRESH, self._position, 0, 0, 0, 0, 0, 0, 0, 0, "")
            return tuple([(note_id + 1 + at, note_id, deck, at, *fresh) for at in ords])
        return tuple((note_id + 1 + at, note_id, deck, at, *self._standing(known, at)) for at in ords)

    def _carries(self, note: Note) -> WordNote | None:
        """The note, if what the learner did with it travels along."""
        return note if isinstance(note, WordNote) and self._spec.include_reviews else None

    def _standing(self, note: WordNote, at: int) -> Row:
        """A card's columns from ``mod`` on."""
        template = _TEMPLATES[at]
        schedule = note.schedules.get(template)
        row = card_row(
            schedule,
            position=self._position,
            suspended=template in note.suspended,
            clock=self._clock,
            fsrs=self._fsrs,
        )
        changed = schedule.last_review // 1000 if schedule and schedule.last_review else note.changed_at
        return (changed, -1, *row[:-1], 0, 0, 0, row[-1])

    def _reviews(self, note: Note, note_id: int, ords: list[int]) -> Iterator[Row]:
        known = self._carries(note)
        if known is None:
            return
        for at in ords:
            for review in known.reviews.get(_TEMPLATES[at], ()):
                yield (review.at, note_id + 1 + at, -1, *review_row(review))

    def _deck(self, note: Note) -> int:
        if not self._spec.subdecks:
            return self._own
        name = f"{self._base}::{_subdeck(note)}"
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
        for number in (slot - 1, slot, slot + 1):
            near = self._taken.get(number)
            if near is not None and abs(near - wanted) < MIN_ID_GAP:
                return near
        return None
