"""What the learner does is written in a thread of its own, in order.

A word that stands in 100,000 posts changes the coverage of all of them, and no key waits for that.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from learnfeed.core.errors import LearnfeedError
from learnfeed.tui.messages import fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

    from learnfeed.bootstrap import Services
    from learnfeed.tui.app import LearnfeedApp

Result = TypeVar("Result")


class Writer:
    """Writes one thing after the other; nothing that was begun is lost when the app is left."""

    def __init__(self, app: LearnfeedApp) -> None:
        self._app = app
        self._pool: ThreadPoolExecutor | None = None
        self._services: Services | None = None
        self._waiting = 0

    @property
    def busy(self) -> bool:
        """Whether something is still to be written."""
        return self._waiting > 0

    def do(
        self,
        work: Callable[[Services], Result],
        then: Callable[[Result], object],
        ended: Callable[[], object] = lambda: None,
    ) -> None:
        """Writes something, then hands its result to the screen.

        Args:
            work: What is done; it gets services of the writing thread.
            then: Called in the app with the result; when the work fails its message is shown instead.
            ended: Called in the app at last, whether the work failed or not.
        """
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._waiting += 1
        future = self._pool.submit(self._work, work)
        self._app.run_worker(self._follow(future, then, ended), group="writing", exit_on_error=False)

    def _work(self, work: Callable[[Services], Result]) -> Result:
        # SQLite connections belong to their thread.
        if self._services is None:
            self._services = replace(self._app.services)
        elif self._services.settings is not self._app.services.settings:
            self._services.use(self._app.services.settings)
        return work(self._services)

    async def _follow(
        self, future: Future[Result], then: Callable[[Result], object], ended: Callable[[], object]
    ) -> None:
        try:
            # Shielded: leaving the app must not cancel what is waiting to be written.
            result = await asyncio.shield(asyncio.wrap_future(future))
        except LearnfeedError as error:
            self._app.tell_error(error)
        except Exception as error:  # noqa: BLE001 - a fault of ours is told like any other, never swallowed
            self._app.tell_error(fault(error))
        else:
            then(result)
        finally:
            self._waiting -= 1
            ended()

    def close(self) -> None:
        """Waits until all is written."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)
        if self._services is not None:
            self._services.close()
