"""Which words stand in a choice of posts, how often and where first: counted by the database, from its index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from learnfeed.core.text import AnnotatedPost
from learnfeed.core.word import WordStatus
from learnfeed.store.codec import annotation_from_bytes, headwords_from_bytes
from learnfeed.store.database import Database

FEW_POSTS = 8
"""One in so many of a library's posts: a choice that small is read post by post, a larger one word by word."""

_HELD = """SELECT w.headword, sum(pw.count), count(*), min(c.place) FROM {tables}
    JOIN word w ON w.id = pw.word_id GROUP BY pw.word_id"""
# CROSS JOIN: SQLite reads the tables in this order. Left to choose, it knows nothing of how many posts there are.
_BY_POST = _HELD.format(
    tables="""temp.chosen c CROSS JOIN post_word pw ON pw.post_id = c.post_id
              CROSS JOIN temp.wanted t ON t.word_id = pw.word_id"""
)
_BY_WORD = _HELD.format(
    tables="""temp.wanted t CROSS JOIN post_word pw ON pw.word_id = t.word_id
              CROSS JOIN temp.chosen c ON c.post_id = pw.post_id"""
)
_BEST = """SELECT c.turn, c.post_id FROM {tables} WHERE pw.word_id = (SELECT id FROM word WHERE headword = ?)
    ORDER BY c.turn LIMIT ?"""
_OF_RARE = _BEST.format(tables="post_word pw CROSS JOIN temp.chosen c ON c.post_id = pw.post_id")
_OF_COMMON = _BEST.format(tables="temp.chosen c CROSS JOIN post_word pw ON pw.post_id = c.post_id")


@dataclass(frozen=True, slots=True)
class Met:
    """A word with what the chosen posts hold of it.

    Attributes:
        headword: The word.
        count: How often it stands in them.
        posts: In how many; 0 for a word that was named and stands in none.
        first: Place of the first of them in the choice; a word of none comes behind all.
    """

    headword: str
    count: int
    posts: int
    first: int


class MeetingStore:
    """The words of chosen posts. One choice at a time on a connection."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._chosen: Sequence[int] = ()

    def choose(self, post_ids: Sequence[int]) -> None:
        """Looks at these posts from now on; their order is that of meeting."""
        self._chosen = post_ids
        connection = self._db.connection
        connection.execute(
            """CREATE TEMP TABLE IF NOT EXISTS chosen (
                post_id INTEGER PRIMARY KEY, place INTEGER NOT NULL, turn INTEGER NOT NULL UNIQUE)"""
        )
        connection.execute("DELETE FROM temp.chosen")
        # Posts with English have their turn first: a sentence with a translation makes the better card.
        connection.executemany(
            f"INSERT INTO temp.chosen SELECT id, ?2, ?2 + (english = '') * {len(post_ids)} FROM post WHERE id = ?1",
            ((post_id, place) for place, post_id in enumerate(post_ids)),
        )

    def held(self, accept: Callable[[str, WordStatus], bool]) -> list[Met]:
        """Words of the chosen posts that are wanted, in no order.

        Args:
            accept: Whether a word of a status is wanted.
        """
        connection = self._db.connection
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (word_id INTEGER PRIMARY KEY)")
        connection.execute("DELETE FROM temp.wanted")
        statuses = {status.value: status for status in WordStatus}
        words = self._db.rows("SELECT id, headword, status FROM word")
        wanted = [(number,) for number, word, status in words if accept(word, statuses[status])]
        connection.executemany("INSERT INTO temp.wanted VALUES (?)", wanted)
        (total,) = self._db.rows("SELECT count(*) FROM coverage")[0]
        few = len(self._chosen) * FEW_POSTS < total
        return [Met(*row) for row in self._db.rows(_BY_POST if few else _BY_WORD)]

    def best_posts(self, word: Met, limit: int) -> list[tuple[int, int]]:
        """The posts to look for a word's sentence in: turn and id, in order of turn."""
        # A common word is soon found from the first post on; of a rare one its own posts are few.
        common = word.posts * word.posts > limit * len(self._chosen)
        return self._db.rows(_OF_COMMON if common else _OF_RARE, (word.headword, limit))

    def words_of(self, place: int) -> list[str]:
        """The learnable words of the post that was chosen as so manyth, as they stand there."""
        data = self._annotation(self._chosen[place])
        return headwords_from_bytes(data) if data else []

    def story(self, post_id: int) -> AnnotatedPost | None:
        """A post's annotation without its comments, of which there may be many; None without one."""
        data = self._annotation(post_id)
        return annotation_from_bytes(data, comments=False) if data else None

    def _annotation(self, post_id: int) -> bytes | None:
        rows = self._db.rows("SELECT data FROM annotation WHERE post_id = ?", (post_id,))
        return rows[0][0] if rows else None
