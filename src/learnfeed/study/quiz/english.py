"""Wrong answers for who learns English: words of the learner's own posts that mean something else in Chinese."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from learnfeed.study.quiz.base import Item
from learnfeed.study.quiz.comparing import Wording

_BETWEEN = re.compile(r"[；;，,、/（）() …]+")


class EnglishAlternatives:
    """Wrong answers out of a pool of English words; see :class:`learnfeed.study.quiz.base.Alternatives`."""

    def __init__(self, pool: Sequence[Item], wording: Wording) -> None:
        self._pool = tuple({item.headword: item for item in pool}.values())
        self._wording = wording

    def words(self, item: Item, count: int, chance: random.Random) -> tuple[Item, ...]:
        """Words of about the item's level, those that begin or end like it first; none means the same."""
        ranked = sorted(
            ((_unlikeness(item, other), chance.random(), other) for other in self._pool),
            key=lambda entry: entry[:2],
        )
        found: list[Item] = []
        for _, _, other in ranked:
            if len(found) == count:
                break
            if all(self.apart(other, one) for one in (item, *found)):
                found.append(other)
        return tuple(found)

    def readings(self, item: Item, count: int, chance: random.Random) -> tuple[tuple[str, ...], ...]:
        """None: English words have no tones."""
        del item, count, chance
        return ()

    def minimal_pairs(self, item: Item, count: int) -> tuple[Item, ...]:
        """None: English words have no tones."""
        del item, count
        return ()

    def apart(self, item: Item, other: Item) -> bool:
        """Whether two words can stand in one question: neither is the other, nor means the same."""
        first, second = (self._wording.lemma(one.headword) for one in (item, other))
        if first == second or item.written.casefold() == other.written.casefold():
            return False
        if self._wording.akin(first, second):
            return False
        mine, theirs = chinese_parts(item.gloss), chinese_parts(other.gloss)
        # 下雪 holds 雪: who knows the one could take the other for right.
        return not any(a in b or b in a for a in mine for b in theirs)


def chinese_parts(gloss: str) -> frozenset[str]:
    """The single renderings of a Chinese gloss."""
    return frozenset(part for part in _BETWEEN.split(gloss) if part)


def _unlikeness(item: Item, other: Item) -> int:
    alike = (item.headword[:1] == other.headword[:1]) + (item.headword[-2:] == other.headword[-2:])
    length = abs(len(item.headword) - len(other.headword))
    return 2 * abs(item.level - other.level) + length // 3 - 2 * alike
