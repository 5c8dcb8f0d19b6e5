"""How many words a learner knows, estimated from at most 40 of them asked with yes or no.

The words of an HSK standard stand in a row, by level and then by frequency. The chance that a learner knows the word at
rank r falls with the logarithm of the rank, as a one-parameter logistic model has it (Rasch 1960): its middle is the
learner's ability; its steepness differs between learners and is estimated along. Among the words stand some that do
not exist: who says yes to those also says yes to real words too easily, and the estimate allows for it (Meara and
Buxton 1987). After each answer Bayes' rule gives a distribution over all three; the next word is the one whose answer
tells most about the number of known words, so that the test adapts. The error is that of the whole distribution, at
95 %.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import exp, log, log2, sqrt

MOST_QUESTIONS = 40
LEAST_QUESTIONS = 20
"""Before so many answers no test ends, however sure the model is of itself."""
PSEUDO_EVERY = 6
"""Of so many questions one is a word that does not exist."""
GOOD_ENOUGH = 0.08
"""A test ends early when the error is this share of the words known, or of a hundred words."""
KNOWN_SHARE = 0.75
"""A level of which this share is known counts as known as a whole."""

_STEPS = 64
_SLOPES = ((1.0, 0.2), (1.8, 0.35), (3.5, 0.3), (8.0, 0.15))
"""Steepness per doubling of the rank, with how likely it is before anything was asked."""
_TOO_EASY = ((0.01, 0.45), (0.08, 0.3), (0.25, 0.25))
"""Shares of words not known to which a learner says yes all the same."""
_SLIP = 0.02
"""Share of known words that are denied by a slip of the finger."""
_STRATA = 160
_CANDIDATES = 15
"""Places in the list among which the next word is chosen."""
_NEAR = 0.3
"""Doublings of the rank by which the word asked may lie beside the best place."""
_WIDTH = 1.96 * 1.3
"""Standard deviations on each side: 95 % of a normal distribution, and more because no learner knows words exactly
as a curve has it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes:
        rank: Of the word, from 1; 0 for a word that does not exist.
        yes: Whether the learner said to know it.
    """

    rank: int
    yes: bool


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the answers say.

    Attributes:
        words: How many words of the list are known.
        error: With 95 % certainty the number is off by no more than this.
        too_easy: Share of unknown words to which the learner says yes, 0–1.
    """

    words: int
    error: int
    too_easy: float

    @property
    def low(self) -> int:
        """The least number that the answers allow."""
        return max(0, self.words - self.error)


