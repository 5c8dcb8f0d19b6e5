"""The feed and the reader: finding posts, opening them, looking words up, marking them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from learnfeed.core.english import level_of
from learnfeed.core.feed import FeedQuery, PostCard, Sort
from learnfeed.core.ids import PostId
from learnfeed.core.level import FIRST_BAND
from learnfeed.core.word import Entry, WordFacts, WordStatus
from learnfeed.services.undoing import undo_last
from learnfeed.services.views import CommentView, ReaderPost, Undone, WordView
from learnfeed.store.database import Database
from learnfeed.store.posts import PostStore
from learnfeed.store.side import CHINESE, ENGLISH, Side
from learnfeed.store.words import VocabularyWord, WordStore

if TYPE_CHECKING:
    from learnfeed.annotate.english_words import EnglishReader
    from learnfeed.annotate.lexicon import Lexicon
    from learnfeed.core.post import Comment
    from learnfeed.core.text import AnnotatedText

MAX_DEPTH = 32
"""Comments nested deeper are shown at this depth."""


class ReadingService:
    """Reading: never needs the annotator, since posts were annotated when they came in."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        standard: str,
        clock: Callable[[], int],
        *,
        side: Side = CHINESE,
    ) -> None:
        """Takes the library, a way to open the dictionary when it is first needed, and a clock.

        Args:
            database: The library.
            lexicon: Opens the dictionary.
            standard: HSK standard for the levels of words.
            clock: Unix milliseconds now.
            side: The language that is learned: what levels, shares and lists of words are of.
        """
        self._db = database
        self._posts = PostStore(database, side)
        self._words = WordStore(database, side)
        self._side = side
        self._lexicon = lexicon
        self._standard = standard
        self._now = clock

    # -- feed --------------------------------------------------------------------------------------

    def count(self) -> int:
        """How many posts there are."""
        return self._posts.count()

    def ids(self, query: FeedQuery, limit: int = -1) -> array[int]:
        """Ids of posts, in the query's order; all of them when limit is negative."""
        return self._posts.ids(query, limit)

    def cards(self, ids: Sequence[int]) -> dict[int, PostCard]:
        """Feed cards by id."""
        return self._posts.cards(ids)

    def find(self, name: str) -> PostId:
        """The post that a person names by id or key.

        Raises:
            NotFoundError: There is no such post, or more than one.
        """
        return self._posts.find(name)

    def tags(self) -> list[tuple[str, int]]:
        """Frequent topics with their number of posts."""
        return self._posts.tags()

    def next_fit(self, after: int) -> PostCard | None:
        """The unread post that fits best now, other than the one named; None when all are read."""
        ids = [i for i in self._posts.ids(FeedQuery(sort=Sort.FIT, unread=True), 2) if i != after]
        return self._posts.cards(ids[:1]).get(ids[0]) if ids else None

    # -- reader ------------------------------------------------------------------------------------

    def open(self, post_id: int) -> ReaderPost:
        """A post for reading.

        Raises:
            NotFoundError: It is not in the library.
        """
        post = self._posts.post(post_id)
        annotated = self._posts.annotated(post_id)
        comments = threaded(post.comments, annotated.comments)
        texts = (annotated.title, annotated.body, *(view.text for view in comments))
        headwords = {token.headword for text in texts for token in text.tokens if token.learnable}
        return ReaderPost(
            card=self._posts.cards([post_id])[post_id],
            post=post,
            title=annotated.title,
            body=annotated.body,
            comments=comments,
            level=annotated.level,
            statuses=self._words.statuses(headwords),
        )

    def word(self, headword: str, syllables: tuple[str, ...] = ()) -> WordView:
        """All there is to say about a word; entries of the given reading come first."""
        lexicon = self._lexicon()
        entries = lexicon.entries(headword)
        if syllables:
            entries = tuple(sorted(entries, key=lambda entry: not same_reading(entry, syllables)))
        met = self._words.word(headword)
        return WordView(
            headword=headword,
            entries=entries,
            facts=lexicon.facts(headword) if entries else WordFacts({}),
            status=met.status if met else WordStatus.NEW,
            times=met.count if met else 0,
            posts=met.posts if met else 0,
            parts=self._parts(headword),
        )

    def vocabulary(self, status: WordStatus | None, level: int | None, limit: int) -> list[VocabularyWord]:
        """Words met or marked, most frequent first; None for any status or level, all when limit is negative."""
        return self._words.words(status=status, level=level, limit=limit)

    def _parts(self, headword: str) -> tuple[tuple[str, str], ...]:
        if len(headword) < 2:
            return ()
        lexicon = self._lexicon()
        return tuple(
            (char, entries[0].senses[0].gloss)
            for char in headword
            if (entries := lexicon.entries(char)) and entries[0].senses
        )

    def posts_with(self, headword: str) -> list[PostCard]:
        """Posts in which a word stands, best fit first."""
        ids = self._words.posts_with(headword)
        cards = self._posts.cards(ids)
        return [cards[i] for i in ids if i in cards]

    # -- marking -----------------------------------------------------------------------------------

    def mark(self, changes: Mapping[str, WordStatus]) -> tuple[str, ...]:
        """Gives words a status; gives back those that changed. Undone as one step."""
        return self._words.mark(changes, self._now(), levels={word: self._level(word) for word in changes})

    def _level(self, word: str) -> int:
        level = self._lexicon().facts(word).levels.get(self._standard, 0)
        # Words of either language may be marked in either direction: 雪 by who learns English, too.
        return level or (level_of(self._english.facts(word)[1]) if self._side is ENGLISH else 0)

    @cached_property
    def _english(self) -> EnglishReader:
        from learnfeed.annotate.english_words import EnglishReader

        return EnglishReader(self._lexicon())

    def know_levels(self, up_to: int, standard: str) -> tuple[str, ...]:
        """Marks all words up to a level as known, save those that have a status already.

        Args:
            up_to: HSK 1–7, 7 being 7–9; a band of English from 11 on.
            standard: HSK standard, such as ``2025``.

        Returns:
            The words that changed; one undo takes all of it back.
        """
        lexicon = self._lexicon()
        if up_to >= FIRST_BAND:
            words = dict(self._english.lemmas(up_to))
        else:
            levels = range(1, up_to + 1)
            words = {word: level for level in levels for word in lexicon.words_of_level(standard, level)}
        statuses = self._words.statuses(words)
        changes = {word: WordStatus.KNOWN for word in words if statuses[word] is WordStatus.NEW}
        return self._words.mark(changes, self._now(), levels=words)

    def rest_of(self, post_id: int) -> tuple[str, ...]:
        """Words of a post that have no status yet, most frequent in the library first."""
        words = self._words.words(status=WordStatus.NEW, post_id=post_id)
        return tuple(word.headword for word in words)

    def finish(self, post_id: int) -> None:
        """Notes that a post was read to the end."""
        self._words.finish_post(post_id, self._now())

    def undo(self) -> Undone | None:
        """Takes back the last thing that was done; None when nothing is left."""
        return undo_last(self._db, self._now())


