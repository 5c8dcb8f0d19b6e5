"""Quizzes: which words to ask about, drawn from posts, tags, levels, due cards or mistakes."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from learnfeed.config import Settings
from learnfeed.core.errors import NotFoundError
from learnfeed.core.review import CardState, Rating
from learnfeed.core.text import Language
from learnfeed.services.opening import NO_VIEWER, viewer_found
from learnfeed.services.quiz_words import QuizSource, QuizWords
from learnfeed.services.review_views import Answered
from learnfeed.services.reviewing import ReviewService
from learnfeed.services.speaking import SpeechService
from learnfeed.services.wording import LexiconWording
from learnfeed.store.database import Database
from learnfeed.store.reviews import ReviewStore, StoredCard
from learnfeed.study.quiz.base import Alternatives, Item, Material, Question, Verdict
from learnfeed.study.quiz.distractors import Distractors
from learnfeed.study.quiz.english import EnglishAlternatives
from learnfeed.study.quiz.kinds.choosing import PICTURE_WORD
from learnfeed.study.quiz.kinds.translating import ANSWER
from learnfeed.study.quiz.registry import HEARD, USUAL, find
from learnfeed.study.quiz.session import QuizRound, drill, make_round

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon

ROUND = 10
"""Questions of a round."""
_SPARES = (2, 8, 32)
"""Words drawn for each question wanted: some can't be asked, and pairs need company; more where few fit the kinds."""


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
        speaking: SpeechService,
        can_open: Callable[[], bool] = viewer_found,
    ) -> None:
        """Takes the library, a way to open the dictionary, settings, a clock, chance, reviewing, a voice.

        ``can_open`` tells whether pictures can be looked at here.
        """
        self._reviews = ReviewStore(database)
        self._lexicon = lexicon
        self._settings = settings
        self._chance = chance
        self._reviewing = reviewing
        self._speaking = speaking
        self._can_open = can_open
        self._source = QuizWords(database, lexicon, settings, clock, reviewing)

    @cached_property
    def _distractors(self) -> Distractors:
        from learnfeed.annotate.synonyms import SYNONYMS

        return Distractors(self._lexicon(), self._settings.standard, SYNONYMS)

    @cached_property
    def _wording(self) -> LexiconWording:
        return LexiconWording(self._lexicon())

    @property
    def learns_english(self) -> bool:
        """Whether English is learned from the posts, not Chinese."""
        return self._settings.direction == "english"

    def missing(self, kinds: Sequence[str]) -> str:
        """Why none of these kinds can be asked on this machine, and what to do; empty when one can.

        See :meth:`learnfeed.services.speaking.SpeechService.missing`.

        Raises:
            UsageError: A kind does not exist.
        """
        names = {find(name).name for name in kinds}
        if names <= HEARD:
            return self._speaking.missing(Language.EN if self.learns_english else Language.ZH)
        if names == {PICTURE_WORD.name} and not self._can_open():
            return NO_VIEWER
        return ""

    def _material(self, items: Sequence[Item], chance: random.Random) -> Material:
        alternatives: Alternatives = (
            EnglishAlternatives([*items, *self._source.english_pool()], self._wording)
            if self.learns_english
            else self._distractors
        )
        return Material(
            alternatives,
            tuple(items),
            chance,
            self._wording,
            self._speaking.languages,
            self._can_open(),
        )

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
        best = QuizRound(())
        for spare in _SPARES:
            items = self._items(source, of, count * spare, chance, kinds)
            made = make_round(items, self._material(items, chance), kinds=kinds, count=count)
            if len(made.questions) > len(best.questions):
                best = made
            if len(best.questions) == count or len(items) < count * spare:
                break
        return best

    def _items(
        self, source: QuizSource, of: int | str, wanted: int, chance: random.Random, kinds: Sequence[str]
    ) -> list[Item]:
        """What to ask about, fit for the kinds."""
        if set(kinds) == {ANSWER.name}:
            return self._source.exchanges(source, of, wanted, chance)
        if set(kinds) == {PICTURE_WORD.name}:
            return self._source.pictured(source, of, wanted, chance, english=self.learns_english)
        if self.learns_english:
            return self._source.english(source, of, wanted, chance)
        return self._source.items(source, of, wanted, chance)

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
        others = self._source.in_post(post_id) if post_id is not None else []
        found = next((item for item in others if item.headword == headword), None)
        if found is None and post_id is None:
            found = self._source.listed(headword)
        if found is None:
            raise NotFoundError(f"{headword} is not a word that can be asked there")
        rest = [item for item in others if item.headword != headword]
        material = self._material(rest, random.Random(seed))
        return drill(found, material, kinds=kinds)

    def feed(self, question: Question, verdict: Verdict, took: int = 0) -> Answered | None:
        """Lets an answer count as a review of the word's card, when such a card is due today.

        Right counts as good, partly right as hard, wrong as again. A question about several words,
        or about a comment, counts for none.

        Returns:
            What the review did; None when no card of the word is due.
        """
        if question.left or question.item.exchange:
            return None
        now = self._source.now()
        end = self._source.days().end_of_day(now)
        cards = self._reviews.cards_of([question.item.headword])
        card = next((card for card in cards if _is_due(card, now, end)), None)
        if card is None:
            return None
        rating = Rating.GOOD if verdict.right else Rating.HARD if verdict.partial else Rating.AGAIN
        return self._reviewing.answer(card.id, rating, took, source="quiz")


def _is_due(card: StoredCard, now: int, end: int) -> bool:
    schedule = card.schedule
    if card.suspended or card.buried_until > now or schedule.state is CardState.NEW:
        return False
    return schedule.due < end if schedule.state is CardState.REVIEW else schedule.due <= now
