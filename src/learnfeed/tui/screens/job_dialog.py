"""Dialogs around long work: ask, show how far it is, tell what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import ProgressBar, Static

from learnfeed.services.views import ImportSummary
from learnfeed.tui.jobs import Job, start_job
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import Dialog
from learnfeed.tui.text import cut, grouped, plural, shown
from learnfeed.tui.widgets.bars import KeyBar
from learnfeed.tui.widgets.input import CjkInput

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.services.exporting import ExportSummary


class JobDialog(Dialog[None]):
    """Three states, as a class on it: ``-asking``, ``-working``, ``-done``. The work goes on when it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("ctrl+s", "stop", "stop", "Stop; what is done so far is kept"),
        bind("enter", "done", "done", "Close this window"),
        bind("escape", "leave", "close", "Close this window; the work goes on"),
    ]
    KIND: ClassVar[str] = ""
    HEADING: ClassVar[str] = ""

    def compose(self) -> ComposeResult:
        """Heading, question, progress, result."""
        with Vertical(classes="window"):
            yield Static(say(self.HEADING), classes="title", markup=False)
            with Vertical(id="ask"):
                yield from self.question()
            with Vertical(id="work"):
                yield ProgressBar(show_eta=False, id="bar")
                yield Static(id="doing", classes="quiet", markup=False)
            with VerticalScroll(id="result"):
                yield Static(id="told", markup=False)
        yield KeyBar()

    def question(self) -> ComposeResult:
        """The widgets that ask."""
        yield Static()

    def on_mount(self) -> None:
        """Shows work that is under way, or asks."""
        self.learnfeed.job_changed.subscribe(self, self._changed)
        job = self.job
        if job is not None and not job.done:
            self._changed(job)
        else:
            self._state("-asking")
            self.ask()

    def ask(self) -> None:
        """Puts the focus where the person begins."""

    @property
    def job(self) -> Job | None:
        """The latest work of this kind."""
        return self.learnfeed.jobs.get(self.KIND)

    def start(self, job: Job) -> None:
        """Starts work and shows it."""
        start_job(self.learnfeed, job)
        self._changed(job)

    def _state(self, name: str) -> None:
        for state in ("-asking", "-working", "-done"):
            self.set_class(state == name, state)
        self.refresh_bindings()

    def _changed(self, job: Job) -> None:
        if job.kind != self.KIND:
            return
        if job.done:
            self._state("-done")
            self.query_one("#told", Static).update(describe(job))
            self.set_focus(self.query_one("#result"))
            return
        if not self.has_class("-working"):
            self._state("-working")
        progress = job.progress
        self.query_one(ProgressBar).update(
            total=progress.total if progress else None, progress=progress.done if progress else 0
        )
        what = say("stopping …") if job.stopping else shown(progress.what) if progress else say("starting …")
        self.query_one("#doing", Static).update(cut(what, 60))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is something to stop only while there is work."""
        if action == "done":
            return self.has_class("-done")
        return True if action != "stop" else self.has_class("-working")

    def action_done(self) -> None:
        """Closes the window."""
        self.dismiss(None)

    def action_stop(self) -> None:
        """Asks the work to end."""
        if self.job:
            self.job.stop()
            self._changed(self.job)

    @on(CjkInput.Submitted)
    def _submitted(self) -> None:
        self.go()

    def go(self) -> None:
        """Starts what was asked for."""


def hint(*keys: tuple[str, str]) -> Static:
    """A line that names keys which belong to an input and so stand in no key bar."""
    parts: list[tuple[str, str] | str] = []
    for key, what in keys:
        parts += [(key, "$accent bold"), (f" {what}   ", "$quiet")]
    return Static(Content.assemble(*parts), classes="hint")


def summary_of(job: Job) -> str:
    """Ended work in one line."""
    if job.error:
        return f"{shown(str(job.error))}\n{shown(job.error.hint)}".strip()
    if isinstance(job.result, ImportSummary):
        added = plural(job.result.added, say("new post"), say("new posts"))
        return f"{say('Import done')}: {added}"
    return f"{say('Export done')}: {shown(str(job.result.path))}"


def describe(job: Job) -> Content:
    """Ended work in full."""
    if job.error:
        return Content.assemble(
            (shown(str(job.error)), "$error bold"), "\n\n", (shown(job.error.hint), "$quiet")
        )
    if isinstance(job.result, ImportSummary):
        return describe_import(job.result)
    return describe_export(job.result)


def describe_import(done: ImportSummary) -> Content:
    """What an import did, with all that was skipped."""
    heading = say("Stopped; what was read is kept") if done.stopped else say("Done")
    parts: list[tuple[str, str] | str] = [(heading, "bold"), "\n\n"]
    rows = [
        (done.added, "new posts"),
        (done.updated, "posts updated"),
        (done.unchanged, "posts already here"),
        (done.comments, "comments"),
        (done.words_added, "words met for the first time"),
        (done.words_marked, "words marked"),
        (done.media, "pictures and recordings"),
    ]
    for number, what in rows:
        if number:
            parts += [(f"{grouped(number):>7}", "bold"), f"  {say(what)}", "\n"]
    if not any(number for number, _ in rows):
        parts += [(say("There was nothing to take."), "$quiet"), "\n"]
    if done.skipped:
        parts += ["\n", (say("Skipped"), "$warning bold"), "\n"]
        for skipped in done.skipped:
            place = f" · {shown(skipped.place)}" if skipped.place else ""
            parts += [(shown(skipped.file) + place, "bold"), f"  {shown(skipped.reason)}", "\n"]
            if skipped.hint:
                parts += [(f"  {shown(skipped.hint)}", "$quiet"), "\n"]
    return Content.assemble(*parts)


def describe_export(done: ExportSummary) -> Content:
    """What an export wrote, and where."""
    parts: list[tuple[str, str] | str] = [(say("Done"), "bold"), "\n\n"]
    rows = (
        (done.words, "words"),
        (done.posts, "posts"),
        (done.cards, "cards"),
        (done.reviews, "answers in the history"),
        (done.media, "pictures and recordings"),
    )
    for number, what in rows:
        if number:
            parts += [(f"{grouped(number):>7}", "bold"), f"  {say(what)}", "\n"]
    parts += [(f"\n{shown(problem)}", "$quiet") for problem in done.problems]
    parts += ["\n", (shown(str(done.path)), "$accent")]
    if step := next_step(done):
        parts += ["\n\n", step]
    return Content.assemble(*parts)


_NEXT_STEPS = {
    ".apkg": "Open it in Anki. Importing again updates, never duplicates.",
    ".html": "Open it in a browser, and print it from there.",
    ".lingq.csv": "In LingQ: Vocabulary → Import.",
    ".csv": "In Anki: File → Import. A spreadsheet opens it too.",
    ".tsv": "In Anki: File → Import. A spreadsheet opens it too.",
    ".txt": "In Pleco: Import/Export → Import Cards.",
}


def next_step(done: ExportSummary) -> str:
    """What to do with a file that was written; empty when there is nothing to tell."""
    if done.reviews:
        return say("Open it in Anki; tick “Import any learning progress” the first time.")
    name = done.path.name.lower()
    return next((say(step) for ending, step in _NEXT_STEPS.items() if name.endswith(ending)), "")