def same_reading(entry: Entry, syllables: Iterable[str]) -> bool:
    """Whether an entry is read so; capitals of names do not count."""
    return tuple(s.lower() for s in entry.syllables) == tuple(s.lower() for s in syllables)


def threaded(comments: Sequence[Comment], texts: Sequence[AnnotatedText]) -> tuple[CommentView, ...]:
    """Comments in thread order: answers under what they answer, otherwise as saved.

    A comment whose parent was not saved stands at the top level; loops are cut.
    """
    places = {comment.key: i for i, comment in enumerate(comments)}
    children: dict[int, list[int]] = {}
    for i, comment in enumerate(comments):
        parent = places.get(comment.parent, -1) if comment.parent else -1
        children.setdefault(-1 if parent == i else parent, []).append(i)
    out: list[CommentView] = []
    seen: set[int] = set()

    def walk(start: int, depth: int) -> None:
        stack = [(start, depth)]
        while stack:
            i, level = stack.pop()
            if i in seen:
                continue
            seen.add(i)
            out.append(CommentView(comments[i], texts[i], min(level, MAX_DEPTH)))
            stack += [(child, level + 1) for child in reversed(children.get(i, ()))]

    for i in children.get(-1, ()):
        walk(i, 0)
    for i in range(len(comments)):
        walk(i, 0)
    return tuple(out)
