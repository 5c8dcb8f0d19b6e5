from __future__ import annotations

import sqlite3
from itertools import pairwise

import pytest

from learnfeed.core.errors import LibraryError, NewerLibraryError, NotFoundError
from learnfeed.core.feed import FeedQuery, Sort
from learnfeed.core.ids import MIN_ID_GAP
from learnfeed.core.level import Coverage
from learnfeed.core.post import Count
from learnfeed.core.word import WordStatus
from learnfeed.store.database import Database
from learnfeed.store.lock import import_lock
from learnfeed.store.posts import PostStore
from learnfeed.store.words import WordStore
from tests.builders import annotated, post, prepared
from tests.conftest import NOW


def test_a_saved_post_comes_back_as_it_was(database, save):
    body = annotated("今天 下雪 了 。", "It snowed today.")
    saved = prepared(likes=Count("1.2万", 12000, False), tags=("雪", "学中文"), author="小雪")
    (post_id,) = save(saved)
    store = PostStore(database)
    expected = post(body, likes=Count("1.2万", 12000, False), tags=("雪", "学中文"), author="小雪")
    assert store.post(post_id) == expected
    assert store.annotated(post_id).body == body


def test_the_feed_card_shows_coverage_of_running_words(database, save):
    (post_id,) = save(prepared("今天 很 冷 很 冷"))
    WordStore(database).mark({"很": WordStatus.KNOWN, "今天": WordStatus.LEARNING}, NOW)
    card = PostStore(database).cards([post_id])[post_id]
    assert card.coverage == Coverage(running=5, known=2, learning=1, new_words=1)
    assert card.line == "今天很冷很冷"
    assert card.english == "It snowed today."


def test_posts_of_an_import_show_only_when_it_is_published(database):
    store = PostStore(database)
    run = store.begin_import(NOW)
    store.save([prepared()], run, NOW)
    assert store.count() == 0
    assert not store.ids(FeedQuery("雪"))
    store.publish(run, NOW)
    assert store.count() == 1


def test_what_a_killed_import_left_is_removed_by_the_next(database):
    store = PostStore(database)
    killed = store.begin_import(NOW)
    store.save([prepared(key="lost")], killed, NOW)
    run = store.begin_import(NOW + 1)
    store.save([prepared(key="kept")], run, NOW + 1)
    store.publish(run, NOW + 1)
    assert not store.known(["test:lost"])
    assert database.rows("SELECT count(*) FROM post_search")[0][0] == 1
    assert database.rows("SELECT count(DISTINCT post_id) FROM post_word")[0][0] == 1


def test_only_one_window_imports_at_a_time(database):
    folder = database.path.parent
    with import_lock(folder), pytest.raises(LibraryError, match="Another window"), import_lock(folder):
        pass
    with import_lock(folder):
        pass


def test_a_changed_post_keeps_its_id_and_is_read_state(database, save):
    (post_id,) = save(prepared())
    WordStore(database).finish_post(post_id, NOW)
    (again,) = save(prepared("今天 很 冷"))
    assert again == post_id
    card = PostStore(database).cards([post_id])[post_id]
    assert card.coverage.running == 3
    assert card.read_at == NOW
    assert not PostStore(database).ids(FeedQuery("下雪"))


def test_creation_times_of_posts_and_words_leave_room_for_card_ids(database, save):
    save(prepared(key="1"), prepared("猫 喜欢 雪", key="2"))
    times = sorted(
        row[0] for row in database.rows("SELECT created_ms FROM post UNION ALL SELECT created_ms FROM word")
    )
    assert all(later - earlier >= MIN_ID_GAP for earlier, later in pairwise(times))


@pytest.mark.parametrize(
    "query", ["雪", "下雪", "xue", "xue3", "xiàxuě", "xia4 xue3", "snow", "SNOWED", "#winter"]
)
def test_search_finds_hanzi_pinyin_english_and_tags(database, save, query):
    (snow, _) = save(prepared(tags=("Winter",)), prepared("猫 喜欢 绿", "The cat likes green.", key="2"))
    assert list(PostStore(database).ids(FeedQuery(query))) == [snow]


@pytest.mark.parametrize(
    "query", ["xue4", "雪人", "xue2", "dog", "#snow", "@nobody", "***", '"', "AND", "a OR b", "hanzi:雪 x"]
)
def test_search_does_not_find_what_is_not_there_and_never_fails(database, save, query):
    save(prepared())
    assert list(PostStore(database).ids(FeedQuery(query))) == []


