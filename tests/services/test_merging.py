"""Where a card stands once two programs have asked it: rules that hold for any two histories."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.anki.history import CardHistory
from learnfeed.core.review import CardState, MemoryState, Rating, ReviewLog, Schedule, Template
from learnfeed.core.word import WordStatus
from learnfeed.services.merging import KNOWN_DAYS, merged, status_after
from learnfeed.study.scheduler import Plan, answer, replay

HOUR = 3_600_000
NOW = 1_768_563_065_000
PLAN = Plan()

_TIMES = st.lists(st.integers(0, 24 * 60), max_size=8, unique=True)
_RATINGS = st.lists(st.sampled_from(Rating), min_size=16, max_size=16)


def asked(hours: list[int], ratings: list[Rating]) -> tuple[Schedule, list[ReviewLog]]:
    """A card as one program alone schedules it."""
    schedule, logs = Schedule(), []
    for hour, rating in zip(sorted(hours), ratings, strict=False):
        schedule, log = answer(PLAN, schedule, rating, NOW + hour * HOUR)
        logs.append(log)
    return schedule, logs


def union(*logs: list[ReviewLog]) -> list[ReviewLog]:
    return sorted({log.at: log for one in reversed(logs) for log in one}.values(), key=lambda log: log.at)


def in_anki(schedule: Schedule, logs: list[ReviewLog], **more: object) -> CardHistory:
    return replace(
        CardHistory("guid", Template.RECOGNITION, schedule, False, tuple(logs)),
        **more,  # type: ignore[arg-type]
    )


@given(_TIMES, _TIMES, _RATINGS, _RATINGS)
def test_whoever_asked_last_says_where_a_card_stands_and_merging_again_changes_nothing(
    here: list[int], there: list[int], first: list[Rating], second: list[Rating]
) -> None:
    before, ours = asked(here, first)
    state, logs = asked(there, second)
    theirs, log = in_anki(state, logs), union(ours, logs)
    after = merged(PLAN, before, ours, log, theirs)
    assert after.last_review == (log[-1].at if log else None)
    if logs and (not ours or logs[-1].at >= ours[-1].at):
        assert (after.state, after.interval, after.memory) == (state.state, state.interval, state.memory)
    else:
        assert after == (replay(PLAN, log) if len(log) > len(ours) else before)
    assert merged(PLAN, after, log, log, theirs) == after


@given(_TIMES, _RATINGS)
def test_the_same_history_on_both_sides_changes_nothing(hours: list[int], ratings: list[Rating]) -> None:
    schedule, logs = asked(hours, ratings)
    memory = schedule.memory and MemoryState(
        round(schedule.memory.stability, 4), round(schedule.memory.difficulty, 3)
    )
    rounded = replace(schedule, memory=memory, due=schedule.due // 1000 * 1000)
    assert merged(PLAN, schedule, logs, logs, in_anki(rounded, logs)) == schedule


@pytest.mark.parametrize(
    "change",
    [
        {"state": CardState.RELEARNING},
        {"interval": 99},
        {"due": NOW + 900 * HOUR},
        {"memory": MemoryState(40.0, 5.0)},
    ],
)
def test_what_was_set_by_hand_in_anki_counts(change: dict[str, object]) -> None:
    schedule, logs = asked([0, 1, 90], [Rating.GOOD] * 3)
    theirs = replace(schedule, **change)  # type: ignore[arg-type]
    assert merged(PLAN, schedule, logs, logs, in_anki(theirs, logs)) == theirs


def test_a_memory_state_from_anki_fills_a_card_without_one() -> None:
    schedule, logs = asked([0, 1], [Rating.GOOD] * 2)
    bare = replace(schedule, memory=None)
    assert merged(PLAN, bare, logs, logs, in_anki(schedule, logs)) == schedule


def test_a_reset_ends_what_came_before_it() -> None:
    _, logs = asked([0, 1, 90, 200], [Rating.GOOD] * 4)
    new = Schedule(due=5)
    after = merged(PLAN, replay(PLAN, logs), logs, logs, in_anki(new, logs, reset_at=logs[-1].at + 1))
    assert after == new
    reset = in_anki(new, logs[:2], reset_at=logs[2].at + 1)
    assert merged(PLAN, replay(PLAN, logs[2:]), logs[2:], logs, reset) == replay(PLAN, logs[3:])


def stands(interval: int, lapses: int = 0, state: CardState = CardState.REVIEW) -> Schedule:
    return Schedule(state, NOW, interval, lapses=lapses)


@pytest.mark.parametrize("status", WordStatus)
@pytest.mark.parametrize(
    ("moves", "wanted"),
    [
        ([], None),
        ([(stands(0), Schedule())], None),
        ([(Schedule(), stands(5))], "started"),
        ([(stands(5), stands(6))], "started"),
        ([(stands(9, 1), stands(1, 2))], WordStatus.LEARNING),
        ([(stands(30), stands(KNOWN_DAYS))], WordStatus.KNOWN),
        ([(stands(9), stands(1, 1)), (stands(9), stands(KNOWN_DAYS))], WordStatus.KNOWN),
        ([(stands(9), stands(KNOWN_DAYS, 1, CardState.RELEARNING))], WordStatus.LEARNING),
    ],
)
def test_a_word_follows_its_cards_unless_it_is_to_be_ignored(status, moves, wanted) -> None:
    if wanted == "started":
        wanted = WordStatus.LEARNING if status is WordStatus.NEW else status
    expected = status if status is WordStatus.IGNORED or wanted is None else wanted
    assert status_after(status, moves) is expected
