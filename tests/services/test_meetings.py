"""Which words an export meets: counted from the index, and the same as reading every post would find."""

from __future__ import annotations

from collections import Counter

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Places, content_folder
from learnfeed.core.feed import FeedQuery
from learnfeed.core.word import WordStatus
from learnfeed.services.contexts import learnable
from learnfeed.services.meetings import Meetings
from learnfeed.store.posts import PostStore


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """The sample posts, imported once."""
    services = Services(Places(tmp_path_factory.mktemp("library")))
    services.importing.run([content_folder()])
    yield services
    services.close()


def in_order(_: object) -> float:
    return 0


def everything(word: str, status: WordStatus) -> bool:
    return bool(word) and bool(status)


def read_through(posts: PostStore, ids) -> Counter[str]:
    """Every word of some posts, in order of meeting, with its count."""
    return Counter(
        token.headword for post_id in ids for _, token in learnable(post_id, posts.annotated(post_id))
    )


@pytest.mark.parametrize("limit", [3, 1000])
def test_words_are_counted_and_ordered_as_they_stand_in_the_posts(library, limit):
    posts = PostStore(library.database)
    ids = list(posts.ids(FeedQuery()))[:limit]
    meetings = Meetings(library.database, ids)
    found = meetings.ordered(meetings.words(everything, 1), in_order)
    expected = read_through(posts, ids)
    assert [(word.headword, word.count) for word in found] == list(expected.items())


@pytest.mark.parametrize("limit", [1, 7, 40])
def test_a_limit_keeps_the_first_also_among_words_of_one_post(library, limit):
    ids = list(PostStore(library.database).ids(FeedQuery()))
    meetings = Meetings(library.database, ids)
    words = meetings.words(everything, 2)
    whole = meetings.ordered(words, lambda word: -word.count)
    assert meetings.ordered(words, lambda word: -word.count, limit) == whole[:limit]
    assert all(word.count >= 2 for word in whole)


def test_only_posts_of_wanted_words_are_opened(library):
    ids = list(PostStore(library.database).ids(FeedQuery()))
    meetings = Meetings(library.database, ids)
    (snow,) = meetings.words(lambda word, _: word == "下雪", 1)
    asked = []
    real = library.database.rows

    def rows(sql, parameters=()):
        asked.append("annotation" in sql)
        return real(sql, parameters)

    library.database.rows = rows
    try:
        context = meetings.contexts([snow])["下雪"]
    finally:
        del library.database.rows
    assert context.word.english
    assert "下雪" in "".join(token.text for token in context.word.sentence)
    assert 1 <= sum(asked) <= snow.posts


def test_a_sentence_with_a_translation_is_found_behind_many_without(tmp_path):
    """Most posts hold the word in a title alone, their English stands elsewhere."""
    services = Services(Places(tmp_path / "library"))
    for number in range(9):
        (tmp_path / f"{number}.md").write_text(
            f"# 蝴蝶{'一二三四五六七八九'[number]}\n\n我们回家。\n\nWe go home.\n", encoding="utf-8"
        )
    (tmp_path / "last.md").write_text(
        "# 花园\n\n花园里有一只蝴蝶。\n\nThere is a butterfly in the garden.\n", encoding="utf-8"
    )
    services.importing.run([tmp_path / f"{name}.md" for name in (*range(9), "last")])
    ids = sorted(PostStore(services.database).ids(FeedQuery()))
    meetings = Meetings(services.database, ids)
    words = meetings.words(lambda word, _: word == "蝴蝶", 1)
    assert words[0].posts > 4
    assert "butterfly" in meetings.contexts(words)["蝴蝶"].word.english
    services.close()


def test_words_of_no_post_come_last_and_have_no_sentence(library):
    ids = list(PostStore(library.database).ids(FeedQuery()))[:2]
    meetings = Meetings(library.database, ids)
    met, unmet = meetings.words(everything, 1), meetings.unmet(["甲骨文", "饕餮"])
    found = meetings.ordered([*unmet, *met], in_order)
    assert [word.headword for word in found[-2:]] == ["甲骨文", "饕餮"]
    assert not meetings.contexts(unmet)


def test_a_choice_of_no_posts_meets_nothing(library):
    assert Meetings(library.database, []).words(everything, 1) == []
