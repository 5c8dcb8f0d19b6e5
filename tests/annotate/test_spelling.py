"""Pinyin is recognised by the hanzi beside it."""

from __future__ import annotations

import pytest

from learnfeed.annotate.spelling import plain, spelled

READINGS = {"你": {"ni"}, "好": {"hao"}, "绿": {"lv", "lu"}, "色": {"se", "shai"}, "西": {"xi"}, "安": {"an"}}


def readings(char: str) -> frozenset[str]:
    return frozenset(READINGS.get(char, ()))


@pytest.mark.parametrize(
    ("word", "letters"), [("Nǐ", "ni"), ("lǜsè", "lvse"), ("lü4", "lv"), ("Xī’ān", "xian"), ("?", "")]
)
def test_tones_and_marks_do_not_count(word, letters):
    assert plain(word) == letters


@pytest.mark.parametrize(
    ("words", "hanzi", "count"),
    [
        (["nǐ", "hǎo"], "你好", 2),
        (["nihao", "hello"], "你好", 1),
        (["ni", "hao", "hello"], "你好", 2),
        (["lvse"], "绿色", 1),
        (["Xi’an"], "西安", 1),
        (["hello"], "你好", 0),
        (["ni"], "你好", 0),
        (["ni", "!"], "你好", 0),
        ([], "你好", 0),
        (["ni"], "", 0),
    ],
)
def test_words_spell_hanzi_from_end_to_end(words, hanzi, count):
    assert spelled(words, hanzi, readings) == count
