"""Words and posts of the library as flashcard notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from learnfeed.core.post import Post
from learnfeed.core.review import Template
from learnfeed.core.text import AnnotatedPost
from learnfeed.core.word import Entry, WordStatus
from learnfeed.services.contexts import Context, Place, context_at, reading_units
from learnfeed.services.media import pictures
from learnfeed.services.meetings import Meetings
from learnfeed.services.reading import same_reading, threaded
from learnfeed.services.sentences import WordInSentence, sections
from learnfeed.store.meetings import Met
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
AT_ONCE = 500
"""Words whose notes are made together: many enough for few queries, few enough to hold their sentences."""

_NOWHERE: tuple[tuple[str, ...], NoteSource, str] = ((), NoteSource(), "")
_HIDDEN = frozenset({"vulgar", "surname", "classifier"})


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
        self._db = database
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
        # Words of one post are mostly asked for one after the other; a post takes much room once it is decoded.
        self._annotated = lru_cache(maxsize=16)(self._posts.annotated)
        self._origin = lru_cache(maxsize=1024)(self._origin_of)
        self._attribution = f"CC-CEDICT {info.date} (modified), {info.licence}"

    # -- words -------------------------------------------------------------------------------------

    def meetings(self, post_ids: Sequence[int]) -> Meetings:
        """The words of some posts, in whose order they are met."""
        return Meetings(self._db, post_ids)

    def word_notes(
        self, words: Sequence[Met], templates: tuple[Template, ...], meetings: Meetings
    ) -> Iterator[WordNote]:
        """Notes of words, in the order given. Words that the library has never met get a place in it.

        Args:
            words: The words.
            templates: The cards that are asked for; those of earlier exports stay.
            meetings: Where sentences come from, for words that no earlier export has shown in one.
        """
        for at in range(0, len(words), AT_ONCE):
            yield from self._some_notes(words[at : at + AT_ONCE], templates, meetings)

    def _some_notes(
        self, words: Sequence[Met], templates: tuple[Template, ...], meetings: Meetings
    ) -> Iterator[WordNote]:
        guids = {word.headword: note_guid("word", word.headword) for word in words}
        contents = self._contents.contents(guids.values())
        created = self._words.ensure(guids, self._now)
        cards: dict[str, list[StoredCard]] = {}
        for card in self._reviews.cards_of(created):
            cards.setdefault(card.headword, []).append(card)
        logs = self._reviews.logs(card.id for found in cards.values() for card in found)
        contexts = self._kept_contexts(
            {word: contents[guid] for word, guid in guids.items() if guid in contents}
        )
        contexts |= meetings.contexts(word for word in words if word.headword not in contexts)
        changed: list[NoteContent] = []
        for word, guid in guids.items():
            context = contexts.get(word)
            texts = self._word_texts(guid, word, created[word], context)
            before = contents.get(guid)
            asked = _asked(templates, before.templates if before else "")
            # Once a word has a card that is heard it keeps its recording, whatever a later export asks for.
            if Template.LISTENING in asked and self._record and (path := self._record(_said_aloud(texts))):
                texts["audio"] = str(path)
            own = cards.get(word, ())
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
                context = self._kept_contexts({word: before}).get(word)
                texts = self._word_texts(before.guid, word, 0, context)
                yield WordNote(**texts, asked=_templates(before.templates), changed_at=before.changed_at)

    def _word_texts(self, guid: str, word: str, created: int, context: Context | None) -> dict[str, Any]:
        """What a word's note says, by the names of its fields."""
        met = context.word if context else None
        entry, gloss = self._entry(word, met)
        level = self._lexicon.facts(word).levels.get(self._standard, 0)
        tags, source, picture = self._origin(context.place.post_id) if context else _NOWHERE
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
            "tags": tags,
            "source": source,
            "attribution": self._attribution,
            "picture": picture,
        }

    def _kept_contexts(self, contents: Mapping[str, NoteContent]) -> dict[str, Context]:
        """The sentences of the last export by headword, so that a note stays what it was while its post is there."""
        by_post: dict[int, list[tuple[str, Place]]] = {}
        for word, content in contents.items():
            if content.post_id is not None:
                place = Place(content.post_id, content.section, content.start)
                by_post.setdefault(content.post_id, []).append((word, place))
        found: dict[str, Context] = {}
        for post_id, places in by_post.items():
            try:
                texts = sections(self._annotated(post_id))
            except NotFoundError:
                continue
            for word, place in places:
                context = context_at(place, texts[place.section]) if place.section < len(texts) else None
                if context and context.word.token.headword == word:
                    found[word] = context
        return found

    def _entry(self, headword: str, met: WordInSentence | None) -> tuple[Entry | None, str]:
        """The entry read as in the sentence, and the gloss that fits there."""
        entries = self._lexicon.own_entries(headword) or self._lexicon.entries(headword)
        entry = entries[0] if entries else None
        if met and met.token.reading:
            spoken = met.token.reading.syllables
            entry = next((e for e in entries if same_reading(e, spoken)), None) or next(
                (e for e in self._lexicon.entries(headword) if same_reading(e, spoken)), entry
            )
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
        post, annotated = self._posts.post(post_id), self._annotated(post_id)
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
            pictures=self._pictures_of(post),
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

    def _origin_of(self, post_id: int) -> tuple[tuple[str, ...], NoteSource, str]:
        """Tags, source and first picture of a post: what a word's note tells of it."""
        post = self._posts.post(post_id)
        return post.tags, _source(post), next(iter(self._pictures_of(post)), "")

    def _pictures_of(self, post: Post) -> tuple[str, ...]:
        return tuple(map(str, pictures(post, self._library)))

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
    return repr(texts | {name: _file_name(texts.get(name, "")) for name in ("picture", "audio")})


def _file_name(path: str) -> str:
    return PurePath(path).name if path else ""


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
