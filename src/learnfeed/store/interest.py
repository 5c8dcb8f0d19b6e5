"""What the learner likes to read: authors and topics of posts read to the end. Fame plays no part.

Each post carries the sum of it as a number, kept up in the transaction that finishes a post, so that
ranking stays one indexed query.
"""

from __future__ import annotations

from collections.abc import Sequence

from learnfeed.store.database import Database
from learnfeed.store.side import SIDES

AUTHOR_POINTS = 8
"""What each finished post of an author lifts the author's other posts by."""
TOPIC_POINTS = 3
"""The same for a topic."""
ENOUGH = 4
"""Finished posts of an author or topic after which more say nothing new."""
COMMON = 0.2
"""A topic on more than this share of all posts tells nothing about taste (and would touch them all)."""


def likings_of(database: Database, post_id: int) -> list[str]:
    """What a post that was read to the end says about taste: ``@author`` and ``#topic`` names."""
    author = database.rows("SELECT author FROM post WHERE id = ? AND author <> ''", (post_id,))
    topics = database.rows(
        """SELECT tag FROM post_tag t WHERE post_id = ?1 AND
               (SELECT count(*) FROM post_tag o WHERE o.tag = t.tag)
               <= max(1, ?2 * (SELECT count(*) FROM coverage))""",
        (post_id, COMMON),
    )
    return [f"@{name}" for (name,) in author] + [f"#{tag}" for (tag,) in topics]


def like(database: Database, names: Sequence[str], step: int) -> None:
    """Counts a finished post for names, or takes it back. Call inside a write.

    Args:
        database: The library.
        names: As :func:`likings_of` gave them.
        step: 1, or -1 to take it back.
    """
    connection = database.connection
    for name in names:
        connection.execute("INSERT OR IGNORE INTO liking VALUES (?, 0)", (name,))
        connection.execute("UPDATE liking SET finished = finished + ? WHERE name = ?", (step, name))
        finished = connection.execute("SELECT finished FROM liking WHERE name = ?", (name,)).fetchone()[0]
        if (finished if step > 0 else finished + 1) > ENOUGH:
            continue
        topic = name.startswith("#")
        posts = (
            "SELECT post_id FROM post_tag WHERE tag = ?2"
            if topic
            else "SELECT id FROM post WHERE author = ?2"
        )
        points = TOPIC_POINTS if topic else AUTHOR_POINTS
        for side in SIDES:
            connection.execute(
                f"UPDATE {side.coverage} SET interest = interest + ?1 WHERE post_id IN ({posts})",
                (step * points, name[1:]),
            )
    connection.execute("DELETE FROM liking WHERE finished <= 0")


INTEREST_SQL = f"""(
    {AUTHOR_POINTS} * coalesce((SELECT min(finished, {ENOUGH}) FROM liking WHERE name = '@' || p.author), 0)
    + {TOPIC_POINTS} * coalesce((SELECT sum(min(l.finished, {ENOUGH})) FROM post_tag t
        JOIN liking l ON l.name = '#' || t.tag WHERE t.post_id = p.id), 0))"""
"""The interest of a post ``p``, for posts that come in later."""
