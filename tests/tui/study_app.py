"""The smallest app that can show the screens of reviews, quizzes and statistics."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.app import App

from learnfeed.tui.theme import DARK, LIGHT, THEMES, fallback_variables, tone_variables
from learnfeed.tui.writing import Writer

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.screen import Screen

    from learnfeed.bootstrap import Services


class StudyApp(App[None]):
    """Opens one screen over an empty one, and remembers what it was asked to open or to say."""

    CSS = "Screen { background: $background; color: $foreground; }"

    def __init__(self, services: Services, screen: Screen[None], *, dark: bool = True) -> None:
        self.services = services
        self.first = screen
        self.opened: list[Any] = []
        self.told: list[str] = []
        super().__init__()
        self.writer = Writer(self)  # type: ignore[arg-type]
        for theme in THEMES:
            own = {k: v for k, v in theme.variables.items() if not v.startswith("$")}
            self.register_theme(replace(theme, variables=own))
        self.theme = DARK if dark else LIGHT

    def get_theme_variable_defaults(self) -> dict[str, str]:
        dark = self.current_theme.dark
        return fallback_variables(dark=dark) | tone_variables("learnfeed", dark=dark)

    def on_mount(self) -> None:
        self.push_screen(self.first)

    def on_unmount(self) -> None:
        self.writer.close()

    def go_back(self) -> None:
        self.pop_screen()

    def open_page(self, name: str) -> None:
        self.opened.append(name)

    def open_post(self, post_id: int) -> None:
        self.opened.append(post_id)

    def tell(self, text: str, *, severity: str = "information", timeout: float = 4) -> None:
        self.told.append(text)

    def tell_error(self, error: Exception) -> None:
        self.told.append(str(error))


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Presses keys and waits until what they wrote is written and shown."""
    await pilot.press(*keys)
    await written(pilot)


async def written(pilot: Pilot[None]) -> None:
    """Waits until all is written."""
    while pilot.app.writer.busy:  # type: ignore[attr-defined]
        await pilot.pause(0.005)
    await pilot.pause()
