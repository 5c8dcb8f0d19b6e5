"""The composition root: the only place that reads the clock and the source of chance."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from learnfeed.config import Places, Settings, find_places, load_settings
from learnfeed.store.database import Database

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon
    from learnfeed.services.backups import BackupService
    from learnfeed.services.correcting import CorrectingService
    from learnfeed.services.edits import EditService
    from learnfeed.services.english import EnglishService
    from learnfeed.services.exporting import ExportService
    from learnfeed.services.fitting import FitService
    from learnfeed.services.importing import ImportService
    from learnfeed.services.placing import PlacementService
    from learnfeed.services.pushing import PushService
    from learnfeed.services.quizzing import QuizService
    from learnfeed.services.reading import ReadingService
    from learnfeed.services.refreshing import RefreshService
    from learnfeed.services.reviewing import ReviewService
    from learnfeed.services.speaking import SpeechService
    from learnfeed.services.statistics import StatisticsService
    from learnfeed.services.syncing import SyncService
    from learnfeed.services.unlocking import UnlockService
    from learnfeed.services.views import TodayView
    from learnfeed.store.side import Side


def _now() -> datetime:
    return datetime.fromtimestamp(time.time()).astimezone()


@dataclass
class Services:
    """All that the app and the command line can ask for; each part is made when it is first used.

    Attributes:
        places: Where things lie.
        settings: What the learner set.
        messages: What was wrong with the settings file.
        clock: The time now, with its zone.
        random: The source of chance.
    """

    places: Places
    settings: Settings = field(default_factory=Settings)
    messages: tuple[str, ...] = ()
    clock: Callable[[], datetime] = _now
    random: random.Random = field(default_factory=random.Random)

    def now_ms(self) -> int:
        """Unix milliseconds now."""
        return int(self.clock().timestamp() * 1000)

    @cached_property
    def database(self) -> Database:
        """The library.

        Raises:
            LibraryError: It can't be opened.
        """
        return Database.open(self.places.library)

    @property
    def side(self) -> Side:
        """The language that is learned."""
        from learnfeed.store.side import side_of

        return side_of(self.settings.direction)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The dictionary: the learner's own where there is one, else the one that came with learnfeed.

        Raises:
            LexiconError: It is missing or damaged.
        """
        from learnfeed.annotate.lexicon import Lexicon

        return Lexicon.open(self.places.own_lexicon)

    @cached_property
    def reading(self) -> ReadingService:
        """Feed and reader."""
        from learnfeed.services.reading import ReadingService

        return ReadingService(
            self.database, lambda: self.lexicon, self.settings.standard, self.now_ms, side=self.side
        )

    @cached_property
    def importing(self) -> ImportService:
        """Import."""
        from learnfeed.services.importing import ImportService

        return ImportService(
            self.database, lambda: self.lexicon, self.places, self.settings.standard, clock=self.now_ms
        )

    @cached_property
    def refreshing(self) -> RefreshService:
        """Annotating again what is outdated."""
        from learnfeed.services.refreshing import RefreshService

        return RefreshService(
            self.database, lambda: self.lexicon, self.places, self.settings.standard, self.now_ms
        )

    @cached_property
    def correcting(self) -> CorrectingService:
        """What the learner puts right in readings, words, senses and pairs."""
        from learnfeed.services.correcting import CorrectingService

        return CorrectingService(self.database, lambda: self.lexicon, self.refreshing, self.now_ms)

    @cached_property
    def placing(self) -> PlacementService:
        """The placement test."""
        from learnfeed.services.placing import PlacementService

        return PlacementService(
            self.database, lambda: self.lexicon, self.settings.standard, self.now_ms, self.random
        )

    @cached_property
    def edits(self) -> EditService:
        """What the learner changed in our notes in Anki."""
        from learnfeed.services.edits import EditService

        return EditService(self.database, self.exporting.note_maker, self.correcting, self.now_ms)

    @cached_property
    def exporting(self) -> ExportService:
        """Export."""
        from learnfeed.services.exporting import ExportService

        return ExportService(
            self.database,
            lambda: self.lexicon,
            self.places,
            self.settings,
            plan=self.reviewing.plan,
            clock=self.clock,
            record=self.speaking.record,
        )

    @cached_property
    def unlocking(self) -> UnlockService:
        """Which words make the most posts readable."""
        from learnfeed.services.unlocking import UnlockService

        return UnlockService(self.database, self.side)

    @cached_property
    def reviewing(self) -> ReviewService:
        """Reviews: what waits, answering, taking back."""
        from learnfeed.services.reviewing import ReviewService

        return ReviewService(self.database, lambda: self.lexicon, self.settings, self.clock)

    @cached_property
    def fitting(self) -> FitService:
        """FSRS parameters fitted to the learner's own answers."""
        from learnfeed.services.fitting import FitService

        return FitService(self.database, self.reviewing.plan, self.now_ms)

    @cached_property
    def quizzing(self) -> QuizService:
        """Quizzes: rounds over the learner's own words."""
        from learnfeed.services.opening import pictures_installed, viewer_found
        from learnfeed.services.quizzing import QuizService

        return QuizService(
            self.database,
            lambda: self.lexicon,
            self.settings,
            self.clock,
            chance=self.random,
            reviewing=self.reviewing,
            speaking=self.speaking,
            can_open=lambda: viewer_found() or (self.settings.pictures == "on" and pictures_installed()),
        )

    @cached_property
    def english(self) -> EnglishService:
        """Posts for who learns English."""
        from learnfeed.services.english import EnglishService

        return EnglishService(self.database, lambda: self.lexicon)

    @cached_property
    def speaking(self) -> SpeechService:
        """Words and sentences aloud."""
        from learnfeed.services.speaking import SpeechService

        return SpeechService(self.places, self.settings)

    @cached_property
    def statistics(self) -> StatisticsService:
        """Figures about what was done, what is known and what is to come."""
        from learnfeed.services.statistics import StatisticsService

        return StatisticsService(self.database, lambda: self.lexicon, self.settings, self.clock)

    @cached_property
    def syncing(self) -> SyncService:
        """Answers back from Anki."""
        from learnfeed.services.syncing import SyncService

        return SyncService(
            self.database, lambda: self.lexicon, self.settings.standard, self.reviewing.plan, self.now_ms
        )

    @cached_property
    def pushing(self) -> PushService:
        """Decks and answers into a running Anki."""
        from learnfeed.services.pushing import PushService

        return PushService(
            self.database, self.exporting, self.places.library, self.reviewing.plan, self.clock
        )

    @cached_property
    def backups(self) -> BackupService:
        """Backups."""
        from learnfeed.services.backups import BackupService

        return BackupService(self.database, self.places, self.clock)

    def use(self, settings: Settings) -> None:
        """Takes settings into use at once; what was made with the old ones is made anew when it is next needed."""
        self.settings = settings
        kept = {item.name for item in fields(self)} | {"database", "lexicon"}
        for name in set(self.__dict__) - kept:
            del self.__dict__[name]

    def today(self) -> TodayView:
        """What waits today, and which posts fit now."""
        from learnfeed.core.days import DayRule
        from learnfeed.services.today import today_view

        days = DayRule.at(self.clock(), self.settings.rollover)
        return today_view(self.database, self.settings, days, self.now_ms())

    def close(self) -> None:
        """Closes the library and the dictionary."""
        if "database" in self.__dict__:
            self.database.close()
        if "lexicon" in self.__dict__:
            self.lexicon.close()


def open_services(library: str | None = None) -> Services:
    """Everything, for the library that was named or the learner's own."""
    places = find_places(library)
    settings, messages = load_settings(places.settings)
    return Services(places, settings, messages)
