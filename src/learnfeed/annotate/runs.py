"""Runs of one script, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from learnfeed.annotate.marks import HANZI
from learnfeed.core.text import Span

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈŌÓǑÒ"
_RUN = re.compile(
    rf"""(?P<Z>[{HANZI}〇]+)
    |(?P<L>[A-Za-zÀ-ɏ]+(?:['’\-.&][A-Za-zÀ-ɏ]+)*\d*)
    |(?P<N>[０-９\d]+(?:[.,:/][０-９\d]+)*(?:st|nd|rd|th|%|℃|°C)?)
    |(?P<X>[\u3040-\u30ff\u1100-\u11ff\uac00-\ud7af\u0400-\u04ff\u0e00-\u0e7f\u0600-\u06ff\u0370-\u03ff]+)""",
    re.VERBOSE,
)
_VOWELS = "aeiouüv" + _TONED
_SYLLABLES = re.compile(
    rf"(?i)(?:(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?[{_VOWELS}]{{1,3}}(?:ng?(?![{_VOWELS}])|r(?![{_VOWELS}]))?['’\-]?)+"
)
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d"
_HARD = re.compile(r"[|｜\t【】＝→⇒↔]")
_SLASH = re.compile(r"[/／]")
_END = re.compile(rf"[。！？!?…；;～{_EMOJI}]|\.\.|\.(?=[\s”\"')\]]|$)")
_NUMBERING = re.compile(r"\d{1,2}[)）]|\d{1,2}[.、](?!\d)")
_BRACKET = re.compile(r"[()（）\[\]「」『』《》〈〉]")
_QUOTE = re.compile(r"[\"“”‘’']")


Spells = Callable[[Sequence[str], str], int]
"""How many of some Latin words spell a run of hanzi, from its beginning to its end."""


class Gap(IntEnum):
    """What stands between two runs, by how much it parts them."""

    TIGHT = 0
    QUOTE = 1
    SPACE = 2
    COMMA = 3
    BRACKET = 4
    END = 5
    HARD = 6


class Run(NamedTuple):
    """Neighbouring characters of one script.

    Attributes:
        script: Z hanzi, L Latin, P pinyin with tone marks, N digits, X another script.
        start, end: Where it stands.
        size: Hanzi, or words.
    """

    script: str
    start: int
    end: int
    size: int


def gap_kind(text: str, start: int, end: int, marked: bytearray) -> Gap:
    """What the characters between two runs mean."""
    between = text[start:end]
    if not between:
        return Gap.TIGHT
    if between == " " and not marked[start] and not text[end].isdigit():
        return Gap.SPACE
    if any(marked[start:end]) or _HARD.search(between):
        return Gap.HARD
    if _SLASH.search(between) and text[start - 1].isascii() != text[end].isascii():
        return Gap.HARD
    if _NUMBERING.fullmatch(text, start, end) is None and _NUMBERING.match(text, end):
        return Gap.END
    if _END.search(between):
        return Gap.END
    if _BRACKET.search(between):
        return Gap.BRACKET
    if not between.strip():
        return Gap.SPACE
    return Gap.QUOTE if _QUOTE.search(between) and len(between.strip()) == 1 else Gap.COMMA


def _raw_runs(text: str, start: int, end: int, marked: bytearray) -> Iterator[Run]:
    """Single words and hanzi sequences of a line, outside marks."""
    for match in _RUN.finditer(text, start, end):
        if marked[match.start()]:
            continue
        script, (a, b) = str(match.lastgroup), match.span()
        while b > a and marked[b - 1]:
            b -= 1
        if script == "L" and any(c in _TONED for c in match.group()):
            script = "P"
        yield Run(script, a, b, b - a if script == "Z" else 1)


def _joins(left: str, right: str) -> bool:
    return left == right or (left in "LN" and right in "LN")


def runs_of(text: str, line: Span, marked: bytearray, spells: Spells, near: Sequence[str]) -> list[Run]:
    """The runs of a line: words of one script are joined unless a sentence or a column ends between them.

    Args:
        text: The whole text.
        line: Where the line begins and ends.
        marked: 1 for every character that belongs to no sentence.
        spells: Says how many Latin words spell some hanzi.
        near: The hanzi of the lines before and after, for a line of pinyin alone.
    """
    runs: list[Run] = []
    for run in _with_pinyin(text, list(_raw_runs(text, *line, marked)), spells, near):
        last = runs[-1] if runs else None
        if last and _joins(last.script, run.script) and gap_kind(text, last.end, run.start, marked) < Gap.END:
            script = "L" if "L" in last.script + run.script else run.script
            words = last.size + run.size if run.script != "N" or last.script == "N" else last.size
            runs[-1] = Run(script, last.start, run.end, words)
        else:
            runs.append(run)
    return runs


def _with_pinyin(text: str, runs: list[Run], spells: Spells, near: Sequence[str]) -> list[Run]:
    """The runs with those Latin words as pinyin that spell the hanzi beside them."""
    around = [hanzi for hanzi in near if hanzi] if all(run.script in "LPN" for run in runs) else []
    hanzi_before = ""
    at = 0
    while at < len(runs):
        last = at
        while last < len(runs) and runs[last].script in "LP":
            last += 1
        if last > at:
            words = [text[run.start : run.end] for run in runs[at:last]]
            following = runs[last] if last < len(runs) and runs[last].script == "Z" else None
            beside = [hanzi_before] if hanzi_before else around[:]
            beside += [text[following.start : following.end]] if following else []
            count = max((spells(words, hanzi) for hanzi in beside), default=0)
            marked = sum(run.script == "P" for run in runs[at + count : last])
            if 2 * marked > last - at - count and all(map(_SYLLABLES.fullmatch, words)):
                count = last - at
            runs[at : at + count] = [run._replace(script="P") for run in runs[at : at + count]]
        if last < len(runs) and runs[last].script == "Z":
            hanzi_before = text[runs[last].start : runs[last].end]
        at = last + 1
    return runs
