"""What all screens share: services, the bars, and how they are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual._styles_cache import StylesCache
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


def _let_go(screen: Screen[Result]) -> None:
    """Frees what a closed screen is held by.

    The app's signals hold whoever follows them, until they are next published. Textual remembers two colours for
    each of the last 1,024 widgets, and with them every line those widgets drew: some 50 MB.
    """
    for signal in getattr(screen.app, "signals", ()):
        signal.unsubscribe(screen)
    StylesCache.get_inner_outer.cache_clear()


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
        _let_go(self)

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
        _let_go(self)

    def action_leave(self) -> None:
        """Closes the window without a result."""
        self.dismiss(None)
