"""Fitting FSRS to the learner: trying it, and taking it into use once the learner says so."""

from __future__ import annotations

from collections.abc import Callable

from learnfeed.core.errors import LearnfeedError
from learnfeed.store.database import Database
from learnfeed.store.events import EventKind
from learnfeed.store.fitted import FittedStore
from learnfeed.store.reviews import ReviewStore
from learnfeed.study import scheduler
from learnfeed.study.fitting import Fit, fit, is_installed

INSTALL_HINT = 'It comes with: pip install "learnfeed[fit]"'


class FitService:
    """FSRS parameters of one's own."""

    def __init__(
        self, database: Database, plan: Callable[[], scheduler.Plan], clock: Callable[[], int]
    ) -> None:
        """Takes the library, how cards are scheduled now, and a clock in Unix milliseconds."""
        self._db = database
        self._store = FittedStore(database)
        self._reviews = ReviewStore(database)
        self._plan = plan
        self._now = clock

    def current(self) -> tuple[float, ...]:
        """Parameters in use; empty for FSRS's defaults."""
        return self._store.current()

    def attempt(self) -> Fit:
        """Fits parameters to all answers and judges them on the latest; changes nothing.

        Raises:
            LearnfeedError: The optimizer is not installed.
        """
        if not is_installed():
            raise LearnfeedError("The optimizer is not installed", hint=INSTALL_HINT)
        plan = self._plan()
        return fit(self._reviews.histories().values(), plan.days, plan.parameters, len(plan.relearning_steps))

    def apply(self, found: Fit) -> int:
        """Takes fitted parameters into use: memory states follow at once, due days stay; one undo takes it back.

        Returns:
            How many cards' memory was worked out anew.
        """
        return self._use(found.parameters, (found.reviews, found.loss_before, found.loss_after))

    def forget(self) -> bool:
        """Takes FSRS's defaults into use again; whether anything else was in use. One undo takes it back."""
        if not self.current():
            return False
        self._use((), (0, 0.0, 0.0))
        return True

    def _use(self, parameters: tuple[float, ...], judged: tuple[int, float, float]) -> int:
        from dataclasses import replace

        plan = replace(self._plan(), parameters=parameters)
        with self._db.write():
            memories = {
                card: memory
                for card, logs in self._reviews.histories().items()
                if (memory := scheduler.memory_after(plan, logs)) is not None
            }
            self._store.keep(parameters, judged, memories, self._now())
        return len(memories)

    def undo(self) -> bool:
        """Takes the last fit back when nothing was done since; whether there was one."""
        from learnfeed.services.undoing import undo_last
        from learnfeed.store.events import EventLog

        last = EventLog(self._db).last_standing()
        if last is None or last.kind is not EventKind.FITTED:
            return False
        return undo_last(self._db, self._now()) is not None
