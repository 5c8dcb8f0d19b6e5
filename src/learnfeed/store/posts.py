"""Posts in the library: saving, looking up, and the feed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learnfeed.core.errors import NotFoundError
from learnfeed.core.feed import FeedQuery, PostCard, Sort
from learnfeed.core.ids import PostId
from learnfeed.core.level import TARGET_SHARE, Coverage
from learnfeed.store.creation import ensure_words, marks, next_created, parts
from learnfeed.store.database import Database
from learnfeed.store.interest import INTEREST_SQL
from learnfeed.store.side import CHINESE, SIDES, Side

if TYPE_CHECKING:
    from learnfeed.core.post import Post
    from learnfeed.core.text import AnnotatedPost
    from learnfeed.store.prepare import PreparedPost

_COLUMNS = (
    "title", "line", "english", "author", "platform", "posted", "level", "likes", "likes_raw", "tags", "comments",
    "picture", "english_level",
)  # fmt: skip
_ORDER = {
    Sort.FIT: "c.rank DESC, c.post_id",
    Sort.NEW: "c.post_id DESC",
    Sort.LEVEL: "(p.{level} = 0), p.{level}, c.rank DESC",
    Sort.LIKES: "p.likes DESC, c.post_id",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the library already has of a post."""

    id: PostId
    hash: str


