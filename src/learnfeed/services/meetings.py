"""The words of chosen posts: how often they are met, in which order, and in which sentence they are best learned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from learnfeed.core.word import WordStatus
from learnfeed.services.contexts import BEST_MERIT, TRANSLATED, Context, context_at, learnable, merit_of
from learnfeed.services.sentences import sections
from learnfeed.store.database import Database
from learnfeed.store.meetings import MeetingStore, Met

TRIES, MORE_TRIES = 4, 32
"""Posts in which a good sentence is looked for, and in which one with a translation is, where those hold none."""


class Meetings:
    """Words met in a choice of posts. Posts are opened only for words that are asked for, and few for each."""

    def __init__(self, database: Database, post_ids: Sequence[int]) -> None:
        """Takes the posts; their order is that of meeting."""
        self._store = MeetingStore(database)
        self._store.choose(post_ids)
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
        found: dict[str, Context] = {}
        merits: dict[str, int] = {}
        met = [word for word in words if word.posts]
        self._look(((word.headword, turn) for word in met for turn in self._turns(word, 0)), found, merits)
        plain = [word for word in met if word.posts > TRIES and merits.get(word.headword, 0) < TRANSLATED]
        self._look(
            ((word.headword, turn) for word in plain for turn in self._turns(word, TRIES)), found, merits
        )
        return found

    def _turns(self, word: Met, tried: int) -> list[tuple[int, int]]:
        """The posts to look for a word's sentence in; once some were tried, only others with English."""
        if not tried:
            return self._store.best_posts(word, TRIES)
        turns = self._store.best_posts(word, MORE_TRIES)[tried:]
        return [turn for turn in turns if turn[0] < self._total]

    def _look(
        self,
        turns: Iterable[tuple[str, tuple[int, int]]],
        found: dict[str, Context],
        merits: dict[str, int],
    ) -> None:
        """Looks for better sentences of words in posts; each post is opened once at most."""
        wanted: dict[tuple[int, int], set[str]] = {}
        for headword, turn in turns:
            wanted.setdefault(turn, set()).add(headword)
        for (_, post_id), headwords in sorted(wanted.items()):
            sought = {headword for headword in headwords if merits.get(headword, 0) < BEST_MERIT}
            if not sought or not (post := self._store.story(post_id)):
                continue
            texts = sections(post)
            for place, token in learnable(post_id, post):
                headword = token.headword
                if headword not in sought:
                    continue
                merit = merit_of(texts[place.section], token)
                # Only a sentence that is better than those before it is made out in full.
                if merit > merits.get(headword, -1) and (context := context_at(place, texts[place.section])):
                    found[headword], merits[headword] = context, merit
