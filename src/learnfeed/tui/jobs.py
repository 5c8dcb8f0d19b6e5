"""Long work: it runs beside the app, tells how far it is, can be stopped, and outlives its dialog."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from textual.worker import get_current_worker

from learnfeed.core.errors import LearnfeedError
from learnfeed.services.views import Progress
from learnfeed.tui.messages import fault, say

if TYPE_CHECKING:
    from learnfeed.bootstrap import Services
    from learnfeed.tui.app import LearnfeedApp

Work = Callable[["Services", Callable[[Progress], None], Callable[[], bool]], Any]
"""Work gets services of its own thread, a way to tell its progress, and a way to ask whether to stop."""


@dataclass(eq=False)
class Job:
    """One piece of long work.

    Attributes:
        kind: ``import``, ``export`` or ``refresh``: there is one of each at a time.
        work: What is done.
        progress: The latest report; None before the first.
        result: What the work gave back; None until it is done.
        error: Why it failed; None when it did not.
        done: Whether it has ended, in whatever way.
    """

    kind: str
    work: Work
    progress: Progress | None = None
    result: Any = None
    error: LearnfeedError | None = None
    done: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Asks the work to end; what it has done so far is kept."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to end."""
        return self._stop.is_set()


def start_job(app: LearnfeedApp, job: Job) -> None:
    """Starts work in a thread of the app; changes are published on :attr:`LearnfeedApp.job_changed`."""
    app.jobs[job.kind] = job
    app.run_worker(
        lambda: _run(app, job),
        name=job.kind,
        group=job.kind,
        thread=True,
        exit_on_error=False,
        description=job.kind,
    )


def _run(app: LearnfeedApp, job: Job) -> None:
    # SQLite connections belong to their thread: the work has services of its own.
    services = replace(app.services)
    worker = get_current_worker()

    def tell(progress: Progress) -> None:
        job.progress = progress
        if not worker.is_cancelled:  # when the app is left, there is no one to tell
            app.call_from_thread(app.job_changed.publish, job)

    try:
        job.result = job.work(services, tell, lambda: job.stopping or worker.is_cancelled)
    except LearnfeedError as error:
        job.error = error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        job.error = LearnfeedError(
            f"{where}{error.strerror}", hint=say("Check the disk and the folder's permissions.")
        )
    except Exception as error:  # noqa: BLE001 - a fault of ours is told like any other, never swallowed
        job.error = fault(error)
    finally:
        services.close()
        job.done = True
    if not worker.is_cancelled:
        app.call_from_thread(app.job_ended, job)
