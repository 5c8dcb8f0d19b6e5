"""The words a quiz asks about: from posts, tags, levels, due cards or mistakes, in either language."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from learnfeed.config import Settings
from learnfeed.core.days import DayRule
from learnfeed.core.errors import UsageError
from learnfeed.core.feed import FeedQuery, Sort
from learnfeed.core.ids import PostId
from learnfeed.core.level import BANDS, HIGHEST_LEVEL
from learnfeed.core.review import Rating
from learnfeed.core.text import Language, Token
from learnfeed.core.word import WordStatus
from learnfeed.services.contexts import Context, Place, contexts
from learnfeed.services.quiz_items import english_items, in_title, picture_of, turned
from learnfeed.services.quiz_items import exchanges as exchanges_of
from learnfeed.services.review_views import ReviewCard
from learnfeed.services.reviewing import ReviewService
from learnfeed.services.sentences import find_word
from learnfeed.store.database import Database
from learnfeed.store.posts import PostStore
from learnfeed.store.reviews import ReviewStore, StoredCard
from learnfeed.store.words import WordStore
from learnfeed.study.quiz.base import Item
from learnfeed.study.quiz.glosses import word_class

if TYPE_CHECKING:
    from learnfeed.annotate.english_words import EnglishReader
    from learnfeed.annotate.lexicon import Lexicon

_POSTS = 12
"""Posts that a round about a tag, or a mixed one, looks into."""
_WITH_PICTURES = 60
"""Posts that are looked through for pictures, which takes no decoding."""
_POOL = 4
"""Posts whose English words stand by as wrong answers."""


class QuizSource(StrEnum):
    """Where a round takes its words from."""

    MIXED = "mixed"
    POST = "post"
    TAG = "tag"
    LEVEL = "level"
    DUE = "due"
    MISTAKES = "mistakes"


class QuizWords:
    """What can be asked about, out of the learner's library."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        settings: Settings,
        clock: Callable[[], datetime],
        reviewing: ReviewService,
    ) -> None:
        """Takes the library, a way to open the dictionary, settings, a clock, and reviewing."""
        self._posts = PostStore(database)
        self._words = WordStore(database)
        self._reviews = ReviewStore(database)
        self._library = database.path.parent
        self._lexicon = lexicon
        self._settings = settings
        self._clock = clock
        self._reviewing = reviewing
        self._annotated = lru_cache(maxsize=_POSTS)(self._posts.annotated)
        self._met_in = lru_cache(maxsize=_POSTS)(self._decode)
        self._title = lru_cache(maxsize=_POSTS)(self._read_title)
        self._in_english = lru_cache(maxsize=_POSTS)(self._read_english)
        self._picture = lru_cache(maxsize=_POSTS)(self._read_picture)

    @cached_property
    def _english(self) -> EnglishReader:
        from learnfeed.annotate.english_words import EnglishReader

        return EnglishReader(self._lexicon())

    def items(self, source: QuizSource, of: int | str, wanted: int, chance: random.Random) -> list[Item]:
        """Chinese words of a source, at most as many as wanted, each once."""
        if source is QuizSource.POST:
            found = self._of_posts([int(of)], wanted, chance)
        elif source is QuizSource.TAG:
            found = self._of_query(FeedQuery(text=f"#{str(of).lstrip('#')}"), wanted, chance)
        elif source is QuizSource.LEVEL:
            found = self._level_items(of, wanted, chance)
        elif source is QuizSource.DUE:
            found = self._of_cards(self._due_cards(wanted))
        elif source is QuizSource.MISTAKES:
            found = self._of_cards(self._mistaken_cards())
        else:
            found = self._mixed(wanted, chance)
        once: dict[str, Item] = {}
        for item in found:
            if item.language is Language.ZH:
                once.setdefault(item.headword, item)
        return list(once.values())[:wanted]

    def _post_ids(
        self, source: QuizSource, of: int | str, chance: random.Random, most: int = _POSTS
    ) -> list[int]:
        """Posts of a source; those that fit best where it names none."""
        if source is QuizSource.POST:
            return [int(of)]
        tagged = FeedQuery(text=f"#{str(of).lstrip('#')}") if source is QuizSource.TAG else None
        ids = list(self._posts.ids(tagged or FeedQuery(sort=Sort.FIT), most))
        chance.shuffle(ids)
        return ids

    def pictured(
        self, source: QuizSource, of: int | str, wanted: int, chance: random.Random, *, english: bool
    ) -> list[Item]:
        """Words of a source's posts that their picture may show: those of the title that are no verbs or particles."""
        ids = self._post_ids(source, of, chance, _WITH_PICTURES)
        cards = self._posts.cards(ids)
        found: dict[str, Item] = {}
        for post_id in (i for i in ids if i in cards and cards[i].picture):
            for item in self._in_english(post_id) if english else self.in_post(post_id):
                if item.picture and (english or word_class(item.gloss) == "other"):
                    found.setdefault(item.headword, item)
            if len(found) >= wanted:
                break
        return list(found.values())[:wanted]

    def exchanges(self, source: QuizSource, of: int | str, wanted: int, chance: random.Random) -> list[Item]:
        """Comments that were answered, from the posts of a source."""
        found: list[Item] = []
        for post_id in self._post_ids(source, of, chance):
            post = self._posts.post(post_id)
            found += exchanges_of(post_id, post, self._annotated(post_id), self._title(post_id))
            if len(found) >= wanted:
                break
        return found[:wanted]

    def english(self, source: QuizSource, of: int | str, wanted: int, chance: random.Random) -> list[Item]:
        """English words of posts; of a band, where a level is asked (1–6 for A1–C2); of cards, what translates them."""
        found: dict[str, Item] = {}
        if source in (QuizSource.DUE, QuizSource.MIXED):
            found |= self._english_of(self._due_cards(wanted))
        if source in (QuizSource.MISTAKES, QuizSource.MIXED):
            found |= self._english_of(self._mistaken_cards())
        if source in (QuizSource.DUE, QuizSource.MISTAKES):
            return list(found.values())
        level = _band(of) if source is QuizSource.LEVEL else 0
        for post_id in self._post_ids(source, of, chance):
            items = self._in_english(post_id)
            for item in chance.sample(items, len(items)):
                if level in (0, item.level):
                    found.setdefault(item.headword, item)
            # More than are asked, since wrong answers come from among them.
            if len(found) >= 3 * wanted:
                break
        return list(found.values())

    def _mixed(self, wanted: int, chance: random.Random) -> list[Item]:
        """Mistaken and due words first, then those being learned and new ones of the posts that fit."""
        cards = [*self._mistaken_cards(), *self._due_cards(wanted)]
        found = self._of_cards(cards[:wanted])
        chance.shuffle(found)
        if len(found) < wanted:
            found += self._of_query(FeedQuery(sort=Sort.FIT), wanted, chance)
        return found

    def _of_query(self, query: FeedQuery, wanted: int, chance: random.Random) -> list[Item]:
        ids = list(self._posts.ids(query, _POSTS))
        chance.shuffle(ids)
        return self._of_posts(ids, wanted, chance)

    def _of_posts(self, ids: Iterable[int], wanted: int, chance: random.Random) -> list[Item]:
        """Words of posts: those being learned first, then new ones, then known ones; ignored ones never.

        Posts are looked into one by one until there are enough words, since each has to be decoded.
        """
        met: dict[str, Context] = {}
        for post_id in ids:
            met = self._met_in(post_id) | met
            if len(met) >= 2 * wanted:
                break
        words = list(met)
        chance.shuffle(words)
        statuses = self._words.statuses(words)
        order = [WordStatus.LEARNING, WordStatus.NEW, WordStatus.KNOWN]
        asked = [word for word in words if statuses[word] in order]
        asked.sort(key=lambda word: order.index(statuses[word]))
        return [item for word in asked[: 2 * wanted] if (item := self._item(met[word]))]

    def _decode(self, post_id: int) -> dict[str, Context]:
        """Each word of a post in its best sentence there, in reading order."""
        best: dict[str, Context] = {}
        for context in contexts(post_id, self._annotated(post_id)):
            headword = context.word.token.headword
            if headword not in best or context.merit > best[headword].merit:
                best[headword] = context
        return best

    def in_post(self, post_id: int) -> list[Item]:
        """Each Chinese word of a post that can be asked, in its best sentence there."""
        return [item for context in self._met_in(post_id).values() if (item := self._item(context))]

    def _item(self, context: Context) -> Item | None:
        word, post_id = context.word, context.place.post_id
        token = word.token
        base = self.listed(token.headword)
        gloss = _sense(token) or (base.gloss if base else "")
        if not gloss:
            return None
        reading = token.reading.syllables if token.reading else ()
        fits = len(reading) == len(token.headword)
        return Item(
            headword=token.headword,
            syllables=reading if fits else base.syllables if base else (),
            gloss=gloss,
            level=base.level if base else 0,
            sentence=word.sentence,
            english=word.english,
            english_links=word.english_links,
            post_id=post_id,
            title=self._title(post_id),
            picture=self._picture(post_id) if in_title(self._annotated(post_id), token.headword) else "",
        )

    def english_pool(self) -> list[Item]:
        """English words of the posts that fit best, as wrong answers for others."""
        ids = self._posts.ids(FeedQuery(sort=Sort.FIT), _POOL)
        return [item for post_id in ids for item in self._in_english(post_id)]

    def _read_english(self, post_id: int) -> list[Item]:
        return english_items(
            post_id, self._annotated(post_id), self._title(post_id), self._picture(post_id), self._english
        )

    def _read_picture(self, post_id: int) -> str:
        return picture_of(self._posts.post(post_id), self._library)

    def _read_title(self, post_id: int) -> str:
        card = self._posts.cards([post_id]).get(PostId(post_id))
        return (card.title or card.line) if card else ""

    def listed(self, headword: str) -> Item | None:
        """A word by the dictionary alone; None when it has no sense there."""
        lexicon = self._lexicon()
        entries = lexicon.entries(headword)
        if not entries or not entries[0].senses:
            return None
        level = lexicon.facts(headword).levels.get(self._settings.standard, 0)
        return Item(headword, entries[0].syllables, entries[0].senses[0].gloss, level)

    def _level_items(self, of: int | str, wanted: int, chance: random.Random) -> list[Item]:
        """Words of a level, in a sentence of the library where one holds them."""
        if not str(of).isdigit() or not 1 <= int(of) <= HIGHEST_LEVEL:
            raise UsageError(f"There is no HSK level {of!r}", hint="Name one from 1 to 7; 7 stands for 7–9.")
        words = self._lexicon().words_of_level(self._settings.standard, int(of))
        chosen = chance.sample(words, min(len(words), wanted))
        return [item for word in chosen if (item := self._met_or_listed(word))]

    def _met_or_listed(self, headword: str) -> Item | None:
        for post_id in self._words.posts_with(headword, 1):
            # One word of a post is wanted, so the other sentences are left alone.
            met = find_word(self._annotated(post_id), headword, 1, -1)
            if met is not None:
                return self._item(Context(Place(post_id, 1, met.token.start), met))
        return self.listed(headword)

    # -- cards -------------------------------------------------------------------------------------

    def _due_cards(self, wanted: int) -> list[StoredCard]:
        now = self.now()
        end = self.days().end_of_day(now)
        return [*self._reviews.learning_due(now), *self._reviews.reviews_due(end, now, wanted)]

    def _mistaken_cards(self) -> list[StoredCard]:
        now, days = self.now(), self.days()
        answers = self._reviews.answered_between(days.start(days.day(now)), days.end_of_day(now))
        wrong = dict.fromkeys(answer.card_id for answer in answers if answer.rating is Rating.AGAIN)
        return [self._reviews.card(card_id) for card_id in wrong]

    def _english_of(self, cards: Iterable[StoredCard]) -> dict[str, Item]:
        """English words of cards; of a card about a Chinese word, the English word that translates it there."""
        items = (item if item.language is Language.EN else turned(item) for item in self._of_cards(cards))
        found: dict[str, Item] = {}
        for item in items:
            if item is not None:
                _, level, phonetics, _ = self._english.facts(item.headword)
                band = BANDS.index(level) + 1 if level else 0
                found.setdefault(item.headword, replace(item, phonetics=phonetics, level=band))
        return found

    def _of_cards(self, cards: Iterable[StoredCard]) -> list[Item]:
        return [item for card in cards if (item := _of_card(self._reviewing.card(card.id)))]

    def days(self) -> DayRule:
        """How days are counted."""
        return DayRule.at(self._clock(), self._settings.rollover)

    def now(self) -> int:
        """Unix milliseconds."""
        return int(self._clock().timestamp() * 1000)


def _band(of: int | str) -> int:
    name = str(of).upper()
    if name in BANDS:
        return BANDS.index(name) + 1
    if not name.isdigit() or not 1 <= int(name) <= len(BANDS):
        raise UsageError(f"There is no level {of!r}", hint=f"Name one of {', '.join(BANDS)}.")
    return int(name)


def _of_card(card: ReviewCard) -> Item | None:
    if not card.gloss:
        return None
    return Item(
        card.headword, card.syllables, card.gloss, card.level, card.sentence, card.english, card.english_links,
        card.post_id, card.title, Language.EN if card.headword.isascii() else Language.ZH,
    )  # fmt: skip


def _sense(token: Token) -> str:
    return token.sense.gloss if token.sense else ""
