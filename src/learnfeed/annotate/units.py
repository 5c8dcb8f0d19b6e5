"""From stretches of one language to sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from learnfeed.annotate.marks import HANZI, Mark
from learnfeed.annotate.material import Material
from learnfeed.annotate.split import Stretch, stretches
from learnfeed.core.text import Language, Unit

CONTENT = re.compile(rf"[A-Za-z0-9À-ɏ\u0400-\u04ff\u3040-\u30ff\uac00-\ud7af{HANZI}０-９Ａ-Ｚａ-ｚ]")
_CLOSING = "。！？!?….,，、;；:：”’\"')）]」』》~～"
_OPENING = "“‘\"'「『《"
_PAIRED = {")": "(", "）": "（", "]": "[", "」": "「", "』": "『", "》": "《"}
_QUOTES = '"”’)]'
_ZH_END = re.compile(r"[。！？!?]+[”’\"」』）)]*|…{1,2}[。！？]*|\.{3,}")
_EN_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’)\]]*+(?=\s)|[。！？]+")
_ABBREVIATION = re.compile(
    r"(?i)(?<!['’\w])(?:mr|mrs|ms|dr|prof|st|vs|e\.g|i\.e|no|approx|dept|fig|[a-z])\.$"
)
_PICTURE_END = re.compile(
    "(?:[\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*)+|[～~]+"
)
_LONGEST_ABBREVIATION = 8
"""Characters of the longest abbreviation with its dot and the character before it."""
_NOT_BLANK = re.compile(r"\S")
_HANZI = re.compile(rf"[{HANZI}]")
_LEAST_ZH, _LEAST_EN = 4, 8
"""Letters that an emoji must have on either side to end a sentence."""


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether an English sentence goes on after a mark that may end it."""
    following = _NOT_BLANK.search(text, match.end())
    if not following or "。" in match.group():
        return not following
    mark = match.group()
    if following.group().islower():
        return mark[-1] in _QUOTES or mark.count(".") > 1 or "…" in mark
    return False


def _cuts(language: Language, text: str) -> list[int]:
    """Where sentences end inside a stretch, in order."""
    chinese = language is Language.ZH
    cuts = set()
    for match in (_ZH_END if chinese else _EN_END).finditer(text):
        before = text[max(0, match.end() - _LONGEST_ABBREVIATION) : match.end()]
        if chinese or not (_ABBREVIATION.search(before) or _goes_on(text, match)):
            cuts.add(match.end())
    last = 0
    letters, least = (_HANZI, _LEAST_ZH) if chinese else (CONTENT, _LEAST_EN)
    for match in _PICTURE_END.finditer(text):
        rest = text[match.end() : match.end() + 40]
        if min(len(letters.findall(text[last : match.start()])), len(letters.findall(rest))) >= least:
            cuts.add(match.end())
            last = match.end()
    return sorted(cut for cut in cuts if CONTENT.search(text, cut))


def _trimmed(text: str, start: int, end: int, floor: int) -> tuple[int, int] | None:
    """A sentence with its quotation marks, but without blanks and the brackets around it."""
    first = CONTENT.search(text, start, end)
    if first is None:
        return None
    begin = first.start()
    while begin > floor and text[begin - 1] in _OPENING:
        begin -= 1
    while end > begin and (text[end - 1].isspace() or _is_stray(text, begin, end)):
        end -= 1
    return begin, end


def _is_stray(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends with a bracket that opened before it."""
    opening = _PAIRED.get(text[end - 1])
    return opening is not None and text.count(opening, start, end) < text.count(text[end - 1], start, end)


def _sentences(text: str, stretch: Stretch, limit: int, floor: int) -> Iterator[Unit]:
    end = stretch.end
    while end < limit and text[end] in _CLOSING:
        end += 1
    cuts = [stretch.start + cut for cut in _cuts(stretch.language, text[stretch.start : end])]
    for a, b in zip([stretch.start, *cuts], [*cuts, end], strict=True):
        span = _trimmed(text, a, b, floor)
        if span:
            yield Unit(stretch.language, *span)
            floor = span[1]


def find_units(material: Material, marks: Sequence[Mark]) -> list[Unit]:
    """The sentences of a text in order, with what belongs to no sentence as units of OTHER.

    A sentence is one unit; a clause is one only where the languages alternate clause by clause.
    """
    found = stretches(material, marks)
    stops = sorted([mark.start for mark in marks] + [s.start for s in found] + [len(material.text)])
    units: list[Unit] = []
    at = floor = 0
    for stretch in found:
        while stops[at] < stretch.end:
            at += 1
        if stretch.language is Language.OTHER:
            units.append(Unit(Language.OTHER, stretch.start, stretch.end))
        else:
            units += _sentences(material.text, stretch, stops[at], floor)
        floor = units[-1].end if units else 0
    units += [
        Unit(Language.OTHER, m.start, m.end)
        for m in marks
        if m.named and CONTENT.search(material.text, m.start, m.end)
    ]
    return sorted(units, key=lambda unit: (unit.start, unit.end))
