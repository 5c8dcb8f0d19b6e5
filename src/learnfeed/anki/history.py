"""What was reviewed in Anki: answers and schedules of our word cards, by guid and template.

Merging is the caller's: the same answer has the same guid, template and millisecond wherever it is
read from, so that reading twice adds nothing.
"""

from __future__ import annotations

import html
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from learnfeed.anki.collection import open_collection
from learnfeed.anki.notetype import WORD, note_type
from learnfeed.core.review import CardState, MemoryState, Rating, ReviewLog, Schedule, Template

_DAY = 86_400
_NOON = 8 * 3600
"""Seconds from the rollover at four to noon: the middle of a day, whatever daylight saving does."""
SECONDS_FROM = 1_000_000_000
"""A due above this is Unix seconds, below it a day number; Anki tells them apart in the same way."""

_LEARN, _REVIEW, _RELEARN, _FILTERED, _MANUAL = range(5)
_STATES = {
    _LEARN: CardState.LEARNING,
    _REVIEW: CardState.REVIEW,
    _RELEARN: CardState.RELEARNING,
    _FILTERED: CardState.REVIEW,
}
_TEMPLATES = tuple(Template)

_LATEST = 10**13
"""Milliseconds in 2286; an answer after that is none."""
_MOST_DAYS = 200_000
_MOST = 10**9
_MOST_HANZI = 120
"""Characters of a note's second field that are looked at."""


def _whole(column: str) -> str:
    """A column as a whole number, whatever a damaged file holds there."""
    return f"CAST(COALESCE({column}, 0) AS INTEGER)"


def _columns(alias: str, names: str) -> str:
    return ", ".join(_whole(f"{alias}.{name}") for name in names.split())


# Filtered decks keep a card's own due in odue.
_CARDS = f"""
SELECT CAST(n.guid AS TEXT), c.id, {_columns("c", "ord type queue")},
  CASE WHEN {_whole("c.odid")} != 0 AND {_whole("c.odue")} != 0 THEN {_whole("c.odue")} ELSE {_whole("c.due")} END,
  {_columns("c", "ivl reps lapses left")}, CAST(c.data AS TEXT), {_whole("c.mod")},
  substr(CAST(n.flds AS TEXT), instr(CAST(n.flds AS TEXT), char(31)) + 1, {_MOST_HANZI})
FROM cards c JOIN notes n ON n.id = c.nid
WHERE n.mid = ? AND n.guid IS NOT NULL AND c.ord BETWEEN 0 AND ? ORDER BY c.id
"""  # noqa: S608
_ANSWERS = f"""
SELECT r.cid, {_columns("r", "id ease ivl lastIvl factor time type")}
FROM revlog r JOIN cards c ON c.id = r.cid JOIN notes n ON n.id = c.nid
WHERE n.mid = ? AND r.id BETWEEN 1 AND {_LATEST} ORDER BY r.cid, r.id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class CardHistory:
    """A word card of ours as it stands in Anki.

    Attributes:
        guid: Of its note.
        template: What it asks.
        schedule: Where it stands. Its due is at noon for whole days.
        suspended: Whether it is set aside.
        reviews: Its answers, oldest first, without those that did not count.
        hanzi: Its note's second field without markup: the word, where no one has edited it.
        changed: Unix seconds when the card last changed in Anki.
        reset_at: Unix milliseconds when it was last made new again in Anki ("Reset"); answers up to
            then say nothing of its memory. 0 for never.
    """

    guid: str
    template: Template
    schedule: Schedule
    suspended: bool
    reviews: tuple[ReviewLog, ...]
    reset_at: int = 0
    hanzi: str = ""
    changed: int = 0


def read_histories(path: Path) -> Iterator[CardHistory]:
    """Every word card of ours in a package or collection, in the order they were made.

    Raises:
        SourceError: The file can't be read, see :func:`learnfeed.anki.collection.open_collection`.
    """
    with open_collection(path) as connection:
        (created,) = connection.execute("SELECT CAST(crt AS INTEGER) FROM col").fetchone()
        kind = note_type(WORD)
        answers = _Answers(connection.execute(_ANSWERS, (kind.id,)))
        for row in connection.execute(_CARDS, (kind.id, len(kind.templates) - 1)):
            yield card_history(row, answers.of(row[1]), created)


class _Answers:
    """Walks through the review log beside the cards; both are in the order of card ids."""

    def __init__(self, rows: Iterator[tuple[int, ...]]) -> None:
        self._groups = groupby(rows, key=lambda row: row[0])
        self._ahead: tuple[int, list[tuple[int, ...]]] | None = None

    def of(self, card: int) -> list[tuple[int, ...]]:
        """The log of a card; cards must be asked for in order."""
        while self._ahead is None or self._ahead[0] < card:
            found = next(self._groups, None)
            if found is None:
                return []
            self._ahead = found[0], [row[1:] for row in found[1]]
        return self._ahead[1] if self._ahead[0] == card else []


def card_history(row: Sequence[Any], log: Sequence[Sequence[int]], created: int) -> CardHistory:
    """A card from its columns in Anki.

    Args:
        row: Guid, card id, ``ord``, ``type``, ``queue``, ``due``, ``ivl``, ``reps``, ``lapses``, ``left``,
            ``data``, ``mod``, and the note's fields from the second one on.
        log: Its lines of the review log, oldest first: ``id``, ``ease``, ``ivl``, ``lastIvl``, ``factor``,
            ``time``, ``type``.
        created: Unix seconds at which Anki's first day begins.
    """
    guid, _, at, *standing, data, changed, rest = row
    reviews = tuple(_reviews(log))
    return CardHistory(
        guid=guid,
        template=_TEMPLATES[at],
        schedule=_schedule(standing, data, created, reviews[-1].at if reviews else None),
        suspended=standing[1] == -1,
        reviews=reviews,
        reset_at=max((line[0] for line in log if line[6] == _MANUAL and line[4] == 0), default=0),
        hanzi=html.unescape(str(rest).partition("\x1f")[0]),
        changed=_within(changed, 0, _LATEST // 1000),
    )


def _reviews(log: Sequence[Sequence[int]]) -> Iterator[ReviewLog]:
    """The answers that counted: not a change by hand, not a preview in a filtered deck."""
    first = True
    for at, ease, interval, last_interval, factor, took, kind in log:
        if not 1 <= ease <= 4 or kind not in _STATES or (kind == _FILTERED and factor == 0):
            continue
        state = CardState.NEW if first and kind == _LEARN else _STATES[kind]
        yield ReviewLog(
            at=at,
            rating=Rating(ease),
            took=_within(took, 0, 60_000),
            state=state,
            interval=_within(interval, -_MOST, _MOST_DAYS),
            last_interval=_within(last_interval, -_MOST, _MOST_DAYS),
            difficulty=_difficulty(factor),
            source="anki",
        )
        first = False


def _difficulty(factor: int) -> float:
    """FSRS difficulty from a review log's factor; 0 when it is an ease of the older scheduler."""
    return (factor / 1000 - 0.1) * 9 + 1 if 100 <= factor <= 1100 else 0.0


