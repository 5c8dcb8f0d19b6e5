"""Posts by their place in the feed: ids in an array, cards in a small cache, one query a frame."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from learnfeed.core.feed import PostCard

KEPT = 1000
"""Cards that stay in memory."""


class PostSource:
    """What a feed of any length shows."""

    def __init__(self, load: Callable[[Sequence[int]], dict[int, PostCard]]) -> None:
        """Takes the function that reads cards by id."""
        self._load = load
        self._cards: OrderedDict[int, PostCard] = OrderedDict()
        self.ids: array[int] = array("q")

    def __len__(self) -> int:
        return len(self.ids)

    def show(self, ids: array[int]) -> None:
        """Replaces the posts."""
        self.ids = ids

    def forget(self) -> None:
        """Reads cards again when they are next needed: the library changed."""
        self._cards.clear()

    def need(self, start: int, end: int) -> None:
        """Reads the cards of a range of places that are not there yet, in one query."""
        missing = [i for i in self.ids[max(0, start) : max(0, end)] if i not in self._cards]
        if missing:
            self._cards.update(self._load(missing))
            while len(self._cards) > KEPT:
                self._cards.popitem(last=False)

    def card(self, place: int) -> PostCard | None:
        """The card at a place, as far as it was read; None beyond the end."""
        return self._cards.get(self.ids[place]) if 0 <= place < len(self.ids) else None

    def place_of(self, post_id: int) -> int:
        """Where a post stands; -1 when it does not."""
        try:
            return self.ids.index(post_id)
        except ValueError:
            return -1
