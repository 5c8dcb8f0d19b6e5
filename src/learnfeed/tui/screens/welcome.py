"""The first run, in three short pages: what this is, what you know, something to read at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from learnfeed.config import content_folder
from learnfeed.core.errors import LearnfeedError
from learnfeed.core.level import level_label
from learnfeed.settings import setting
from learnfeed.settings_file import change
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

PAGES = 3
LEVELS = range(1, 7)
"""HSK levels, or bands of English, that a key marks as known; who is beyond them imports a list of words."""


class WelcomeDialog(Dialog[None]):
    """Three short pages; the keys of all of them work on each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("enter,right,space", "next", "next", "Go to the next page"),
        bind("enter", "samples", "sample posts", "Read the posts that came with learnfeed"),
        bind("left", "previous", "page before", "Go to the page before", show=False),
        bind("i", "own", "import my own", "Import posts that you saved"),
        *(
            bind(
                str(level),
                f"know({level})",
                "my level",
                "Mark all words up to this level as known: HSK 1 to 6, or A1 to C2 of English",
                show=level == 1,
                display="1–6",
            )
            for level in LEVELS
        ),
        bind(
            "d",
            "direction",
            "I learn English",
            "Learn English from your posts instead of Chinese; again: Chinese",
        ),
        bind("t", "test", "word test", "Estimate how many words you know"),
        bind("escape", "leave", "look around", "Close this window"),
    ]

    def __init__(self, page: int = 0) -> None:
        """Begins with a page, from 0."""
        super().__init__()
        self._known = 0
        self._page = page

    def compose(self) -> ComposeResult:
        """The page."""
        with Vertical(classes="window"):
            yield Static(id="heading", classes="title")
            yield Static(id="page")
            yield Static(id="known")
            yield Static(id="dots")
        yield KeyBar()

    def on_mount(self) -> None:
        """Shows the first page."""
        self._show()

    def _show(self) -> None:
        heading, text = (self._what, self._you, self._posts)[self._page]()
        self.query_one("#heading", Static).update(
            Content.assemble(("学 ", "$accent bold"), (heading, "bold"))
        )
        self.query_one("#page", Static).update(text)
        dots = " ".join("●" if page == self._page else "○" for page in range(PAGES))
        self.query_one("#dots", Static).update(Content.styled(f"\n{dots}", "$quiet"))
        self.refresh_bindings()

    @staticmethod
    def _what() -> tuple[str, Content]:
        return say("Welcome to learnfeed"), Content.assemble(
            say(
                "The posts you saved become reading at your level: pinyin where you need it, every word a key "
                "away from its meaning, then reviews, quizzes and Anki decks."
            ),
            "\n\n",
            (say("All of it stays on this machine."), "$quiet"),
        )

    def _you(self) -> tuple[str, Content]:
        english = self.services.settings.direction == "english"
        up_to = (
            say("mark all words up to A1, A2 … C2 as known")
            if english
            else say("mark all words up to that HSK level as known")
        )
        learn = say("You learn English. d: Chinese") if english else say("You learn Chinese. d: English")
        # The test asks Chinese words.
        found = say("find out how many words you know: a short test")
        test = () if english else (("t  ", "$accent bold"), f"  {found}", "\n")
        return say("What do you know already?"), Content.assemble(
            say("Posts are ordered by how many of their words you know. Say it roughly now; reading makes it exact."),
            "\n\n",
            ("1–6", "$accent bold"), f"  {up_to}", "\n",
            *test,
            ("d  ", "$accent bold"), f"  {learn}",
        )  # fmt: skip

    @staticmethod
    def _posts() -> tuple[str, Content]:
        return say("Something to read"), Content.assemble(
            say(
                "Posts come from files: saved pages, exports of crawlers and clippers, plain text. A format is "
                "recognised by itself."
            ),
            "\n\n",
            ("⏎  ", "$accent bold"), f"  {say('begin with the sample posts')}", "\n",
            ("i  ", "$accent bold"), f"  {say('import posts of your own')}", "\n",
            ("?  ", "$accent bold"), f"  {say('shows the keys on every screen')}",
        )  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the page's keys are."""
        del parameters
        if action in ("next", "samples"):
            return (action == "samples") == (self._page == PAGES - 1)
        return action != "test" or self.services.settings.direction == "chinese"

    def action_next(self) -> None:
        """The next page."""
        self._page = min(self._page + 1, PAGES - 1)
        self._show()

    def action_previous(self) -> None:
        """The page before."""
        self._page = max(0, self._page - 1)
        self._show()

    def action_direction(self) -> None:
        """Learns the other language of the posts."""
        item = setting("direction")
        assert item is not None
        now = self.services.settings.direction
        wanted = next(choice for choice in item.choices if choice != now)
        try:
            change(self.services.places.settings, item, wanted)
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)
            return
        self.learnfeed.use_settings(replace(self.services.settings, direction=wanted))
        self._page = 1
        self._show()

    def action_know(self, level: int) -> None:
        """Marks all words up to a level as known; another level takes the place of the first."""
        standard, up_to = self.services.settings.standard, self.services.side.nth_level(level)

        def work(services: Services) -> int:
            if self._known:  # nothing else is taken back where the level before changed no word
                services.reading.undo()
            self._known = len(services.reading.know_levels(up_to, standard))
            return self._known

        self.learnfeed.writer.do(work, lambda number: self._tell(up_to, number))

    def _tell(self, level: int, number: int) -> None:
        known = say("{level}: {n} words are known now", level=level_label(level), n=f"{number:,}")
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
