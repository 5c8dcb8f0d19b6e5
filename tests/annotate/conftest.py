"""A lexicon for all tests of annotation: the packaged one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pipeline import Annotator


@pytest.fixture(scope="session")
def lexicon() -> Iterator[Lexicon]:
    """The packaged lexicon."""
    opened = Lexicon.open()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def annotator(lexicon: Lexicon) -> Annotator:
    """An annotator over it."""
    return Annotator(lexicon)
