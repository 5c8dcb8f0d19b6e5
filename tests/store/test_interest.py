"""Posts by authors and on topics that the learner reads to the end come first among those that fit alike."""

from __future__ import annotations

from learnfeed.core.feed import FeedQuery
from learnfeed.core.post import Count
from learnfeed.services.undoing import undo_last
from learnfeed.store.interest import AUTHOR_POINTS, ENOUGH, TOPIC_POINTS
from learnfeed.store.posts import PostStore
from learnfeed.store.words import WordStore
from tests.builders import prepared
from tests.conftest import NOW


def interest(database) -> dict[int, int]:
    return dict(database.rows("SELECT post_id, interest FROM coverage"))


def others(count: int = 8):
    return [prepared(key=f"other{i}", author=f"someone{i}", tags=(f"t{i}", "学中文")) for i in range(count)]


def test_what_is_read_to_the_end_lifts_its_author_and_topics_and_undo_takes_it_back(database, save):
    famous, by_author, by_topic, read, *_ = save(
        prepared(key="famous", likes=Count("10万", 100_000)),
        prepared(key="author", author="小雪"),
        prepared(key="topic", author="别人", tags=("雪", "学中文")),
        prepared(key="read", author="小雪", tags=("雪", "学中文")),
        *others(),
    )
    store = PostStore(database)
    assert next(iter(store.ids(FeedQuery()))) == famous  # all fit alike: the oldest first
    WordStore(database).finish_post(read, NOW)
    assert list(store.ids(FeedQuery(unread=True), 3)) == [by_author, by_topic, famous]
    points = interest(database)
    assert (points[by_author], points[by_topic], points[famous]) == (AUTHOR_POINTS, TOPIC_POINTS, 0)
    undo_last(database, NOW)
    assert set(interest(database).values()) == {0}
    assert database.rows("SELECT * FROM liking") == []


def test_a_topic_of_all_posts_says_nothing(database, save):
    ids = save(*others())
    WordStore(database).finish_post(ids[0], NOW)
    assert all(points == 0 for post_id, points in interest(database).items() if post_id != ids[0])


def test_a_favourite_never_hides_what_fits(database, save):
    from learnfeed.core.word import WordStatus

    save(
        *(prepared(key=f"by{i}", author="小雪", tags=("a", "b", "c", "d", "e", "f")) for i in range(12)),
        *others(60),
    )
    hard, fits = save(
        prepared(
            "今天 下雪 猫 喜欢", key="hard", author="小雪", tags=("a", "b", "c", "d", "e", "f"), level=4
        ),
        prepared("很 冷", key="fits", level=1),
    )
    words = WordStore(database)
    words.mark({"很": WordStatus.KNOWN, "冷": WordStatus.KNOWN}, NOW)
    for post_id in PostStore(database).ids(FeedQuery("@小雪"))[:12]:
        if post_id != hard:
            words.finish_post(post_id, NOW)
    assert interest(database)[hard] == ENOUGH * (AUTHOR_POINTS + 6 * TOPIC_POINTS)
    order = list(PostStore(database).ids(FeedQuery(unread=True)))
    assert order.index(fits) < order.index(hard)


def test_reading_a_post_twice_counts_once_and_later_posts_are_lifted_too(database, save):
    read, *_ = save(prepared(key="read", author="小雪", tags=("雪",)), *others())
    words = WordStore(database)
    words.finish_post(read, NOW)
    words.finish_post(read, NOW + 1)
    (later,) = save(prepared(key="later", author="小雪", tags=("雪",)))
    assert interest(database)[later] == AUTHOR_POINTS + TOPIC_POINTS
    undo_last(database, NOW + 2)
    assert database.rows("SELECT read_at FROM coverage WHERE post_id = ?", (read,)) == [(NOW,)]
    undo_last(database, NOW + 3)
    assert interest(database)[later] == 0


def test_lifting_reads_indexes(database):
    for what in (
        "UPDATE coverage SET interest = 1 WHERE post_id IN (SELECT id FROM post WHERE author = 'a')",
        "UPDATE coverage SET interest = 1 WHERE post_id IN (SELECT post_id FROM post_tag WHERE tag = 'a')",
    ):
        assert "SCAN" not in str(database.rows(f"EXPLAIN QUERY PLAN {what}"))
