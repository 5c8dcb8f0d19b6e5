from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.core.ids import note_guid, text_key
from learnfeed.core.merge import merge
from learnfeed.core.post import Block, BlockRole, Comment, Count, Media, MediaKind, Post, parse_count


@pytest.mark.parametrize(
    ("raw", "value", "exact"),
    [
        ("1.2万", 12000, False), ("10+", 10, False), ("986", 986, True), ("1,024", 1024, True), ("3.4w", 34000, False),
        ("2亿", 200_000_000, False), ("5k", 5000, False), (12, 12, True),
        ("", None, True), ("-1", None, True), ("None", None, True), ("赞", None, True), (None, None, True),
        (float("nan"), None, True), (float("inf"), None, True), ("9" * 400, None, True),
    ],
)  # fmt: skip
def test_counts_are_read_as_sites_write_them(raw, value, exact):
    count = parse_count(raw)
    assert (count.value, count.exact) == (value, exact)


@given(st.text())
def test_any_count_text_is_kept(raw):
    assert parse_count(raw).raw == raw.strip()[:40]


def test_the_same_text_saved_by_two_tools_is_one_post():
    first = Post("local", (Block("今天下雪了！\nIt snowed."),))
    second = Post("web", (Block("今天下雪了!"), Block("it snowed  ❄️")))
    assert first.key == second.key
    assert Post("xhs", first.blocks, native_id="6787").key == "xhs:6787"


def test_text_without_letters_still_has_a_key():
    assert text_key("😭") != text_key("❄️")


def test_guids_are_stable_and_apart():
    assert note_guid("word", "雪") == note_guid("word", "雪")
    assert note_guid("word", "雪") != note_guid("post", "雪")
    # Written down once and for ever: Anki would take another guid for another note.
    assert note_guid("word", "雪") == "M=Sq;tH0F&"


def comment(key: str, text: str) -> Comment:
    return Comment(key, text)


def test_the_newer_save_wins_where_it_says_something():
    old = Post(
        "xhs",
        (Block("雪", BlockRole.TITLE), Block("旧")),
        "1",
        author="小雪",
        likes=Count("5", 5),
        place="吉林",
        revision=1,
    )
    new = Post(
        "xhs", (Block("雪", BlockRole.TITLE), Block("新")), "1", likes=Count("9", 9), tags=("雪",), revision=2
    )
    together = merge(old, new)
    assert together.body == "新"
    assert (together.author, together.place, together.likes.value) == ("小雪", "吉林", 9)
    assert merge(new, old) == together


def test_comments_of_both_saves_are_kept_once():
    old = Post("xhs", (Block("雪"),), "1", comments=(comment("a", "好美"), comment("b", "冷吗")))
    new = Post("xhs", (Block("雪"),), "1", comments=(comment("b", "冷吗？"), comment("c", "哈哈")))
    assert [(c.key, c.text) for c in merge(old, new).comments] == [
        ("a", "好美"),
        ("b", "冷吗？"),
        ("c", "哈哈"),
    ]


def test_a_cut_text_does_not_replace_the_whole_one():
    whole = Post("xhs", (Block("今天早上下雪了，外面很冷。"),), "1", media=(Media(MediaKind.IMAGE, "a.png"),))
    cut = Post("xhs", (Block("今天早上下雪了…"),), "1", author="小雪")
    together = merge(whole, cut)
    assert together.body == whole.body
    assert together.author == "小雪"
    assert together.media == whole.media
