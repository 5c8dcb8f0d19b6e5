"""FSRS parameters fitted to a learner's own answers; the only module that knows fsrs-rs.

Whether a fit is any good is asked of answers it has not seen: it is made from the earlier answers and has to
foretell the later ones better than the parameters in use. Only then are parameters made from all answers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from learnfeed.core.days import DayRule
from learnfeed.core.review import CardState, ReviewLog

if TYPE_CHECKING:
    import fsrs_rs_python as rs

LEAST_REVIEWS = 400
"""Answers a fit needs: as many as Anki asked for from release 24.04 on before it offered to optimize."""
HELD_OUT = 0.2
"""Share of the answers, the latest ones, that a fit is judged by."""
_DECIMALS = 4
Answers = list[tuple[int, int]]
"""A card's answers: rating, and days since the one before."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What fitting found.

    Attributes:
        reviews: Answers that can be learned from: to cards seen on an earlier day, with their whole history.
        held_out: How many of the latest of them judged the fit.
        loss_before: Mean log loss of the parameters in use on those; 0 is perfect, 0.69 a coin.
        loss_after: The same of the fitted ones.
        parameters: 21 weights of FSRS-6, from all answers; empty when the fit is no better.
    """

    reviews: int
    held_out: int = 0
    loss_before: float = 0.0
    loss_after: float = 0.0
    parameters: tuple[float, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether there were answers enough to try."""
        return self.reviews >= LEAST_REVIEWS

    @property
    def better(self) -> bool:
        """Whether the fit foretells better than the parameters in use."""
        return bool(self.parameters)


def is_installed() -> bool:
    """Whether the optimizer is there; it comes with ``learnfeed[fit]``."""
    from importlib.util import find_spec

    return find_spec("fsrs_rs_python") is not None


def fit(
    histories: Iterable[Sequence[ReviewLog]],
    days: DayRule,
    current: tuple[float, ...] = (),
    relearning_steps: int = 1,
) -> Fit:
    """Fits parameters and judges them.

    Args:
        histories: The answers to each card, oldest first.
        days: Where days begin.
        current: Parameters in use; FSRS-6's defaults when empty.
        relearning_steps: How many there are.

    Raises:
        ImportError: The optimizer is not installed.
    """
    import fsrs_rs_python as rs

    kept = list(histories)
    places = _places(kept, days)
    if len(places) < LEAST_REVIEWS:
        return Fit(len(places))
    items = [_answers(kept[card][: end + 1], days) for _, card, end in places]
    cut = len(items) - round(len(items) * HELD_OUT)
    base = rs.FSRS(list(rs.DEFAULT_PARAMETERS))

    def fitted(part: list[Answers]) -> tuple[float, ...]:
        weights = base.compute_parameters(
            [_item(answers) for answers in part], num_relearning_steps=relearning_steps
        )
        # Single precision leaves 0.8 a little over its bound, which py-fsrs refuses.
        return tuple(round(weight, _DECIMALS) for weight in weights)

    before = log_loss(items[cut:], current or tuple(rs.DEFAULT_PARAMETERS))
    after = log_loss(items[cut:], fitted(items[:cut]))
    return Fit(len(items), len(items) - cut, before, after, fitted(items) if after < before else ())


def log_loss(items: Sequence[Answers], weights: Sequence[float]) -> float:
    """Mean log loss of what parameters foretell of the last answer of each history.

    Worked out here: the optimizer's own figure weighs late answers more, and can't be compared with others'.
    """
    import fsrs_rs_python as rs

    states = rs.FSRS(list(weights)).memory_state_batch([_item(answers[:-1]) for answers in items])
    decay = -weights[20]
    factor = 0.9 ** (1 / decay) - 1  # the curve falls to 0.9 after as many days as the stability says
    total = 0.0
    for answers, state in zip(items, states, strict=True):
        rating, wait = answers[-1]
        sure = min(max((1 + factor * wait / state.stability) ** decay, 1e-6), 1 - 1e-6)
        total -= math.log(sure if rating > 1 else 1 - sure)
    return total / len(items)


def _places(histories: Iterable[Sequence[ReviewLog]], days: DayRule) -> list[tuple[int, int, int]]:
    """Time, card and place of every answer that tells something, in order of time.

    The first answer and those of the same day tell nothing of forgetting; a card that came from elsewhere
    without its beginning tells nothing of how it was learned.
    """
    return sorted(
        (log.at, card, place)
        for card, logs in enumerate(histories)
        if logs and logs[0].state is CardState.NEW
        for place, log in enumerate(logs)
        if place and days.between(logs[place - 1].at, log.at) > 0
    )


def _answers(logs: Sequence[ReviewLog], days: DayRule) -> Answers:
    waits = [0, *(days.between(a.at, b.at) for a, b in pairwise(logs))]
    return [(int(log.rating), wait) for log, wait in zip(logs, waits, strict=True)]


def _item(answers: Answers) -> rs.FSRSItem:
    import fsrs_rs_python as rs

    return rs.FSRSItem([rs.FSRSReview(rating, wait) for rating, wait in answers])
