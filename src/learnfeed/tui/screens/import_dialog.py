"""Import: which file or folder, how far it is, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from learnfeed.tui.jobs import Job, Work
from learnfeed.tui.messages import say
from learnfeed.tui.paths import expand, suggestions
from learnfeed.tui.screens.job_dialog import JobDialog, hint
from learnfeed.tui.text import shown
from learnfeed.tui.widgets.input import CjkInput
from learnfeed.tui.widgets.tick import Tick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult

    from learnfeed.bootstrap import Services
    from learnfeed.services.views import ImportSummary, Progress


def import_work(path: Path, *, known: bool = False) -> Work:
    """The work of importing a file or folder.

    Args:
        path: What to import.
        known: Whether it is a list of words the learner knows.
    """

    def work(services: Services, tell: Callable[[Progress], None], stop: Callable[[], bool]) -> ImportSummary:
        return services.importing.run([path], known=known, progress=tell, stop=stop, inline=0)

    return work


class ImportDialog(JobDialog):
    """Asks for a path and imports it."""

    CSS_PATH = "dialogs.tcss"
    KIND: ClassVar[str] = "import"
    HEADING: ClassVar[str] = "Import posts"

    def __init__(self, *, known: bool = False) -> None:
        """Makes the dialog.

        Args:
            known: Whether it is for a list of words the learner knows.
        """
        super().__init__()
        self._known = known

    def question(self) -> ComposeResult:
        """The path, what it may become, and whether it is a word list."""
        yield Static(say("A file, a folder or an archive of posts you saved"), classes="quiet", markup=False)
        yield CjkInput(placeholder=say("path"), id="path")
        yield OptionList(id="suggestions", markup=False)
        tick = Tick(say("it is a list of words I know"), id="known")
        tick.set_reactive(Tick.value, self._known)
        yield tick
        yield hint(("⏎", say("import")), ("tab", say("next")), ("esc", say("close")))

    def ask(self) -> None:
        """Ready to type."""
        self.set_focus(self.query_one(CjkInput))
        self.query_one("#suggestions").display = False

    @on(Input.Changed, "#path")
    def _typed(self) -> None:
        found = suggestions(self.query_one(CjkInput).value)
        options = self.query_one(OptionList)
        options.display = bool(found)
        options.clear_options()
        options.add_options([Option(Content(shown(path)), id=path) for path in found])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        line = self.query_one(CjkInput)
        line.value = event.option.id or line.value
        line.cursor_position = len(line.value)
        self.set_focus(line)

    def on_key(self, event: object) -> None:
        """Down from the path leads to the suggestions."""
        if getattr(event, "key", "") == "down" and self.query_one(CjkInput).has_focus:
            options = self.query_one(OptionList)
            if options.display:
                self.set_focus(options)

    def go(self) -> None:
        """Imports what was named."""
        text = self.query_one(CjkInput).value
        if text.strip():
            known = self.query_one(Tick).value
            self.start(Job(self.KIND, import_work(expand(text), known=known)))
