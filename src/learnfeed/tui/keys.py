"""Keys: one way to bind them, so that each has an id, a description and a tooltip."""

from __future__ import annotations

from textual.binding import Binding

_DISPLAY = {
    "enter": "⏎",
    "space": "space",
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "upper_t": "T",
    "number_sign": "#",
}


def key_label(key: str) -> str:
    """A key as people read it: ``ctrl+p`` → ``^p``, ``question_mark`` → ``?``."""
    if key.startswith("ctrl+"):
        return "^" + key_label(key[5:])
    if key.startswith("shift+"):
        return "⇧" + key_label(key[6:])
    return _DISPLAY.get(key, key)


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
    """A binding whose id is its action.

    Args:
        keys: One key or several, the one to show first, with commas between.
        action: What it does.
        label: One or two words for the footer.
        tip: A sentence for the tooltip and the help screen.
        show: Whether the footer names it.
        display: How the footer writes the key, where the first key's name won't do.
        priority: Whether it goes before the focused widget's keys.
    """
    name = action.replace("(", ".").replace(")", "").replace("'", "").replace(", ", ".")
    return Binding(
        keys,
        action,
        label,
        show=show,
        key_display=display or key_label(keys.split(",", 1)[0]),
        priority=priority,
        tooltip=tip,
        id=name.rstrip("."),
    )
