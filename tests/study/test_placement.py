"""The placement model: its error holds for learners of several kinds, and its answers move it as they should."""

from __future__ import annotations

import random
from math import exp, log2

import pytest

from learnfeed.study.placement import (
    LEAST_QUESTIONS,
    MOST_QUESTIONS,
    PSEUDO_EVERY,
    Placement,
    level_shares,
    levels_known,
)

SIZES = (300, 197, 491, 990, 1579, 1777, 5562)
TOTAL = sum(SIZES)


def by_curve(chance: random.Random) -> list[bool]:
    """Knows words by a curve over the logarithm of the rank: the model's own idea."""
    middle, slope = chance.uniform(4, 13.5), chance.uniform(0.8, 4)
    return [chance.random() < 1 / (1 + exp(slope * (log2(r) - middle))) for r in range(1, TOTAL + 1)]


def by_levels(chance: random.Random) -> list[bool]:
    """Went through courses: nearly all of some levels, part of the next, a little beyond."""
    at = chance.randrange(1, 8)
    shares = [
        0.97 if level < at else chance.uniform(0.3, 0.9) if level == at else 0.15 / 3 ** (level - at - 1)
        for level in range(1, 8)
    ]
    return [chance.random() < share for size, share in zip(SIZES, shares, strict=True) for _ in range(size)]


def by_list(chance: random.Random) -> list[bool]:
    """Learned a list by heart up to some word, and nothing else."""
    known = chance.choice((50, 150, 300, 1000, 2500, 5000, 10_000))
    return [rank <= known for rank in range(1, TOTAL + 1)]


def whole_test(known: list[bool], chance: random.Random, *, too_easy: float = 0.0) -> Placement:
    """A whole test; some words that are not known get a yes, and one known word of fifty a no."""
    test = Placement(len(known))
    while not test.done:
        rank = test.next_rank(chance)
        knows = bool(rank) and known[rank - 1] and chance.random() > 0.02
        test = test.answer(rank, yes=knows or chance.random() < too_easy)
    return test


def test_the_error_holds_for_at_least_nine_of_ten_learners_of_each_kind():
    for learner in (by_curve, by_levels, by_list):
        held = 0
        for number in range(12):
            chance = random.Random(f"{learner.__name__} {number}")
            known = learner(chance)
            estimate = whole_test(known, chance, too_easy=(0.0, 0.1, 0.25)[number % 3]).estimate
            held += abs(estimate.words - sum(known)) <= estimate.error
        # Each kind by itself: one that fails must not hide among those that don't.
        assert held >= 0.9 * 12, learner.__name__


@pytest.mark.parametrize(("rank", "error"), [(300, 0.6), (2500, 0.5)])
def test_an_honest_learner_is_told_within_a_bound_that_says_something(rank, error):
    estimate = whole_test([r <= rank for r in range(1, TOTAL + 1)], random.Random(1)).estimate
    assert estimate.error < error * rank
    assert abs(estimate.words - rank) <= estimate.error


@pytest.mark.parametrize("known", [0, TOTAL])
def test_who_knows_nothing_or_all_of_it_is_told_so(known):
    test = whole_test([rank <= known for rank in range(1, TOTAL + 1)], random.Random(2))
    assert abs(test.estimate.words - known) <= max(test.estimate.error, 100)
    assert levels_known(test, SIZES) == (7 if known else 0)


def test_a_test_has_a_bounded_number_of_different_words_some_of_which_do_not_exist():
    test = whole_test(by_levels(random.Random(3)), random.Random(3))
    ranks = [answer.rank for answer in test.answers if answer.rank]
    assert LEAST_QUESTIONS <= len(test.answers) <= MOST_QUESTIONS
    assert len(set(ranks)) == len(ranks)
    assert len(test.answers) // PSEUDO_EVERY <= test.false_alarms[1] <= len(test.answers) // PSEUDO_EVERY + 1


def test_yes_to_words_that_do_not_exist_lowers_the_estimate_and_too_many_void_it():
    honest = careless = Placement(TOTAL)
    for rank in (100, 300, 700, 1200, 2000):
        honest, careless = honest.answer(rank, yes=True), careless.answer(rank, yes=True)
    for _ in range(3):
        honest, careless = honest.answer(0, yes=False), careless.answer(0, yes=True)
    assert careless.estimate.words < honest.estimate.words
    assert careless.estimate.too_easy > honest.estimate.too_easy
    assert not whole_test([True] * TOTAL, random.Random(4), too_easy=1.0).trusted
    assert whole_test([True] * TOTAL, random.Random(4)).trusted


def test_yes_raises_and_no_lowers_the_estimate():
    test = Placement(TOTAL).answer(500, yes=True)
    assert test.answer(1500, yes=True).estimate.words > test.estimate.words
    assert test.answer(1500, yes=False).estimate.words < test.estimate.words


def test_answers_alone_give_the_same_as_answering():
    test = whole_test(by_list(random.Random(6)), random.Random(6))
    again = Placement(test.total, test.answers)
    assert again.estimate == test.estimate
    assert again == test


def test_shares_fall_from_level_to_level_and_add_up_to_the_estimate():
    test = whole_test(by_levels(random.Random(7)), random.Random(7))
    shares = level_shares(test, SIZES)
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)
    summed = sum(share * size for share, size in zip(shares, SIZES, strict=True))
    assert summed == pytest.approx(test.estimate.words, rel=0.1)


def test_a_short_list_runs_out_gracefully():
    test = Placement(5)
    for _ in range(LEAST_QUESTIONS):
        test = test.answer(test.next_rank(random.Random(1)), yes=True)
    assert {answer.rank for answer in test.answers} == {0, 1, 2, 3, 4, 5}
    assert test.estimate.words <= 5


@pytest.mark.parametrize("known", [20, 50, 100])
def test_a_beginner_s_few_words_are_not_lost_among_thousands(known):
    estimate = whole_test([rank <= known for rank in range(1, TOTAL + 1)], random.Random(known)).estimate
    assert abs(estimate.words - known) <= estimate.error
    assert estimate.error < known
