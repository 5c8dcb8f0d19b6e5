"""Values nested without end: what lies near the top is read, the rest is left out and told."""

from __future__ import annotations

import json

from learnfeed.importers import limits


def nested_comments(levels: int) -> dict[str, object]:
    comment: dict[str, object] = {"id": f"c{levels}", "content": '雨 [{\\" 伞', "sub_comments": []}
    for level in range(levels - 1, 0, -1):
        comment = {"id": f"c{level}", "content": "好 [", "sub_comments": [comment]}
    return comment


def text_of(levels: int) -> str:
    """The comment as JSON; written by hand, for json.dumps goes only so deep."""
    opened = '{"id":"c%d","content":"雨 [{\\" 伞","sub_comments":['
    return "".join(opened % level for level in range(levels)) + "]}" * levels


def test_a_thread_deeper_than_any_reader_keeps_its_post_and_its_upper_replies(from_text):
    note = '{"note": {"noteId": "67c1", "title": "雨", "desc": "外面下雨了。", "time": 1}, "comments": {"list": [%s]}}'
    found = from_text("a.json", note % text_of(20_000))
    assert found.post.title == "雨"
    assert len(found.post.comments) > limits.COMMENT_DEPTH.value
    assert limits.JSON_DEPTH.sentence in [problem.reason for problem in found.problems]


def test_shallow_values_are_read_as_they_are(from_text):
    note = {
        "note": {"noteId": "67c1", "title": "雨", "desc": "x", "time": 1},
        "comments": {"list": [nested_comments(5)]},
    }
    found = from_text("a.json", json.dumps(note, ensure_ascii=False))
    assert len(found.post.comments) == 5
    assert not found.problems


def test_a_deep_list_that_is_cut_off_is_told(from_text):
    assert "nested" in from_text("a.json", '{"noteId":1,"desc":' + "[" * 100_000).problem.reason
