"""The structure of a text: its sentences, which of them translate each other, and word by word how."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from learnfeed.annotate.align import pair_units
from learnfeed.annotate.doubt import LEAST_LIKELY, likelihoods
from learnfeed.annotate.evidence import Evidence, Weigher, Word
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.links import Link, link_pairs
from learnfeed.annotate.marks import find_marks
from learnfeed.annotate.material import Material
from learnfeed.annotate.units import find_units
from learnfeed.annotate.word_lists import vocabulary_lines
from learnfeed.core.text import Decider, Language, SentencePair, Span, Token, TokenKind, Unit

Given = Sequence[tuple[list[Span], list[Span]]]
"""Pairs that the file itself states: spans of Chinese, spans of English."""

_SIDES = (Language.ZH, Language.EN)
_SPOKEN = frozenset({TokenKind.WORD, TokenKind.NAME, TokenKind.NUMBER, TokenKind.LATIN})


class Structure(NamedTuple):
    """What was found.

    Attributes:
        units: Sentences in order, and what belongs to none.
        pairs: Sentences that translate each other.
        links: Words that do.
    """

    units: tuple[Unit, ...]
    pairs: tuple[SentencePair, ...]
    links: tuple[Link, ...]


def spoken_words(tokens: Iterable[Token], weigher: Weigher) -> list[Word]:
    """The words, names and numbers among tokens, weighed."""
    return [
        Word(key, token.start, token.end, weigher.hanzi_weight(key))
        for token in tokens
        if token.kind in _SPOKEN
        for key in [token.headword or token.text.lower()]
    ]


class Structurer:
    """Finds the structure of texts.

    Args:
        lexicon: The dictionary.
        weigher: Weighs the words of both languages.
    """

    def __init__(self, lexicon: Lexicon, weigher: Weigher) -> None:
        self._lexicon = lexicon
        self._weigher = weigher

    def _is_emoji_code(self, code: str) -> bool:
        """Whether a name is that of a picture; other apps leave out the R that RedNote ends it with."""
        return any(self._lexicon.emoji(f"[{name}]") is not None for name in (code, f"{code}R"))

    def material(self, text: str, tokens: Iterable[Token]) -> Material:
        """The words of a text, weighed."""
        en = self._weigher.english(text, 0, len(text))
        evidence = Evidence(self._weigher, {word.key for word in en})
        return Material(text, spoken_words(tokens, self._weigher), en, evidence)

    def find(self, text: str, tokens: Sequence[Token], given: Given = ()) -> Structure:
        """The structure of a text.

        Args:
            text: Any string.
            tokens: Its tokens.
            given: Pairs that the file itself states; they are kept as they are.
        """
        material = self.material(text, tokens)
        index = _index(given)
        units = _with_given(find_units(material, find_marks(text, self._is_emoji_code)), index)
        stated, rest = _stated(material, units, index)
        found = [(zh, en, 1.0, Decider.FILE) for zh, en in stated]
        found += [(zh, en, sure, Decider.MODEL) for zh, en, sure in _believed(material, rest)]
        found.sort(key=lambda pair: pair[0][0].start)
        links = link_pairs(material, [(zh, en) for zh, en, _, _ in found])
        pairs = tuple(SentencePair(_spans(zh), _spans(en), sure, by) for zh, en, sure, by in found)
        return Structure(tuple(units), pairs, tuple(links))


def _spans(units: Iterable[Unit]) -> tuple[Span, ...]:
    return tuple((unit.start, unit.end) for unit in units)


def _believed(material: Material, units: Sequence[Unit]) -> list[tuple[list[Unit], list[Unit], float]]:
    """The pairs among some sentences that are likelier right than wrong, and how likely."""
    pairs = pair_units(material, units)
    spoken = sum(unit.language is not Language.OTHER for unit in units)
    lists = vocabulary_lines(material)
    listed = [
        bool(lists) and {_line_of(material.text, unit) for unit in (*zh, *en)} <= lists and len(zh) == len(en)
        for zh, en, _ in pairs
    ]
    sure = likelihoods([pairing for _, _, pairing in pairs], listed, spoken)
    return [(zh, en, round(s, 2)) for (zh, en, _), s in zip(pairs, sure, strict=True) if s >= LEAST_LIKELY]


def _line_of(text: str, unit: Unit) -> int:
    """Where the line of a sentence begins."""
    return text.rfind("\n", 0, unit.start) + 1


class _Stated(NamedTuple):
    """A stretch that the file names as one side of a pair."""

    start: int
    end: int
    pair: int
    language: Language


def _index(given: Given) -> list[_Stated]:
    """All stretches the file names, in order."""
    sides = (
        (n, side, language)
        for n, pair in enumerate(given)
        for side, language in zip(pair, _SIDES, strict=True)
    )
    return sorted(_Stated(a, b, n, language) for n, side, language in sides for a, b in side)


def _stated_by(unit: Unit, index: Sequence[_Stated]) -> _Stated | None:
    """The stretch a sentence lies in."""
    at = bisect_right(index, unit.start, key=lambda stated: stated.start) - 1
    return index[at] if at >= 0 and unit.end <= index[at].end else None


def _with_given(units: Sequence[Unit], index: Sequence[_Stated]) -> list[Unit]:
    """Sentences of a side that the file names speak that side's language, whatever their script says."""
    out = []
    for unit in units:
        stated = _stated_by(unit, index) if unit.language is not Language.OTHER else None
        out.append(Unit(stated.language, unit.start, unit.end) if stated else unit)
    return out


def _stated(
    material: Material, units: Sequence[Unit], index: Sequence[_Stated]
) -> tuple[list[tuple[list[Unit], list[Unit]]], list[Unit]]:
    """The pairs the file states, sentence by sentence where they fit, and the units in none of them."""
    groups: dict[int, tuple[list[Unit], list[Unit]]] = {}
    rest: list[Unit] = []
    for unit in units:
        stated = _stated_by(unit, index)
        if stated is None or unit.language is Language.OTHER:
            rest.append(unit)
        else:
            groups.setdefault(stated.pair, ([], []))[_SIDES.index(stated.language)].append(unit)
    pairs: list[tuple[list[Unit], list[Unit]]] = []
    for zh, en in groups.values():
        if zh and en:
            pairs += _finer(material, zh, en)
        else:
            rest += zh + en
    return pairs, sorted(rest, key=lambda unit: unit.start)


def _finer(material: Material, zh: list[Unit], en: list[Unit]) -> list[tuple[list[Unit], list[Unit]]]:
    """A stated pair cut into sentence pairs, where these take in every sentence of it."""
    if len(zh) == 1 or len(en) == 1:
        return [(zh, en)]
    units = sorted([*zh, *en], key=lambda unit: unit.start)
    finer = [(z, e) for z, e, _ in pair_units(material, units)]
    complete = sum(len(z) for z, _ in finer) == len(zh) and sum(len(e) for _, e in finer) == len(en)
    return finer if complete else [(zh, en)]
