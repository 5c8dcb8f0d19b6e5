"""What all screens share: services, the bars, and how they are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.widgets.bars import KeyBar, TitleBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.bootstrap import Services
    from learnfeed.tui.app import LearnfeedApp

Result = TypeVar("Result")
BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (150, "-huge")]


def plain(text: str, style: str = "") -> Content:
    """Text from outside as content: never read as markup."""
    return Content.styled(text, style) if style else Content(text)


def _unsubscribe(screen: Screen[Result]) -> None:
    """Lets go of the app's signals: they hold whoever follows them, closed or not, until they are next published."""
    for signal in getattr(screen.app, "signals", ()):
        signal.unsubscribe(screen)


class PageScreen(Screen[None]):
    """A full screen: title bar, body, key bar."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("escape", "leave", "back", "Go back to the screen before")]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    NAME: ClassVar[str] = ""
    HELP: ClassVar[str] = ""

    @property
    def services(self) -> Services:
        """All that can be asked for."""
        return self.learnfeed.services

    @property
    def learnfeed(self) -> LearnfeedApp:
        """The app."""
        return cast("LearnfeedApp", self.app)

    @property
    def title_bar(self) -> TitleBar:
        """The line at the top."""
        return self.query_one(TitleBar)

    def compose(self) -> ComposeResult:
        """The bars, the body between them."""
        yield TitleBar(say(self.NAME))
        yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What stands between the bars."""
        yield Widget()

    def on_unmount(self) -> None:
        """Nothing of a closed screen stays behind."""
        _unsubscribe(self)

    def action_leave(self) -> None:
        """Goes back."""
        self.learnfeed.go_back()


class Dialog(ModalScreen[Result]):
    """A small window over a screen."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("escape", "leave", "close", "Close this window")]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    @property
    def services(self) -> Services:
        """All that can be asked for."""
        return self.learnfeed.services

    @property
    def learnfeed(self) -> LearnfeedApp:
        """The app."""
        return cast("LearnfeedApp", self.app)

    def on_unmount(self) -> None:
        """Nothing of a closed window stays behind."""
        _unsubscribe(self)

    def action_leave(self) -> None:
        """Closes the window without a result."""
        self.dismiss(None)