class PostStore:
    """Posts of a library.

    Args:
        database: The library.
        side: The language that is learned: what the feed's levels and shares are of.
    """

    def __init__(self, database: Database, side: Side = CHINESE) -> None:
        self._db = database
        self._side = side

    # -- import ------------------------------------------------------------------------------------

    def begin_import(self, now: int) -> int:
        """Opens an import run and clears what killed ones left; gives back the run's id.

        Posts of a run are not shown before :meth:`publish`. The caller holds the library's import lock (see
        :mod:`learnfeed.store.lock`), so that every unfinished run is a dead one.
        """
        with self._db.write() as connection:
            for (run,) in connection.execute(
                "SELECT id FROM import_run WHERE finished_at IS NULL"
            ).fetchall():
                self._discard(run)
            cursor = connection.execute("INSERT INTO import_run (started_at) VALUES (?)", (now,))
            return int(cursor.lastrowid or 0)

    def discard_import(self, run: int) -> None:
        """Takes back everything that an unfinished run brought."""
        with self._db.write():
            self._discard(run)

    def _discard(self, run: int) -> None:
        connection = self._db.connection
        hidden = "SELECT id FROM post WHERE run_id = ? AND id NOT IN (SELECT post_id FROM coverage)"
        for table in (
            "post_data",
            "annotation",
            "post_word",
            "english_word",
            "post_tag",
            "post_source",
            "stale",
        ):
            connection.execute(f"DELETE FROM {table} WHERE post_id IN ({hidden})", (run,))
        connection.execute(f"DELETE FROM post_search WHERE rowid IN ({hidden})", (run,))
        connection.execute(f"DELETE FROM post WHERE id IN ({hidden})", (run,))
        connection.execute("DELETE FROM import_run WHERE id = ?", (run,))

    def add_source(self, name: str, sha256: str, format_name: str, now: int) -> int:
        """The id of a source file; the same bytes read as the same format are one source, whatever their name."""
        with self._db.write() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO source (name, sha256, format, imported_at) VALUES (?, ?, ?, ?)",
                (name, sha256, format_name, now),
            )
            row = connection.execute(
                "SELECT id FROM source WHERE sha256 = ? AND format = ?", (sha256, format_name)
            ).fetchone()
            return int(row[0])

    def known(self, keys: Iterable[str]) -> dict[str, Known]:
        """Which of these posts are in the library."""
        found: dict[str, Known] = {}
        for part in parts(list(keys)):
            for key, post_id, digest in self._db.rows(
                f"SELECT key, id, hash FROM post WHERE key IN ({marks(part)})",
                tuple(part),
            ):
                found[key] = Known(PostId(post_id), digest)
        return found

    def save(self, posts: Sequence[PreparedPost], run: int, now: int) -> None:
        """Writes new and changed posts in one transaction."""
        with self._db.write():
            existing = self.known(post.key for post in posts)
            for post in posts:
                before = existing.get(post.key)
                if before:
                    self._replace(before.id, post, now)
                    post_id: int = before.id
                else:
                    post_id = self._insert(post, run, now)
                self._writeparts(post_id, post, now)
                if before:
                    self._level_anew(post)
                    shown = "EXISTS (SELECT 1 FROM coverage WHERE post_id = p.id)"
                    self._cover(f"WHERE p.id = ? AND {shown}", (post_id,))

    def said(self, source: int, hashes: Iterable[str]) -> set[str]:
        """Which of these contents (see :func:`post_hash`) a source has brought before."""
        found: set[str] = set()
        for part in parts(list(hashes)):
            sql = f"SELECT hash FROM post_source WHERE source_id = ? AND hash IN ({marks(part)})"
            found.update(row[0] for row in self._db.rows(sql, (source, *part)))
        return found

    def note_source(self, source: int, said: Iterable[tuple[str, str]]) -> None:
        """Notes what a source brought: (content hash, post key) of posts that are in the library."""
        with self._db.write() as connection:
            connection.executemany(
                """INSERT OR IGNORE INTO post_source (source_id, hash, post_id)
                   SELECT ?, ?, id FROM post WHERE key = ?""",
                [(source, digest, key) for digest, key in said],
            )

    def publish(self, run: int, now: int) -> None:
        """Shows all posts of a run at once, with their coverage."""
        with self._db.write() as connection:
            self._cover("WHERE p.run_id = ?", (run,))
            connection.execute("UPDATE import_run SET finished_at = ? WHERE id = ?", (now, run))

    def _insert(self, post: PreparedPost, run: int, now: int) -> int:
        values = [post.columns[name] for name in _COLUMNS]
        cursor = self._db.connection.execute(
            f"INSERT INTO post (key, hash, created_ms, changed_at, run_id, {', '.join(_COLUMNS)}) "
            f"VALUES (?, ?, ?, ?, ?, {marks(values)})",
            (post.key, post.hash, next_created(self._db, now), now, run, *values),
        )
        return int(cursor.lastrowid or 0)

    def _replace(self, post_id: int, post: PreparedPost, now: int) -> None:
        connection = self._db.connection
        sets = ", ".join(f"{name} = ?" for name in _COLUMNS)
        connection.execute(
            f"UPDATE post SET hash = ?, changed_at = ?, {sets} WHERE id = ?",
            (post.hash, now, *(post.columns[name] for name in _COLUMNS), post_id),
        )
        for side in SIDES:
            connection.execute(f"DELETE FROM {side.post_word} WHERE post_id = ?", (post_id,))
        connection.execute("DELETE FROM post_tag WHERE post_id = ?", (post_id,))
        connection.execute("DELETE FROM post_search WHERE rowid = ?", (post_id,))

    def _writeparts(self, post_id: int, post: PreparedPost, now: int) -> None:
        connection = self._db.connection
        connection.execute(
            "INSERT OR REPLACE INTO post_data (post_id, data) VALUES (?, ?)", (post_id, post.post)
        )
        connection.execute(
            "INSERT OR REPLACE INTO annotation (post_id, version, data) VALUES (?, ?, ?)",
            (post_id, post.version, post.annotation),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO post_tag (tag, post_id) VALUES (?, ?)",
            [(tag, post_id) for tag in post.tags],
        )
        for side, words in zip(SIDES, (post.words, post.english), strict=True):
            ids = ensure_words(self._db, words, post.levels, now)
            connection.executemany(
                f"INSERT INTO {side.post_word} (word_id, post_id, count) VALUES (?, ?, ?)",
                [(ids[word], post_id, count) for word, count in words.items()],
            )
        text = post.search
        connection.execute(
            "INSERT INTO post_search (rowid, hanzi, pinyin, toned, english, author) VALUES (?, ?, ?, ?, ?, ?)",
            (post_id, text.hanzi, text.pinyin, text.toned, text.english, text.author),
        )

    def _level_anew(self, post: PreparedPost) -> None:
        """Gives words that are there the levels a post was annotated by: another standard may be chosen by now.

        A word of both languages (vlog) keeps its place among the Chinese ones.
        """
        self._db.connection.executemany(
            "UPDATE word SET level = ?2 WHERE headword = ?1 AND level <> ?2",
            [(word, level) for word, level in post.levels.items() if word in post.words],
        )
        self._db.connection.executemany(
            """UPDATE word SET level = ?2 WHERE headword = ?1 AND level <> ?2
               AND NOT EXISTS (SELECT 1 FROM post_word WHERE word_id = word.id)""",
            [(word, post.levels[word]) for word in post.english if word not in post.words],
        )

    def _cover(self, where: str, parameters: tuple[object, ...]) -> None:
        for side in reversed(SIDES):  # the Chinese one last: what it holds is shown
            self._db.connection.execute(
                f"""INSERT OR REPLACE INTO {side.coverage} (post_id, running, known, learning, new_words, level,
                        read_at, interest)
                    SELECT p.id, coalesce(sum(pw.count), 0),
                           coalesce(sum(pw.count) FILTER (WHERE w.status IN ('known', 'ignored')), 0),
                           coalesce(sum(pw.count) FILTER (WHERE w.status = 'learning'), 0),
                           count(*) FILTER (WHERE w.status = 'new'), p.{side.level},
                           (SELECT read_at FROM coverage c WHERE c.post_id = p.id), {INTEREST_SQL}
                    FROM post p LEFT JOIN {side.post_word} pw ON pw.post_id = p.id
                        LEFT JOIN word w ON w.id = pw.word_id
                    {where} GROUP BY p.id""",
                parameters,
            )

    # -- reading -----------------------------------------------------------------------------------

    def count(self) -> int:
        """How many posts the library shows."""
        return int(self._db.rows("SELECT count(*) FROM coverage")[0][0])

    def ids(self, query: FeedQuery, limit: int = -1) -> array[int]:
        """Ids of the posts a query asks for, in its order."""
        match, tags = _parsed(query.text)
        conditions, parameters = _conditions(query, match, tags)
        join = "JOIN post p ON p.id = c.post_id" if query.sort in (Sort.LEVEL, Sort.LIKES) else ""
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        order = _ORDER[query.sort].format(level=self._side.level)
        rows = self._db.rows(
            f"SELECT c.post_id FROM {self._side.coverage} c {join} {where} ORDER BY {order} LIMIT ?",
            (*parameters, limit),
        )
        return array("q", (row[0] for row in rows))

    def cards(self, ids: Sequence[int]) -> dict[int, PostCard]:
        """Feed cards of posts, by id; those that are gone are absent."""
        found: dict[int, PostCard] = {}
        for part in parts(list(ids)):
            sql = _CARD_SQL.format(level=self._side.level, coverage=self._side.coverage)
            for row in self._db.rows(f"{sql} WHERE p.id IN ({marks(part)})", tuple(part)):
                card = _card(row)
                found[card.id] = card
        return found

    def find(self, name: str) -> PostId:
        """The post that a person means: an id of the library, a key, or the site's own id.

        Raises:
            NotFoundError: There is none, or more than one.
        """
        rows = self._db.rows(
            """SELECT p.id FROM post p JOIN coverage c ON c.post_id = p.id
               WHERE p.key = ?1 OR CAST(p.id AS TEXT) = ?1 OR substr(p.key, instr(p.key, ':') + 1) = ?1""",
            (name.lstrip("#"),),
        )
        if len(rows) != 1:
            what = "No post" if not rows else "More than one post"
            raise NotFoundError(
                f"{what} is called {name!r}", hint="learnfeed posts lists them with their ids."
            )
        return PostId(rows[0][0])

    def post(self, post_id: int) -> Post:
        """A post as it was saved.

        Raises:
            NotFoundError: It is not in the library.
        """
        from learnfeed.store.codec import post_from_bytes

        return post_from_bytes(self._blob("post_data", post_id))

    def annotated(self, post_id: int) -> AnnotatedPost:
        """A post's annotation.

        Raises:
            NotFoundError: It is not in the library.
        """
        from learnfeed.store.codec import annotation_from_bytes

        return annotation_from_bytes(self._blob("annotation", post_id))

    def _blob(self, table: str, post_id: int) -> bytes:
        rows = self._db.rows(f"SELECT data FROM {table} WHERE post_id = ?", (post_id,))
        if not rows:
            raise NotFoundError(f"Post {post_id} is not in the library")
        data = rows[0][0]
        assert isinstance(data, bytes)
        return data

    def created_ms(self, post_id: int) -> int:
        """When the post came into the library: Unix milliseconds, unique, for ever the same."""
        return int(self._db.rows("SELECT created_ms FROM post WHERE id = ?", (post_id,))[0][0])

    def outdated(self, version: str) -> array[int]:
        """Posts whose annotation was made by another version of the annotator, or before a correction."""
        rows = self._db.rows(
            "SELECT post_id FROM annotation WHERE version <> ? UNION SELECT post_id FROM stale", (version,)
        )
        return array("q", (row[0] for row in rows))

    def tags(self, limit: int = 50) -> list[tuple[str, int]]:
        """The most frequent topics with their number of posts."""
        rows = self._db.rows(
            "SELECT tag, count(*) FROM post_tag GROUP BY tag ORDER BY 2 DESC, 1 LIMIT ?", (limit,)
        )
        return [(tag, count) for tag, count in rows]


