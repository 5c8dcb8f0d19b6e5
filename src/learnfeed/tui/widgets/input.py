"""A line to type into, right for Chinese input methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset
from textual.widgets import Input

from learnfeed.tui.text import shown

if TYPE_CHECKING:
    from textual import events


class CjkInput(Input):
    """An input whose terminal cursor stands exactly on the caret, so that an input method's candidates appear there.

    A paste of several lines is one line: its breaks become blanks. Control codes in it are dropped.
    """

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the caret is on the screen."""
        x, y, _, _ = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)

    def _park(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
            self.refresh()

    def on_focus(self) -> None:
        """Puts the terminal cursor right once the layout is known."""
        self.call_after_refresh(self._park)

    def on_resize(self) -> None:
        """Puts the terminal cursor right again."""
        self.call_after_refresh(self._park)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = shown(" ".join(event.text.splitlines())).strip()
        if text:
            self.replace(text, *self.selection)
