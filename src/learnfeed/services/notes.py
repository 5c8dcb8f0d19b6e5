"""Words and posts of the library as flashcard notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from learnfeed.core.errors import NotFoundError
from learnfeed.core.ids import content_hash, note_guid
from learnfeed.core.level import level_label
from learnfeed.core.note import (
    NewWord,
    NoteSource,
    PostNote,
    ReadingComment,
    RubyToken,
    WordNote,
)
from learnfeed.core.post import MediaKind, Post
from learnfeed.core.review import Template
from learnfeed.core.text import AnnotatedPost
from learnfeed.core.word import Entry, WordStatus
from learnfeed.services.contexts import BEST_MERIT, Context, Place, context_at, learnable, reading_units
from learnfeed.services.reading import same_reading, threaded
from learnfeed.services.sentences import WordInSentence, sections
from learnfeed.store.notes import APART, NoteContent, NoteStore
from learnfeed.store.posts import PostStore
from learnfeed.store.reviews import ReviewStore, StoredCard
from learnfeed.store.words import WordStore

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon
    from learnfeed.store.database import Database

MAX_COMMENTS = 12
"""Comments on a reading card; a card is read at one go."""

MAX_OTHER_GLOSSES = 6
_HIDDEN = frozenset({"vulgar", "surname", "classifier"})


@dataclass(frozen=True, slots=True)
class Met:
    """A word that a recipe chose.

    Attributes:
        headword: The word.
        context: The sentence it was met in; None when it stands in no chosen post.
        count: How often it stands in the chosen posts.
        place: Its place in order of meeting.
        merit: Of the sentence (see :attr:`learnfeed.services.contexts.Context.merit`).
    """

    headword: str
    context: Context | None
    count: int
    place: int
    merit: int = 0

    def again(self) -> Met:
        """The word, met once more."""
        return Met(self.headword, self.context, self.count + 1, self.place, self.merit)


Recorder = Callable[[tuple[RubyToken, ...]], Path | None]
"""Makes a recording of what is said aloud; None where nothing can."""


class NoteMaker:
    """Makes notes of what a library holds. A note's text and time change only when there is a real change."""

    def __init__(
        self,
        database: Database,
        lexicon: Lexicon,
        library: Path,
        standard: str,
        now: int,
        *,
        record: Recorder | None = None,
    ) -> None:
        self._posts = PostStore(database)
        self._words = WordStore(database)
        self._reviews = ReviewStore(database)
        self._contents = NoteStore(database)
        self._lexicon = lexicon
        self._library = library
        self._standard = standard
        self._now = now
        self._record = record
        info = lexicon.info()
        # Words of one post are mostly asked for one after the other.
        self._annotated = lru_cache(maxsize=256)(self._posts.annotated)
        self._post = lru_cache(maxsize=256)(self._posts.post)
        self._pictures = lru_cache(maxsize=256)(self._pictures_of)
        self._source = lru_cache(maxsize=256)(_source)
        self._attribution = f"CC-CEDICT {info.date} (modified), {info.licence}"

    # -- words -------------------------------------------------------------------------------------

    def meet(self, post_ids: Iterable[int]) -> dict[str, Met]:
        """Every word of some posts with the best sentence it stands in; the earliest of equals."""
        found: dict[str, Met] = {}
        for post_id in post_ids:
            annotated = self._annotated(post_id)
            for place, token in learnable(post_id, annotated):
                word = token.headword
                before = found.get(word)
                if before and before.merit == BEST_MERIT:
                    found[word] = before.again()
                    continue
                context = context_at(place, sections(annotated)[place.section])
                merit = context.merit if context else 0
                if before is None:
                    found[word] = Met(word, context, 1, len(found), merit)
                elif merit > before.merit:
                    found[word] = Met(word, context, before.count + 1, before.place, merit)
                else:
                    found[word] = before.again()
        return found

    def word_notes(self, met: Iterable[Met], templates: tuple[Template, ...]) -> Iterator[WordNote]:
        """Notes of words, in the order given. Words that the library has never met get a place in it.

        Args:
            met: The words.
            templates: The cards that are asked for; those of earlier exports stay.
        """
        chosen = list(met)
        guids = {word.headword: note_guid("word", word.headword) for word in chosen}
        contents = self._contents.contents(guids.values())
        created = self._words.ensure((word.headword for word in chosen), self._now)
        cards: dict[str, list[StoredCard]] = {}
        for card in self._reviews.cards_of(created):
            cards.setdefault(card.headword, []).append(card)
        logs = self._reviews.logs(card.id for found in cards.values() for card in found)
        changed: list[NoteContent] = []
        for item in chosen:
            guid = guids[item.headword]
            context = self._kept_context(item.headword, contents.get(guid)) or item.context
            texts = self._word_texts(guid, item.headword, created[item.headword], context)
            before = contents.get(guid)
            asked = _asked(templates, before.templates if before else "")
            # Once a word has a card that is heard it keeps its recording, whatever a later export asks for.
            if Template.LISTENING in asked and self._record and (path := self._record(_said_aloud(texts))):
                texts["audio"] = str(path)
            own = cards.get(item.headword, ())
            yield WordNote(
                **texts,
                asked=asked,
                changed_at=self._changed_at(
                    _Said(guid, _wherever(texts), context, asked, _mendable(texts)), before, changed
                ),
                schedules={card.template: card.schedule for card in own},
                reviews={card.template: tuple(logs.get(card.id, ())) for card in own},
                suspended=frozenset(card.template for card in own if card.suspended),
            )
        self._contents.save(changed)

    def exported_words(self, headwords: Iterable[str]) -> Iterator[WordNote]:
        """Notes of words that were exported before, as they would be again; nothing is written.

        :attr:`~learnfeed.core.note.WordNote.changed_at` is that of their last export.
        """
        wanted = list(headwords)
        contents = self._contents.contents(note_guid("word", word) for word in wanted)
        for word in wanted:
            before = contents.get(note_guid("word", word))
            if before:
                texts = self._word_texts(before.guid, word, 0, self._kept_context(word, before))
                yield WordNote(**texts, asked=_templates(before.templates), changed_at=before.changed_at)

    def _word_texts(self, guid: str, word: str, created: int, context: Context | None) -> dict[str, Any]:
        """What a word's note says, by the names of its fields."""
        met = context.word if context else None
        entry, gloss = self._entry(word, met)
        level = self._lexicon.facts(word).levels.get(self._standard, 0)
        post = self._post(context.place.post_id) if context else None
        pictures = self._pictures(post) if post else ()
        return {
            "guid": guid,
            "created": created,
            "headword": word,
            "syllables": _syllables(word, entry, met),
            "gloss": gloss,
            "traditional": entry.traditional if entry else "",
            "other_glosses": self._others(entry, gloss),
            "sentence": met.sentence if met else (),
            "english": met.english if met else "",
            "english_links": met.english_links if met else (),
            "level": level_label(level) if level else "",
            "deck_level": level,
            "tags": post.tags if post else (),
            "source": self._source(post) if post else NoteSource(),
            "attribution": self._attribution,
            "picture": pictures[0] if pictures else "",
        }

    def _kept_context(self, headword: str, content: NoteContent | None) -> Context | None:
        """The sentence of the last export, so that a note stays what it was while its post is there."""
        if content is None or content.post_id is None:
            return None
        place = Place(content.post_id, content.section, content.start)
        try:
            texts = sections(self._annotated(place.post_id))
        except NotFoundError:
            return None
        found = context_at(place, texts[place.section]) if place.section < len(texts) else None
        return found if found and found.word.token.headword == headword else None

    def _entry(self, headword: str, met: WordInSentence | None) -> tuple[Entry | None, str]:
        """The entry read as in the sentence, and the gloss that fits there."""
        entries = self._lexicon.entries(headword)
        entry = entries[0] if entries else None
        if met and met.token.reading:
            spoken = met.token.reading.syllables
            entry = next((e for e in entries if same_reading(e, spoken)), entry)
        chosen = met.token.sense.gloss if met and met.token.sense else ""
        usual = entry.senses[0].gloss if entry and entry.senses else ""
        return entry, chosen or usual

    @staticmethod
    def _others(entry: Entry | None, gloss: str) -> tuple[str, ...]:
        senses = entry.senses if entry else ()
        others = [sense.gloss for sense in senses if _HIDDEN.isdisjoint(sense.tags)]
        return tuple(other for other in others if other != gloss)[:MAX_OTHER_GLOSSES]

    # -- posts -------------------------------------------------------------------------------------

    def post_notes(self, post_ids: Iterable[int]) -> Iterator[PostNote]:
        """Reading cards of posts, in the order given."""
        changed: list[NoteContent] = []
        for post_id in post_ids:
            note = self._post_note(post_id)
            # What the learner knows by now is no change of the text.
            names = tuple(PurePath(path).name for path in note.pictures)
            text = repr(replace(note, known=0.0, new_words=(), pictures=names))
            before = self._contents.contents([note.guid]).get(note.guid)
            yield replace(note, changed_at=self._changed_at(_Said(note.guid, text), before, changed))
        self._contents.save(changed)

    def _post_note(self, post_id: int) -> PostNote:
        post, annotated = self._post(post_id), self._annotated(post_id)
        card = self._posts.cards([post_id])[post_id]
        new = self._new_words(annotated)
        targets = frozenset(word.headword for word in new)
        titles = reading_units(annotated.title, targets)
        comments = threaded(post.comments, annotated.comments)[:MAX_COMMENTS]
        return PostNote(
            guid=note_guid("post", post.key),
            created=self._posts.created_ms(post_id),
            title=tuple(token for unit in titles for token in unit.tokens) or _plain(annotated.title.text),
            title_english=" ".join(unit.english for unit in titles if unit.english and unit.tokens),
            body=reading_units(annotated.body, targets),
            comments=tuple(
                ReadingComment(view.comment.author, reading_units(view.text, targets), view.depth)
                for view in comments
            ),
            level=level_label(card.level) if card.level else "",
            deck_level=card.level,
            known=card.coverage.share,
            new_words=new,
            pictures=self._pictures(post),
            source=_source(post),
            attribution=self._attribution,
            tags=post.tags,
        )

    def _new_words(self, annotated: AnnotatedPost) -> tuple[NewWord, ...]:
        tokens = {
            token.headword: token
            for text in (annotated.body, annotated.title)
            for token in reversed(text.tokens)
            if token.learnable
        }
        statuses = self._words.statuses(tokens)
        return tuple(
            NewWord(
                word,
                token.reading.syllables if token.reading else (),
                token.sense.gloss if token.sense else "",
            )
            for word, token in reversed(tokens.items())
            if statuses[word] in (WordStatus.NEW, WordStatus.LEARNING)
        )

    def _pictures_of(self, post: Post) -> tuple[str, ...]:
        paths = [
            self._library / item.path for item in post.media if item.kind is MediaKind.IMAGE and item.path
        ]
        return tuple(str(path) for path in paths if path.is_file())

    # -- time of change ----------------------------------------------------------------------------

    def _changed_at(self, said: _Said, before: NoteContent | None, changed: list[NoteContent]) -> int:
        """Unix seconds when a note's text last changed. What is seen for the first time changed now."""
        asked = _names(said.asked)
        digest = content_hash(f"{said.text} {asked}")
        if before and before.hash == digest:
            return before.changed_at
        place = said.context.place if said.context else Place(0, 0, 0)
        at = self._now // 1000
        changed.append(
            NoteContent(
                said.guid, digest, at, place.post_id or None, place.section, place.start, asked, said.mendable
            )
        )
        return at


