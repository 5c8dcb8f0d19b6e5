"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def whole_file(target: Path, suffix: str = "") -> Iterator[Path]:
    """A file beside the target to write into; it takes the target's place when the block ends well, else it goes.

    Raises:
        OSError: The folder can't be made or written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".learnfeed-", suffix=suffix)
    os.close(handle)
    try:
        yield Path(name)
        Path(name).replace(target)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()
