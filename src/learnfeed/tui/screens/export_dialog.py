"""Export: which deck, as what kind of file, for whom, how far it is, what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from learnfeed.core.errors import LearnfeedError
from learnfeed.tui.jobs import Job, Work
from learnfeed.tui.messages import say
from learnfeed.tui.paths import expand
from learnfeed.tui.screens.job_dialog import JobDialog, hint
from learnfeed.tui.text import shown
from learnfeed.tui.widgets.input import CjkInput
from learnfeed.tui.widgets.tick import Tick

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from learnfeed.bootstrap import Services
    from learnfeed.services.exporting import RecipeInfo

FORMATS = (
    (".apkg", "Anki deck"),
    (".html", "study sheet"),
    (".md", "Markdown"),
    (".csv", "CSV table"),
    (".tsv", "TSV table"),
    (".txt", "Pleco list"),
    (".lingq.csv", "LingQ list"),
)
"""Endings of the files that can be written, with what they are."""


def export_work(recipe: Path, target: Path, *, share: bool = False) -> Work:
    """The work of writing a deck after a recipe; ``share`` when it is for someone else."""

    def work(services: Services, tell: object, stop: object) -> object:
        return services.exporting.run(recipe, target, share=share, progress=tell, stop=stop)  # type: ignore[arg-type]

    return work


class ExportDialog(JobDialog):
    """Asks for a recipe, a kind of file and its name, and writes it."""

    CSS_PATH = "dialogs.tcss"
    KIND: ClassVar[str] = "export"
    HEADING: ClassVar[str] = "Export a deck"

    def __init__(self) -> None:
        super().__init__()
        self.recipes: list[RecipeInfo] = []
        self._suggested = ""

    def question(self) -> ComposeResult:
        """The recipes beside the kinds of file, for whom, and the file."""
        with Horizontal(id="choices"):
            yield OptionList(id="recipes", markup=False)
            yield OptionList(id="formats", markup=False)
        yield Tick(say("for someone else: nothing of your reviews or of what you know"), id="share")
        yield CjkInput(placeholder=say("file"), id="path")
        yield hint(("⏎", say("choose, then write")), ("tab", say("next")), ("esc", say("close")))

    def ask(self) -> None:
        """Shows the recipes and the kinds of file, the first ones chosen."""
        formats = self.query_one("#formats", OptionList)
        formats.add_options(
            Option(Content.assemble(say(what), (f"  {ending}", "$quiet"))) for ending, what in FORMATS
        )
        formats.highlighted = 0
        try:
            self.recipes = self.services.exporting.recipes()
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)
            return
        options = self.query_one("#recipes", OptionList)
        options.add_options(
            Option(
                Content.assemble((shown(recipe.name), "bold"), "\n", (shown(recipe.description), "$quiet"))
            )
            for recipe in self.recipes
        )
        if self.recipes:
            options.highlighted = 0
        self.set_focus(options)

    @property
    def recipe(self) -> RecipeInfo | None:
        """The recipe that is chosen."""
        at = self.query_one("#recipes", OptionList).highlighted
        return self.recipes[at] if at is not None else None

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        """Names a file after recipe and kind; a name that was typed only gets the ending."""
        recipe, at = self.recipe, self.query_one("#formats", OptionList).highlighted
        if recipe is None or at is None:
            return
        line, ending = self.query_one(CjkInput), FORMATS[at][0]
        typed = line.value if line.value != self._suggested else ""
        line.value = f"{_without_ending(typed)}{ending}" if typed else f"~/{recipe.path.stem}{ending}"
        if not typed:
            self._suggested = line.value

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.set_focus(self.query_one(CjkInput))

    def go(self) -> None:
        """Writes the deck."""
        text = self.query_one(CjkInput).value
        if self.recipe is not None and text.strip():
            share = self.query_one(Tick).value
            self.start(Job(self.KIND, export_work(self.recipe.path, expand(text), share=share)))


def _without_ending(name: str) -> str:
    endings = sorted((ending for ending, _ in FORMATS), key=len, reverse=True)
    return next((name[: -len(ending)] for ending in endings if name.lower().endswith(ending)), name)
