from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learnfeed.core.word import WordStatus
from learnfeed.services.undoing import undo_last
from learnfeed.store.events import EventKind, EventLog
from learnfeed.store.posts import PostStore
from learnfeed.store.words import WordStore
from tests.builders import WORDS, prepared
from tests.conftest import NOW


def coverage(database) -> list[tuple[int, ...]]:
    return database.rows("SELECT post_id, running, known, learning, new_words FROM coverage ORDER BY 1")


def recomputed(database) -> list[tuple[int, ...]]:
    """Coverage worked out from scratch, to hold the maintained one against."""
    return database.rows(
        """SELECT c.post_id, sum(pw.count), sum(pw.count * (w.status IN ('known', 'ignored'))),
                  sum(pw.count * (w.status = 'learning')), sum(w.status = 'new')
           FROM coverage c JOIN post_word pw ON pw.post_id = c.post_id JOIN word w ON w.id = pw.word_id
           GROUP BY 1 ORDER BY 1"""
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    steps=st.lists(
        st.one_of(
            st.dictionaries(
                st.sampled_from(sorted(WORDS)), st.sampled_from(WordStatus), min_size=1, max_size=4
            ),
            st.just("undo"),
        ),
        max_size=12,
    )
)
def test_maintained_coverage_is_the_coverage(database, save, steps):
    save(
        prepared("今天 下雪 了 了", key="1"),
        prepared("猫 喜欢 雪 雪 很 冷", key="2"),
        prepared("很 很 很", key="3"),
    )
    words = WordStore(database)
    for step in steps:
        if step == "undo":
            undo_last(database, NOW)
        else:
            words.mark(step, NOW)
        assert coverage(database) == recomputed(database)


def test_marking_is_one_event_and_undo_takes_all_of_it_back(database, save):
    save(prepared("今天 很 冷"))
    words = WordStore(database)
    changed = words.mark(dict.fromkeys(("今天", "很", "冷"), WordStatus.KNOWN), NOW)
    assert changed == ("今天", "很", "冷")
    undone = undo_last(database, NOW + 1)
    assert undone is not None
    assert undone.what == "3 words no longer known"
    assert set(words.statuses(("今天", "很", "冷")).values()) == {WordStatus.NEW}
    assert undo_last(database, NOW + 2) is None


def test_marking_what_is_so_already_is_no_event(database, save):
    save(prepared())
    words = WordStore(database)
    words.mark({"雪": WordStatus.KNOWN}, NOW)
    assert words.mark({"雪": WordStatus.KNOWN}, NOW) == ()
    assert database.rows("SELECT count(*) FROM event")[0][0] == 1


def test_words_never_met_can_be_marked_before_their_posts_come(database, save):
    WordStore(database).mark({"猫": WordStatus.KNOWN}, NOW, levels={"猫": 1})
    (post_id,) = save(prepared("猫 喜欢 雪"))
    assert PostStore(database).cards([post_id])[post_id].coverage.known == 1


def test_finishing_a_post_is_undone_too(database, save):
    (post_id,) = save(prepared())
    WordStore(database).finish_post(post_id, NOW)
    assert PostStore(database).cards([post_id])[post_id].read_at == NOW
    undone = undo_last(database, NOW)
    assert undone is not None
    assert undone.what == "post is unread again"
    assert PostStore(database).cards([post_id])[post_id].read_at is None


def test_events_are_never_changed_or_deleted(database, save):
    save(prepared())
    WordStore(database).mark({"雪": WordStatus.KNOWN}, NOW)
    undo_last(database, NOW)
    assert [row[0] for row in database.rows("SELECT kind FROM event")] == ["status", "undo"]
    for statement in ("DELETE FROM event", "UPDATE event SET at = 0"):
        with pytest.raises(Exception, match="append-only"):
            database.rows(statement)


def test_undo_of_one_kind_leaves_the_others(database, save):
    (post_id,) = save(prepared())
    words = WordStore(database)
    words.mark({"雪": WordStatus.KNOWN}, NOW)
    words.finish_post(post_id, NOW)
    undo_last(database, NOW, (EventKind.STATUS,))
    last = EventLog(database).last_standing()
    assert last is not None
    assert last.kind is EventKind.FINISHED


def test_words_are_listed_by_how_often_they_stand(database, save):
    save(prepared("很 很 冷", key="1"), prepared("很 猫", key="2"))
    words = WordStore(database)
    first = words.words()[0]
    assert (first.headword, first.count, first.posts) == ("很", 3, 2)
    words.mark({"猫": WordStatus.LEARNING}, NOW)
    assert [word.headword for word in words.words(status=WordStatus.LEARNING)] == ["猫"]
    assert words.by_status()[WordStatus.LEARNING] == 1
    assert words.word("没见过") is None
    assert len(words.posts_with("很")) == 2


def test_the_event_says_what_was_and_what_is(database, save):
    save(prepared())
    WordStore(database).mark({"下雪": WordStatus.IGNORED}, NOW)
    data = json.loads(database.rows("SELECT data FROM event")[0][0])
    assert data["words"][0][1:] == ["new", "ignored"]
