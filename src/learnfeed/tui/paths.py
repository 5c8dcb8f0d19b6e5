"""Paths as people type them."""

from __future__ import annotations

import os
from pathlib import Path

MOST = 6
"""Suggestions at most."""
_LOOKED_AT = 2000
"""Entries of a folder that are looked at: a folder of a million files must not stop the keyboard."""


def expand(text: str) -> Path:
    """A typed or dropped path as a path: quotes and blanks around it do not count, ``~`` is home."""
    bare = text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\"":
        bare = bare[1:-1]
    return Path(bare.removeprefix("file://")).expanduser()


def suggestions(text: str) -> tuple[str, ...]:
    """What a typed path may become: entries of its folder that begin so, folders with a slash.

    Returns:
        At most :data:`MOST` paths, as one would type them; none when the folder can't be read.
    """
    if not text.strip():
        return ()
    head, tail = os.path.split(text)
    found: list[str] = []
    try:
        with os.scandir(Path(head or ".").expanduser()) as entries:
            for at, entry in enumerate(entries):
                if at >= _LOOKED_AT:
                    break
                if entry.name.startswith(tail) and (tail or not entry.name.startswith(".")):
                    found.append(os.path.join(head, entry.name) + ("/" if entry.is_dir() else ""))  # noqa: PTH118
    except (OSError, ValueError, RuntimeError):
        return ()
    return tuple(sorted(path for path in found if path != text)[:MOST])
