"""Which English words translate a Chinese word in the post it stands in.

Competitive linking (Melamed 2000): the strongest candidates are taken first, each word takes part once,
and neighbours may join a link that stands (``lose weight`` for 减肥). Equal strength is settled by place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from learnfeed.annotate.evidence import IDENTICAL, Evidence, Word
from learnfeed.annotate.function_words import FUNCTION_HANZI, FUNCTION_WORDS
from learnfeed.annotate.marks import HANZI
from learnfeed.annotate.material import Material
from learnfeed.core.text import Language, Span, Unit


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """Thresholds of linking; tuned on the development posts.

    Attributes:
        candidate: Least similarity to be considered at all.
        take: Least similarity, less the cost of distance, to be linked.
        join: The same to join a link that stands.
        distance: Cost of standing at the other end of the sentence.
        weak: Least similarity where a neighbour is linked to a neighbour.
        left_over: Similarity given to words that are linked because nothing else is left.
    """

    candidate: float = 0.12
    take: float = 0.15
    join: float = 0.35
    distance: float = 0.6
    weak: float = 0.075
    left_over: float = 0.3


class Link(NamedTuple):
    """A Chinese word and the English words that translate it.

    Attributes:
        zh: The Chinese word.
        en: The English words, in order.
        score: Similarity of the best of them, 0–1.6.
    """

    zh: Word
    en: tuple[Word, ...]
    score: float


class _Candidate(NamedTuple):
    rank: float
    score: float
    i: int
    js: tuple[int, ...]


_PHRASE = 0.95
_WINDOW = 4
"""How many English words a phrase of a gloss may spread over, beyond its own."""


def _candidates(
    zh: Sequence[Word], en: Sequence[Word], evidence: Evidence, weights: LinkWeights
) -> list[_Candidate]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(en):
        places[word.key].append(j)
    across, down = max(len(en) - 1, 1), max(len(zh) - 1, 1)
    found = [
        _Candidate(score - distance * abs(i / down - sum(js) / len(js) / across), score, i, js)
        for i, word in enumerate(zh)
        for score, js in _targets(word, places, evidence)
        if score > weights.candidate
        for distance in [weights.distance / len(js)]
    ]
    return sorted(found, reverse=True)


def _targets(
    word: Word, places: Mapping[str, list[int]], evidence: Evidence
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Single English words and whole phrases that may translate a Chinese word."""
    for lemma, score in evidence.row(word.key).items():
        for j in places.get(lemma, ()):
            yield score, (j,)
    if not word.key.isascii():
        for j in places.get(word.key, ()):
            yield IDENTICAL, (j,)
    for phrase in evidence.phrases(word.key):
        spread = _closest([places.get(lemma, []) for lemma in phrase])
        if spread:
            yield _PHRASE, spread