@dataclass(frozen=True)
class Placement:
    """A test under way; a value, so taking an answer back is keeping the one before.

    Attributes:
        total: Words in the list.
        answers: So far, oldest first.
    """

    total: int
    answers: tuple[Answer, ...] = ()

    def answer(self, rank: int, *, yes: bool) -> Placement:
        """The test after one more answer."""
        after = Placement(self.total, (*self.answers, Answer(rank, yes)))
        weights = _updated(self.weights, self.total, rank, yes=yes)
        after.__dict__["weights"] = weights  # the cache of the property, so that no answer is counted twice
        return after

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """How likely each ability, steepness and ease is, given the answers; sums to 1."""
        weights = _prior()
        for answer in self.answers:
            weights = _updated(weights, self.total, answer.rank, yes=answer.yes)
        return weights

    @property
    def false_alarms(self) -> tuple[int, int]:
        """To how many words that do not exist the learner said yes, and how many such words were asked."""
        invented = [answer.yes for answer in self.answers if not answer.rank]
        return sum(invented), len(invented)

    @property
    def trusted(self) -> bool:
        """Whether the answers are any ground for an estimate: enough of them, and few yes to what does not exist."""
        wrong, of = self.false_alarms
        return len(self.answers) >= LEAST_QUESTIONS and wrong * 2 <= of

    @property
    def done(self) -> bool:
        """Whether enough was asked."""
        asked = len(self.answers)
        if asked < LEAST_QUESTIONS:
            return False
        found = self.estimate
        return asked >= MOST_QUESTIONS or found.error <= GOOD_ENOUGH * max(found.words, 100)

    @cached_property
    def estimate(self) -> Estimate:
        """How many words are known, and how sure that is."""
        known, spread = _sizes(self.total)
        by_curve = self._likely
        mean = sum(w * k for w, k in zip(by_curve, known, strict=True))
        between = sum(w * (k - mean) ** 2 for w, k in zip(by_curve, known, strict=True))
        # The true ability lies between two of the grid.
        step = (log2(self.total) + 1.0) / (_STEPS - 1) * log(2)
        between += sum(w * (k * step) ** 2 for w, k in zip(by_curve, known, strict=True)) / 12
        within = sum(w * s for w, s in zip(by_curve, spread, strict=True))
        ease = sum(w * ease for w, (*_, ease) in zip(self.weights, _cells(self.total), strict=True))
        return Estimate(round(mean), max(1, round(_WIDTH * sqrt(between + within))), ease)

    def share(self, first: int, last: int) -> float:
        """Which share of the words from one rank to another is known, 0–1."""
        ranks = range(first, last + 1, max(1, (last - first) // 12))
        by_curve = self._likely
        told = sum(
            w * sum(_known(middle, slope, log2(rank)) for rank in ranks)
            for w, (middle, slope) in zip(by_curve, _curves(self.total), strict=True)
            if w > 1e-4
        )
        return told / len(ranks)

    def next_rank(self, chance: random.Random) -> int:
        """The rank of the next word to ask, one that was not asked yet; 0 for one that does not exist."""
        asked = {answer.rank for answer in self.answers}
        place = len(self.answers) % PSEUDO_EVERY
        # Once in each stretch of questions, at a place that can't be foreseen.
        had_one = any(not answer.rank for answer in self.answers[len(self.answers) - place :])
        if not had_one and chance.random() < 1 / (PSEUDO_EVERY - place):
            return 0
        best = max(_candidates(self.total), key=self._told_by)
        # Any word near the best place will do: no two learners are asked the same.
        rank = min(self.total, max(1, round(best * 2 ** chance.uniform(-_NEAR, _NEAR))))
        return next((near for near in _nearest(self.total, rank) if near not in asked), 0)

    def _told_by(self, rank: int) -> float:
        """By how much the variance of the number of known words falls, on average, once a word is answered."""
        known, _ = _sizes(self.total)
        yes = yes_words = words = 0.0
        ease = self.estimate.too_easy
        for weight, chance, size in zip(self._likely, _chances(self.total, rank), known, strict=True):
            said = weight * (chance * (1 - _SLIP) + (1 - chance) * ease)
            yes += said
            yes_words += said * size
            words += weight * size
        no = max(1e-9, 1 - yes)
        return yes * no * (yes_words / max(1e-9, yes) - (words - yes_words) / no) ** 2

    @cached_property
    def _likely(self) -> list[float]:
        return _by_curve(self.weights)


def levels_known(placement: Placement, sizes: Sequence[int]) -> int:
    """The highest level that counts as known with all below it; 0 for none.

    Args:
        placement: A test with its answers.
        sizes: How many words each level has, from the first.
    """
    shares = level_shares(placement, sizes)
    known = 0
    while known < len(shares) and shares[known] >= KNOWN_SHARE:
        known += 1
    return known


def level_shares(placement: Placement, sizes: Sequence[int]) -> list[float]:
    """Which share of each level is known, 0–1."""
    shares, before = [], 0
    for size in sizes:
        shares.append(placement.share(before + 1, before + size))
        before += size
    return shares


def _nearest(total: int, at: int) -> Iterator[int]:
    """All ranks, those nearest to one first."""
    for step in range(total):
        yield from (rank for rank in {at - step, at + step} if 1 <= rank <= total)


# -- the model: a grid over ability, steepness and ease ---------------------------------------------


@lru_cache(maxsize=4)
def _curves(total: int) -> tuple[tuple[float, float], ...]:
    """Ability (as the logarithm of a rank to the base of 2) and steepness of each curve."""
    low, high = 2.0, log2(total) + 3.0
    middles = [low + (high - low) * i / (_STEPS - 1) for i in range(_STEPS)]
    return tuple((middle, slope) for middle in middles for slope, _ in _SLOPES)


@lru_cache(maxsize=4)
def _cells(total: int) -> tuple[tuple[float, float, float], ...]:
    return tuple((middle, slope, ease) for middle, slope in _curves(total) for ease, _ in _TOO_EASY)


@lru_cache(maxsize=1)
def _prior() -> tuple[float, ...]:
    one = [slope * ease for _, slope in _SLOPES for _, ease in _TOO_EASY]
    return tuple(weight / _STEPS for _ in range(_STEPS) for weight in one)


@lru_cache(maxsize=4)
def _candidates(total: int) -> tuple[int, ...]:
    step = (log2(total) - 1.0) / (_CANDIDATES - 1)
    return tuple(dict.fromkeys(min(total, round(2 ** (1.0 + step * i))) for i in range(_CANDIDATES)))


@lru_cache(maxsize=128)
def _chances(total: int, rank: int) -> tuple[float, ...]:
    """The chance that the word at a rank is known, under each curve."""
    return tuple(_known(middle, slope, log2(rank)) for middle, slope in _curves(total))


def _known(middle: float, slope: float, at: float) -> float:
    """The chance that the word at a logarithm of the rank is known."""
    return 1 / (1 + exp(min(60.0, slope * (at - middle))))


def _updated(weights: tuple[float, ...], total: int, rank: int, *, yes: bool) -> tuple[float, ...]:
    """Bayes' rule for one answer."""
    at = log2(rank) if rank else 0.0
    eases = [ease for ease, _ in _TOO_EASY]
    likely: list[float] = []
    for middle, slope in _curves(total):
        known = _known(middle, slope, at) if rank else 0.0
        said = [known * (1 - _SLIP) + (1 - known) * ease for ease in eases]
        likely += said if yes else [1 - chance for chance in said]
    product = [weight * chance for weight, chance in zip(weights, likely, strict=True)]
    whole = sum(product)
    return tuple(weight / whole for weight in product)


def _by_curve(weights: tuple[float, ...]) -> list[float]:
    step = len(_TOO_EASY)
    return [sum(weights[i : i + step]) for i in range(0, len(weights), step)]


@lru_cache(maxsize=4)
def _sizes(total: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Words known under each curve, and the variance of that number when each word is known by chance."""
    # Narrow strata where words are few: a beginner's fifty words must not drown in one of them.
    edges = sorted({round(2 ** (log2(total) * i / _STRATA)) for i in range(_STRATA)} | {1, total + 1})
    strata = [(log2((first + after - 1) / 2), after - first) for first, after in pairwise(edges)]
    known, spread = [], []
    for middle, slope in _curves(total):
        chances = [(_known(middle, slope, at), words) for at, words in strata]
        known.append(sum(chance * words for chance, words in chances))
        spread.append(sum(chance * (1 - chance) * words for chance, words in chances))
    return tuple(known), tuple(spread)