def _schedule(standing: Sequence[int], data: str | None, created: int, answered: int | None) -> Schedule:
    kind, _, due, interval, reps, lapses, left = standing
    state = {1: CardState.LEARNING, 2: CardState.REVIEW, 3: CardState.RELEARNING}.get(kind)
    if state is None:
        return Schedule(due=_within(due, 0, _MOST))
    memory, last_review = _memory(data)
    schedule = Schedule(
        state=state,
        due=_due(due, created),
        interval=_within(interval, 0, _MOST_DAYS) if state is CardState.REVIEW else 0,
        reps=_within(reps, 0, _MOST),
        lapses=_within(lapses, 0, _MOST),
        memory=memory,
        last_review=last_review or answered,
    )
    steps = {CardState.LEARNING: 2, CardState.RELEARNING: 1}.get(state, 0)
    return replace(schedule, step=max(0, steps - left % 1000)) if steps else schedule


def _due(due: int, created: int) -> int:
    """Unix milliseconds of a due that is a time or a day number."""
    if due > SECONDS_FROM:
        return min(due * 1000, _LATEST)
    return (created + _within(due, -_MOST_DAYS, _MOST_DAYS) * _DAY + _NOON) * 1000


def _within(number: int, low: int, high: int) -> int:
    return max(low, min(number, high))


def _memory(data: str | None) -> tuple[MemoryState | None, int | None]:
    """Memory state and last review (Unix milliseconds) from a card's ``data``."""
    try:
        found = json.loads(data) if data else {}
        stability, difficulty = float(found.get("s", 0)), float(found.get("d", 0))
        last = _within(int(found.get("lrt", 0)) * 1000, 0, _LATEST)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None, None  # what an add-on left there is none of ours
    sound = math.isfinite(stability) and stability > 0 and 1 <= difficulty <= 10
    return MemoryState(stability, difficulty) if sound else None, last or None