def _closest(places: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """For each word of a phrase the place nearest to the place of its first word; empty if far apart."""
    if not all(places):
        return ()
    best: tuple[int, ...] = ()
    for first in places[0]:
        chosen = tuple(sorted({first, *(min(later, key=lambda j: abs(j - first)) for later in places[1:])}))
        near = len(chosen) == len(places) and chosen[-1] - chosen[0] < len(places) + _WINDOW
        if near and (not best or chosen[-1] - chosen[0] < best[-1] - best[0]):
            best = chosen
    return best


class _Linker:
    """The links of one sentence pair as they come about."""

    def __init__(self, en: Sequence[Word], weights: LinkWeights) -> None:
        self.function = [word.key in FUNCTION_WORDS for word in en]
        self.weights = weights
        self.by_zh: defaultdict[int, dict[int, float]] = defaultdict(dict)
        self.by_en: defaultdict[int, set[int]] = defaultdict(set)

    def _fits(self, candidate: _Candidate) -> bool:
        rank, _, i, js = candidate
        free = not any(self.by_en[j] for j in js)
        if free and not self.by_zh[i]:
            return True
        if len(js) > 1 or rank < self.weights.join:
            return free and len(js) > 1 and self.by_zh[i].keys() <= set(js)
        j = js[0]
        if free:
            return j - 1 in self.by_zh[i] or j + 1 in self.by_zh[i]
        beside = i - 1 in self.by_en[j] or i + 1 in self.by_en[j]
        return beside and not self.by_zh[i] and not self.function[j]

    def _supported(self, candidate: _Candidate) -> bool:
        """Whether the neighbours of both words are linked to each other."""
        _, _, i, js = candidate
        if self.by_zh[i] or len(js) > 1 or self.by_en[js[0]]:
            return False
        return any(js[0] + d in self.by_zh.get(i + e, ()) for d in (-1, 1) for e in (-1, 1))

    def run(self, candidates: Sequence[_Candidate]) -> dict[int, dict[int, float]]:
        """Links all that is strong enough, then what its neighbours support."""
        for candidate in candidates:
            if candidate.rank >= self.weights.take and self._fits(candidate):
                self._add(candidate)
        for candidate in candidates:
            if candidate.rank >= self.weights.weak and self._supported(candidate):
                self._add(candidate)
        return {i: js for i, js in self.by_zh.items() if js}

    def _add(self, candidate: _Candidate) -> None:
        for j in candidate.js:
            self.by_zh[candidate.i][j] = candidate.score
            self.by_en[j].add(candidate.i)


def link_words(
    zh: Sequence[Word], en: Sequence[Word], evidence: Evidence, weights: LinkWeights | None = None
) -> list[Link]:
    """Links the words of two sentences that translate each other.

    Args:
        zh: Words of the Chinese sentence.
        en: Words of the English one.
        evidence: What they say of each other.
        weights: Other thresholds than the tuned ones.

    Returns:
        For each linked Chinese word its link, in the order of the Chinese sentence. Links between a
        content word and function words alone are left out.
    """
    weights = weights or LinkWeights()
    zh, en = zh[:_MOST_WORDS], en[:_MOST_WORDS]
    linked = _Linker(en, weights).run(_candidates(zh, en, evidence, weights))
    for i, j in _left_over(zh, en, linked):
        linked[i] = {j: weights.left_over}
    links = (
        Link(zh[i], tuple(en[j] for j in sorted(js)), max(js.values())) for i, js in sorted(linked.items())
    )
    return [link for link in links if _says_something(link)]


_MOST_WORDS = 250
"""No sentence is longer; what has no end is linked at its beginning only."""

_MOST_LEFT = 1
_ENOUGH_LINKED = 0.6
_TELLING = 0.8


def _left_over(
    zh: Sequence[Word], en: Sequence[Word], linked: Mapping[int, Mapping[int, float]]
) -> Iterator[tuple[int, int]]:
    """Content words that stand alone between linked neighbours on both sides: what is left, fits.

    Only where most of the sentence is linked, in order, and as many words are left here as there.
    """
    taken = {j for js in linked.values() for j in js}
    content = [i for i, word in enumerate(zh) if word.weight >= _TELLING and word.key not in FUNCTION_HANZI]
    free_en = [j for j, word in enumerate(en) if word.weight >= _TELLING and j not in taken]
    if not content or sum(i in linked for i in content) < _ENOUGH_LINKED * len(content):
        return
    fixed = [(i, min(linked[i]), max(linked[i])) for i in content if i in linked]
    anchors = [(-1, -1, -1), *fixed, (len(zh), len(en), len(en))]
    for (i, _, j), (next_i, next_j, _) in pairwise(anchors):
        left = [k for k in content if i < k < next_i]
        right = [k for k in free_en if j < k < next_j]
        if len(left) == len(right) <= _MOST_LEFT:
            yield from zip(left, right, strict=True)


def _says_something(link: Link) -> bool:
    if link.zh.key in FUNCTION_HANZI or any(word.key not in FUNCTION_WORDS for word in link.en):
        return True
    return link.score >= _PLAIN


_PLAIN = 0.45
"""From here on a function word is the plain translation of a content word (谁, who)."""


# Only the last few words before a bracket count: their length is bounded so that a long text takes linear time.
_GLOSS_AFTER_HANZI = re.compile(
    rf"([{HANZI}]{{1,64}}+)[”\"』」]?\s*+[（(]\s*+([A-Za-z][A-Za-z \-'’]*+)\s*+[)）]"
)
_HANZI_AFTER_GLOSS = re.compile(
    rf"([A-Za-z][A-Za-z \-'’]{{0,80}}?)[”\"]?\s*[（(]\s*([{HANZI}]{{1,6}})\s*[)）]"
)
_OPENING_BRACKET = re.compile("[(（]")
_LONGEST_GLOSSED = 4


def bracket_links(material: Material, unit: Unit) -> Iterator[Link]:
    """Links a word with its gloss in brackets: 臭豆腐（stinky tofu）, hotpot (火锅)."""
    if not _OPENING_BRACKET.search(material.text, unit.start, unit.end):
        return
    pattern = _GLOSS_AFTER_HANZI if unit.language is Language.ZH else _HANZI_AFTER_GLOSS
    for match in pattern.finditer(material.text, unit.start, unit.end):
        first = 1 if unit.language is Language.ZH else 2
        zh = material.words(Language.ZH, *match.span(first))
        en = material.words(Language.EN, *match.span(3 - first))
        if unit.language is Language.ZH:
            best = max(
                (zh[k:] for k in range(max(0, len(zh) - _LONGEST_GLOSSED), len(zh))),
                key=lambda words: sum(material.evidence.cover(words, en)) - 0.05 * len(words),
                default=(),
            )
        else:
            best, en = zh, en[-_LONGEST_GLOSSED:]
        yield from _whole(best, en, material.evidence, glossed=unit.language is Language.ZH)


def _whole(zh: Sequence[Word], en: Sequence[Word], evidence: Evidence, *, glossed: bool) -> Iterator[Link]:
    """Links phrase and gloss: a single word with all of its gloss, several words each with its own."""
    if len(zh) == 1 and glossed:
        yield Link(zh[0], tuple(en), 1.0)
    else:
        yield from link_words(zh, en, evidence, LinkWeights(distance=0.0))


def _with_cited(material: Material, unit: Unit) -> list[Word]:
    """The words of an English sentence, Chinese words cited in it included."""
    cited = [w for w in material.words(Language.ZH, unit.start, unit.end) if not w.key.isascii()]
    return sorted([*material.words(Language.EN, unit.start, unit.end), *cited], key=lambda word: word.start)


def link_pairs(material: Material, pairs: Sequence[tuple[Sequence[Unit], Sequence[Unit]]]) -> list[Link]:
    """All word links of a text: between paired sentences, and within brackets elsewhere.

    Args:
        material: The text and its words.
        pairs: Chinese and English units that translate each other.
    """
    links: dict[Span, Link] = {}
    for zh_units, en_units in pairs:
        for unit in (*zh_units, *en_units):
            for link in bracket_links(material, unit):
                links.setdefault((link.zh.start, link.zh.end), link)
        zh = [word for unit in zh_units for word in material.words(Language.ZH, unit.start, unit.end)]
        en = [word for unit in en_units for word in _with_cited(material, unit)]
        for link in link_words(zh, en, material.evidence):
            links.setdefault((link.zh.start, link.zh.end), link)
    return [links[span] for span in sorted(links)]