_CARD_SQL = """SELECT p.id, p.key, p.title, p.line, p.english, p.author, p.platform, p.posted, p.{level}, c.running,
    c.known, c.learning, c.new_words, p.likes_raw, p.tags, p.comments, p.picture, c.read_at
    FROM post p JOIN {coverage} c ON c.post_id = p.id"""


def _card(row: tuple[Any, ...]) -> PostCard:
    text = [str(value) for value in row]
    return PostCard(
        id=PostId(row[0]),
        key=text[1],
        title=text[2],
        line=text[3],
        english=text[4],
        author=text[5],
        platform=text[6],
        posted=text[7],
        level=row[8],
        coverage=Coverage(row[9], row[10], row[11], row[12]),
        likes=text[13],
        tags=tuple(tag.lstrip("#") for tag in text[14].split()),
        comments=row[15],
        picture=text[16],
        read_at=None if row[17] is None else row[17],
    )


def _parsed(text: str) -> tuple[str, tuple[str, ...]]:
    if not text.strip():  # as on opening: nothing of the search is needed then
        return "", ()
    from learnfeed.store.search import parse_query

    parsed = parse_query(text)
    return parsed.match, parsed.tags


def _conditions(query: FeedQuery, match: str, tags: tuple[str, ...]) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    parameters: list[object] = []
    if match:
        conditions.append("c.post_id IN (SELECT rowid FROM post_search WHERE post_search MATCH ?)")
        parameters.append(match)
    elif query.text.strip() and not tags:
        conditions.append("0")
    for tag in tags:
        conditions.append("c.post_id IN (SELECT post_id FROM post_tag WHERE tag = ?)")
        parameters.append(tag)
    if query.level is not None:
        conditions.append("c.level = ?")
        parameters.append(query.level)
    if query.readable:
        conditions.append("c.share >= ?")
        parameters.append(round(TARGET_SHARE * 1000))
    if query.unread:
        conditions.append("c.read_at IS NULL")
    return conditions, parameters
