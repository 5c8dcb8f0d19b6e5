"""Export: recipes and selections → decks and lists."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from learnfeed.config import Places, Settings, recipes_folder
from learnfeed.core.errors import ExportError, LearnfeedError
from learnfeed.core.feed import FeedQuery
from learnfeed.core.note import DeckSpec, Note, RubyToken
from learnfeed.core.review import Template
from learnfeed.core.word import WordStatus
from learnfeed.services.meetings import Meetings
from learnfeed.services.notes import NoteMaker, Recorder
from learnfeed.services.sharing import deck_description, for_everyone
from learnfeed.services.views import Progress
from learnfeed.store.database import Database
from learnfeed.store.meetings import Met
from learnfeed.store.posts import PostStore
from learnfeed.store.words import WordStore

if TYPE_CHECKING:
    from learnfeed.anki.recipe import PostSelection, Recipe, WordSelection
    from learnfeed.annotate.lexicon import Lexicon
    from learnfeed.study.scheduler import Plan


_NO_VOICE = "the listening cards of {n} words: there is no voice here that records; espeak-ng is one"


@dataclass(frozen=True, slots=True)
class RecipeInfo:
    """A deck recipe that can be chosen.

    Attributes:
        name: What it is called.
        path: Its file.
        description: What it makes.
    """

    name: str
    path: Path
    description: str


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export wrote.

    Attributes:
        path: The file.
        words: Word notes.
        posts: Reading notes.
        cards: Cards in Anki; 0 for lists.
        reviews: Answers in the history that travels along.
        media: Pictures and recordings.
        bytes: Size of the file.
        decks: Names of the decks.
        problems: What was left out, each in a sentence.
        seconds: How long it took.
    """

    path: Path
    words: int
    posts: int
    cards: int
    reviews: int
    media: int
    bytes: int
    decks: tuple[str, ...]
    problems: tuple[str, ...]
    seconds: float


