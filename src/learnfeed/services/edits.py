"""What the learner mended in our notes in Anki, offered as corrections: each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from learnfeed.core.correction import Correction, CorrectionKind, Scope, clean, correct, typed_reading
from learnfeed.core.errors import LearnfeedError, NotFoundError
from learnfeed.core.ids import content_hash, note_guid
from learnfeed.core.pinyin import word_with_marks
from learnfeed.services.contexts import Place, context_at
from learnfeed.services.correcting import WordPlace, translation_of
from learnfeed.services.sentences import sections
from learnfeed.store.corrections import CorrectionStore
from learnfeed.store.database import Database
from learnfeed.store.notes import APART, NoteContent, NoteStore
from learnfeed.store.posts import PostStore
from learnfeed.store.words import WordStore

if TYPE_CHECKING:
    from learnfeed.anki.edits import FieldEdit, NoteInAnki
    from learnfeed.services.correcting import CorrectingService
    from learnfeed.services.notes import NoteMaker

_KINDS = {
    "Pinyin": CorrectionKind.READING,
    "Pinyin numbers": CorrectionKind.READING,
    "Meaning": CorrectionKind.SENSE,
    "English": CorrectionKind.PAIR,
}
"""Fields that a correction can take over."""


@dataclass(frozen=True, slots=True)
class OfferedEdit:
    """A field of a word's note that the learner changed in Anki.

    Attributes:
        number: As it is listed, from 1.
        word: The headword.
        field: Name of the field.
        before: What it says here.
        after: What it says in Anki.
        correction: What taking it over means; None where it can't be taken over.
        why_not: Why it can't; empty where it can.
        key: The same for the same edit, wherever it is read from.
    """

    number: int
    word: str
    field: str
    before: str
    after: str
    correction: Correction | None
    why_not: str
    key: str


class EditService:
    """Edits made in Anki."""

    def __init__(
        self,
        database: Database,
        notes: Callable[[], NoteMaker],
        correcting: CorrectingService,
        clock: Callable[[], int],
    ) -> None:
        """Takes what it needs.

        Args:
            database: The library.
            notes: Makes notes as an export would now.
            correcting: Makes corrections.
            clock: Unix milliseconds now.
        """
        self._posts = PostStore(database)
        self._words = WordStore(database)
        self._contents = NoteStore(database)
        self._store = CorrectionStore(database)
        self._notes = notes
        self._correcting = correcting
        self._now = clock

    def offered(self, path: Path) -> tuple[OfferedEdit, ...]:
        """Edits in a package or collection of Anki's that have not been answered yet. Nothing is written.

        Raises:
            SourceError: The file can't be read.
        """
        from learnfeed.anki.edits import edits, plain, read_notes
        from learnfeed.anki.markup import escape
        from learnfeed.anki.notetype import WORD

        words = {note_guid("word", word): word for word in self._words.headwords()}
        contents = self._contents.contents(words)
        there = {
            note.guid: note
            for note in read_notes(path)
            if note.kind == WORD and note.guid in contents and _touched(note, contents[note.guid])
        }
        answered = self._store.answered_edits()
        out: list[OfferedEdit] = []
        for ours in self._notes().exported_words(words[guid] for guid in there):
            content = contents[ours.guid]
            as_exported = _exported(content)
            for edit in _told_once(edits(there[ours.guid], ours)):
                before = as_exported.get(edit.field, edit.ours)
                if plain(escape(before)) != edit.theirs and _key(edit) not in answered:
                    out.append(self._offer(len(out) + 1, ours.headword, replace(edit, ours=before), content))
        return tuple(out)

    def _offer(self, number: int, word: str, edit: FieldEdit, content: NoteContent) -> OfferedEdit:
        made, why_not = None, ""
        try:
            made = self._correction(word, edit, content)
        except LearnfeedError as error:
            why_not = str(error)
        return OfferedEdit(number, word, edit.field, edit.ours, edit.theirs, made, why_not, _key(edit))

    def _correction(self, word: str, edit: FieldEdit, content: NoteContent) -> Correction:
        """What an edit says: at the sentence of its note, or everywhere where it has none."""
        kind = _KINDS[edit.field]
        place = self._place(word, content)
        if kind is CorrectionKind.PAIR:
            if place is None:
                raise NotFoundError("The sentence of this note is no longer in the library")
            return translation_of(place, clean(edit.theirs) or None)
        surface = place.text.text[place.span[0] : place.span[1]] if place else word
        value = (
            typed_reading(surface, edit.theirs) if kind is CorrectionKind.READING else (clean(edit.theirs),)
        )
        if place is None:
            return correct(kind, Scope.EVERYWHERE, word, (0, len(word)), value=value, post="")
        return correct(kind, Scope.HERE, place.text.text, place.span, value=value, post=place.key)

    def _place(self, word: str, content: NoteContent) -> WordPlace | None:
        if content.post_id is None:
            return None
        try:
            post, annotated = self._posts.post(content.post_id), self._posts.annotated(content.post_id)
        except NotFoundError:
            return None
        texts = sections(annotated)
        if content.section >= len(texts):
            return None
        text = texts[content.section]
        found = context_at(Place(content.post_id, content.section, content.start), text)
        if found is None or found.word.token.headword != word:
            return None
        return WordPlace(content.post_id, post.key, content.section, text, found.word.token.span)

    def accept(self, edits: Iterable[OfferedEdit]) -> int:
        """Takes edits over as corrections, each undone by itself; gives back how many."""
        count = 0
        for edit in edits:
            if edit.correction is not None:
                self._correcting.correct(edit.correction, answers=edit.key)
                count += 1
        return count

    def refuse(self, edits: Iterable[OfferedEdit]) -> None:
        """Leaves edits as they are in Anki; they are not offered again."""
        keys = [edit.key for edit in edits]
        if keys:
            self._store.refuse_edits(keys, self._now())


def _touched(note: NoteInAnki, content: NoteContent) -> bool:
    """Whether someone changed a note after our last export of it."""
    return note.changed > content.changed_at


def _exported(content: NoteContent) -> dict[str, str]:
    """The fields that can be mended, as they were exported; empty for an export that did not note them."""
    if not content.said:
        return {}
    reading, meaning, english = content.said.split(APART, 2)
    syllables = tuple(reading.split())
    return {
        "Pinyin": word_with_marks(syllables),
        "Pinyin numbers": reading,
        "Meaning": meaning,
        "English": english,
    }


def _told_once(edits: Iterable[FieldEdit]) -> Iterator[FieldEdit]:
    """Edits of fields that can be mended, without those that say again what another field says."""
    fields = {edit.field: edit for edit in edits if edit.field in _KINDS}
    for name, edit in fields.items():
        if name == "Pinyin numbers" and "Pinyin" in fields:
            continue
        yield edit


def _key(edit: FieldEdit) -> str:
    return content_hash(f"{edit.guid}\0{edit.field}\0{edit.theirs}")
