"""The words of chosen posts: how often they are met, in which order, and in which sentence they are best learned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from learnfeed.core.text import AnnotatedPost
from learnfeed.core.word import WordStatus
from learnfeed.services.contexts import BEST_MERIT, Context, context_at, learnable, merit_of
from learnfeed.services.sentences import sections
from learnfeed.store.database import Database
from learnfeed.store.meetings import MeetingStore, Met

TRIES = 6
"""Posts in which a good sentence is looked for. Those with English have their turn first, so few are enough."""


class Meetings:
    """Words met in a choice of posts. Posts are opened only for words that are asked for, and few for each."""

    def __init__(
        self, database: Database, annotated: Callable[[int], AnnotatedPost], post_ids: Sequence[int]
    ) -> None:
        """Takes the posts; their order is that of meeting."""
        self._store = MeetingStore(database)
        self._store.choose(post_ids)
        self._annotated = annotated
        self._total = len(post_ids)

    def words(self, accept: Callable[[str, WordStatus], bool], least: int) -> list[Met]:
        """The wanted words that are met so often at least, in no order."""
        return [word for word in self._store.held(accept) if word.count >= least]

    def unmet(self, headwords: Iterable[str]) -> list[Met]:
        """Words that stand in none of the posts: they come behind all others."""
        return [Met(word, 0, 0, self._total + number) for number, word in enumerate(headwords)]

    def ordered(self, words: Iterable[Met], key: Callable[[Met], float], limit: int = 0) -> list[Met]:
        """Words by a key, those with equal keys as they are met; at most so many, all when 0."""
        ranked = sorted(((key(word), word.first, word) for word in words), key=lambda item: item[:2])
        if 0 < limit < len(ranked):
            last = ranked[limit - 1][:2]
            ranked = [item for item in ranked if item[:2] <= last]
        tied: dict[tuple[float, int], list[str]] = {}
        for rank, first, word in ranked:
            tied.setdefault((rank, first), []).append(word.headword)
        at = self._places([(first, words) for (_, first), words in tied.items() if len(words) > 1])
        ranked.sort(key=lambda item: (*item[:2], at.get(item[2].headword, 0), item[2].headword))
        return [word for _, _, word in ranked[: limit or None]]

    def _places(self, tied: Iterable[tuple[int, list[str]]]) -> dict[str, int]:
        """Where words stand in their first post; only the post tells, so it is opened for those that tie alone."""
        asked: dict[int, set[str]] = {}
        for first, headwords in tied:
            asked.setdefault(first, set()).update(headwords)
        at: dict[str, int] = {}
        for first, wanted in asked.items():
            if first < self._total:
                for number, word in enumerate(self._store.words_of(first)):
                    if word in wanted:
                        at.setdefault(word, number)
        return at

    def contexts(self, words: Iterable[Met]) -> dict[str, Context]:
        """Each word in the best of its first sentences; the earliest of equals."""
        wanted: dict[tuple[int, int], set[str]] = {}
        for word in words:
            for turn in self._store.best_posts(word, TRIES) if word.posts else ():
                wanted.setdefault(turn, set()).add(word.headword)
        found: dict[str, Context] = {}
        merits: dict[str, int] = {}
        for (_, post_id), headwords in sorted(wanted.items()):
            sought = {headword for headword in headwords if merits.get(headword, 0) < BEST_MERIT}
            if not sought:
                continue
            post = self._annotated(post_id)
            texts = sections(post)
            for place, token in learnable(post_id, post):
                if token.headword not in sought:
                    continue
                merit = merit_of(texts[place.section], token)
                # Only a sentence that is better than those before it is made out in full.
                if merit > merits.get(token.headword, -1) and (
                    context := context_at(place, texts[place.section])
                ):
                    found[token.headword], merits[token.headword] = context, merit
        return found