class ExportService:
    """Exports from a library."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        places: Places,
        settings: Settings,
        *,
        plan: Callable[[], Plan],
        clock: Callable[[], datetime],
        record: Recorder | None = None,
    ) -> None:
        """Takes what an export needs.

        Args:
            database: The library.
            lexicon: Opens the dictionary.
            places: Where pictures and the learner's own recipes lie.
            settings: Standard for levels, cards a day.
            plan: How cards are scheduled now; travels with a deck that carries reviews.
            clock: The time now, with its zone.
            record: Makes recordings for cards that are heard; without it they have none.
        """
        self._record = record
        self._db = database
        self._posts = PostStore(database)
        self._words = WordStore(database)
        self._lexicon = lexicon
        self._places = places
        self._settings = settings
        self._plan = plan
        self._clock = clock

    def recipes(self) -> list[RecipeInfo]:
        """The learner's own recipes and those that come along, by name; broken files are left out."""
        from learnfeed.anki.recipe import load_recipe

        found: dict[str, RecipeInfo] = {}
        for folder in (recipes_folder(), self._places.library / "decks"):
            for path in sorted(folder.glob("*.toml")):
                try:
                    recipe = load_recipe(path)
                except LearnfeedError:
                    continue
                found[path.stem] = RecipeInfo(recipe.name, path, recipe.description)
        return [found[name] for name in sorted(found)]

    def note_maker(self, record: Recorder | None = None) -> NoteMaker:
        """Makes the notes of this library, as they are exported now; with a recorder other than the voice."""
        now = int(self._clock().timestamp() * 1000)
        standard = self._settings.standard
        return NoteMaker(
            self._db, self._lexicon(), self._places.library, standard, now, record=record or self._record
        )

    def _record_ahead(
        self, recipe: Recipe, progress: Callable[[Progress], None], stop: Callable[[], bool]
    ) -> None:
        """Makes the recordings of a deck before its transaction: no window waits while a voice speaks."""
        if self._record is None or Template.LISTENING not in recipe.templates:
            return
        wanted: list[tuple[RubyToken, ...]] = []
        maker = self.note_maker(wanted.append)
        with contextlib.suppress(_Rehearsed), self._db.write():
            for _ in self._notes(recipe, maker, {"words": 0, "posts": 0, "silent": 0}, share=False):
                pass
            raise _Rehearsed
        for number, said in enumerate(wanted, 1):
            self._record(said)
            progress(Progress(number, len(wanted), "voice"))
            if stop():
                raise ExportError("The export was stopped", hint="The file is as it was before.")

    def run(
        self,
        recipe: Path | Recipe,
        target: Path,
        *,
        share: bool = False,
        progress: Callable[[Progress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> ExportSummary:
        """Writes the deck of a recipe; the kind of file follows its ending. Blocks until done.

        Args:
            recipe: A recipe or its file.
            target: Where to write: ``.apkg``, or a list: see :data:`learnfeed.anki.text_exports.WRITERS`.
            share: Whether it is for someone else: without schedules, history and what the learner knows,
                and with a line on licences.
            progress: Called now and then with notes made so far.
            stop: Asked now and then; True ends the export, and the old file stays as it was.

        Raises:
            SettingsError: The recipe is wrong.
            ExportError: The file can't be written, nothing is chosen, or it was stopped.
        """
        from learnfeed.anki.recipe import load_recipe

        began = self._clock()
        chosen = _fit_for(target, load_recipe(recipe) if isinstance(recipe, Path) else recipe)
        maker = self.note_maker()
        counts = {"words": 0, "posts": 0, "silent": 0}
        if share:
            chosen = replace(chosen, include_reviews=False)
        else:
            self._record_ahead(chosen, progress, stop)
        made = self._notes(chosen, maker, counts, share=share)
        notes = _watched(made, target.name, progress, stop)
        # One transaction: the words an export adds, and the times of change it notes, are kept together.
        with self._db.write(), _without_collector():
            first = next(notes, None)
            if first is None:
                raise ExportError(
                    f"The recipe {chosen.name!r} chooses nothing in this library",
                    hint="Import posts first, or widen the recipe's [select].",
                )
            told = deck_description(chosen.description, first.attribution, share=share)
            summary = self._write(chosen, chain((first,), notes), target, began, told)
        seconds = (self._clock() - began).total_seconds()
        silent = counts["silent"] if summary.cards else 0
        problems = (*summary.problems, _NO_VOICE.format(n=silent)) if silent else summary.problems
        return replace(
            summary, words=counts["words"], posts=counts["posts"], seconds=seconds, problems=problems
        )

    def _write(
        self, recipe: Recipe, notes: Iterator[Note], target: Path, now: datetime, told: str
    ) -> ExportSummary:
        plan = self._plan()
        spec = self._spec(recipe, plan)
        if target.suffix.lower() == ".apkg":
            from learnfeed.anki.package import write_package

            described = replace(spec, description=told)
            made = write_package(
                described,
                notes,
                target,
                now=now,
                parameters=plan.parameters,
                retention=recipe.retention or plan.retention,
            )
            problems = [f"{name} is no picture or sound that Anki knows" for name in made.skipped_media]
            return ExportSummary(
                target,
                0,
                0,
                made.cards,
                made.reviews,
                made.media,
                made.bytes,
                made.decks,
                tuple(problems),
                0.0,
            )
        from learnfeed.anki.text_exports import write_text

        size = write_text(spec, notes, target)
        return ExportSummary(target, 0, 0, 0, 0, 0, size, (recipe.deck,), (), 0.0)

    def _spec(self, recipe: Recipe, plan: Plan) -> DeckSpec:
        """The deck, with the learner's own way of learning for its preset."""
        settings = self._settings
        return DeckSpec(
            name=recipe.deck,
            description=recipe.description,
            templates=recipe.templates,
            subdecks=recipe.subdecks,
            include_reviews=recipe.include_reviews,
            learning_steps=tuple(seconds / 60 for seconds in plan.learning_steps),
            relearning_steps=tuple(seconds / 60 for seconds in plan.relearning_steps),
            rollover=plan.days.rollover,
            new_per_day=settings.new_per_day,
            reviews_per_day=settings.reviews_per_day,
            leech_after=settings.leech_threshold,
            bury_siblings=settings.bury_siblings,
        )

    # -- choosing ----------------------------------------------------------------------------------

    def _notes(
        self, recipe: Recipe, maker: NoteMaker, counts: dict[str, int], *, share: bool
    ) -> Iterator[Note]:
        from learnfeed.anki.recipe import NoteKind

        posts = self._chosen_posts(recipe.posts)
        if NoteKind.WORD in recipe.notes:
            # What someone else is given must not add cards to the learner's own deck.
            asked = () if share else recipe.templates
            meetings = maker.meetings(posts)
            for word in maker.word_notes(self._chosen_words(recipe, meetings), asked, meetings):
                counts["words"] += 1
                counts["silent"] += Template.LISTENING in recipe.templates and not word.audio
                yield word
        if NoteKind.READING in recipe.notes:
            for post_id, post in zip(posts, maker.post_notes(posts), strict=True):
                counts["posts"] += 1
                yield for_everyone(post, self._posts.annotated(post_id), self._level) if share else post

    def _chosen_posts(self, select: PostSelection) -> list[int]:
        ids = list(self._posts.ids(FeedQuery(select.query, unread=select.unread)))
        if select.tags:
            tagged = set().union(*(self._posts.ids(FeedQuery(f"#{tag}")) for tag in select.tags))
            ids = [i for i in ids if i in tagged]
        if select.level:
            leveled = set().union(*(self._posts.ids(FeedQuery(level=level)) for level in select.level))
            ids = [i for i in ids if i in leveled]
        return ids[: select.limit or None]

    def _chosen_words(self, recipe: Recipe, meetings: Meetings) -> Sequence[Met]:
        select = recipe.words
        allowed = frozenset(select.status) or frozenset(WordStatus) - {WordStatus.IGNORED}
        listed = frozenset(select.list)
        levels = frozenset(select.levels)

        def wanted(word: str, status: WordStatus) -> bool:
            return (
                status in allowed
                and (not listed or word in listed)
                and (not levels or self._level(word) in levels)
                and self._lexicon().row(word) is not None
            )

        chosen = meetings.words(wanted, select.min_count)
        if select.min_count == 0:
            met = {word.headword for word in chosen}
            others = [word for word in dict.fromkeys(self._named(select)) if word not in met]
            statuses = self._words.statuses(others)
            chosen += meetings.unmet(word for word in others if wanted(word, statuses[word]))
        return self._ordered(recipe, chosen, meetings)

    def _named(self, select: WordSelection) -> Iterable[str]:
        if select.list:
            return select.list
        lexicon = self._lexicon()
        return [
            w
            for level in select.levels
            if level
            for w in lexicon.words_of_level(self._settings.standard, level)
        ]

    def _level(self, word: str) -> int:
        return self._lexicon().facts(word).levels.get(self._settings.standard, 0)

    def _ordered(self, recipe: Recipe, words: list[Met], meetings: Meetings) -> list[Met]:
        from learnfeed.anki.recipe import Order

        listed = {word: i for i, word in enumerate(recipe.words.list)}
        keys: dict[Order, Callable[[Met], float]] = {
            Order.MET: lambda _: 0,
            Order.LEVEL: lambda item: self._level(item.headword) or 99,
            Order.FREQUENCY: lambda item: -self._lexicon().zipf(item.headword),
            Order.COUNT: lambda item: -item.count,
            Order.LIST: lambda item: listed.get(item.headword, len(listed)),
        }
        return meetings.ordered(words, keys[recipe.order], recipe.limit)


def _fit_for(target: Path, recipe: Recipe) -> Recipe:
    """A recipe without the notes that a word list would pass over: they are neither made nor counted."""
    from learnfeed.anki.recipe import NoteKind
    from learnfeed.anki.text_exports import is_word_list

    words_too = NoteKind.WORD in recipe.notes
    return replace(recipe, notes=(NoteKind.WORD,)) if words_too and is_word_list(target) else recipe


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Lets the search for cycles rest: notes are many and make none, and it takes a seventh of an export."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Rehearsed(Exception):  # noqa: N818 - not an error: ends a rehearsal, which then leaves nothing behind
    pass


def _watched(
    notes: Iterable[Note], name: str, progress: Callable[[Progress], None], stop: Callable[[], bool]
) -> Iterator[Note]:
    for number, note in enumerate(notes, 1):
        yield note
        if number % 100 == 0:
            progress(Progress(number, None, name))
            if stop():
                raise ExportError("The export was stopped", hint="The file is as it was before.")
