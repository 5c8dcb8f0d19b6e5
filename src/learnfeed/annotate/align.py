"""Which Chinese sentences and English sentences of a text translate each other.

A dynamic program walks both sides in order, whatever the layout, and compares single sentences, groups
and leaving alone (after Gale and Church 1993, with dictionary evidence in place of length alone); for
short texts a pairing that may cross is tried as well and taken where it explains clearly more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from learnfeed.annotate.evidence import Word
from learnfeed.annotate.lanes import LONG, SURE, Cell, around, firm, lanes
from learnfeed.annotate.material import Material
from learnfeed.annotate.sides import BAND, LONGEST_GROUP, Side, match_sides
from learnfeed.core.text import Language, Unit


@dataclass(frozen=True, slots=True)
class Weights:
    """What the parts of a bead's score count; tuned on the development sets.

    Attributes:
        unmatched: Cost of weight that the other side does not explain, in a pair.
        alone: Cost of the same in a sentence left alone.
        alone_each: Cost of leaving a sentence alone.
        length: Cost of unequal lengths.
        length_cap: Most that unequal lengths count.
        spread: Variance of the length ratio per hanzi.
        ratio: Latin characters expected for a hanzi.
        group: Cost of each sentence more than one on a side.
        square: Further cost of two against two.
        question: Cost of pairing a question with a statement.
        touching: Gain where the sentences stand next to each other.
        same_line: Further gain where they share a line.
        against: Cost of standing next to each other in the order that the post does not use.
        doubt: Cost of a pair without enough in common.
        enough: Share (0–1) of weight in common that is enough.
        enough_touching: The same where they touch and lengths agree.
        nothing: Cost of a pair with nothing in common, if it has enough words to tell.
        telling: Weight of words that is enough to tell, where a line has nothing else.
        telling_alone: The same elsewhere.
        whole: Gain where the sentences are all that a line has in one language before it changes.
        hold: Share of a sentence's weight that its group must explain.
        crossing: By how much a crossing solution must be better.
    """

    unmatched: float = 0.4
    alone: float = 0.036
    alone_each: float = 0.9
    length: float = 2.2
    length_cap: float = 38.0
    spread: float = 20.0
    ratio: float = 3.9
    group: float = 2.5
    square: float = 20.0
    question: float = 1.3
    touching: float = 2.2
    same_line: float = 0.7
    against: float = 0.85
    doubt: float = 0.4
    enough: float = 0.04
    enough_touching: float = 0.08
    nothing: float = 2.0
    telling: float = 8.0
    telling_alone: float = 2.5
    whole: float = 0.6
    hold: float = 0.0
    crossing: float = 1.5

    def with_ratio(self, ratio: float) -> Weights:
        """The same weights for texts of another ratio of lengths."""
        return replace(self, ratio=ratio)


BEADS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1))
_SINGLE = BEADS[:3]
LARGEST_CROSSING = 12
CLEAR_ORDER = 0.25
_NOTHING = 0.02
Bead = tuple[int, int, int, int]
"""First Chinese sentence and their number, first English sentence and their number."""
_Table = dict[Cell, tuple[float, int, int]]


class Touch(NamedTuple):
    """How groups of sentences of both languages stand next to each other.

    Attributes:
        breaks: Line breaks between them.
        zh_first: Whether the Chinese stands before the English.
        whole: Whether both are all that their line has in one language before it changes.
    """

    breaks: int
    zh_first: bool
    whole: bool = False


class Pairing(NamedTuple):
    """Sentences that translate each other.

    Attributes:
        zh: Indices of Chinese sentences.
        en: Indices of English sentences.
        shared: Share of weight in common, 0–1.
        gain: By how much pairing them is better than leaving them alone.
        asks: Whether one side asks and the other does not.
        breaks: Line breaks between the sides, where they stand next to each other.
    """

    zh: range
    en: range
    shared: float
    gain: float
    asks: bool = False
    breaks: int | None = None


class Aligner:
    """Scores beads and finds the best pairing of two sides.

    Args:
        zh: The Chinese side.
        en: The English side.
        touching: For groups of sentences that stand next to each other how they do.
        weights: What counts how much.
        band: How far from the diagonal sentences may be paired, in sentences.
    """

    def __init__(
        self, zh: Side, en: Side, touching: Mapping[Bead, Touch], weights: Weights, band: int = BAND
    ) -> None:
        self.band = band
        self.zh = zh
        self.en = en
        self.touching = touching
        self.order = self._order()
        self.weights = weights
        self._scores: dict[Bead, tuple[float, float]] = {}

    def _order(self) -> bool | None:
        """Whether translations follow the Chinese (True), or the English; None where nothing tells.

        Judged by what neighbouring sentences have in common.
        """
        common = {True: 0.0, False: 0.0}
        for (i, a, j, b), touch in self.touching.items():
            if a == b == 1:
                total = self.zh.weights[i] + self.en.weights[j]
                covered = self.zh.covered(i, 1, j, 1) + self.en.covered(j, 1, i, 1)
                common[touch.zh_first] += covered / total if total else 0.0
        if abs(common[True] - common[False]) < CLEAR_ORDER:
            return None
        return common[True] > common[False]

    def score(self, i: int, a: int, j: int, b: int) -> tuple[float, float]:
        """Score of a bead of ``a`` Chinese sentences from ``i`` and ``b`` English ones from ``j``.

        Returns:
            The score and the share of weight in common.
        """
        key = (i, a, j, b) if a and b else (i if a else 0, a, j if b else 0, b)
        known = self._scores.get(key)
        if known is None:
            known = self._scores[key] = self._pair(*key) if a and b else self._alone(*key)
        return known

    def _alone(self, i: int, a: int, j: int, b: int) -> tuple[float, float]:
        w = self.weights
        weight = sum(self.zh.weights[i : i + a]) + sum(self.en.weights[j : j + b])
        return -w.alone * weight - w.alone_each, 0.0

    def _pair(self, i: int, a: int, j: int, b: int) -> tuple[float, float]:
        w = self.weights
        total = sum(self.zh.weights[i : i + a]) + sum(self.en.weights[j : j + b])
        covered = self.zh.covered(i, a, j, b) + self.en.covered(j, b, i, a)
        shared = covered / total if total else 0.0
        deviation = self._deviation(sum(self.zh.lengths[i : i + a]), sum(self.en.lengths[j : j + b]))
        score = (
            covered
            - w.unmatched * (total - covered)
            - w.length * min(deviation * deviation / 2, w.length_cap)
        )
        score -= w.group * (a + b - 2) + (w.square if a > 1 and b > 1 else 0.0)
        if self._asks(i, a, j, b):
            score -= w.question
        touch = self.touching.get((i, a, j, b))
        touching = touch is not None and touch.breaks <= 1
        if touch and touching:
            score += (
                w.touching + (w.same_line if not touch.breaks else 0.0) + (w.whole if touch.whole else 0.0)
            )
        if touch and touch.zh_first is not self.order and self.order is not None:
            score -= w.against
        if shared < w.enough and not (touching and shared >= w.enough_touching and abs(deviation) < 1.5):
            score -= w.doubt
        if shared < _NOTHING:
            telling = w.telling if touch and touch.whole else w.telling_alone
            score -= w.nothing * min(1.0, total / telling)
        return score, shared

    def _asks(self, i: int, a: int, j: int, b: int) -> bool:
        """Whether one side of a bead asks and the other does not."""
        return any(self.zh.questions[i : i + a]) != any(self.en.questions[j : j + b])

    def _deviation(self, zh: float, en: float) -> float:
        w = self.weights
        return (en - w.ratio * zh) / math.sqrt(w.spread * w.ratio * max(zh, 3.0))

    @property
    def scored(self) -> int:
        """How many groups were compared so far: what the search has cost."""
        return len(self._scores)

    def _table(self, rows: Sequence[range], kinds: Sequence[tuple[int, int]] = BEADS) -> _Table:
        """For each pair of places within some rows the best score so far and the bead that ends there."""
        best: _Table = {(0, 0): (0.0, 0, 0)}
        for i, row in enumerate(rows):
            for j in row:
                steps = [
                    (before[0] + self.score(i - a, a, j - b, b)[0], a, b)
                    for a, b in kinds
                    for before in [best.get((i - a, j - b))]
                    if before is not None and (a + b <= 2 or self._hold(i - a, a, j - b, b))
                ]
                if steps:
                    best[i, j] = max(steps)
        return best

    def _rows(self) -> list[range]:
        """Where the table is filled: within the band, in long texts along a rough path only."""
        n, m = len(self.zh), len(self.en)
        if max(n, m) <= LONG:
            return lanes(n, m, (), self.band)
        beside = (
            (i, j)
            for (i, a, j, b), touch in self.touching.items()
            if a == b == 1 and touch.whole and touch.zh_first is self.order
        )
        rows = lanes(n, m, self._firm(beside), self.band)
        beads = self._trace(self._table(rows, _SINGLE))
        locks = self._firm((zh.start, en.start) for zh, en in beads if zh and en)
        return around([*((zh.start, en.start) for zh, en in beads), (n, m)], locks)

    def _firm(self, cells: Iterable[Cell]) -> list[Cell]:
        return firm((i, j) for i, j in cells if self.score(i, 1, j, 1)[1] >= SURE)

    def _hold(self, i: int, a: int, j: int, b: int) -> bool:
        """Whether a group may translate: it is a whole line, or all of it has something in common."""
        touch = self.touching.get((i, a, j, b))
        if touch is not None and touch.whole:
            return True
        least = self.weights.hold
        return all(self.zh.covered(k, 1, j, b) > least * self.zh.weights[k] for k in range(i, i + a)) and all(
            self.en.covered(k, 1, i, a) > least * self.en.weights[k] for k in range(j, j + b)
        )

    def walk(self) -> list[tuple[range, range]]:
        """All sentences of both sides in order, in the groups of the best pairing that keeps the order."""
        return self._trace(self._table(lanes(len(self.zh), len(self.en), (), self.band)))

    def monotone(self) -> tuple[float, list[Pairing]]:
        """The best pairing that keeps both orders, with its score."""
        table = self._table(self._rows())
        beads = self._trace(table)
        pairings = [self.pairing(zh.start, len(zh), en.start, len(en)) for zh, en in beads if zh and en]
        return table[len(self.zh), len(self.en)][0], pairings

    def _trace(self, table: _Table) -> list[tuple[range, range]]:
        i, j = len(self.zh), len(self.en)
        beads: list[tuple[range, range]] = []
        while i or j:
            _, a, b = table[i, j]
            i, j = i - a, j - b
            beads.append((range(i, i + a), range(j, j + b)))
        return beads[::-1]

    def pairing(self, i: int, a: int, j: int, b: int) -> Pairing:
        """A bead as a result."""
        score, shared = self.score(i, a, j, b)
        alone = sum(self.score(k, 1, 0, 0)[0] for k in range(i, i + a))
        alone += sum(self.score(0, 0, k, 1)[0] for k in range(j, j + b))
        touch = self.touching.get((i, a, j, b))
        asks, breaks = self._asks(i, a, j, b), touch.breaks if touch else None
        return Pairing(range(i, i + a), range(j, j + b), shared, score - alone, asks, breaks)

    def crossing(self) -> tuple[float, list[Pairing]]:
        """The best single pairs regardless of order, taken greedily, with their score."""
        candidates = [self.pairing(i, 1, j, 1) for i in range(len(self.zh)) for j in range(len(self.en))]
        total = sum(self.score(i, 1, 0, 0)[0] for i in range(len(self.zh)))
        total += sum(self.score(0, 0, j, 1)[0] for j in range(len(self.en)))
        taken: list[Pairing] = []
        used_zh: set[int] = set()
        used_en: set[int] = set()
        for pairing in sorted(candidates, key=lambda p: -p.gain):
            i, j = pairing.zh.start, pairing.en.start
            if pairing.gain > 0 and i not in used_zh and j not in used_en:
                used_zh.add(i)
                used_en.add(j)
                total += pairing.gain
                taken.append(pairing)
        return total, sorted(taken, key=lambda p: p.zh.start)

    def best(self) -> list[Pairing]:
        """The best pairing, in the order of the Chinese sentences."""
        n, m = len(self.zh), len(self.en)
        if not n or not m:
            return []
        score, pairings = self.monotone()
        if 2 <= n <= LARGEST_CROSSING and 2 <= m <= LARGEST_CROSSING:
            other_score, other = self.crossing()
            if other_score > score + self.weights.crossing:
                return other
        return pairings


def _touching(units: Sequence[Unit], text: str) -> dict[Bead, Touch]:
    """Groups of Chinese and English sentences that stand next to each other."""
    blocks = _blocks(units, text)
    found: dict[Bead, Touch] = {}
    places = {Language.ZH: 0, Language.EN: 0}
    for k, block in enumerate(blocks):
        language = block[0].language
        if k and blocks[k - 1][0].language is not language:
            before = blocks[k - 1]
            breaks = text.count("\n", before[-1].end, block[0].start)
            zh_first = language is Language.EN
            for left, right in product(_sizes(before), _sizes(block)):
                whole = (left, right) == (len(before), len(block))
                start = places[before[0].language] - left
                bead = (
                    (start, left, places[language], right)
                    if zh_first
                    else (places[language], right, start, left)
                )
                found[bead] = Touch(breaks, zh_first, whole)
        places[language] += len(block)
    return found


def _sizes(block: Sequence[Unit]) -> range:
    return range(1, min(len(block), LONGEST_GROUP) + 1)


def _blocks(units: Sequence[Unit], text: str) -> list[list[Unit]]:
    """Neighbouring sentences of one language on one line."""
    blocks: list[list[Unit]] = []
    for unit in units:
        last = blocks[-1][-1] if blocks else None
        if last and last.language is unit.language and "\n" not in text[last.end : unit.start]:
            blocks[-1].append(unit)
        else:
            blocks.append([unit])
    return blocks


def _zh_length(material: Material, unit: Unit, words: Sequence[Word]) -> float:
    hanzi = sum(1 for c in material.text[unit.start : unit.end] if "\u3400" <= c <= "\u9fff")
    return hanzi + 1.5 * sum(1 for word in words if word.key.isascii())


def _asks(text: str, unit: Unit) -> bool:
    return any(c in "?？" for c in text[unit.start : unit.end + 1])


def pair_units(
    material: Material, units: Sequence[Unit], weights: Weights | None = None
) -> list[tuple[list[Unit], list[Unit], Pairing]]:
    """Pairs the sentences of a text.

    Args:
        material: The text and its words.
        units: Its sentences in order; units of OTHER are passed over.
        weights: Other weights than the tuned ones.

    Returns:
        For each pair its Chinese units, its English units and how good it is.
    """
    spoken = [unit for unit in units if unit.language is not Language.OTHER]
    zh = [unit for unit in spoken if unit.language is Language.ZH]
    en = [unit for unit in spoken if unit.language is Language.EN]
    zh_words = [material.words(Language.ZH, unit.start, unit.end) for unit in zh]
    en_words = [material.words(Language.EN, unit.start, unit.end) for unit in en]
    left = Side(
        zh_words,
        [_zh_length(material, unit, words) for unit, words in zip(zh, zh_words, strict=True)],
        [_asks(material.text, unit) for unit in zh],
    )
    right = Side(
        en_words, [unit.end - unit.start for unit in en], [_asks(material.text, unit) for unit in en]
    )
    match_sides(left, right, material.evidence)
    aligner = Aligner(left, right, _touching(spoken, material.text), weights or Weights())
    return [([zh[i] for i in p.zh], [en[j] for j in p.en], p) for p in aligner.best()]
