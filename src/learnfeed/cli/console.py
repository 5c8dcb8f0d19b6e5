"""The console learnfeed speaks to: its encoding, and whether an app can be shown on it."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from typing import TYPE_CHECKING

from learnfeed.core.errors import UsageError

if TYPE_CHECKING:
    from learnfeed.bootstrap import Services

_HANDLER = "learnfeed-readable"
_LIKE = str.maketrans(
    {
        "…": "...",
        "–": "-",
        "—": "-",
        "·": "-",
        "→": "->",
        "≥": ">=",
        "≤": "<=",
        "×": "x",
        "“": '"',
        "”": '"',
        "‘": "'",
    }
    | {"’": "'", "。": ".", "，": ",", "？": "?", "！": "!", "：": ":", "✓": "+"}
)
_lost = False
"""Whether something could not be written as it is."""


def prepare() -> None:
    """Makes the standard streams write anything: what an old encoding has no sign for gets a likeness or ``?``.

    A file or pipe on Windows gets UTF-8 and not the code page of the day, so that scripts read one encoding.
    """
    codecs.register_error(_HANDLER, _readable)
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if os.name == "nt" and not stream.isatty() and "PYTHONIOENCODING" not in os.environ:
            stream.reconfigure(encoding="utf-8", errors=_HANDLER)
        else:
            stream.reconfigure(errors=_HANDLER)


def tell_lost() -> None:
    """Says once, on stderr and in ASCII, what to do when something could not be written as it is."""
    if _lost:
        encodings = {
            stream.encoding for stream in (sys.stdout, sys.stderr) if not _is_unicode(stream.encoding)
        }
        sys.stderr.write(
            f"learnfeed: this console's encoding ({', '.join(sorted(encodings))}) lacks some characters: "
            "likenesses or ? stand for them.\n"
            "  Use a UTF-8 terminal, or set PYTHONUTF8=1 (Windows: chcp 65001 as well).\n"
        )


def _readable(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    global _lost  # noqa: PLW0603 - an error handler has nowhere else to leave word
    _lost = _lost or not _is_unicode(error.encoding)
    return "".join(_like(sign) for sign in text), error.end


def _is_unicode(encoding: str) -> bool:
    return encoding.lower().replace("_", "-").startswith("utf")


def _like(sign: str) -> str:
    """An ASCII likeness: a plain letter for one with marks, else ``?``."""
    likeness = sign.translate(_LIKE)
    if not likeness.isascii():
        likeness = unicodedata.normalize("NFD", likeness)[0]
    return likeness if likeness.isascii() else "?"


def writes_unicode() -> bool:
    """Whether stdout can hold any character."""
    return _is_unicode(getattr(sys.stdout, "encoding", None) or "utf-8")


def open_app(services: Services) -> None:
    """Opens the app.

    Raises:
        UsageError: There is no terminal to show it on.
        LearnfeedError: The library can't be opened.
    """
    if os.environ.get("TERM") == "dumb" or not all(
        stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stdout__)
    ):
        raise UsageError(
            "The app needs a terminal, and this is none it can draw on",
            hint="Open a terminal window (on Windows: Windows Terminal), or use commands: learnfeed --help.",
        )
    from learnfeed.tui.app import run

    run(services)
