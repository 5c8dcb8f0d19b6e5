"""Into a running Anki: a deck, and the answers given here since Anki last heard of its cards."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from learnfeed.core.errors import ExportError
from learnfeed.core.ids import note_guid
from learnfeed.core.review import ReviewLog, Template
from learnfeed.services.merging import last_word
from learnfeed.services.views import Progress
from learnfeed.store.reviews import ReviewStore, StoredCard

if TYPE_CHECKING:
    from learnfeed.anki.connect import AnkiConnect, ConnectedCard
    from learnfeed.anki.recipe import Recipe
    from learnfeed.anki.schedule import AnkiClock
    from learnfeed.services.exporting import ExportService
    from learnfeed.store.database import Database
    from learnfeed.study.scheduler import Plan

_NOTES = 50
"""Notes that are asked for at once: a search in Anki has its limits."""

Card = tuple[StoredCard, "ConnectedCard"]


@dataclass(frozen=True, slots=True)
class PushSummary:
    """What went into Anki.

    Attributes:
        words: Word notes of the deck.
        posts: Reading notes of the deck.
        cards: Cards of the deck.
        reviews: Answers that were added to cards which stood in Anki already.
        rescheduled: Cards that stand in Anki now where they stand here.
        problems: What could not be done, each in a sentence.
        seconds: How long it took.
    """

    words: int = 0
    posts: int = 0
    cards: int = 0
    reviews: int = 0
    rescheduled: int = 0
    problems: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(slots=True)
class _Plan:
    """What is to be sent for cards that stand in Anki."""

    rows: list[tuple[int, ...]] = field(default_factory=list)
    moved: list[Card] = field(default_factory=list)
    answered_there: int = 0


class PushService:
    """Brings decks and answers into a running Anki."""

    def __init__(
        self,
        database: Database,
        exporting: ExportService,
        folder: Path,
        plan: Callable[[], Plan],
        clock: Callable[[], datetime],
    ) -> None:
        """Takes what a push needs.

        Args:
            database: The library.
            exporting: Writes the deck.
            folder: Where the deck lies until Anki has taken it.
            plan: How cards are scheduled now.
            clock: The time now, with its zone.
        """
        self._reviews = ReviewStore(database)
        self._exporting = exporting
        self._folder = folder
        self._plan = plan
        self._clock = clock

    def push(
        self,
        client: AnkiConnect,
        recipe: Path | Recipe | None = None,
        *,
        progress: Callable[[Progress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> PushSummary:
        """Sends a deck, then the answers that Anki does not have. Blocks until done.

        Sending the same again adds nothing. A card that was answered in Anki since it was last pulled is
        left as it is there, and told.

        Args:
            client: The running Anki.
            recipe: What to send; the cards of the library when None.
            progress: Called now and then with notes made so far.
            stop: Asked now and then while the deck is made; True ends it, and nothing is sent.

        Raises:
            AnkiError: Anki does not answer, or refuses.
            SettingsError: The recipe is wrong.
            ExportError: The deck can't be written, nothing is chosen, or it was stopped.
        """
        began = self._clock()
        client.version()
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".learnfeed-") as folder:
            target = Path(folder, "learnfeed.apkg")
            deck = self._exporting.run(recipe or self._own_cards(), target, progress=progress, stop=stop)
            client.import_package(str(target.absolute()))
        waiting = self._compared(client)
        moved = self._send_schedules(client, waiting.moved) if waiting.moved else 0
        problems = list(deck.problems)
        if count := waiting.answered_there:
            cards = "1 card was" if count == 1 else f"{count} cards were"
            problems.append(
                f"{cards} answered in Anki too; take that in first: learnfeed anki pull --connect"
            )
        return PushSummary(
            words=deck.words,
            posts=deck.posts,
            cards=deck.cards,
            reviews=client.insert_reviews(waiting.rows),
            rescheduled=moved,
            problems=tuple(problems),
            seconds=(self._clock() - began).total_seconds(),
        )

    def _own_cards(self) -> Recipe:
        from learnfeed.anki.recipe import NoteKind, Recipe, WordSelection

        cards = self._reviews.all_cards()
        if not cards:
            raise ExportError("The library has no cards yet", hint="Name a recipe: learnfeed export --list")
        used = {card.template for card in cards}
        return Recipe(
            "learnfeed",
            "learnfeed",
            notes=(NoteKind.WORD,),
            templates=tuple(template for template in Template if template in used),
            words=WordSelection(list=tuple(dict.fromkeys(card.headword for card in cards)), min_count=0),
        )

    # -- answers -----------------------------------------------------------------------------------

    def _compared(self, client: AnkiConnect) -> _Plan:
        """Both logs of every card that was answered here, side by side."""
        waiting = _Plan()
        cards = [card for card in self._reviews.all_cards() if card.schedule.last_review is not None]
        logs = self._reviews.logs(card.id for card in cards)
        times = self._reviews.times(card.id for card in cards)
        for card, theirs in self._pairs(client, cards):
            _compare(waiting, card, theirs, logs.get(card.id, []), times[card.id])
        return waiting

    @staticmethod
    def _pairs(client: AnkiConnect, cards: Iterable[StoredCard]) -> Iterator[Card]:
        """Our cards with the same ones in Anki, where those are in no filtered deck."""
        from learnfeed.anki.connect import word_query
        from learnfeed.anki.fields import note_key

        by_key: dict[str, list[StoredCard]] = {}
        for card in cards:
            by_key.setdefault(note_key(note_guid("word", card.headword)), []).append(card)
        left = iter(by_key)
        while keys := list(islice(left, _NOTES)):
            for theirs in client.cards(client.find(f"{word_query(keys)} -deck:filtered")):
                for card in by_key.get(theirs.key, ()):
                    if card.template.number == theirs.template:
                        yield card, theirs

    def _send_schedules(self, client: AnkiConnect, cards: list[Card]) -> int:
        """Gives cards in Anki the schedule they have here; gives back how many."""
        from learnfeed.anki.schedule import AnkiClock

        now = self._clock()
        clock = AnkiClock(self._plan().days)
        today = client.today()
        if today is None:
            # No card there tells the number of today: one that is about to be set is made due today.
            client.make_due(cards[0][1].id)
            today = client.today()
        ahead = (today or 0) - clock.day(int(now.timestamp() * 1000))
        for card, theirs in cards:
            client.set_card(theirs.id, self._values(card, theirs, clock, ahead))
        return len(cards)

    def _values(
        self, card: StoredCard, theirs: ConnectedCard, clock: AnkiClock, ahead: int
    ) -> dict[str, object]:
        """A card's schedule by the names that Anki's card object has."""
        from learnfeed.anki.history import SECONDS_FROM
        from learnfeed.anki.schedule import Fsrs, card_row, decay_of

        plan = self._plan()
        fsrs = Fsrs(
            plan.retention, decay_of(plan.parameters), len(plan.learning_steps), len(plan.relearning_steps)
        )
        row = card_row(card.schedule, position=0, suspended=theirs.suspended, clock=clock, fsrs=fsrs)
        values: dict[str, object] = {
            name: getattr(row, name) for name in ("type", "queue", "ivl", "factor", "reps", "lapses", "left")
        }
        values["due"] = row.due if row.due > SECONDS_FROM else row.due + ahead
        if row.data:
            data = json.loads(row.data)
            values["memory_state"] = {"stability": data["s"], "difficulty": data["d"]}
            values["desired_retention"], values["decay"] = data["dr"], data["decay"]
            values["last_review_time"] = data["lrt"]
        return values


def _compare(
    waiting: _Plan, card: StoredCard, theirs: ConnectedCard, log: list[ReviewLog], times: set[int]
) -> None:
    """Notes what Anki lacks of a card; nothing where it holds answers that were never seen here."""
    from learnfeed.anki.schedule import review_row

    there = theirs.history("", 0)
    if not times >= {review.at for review in there.reviews} or there.reset_at > max(times, default=0):
        waiting.answered_there += 1
        return
    known = {line[0] for line in theirs.log}
    missing = [review for review in log if review.at not in known]
    waiting.rows += [(review.at, theirs.id, -1, *review_row(review)) for review in missing]
    if missing and log[-1].at > last_word(there):
        waiting.moved.append((card, theirs))
