"""Two sides of a text, sentence by sentence, and what their words say of each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from learnfeed.annotate.evidence import Evidence, Word

BAND = 12
"""Within how many sentences of the diagonal long texts are paired."""
LONGEST_GROUP = 4


class Side:
    """The sentences of one language with what is asked of them again and again.

    Args:
        units: Sentences in order.
        words: The words of each.
        lengths: The length of each: hanzi (a Latin word counts 1.5) or Latin characters.
        questions: Whether each asks.
    """

    def __init__(
        self, words: Sequence[Sequence[Word]], lengths: Sequence[float], questions: Sequence[bool]
    ) -> None:
        self.words = words
        self.lengths = lengths
        self.questions = questions
        self.weights = [sum(word.weight for word in group) for group in words]
        self.matches: list[list[tuple[float, dict[int, float]]]] = [[] for _ in words]
        self._known: dict[tuple[int, int, int], float] = {}

    def __len__(self) -> int:
        return len(self.words)

    def covered(self, first: int, count: int, other: int, others: int) -> float:
        """Weight of some sentences that some sentences of the other side explain."""
        if count == 1:
            return self._covered(first, other, others)
        return sum([self._covered(index, other, others) for index in range(first, first + count)])  # noqa: C419 - a list is faster here

    def _covered(self, index: int, other: int, others: int) -> float:
        """The same for one sentence."""
        key = (index, other, others)
        known = self._known.get(key)
        if known is not None:
            return known
        total = 0.0
        if others == 1:
            for weight, scores in self.matches[index]:
                if other in scores:
                    total += weight * scores[other]
        else:
            group = range(other, other + others)
            for weight, scores in self.matches[index]:
                found = [scores[k] for k in group if k in scores]
                if found:
                    total += weight * max(found)
        self._known[key] = total
        return total


def match_sides(zh: Side, en: Side, evidence: Evidence, band: int = BAND) -> None:
    """Notes for every word how well each sentence of the other side holds a translation of it."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for j, group in enumerate(en.words):
        for key in {word.key for word in group}:
            holders[key].append(j)
    back: list[dict[str, dict[int, float]]] = [{} for _ in en.words]
    for i, group in enumerate(zh.words):
        near = columns(i, len(zh), len(en), band + LONGEST_GROUP)
        for word in group:
            scores: dict[int, float] = {}
            for lemma, score in evidence.row(word.key).items():
                capped = min(1.0, score)
                there = holders[lemma]
                for j in there[bisect_left(there, near.start) : bisect_left(there, near.stop)]:
                    if capped > scores.get(j, 0.0):
                        scores[j] = capped
                    reverse = back[j].setdefault(lemma, {})
                    if capped > reverse.get(i, 0.0):
                        reverse[i] = capped
            if scores:
                zh.matches[i].append((word.weight, scores))
    for j, group in enumerate(en.words):
        en.matches[j] = [(word.weight, back[j][word.key]) for word in group if word.key in back[j]]


def columns(i: int, n: int, m: int, band: int) -> range:
    """The places of the second side within a band around the diagonal.

    Args:
        i: A place of the first side, 0–n.
        n: Length of the first side.
        m: Length of the second side.
        band: How far from the diagonal; short sides are not limited.
    """
    if n <= band or m <= band:
        return range(m + 1)
    middle, band = i * m // n, max(band, m // n + 1)
    return range(max(0, middle - band), min(m, middle + band) + 1)
