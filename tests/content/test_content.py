"""The sample posts keep the format and the spread that content/README.md promises."""

from __future__ import annotations

import re
import struct
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

CONTENT = Path(__file__).parents[2] / "content"
FILES = sorted(CONTENT.glob("*.toml"))
POSTS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
README = (CONTENT / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| (\d) \| \[([\w-]+)\]\(\2\.toml\) \| ([^|]+) \| ([^|]+) \| (.+) \|$", README, re.MULTILINE
)

KEYS: dict[str, type] = {
    "schema": str,
    "id": str,
    "platform": str,
    "kind": str,
    "title": str,
    "body": str,
    "author": str,
    "posted": datetime,
    "tags": list,
    "likes": str,
    "saves": str,
    "shares": str,
    "place": str,
    "pictures": list,
    "licence": str,
}
COMMENT_KEYS: dict[str, type] = {
    "id": str,
    "author": str,
    "text": str,
    "by_author": bool,
    "posted": datetime,
    "likes": str,
    "place": str,
}
HANZI = re.compile(r"[\u3400-\u9fff]")
COUNT = re.compile(r"\d+(\.\d)?万?")
each_post = pytest.mark.parametrize("post", POSTS.values(), ids=list(POSTS))


def texts(post: dict[str, Any]) -> Iterator[str]:
    """Everything in a post that someone reads."""
    yield post["title"]
    yield post["body"]
    yield from (comment["text"] for comment in post.get("comments", []))
    for caption in post.get("captions", []):
        yield from (caption["zh"], caption["en"])


def test_there_are_at_least_28_posts_and_their_titles_differ() -> None:
    assert len(POSTS) >= 28
    assert len({post["title"] for post in POSTS.values()}) == len(POSTS)


@pytest.mark.parametrize("name", POSTS)
def test_a_post_is_named_after_its_file(name: str) -> None:
    assert POSTS[name]["id"] == name
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)


@each_post
def test_a_post_has_every_key_with_its_type_and_no_other(post: dict[str, Any]) -> None:
    assert set(post) - {"comments", "captions"} == set(KEYS)
    assert [key for key, kind in KEYS.items() if not isinstance(post[key], kind)] == []
    assert post["schema"] == "learnfeed.post/1"
    assert post["platform"] == "learnfeed"
    assert post["licence"] == "CC0-1.0"
    assert post["kind"] in {"note", "video", "captions"}
    assert post["posted"].tzinfo is not None


@each_post
def test_counts_look_as_a_site_shows_them(post: dict[str, Any]) -> None:
    shown = [post["likes"], post["saves"], post["shares"], *(c["likes"] for c in post.get("comments", []))]
    assert [count for count in shown if not COUNT.fullmatch(count)] == []


@each_post
def test_a_comment_answers_an_earlier_one_and_the_author_is_marked(post: dict[str, Any]) -> None:
    seen: dict[str, dict[str, Any]] = {}
    for comment in post.get("comments", []):
        assert set(comment) - {"parent"} == set(COMMENT_KEYS)
        assert all(isinstance(comment[key], kind) for key, kind in COMMENT_KEYS.items())
        assert comment["id"] not in seen
        assert comment["by_author"] == (comment["author"] == post["author"])
        assert comment["posted"] > post["posted"]
        if "parent" in comment:
            assert comment["posted"] > seen[comment["parent"]]["posted"]
        seen[comment["id"]] = comment


@each_post
def test_captions_are_in_order_and_in_both_languages(post: dict[str, Any]) -> None:
    captions = post.get("captions", [])
    assert bool(captions) == (post["kind"] == "captions")
    end = 0.0
    for caption in captions:
        assert set(caption) == {"start", "end", "zh", "en"}
        assert end <= caption["start"] < caption["end"]
        assert HANZI.search(caption["zh"])
        assert not HANZI.search(caption["en"])
        end = caption["end"]


@each_post
def test_punctuation_fits_its_language(post: dict[str, Any]) -> None:
    for text in texts(post):
        assert not re.search(r"[\u4e00-\u9fff]{5}[,.!?;:]", text)
        assert text.count("“") == text.count("”")
        assert text.count("（") == text.count("）")


@each_post
def test_its_text_carries_no_control_characters_addresses_or_blank_ends(post: dict[str, Any]) -> None:
    for text in texts(post):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u200b\u202a-\u202e]", text)
        assert "http" not in text
        assert not re.search(r"[ \u3000]$", text, re.MULTILINE)


@each_post
def test_its_pictures_are_small_pngs(post: dict[str, Any]) -> None:
    for name in post["pictures"]:
        data = (CONTENT / name).read_bytes()
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", data[16:24]) == (480, 360)
        assert len(data) <= 20 * 1024


def test_every_picture_belongs_to_one_post() -> None:
    shown = Counter(name for post in POSTS.values() for name in post["pictures"])
    assert set(shown) == {f"pictures/{path.name}" for path in (CONTENT / "pictures").iterdir()}
    assert len(shown) >= 6
    assert set(shown.values()) == {1}


def test_the_readme_lists_every_post_once() -> None:
    assert sorted(name for _, name, *_ in ROWS) == sorted(POSTS)


def test_every_level_has_a_fair_share_of_the_posts() -> None:
    levels = Counter(int(level) for level, *_ in ROWS)
    assert set(levels) == {1, 2, 3, 4, 5, 6}
    assert min(levels.values()) >= 4
    assert max(levels.values()) <= len(POSTS) // 3


def test_posts_go_from_chinese_to_english_from_english_to_chinese_and_both_ways() -> None:
    directions = Counter(direction for *_, direction, _ in ROWS)
    assert set(directions) == {"zh → en", "en → zh", "mixed"}
    assert min(directions.values()) >= 4


def test_snow_is_taught_and_every_kind_of_post_is_there() -> None:
    assert sum("雪" in post["title"] or "snow" in post["title"] for post in POSTS.values()) >= 4
    assert any("Today I learned “snow” in Mandarin" in post["body"] for post in POSTS.values())
    kinds = Counter(post["kind"] for post in POSTS.values())
    assert kinds["captions"] >= 2
    assert kinds["video"] >= 1


def test_most_posts_have_a_thread_in_which_both_languages_answer() -> None:
    threads = [c for post in POSTS.values() for c in post.get("comments", []) if "parent" in c]
    assert (
        sum(bool(HANZI.search(c["text"]) and re.search("[a-z]{3}", c["text"])) for c in threads)
        >= len(POSTS) // 2
    )


def test_only_the_listed_files_are_shipped() -> None:
    names = {path.name for path in CONTENT.iterdir()} - {path.name for path in FILES}
    assert names == {"README.md", "LICENSE", "pictures"}
