"""Back from Anki: what was answered there becomes part of the library, exactly once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from learnfeed.core.errors import SourceError
from learnfeed.core.ids import note_guid
from learnfeed.core.review import CardState, ReviewLog, Schedule, Template
from learnfeed.core.word import WordStatus
from learnfeed.services.merging import Move, merged, status_after
from learnfeed.services.views import Progress
from learnfeed.store.database import Database
from learnfeed.store.foreign import ForeignReviews
from learnfeed.store.notes import NoteContent, NoteStore
from learnfeed.store.reviews import NewCard, ReviewStore, StoredCard
from learnfeed.store.words import WordStore
from learnfeed.study import scheduler

if TYPE_CHECKING:
    from learnfeed.anki.connect import AnkiConnect, ConnectedCard
    from learnfeed.anki.history import CardHistory
    from learnfeed.annotate.lexicon import Lexicon

_BATCH = 500
_NAMED = 20
"""Words that are named in a problem; the rest are counted."""


@dataclass(frozen=True, slots=True)
class PullSummary:
    """What came back from Anki.

    Attributes:
        notes: Word notes of ours that were seen.
        cards: Their cards.
        new_reviews: Answers that the library did not have.
        known_reviews: Answers that it had already.
        made: Cards that the library did not have.
        rescheduled: Cards that stand elsewhere now.
        suspended: Cards that were set aside or put back into play.
        words: Words whose status changed.
        problems: What could not be taken, each in a sentence.
        seconds: How long it took.
    """

    notes: int = 0
    cards: int = 0
    new_reviews: int = 0
    known_reviews: int = 0
    made: int = 0
    rescheduled: int = 0
    suspended: int = 0
    words: int = 0
    problems: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether the library is another one than before."""
        return any((self.new_reviews, self.made, self.rescheduled, self.suspended, self.words))


@dataclass(slots=True)
class _Run:
    """A pull that is going on."""

    foreign: ForeignReviews
    plan: scheduler.Plan
    touched: dict[int, int]
    words: dict[str, str]
    notes: set[str] = field(default_factory=set)
    unknown: dict[str, str] = field(default_factory=dict)
    seen: set[tuple[str, Template]] = field(default_factory=set)
    moves: dict[str, list[Move]] = field(default_factory=dict)
    twice: int = 0
    lost: int = 0
    new: int = 0
    known: int = 0
    made: int = 0
    rescheduled: int = 0
    suspended: int = 0


