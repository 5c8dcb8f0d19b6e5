"""After the last line: what to do with the words left over, and where to go next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from learnfeed.core.level import level_label
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import Dialog
from learnfeed.tui.text import plural, shown
from learnfeed.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.core.feed import PostCard

SHOWN = 12
"""Words that are named."""


class FinishDialog(Dialog[str]):
    """Gives back ``known``, ``next`` or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("k", "choose('known')", "rest known", "Mark the words without a mark as known"),
        bind("n,enter", "choose('next')", "next post", "Open the next post that fits"),
        bind("escape", "leave", "stay", "Go on reading here"),
    ]

    def __init__(self, rest: Sequence[str], after: PostCard | None) -> None:
        """Makes the dialog.

        Args:
            rest: Words of the post without a status.
            after: The post that fits next; None when all are read.
        """
        super().__init__()
        self.rest, self.after = rest, after

    def compose(self) -> ComposeResult:
        """The message."""
        with Vertical(classes="window"):
            yield Static(Content.styled(f"✓ {say('Read to the end')}", "$success bold"), classes="title")
            yield Static(self._rest())
            yield Static(self._after())
        yield KeyBar()

    def _rest(self) -> Content:
        if not self.rest:
            return Content(say("Every word here has its mark."))
        count = plural(len(self.rest), say("word"), say("words"))
        named = "  ".join(shown(word) for word in self.rest[:SHOWN]) + (
            "  …" if len(self.rest) > SHOWN else ""
        )
        return Content.assemble(
            say("{words} without a mark", words=count), "\n", (named, "bold"), "\n\n", ("k", "$accent bold"),
            "  ", say("mark them known (u takes it back)"),
        )  # fmt: skip

    def _after(self) -> Content:
        if self.after is None:
            return Content("\n" + say("You have read all posts."))
        figures = f"{level_label(self.after.level)} · {round(self.after.coverage.share * 100)} %"
        return Content.assemble(
            "\n", ("n", "$accent bold"), "  ", say("next:"), " ", (shown(self.after.title), "bold"),
            "  ", (figures, "$quiet"),
        )  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Greys out what there is nothing for."""
        if action == "choose":
            return True if (self.rest if parameters == ("known",) else self.after) else None
        return True

    def action_choose(self, what: str) -> None:
        """Ends with a choice."""
        self.dismiss(what)
