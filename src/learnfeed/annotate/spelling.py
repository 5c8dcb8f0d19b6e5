"""Recognises pinyin, with or without tone marks, by the hanzi it stands beside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

Readings = Callable[[str], frozenset[str]]
"""Gives the readings of a hanzi without tones; ü is v."""

_NOT_LETTERS = re.compile(r"[^a-zv]+")


def plain(word: str) -> str:
    """A word of pinyin without tones, in lower case, with v for ü: ``Lǜsè`` → ``lvse``."""
    lower = word.lower().replace("ü", "v")
    if not lower.isascii():
        lower = re.sub("[ǖǘǚǜ]", "v", lower)
        lower = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    return _NOT_LETTERS.sub("", lower)


def _consume(letters: str, hanzi: str, at: int, readings: Readings) -> Iterator[int]:
    """How far a word of pinyin reaches when it spells hanzi from a place on."""
    if not letters:
        yield at
    elif at < len(hanzi):
        for syllable in readings(hanzi[at]):
            if syllable and letters.startswith(syllable):
                yield from _consume(letters[len(syllable) :], hanzi, at + 1, readings)


def spelled(words: Sequence[str], hanzi: str, readings: Readings) -> int:
    """How many words, from the first on, spell a run of hanzi from its beginning to its end.

    Args:
        words: Latin words, with or without tone marks.
        hanzi: Hanzi only.
        readings: Gives the readings of a hanzi.

    Returns:
        0 where the words do not spell the hanzi.
    """
    places = {0}
    for count, word in enumerate(words, start=1):
        letters = plain(word)
        if not letters or len(letters) > 6 * len(hanzi):
            return 0
        places = {end for place in places for end in _consume(letters, hanzi, place, readings)}
        if len(hanzi) in places:
            return count
        if not places:
            return 0
    return 0
