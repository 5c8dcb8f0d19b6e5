"""How the lexicon file stores entries, levels and word lists, both ways.

A headword's entries are lines; fields are separated by tabs: traditional form (empty when the same),
syllables (``-`` for a character without one), source, measure words, then senses. A sense is its tags,
separated by commas, a bar, and its gloss.

Each headword's entries are deflated by themselves, together with what they say to English words
(:mod:`learnfeed.annotate.gloss_index`), on a preset dictionary of common phrases: a little more than half of the
bytes, at 2 µs a lookup.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from itertools import compress

from learnfeed.core.word import Entry, Sense

FORMAT = 3
"""Raised when a lexicon of an older program can no longer be read."""


_BREAK = "\x1e"
_RAW = -15
"""Deflate without header and checksum."""
_PHRASES = 32_000
"""Bytes of the preset dictionary; zlib looks back no further than 32 KB."""


def common_phrases(texts: Sequence[str]) -> bytes:
    """A preset dictionary for :func:`pack_word`: every so manyth of the texts that will be packed."""
    phrases = bytearray()
    for text in texts[:: max(1, len(texts) * 64 // _PHRASES)]:
        phrases += text.encode() + b"\n"
    return bytes(phrases[-_PHRASES:])


def pack_word(entries: str, terms: str, phrases: bytes) -> bytes:
    """Packed entries and English terms of one headword, deflated; empty when it has no entry."""
    if not entries:
        return b""
    deflate = zlib.compressobj(9, zlib.DEFLATED, _RAW, zdict=phrases)
    return deflate.compress(f"{entries}{_BREAK}{terms}".encode()) + deflate.flush()


def unpack_word(data: bytes, phrases: bytes) -> tuple[str, str]:
    """The reverse of :func:`pack_word`: packed entries and terms."""
    if not data:
        return "", ""
    entries, _, terms = zlib.decompressobj(_RAW, zdict=phrases).decompress(data).decode().partition(_BREAK)
    return entries, terms


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


def unpack_marked(data: bytes) -> tuple[dict[str, int], set[str]]:
    """A list of words with numbers from 0 to 255, of which some are marked by adding 256; and those marked."""
    text, _, raw = zlib.decompress(data).partition(b"\0")
    words = text.decode().split("\n") if text else []
    return dict(zip(words, raw[::2], strict=True)), set(compress(words, raw[1::2]))
