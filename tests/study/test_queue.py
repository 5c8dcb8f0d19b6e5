"""What comes next: steps first, new cards evenly among the reviews, never past the day's limits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from learnfeed.study.queue import Day, Load, first_free, pick, siblings, within


@dataclass(frozen=True)
class Card:
    id: int


STEP, REVIEW, NEW, AHEAD = (Card(i) for i in range(4))
counts = st.integers(0, 40)


def test_a_step_that_is_due_comes_before_all() -> None:
    load = Load(5, 1, 5)
    assert pick(Day(20, 200), load, step=STEP, review=REVIEW, new=NEW, ahead=AHEAD) is STEP


def test_a_step_comes_early_only_when_nothing_else_waits() -> None:
    day = Day(20, 200)
    assert pick(day, Load(1, 1, 0), step=None, review=None, new=NEW, ahead=AHEAD) is NEW
    assert pick(day, Load(0, 1, 0), step=None, review=None, new=NEW, ahead=AHEAD) is AHEAD
    assert pick(day, Load(), step=None, review=None, new=None, ahead=None) is None


def test_what_the_day_no_longer_holds_is_not_shown() -> None:
    spent = Day(20, 200, new_done=20, reviews_done=200)
    load = within(spent, new=7, learning=3, due=9)
    assert load == Load(0, 3, 0)
    assert load.total == 3
    assert pick(spent, load, step=None, review=REVIEW, new=NEW, ahead=None) is None
    assert within(Day(20, 200, 25), new=7, learning=0, due=0).new == 0


@given(counts, counts)
def test_new_cards_are_mixed_evenly_among_the_reviews(new: int, due: int) -> None:
    day, load = Day(100, 100), Load(new, 0, due)
    order = []
    while (card := pick(day, load, step=None, review=REVIEW, new=NEW, ahead=None)) is not None:
        order.append(card)
        if card is NEW:
            day, load = replace(day, new_done=day.new_done + 1), replace(load, new=load.new - 1)
        else:
            day, load = replace(day, reviews_done=day.reviews_done + 1), replace(load, due=load.due - 1)
    assert order.count(NEW) == new
    assert order.count(REVIEW) == due
    for at in range(len(order)):
        expected = at * new / max(1, new + due)
        assert abs(order[:at].count(NEW) - expected) <= 1.0001


def test_siblings_of_todays_answers_rest_until_tomorrow() -> None:
    buried = siblings([(1, "雪")], [(1, "雪"), (2, "雪"), (3, "茶")])
    assert buried == {2}
    assert first_free([Card(2), Card(3)], buried) == Card(3)
    assert first_free([Card(2)], buried) is None
