"""Posts of an older annotator, dictionary or correction are annotated again beside everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnfeed.tui.jobs import Job, start_job
from learnfeed.tui.messages import say
from learnfeed.tui.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from learnfeed.bootstrap import Services
    from learnfeed.services.views import Progress
    from learnfeed.tui.app import LearnfeedApp

KIND = "refresh"
WORTH_TELLING = 32
"""Posts from which on it takes long enough to say so."""


def refresh_posts(app: LearnfeedApp) -> None:
    """Starts the work, or once more after the one that is under way."""
    running = app.jobs.get(KIND)
    if running is not None and not running.done:
        app.refresh_wanted = True
        return
    app.refresh_wanted = False

    def work(services: Services, tell: Callable[[Progress], None], stop: Callable[[], bool]) -> int:
        outdated = services.refreshing.outdated()
        if outdated >= WORTH_TELLING:
            app.call_from_thread(app.tell, _begun(outdated))
        # In a process of its own: this one must answer keys.
        return services.refreshing.run(progress=tell, stop=stop, inline=0, quiet=True) if outdated else 0

    start_job(app, Job(KIND, work))


def refresh_ended(app: LearnfeedApp, job: Job) -> None:
    """Tells what was done, where that was much, and goes on where more was asked for meanwhile."""
    if job.error is not None:
        app.tell_error(job.error)
        return
    if job.result:
        app.library_changed.publish(None)
    if job.result and (job.stopping or job.result >= WORTH_TELLING):
        done = plural(job.result, say("post"), say("posts"))
        app.tell(say("{posts} annotated again", posts=done), timeout=3)
    if app.refresh_wanted and not job.stopping:
        refresh_posts(app)


def stop_refresh(app: LearnfeedApp) -> None:
    """Ends the work; it goes on where it was at the next start."""
    job = app.jobs.get(KIND)
    if job is None or job.done:
        app.tell(say("No post is being annotated."), timeout=2)
    else:
        job.stop()


def _begun(outdated: int) -> str:
    posts = plural(outdated, say("post"), say("posts"))
    return say("Annotating {posts} again   ^p  stop", posts=posts)
