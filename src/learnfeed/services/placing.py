"""Placement: the words of a test that estimates how many words a learner knows, and what it marks at the end."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from learnfeed.core.word import WordStatus
from learnfeed.store.database import Database
from learnfeed.store.words import WordStore
from learnfeed.study.placement import Estimate, Placement, level_shares, levels_known

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon

_LEVELS = range(1, 8)
_COMMON = 3.0
"""Log frequency from which a word of two characters is common enough to lend one to a word that does not exist."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that is asked.

    Attributes:
        word: In hanzi.
        rank: Its place in the list; 0 for a word that does not exist.
    """

    word: str
    rank: int


@dataclass(frozen=True, slots=True)
class PlacementTest:
    """A test under way: what was asked, and what is asked now.

    Attributes:
        placement: The model with its answers.
        asked: Every word asked so far, in order, the current one last.
    """

    placement: Placement
    asked: tuple[Asked, ...]

    @property
    def current(self) -> Asked:
        """The word that is asked now; the last one asked when the test is over."""
        return self.asked[-1]

    @property
    def estimate(self) -> Estimate:
        """How many words are known, as far as it can be told."""
        return self.placement.estimate


@dataclass(frozen=True, slots=True)
class LevelShare:
    """One bar of the result.

    Attributes:
        level: HSK level, 7 being 7–9.
        words: How many words it has.
        share: Which share of them is known, by the estimate (0–1).
        marked: Whether marking marks the whole level as known.
    """

    level: int
    words: int
    share: float
    marked: bool


class PlacementService:
    """Draws the words of a test, tells its result, and marks what is known."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        standard: str,
        clock: Callable[[], int],
        chance: random.Random,
    ) -> None:
        """Takes what a test needs.

        Args:
            database: The library.
            lexicon: Opens the dictionary.
            standard: HSK standard whose words are asked.
            clock: Unix milliseconds now.
            chance: The source of chance.
        """
        self._words = WordStore(database)
        self._lexicon = lexicon
        self._standard = standard
        self._now = clock
        self._chance = chance

    @cached_property
    def _levels(self) -> tuple[tuple[str, ...], ...]:
        """The words of each level, common ones first; levels the standard does not have are left out."""
        lexicon = self._lexicon()
        levels = (lexicon.words_of_level(self._standard, level) for level in _LEVELS)
        return tuple(
            tuple(sorted(words, key=lambda word: (-lexicon.zipf(word), word))) for words in levels if words
        )

    @cached_property
    def _ranked(self) -> tuple[str, ...]:
        return tuple(word for level in self._levels for word in level)

    def begin(self) -> PlacementTest:
        """A new test with its first word."""
        return self._asking(PlacementTest(Placement(len(self._ranked)), ()))

    def answer(self, test: PlacementTest, *, yes: bool) -> PlacementTest:
        """The test after an answer, with its next word unless it is over."""
        after = replace(test, placement=test.placement.answer(test.current.rank, yes=yes))
        return after if after.placement.done else self._asking(after)

    def _asking(self, test: PlacementTest) -> PlacementTest:
        rank = test.placement.next_rank(self._chance)
        word = self._ranked[rank - 1] if rank else self._invented({asked.word for asked in test.asked})
        return replace(test, asked=(*test.asked, Asked(word, rank)))

    def _invented(self, used: set[str]) -> str:
        """Two characters that make no word: neither a dictionary nor the frequency list has it."""
        lexicon = self._lexicon()
        while True:
            first, second = self._common(), self._common()
            word = first[0] + second[1]
            if word not in used and not lexicon.entries(word) and not lexicon.zipf(word):
                return word

    def _common(self) -> str:
        """A common word of two characters."""
        while True:
            word = self._chance.choice(self._ranked)
            if len(word) == 2 and self._lexicon().zipf(word) >= _COMMON:
                return word

    def levels(self, test: PlacementTest) -> tuple[LevelShare, ...]:
        """What each level of the result looks like."""
        sizes = [len(level) for level in self._levels]
        known = levels_known(test.placement, sizes)
        shares = level_shares(test.placement, sizes)
        return tuple(
            LevelShare(level, size, share, level <= known)
            for level, (size, share) in enumerate(zip(sizes, shares, strict=True), 1)
        )

    def mark(self, test: PlacementTest) -> tuple[str, ...]:
        """Marks the words of the levels that count as known, and those said to be known beyond them.

        Words that the learner said not to know, and words that have a status already, stay as they are.

        Returns:
            The words that changed; one undo takes all of it back.
        """
        said = {
            asked.word: answer.yes
            for asked, answer in zip(test.asked, test.placement.answers, strict=False)
            if asked.rank
        }
        words = {
            word: level.level
            for level, found in zip(self.levels(test), self._levels, strict=True)
            if level.marked
            for word in found
            if said.get(word, True)
        }
        lexicon = self._lexicon()
        for word, yes in said.items():
            if yes:
                words.setdefault(word, lexicon.facts(word).levels.get(self._standard, 0))
        statuses = self._words.statuses(words)
        changes = {word: WordStatus.KNOWN for word in words if statuses[word] is WordStatus.NEW}
        return self._words.mark(changes, self._now(), levels=words)
