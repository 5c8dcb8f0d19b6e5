"""Reviews: what waits, the next card with all it shows, answering, and taking it back."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from learnfeed.config import Settings
from learnfeed.core.days import DayRule
from learnfeed.core.errors import NotFoundError
from learnfeed.core.ids import CardId
from learnfeed.core.review import CardState, Rating, Schedule, Template
from learnfeed.core.text import AnnotatedPost
from learnfeed.core.word import WordStatus
from learnfeed.services.english import turned_post
from learnfeed.services.reading import same_reading
from learnfeed.services.review_views import Answered, Outlook, ReviewCard, UndoneReview
from learnfeed.services.sentences import WordInSentence, find_word
from learnfeed.store.database import Database
from learnfeed.store.events import Event, EventKind, EventLog
from learnfeed.store.fitted import FittedStore
from learnfeed.store.posts import PostStore
from learnfeed.store.reviews import NewCard, ReviewStore, StoredCard
from learnfeed.store.words import WordStore
from learnfeed.study import scheduler
from learnfeed.study.queue import LEARN_AHEAD_MS, Day, Load, first_free, pick, siblings, within

if TYPE_CHECKING:
    from learnfeed.annotate.english_words import EnglishReader
    from learnfeed.annotate.lexicon import Lexicon

KNOWN_DAYS = 21
"""A word whose card waits so long counts as known (Anki calls such a card mature)."""
LEECH_FLAG = 1
"""Anki's red flag."""
_OTHER_GLOSSES = 4
_UNDOABLE = (EventKind.REVIEW, EventKind.CARD_CHANGE, EventKind.PULL, EventKind.FITTED)


