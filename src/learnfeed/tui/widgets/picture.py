"""A picture of a post, as the terminal can show it: by Kitty's protocol, else in half blocks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.containers import Vertical

from learnfeed.core.errors import LearnfeedError
from learnfeed.tui.messages import say
from learnfeed.tui.pictures import decode, missing

if TYPE_CHECKING:
    from PIL.Image import Image
    from textual.widget import Widget

    from learnfeed.tui.app import LearnfeedApp

ROWS = 12
"""Rows at most; never more than a third of the screen."""


class Picture(Vertical):
    """Nothing until a picture is shown; it is decoded beside the app."""

    DEFAULT_CSS = "Picture { display: none; height: auto; align-horizontal: center; }"

    def __init__(self) -> None:
        super().__init__()
        self.path = ""
        self._image: Image | None = None

    @property
    def learnfeed(self) -> LearnfeedApp:
        """The app."""
        return cast("LearnfeedApp", self.app)

    def toggle(self, path: str) -> None:
        """Shows a picture or puts it away; says so when there is none, or no way to show it."""
        if self.path:
            self.show("")
        elif problem := missing(self.learnfeed.services.settings):
            self.learnfeed.tell(problem, severity="warning", timeout=8)
        elif not path:
            self.learnfeed.tell(say("No picture of this post is on this machine."), timeout=2)
        else:
            self.show(path)

    def offer(self, path: str) -> None:
        """Shows a picture if pictures can be shown; nothing for an empty path."""
        self.show("" if missing(self.learnfeed.services.settings) else path)

    def show(self, path: str) -> None:
        """Shows a picture once it is decoded; an empty path puts away what is shown."""
        self.path = path
        self._put_away()
        if path:
            self.run_worker(
                partial(self._decode, path), group="picture", thread=True, exclusive=True, exit_on_error=False
            )

    def on_resize(self) -> None:
        """Keeps the picture within its room."""
        self._fit()

    def on_unmount(self) -> None:
        """Nothing of it stays in memory or in the terminal."""
        self._put_away()

    def _decode(self, path: str) -> None:
        try:
            image = decode(path)
        except LearnfeedError as error:
            self.app.call_from_thread(self._failed, path, error)
        else:
            self.app.call_from_thread(self._decoded, path, image)

    def _failed(self, path: str, error: LearnfeedError) -> None:
        if self.path == path:
            self.path = ""
            self.learnfeed.tell_error(error)

    def _decoded(self, path: str, image: Image) -> None:
        if self.path != path or not self.is_attached:
            image.close()
            return
        self._put_away()
        self._image = image
        self.mount(_widget(image))
        self.display = True
        self._fit()

    def _fit(self) -> None:
        """A cell is about twice as high as it is wide."""
        if self._image is None:
            return
        shape = 2 * self._image.width / self._image.height
        rows = max(1, min(ROWS, self.screen.size.height // 3, int(self.screen.size.width / shape)))
        for widget in self.children:
            widget.styles.height = rows
            widget.styles.width = max(1, min(self.screen.size.width, round(rows * shape)))

    def _put_away(self) -> None:
        self.display = False
        for widget in self.children:
            widget.image = None  # type: ignore[attr-defined]  # frees what the terminal holds
            widget.remove()
        if self._image is not None:
            self._image.close()
            self._image = None


def _widget(image: Image) -> Widget:
    """Sixels are no choice: they are codes inside a line, and no line passes with a code in it."""
    from textual_image.renderable import Image as Best
    from textual_image.renderable import TGPImage as Kitty
    from textual_image.widget import HalfcellImage, TGPImage

    return cast("Widget", TGPImage(image) if Best is Kitty else HalfcellImage(image))
