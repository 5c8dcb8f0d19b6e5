"""What annotations are marked with. Apart from the annotator, so that asking costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon

CODE_VERSION = "8"
"""Raised when the code annotates differently, so that saved posts are annotated again."""


def version_of(lexicon: Lexicon, standard: str) -> str:
    """What annotations of this code with this dictionary and standard are marked with."""
    return f"{CODE_VERSION}-{lexicon.info().sha}-{standard}"
