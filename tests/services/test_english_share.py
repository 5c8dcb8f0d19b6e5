"""How much of a post's English is known, for who learns English: kept up beside the Chinese, never mixed with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from learnfeed.core.english import level_of, text_level
from learnfeed.core.feed import FeedQuery, Sort
from learnfeed.core.level import level_label
from learnfeed.core.word import WordStatus
from learnfeed.store.database import Database
from learnfeed.store.migrations import migrate
from tests.study_samples import Clock, imported_services

POSTS = {
    "easy": "我有一只猫。\nI have a cat. The cat is good.",
    "hard": "这座古老的寺庙庄严肃穆。\nThe venerable monastery exuded solemn tranquility.",
    "chinese": "今天没有英文。",
}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = imported_services(tmp_path, POSTS, direction="english")
    yield made
    made.close()


def turned(services: Services, direction: str) -> None:
    services.use(replace(services.settings, direction=direction))


def card(services: Services, text: str):
    cards = services.reading.cards(services.reading.ids(FeedQuery()))
    return next(card for card in cards.values() if text in card.line)


def recounted(services: Services) -> list[tuple[int, ...]]:
    """English coverage worked out from scratch."""
    return services.database.rows(
        """SELECT p.id, coalesce(sum(pw.count), 0),
                  coalesce(sum(pw.count) FILTER (WHERE w.status IN ('known', 'ignored')), 0),
                  coalesce(sum(pw.count) FILTER (WHERE w.status = 'learning'), 0),
                  count(*) FILTER (WHERE w.status = 'new')
           FROM post p LEFT JOIN english_word pw ON pw.post_id = p.id LEFT JOIN word w ON w.id = pw.word_id
           GROUP BY p.id ORDER BY 1"""
    )


def kept(services: Services) -> list[tuple[int, ...]]:
    return services.database.rows(
        "SELECT post_id, running, known, learning, new_words FROM english_coverage ORDER BY 1"
    )


def test_the_feed_tells_band_share_and_new_words_of_the_english(services: Services) -> None:
    easy, hard = card(services, "猫"), card(services, "寺庙")
    assert (easy.coverage.running, easy.coverage.new_words, level_label(easy.level)) == (8, 7, "A2")
    assert level_label(hard.level) == "C2"
    turned(services, "chinese")
    assert level_label(card(services, "猫").level).startswith("HSK")


def test_marking_and_undo_keep_the_english_share_true_and_leave_the_chinese_alone(services: Services) -> None:
    before = services.database.rows("SELECT * FROM coverage ORDER BY 1")
    services.reading.mark({"cat": WordStatus.KNOWN, "be": WordStatus.LEARNING, "good": WordStatus.IGNORED})
    assert kept(services) == recounted(services)
    coverage = card(services, "猫").coverage
    assert (coverage.known, coverage.learning) == (3, 1)
    assert services.database.rows("SELECT * FROM coverage ORDER BY 1") == before
    services.reading.undo()
    assert kept(services) == recounted(services)
    assert card(services, "猫").coverage.known == 0


def test_a_band_that_is_known_makes_posts_readable_and_orders_the_feed(services: Services) -> None:
    assert "cat" in services.reading.know_levels(level_of("A2"), services.settings.standard)
    readable = services.reading.cards(services.reading.ids(FeedQuery(readable=True, sort=Sort.FIT)))
    assert any("猫" in one.line for one in readable.values())
    assert not any("寺庙" in one.line for one in readable.values())
    assert [*services.reading.ids(FeedQuery(level=services.side.nth_level(6)))] == [card(services, "寺庙").id]
    assert next(iter(services.reading.ids(FeedQuery(sort=Sort.LEVEL)))) == card(services, "猫").id


def test_a_chinese_word_marked_by_who_learns_english_keeps_its_level(services: Services) -> None:
    services.reading.mark({"雪": WordStatus.KNOWN, "cat": WordStatus.KNOWN})
    turned(services, "chinese")
    assert [(w.headword, w.level) for w in services.reading.vocabulary(WordStatus.KNOWN, None, -1)] == [
        ("雪", 1)
    ]
    assert (services.side.nth_level(7), services.side.nth_level(1)) == (7, 1)
    turned(services, "english")
    assert level_label(services.side.nth_level(7)) == "C2"


def test_unlock_names_english_words(services: Services) -> None:
    plan = services.unlocking.plan(words=20)
    assert {step.headword for step in plan.steps} >= {"cat", "monastery"}
    turned(services, "chinese")
    assert not any(step.headword.isascii() for step in services.unlocking.plan(words=20).steps)


def test_statistics_and_lists_are_of_the_language_that_is_learned(services: Services) -> None:
    services.reading.mark({"cat": WordStatus.KNOWN})
    turned(services, "chinese")
    services.reading.mark({"猫": WordStatus.KNOWN, "今天": WordStatus.KNOWN})
    chinese = services.statistics.all()
    assert (chinese.words["known"], chinese.scale, chinese.growth[-1].known) == (2, "HSK 2025", 2)
    assert all(not word.headword.isascii() for word in services.reading.vocabulary(None, None, -1))
    turned(services, "english")
    english = services.statistics.all()
    assert (english.words["known"], english.scale, english.growth[-1].known) == (1, "A1–C2", 1)
    assert [level.level for level in english.levels] == [11, 12, 13, 14, 15, 16, 0]
    assert sum(level.known for level in english.levels) == 1
    assert all(word.headword.isascii() for word in services.reading.vocabulary(None, None, -1))
    assert english.posts.readable < english.posts.posts


def test_a_word_tells_where_it_was_met(services: Services) -> None:
    post = services.english.turned(services.reading.open(card(services, "猫").id))
    token = next(token for token in post.body.tokens if token.headword == "cat")
    word = services.english.word(token)
    assert (word.times, word.posts) == (2, 1)


def test_what_is_finished_is_finished_in_both_languages(services: Services) -> None:
    post = card(services, "猫").id
    services.reading.finish(post)
    assert post not in services.reading.ids(FeedQuery(unread=True))
    turned(services, "chinese")
    assert post not in services.reading.ids(FeedQuery(unread=True))
    services.reading.undo()
    turned(services, "english")
    assert post in services.reading.ids(FeedQuery(unread=True))


def test_a_library_from_before_shows_all_posts_and_fills_up(services: Services, tmp_path: Path) -> None:
    services.reading.mark({"cat": WordStatus.KNOWN})
    places, settings = services.places, services.settings
    services.close()
    with closing(sqlite3.connect(places.library / "library.sqlite")) as old, old:
        # As the step before knew it: no English anywhere, the mark of a learner without a level.
        old.executescript(
            """DROP TABLE english_coverage; DROP TABLE english_word; DROP INDEX post_by_english_level;
               ALTER TABLE post DROP COLUMN english_level;
               DELETE FROM _sqlite_migrations WHERE name LIKE 'm012%';
               UPDATE word SET level = 0 WHERE headword GLOB '[a-z]*';
               UPDATE annotation SET version = 'before'; PRAGMA user_version = 11"""
        )
    again = Services(places, settings, clock=Clock())
    assert len(again.reading.ids(FeedQuery())) == len(POSTS)
    assert again.refreshing.run(inline=100) == len(POSTS)
    assert kept(again) == recounted(again)
    assert card(again, "猫").coverage.known == 2
    assert [word.headword for word in again.reading.vocabulary(WordStatus.KNOWN, None, -1)] == ["cat"]
    again.close()


def test_the_level_of_a_text_is_the_lowest_that_covers_95_percent() -> None:
    assert text_level({}) == 0
    assert text_level({11: 95, 16: 5}) == 11
    assert text_level({11: 94, 13: 1, 16: 5}) == 13
    assert text_level({16: 1}) == 16


def test_every_step_of_the_schema_is_applied(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)) as connection:
        migrate(connection, 11)
        assert connection.execute("PRAGMA user_version").fetchone() == (11,)
    database = Database.open(tmp_path / "library")
    assert database.rows("SELECT count(*) FROM english_coverage") == [(0,)]
    database.close()
