"""Notes as plain values: what their texts come to."""

from __future__ import annotations

from learnfeed.core.note import PostNote, ReadingUnit, RubyToken, WordNote

SNOW = (RubyToken("下"), RubyToken("雪", ("xue3",), is_target=True), RubyToken("了。"))


def test_a_sentence_is_its_tokens():
    assert WordNote("g", 1, "雪", ("xue3",), "snow", sentence=SNOW).sentence_text == "下雪了。"
    assert WordNote("g", 1, "雪", ("xue3",), "snow").sentence_text == ""


def test_a_post_is_called_by_its_title_else_by_its_first_line():
    body = (ReadingUnit(SNOW, "It snowed."), ReadingUnit((), "Hello"))
    assert PostNote("g", 1, (RubyToken("雪"), RubyToken("天")), body).title_text == "雪天"
    assert PostNote("g", 1, (), body).title_text == "下雪了。"
    assert PostNote("g", 1, (), body[1:]).title_text == "Hello"
    assert PostNote("g", 1, (), ()).title_text == ""
