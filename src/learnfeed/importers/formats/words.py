"""Any list of words, read as words even where it could be a text: what ``import --known`` asks for."""

from __future__ import annotations

from collections.abc import Iterator

from learnfeed.importers.base import Importer, Item, Probe
from learnfeed.importers.formats.anki_package import AnkiPackage
from learnfeed.importers.formats.known_words import WordJson, WordTable
from learnfeed.importers.formats.learnfeed_files import LearnfeedJson
from learnfeed.importers.formats.word_lists import AnkiText, KindleVocabulary, PlecoText, WordList
from learnfeed.importers.source import Source

WORD_FORMATS: tuple[Importer, ...] = (
    LearnfeedJson(),
    AnkiPackage(),
    WordTable(),
    WordJson(),
    AnkiText(),
    PlecoText(),
    KindleVocabulary(),
)
"""Formats that hold words with what is known of each."""


class Words:
    """The format of words that fits best; a plain list when none does."""

    name = "words"
    label = "Words"

    def sniff(self, probe: Probe) -> float:  # noqa: ARG002 - the protocol's
        """Never on its own: a text is not taken for words unless someone says so."""
        return 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the words of the file."""
        probe = source.probe()
        best = max(WORD_FORMATS, key=lambda importer: importer.sniff(probe))
        yield from (best if best.sniff(probe) > 0 else WordList()).read(source)
