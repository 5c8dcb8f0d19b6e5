"""A box to tick that reads the same without colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from learnfeed.tui.keys import bind

if TYPE_CHECKING:
    from textual.binding import BindingType


class Tick(Static, can_focus=True):
    """On or off, with a label."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("space", "tick", "tick", "Turn this on or off")]
    DEFAULT_CSS = """
    Tick { height: 1; }
    Tick:focus { text-style: bold; color: $accent; }
    """

    value: reactive[bool] = reactive(False)

    def __init__(self, label: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._text = label

    def render(self) -> Content:
        """The box and its label."""
        return Content(f"[{'✓' if self.value else ' '}] {self._text}")

    def action_tick(self) -> None:
        """Turns it on or off."""
        self.value = not self.value

    def on_click(self) -> None:
        """Turns it on or off."""
        self.action_tick()