def test_search_finds_comments_and_authors(database, save):
    (post_id,) = save(prepared(comments=(("c1", "猫 喜欢 雪"),), author="小雪同学"))
    store = PostStore(database)
    assert list(store.ids(FeedQuery("猫"))) == [post_id]
    assert list(store.ids(FeedQuery("@小雪"))) == [post_id]


def test_feed_sorts_and_filters(database, save):
    easy, hard = save(
        prepared("很 冷", key="1", level=1, likes=Count("5", 5)),
        prepared("今天 下雪 猫 喜欢", key="2", level=4, likes=Count("9", 9)),
    )
    store = PostStore(database)
    WordStore(database).mark({"很": WordStatus.KNOWN, "冷": WordStatus.KNOWN}, NOW)
    assert list(store.ids(FeedQuery(sort=Sort.FIT))) == [easy, hard]
    assert list(store.ids(FeedQuery(sort=Sort.LIKES))) == [hard, easy]
    assert list(store.ids(FeedQuery(sort=Sort.NEW))) == [hard, easy]
    assert list(store.ids(FeedQuery(sort=Sort.LEVEL))) == [easy, hard]
    assert list(store.ids(FeedQuery(readable=True))) == [easy]
    assert list(store.ids(FeedQuery(level=4))) == [hard]
    WordStore(database).finish_post(easy, NOW)
    assert list(store.ids(FeedQuery(unread=True))) == [hard]
    assert list(store.ids(FeedQuery())) == [hard, easy]


def test_ranking_reads_an_index(database, save):
    save(prepared())
    plan = database.rows(
        "EXPLAIN QUERY PLAN SELECT c.post_id FROM coverage c ORDER BY c.rank DESC, c.post_id"
    )
    assert "INDEX coverage_by_rank" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_a_post_is_found_by_id_key_or_native_id(database, save):
    (post_id,) = save(prepared(key="6787f0a1"))
    store = PostStore(database)
    assert store.find(str(post_id)) == store.find("test:6787f0a1") == store.find("6787f0a1") == post_id
    with pytest.raises(NotFoundError):
        store.find("nothing")
    with pytest.raises(NotFoundError):
        store.post(999)


def test_what_a_source_has_said_is_known(database, save):
    (post_id,) = save(prepared())
    store = PostStore(database)
    first, second = (
        store.add_source(name, digit * 64, "test", NOW) for name, digit in (("a.db", "1"), ("b.db", "2"))
    )
    store.note_source(first, [("hash", "test:1"), ("other", "test:gone")])
    store.note_source(second, [("hash", "test:1")])
    assert store.said(first, ["hash", "other", "new"]) == {"hash"}
    assert (
        database.rows("SELECT count(DISTINCT source_id) FROM post_source WHERE post_id = ?", (post_id,))[0][0]
        == 2
    )
    assert store.add_source("a.db", "1" * 64, "test", NOW) == first


def test_outdated_annotations_are_named(database, save):
    (post_id,) = save(prepared())
    store = PostStore(database)
    assert list(store.outdated("v2")) == [post_id]
    assert not store.outdated("v1")


def test_a_library_of_a_newer_learnfeed_is_left_alone(tmp_path):
    opened = Database.open(tmp_path)
    opened.connection.execute("PRAGMA user_version = 99")
    opened.close()
    with pytest.raises(NewerLibraryError, match="newer learnfeed"):
        Database.open(tmp_path)


def test_a_file_that_is_no_library_is_named(tmp_path):
    (tmp_path / "library.sqlite").write_bytes(b"not a database, but long enough to be read as one" * 40)
    with pytest.raises(LibraryError, match="not a learnfeed library"):
        Database.open(tmp_path)


def test_a_folder_that_can_not_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="can't be made"):
        Database.open(tmp_path / "file" / "library")


def test_a_write_that_fails_leaves_nothing(database):
    store = PostStore(database)
    run = store.begin_import(NOW)

    def break_off() -> None:
        with database.write() as connection:
            store.save([prepared()], run, NOW)
            connection.execute("INSERT INTO import_run (id, started_at) VALUES (?, 0)", (run,))

    with pytest.raises(sqlite3.IntegrityError):
        break_off()
    assert not store.known(["test:1"])


def test_two_windows_see_each_others_posts(database, tmp_path, save):
    other = Database.open(database.path.parent)
    assert PostStore(other).count() == 0
    save(prepared())
    assert PostStore(other).count() == 1
    other.close()
