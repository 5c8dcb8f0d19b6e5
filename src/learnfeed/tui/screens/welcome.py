"""The first run: what this is, and something to read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from learnfeed.config import content_folder
from learnfeed.tui.jobs import Job
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import Dialog
from learnfeed.tui.screens.import_dialog import ImportDialog, import_work
from learnfeed.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.bootstrap import Services

LEVELS = range(1, 7)
"""HSK levels that a key marks as known; who is beyond them imports a list of words."""


class WelcomeDialog(Dialog[None]):
    """Says in four lines what learnfeed does, and offers the sample posts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("enter", "samples", "sample posts", "Read the posts that came with learnfeed"),
        bind("i", "own", "import my own", "Import posts that you saved"),
        *(
            bind(
                str(level),
                f"know({level})",
                "I know HSK",
                "Mark all words up to this HSK level as known",
                show=level == 1,
                display="1–6",
            )
            for level in LEVELS
        ),
        bind("t", "test", "word test", "Estimate how many words you know"),
        bind("escape", "leave", "look around", "Close this window"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._known = 0

    def compose(self) -> ComposeResult:
        """The message."""
        with Vertical(classes="window"):
            yield Static(
                Content.assemble(("学 ", "$accent bold"), (say("Welcome to learnfeed"), "bold")),
                classes="title",
            )
            yield Static(self._text())
            yield Static(id="known")
        yield KeyBar()

    @staticmethod
    def _text() -> Content:
        return Content.assemble(
            say(
                "The posts you saved become reading at your level: pinyin where you need it, every word a key "
                "away from its meaning, then reviews, quizzes and Anki decks."
            ),
            "\n\n",
            (say("All of it stays on this machine."), "$quiet"),
            "\n\n",
            ("⏎  ", "$accent bold"), f"  {say('begin with the sample posts')}", "\n",
            ("i  ", "$accent bold"), f"  {say('import posts of your own')}", "\n",
            ("1–6", "$accent bold"), f"  {say('mark all words up to that HSK level as known')}", "\n",
            ("t  ", "$accent bold"), f"  {say('find out how many words you know: a short test')}", "\n",
            ("?  ", "$accent bold"), f"  {say('shows the keys on every screen')}",
        )  # fmt: skip

    def action_know(self, level: int) -> None:
        """Marks all words up to a level as known; another level takes the place of the first."""
        before, self._known = self._known, level
        standard = self.services.settings.standard

        def work(services: Services) -> int:
            if before:
                services.reading.undo()
            return len(services.reading.know_levels(level, standard))

        self.learnfeed.writer.do(work, lambda number: self._tell(level, number))

    def _tell(self, level: int, number: int) -> None:
        known = say("HSK {level}: {n} words are known now", level=str(level), n=f"{number:,}")
        if self.is_attached:
            self.query_one("#known", Static).update(Content.styled(f"\n✓ {known}", "$success"))
        self.learnfeed.library_changed.publish(None)

    def action_samples(self) -> None:
        """Imports the sample posts."""
        dialog = ImportDialog()
        self.app.switch_screen(dialog)
        dialog.call_after_refresh(dialog.start, Job(ImportDialog.KIND, import_work(content_folder())))

    def action_test(self) -> None:
        """Estimates how many words are known."""
        self.dismiss(None)
        self.learnfeed.action_placement()

    def action_own(self) -> None:
        """Asks for a path."""
        self.app.switch_screen(ImportDialog())