class ReviewService:
    """Reviewing. Every write reads the card again inside its transaction, so two windows never clash."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        settings: Settings,
        clock: Callable[[], datetime],
    ) -> None:
        """Takes the library, a way to open the dictionary, the settings and a clock with a zone."""
        self._db = database
        self._store = ReviewStore(database)
        self._posts = PostStore(database)
        self._words = WordStore(database)
        self._events = EventLog(database)
        self._fitted = FittedStore(database)
        self._lexicon = lexicon
        self._settings = settings
        self._clock = clock
        self._annotated = lru_cache(maxsize=32)(self._posts.annotated)

    # -- what waits --------------------------------------------------------------------------------

    def plan(self) -> scheduler.Plan:
        """How cards are scheduled now."""
        settings = self._settings
        return scheduler.Plan(
            days=DayRule.at(self._clock(), settings.rollover),
            retention=settings.desired_retention,
            learning_steps=settings.learning_seconds,
            relearning_steps=settings.relearning_seconds,
            parameters=self.fsrs_parameters(),
        )

    def fsrs_parameters(self) -> tuple[float, ...]:
        """The 21 weights of FSRS-6 that were fitted to the learner; empty for the defaults."""
        return self._fitted.current()

    def outlook(self) -> Outlook:
        """What is left today and what comes then."""
        now, days = self._now(), self.plan().days
        end = days.end_of_day(now)
        day, load, _, new = self._today(now, days)
        step = self._store.next_step_due()
        given = self._store.log_between(days.start(days.day(now)), end)
        return Outlook(
            load=load,
            answered=len(given),
            minutes=round(sum(log.took for log in given) / 60_000),
            next_step=None if step is None else max(0, (step - now) // 1000),
            tomorrow=len(self._store.due_between(end, days.end_of_day(end))),
            new_held_back=max(0, new - day.new_left),
        )

    def next_card(self) -> ReviewCard | None:
        """The card to show now; None when there is nothing to do now."""
        now, plan = self._now(), self.plan()
        end = plan.days.end_of_day(now)
        day, load, buried, _ = self._today(now, plan.days)
        steps = self._store.learning_due(now + LEARN_AHEAD_MS)
        chosen = pick(
            day,
            load,
            step=next((card for card in steps if card.schedule.due <= now), None),
            review=first_free(self._store.reviews_due(end, now, len(buried) + 1), buried),
            new=first_free(self._store.new_cards(now, len(buried) + 1), buried),
            ahead=next(iter(steps), None),
        )
        return self._shown(chosen, plan, now) if chosen else None

    def card(self, card_id: int) -> ReviewCard:
        """One card as it would be shown now.

        Raises:
            NotFoundError: It is gone.
        """
        return self._shown(self._store.card(card_id), self.plan(), self._now())

    def _today(self, now: int, days: DayRule) -> tuple[Day, Load, frozenset[int], int]:
        """What was done, what waits, what is buried as a sibling, and how many new cards there are."""
        end = days.end_of_day(now)
        answers = self._store.answered_between(days.start(days.day(now)), end)
        day = Day(
            new_limit=self._settings.new_per_day,
            review_limit=self._settings.reviews_per_day,
            new_done=len({answer.card_id for answer in answers if answer.state is CardState.NEW}),
            reviews_done=sum(answer.state is CardState.REVIEW for answer in answers),
        )
        words = {answer.headword for answer in answers} if self._settings.bury_siblings else set()
        open_cards = [card for card in self._store.cards_of(words) if _waits(card, now, end)]
        buried = siblings(
            [(answer.card_id, answer.headword) for answer in answers if answer.headword in words],
            [(card.id, card.headword) for card in open_cards],
        )
        held = [card.schedule.state for card in open_cards if card.id in buried]
        counts = self._store.counts(end, now)
        new = counts.new - held.count(CardState.NEW)
        load = within(day, new=new, learning=counts.learning, due=counts.due - held.count(CardState.REVIEW))
        return day, load, buried, new

    def _now(self) -> int:
        return int(self._clock().timestamp() * 1000)

    # -- showing -----------------------------------------------------------------------------------

    def _shown(self, card: StoredCard, plan: scheduler.Plan, now: int) -> ReviewCard:
        met = self._met(card)
        syllables = met.token.reading.syllables if met and met.token.reading else ()
        gloss = met.token.sense.gloss if met and met.token.sense else ""
        syllables, gloss, others = self._meaning(card.headword, syllables, gloss)
        post = self._posts.cards([card.post_id]).get(card.post_id) if card.post_id is not None else None
        return ReviewCard(
            id=card.id,
            template=card.template,
            headword=card.headword,
            syllables=syllables,
            gloss=gloss,
            other_glosses=others,
            sentence=met.sentence if met else (),
            english=met.english if met else "",
            english_links=met.english_links if met else (),
            post_id=post.id if post else None,
            title=(post.title or post.line) if post else "",
            author=post.author if post else "",
            level=self._lexicon().facts(card.headword).levels.get(self._settings.standard, 0),
            state=card.schedule.state,
            intervals=scheduler.next_intervals(plan, card.schedule, now, spread_of(card)),
            flag=card.flag,
            lapses=card.schedule.lapses,
            phonetics=self._english.facts(card.headword)[2] if self._is_english(card.headword) else "",
        )

    def _is_english(self, headword: str) -> bool:
        return headword.isascii() and not self._lexicon().entries(headword)

    def _met(self, card: StoredCard) -> WordInSentence | None:
        if card.post_id is None:
            return None
        try:
            post: AnnotatedPost = self._annotated(card.post_id)
        except NotFoundError:
            return None
        if self._is_english(card.headword):
            post = turned_post(post, self._english)
        return find_word(post, card.headword, card.section, card.start)

    @cached_property
    def _english(self) -> EnglishReader:
        from learnfeed.annotate.english_words import EnglishReader

        return EnglishReader(self._lexicon())

    def _meaning(
        self, headword: str, syllables: tuple[str, ...], gloss: str
    ) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
        """Reading, sense and other senses: what the sentence says, else what the dictionary says first."""
        entries = self._lexicon().entries(headword)
        if syllables and len(syllables) == len(headword):
            entries = tuple(entry for entry in entries if same_reading(entry, syllables)) or entries
        elif entries:
            syllables = entries[0].syllables
        glosses = [sense.gloss for entry in entries for sense in entry.senses]
        gloss = gloss or next(iter(glosses), "")
        others = [other for other in dict.fromkeys(glosses) if other != gloss]
        return syllables, gloss, tuple(others[:_OTHER_GLOSSES])

    # -- answering ---------------------------------------------------------------------------------

    def answer(self, card_id: int, rating: Rating, took: int = 0, *, source: str = "app") -> Answered:
        """Writes an answer.

        Args:
            card_id: The card.
            rating: The answer.
            took: Milliseconds from question to answer.
            source: ``app`` or ``quiz``.

        Raises:
            NotFoundError: The card is gone.
        """
        now, plan = self._now(), self.plan()
        with self._db.write():
            card = self._store.card(card_id)
            after, log = scheduler.answer(
                plan, card.schedule, rating, now, took=took, source=source, spread=spread_of(card)
            )
            log = self._store.record(card, log, after)
            lapsed = after.lapses > card.schedule.lapses
            leech = lapsed and scheduler.is_leech(after.lapses, self._settings.leech_threshold)
            if leech:
                self._store.change(card, now, suspended=True, buried_until=card.buried_until, flag=LEECH_FLAG)
            known = self._move_status(card, after, now)
        return Answered(log, after, leech, known)

    def _move_status(self, card: StoredCard, after: Schedule, now: int) -> bool:
        """Keeps the vocabulary true to the card: known once it waits long, learning after a lapse."""
        status = self._words.statuses([card.headword])[card.headword]
        if after.state is CardState.REVIEW and after.interval >= KNOWN_DAYS:
            wanted = WordStatus.KNOWN
        elif status is WordStatus.NEW or after.lapses > card.schedule.lapses:
            wanted = WordStatus.LEARNING
        else:
            return False
        if status is WordStatus.IGNORED:
            return False
        changed = self._words.mark({card.headword: wanted}, now)
        return bool(changed) and wanted is WordStatus.KNOWN

    def bury(self, card_id: int) -> None:
        """Sets a card aside until tomorrow."""
        now = self._now()
        with self._db.write():
            card = self._store.card(card_id)
            until = self.plan().days.end_of_day(now)
            self._store.change(card, now, suspended=card.suspended, buried_until=until, flag=card.flag)

    def suspend(self, card_id: int) -> None:
        """Takes a card out of play until it is put back."""
        now = self._now()
        with self._db.write():
            card = self._store.card(card_id)
            self._store.change(card, now, suspended=True, buried_until=card.buried_until, flag=card.flag)

    def flag(self, card_id: int, flag: int) -> None:
        """Gives a card a flag, 0 (none) to 7; the flag it has already takes it off."""
        now = self._now()
        with self._db.write():
            card = self._store.card(card_id)
            wanted = 0 if card.flag == flag else flag
            self._store.change(
                card, now, suspended=card.suspended, buried_until=card.buried_until, flag=wanted
            )

    def add_card(
        self,
        post_id: int | None,
        section: int,
        start: int,
        headword: str,
        *,
        templates: tuple[Template, ...] = (Template.RECOGNITION,),
    ) -> tuple[CardId, ...]:
        """Makes cards of a word where it was met; a word without a status is being learned from then on.

        Returns:
            Ids of the cards that are new; empty when the word has them already.
        """
        now = self._now()
        level = self._lexicon().facts(headword).levels.get(self._settings.standard, 0)
        with self._db.write():
            new = self._words.statuses([headword])[headword] is WordStatus.NEW
            begun = {headword: WordStatus.LEARNING} if new else {}
            moved = list(self._words.move(begun, now, levels={headword: level}).values())
            cards = [NewCard(headword, template, post_id, section, start) for template in templates]
            added = self._store.add_cards(cards, now, words=moved)
            if moved and not added:
                self._events.add(EventKind.STATUS, {"words": moved}, now)
            return added

    # -- taking back -------------------------------------------------------------------------------

    def undo(self) -> UndoneReview | None:
        """Takes back the last answer, or the last card that was buried, suspended or flagged.

        What an answer brought with it (a leech set aside, a word that became known) goes with it.

        Returns:
            What was taken back; None when nothing is left.
        """
        now = self._now()
        with self._db.write():
            event = self._events.last_standing(_UNDOABLE)
            # What came from Anki builds on the answers before it: they can't be taken back from under it.
            if event is None or event.kind is EventKind.PULL:
                return None
            if event.kind is EventKind.FITTED:
                self._fitted.take_back(event, now)
                return UndoneReview("the parameters of FSRS are as they were before", None)
            self._undo_status(event, now)
            self._store.take_back(event, now)
            what = "card is as it was before"
            cause = self._cause(event)
            if cause is not None:
                self._store.take_back(cause, now)
            if EventKind.REVIEW in (event.kind, cause.kind if cause else None):
                what = "answer taken back"
        return UndoneReview(what, CardId(event.data["card"]))

    def _cause(self, event: Event) -> Event | None:
        """The answer that set a leech aside: it stands right before, at the same time, on the same card."""
        if event.kind is not EventKind.CARD_CHANGE:
            return None
        before = self._events.last_standing((EventKind.REVIEW,))
        same = before is not None and before.at == event.at and before.data["card"] == event.data["card"]
        return before if same and before is not None and event.id - before.id == 1 else None

    def _undo_status(self, event: Event, now: int) -> None:
        """Takes back the change of status that an answer brought: the event right after it."""
        change = self._events.last_standing((EventKind.STATUS,))
        if change is None or change.at != event.at or change.id - event.id != 1:
            return
        word = self._words.word(self._store.card(event.data["card"]).headword)
        if word is not None and [entry[0] for entry in change.data["words"]] == [word.id]:
            self._words.take_back(change, now)


def spread_of(card: StoredCard) -> float:
    """Where in its range the card's next interval falls, 0–1: the same however often it is asked."""
    return zlib.crc32(f"{card.id}:{card.schedule.reps}".encode()) / 2**32


def _waits(card: StoredCard, now: int, end: int) -> bool:
    schedule = card.schedule
    due = schedule.state is CardState.REVIEW and schedule.due < end
    return (due or schedule.state is CardState.NEW) and not card.suspended and card.buried_until <= now
