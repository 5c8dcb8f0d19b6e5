"""Help: every key of the screen it is opened on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from learnfeed.tui.keys import key_label
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import Dialog
from learnfeed.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import Binding
    from textual.screen import Screen


_TEXT = 65
_FRAME = 8
"""Cells of the window that are no text: padding and scrollbar."""


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """One thing to do and its keys."""

    keys: str
    about: str


def keys_of(screen: Screen[Any]) -> tuple[KeyHelp, ...]:
    """What can be done on a screen, the keys of one action together; what the key bar names comes first."""
    actions: dict[str, tuple[Binding, list[str]]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.tooltip and not binding.system:
            actions.setdefault(f"{binding.action}", (binding, []))[1].append(binding.key)
    return tuple(
        KeyHelp("  ".join(dict.fromkeys(key_label(key) for key in keys)), say(binding.tooltip))
        for binding, keys in sorted(actions.values(), key=lambda item: _place(item[0]))
    )


def _place(binding: Binding) -> int:
    """What the key bar names comes first, leaving last of it."""
    return 2 if not binding.show else int(binding.action in ("leave", "app.leave", "help", "app.help"))


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of so many cells; Chinese breaks anywhere, English between words."""
    lines = [""]
    for piece in re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+", text):
        if cell_len(lines[-1] + piece.rstrip()) > max(8, width) and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


class HelpDialog(Dialog[None]):
    """The keys, one to a line."""

    def __init__(self, keys: tuple[KeyHelp, ...], about: str = "") -> None:
        """Takes the keys, and what there is to say of the screen itself (in the language in use)."""
        super().__init__()
        self.keys = keys
        self.about = about

    def compose(self) -> ComposeResult:
        """The list; it scrolls where it is longer than the screen."""
        with VerticalScroll(classes="window"):
            yield Static(say("Keys of this screen"), classes="title", markup=False)
            yield Static(self._lines())
        yield KeyBar()

    def _lines(self) -> Content:
        width = max((cell_len(key.keys) for key in self.keys), default=0) + 3
        room = min(_TEXT, self.app.size.width * 9 // 10 - _FRAME) - width
        parts: list[tuple[str, str] | str] = [(self.about, "$quiet"), "\n\n"] if self.about else []
        for key in self.keys:
            first, *more = wrapped(key.about, room)
            parts += [(key.keys + " " * (width - cell_len(key.keys)), "$accent bold"), first, "\n"]
            parts += [" " * width + line + "\n" for line in more]
        last = say("The mouse works everywhere. ctrl+p finds every command by name.")
        return Content.assemble(*parts, "\n", (last, "$quiet"))
