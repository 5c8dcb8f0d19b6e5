"""Which few words would make the most saved posts readable."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


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
    """Greedy choice of words: each step takes the word that brings posts nearest to the target.

    A word counts in a post by its share of what that post still needs, squared: posts that are nearly
    there weigh more, so that posts are finished instead of many being begun. Posts that need more words
    than are left to choose do not count. This is weighted maximum coverage, which is NP-hard; the greedy
    way is the usual one (Nemhauser, Wolsey and Fisher 1978). Words that in the end unlock nothing are
    left out from the tail.

    Args:
        posts: Posts under the target.
        words: At most so many words.
    """
    state = _State([post for post in posts if post.need > 0 and _words_needed(post) <= words])
    steps: list[UnlockStep] = []
    while len(steps) < words:
        word = state.best(words - len(steps))
        if word is None:
            break
        state.learn(word)
        steps.append(UnlockStep(word, state.unlocked))
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

    def _finishes(self, word: str) -> int:
        return sum(0 < self._need[i] <= self._missing[i].get(word, 0) for i in self._where[word])

    def learn(self, word: str) -> None:
        """Takes a word as known. Its neighbours' gains grow, so they are put into the heap anew."""
        touched: set[str] = set()
        for i in self._where.pop(word):
            before = self._need[i]
            self._need[i] -= self._missing[i].pop(word, 0)
            if before > 0:
                self.unlocked += self._need[i] <= 0
                touched.update(self._missing[i])
        for other in touched:
            heapq.heappush(self._heap, (-self._gain(other), other))
        self._heap = [item for item in self._heap if item[1] in self._where]
        heapq.heapify(self._heap)
