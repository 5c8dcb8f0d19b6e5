"""What a test sees of the app: the text of the screen, and what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App


def screen_text(app: App[Any], *, width: int | None = None) -> str:
    """The text on the screen, line by line; only the first cells of each line when a width is given."""
    rows = app.screen._compositor.render_strips()
    return "\n".join(strip.crop(0, width).text if width else strip.text for strip in rows)


def told(app: App[Any]) -> list[str]:
    """Messages that were shown, in order."""
    return [notification.message for notification in app._notifications]
