"""Small files that once broke an importer; found by ``benchmarks/fuzz_importers.py``."""

from __future__ import annotations

import json

import pytest

from learnfeed.importers.js_state import states
from tests.importers.made import packed


@pytest.mark.parametrize("kind", [["图文"], {"a": "视频"}, None, 5])
def test_the_kind_of_a_note_may_be_anything(from_text, kind):
    note = {
        "作品ID": "67c1",
        "作品标题": "雨",
        "作品描述": "外面下雨了。",
        "作品类型": kind,
        "下载地址": ["u"],
    }
    found = from_text("a.json", json.dumps({"data": note}), format="xhs-downloader")
    assert found.post.kind == "note"


@pytest.mark.parametrize("time", [10**400, -(10**400), "1", True, None])
def test_the_time_of_a_caption_may_be_any_number(from_text, time):
    body = [{"from": time, "to": time, "location": 2, "content": "外面下雨了。"}]
    assert from_text("a.json", json.dumps({"font_color": "", "body": body})).post.body == "外面下雨了。"


def test_a_database_of_the_future_is_told(from_text):
    future = b"SQLite format 3\0\x10\x00\x09\x09" + b"\0" * 80
    found = from_text("vocab.db", future, format="kindle-vocabulary")
    assert "the database is damaged" in found.problem.reason


@pytest.mark.parametrize("opening", ["/*", "(", "function(", "[[", "'\\'"])
def test_a_page_of_thousands_of_open_states_is_not_read_over_and_over(opening):
    # Without a bound each of them would be read to the end of the page: minutes for this one.
    assert list(states(f"window.__INITIAL_STATE__ = {opening}" * 2_000)) == []


def test_a_member_without_a_name_is_passed_over(from_text):
    archive = packed({"x": "a", "b.txt": "外面下雨了。"}).replace(b"x", b"\0")
    assert from_text("a.zip", archive).post.body == "外面下雨了。"


def test_a_number_of_thousands_of_digits_is_told(from_text):
    found = from_text("a.toml", 'schema = "learnfeed.post/1"\ntitle = "雨"\nlikes = ' + "9" * 5000)
    assert "4300 digits" in found.problem.reason


@pytest.mark.parametrize(
    "head", [b"\x1f\x8b", b"\x1f\x8b\x08", b"\x1f\x8b\x08\x08\0\0\0\0\0\x03", b"BZh", b"\xfd7zXZ\0"]
)
def test_the_head_of_an_archive_alone_is_told(from_text, head):
    assert from_text("a.tar.gz", head).problem.reason
