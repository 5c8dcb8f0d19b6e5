"""Lists for other programs, of the same notes that decks are made of: tables, LingQ, Pleco, Markdown, study sheets."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from learnfeed.anki.lingq import lingq
from learnfeed.anki.markdown import markdown
from learnfeed.anki.pleco import pleco
from learnfeed.anki.study_sheet import study_sheet
from learnfeed.anki.tables import COMMA, TAB, table
from learnfeed.core.errors import ExportError, UsageError
from learnfeed.core.note import DeckSpec, Note

Writer = Callable[[DeckSpec, Iterable[Note]], Iterator[str]]

WRITERS: dict[str, Writer] = {
    ".lingq.csv": lingq,
    ".csv": partial(table, separator=COMMA),
    ".tsv": partial(table, separator=TAB),
    ".txt": pleco,
    ".md": markdown,
    ".html": study_sheet,
}
"""By the file's ending, the longer before the shorter. A writer gives lines and counts as empty when it gives none."""

_WORDS_ONLY = frozenset({".lingq.csv", ".csv", ".tsv", ".txt"})


def is_word_list(path: Path) -> bool:
    """Whether a file of this name takes words and passes over posts."""
    return _ending(path) in _WORDS_ONLY


def _ending(path: Path) -> str:
    return next((ending for ending in WRITERS if path.name.lower().endswith(ending)), "")


def write_text(spec: DeckSpec, notes: Iterable[Note], path: Path) -> int:
    """Writes a list; which kind is told by the file's ending. It appears whole or not at all.

    Tables, LingQ's and Pleco's lists hold words only, Markdown and study sheets also posts.

    Args:
        spec: Its name heads the list.
        notes: In the order they should stand.
        path: Where to; what stands there is replaced at the end.

    Returns:
        Bytes written.

    Raises:
        UsageError: No kind of list has this ending.
        ExportError: The file can't be written, or there is nothing to write.
    """
    writer = WRITERS.get(_ending(path))
    if writer is None:
        known = ", ".join(WRITERS)
        raise UsageError(f"{path} has no known ending", hint=f"Lists end in {known}, decks in .apkg.")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".learnfeed-") as folder:
            draft = Path(folder, "list")
            with draft.open("w", encoding="utf-8", newline="") as out:
                out.writelines(writer(spec, notes))
            size = draft.stat().st_size
            if not size:
                raise ExportError(
                    "There is nothing to put into the list", hint="Save some posts, or choose more of them."
                )
            draft.replace(path)
    except OSError as error:
        raise ExportError(
            f"{path} could not be written: {error.strerror}",
            hint="Check that the folder exists, can be written to and has room.",
        ) from error
    return size
