"""How the lexicon file stores entries, levels and word lists, both ways.

A headword's entries are lines; fields are separated by tabs: traditional form (empty when the same),
syllables (``-`` for a character without one), source, measure words, then senses. A sense is its tags,
separated by commas, a bar, and its gloss.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence

from learnfeed.core.word import Entry, Sense

FORMAT = 2
"""Raised when a lexicon of an older program can no longer be read."""


def pack_entries(entries: Sequence[Entry]) -> str:
    """Entries of one headword as text."""
    return "\n".join(map(_pack_entry, entries))


def _pack_entry(entry: Entry) -> str:
    traditional = "" if entry.traditional == entry.simplified else entry.traditional
    fields = [
        traditional,
        " ".join(syllable or "-" for syllable in entry.syllables),
        "" if entry.source == "cedict" else entry.source,
        " ".join(entry.measure_words),
        *(f"{','.join(sense.tags)}|{sense.gloss}" for sense in entry.senses),
    ]
    return "\t".join(fields)


def unpack_entries(word: str, text: str) -> tuple[Entry, ...]:
    """The reverse of :func:`pack_entries`."""
    return tuple(_unpack_entry(word, line) for line in text.split("\n")) if text else ()


def _unpack_entry(word: str, line: str) -> Entry:
    traditional, syllables, source, measures, *senses = line.split("\t")
    return Entry(
        simplified=word,
        traditional=traditional or word,
        syllables=tuple("" if s == "-" else s for s in syllables.split(" ")),
        senses=tuple(map(_unpack_sense, senses)),
        measure_words=tuple(measures.split()),
        source=source or "cedict",
    )


def _unpack_sense(text: str) -> Sense:
    tags, _, gloss = text.partition("|")
    return Sense(gloss, tuple(tags.split(",")) if tags else ())


def pack_levels(levels: Sequence[int]) -> int:
    """Levels (0 for none, else 1–7) of the three standards as one number of three digits."""
    first, second, third = levels
    return first * 100 + second * 10 + third


def unpack_levels(packed: int) -> tuple[int, int, int]:
    """The reverse of :func:`pack_levels`."""
    return packed // 100, packed // 10 % 10, packed % 10


def pack_list(values: Mapping[str, int]) -> bytes:
    """A list of words with numbers from 0 to 65,535, compressed."""
    words = sorted(values)
    numbers = array("H", (values[word] for word in words))
    if sys.byteorder == "big":
        numbers.byteswap()
    return zlib.compress("\n".join(words).encode() + b"\0" + numbers.tobytes(), 9)


def unpack_list(data: bytes) -> dict[str, int]:
    """The reverse of :func:`pack_list`."""
    text, _, raw = zlib.decompress(data).partition(b"\0")
    numbers = array("H", raw)
    if sys.byteorder == "big":
        numbers.byteswap()
    return dict(zip(text.decode().split("\n"), numbers, strict=True)) if text else {}
