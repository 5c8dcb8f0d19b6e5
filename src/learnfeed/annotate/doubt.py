"""Which pairs of sentences are believed: text that only stands beside text in another language is left alone.

A comment that answers, a caption that says something else, a summary: all stand where a translation would.
What tells them apart is how much they have in common, and whether the rest of the post is translated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from learnfeed.annotate.align import Pairing

LEAST_LIKELY = 0.45
"""A pair less likely (0–1) is left alone."""
_MOST_SURE = 0.98
_LISTED = 0.9

_BIAS = -4.26
_SHARED = 11.6
_SHARED_LOW = 1.9
_LOW = 0.3
_ASKS = -1.4
_SUPPORT = 0.77
_SAME_LINE = 2.5
_NEXT_LINE = 0.4
_LEFT = -0.9
"""Weights of a logistic model, fitted on the development posts, on posts of our own with marked pairs, and on
posts made of real sentences with every third translation taken out."""
_MOST_SUPPORT = 3.0


def likelihoods(pairings: Sequence[Pairing], listed: Sequence[bool], sentences: int) -> list[float]:
    """How likely (0–1) each pair of a post is right.

    Args:
        pairings: All pairs of the post.
        listed: Which of them are lines of a word list.
        sentences: How many sentences it has in both languages.
    """
    support = [_support(pairing) for pairing in pairings]
    total = sum(support)
    left = max(0.0, 1 - 2 * len(pairings) / sentences) if sentences else 0.0
    return [
        _LISTED if is_listed else _likelihood(pairing, min(_MOST_SUPPORT, total - own), left)
        for pairing, own, is_listed in zip(pairings, support, listed, strict=True)
    ]


def _support(pairing: Pairing) -> float:
    """How much (0–1) a pair says that the post is a translated one."""
    return min(1.0, max(0.0, (pairing.shared - 0.15) / 0.3))


def _likelihood(pairing: Pairing, support: float, left: float) -> float:
    value = _BIAS + _SHARED * pairing.shared + _SHARED_LOW * min(pairing.shared, _LOW)
    value += _SUPPORT * support + _LEFT * left
    value += _ASKS if pairing.asks else 0.0
    value += {0: _SAME_LINE, 1: _NEXT_LINE}.get(-1 if pairing.breaks is None else pairing.breaks, 0.0)
    return min(_MOST_SURE, 1 / (1 + math.exp(-value)))
