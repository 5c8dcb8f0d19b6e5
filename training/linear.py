# ruff: noqa: ANN001, ANN202 - the compiled function takes nothing but arrays and numbers
"""A linear model of hashed features under training: Adagrad, compiled by numba.

A score is the sum of the weights of an example's features, of its dictionary votes and of the log shares
of its readings, and of what its source adds: the corpora differ in convention, so each has weights for
votes and readings of its own. Three times in ten an example is learned without them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numba
import numpy as np

WIDTH = 8
"""Most readings of one character."""
SHARED = 5
"""Row of the dense weights that all sources share, after those of the five sources."""
START = (1.5, 1.5, 1.5, 0.3, 0.3, 0.5, 0.0, 0.0, -1.0, 1.0, 1.0, -0.5, 0.3, 0.4, 0.3, 0.3)
"""Dense weights to begin with: thirteen votes, three priors."""
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A character in a sentence.

    Attributes:
        source: 0 CPP, 1 g2pL, 2 a word with one reading in the dictionary, 3 the teacher,
            4 a phrase of our own.
        held: Whether it is kept out of the training for the figures.
        char: Which character.
        sentence: Where it stands.
        at: Its place there.
        word: The word it lies in.
        offset: Its place in that word.
        settled: The one reading the dictionary has of it in that word; empty for none or several.
        target: How likely each candidate is; empty when the right one is no candidate.
        features: Hashes.
        votes: For each candidate (see ``heteronyms.votes``).
    """

    source: int
    held: bool
    char: str
    sentence: str
    at: int
    word: str
    offset: int
    settled: str
    target: tuple[float, ...]
    features: list[int]
    votes: list[tuple[int, ...]]


class Arrays(NamedTuple):
    """Examples as numba wants them: flat features with offsets, dense values, masks, targets."""

    flat: Any
    offsets: Any
    dense: Any
    mask: Any
    target: Any
    source: Any
    char: Any


class Weights(NamedTuple):
    """What was learned: of features, of dense values by source, of characters' readings by source."""

    sparse: Any
    dense: Any
    bias: Any


def numbering(examples: Sequence[Example]) -> dict[int, int]:
    """A row for every feature that is met at least twice."""
    counted = Counter(feature for example in examples for feature in example.features)
    return {f: row for row, f in enumerate(f for f, times in sorted(counted.items()) if times >= FEWEST)}


def arrays(
    examples: Sequence[Example], rows: dict[int, int], chars: dict[str, int], priors: dict[str, Any]
) -> Arrays:
    """Puts examples into arrays."""
    count = len(examples)
    dense = np.zeros((count, WIDTH, len(START)), np.float32)
    mask, target = np.zeros((count, WIDTH), np.bool_), np.zeros((count, WIDTH), np.float32)
    flat: list[int] = []
    offsets = [0]
    for number, example in enumerate(examples):
        flat += [rows[f] for f in example.features if f in rows]
        offsets.append(len(flat))
        for place, found in enumerate(example.votes):
            dense[number, place, list(found)] = 1
        mask[number, : len(example.votes)] = True
        dense[number, :, -3:] = priors[example.char].T
        target[number, : len(example.target)] = example.target
    source = np.array([e.source for e in examples], np.int32)
    char = np.array([chars[e.char] for e in examples], np.int32)
    return Arrays(np.array(flat, np.int32), np.array(offsets, np.int64), dense, mask, target, source, char)


def train(
    data: Arrays, shares: Sequence[float], features: int, chars: int, *, epochs: int = 4, seeds: int = 3
) -> Weights:
    """Learns several times in other orders and gives the mean, which is a little better than each."""
    weight = np.array(shares, np.float32)[data.source]
    found = [
        _learn(*data, weight, np.array(START, np.float32), features, chars, epochs, seed)
        for seed in range(seeds)
    ]
    return Weights(*(sum(parts) / seeds for parts in zip(*found, strict=True)))


@numba.njit(fastmath=True)  # type: ignore[untyped-decorator]
def _learn(  # noqa: C901
    flat, offsets, dense, mask, target, source, char, weight, start, features, chars, epochs, seed
):  # type: ignore[no-untyped-def]
    """Dropout .3 on features; the rate falls from .1 to 0."""
    np.random.seed(seed)
    kinds = dense.shape[2]
    w, aw = np.zeros((features, 8), np.float32), np.full((features, 8), 0.1, np.float32)
    v, av = np.zeros((6, kinds), np.float32), np.full((6, kinds), 1.0, np.float32)
    v[5] = start
    b, ab = np.zeros((5, chars, 8), np.float32), np.full((5, chars, 8), 0.1, np.float32)
    order, s, kept = np.arange(len(target)), np.zeros(8, np.float32), np.zeros(200, np.int32)
    step, steps = 0, epochs * len(target)
    for _ in range(epochs):
        np.random.shuffle(order)
        for q in order:
            rate, step = 0.1 * (1 - step / steps), step + 1
            src, ch, count = source[q], char[q], 0
            for j in range(offsets[q], offsets[q + 1]):
                if np.random.random() > 0.3:
                    kept[count] = flat[j]
                    count += 1
            own = np.random.random() < 0.7
            top = -1e9
            for p in range(8):
                if mask[q, p]:
                    total = 0.0
                    for j in range(count):
                        total += w[kept[j], p]
                    total /= 0.7
                    for u in range(kinds):
                        total += dense[q, p, u] * (v[5, u] + (v[src, u] if own else 0))
                    s[p] = total + (b[src, ch, p] if own else 0)
                    top = max(top, s[p])
            whole = 0.0
            for p in range(8):
                if mask[q, p]:
                    s[p] = math.exp(s[p] - top)
                    whole += s[p]
            for p in range(8):
                g = weight[q] * (s[p] / whole - target[q, p]) if mask[q, p] else 0.0
                if abs(g) < 1e-4:
                    continue
                for j in range(count):
                    aw[kept[j], p] += g * g
                    w[kept[j], p] -= rate * g / math.sqrt(aw[kept[j], p])
                for u in range(kinds):
                    step_of = g * dense[q, p, u]
                    if step_of != 0:
                        av[5, u] += step_of * step_of
                        v[5, u] -= rate * step_of / math.sqrt(av[5, u])
                        if own:
                            av[src, u] += step_of * step_of
                            v[src, u] -= rate * step_of / math.sqrt(av[src, u])
                if own:
                    ab[src, ch, p] += g * g
                    b[src, ch, p] -= rate * g / math.sqrt(ab[src, ch, p])
    return w, v, b


def neutral(weights: Weights) -> tuple[Any, Any]:
    """Dense weights and biases for text of no known source: half of each labelled corpus."""
    dense = weights.dense[SHARED] + (weights.dense[0] + weights.dense[1]) / 2
    return dense, (weights.bias[0] + weights.bias[1]) / 2


def scores(data: Arrays, weights: Weights) -> Any:
    """Scores of all candidates, −10⁴ where there is none."""
    dense, bias = neutral(weights)
    sums = np.zeros((len(data.target), WIDTH), np.float32)
    np.add.at(sums, np.repeat(np.arange(len(sums)), np.diff(data.offsets)), weights.sparse[data.flat])
    return np.where(data.mask, sums + data.dense @ dense + bias[data.char], -1e4)
