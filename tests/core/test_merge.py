"""One post saved twice: stubs are filled, fuller texts stay, the newer save wins field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from learnfeed.core.merge import merge
from learnfeed.core.post import Block, BlockRole, Count, Media, MediaKind, Post

BODY = "今天早上醒来，窗外全白了！\nI woke up and everything was white."
FULL = Post(
    "xhs",
    (Block("第一次看到雪", BlockRole.TITLE), Block(BODY)),
    "67c1",
    author="小雪",
    likes=Count("1.2万", 12_000, exact=False),
    tags=("雪",),
    media=(Media(MediaKind.IMAGE, "/a.png"),),
)
STUBS = {
    "title only": (Block("第一次看到雪", BlockRole.TITLE),),
    "cut": (Block("今天早上醒来，窗外…"),),
    "cut, spaced as another site does": (Block("今天早上醒来， 窗外 全白了! I woke up..."),),
    "nothing at all": (),
}


@pytest.mark.parametrize("revision", [0, 5])
@pytest.mark.parametrize("blocks", STUBS.values(), ids=STUBS)
def test_a_stub_is_filled_and_never_replaces_the_full_post(blocks, revision):
    stub = Post("xhs", blocks, "67c1", url="https://www.xiaohongshu.com/explore/67c1", tags=("later",))
    full = replace(FULL, revision=revision)
    for together in (merge(stub, full), merge(full, stub)):
        assert together.blocks == FULL.blocks
        assert together.likes.value == 12_000
        assert together.media == FULL.media
        assert together.url == stub.url
        assert set(together.tags) == {"雪", "later"}


def test_a_text_its_author_shortened_is_the_newer_one():
    older, newer = replace(FULL, revision=1), replace(FULL, revision=2, blocks=(Block("今天早上醒来"),))
    assert merge(older, newer).body == "今天早上醒来"
    assert merge(newer, older).body == "今天早上醒来"


def test_another_text_of_the_same_post_replaces_it_however_short():
    assert merge(FULL, replace(FULL, blocks=(Block("已删"),))).body == "已删"


@pytest.mark.parametrize(
    ("field", "old", "new", "together"),
    [
        ("author", "小雪", "小雪同学", "小雪同学"),
        ("author", "小雪", "", "小雪"),
        ("likes", Count("5", 5), Count("9", 9), Count("9", 9)),
        ("likes", Count("5", 5), Count("赞"), Count("5", 5)),
        ("place", "吉林", "", "吉林"),
        ("url", "", "https://a.example", "https://a.example"),
    ],
)
def test_the_newer_save_wins_where_it_says_something(field, old, new, together):
    merged = merge(replace(FULL, **{field: old}), replace(FULL, **{field: new}))
    assert getattr(merged, field) == together


def test_merging_again_changes_nothing():
    newer = replace(FULL, author="小雪同学", tags=("冬天",))
    once = merge(FULL, newer)
    assert merge(once, newer) == once
    assert merge(once, once) == once
