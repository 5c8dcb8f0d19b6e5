"""Where a card stands once two programs have asked it: rules without a library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from learnfeed.core.days import DayRule
from learnfeed.core.review import CardState, ReviewLog, Schedule
from learnfeed.core.word import WordStatus
from learnfeed.services.reviewing import KNOWN_DAYS
from learnfeed.study import scheduler

if TYPE_CHECKING:
    from learnfeed.anki.history import CardHistory


_SECOND = 1000
_CLOSE = 0.01
"""Memory states nearer than this are the same, rounded."""

Move = tuple[Schedule, Schedule]
"""A card's schedule before and after."""


def merged(
    plan: scheduler.Plan,
    before: Schedule,
    ours: Sequence[ReviewLog],
    log: Sequence[ReviewLog],
    theirs: CardHistory,
) -> Schedule:
    """The schedule of a card after Anki's answers were added to its log.

    Anki's own state counts when nothing was answered here after Anki's last word on the card;
    otherwise the merged log is replayed, from the last time the card was made new again.

    Args:
        plan: How cards are scheduled.
        before: The card's schedule until now.
        ours: Its log until now, oldest first.
        log: Its log with Anki's answers.
        theirs: The card in Anki.
    """
    added = len(log) > len(ours)
    silent = theirs.schedule.state is CardState.NEW and not last_word(theirs)
    if not silent and last_word(theirs) >= max((review.at for review in ours), default=0):
        found = _completed(plan, before if not added else Schedule(), log, theirs)
        return before if not added and _same(plan.days, before, found) else found
    if added:
        return scheduler.replay(plan, (review for review in log if review.at > theirs.reset_at))
    return before


def last_word(theirs: CardHistory) -> int:
    """When a card was last answered or reset in Anki: Unix milliseconds, 0 for never."""
    answered = theirs.reviews[-1].at if theirs.reviews else theirs.schedule.last_review or 0
    return max(answered, theirs.reset_at)


def _completed(
    plan: scheduler.Plan, known: Schedule, log: Iterable[ReviewLog], theirs: CardHistory
) -> Schedule:
    """Anki's state of a card. Where it tells no memory state, the one known counts, else that of the log."""
    found = theirs.schedule
    if found.state is CardState.NEW:
        return found
    last = theirs.reviews[-1].at if theirs.reviews else found.last_review
    memory = found.memory or known.memory or scheduler.replay(plan, log).memory
    return replace(found, last_review=last, memory=memory)


def _same(days: DayRule, ours: Schedule, theirs: Schedule) -> bool:
    """Whether two schedules say the same but for rounding: Anki keeps days and seconds, and few decimals."""
    if ours.state is not theirs.state or ours.interval != theirs.interval:
        return False
    if ours.state is CardState.NEW:
        return True
    near = abs(ours.due - theirs.due) < _SECOND or days.day(ours.due) == days.day(theirs.due)
    if ours.memory is None or theirs.memory is None:
        return near and ours.memory is theirs.memory
    gap = abs(ours.memory.stability - theirs.memory.stability)
    return near and gap <= _CLOSE * max(ours.memory.stability, 0.1)


def status_after(status: WordStatus, moves: Iterable[Move]) -> WordStatus:
    """What a word's status becomes when its cards have moved.

    Known once one of them waits :data:`KNOWN_DAYS`; learning when it was new or one was forgotten.
    Words to be ignored stay so.
    """
    moved = list(moves)
    if status is WordStatus.IGNORED:
        return status
    if any(after.state is CardState.REVIEW and after.interval >= KNOWN_DAYS for _, after in moved):
        return WordStatus.KNOWN
    lapsed = any(after.lapses > before.lapses for before, after in moved)
    started = any(after.state is not CardState.NEW for _, after in moved)
    return WordStatus.LEARNING if lapsed or (started and status is WordStatus.NEW) else status
