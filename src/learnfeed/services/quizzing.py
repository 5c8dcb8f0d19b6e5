"""Quizzes: which words to ask about, drawn from posts, tags, levels, due cards or mistakes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from learnfeed.config import Settings
from learnfeed.core.days import DayRule
from learnfeed.core.errors import NotFoundError, UsageError
from learnfeed.core.feed import FeedQuery, Sort
from learnfeed.core.ids import PostId
from learnfeed.core.level import HIGHEST_LEVEL
from learnfeed.core.review import CardState, Rating
from learnfeed.core.text import Token
from learnfeed.core.word import WordStatus
from learnfeed.services.contexts import Context, Place, contexts
from learnfeed.services.review_views import Answered, ReviewCard
from learnfeed.services.reviewing import ReviewService
from learnfeed.services.sentences import find_word
from learnfeed.store.database import Database
from learnfeed.store.posts import PostStore
from learnfeed.store.reviews import ReviewStore, StoredCard
from learnfeed.store.words import WordStore
from learnfeed.study.quiz.base import Item, Question, Verdict
from learnfeed.study.quiz.distractors import Distractors
from learnfeed.study.quiz.registry import USUAL
from learnfeed.study.quiz.session import QuizRound, drill, make_round

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon

ROUND = 10
"""Questions of a round."""
_SPARE = 2
"""Words drawn for each question wanted: some can't be asked, and pairs need company."""
_POSTS = 12
"""Posts that a round about a tag, or a mixed one, looks into."""


class QuizSource(StrEnum):
    """Where a round takes its words from."""

    MIXED = "mixed"
    POST = "post"
    TAG = "tag"
    LEVEL = "level"
    DUE = "due"
    MISTAKES = "mistakes"


class QuizService:
    """Rounds of questions over the learner's own words."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        settings: Settings,
        clock: Callable[[], datetime],
        *,
        chance: random.Random,
        reviewing: ReviewService,
    ) -> None:
        """Takes the library, a way to open the dictionary, settings, a clock, chance, and reviewing."""
        self._posts = PostStore(database)
        self._words = WordStore(database)
        self._reviews = ReviewStore(database)
        self._lexicon = lexicon
        self._settings = settings
        self._clock = clock
        self._chance = chance
        self._reviewing = reviewing
        self._annotated = lru_cache(maxsize=_POSTS)(self._posts.annotated)
        self._in_post = lru_cache(maxsize=_POSTS)(self._decode)
        self._title = lru_cache(maxsize=_POSTS)(self._read_title)

    @cached_property
    def _distractors(self) -> Distractors:
        return Distractors(self._lexicon(), self._settings.standard)

    # -- rounds ------------------------------------------------------------------------------------

    def draw(
        self,
        source: QuizSource = QuizSource.MIXED,
        of: int | str = "",
        *,
        count: int = ROUND,
        kinds: Sequence[str] = USUAL,
        seed: int | None = None,
    ) -> QuizRound:
        """A round.

        Args:
            source: Where its words come from.
            of: Which post (id), tag or level (1–7).
            count: Questions at most.
            kinds: Names of kinds of questions, taking turns.
            seed: The same seed, library and day give the same round; None leaves it to chance.

        Returns:
            The round; without questions when the source holds no word that can be asked.

        Raises:
            UsageError: The level or a kind does not exist.
            NotFoundError: The post does not exist.
        """
        chance = self._chance if seed is None else random.Random(seed)
        items = self._items(source, of, count * _SPARE, chance)
        return make_round(items, self._distractors, chance, kinds=kinds, count=count)

    def about(
        self, headword: str, post_id: int | None = None, *, kinds: Sequence[str] = USUAL, seed: int = 0
    ) -> QuizRound:
        """A round about one word, every kind of question once; the same seed gives the same round.

        Args:
            headword: The word.
            post_id: The post that taught it; None for the dictionary alone.
            kinds: Names of kinds, in the order they are asked.
            seed: For the choice and order of options.

        Raises:
            NotFoundError: The post does not hold the word, or no dictionary knows it.
        """
        others = self._post_items(post_id) if post_id is not None else []
        found = next((item for item in others if item.headword == headword), None)
        if found is None and post_id is None:
            found = self._listed(headword)
        if found is None:
            raise NotFoundError(f"{headword} is not a word that can be asked there")
        rest = [item for item in others if item.headword != headword]
        return drill(found, self._distractors, random.Random(seed), kinds=kinds, others=rest)

    def feed(self, question: Question, verdict: Verdict, took: int = 0) -> Answered | None:
        """Lets an answer count as a review of the word's card, when such a card is due today.

        Right counts as good, partly right as hard, wrong as again. A question about several words
        counts for none.

        Returns:
            What the review did; None when no card of the word is due.
        """
        if question.left:
            return None
        now = self._now()
        end = self._days().end_of_day(now)
        cards = self._reviews.cards_of([question.item.headword])
        card = next((card for card in cards if _is_due(card, now, end)), None)
        if card is None:
            return None
        rating = Rating.GOOD if verdict.right else Rating.HARD if verdict.partial else Rating.AGAIN
        return self._reviewing.answer(card.id, rating, took, source="quiz")

    # -- items -------------------------------------------------------------------------------------

    def _items(self, source: QuizSource, of: int | str, wanted: int, chance: random.Random) -> list[Item]:
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
            once.setdefault(item.headword, item)
        return list(once.values())[:wanted]

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
            met = self._in_post(post_id) | met
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

    def _post_items(self, post_id: int) -> list[Item]:
        return [item for context in self._in_post(post_id).values() if (item := self._item(context))]

    def _item(self, context: Context) -> Item | None:
        word, post_id = context.word, context.place.post_id
        token = word.token
        base = self._listed(token.headword)
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
        )

    def _read_title(self, post_id: int) -> str:
        card = self._posts.cards([post_id]).get(PostId(post_id))
        return (card.title or card.line) if card else ""

    def _listed(self, headword: str) -> Item | None:
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
        return self._listed(headword)

    # -- cards -------------------------------------------------------------------------------------

    def _due_cards(self, wanted: int) -> list[StoredCard]:
        now = self._now()
        end = self._days().end_of_day(now)
        return [*self._reviews.learning_due(now), *self._reviews.reviews_due(end, now, wanted)]

    def _mistaken_cards(self) -> list[StoredCard]:
        now, days = self._now(), self._days()
        answers = self._reviews.answered_between(days.start(days.day(now)), days.end_of_day(now))
        wrong = dict.fromkeys(answer.card_id for answer in answers if answer.rating is Rating.AGAIN)
        return [self._reviews.card(card_id) for card_id in wrong]

    def _of_cards(self, cards: Iterable[StoredCard]) -> list[Item]:
        return [item for card in cards if (item := _of_card(self._reviewing.card(card.id)))]

    def _days(self) -> DayRule:
        return DayRule.at(self._clock(), self._settings.rollover)

    def _now(self) -> int:
        return int(self._clock().timestamp() * 1000)


def _of_card(card: ReviewCard) -> Item | None:
    if not card.gloss:
        return None
    return Item(
        card.headword, card.syllables, card.gloss, card.level, card.sentence, card.english, card.english_links,
        card.post_id, card.title,
    )  # fmt: skip


def _sense(token: Token) -> str:
    return token.sense.gloss if token.sense else ""


def _is_due(card: StoredCard, now: int, end: int) -> bool:
    schedule = card.schedule
    if card.suspended or card.buried_until > now or schedule.state is CardState.NEW:
        return False
    return schedule.due < end if schedule.state is CardState.REVIEW else schedule.due <= now
