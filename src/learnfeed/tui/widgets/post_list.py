"""A short list of posts, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from learnfeed.core.level import TARGET_SHARE, level_label
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.text import fit, shown
from learnfeed.tui.widgets.styles import StyleBook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

    from learnfeed.core.feed import PostCard


class PostList(Widget, can_focus=True):
    """Posts to choose from; a bar stands at the one that is chosen."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("enter", "open", "read", "Open the post"),
        bind("down,j", "move(1)", "down", "Go to the post below", show=False),
        bind("up,k", "move(-1)", "up", "Go to the post above", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"post-list--{name}" for name in ("bar", "selected", "title", "english", "quiet", "ready")
    }
    DEFAULT_CSS = """
    PostList {
        height: auto; background: $background; color: $foreground;
        & .post-list--selected { background: $raised; }
        & .post-list--bar { color: $accent; }
        & .post-list--title { text-style: bold; }
        & .post-list--english { color: $quiet; }
        & .post-list--quiet { color: $quiet; }
        & .post-list--ready { color: $success; }
    }
    """

    cursor: reactive[int] = reactive(0)

    class Opened(Message):
        """A post is to be read."""

        def __init__(self, post_id: int) -> None:
            super().__init__()
            self.post_id = post_id

    def __init__(self, cards: Sequence[PostCard], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.cards = tuple(cards)
        self.styles.height = max(1, len(cards))
        self._style = StyleBook(self, "post-list")

    def notify_style_update(self) -> None:
        """Forgets the old colours."""
        super().notify_style_update()
        self._style.forget()

    def show(self, cards: Sequence[PostCard]) -> None:
        """Shows posts, the selection where it was."""
        self.cards = tuple(cards)
        self.cursor = max(0, min(self.cursor, len(cards) - 1))
        self.styles.height = max(1, len(cards))
        self.refresh()

    def action_move(self, step: int) -> None:
        """Goes to the post above or below."""
        self.cursor = max(0, min(len(self.cards) - 1, self.cursor + step))

    def action_open(self) -> None:
        """Opens the selected post."""
        if self.cards:
            self.post_message(self.Opened(self.cards[self.cursor].id))

    def on_click(self, event: events.Click) -> None:
        """Opens the post that was clicked."""
        if event.y < len(self.cards):
            self.cursor = event.y
            self.action_open()

    def render_line(self, y: int) -> Strip:
        """One post."""
        width = self.size.width
        if y >= len(self.cards):
            return Strip.blank(width, self._style())
        card, chosen = self.cards[y], y == self.cursor and self.has_focus
        share = card.coverage.share
        new = card.coverage.new_words
        figures = [
            (f"{level_label(card.level):<8}", "quiet"),
            (f"{round(share * 100):>4} %", "ready" if share >= TARGET_SHARE else "quiet"),
            (f"  {say('{new} new', new=new) if new else '':<8}", "quiet"),
        ]
        if width >= 90:
            figures.append((fit(f"♥ {shown(card.likes)}" if card.likes else "", 10), "quiet"))
        room = width - 2 - sum(cell_len(text) for text, _ in figures) - 2
        line = [*self._names(card, room), ("  ", "quiet"), *figures]
        ground = ("selected",) if chosen else ()
        segments = [Segment("▌ " if chosen else "  ", self._style(*ground, "bar"))]
        segments += [Segment(text, self._style(*ground, name)) for text, name in line]
        return Strip(segments).adjust_cell_length(width, self._style(*ground))

    @staticmethod
    def _names(card: PostCard, room: int) -> list[tuple[str, str]]:
        title, english = shown(card.title) or "–", shown(card.english)
        if room < 70 or not english:
            return [(fit(title, room), "title")]
        half = room * 5 // 11
        return [(fit(title, half), "title"), ("  ", "quiet"), (fit(english, room - half - 2), "english")]
