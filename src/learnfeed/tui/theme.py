"""Colours: flat surfaces, one accent, and tones that stay apart for colour-blind eyes.

A tone is always written by its mark as well; colour only helps.
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import Theme

DARK = "learnfeed-dark"
LIGHT = "learnfeed-light"

# Tones 1-4 and the neutral tone. learnfeed's own set keeps its distances under protanopia,
# deuteranopia and tritanopia; the others are the orders that their users know.
_TONES: dict[str, dict[bool, tuple[str, str, str, str, str]]] = {
    "learnfeed": {
        True: ("#4fa8ff", "#ffc20a", "#e8e8e8", "#e0569f", "#8f96a3"),
        False: ("#0b5fc0", "#8f5a00", "#1f2430", "#b01c74", "#6b7280"),
    },
    "pleco": {
        True: ("#ff5c5c", "#3ecf6a", "#5b9dff", "#c77dff", "#9aa0aa"),
        False: ("#c62828", "#1b7a34", "#1d56c9", "#7a28b8", "#6b7280"),
    },
    "mdbg": {
        True: ("#ff6b6b", "#ffa94d", "#4fd06a", "#6ea8ff", "#c4cad4"),
        False: ("#c9252d", "#a85c00", "#1b7a34", "#2a52be", "#4b5262"),
    },
    "hanping": {
        True: ("#62b5ff", "#4fd06a", "#ffa94d", "#ff6b6b", "#9aa0aa"),
        False: ("#1660b8", "#1b7a34", "#a85c00", "#c62828", "#6b7280"),
    },
    "dummitt": {
        True: ("#ff5c5c", "#ff9f1c", "#3ecf6a", "#5b9dff", "#9aa0aa"),
        False: ("#c62828", "#9a5600", "#1b7a34", "#1d56c9", "#6b7280"),
    },
    "none": {
        True: ("#c4cad4",) * 5,
        False: ("#4b5262",) * 5,
    },
}


def _variables(
    *, background: str, panel: str, accent: str, quiet: str, faint: str, raised: str
) -> dict[str, str]:
    return {
        "block-cursor-text-style": "none",
        "scrollbar": panel,
        "scrollbar-hover": accent,
        "scrollbar-active": accent,
        "scrollbar-background": background,
        "scrollbar-background-hover": background,
        "scrollbar-background-active": background,
        "scrollbar-corner-color": background,
        "quiet": quiet,
        "faint": faint,
        "raised": raised,
    }


THEMES = (
    Theme(
        name=DARK,
        primary="#e0533d",
        secondary="#8fb3d9",
        accent="#e0533d",
        warning="#e3b341",
        error="#ff6b6b",
        success="#5fbf8a",
        foreground="#e6e4df",
        background="#14161b",
        surface="#1b1e25",
        panel="#2a2f3a",
        dark=True,
        variables=_variables(
            background="#14161b",
            panel="#2a2f3a",
            accent="#e0533d",
            quiet="#9097a3",
            faint="#606876",
            raised="#232833",
        ),
    ),
    Theme(
        name=LIGHT,
        primary="#b8341f",
        secondary="#2f5f8f",
        accent="#b8341f",
        warning="#8a5a00",
        error="#b3261e",
        success="#21734a",
        foreground="#22252b",
        background="#fbfaf7",
        surface="#f3f1ec",
        panel="#dcd8cf",
        dark=False,
        variables=_variables(
            background="#fbfaf7",
            panel="#dcd8cf",
            accent="#b8341f",
            quiet="#5f6570",
            faint="#8d929b",
            raised="#eae6de",
        ),
    ),
)
"""Our themes, dark first. ``quiet`` is for numbers and hints, ``faint`` for what is turned off,
``raised`` for the selected card."""


def themes(*, colours: bool = True) -> tuple[Theme, ...]:
    """Our themes; without colours what stands out is as bright as the text, and not a duller grey."""
    if colours:
        return THEMES
    return tuple(
        replace(theme, primary=theme.foreground or "", secondary=theme.foreground, accent=theme.foreground)
        for theme in THEMES
    )


def theme_name(setting: str) -> str:
    """The theme that a setting means: ``dark`` and ``light`` are ours, others are Textual's."""
    return {"dark": DARK, "light": LIGHT}.get(setting, setting)


def tone_variables(palette: str, *, dark: bool) -> dict[str, str]:
    """Style variables ``tone-1`` … ``tone-5`` of a palette.

    Args:
        palette: One of the settings' ``tone_colours``.
        dark: Whether the theme is dark.
    """
    return {f"tone-{i}": colour for i, colour in enumerate(_TONES[palette][dark], start=1)}


def fallback_variables(*, dark: bool) -> dict[str, str]:
    """What our stylesheets need where a theme of Textual's does not say it."""
    ours = THEMES[0 if dark else 1]
    return {name: ours.variables[name] for name in ("quiet", "faint", "raised")}
