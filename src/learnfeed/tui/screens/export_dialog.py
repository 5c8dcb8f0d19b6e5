"""Export: which deck, which file, how far it is, what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from learnfeed.core.errors import LearnfeedError
from learnfeed.tui.jobs import Job, Work
from learnfeed.tui.messages import say
from learnfeed.tui.paths import expand
from learnfeed.tui.screens.job_dialog import JobDialog, hint
from learnfeed.tui.text import shown
from learnfeed.tui.widgets.input import CjkInput

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from learnfeed.bootstrap import Services
    from learnfeed.services.exporting import RecipeInfo


def export_work(recipe: Path, target: Path) -> Work:
    """The work of writing a deck after a recipe."""

    def work(services: Services, tell: object, stop: object) -> object:
        return services.exporting.run(recipe, target, progress=tell, stop=stop)  # type: ignore[arg-type]

    return work


class ExportDialog(JobDialog):
    """Asks for a recipe and a file name, and writes the deck."""

    CSS_PATH = "dialogs.tcss"
    KIND: ClassVar[str] = "export"
    HEADING: ClassVar[str] = "Export a deck"

    def __init__(self) -> None:
        super().__init__()
        self.recipes: list[RecipeInfo] = []

    def question(self) -> ComposeResult:
        """The recipes and the file."""
        yield OptionList(id="recipes", markup=False)
        yield Static(say("File: .apkg for Anki; also .csv .tsv .md .txt"), classes="quiet", markup=False)
        yield CjkInput(placeholder=say("file"), id="path")
        yield hint(("⏎", say("choose, then write")), ("tab", say("next")), ("esc", say("close")))

    def ask(self) -> None:
        """Shows the recipes, the first one chosen."""
        try:
            self.recipes = self.services.exporting.recipes()
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)
            return
        options = self.query_one(OptionList)
        options.add_options(
            Option(
                Content.assemble((shown(recipe.name), "bold"), "\n", (shown(recipe.description), "$quiet"))
            )
            for recipe in self.recipes
        )
        if self.recipes:
            options.highlighted = 0
        self.set_focus(options)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        line = self.query_one(CjkInput)
        at = self.query_one(OptionList).highlighted
        if at is not None:
            line.value = f"~/{self.recipes[at].path.stem}.apkg"

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.set_focus(self.query_one(CjkInput))

    def go(self) -> None:
        """Writes the deck."""
        at = self.query_one(OptionList).highlighted
        text = self.query_one(CjkInput).value
        if at is not None and text.strip():
            self.start(Job(self.KIND, export_work(self.recipes[at].path, expand(text))))
