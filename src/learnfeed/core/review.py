"""Reviews: ratings, what memory holds, and the log that never loses a line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Rating(IntEnum):
    """How well a card was remembered; Anki's numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class CardState(StrEnum):
    """Where a card stands in its schedule."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


class Template(StrEnum):
    """What a card asks. The order is the template's number in Anki and never changes."""

    RECOGNITION = "recognition"
    RECALL = "recall"
    LISTENING = "listening"
    TYPING = "typing"
    CLOZE = "cloze"
    TONES = "tones"

    @property
    def number(self) -> int:
        """The template's ``ord`` in the Anki note type."""
        return list(Template).index(self)


@dataclass(frozen=True, slots=True)
class MemoryState:
    """What FSRS keeps of a card.

    Attributes:
        stability: Days until recall falls to 90 %.
        difficulty: 1–10.
    """

    stability: float
    difficulty: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """A card's whole schedule, derived from its reviews.

    Attributes:
        state: Where it stands.
        due: Unix milliseconds when it wants to be seen; for NEW cards its place in the queue.
        interval: Days between last review and due; 0 while learning.
        step: Index of the learning or relearning step it is on.
        reps: Reviews so far.
        lapses: Times it was forgotten after it had been learned.
        memory: None before the first review.
        last_review: Unix milliseconds; None before the first.
    """

    state: CardState = CardState.NEW
    due: int = 0
    interval: int = 0
    step: int = 0
    reps: int = 0
    lapses: int = 0
    memory: MemoryState | None = None
    last_review: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewLog:
    """One answer.

    Attributes:
        at: Unix milliseconds; unique within a library.
        rating: The answer.
        took: Milliseconds from question to answer, capped at 60,000.
        state: The card's state before the answer.
        interval: What it led to: days when positive, seconds when negative (Anki's convention).
        last_interval: The same before the answer.
        difficulty: FSRS difficulty after the answer, 1–10.
        source: ``app``, ``quiz`` or ``anki``.
    """

    at: int
    rating: Rating
    took: int = 0
    state: CardState = CardState.NEW
    interval: int = 0
    last_interval: int = 0
    difficulty: float = 0.0
    source: str = "app"
