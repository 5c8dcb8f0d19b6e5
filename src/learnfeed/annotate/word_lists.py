"""Word lists in a post: lines of a Chinese word, perhaps its pinyin, and what it means."""

from __future__ import annotations

import re

from learnfeed.annotate.marks import HANZI
from learnfeed.annotate.material import Material

_FEWEST_LINES = 2
_TRANSLATES = 0.3
_SHARE = 0.4
_PINYIN = r"[（(]?[a-zA-ZāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüĀÁǍÀĒÉĚÈŌÓǑÒ'’ ]{1,60}[)）]?"
_LINE = re.compile(
    rf"(?m)^[^\w\n]{{0,12}}(?:\d{{1,2}}[.、)）:：]?)?[^\w\n]{{0,12}}([{HANZI}]{{1,8}})(?:[ ]{{0,8}}({_PINYIN}))??"
    r"[ ]{0,8}(?:[:：=|｜]|[-–—]+|[ ])[ ]{0,8}([A-Za-z][A-Za-z'’ ,;/()-]{0,60})[^\w\n]{0,12}$"
)


def vocabulary_lines(material: Material) -> frozenset[int]:
    """Where the lines of word lists begin: in them what follows the hanzi is English, known or not.

    A list has two such lines or more, and two of five are beyond doubt: the English is the dictionary's,
    or pinyin stands beside the hanzi.
    """
    found = list(_LINE.finditer(material.text))
    if len(found) < _FEWEST_LINES:
        return frozenset()
    good = sum(_is_sure(material, match) for match in found)
    return frozenset(match.start() for match in found) if good >= _SHARE * len(found) else frozenset()


def _is_sure(material: Material, match: re.Match[str]) -> bool:
    hanzi, pinyin, _ = match.groups()
    if pinyin and material.evidence.spells(re.findall(r"[^\W\d]+", pinyin), hanzi):
        return True
    return material.mutual(match.span(1), match.span(3)) >= _TRANSLATES
