"""Readings that the post itself writes: pinyin beside its hanzi or on the line above or below decides them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from learnfeed.annotate.marks import HANZI
from learnfeed.core.pinyin import split_tone
from learnfeed.core.text import Decider, Reading, Token

Readings = Callable[[str], frozenset[str]]
"""Gives the readings of a hanzi, with tone numbers."""

_TONE_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’ \-,，.。!！?？]*")
_HANZI = re.compile(rf"[{HANZI}]")
_BETWEEN = r"[\s(（)）\[\]【】:：=|/\-–—”\"]{0,8}"
_RUN_AT_END = re.compile(rf"([{HANZI}]+){_BETWEEN}$")
_RUN_AT_START = re.compile(rf"{_BETWEEN}([{HANZI}]+)")
_LONGEST = 80
_SURE = 0.97


class _Letters(NamedTuple):
    """Pinyin as plain letters, and the tone written at each place (empty where none is)."""

    text: str
    tones: Sequence[str]


def with_written(tokens: Sequence[Token], text: str, readings: Readings) -> list[Token]:
    """Tokens with the readings that the text itself writes beside them.

    A tone that no dictionary knows for the hanzi (bú for 不, written as spoken) changes nothing.

    Args:
        tokens: All tokens of the text, read as usual.
        text: The text.
        readings: Gives the readings of a hanzi.
    """
    if not _TONED.search(text):
        return list(tokens)
    written = dict(_written(text, readings))
    return [_with(token, written) if token.reading else token for token in tokens]


def _with(token: Token, written: Mapping[int, str]) -> Token:
    reading = token.reading
    if reading is None or not any(token.start + i in written for i in range(len(token.text))):
        return token
    syllables = tuple(written.get(token.start + i, own) for i, own in enumerate(reading.syllables))
    whole = all(token.start + i in written for i, own in enumerate(reading.syllables) if own)
    sure = max(_SURE, reading.sure) if whole else reading.sure
    return Token(
        token.text,
        token.start,
        token.kind,
        token.headword,
        Reading(syllables, sure, Decider.FILE),
        token.sense,
    )


def _written(text: str, readings: Readings) -> Iterator[tuple[int, str]]:
    """The place of each hanzi whose reading stands in the text, with that reading."""
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    for n, (start, end) in enumerate(lines):
        if not _TONED.search(text, start, end):
            continue
        alone = not _HANZI.search(text, start, end)
        beside = [lines[k] for k in (n - 1, n + 1) if alone and 0 <= k < len(lines)]
        for match in _LATIN.finditer(text, start, end):
            if _TONED.search(match.group()):
                around = beside if alone else list(_runs_beside(text, (start, end), match))
                yield from _first_fit(text, match.group(), around, readings)


def _runs_beside(text: str, line: tuple[int, int], match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The runs of hanzi right before and right after some Latin letters of a line."""
    before = text[max(line[0], match.start() - _LONGEST) : match.start()]
    run = _RUN_AT_END.search(before)
    if run:
        yield match.start() - len(before) + run.start(1), match.start() - len(before) + run.end(1)
    following = _RUN_AT_START.match(text, match.end(), min(line[1], match.end() + _LONGEST))
    if following:
        yield following.span(1)


def _first_fit(
    text: str, pinyin: str, around: Sequence[tuple[int, int]], readings: Readings
) -> Iterator[tuple[int, str]]:
    """The readings of the first stretch that some pinyin spells, wholly or its end."""
    words = pinyin.split() if len(pinyin) <= 6 * _LONGEST else []
    for start, end in around:
        places = [i for i in range(start, end) if _HANZI.match(text[i])][:_LONGEST]
        for size in range(len(words), 0, -1):
            letters = _letters(" ".join(words[:size]))
            for first in range(len(places)):
                hanzi = "".join(text[i] for i in places[first:])
                found = _spell(letters, hanzi, 0, 0, readings) if _may_spell(letters, hanzi) else None
                if found is not None:
                    yield from ((i, s) for i, s in zip(places[first:], found, strict=True) if s)
                    return


def _may_spell(letters: _Letters, hanzi: str) -> bool:
    return len(hanzi) <= len(letters.text) <= 6 * len(hanzi)


def _letters(pinyin: str) -> _Letters:
    text: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", pinyin.lower()):
        if char in _TONE_MARKS and tones:
            tones[-1] = _TONE_MARKS[char]
        elif char == "\u0308" and text:
            text[-1] = "ü"
        elif char.isalpha():
            text.append(char)
            tones.append("")
    return _Letters("".join(text), tones)


def _spell(letters: _Letters, hanzi: str, at: int, k: int, readings: Readings) -> list[str] | None:
    """For each hanzi from the k-th on its reading (empty where the written tone is none of its own)."""
    if k == len(hanzi):
        return [] if at == len(letters.text) else None
    own = readings(hanzi[k])
    for base in sorted({split_tone(syllable)[0] for syllable in own}, key=lambda b: (-len(b), b)):
        if base and letters.text.startswith(base, at):
            rest = _spell(letters, hanzi, at + len(base), k + 1, readings)
            if rest is not None:
                written = base + ("".join(letters.tones[at : at + len(base)])[:1] or "5")
                return [written if written in own else "", *rest]
    return None
