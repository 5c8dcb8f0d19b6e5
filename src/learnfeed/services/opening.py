"""Opening a picture in the program that the system has for it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from learnfeed.core.errors import NotFoundError

NO_VIEWER = (
    "There is no program here that opens pictures: install xdg-utils, and start learnfeed on a desktop."
)


def viewer(environment: Mapping[str, str] = os.environ) -> str:
    """The program that opens files; empty where there is none, or no desktop to open them on."""
    if sys.platform == "darwin":
        return shutil.which("open") or ""
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return ""
    return shutil.which("xdg-open") or ""


def viewer_found() -> bool:
    """Whether a picture can be looked at here."""
    return bool(viewer())


def pictures_installed() -> bool:
    """Whether the extra is there that shows pictures in the terminal itself."""
    return all(importlib.util.find_spec(name) is not None for name in ("PIL", "textual_image"))


def open_picture(path: str) -> None:
    """Opens a picture beside the terminal, and does not wait for it.

    Raises:
        NotFoundError: The picture is gone, or nothing here opens pictures.
    """
    program = viewer()
    if not Path(path).is_file():
        raise NotFoundError(f"{path} is gone")
    if not program:
        raise NotFoundError(NO_VIEWER)
    # A path of our own library, absolute, so that it can't be read as an option.
    subprocess.Popen(  # noqa: S603
        [program, str(Path(path).absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
