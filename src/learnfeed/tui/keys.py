"""Keys: one way to bind them, so that each has an id, a description and a tooltip."""

from __future__ import annotations

import re
import sys

from textual.binding import Binding
from textual.keys import key_to_character

_GROUPS = {
    "LearnfeedApp": "app",
    "PageScreen": "screen",
    "Dialog": "window",
    "RubyView": "text",
    "FeedGrid": "cards",
}
_KIND = re.compile(r"(Screen|Dialog|Menu|Box|List)$")
_NO_NAME = re.compile(r"[^\w]+")
_DISPLAY = {
    "enter": "⏎",
    "space": "space",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "upper_t": "T",
    "slash": "/",
    "backslash": "\\",
    "minus": "-",
    "plus": "+",
    "at": "@",
    "underscore": "_",
}


def key_label(key: str) -> str:
    """A key as people read it: ``ctrl+p`` → ``^p``, ``question_mark`` → ``?``."""
    if key.startswith("ctrl+"):
        return "^" + key_label(key[5:])
    if key.startswith("shift+"):
        return "⇧" + key_label(key[6:])
    character = key_to_character(key) or ""
    return _DISPLAY.get(key) or (character if character.isprintable() else "") or key


def bind(
    keys: str,
    action: str,
    label: str,
    tip: str,
    *,
    show: bool = True,
    display: str = "",
    priority: bool = False,
) -> Binding:
    """A binding whose id says where it stands and what it does, such as ``review.good``.

    Own keys in the settings go by that id, so a label is unique on its screen and stays as it is.

    Args:
        keys: One key or several, the one to show first, with commas between.
        action: What it does.
        label: One or two words for the footer.
        tip: A sentence for the tooltip and the help screen.
        show: Whether the footer names it.
        display: How the footer writes the key, where the first key's name won't do.
        priority: Whether it goes before the focused widget's keys.
    """
    return Binding(
        keys,
        action,
        label,
        show=show,
        key_display=display or key_label(keys.split(",", 1)[0]),
        priority=priority,
        tooltip=tip,
        id=f"{_owner()}.{_NO_NAME.sub('-', label.lower()).strip('-')}",
    )


def _owner() -> str:
    """Name of the screen or widget whose ``BINDINGS`` are being written: a class body runs in a frame of its name."""
    frame = sys._getframe(2)  # noqa: SLF001
    while frame.f_code.co_name.startswith("<") and frame.f_back is not None:
        frame = frame.f_back
    name = frame.f_code.co_name
    return _GROUPS.get(name) or _KIND.sub("", name).lower()
