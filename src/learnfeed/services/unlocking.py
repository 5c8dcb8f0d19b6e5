"""Unlock: the words that would make the most saved posts readable."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from learnfeed.core.level import TARGET_SHARE
from learnfeed.store.database import Database
from learnfeed.store.side import CHINESE, Side
from learnfeed.store.words import WordStore
from learnfeed.study.unlock import LockedPost, UnlockStep, plan_unlock

MAX_POSTS = 5000
"""Posts nearest to the target that are looked at; the others are too far off to be unlocked by a few words."""


@dataclass(frozen=True, slots=True)
class UnlockPlan:
    """Words to learn and what they bring.

    Attributes:
        steps: The words in order, each with the posts unlocked so far.
        target: Share of running words known (0–1) that counts as unlocked.
        of: How many posts are under the target now.
    """

    steps: tuple[UnlockStep, ...]
    target: float
    of: int

    @property
    def unlocked(self) -> int:
        """Posts over the target once all words are known."""
        return self.steps[-1].unlocked if self.steps else 0


class UnlockService:
    """Plans over a library."""

    def __init__(self, database: Database, side: Side = CHINESE) -> None:
        self._words = WordStore(database, side)

    def plan(self, target: float = TARGET_SHARE, words: int = 20) -> UnlockPlan:
        """The words that bring the most posts over a target share (0–1)."""
        rows = self._words.missing_words(target, MAX_POSTS)
        missing: dict[int, dict[str, int]] = defaultdict(dict)
        need: dict[int, int] = {}
        for post_id, running, known, headword, count in rows:
            need[post_id] = math.ceil(target * running - 1e-9) - known
            missing[post_id][headword] = count
        posts = [LockedPost(need[i], words_of) for i, words_of in missing.items()]
        return UnlockPlan(plan_unlock(posts, words), target, self._words.posts_under(target))
