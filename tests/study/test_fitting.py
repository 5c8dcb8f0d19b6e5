"""Fitting FSRS: a learner made with known parameters is foretold better by the fit than by the defaults."""

from __future__ import annotations

import math
import random

import pytest

from learnfeed.core.days import DAY_MS, DayRule
from learnfeed.core.review import CardState, Rating, ReviewLog, Schedule
from learnfeed.study.fitting import HELD_OUT, LEAST_REVIEWS, Fit, fit
from learnfeed.study.scheduler import Plan, answer, retrievability

pytest.importorskip("fsrs_rs_python")

DAYS = DayRule(rollover=4)
START = 1_760_000_000_000
QUICK_TO_FORGET = (
    0.05, 0.1, 0.3, 1.0, 6.4133, 0.8334, 3.0194, 0.001, 0.9, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014,
    1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip


def learner(
    cards: int, parameters: tuple[float, ...], reviews: int = 8, seed: int = 1
) -> list[list[ReviewLog]]:
    """Answers of someone whose memory follows these parameters, under the schedule of the defaults."""
    chance = random.Random(seed)
    truth = Plan(DAYS, parameters=parameters, learning_steps=())
    usual = Plan(DAYS, learning_steps=(), relearning_steps=())
    histories = []
    for card in range(cards):
        at = START + card * DAY_MS // 4 + card
        memory, shown, logs = Schedule(), Schedule(), []
        for _ in range(reviews):
            sure = retrievability(truth, memory, at) if memory.memory else 0.7
            rating = Rating.GOOD if chance.random() < sure else Rating.AGAIN
            memory, _ = answer(truth, memory, rating, at)
            shown, log = answer(usual, shown, rating, at)
            logs.append(log)
            at += max(1, shown.interval) * DAY_MS
        histories.append(logs)
    return histories


@pytest.fixture(scope="module")
def forgetful() -> list[list[ReviewLog]]:
    return learner(160, QUICK_TO_FORGET, seed=2)


def test_a_learner_who_forgets_quickly_is_foretold_better_than_by_the_defaults(forgetful):
    found = fit(forgetful, DAYS)
    assert found.enough
    assert found.held_out == round(found.reviews * HELD_OUT)
    assert found.better
    assert found.loss_after < found.loss_before - 0.02
    assert len(found.parameters) == 21
    # They can be scheduled with, and a new word comes back sooner than by the defaults.
    own = answer(Plan(DAYS, learning_steps=(), parameters=found.parameters), Schedule(), Rating.GOOD, START)[
        0
    ]
    usual = answer(Plan(DAYS, learning_steps=()), Schedule(), Rating.GOOD, START)[0]
    assert own.memory.stability < usual.memory.stability


def test_the_loss_is_that_of_our_own_scheduler_on_answers_the_fit_has_not_seen(forgetful):
    histories = forgetful
    found = fit(histories, DAYS)
    plan, losses = Plan(DAYS, learning_steps=()), []
    for logs in histories:
        schedule = Schedule()
        for log in logs:
            if schedule.memory and DAYS.between(schedule.last_review, log.at):
                sure = retrievability(plan, schedule, log.at)
                losses.append((log.at, -math.log(sure if log.rating > 1 else 1 - sure)))
            schedule, _ = answer(plan, schedule, log.rating, log.at)
    latest = [loss for _, loss in sorted(losses)[-found.held_out :]]
    assert found.loss_before == pytest.approx(sum(latest) / len(latest), rel=0.001)


def test_too_few_answers_are_not_fitted():
    histories = learner(10, QUICK_TO_FORGET)
    found = fit(histories, DAYS)
    assert found == Fit(found.reviews)
    assert 0 < found.reviews < LEAST_REVIEWS
    assert not found.enough
    assert not found.better


def test_parameters_that_are_in_use_must_be_beaten(forgetful):
    found = fit(forgetful, DAYS, QUICK_TO_FORGET)
    usual = fit(forgetful, DAYS)
    assert (
        found.loss_before <= usual.loss_after < usual.loss_before
    )  # nothing foretells better than the truth
    assert found.better == (found.loss_after < found.loss_before)


def test_answers_that_tell_nothing_of_forgetting_are_left_out():
    day = [
        ReviewLog(START + i * 60_000, Rating.GOOD, state=CardState.NEW if not i else CardState.LEARNING)
        for i in range(3)
    ]
    from_elsewhere = [ReviewLog(START + i * DAY_MS, Rating.GOOD, state=CardState.REVIEW) for i in range(5)]
    later = [*day, ReviewLog(START + 5 * DAY_MS, Rating.AGAIN, state=CardState.REVIEW)]
    assert fit([day, from_elsewhere], DAYS).reviews == 0
    assert fit([day, from_elsewhere, later, []], DAYS).reviews == 1
