"""Which few words would make the most saved posts readable."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

_FEW = 50_000
"""Choices of words, times posts, that can all be tried (some hundredths of a second)."""
_LIKELY = 50
"""Bundles of words whose effect is counted in full."""


@dataclass(frozen=True, slots=True)
class LockedPost:
    """A post under the target.

    Attributes:
        need: Running words that are missing to the target, at least 1.
        missing: How often each word that is not known stands in it.
    """

    need: int
    missing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class UnlockStep:
    """A word to learn next.

    Attributes:
        headword: The word.
        unlocked: How many posts are over the target once this and all words before it are known.
    """

    headword: str
    unlocked: int


def plan_unlock(posts: Iterable[LockedPost], words: int) -> tuple[UnlockStep, ...]:
    """The best choice where there are few to choose from, else the better of two greedy ones.

    Posts that need more words than may be chosen do not count.

    One takes word by word what brings posts nearest to the target. A word counts in a post by its share of what
    that post still needs, squared: posts that are nearly there weigh more, so that posts are finished instead
    of many being begun. The other takes all words of a post at once, those that finish the most posts a word:
    it sees what three words do together that none of them does alone. The task is maximum coverage of whole
    posts, which is NP-hard (Nemhauser, Wolsey and Fisher 1978 on the greedy way for the simpler one).
    Words that in the end unlock nothing are left out from the tail.

    Args:
        posts: Posts under the target.
        words: At most so many words.
    """
    near = [post for post in posts if post.need > 0 and _words_needed(post) <= words]
    different = len({word for post in near for word in post.missing})
    choices = max(1, math.comb(different, words)) * len(near)
    if choices <= _FEW:
        return _best_of_all(near, words)
    plans = (_word_by_word(_State(near), words), _post_by_post(_State(near), words))
    return max(plans, key=lambda steps: (steps[-1].unlocked if steps else 0, -len(steps)))


def _best_of_all(posts: list[LockedPost], words: int) -> tuple[UnlockStep, ...]:
    """Every choice tried; the words of the best in the order in which they finish posts."""
    known = sorted({word for post in posts for word in post.missing})

    def finished(chosen: Iterable[str]) -> int:
        taken = frozenset(chosen)
        return sum(sum(n for word, n in post.missing.items() if word in taken) >= post.need for post in posts)

    left = list(max(combinations(known, min(words, len(known))), key=finished, default=()))
    chosen: list[str] = []
    steps: list[UnlockStep] = []
    while left:
        chosen.append(max(left, key=lambda word: finished([*chosen, word])))
        left.remove(chosen[-1])
        steps.append(UnlockStep(chosen[-1], finished(chosen)))
    return _without_tail(steps)


def _word_by_word(state: _State, words: int) -> tuple[UnlockStep, ...]:
    steps: list[UnlockStep] = []
    while len(steps) < words:
        word = state.best(words - len(steps))
        if word is None:
            break
        state.learn(word)
        steps.append(UnlockStep(word, state.unlocked))
    return _without_tail(steps)


def _post_by_post(state: _State, words: int) -> tuple[UnlockStep, ...]:
    steps: list[UnlockStep] = []
    while bundle := state.bundle(words - len(steps)):
        for word in bundle:
            state.learn(word)
            steps.append(UnlockStep(word, state.unlocked))
    return _without_tail(steps)


def _without_tail(steps: list[UnlockStep]) -> tuple[UnlockStep, ...]:
    while steps and steps[-1].unlocked == (steps[-2].unlocked if len(steps) > 1 else 0):
        steps.pop()
    return tuple(steps)


def _words_needed(post: LockedPost) -> int:
    """The fewest words that would bring a post over the target."""
    got = 0
    for number, count in enumerate(sorted(post.missing.values(), reverse=True), 1):
        got += count
        if got >= post.need:
            return number
    return len(post.missing) + 1


class _State:
    """What is still missing, with the gain of each word kept in a lazy heap."""

    def __init__(self, posts: list[LockedPost]) -> None:
        self._need = [post.need for post in posts]
        self._missing = [dict(post.missing) for post in posts]
        self._where: dict[str, list[int]] = defaultdict(list)
        for i, post in enumerate(posts):
            for word in post.missing:
                self._where[word].append(i)
        self.unlocked = 0
        self._bundles: dict[int, tuple[str, ...]] = {}
        self._heap = [(-self._gain(word), word) for word in self._where]
        heapq.heapify(self._heap)

    def _gain(self, word: str) -> float:
        gain = 0.0
        for i in self._where[word]:
            need = self._need[i]
            if need > 0:
                gain += (min(self._missing[i].get(word, 0), need) / need) ** 2
        return gain

    def best(self, left: int) -> str | None:
        """The word with the largest gain; with one word left only what unlocks at once counts."""
        if left == 1:
            at_once = max(
                self._where, key=lambda word: (self._finishes(word), self._gain(word)), default=None
            )
            if at_once is not None and self._finishes(at_once):
                return at_once
        while self._heap:
            gain, word = heapq.heappop(self._heap)
            now = -self._gain(word)
            if now == 0:
                continue
            if now == gain or not self._heap or now <= self._heap[0][0]:
                return word
            heapq.heappush(self._heap, (now, word))
        return None

    def bundle(self, left: int) -> tuple[str, ...]:
        """The words, at most so many, that finish a post and with it the most posts a word; empty for none."""
        for i, need in enumerate(self._need):
            if need > 0 and i not in self._bundles:
                self._bundles[i] = self._cheapest(i)
        counted = Counter(bundle for bundle in self._bundles.values() if 0 < len(bundle) <= left)
        likely = heapq.nlargest(_LIKELY, counted, key=lambda bundle: (counted[bundle] / len(bundle), bundle))
        return max(likely, key=lambda bundle: self._finished(bundle) / len(bundle), default=())

    def _finished(self, bundle: Sequence[str]) -> int:
        """How many posts these words finish together."""
        got: Counter[int] = Counter()
        for word in bundle:
            for i in self._where[word]:
                got[i] += self._missing[i][word]
        return sum(0 < self._need[i] <= count for i, count in got.items())

    def _cheapest(self, i: int) -> tuple[str, ...]:
        """The fewest words that finish a post; among equals those that stand in the most posts."""
        words = sorted(
            self._missing[i], key=lambda word: (-self._missing[i][word], -len(self._where[word]), word)
        )
        need = self._need[i]
        for number, word in enumerate(words, 1):
            need -= self._missing[i][word]
            if need <= 0:
                return tuple(words[:number])
        return ()

    def _finishes(self, word: str) -> int:
        return sum(0 < self._need[i] <= self._missing[i].get(word, 0) for i in self._where[word])

    def learn(self, word: str) -> None:
        """Takes a word as known. Its neighbours' gains grow, so they are put into the heap anew."""
        touched: set[str] = set()
        for i in self._where.pop(word):
            self._bundles.pop(i, None)
            before = self._need[i]
            self._need[i] -= self._missing[i].pop(word, 0)
            if before > 0:
                self.unlocked += self._need[i] <= 0
                touched.update(self._missing[i])
        for other in touched:
            heapq.heappush(self._heap, (-self._gain(other), other))
        self._heap = [item for item in self._heap if item[1] in self._where]
        heapq.heapify(self._heap)
