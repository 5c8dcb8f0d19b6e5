"""What comes next: steps that are due, then reviews and new cards mixed, then steps a little early."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

LEARN_AHEAD_MS = 20 * 60 * 1000
"""When nothing else waits, a step is shown so long before its time (Anki's "Learn ahead limit")."""


class Waiting(Protocol):
    """A card that waits, as far as the order needs to know it."""

    @property
    def id(self) -> int:
        """Its id."""


W = TypeVar("W", bound=Waiting)


@dataclass(frozen=True, slots=True)
class Day:
    """What was done today, and how much a day may hold.

    Attributes:
        new_limit: New cards a day.
        review_limit: Reviews a day.
        new_done: New cards seen today.
        reviews_done: Reviews answered today; learning steps do not count.
    """

    new_limit: int
    review_limit: int
    new_done: int = 0
    reviews_done: int = 0

    @property
    def new_left(self) -> int:
        """New cards that today still holds."""
        return max(0, self.new_limit - self.new_done)

    @property
    def reviews_left(self) -> int:
        """Reviews that today still holds."""
        return max(0, self.review_limit - self.reviews_done)


@dataclass(frozen=True, slots=True)
class Load:
    """How many cards wait today, within the day's limits.

    Attributes:
        new: Never seen.
        learning: On a step.
        due: Reviews.
    """

    new: int = 0
    learning: int = 0
    due: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.learning + self.due


def within(day: Day, *, new: int, learning: int, due: int) -> Load:
    """What waits, cut to what the day may still hold."""
    return Load(min(new, day.new_left), learning, min(due, day.reviews_left))


def first_free(cards: Iterable[W], buried: frozenset[int]) -> W | None:
    """The first card that is not set aside because a sibling was answered today."""
    return next((card for card in cards if card.id not in buried), None)


def pick(
    day: Day,
    load: Load,
    *,
    step: W | None,
    review: W | None,
    new: W | None,
    ahead: W | None,
) -> W | None:
    """The card to show next.

    Args:
        day: What was done today.
        load: What waits, for mixing new cards evenly among the reviews.
        step: The learning card that has waited longest past its time.
        review: The first review.
        new: The first new card.
        ahead: The next step within :data:`LEARN_AHEAD_MS`.

    Returns:
        One of them; None when there is nothing to do now.
    """
    if step is not None:
        return step
    review = review if load.due else None
    new = new if load.new else None
    if review is not None and new is not None:
        return new if _new_is_behind(day, load) else review
    return review or new or ahead


def _new_is_behind(day: Day, load: Load) -> bool:
    """Whether a smaller part of today's new cards than of today's reviews is done."""
    return day.new_done * (day.reviews_done + load.due) < day.reviews_done * (day.new_done + load.new)


def siblings(answered: Sequence[tuple[int, str]], cards: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Cards to set aside until tomorrow: others of a word of which one card was answered today.

    Args:
        answered: Card and headword of today's answers.
        cards: Card and headword of cards that may be shown.
    """
    seen = {card for card, _ in answered}
    words = {word for _, word in answered}
    return frozenset(card for card, word in cards if word in words and card not in seen)
