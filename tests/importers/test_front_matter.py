from __future__ import annotations

from hypothesis import strategies as st

from learnfeed.importers.front_matter import many, one, split_front_matter
from tests.importers.checks import check


def test_properties_as_note_apps_write_them():
    text = (
        '---\ntitle: Tea: three minutes\nsource: "https://x.example/\\"a"\nauthor:\n  - "[[小雪]]"\n'
        "tags: [a, \"b, c\"]\nempty:\npath: 'C:\\new''s'\nlong: one\n  two\n---\nbody"
    )
    found, body = split_front_matter(text)
    assert body == "body"
    assert one(found, "title") == "Tea: three minutes"
    assert one(found, "source") == 'https://x.example/"a'
    assert one(found, "author") == "小雪"
    assert many(found, "tags") == ["a", "b, c"]
    assert one(found, "empty", "path") == "C:\\new's"
    assert one(found, "long") == "one two"
    assert one(found, "none") == ""
    assert many({"tags": "a, b"}, "tags") == ["a", "b"]


def test_without_an_end_it_is_text():
    found, body = split_front_matter("---\ntitle: 雪\n\n窗外全白了。")
    assert found == {}
    assert "窗外全白了。" in body


def test_a_rule_at_the_top_is_no_property():
    assert split_front_matter("---\njust text\n---\nmore") == ({}, "---\njust text\n---\nmore")
    assert split_front_matter("text") == ({}, "text")


@check(st.text())
def test_any_text_has_a_body(text):
    split_front_matter("---\n" + text)