class SyncService:
    """Takes in what was reviewed in Anki."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        standard: str,
        plan: Callable[[], scheduler.Plan],
        clock: Callable[[], int],
    ) -> None:
        """Takes what a pull needs.

        Args:
            database: The library.
            lexicon: Opens the dictionary.
            standard: HSK standard for the levels of words that the library has not met.
            plan: How cards are scheduled now.
            clock: Unix milliseconds now.
        """
        self._db = database
        self._reviews = ReviewStore(database)
        self._words = WordStore(database)
        self._contents = NoteStore(database)
        self._lexicon = lexicon
        self._standard = standard
        self._plan = plan
        self._now = clock

    def pull(
        self,
        path: Path,
        *,
        progress: Callable[[Progress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> PullSummary:
        """Takes in a package or collection of Anki's. Blocks until done; all of it is one event.

        Args:
            path: A ``.apkg`` or ``.colpkg``, a ``collection.anki2``, or the profile folder that holds one.
            progress: Called now and then with cards read so far.
            stop: Asked now and then; True ends the pull, and the library stays as it was.

        Raises:
            SourceError: The file can't be read, or it was stopped.
            LibraryError: The library can't be written.
        """
        from learnfeed.anki.history import read_histories

        return self.take_in(_watched(read_histories(path), path.name, progress, stop))

    def pull_connected(
        self,
        client: AnkiConnect,
        *,
        progress: Callable[[Progress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> PullSummary:
        """Takes in what was answered in a running Anki. Blocks until done; all of it is one event.

        AnkiConnect does not tell memory states: they are computed from the answers.

        Args:
            client: The running Anki.
            progress: Called now and then with cards read so far.
            stop: Asked now and then; True ends the pull, and the library stays as it was.

        Raises:
            AnkiError: It does not answer, or answers nonsense.
            SourceError: It was stopped.
            LibraryError: The library can't be written.
        """
        from learnfeed.anki.connect import word_query

        client.version()
        # All is asked for before the library is written to: Anki may take its time.
        cards = list(client.cards(client.find(word_query(answered=True))))
        created = self._created(client)
        histories = (
            card.history(guid, created) for guid, card in zip(self._guids(cards), cards, strict=True)
        )
        return self.take_in(_watched(histories, "Anki", progress, stop))

    def _created(self, client: AnkiConnect) -> int:
        """Unix seconds at which a running Anki's first day begins; 0 while nothing there counts in days."""
        today = client.today()
        days = self._plan().days
        return 0 if today is None else days.start(days.day(self._now()) - today) // 1000

    def _guids(self, cards: Iterable[ConnectedCard]) -> Iterator[str]:
        """The guid that each card's note must have, going by its key; the key itself where none fits."""
        from learnfeed.anki.fields import note_key

        known = {
            note_key(guid): guid for word in self._words.headwords() if (guid := note_guid("word", word))
        }
        for card in cards:
            named = note_guid("word", unescape(card.hanzi))
            yield known.get(card.key) or (named if note_key(named) == card.key else card.key)

    def take_in(self, histories: Iterable[CardHistory]) -> PullSummary:
        """Takes in cards as they stand in Anki, wherever they were read from.

        A card's answers become the union of both logs. It then stands as Anki says when its last answer
        was given there; else where the merged log leads. Cards that were never answered in Anki are not
        made here. What the learner took back here stays taken back.

        Raises:
            LibraryError: The library can't be written.
        """
        began = self._now()
        left = iter(histories)
        with self._db.write():
            foreign = ForeignReviews(self._db, began)
            known = {note_guid("word", word): word for word in self._words.headwords()}
            run = _Run(foreign, self._plan(), foreign.touched(), known)
            while batch := list(islice(left, _BATCH)):
                self._take_batch(run, batch)
            words = foreign.close(self._statuses(run))
        return PullSummary(
            notes=len(run.notes),
            cards=len(run.seen),
            new_reviews=run.new,
            known_reviews=run.known,
            made=run.made,
            rescheduled=run.rescheduled,
            suspended=run.suspended,
            words=words,
            problems=tuple(_problems(run)),
            seconds=(self._now() - began) / 1000,
        )

    # -- cards -------------------------------------------------------------------------------------

    def _take_batch(self, run: _Run, histories: list[CardHistory]) -> None:
        placed = [(word, history) for history in histories if (word := self._word(run, history))]
        cards = self._cards(run, placed)
        found = [
            (cards[word, history.template], history)
            for word, history in placed
            if (word, history.template) in cards
        ]
        logs = self._reviews.logs(card.id for card, _ in found)
        for card, history in found:
            self._take_card(run, card, history, logs.get(card.id, []))

    def _word(self, run: _Run, history: CardHistory) -> str | None:
        """The word of a card; None when it is not known here, or the card was seen before."""
        word = run.words.get(history.guid)
        if word is None:
            named = history.hanzi
            if note_guid("word", named) != history.guid or not self._lexicon().entries(named):
                run.unknown[history.guid] = named
                return None
            word = run.words[history.guid] = named
        run.notes.add(history.guid)
        if (word, history.template) in run.seen:
            run.twice += 1
            return None
        run.seen.add((word, history.template))
        return word

    def _cards(
        self, run: _Run, placed: list[tuple[str, CardHistory]]
    ) -> dict[tuple[str, Template], StoredCard]:
        """The library's cards for what stands in Anki; those that were answered there are made."""
        words = dict.fromkeys(word for word, _ in placed)
        cards = _by_place(self._reviews.cards_of(words))
        missing = [
            (word, history)
            for word, history in placed
            if (word, history.template) not in cards and _answered(history)
        ]
        if not missing:
            return cards
        contents = self._contents.contents(history.guid for _, history in missing)
        new = [_new_card(word, history.template, contents.get(history.guid)) for word, history in missing]
        facts = {word: self._lexicon().facts(word) for word, _ in missing}
        levels = {word: fact.levels.get(self._standard, 0) for word, fact in facts.items()}
        run.made += run.foreign.make_cards(new, levels)
        return _by_place(self._reviews.cards_of(words))

    def _take_card(self, run: _Run, card: StoredCard, history: CardHistory, ours: list[ReviewLog]) -> None:
        taken = run.foreign.take(card.id, history.reviews, ours)
        run.new += len(taken.new)
        run.known += taken.known
        run.lost += taken.lost
        log = self._reviews.log_of(card.id) if taken.new else ours
        if taken.undone:
            # Anki still counts what was taken back here, so its state of the card is not ours.
            history = replace(history, reviews=(), schedule=Schedule())
        schedule = merged(run.plan, card.schedule, ours, log, history)
        # Whoever set the card aside or put it back last is right.
        newer = history.changed * 1000 > run.touched.get(card.id, 0)
        suspended = history.suspended if newer else card.suspended
        if schedule != card.schedule or suspended != card.suspended:
            run.foreign.settle(card, schedule, suspended=suspended)
            run.rescheduled += schedule != card.schedule
            run.suspended += suspended != card.suspended
        if taken.new or schedule != card.schedule:
            run.moves.setdefault(card.headword, []).append((card.schedule, schedule))

    def _statuses(self, run: _Run) -> dict[str, WordStatus]:
        before = self._words.statuses(run.moves)
        return {word: status_after(before[word], moves) for word, moves in run.moves.items()}


def _by_place(cards: Iterable[StoredCard]) -> dict[tuple[str, Template], StoredCard]:
    return {(card.headword, card.template): card for card in cards}


def _answered(history: CardHistory) -> bool:
    return bool(history.reviews) or history.schedule.state is not CardState.NEW


def _new_card(word: str, template: Template, content: NoteContent | None) -> NewCard:
    """A card in the sentence that its note was last exported with."""
    if content is None or content.post_id is None:
        return NewCard(word, template)
    return NewCard(word, template, content.post_id, content.section, content.start)


def _problems(run: _Run) -> Iterator[str]:
    if run.unknown:
        names = [name for name in run.unknown.values() if name.isprintable() and name][:_NAMED]
        which = f": {', '.join(names)}" if names else ""
        count = len(run.unknown)
        yield f"{count} {'note is' if count == 1 else 'notes are'} of no word that learnfeed knows{which}"
    if run.twice:
        yield f"{run.twice} cards stand twice in Anki; only the first of each was taken"
    if run.lost:
        yield f"{run.lost} answers share their moment with too many others to be kept"


def _watched(
    histories: Iterable[CardHistory],
    name: str,
    progress: Callable[[Progress], None],
    stop: Callable[[], bool],
) -> Iterator[CardHistory]:
    for number, history in enumerate(histories, 1):
        yield history
        if number % _BATCH == 0:
            progress(Progress(number, None, name))
            if stop():
                raise SourceError("Taking in was stopped", hint="The library is as it was before.")