@dataclass(frozen=True, slots=True)
class _Said:
    """What a note says now: its text, its sentence, the cards that are asked for, what can be mended in Anki."""

    guid: str
    text: str
    context: Context | None = None
    asked: frozenset[Template] = frozenset()
    mendable: str = ""


def _mendable(texts: dict[str, Any]) -> str:
    """Reading, meaning and translation of a word's note."""
    return APART.join((" ".join(filter(None, texts["syllables"])), texts["gloss"], texts["english"]))


@cache
def _asked(now: tuple[Template, ...], before: str) -> frozenset[Template]:
    return frozenset(now) | _templates(before)


@cache
def _names(templates: frozenset[Template]) -> str:
    return " ".join(sorted(templates))


@cache
def _templates(names: str) -> frozenset[Template]:
    return frozenset(Template(name) for name in names.split())


def _wherever(texts: dict[str, Any]) -> str:
    """What a note says, wherever its library lies."""
    return repr(texts | {name: PurePath(texts.get(name, "")).name for name in ("picture", "audio")})


def _syllables(headword: str, entry: Entry | None, met: WordInSentence | None) -> tuple[str, ...]:
    if met and met.token.reading and len(met.token.text) == len(headword):
        return met.token.reading.syllables
    return entry.syllables if entry else ()


def _plain(text: str) -> tuple[RubyToken, ...]:
    return (RubyToken(text),) if text else ()


def _source(post: Post) -> NoteSource:
    return NoteSource(
        title=post.title or post.body.strip().split("\n")[0][:60],
        author=post.author,
        date=_day(post.posted.at) if post.posted else "",
        url=post.url,
    )


def _day(at: datetime) -> str:
    return f"{at.day} {at:%b %Y}"


def _said_aloud(texts: dict[str, Any]) -> tuple[RubyToken, ...]:
    """What a recording for a word says: the word, then its sentence."""
    return (RubyToken(texts["headword"], texts["syllables"]), RubyToken("。"), *texts["sentence"])
