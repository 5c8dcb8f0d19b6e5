from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.core.pinyin import (
    Match,
    judge,
    parse_typed,
    split_tone,
    to_number,
    tone_of,
    with_mark,
    word_with_marks,
)

LETTERS = [
    "xue",
    "lü",
    "nüe",
    "gui",
    "liu",
    "ou",
    "zhuang",
    "er",
    "a",
    "e",
    "yuan",
    "ming",
    "xiong",
    "ai",
    "hao",
]
syllables = st.builds(lambda letters, tone: f"{letters}{tone}", st.sampled_from(LETTERS), st.integers(1, 5))


@pytest.mark.parametrize(
    ("syllable", "marked"),
    [
        ("xue3", "xuě"), ("lü4", "lǜ"), ("liu2", "liú"), ("gui4", "guì"), ("hao3", "hǎo"), ("ou1", "ōu"),
        ("r5", "r"), ("ma5", "ma"), ("nüe4", "nüè"), ("xiong2", "xióng"), ("m2", "ḿ"),
    ],
)  # fmt: skip
def test_the_mark_stands_where_the_standard_puts_it(syllable, marked):
    assert with_mark(syllable) == marked


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        (("xia4", "xue3"), "xiàxuě"),
        (("nü3", "er2"), "nǚ'ér"),
        (("xi1", "an1"), "xī'ān"),
        (("wan2", "r5"), "wánr"),
        (("", "xu4"), "xù"),
    ],
)
def test_a_word_is_written_together(parts, word):
    assert word_with_marks(parts) == word


@given(syllables)
def test_marks_and_numbers_say_the_same(syllable):
    assert to_number(with_mark(syllable)) == syllable
    assert to_number(syllable) == syllable


@pytest.mark.parametrize(
    ("typed", "inner"), [("lv4", "lü4"), ("LU:4", "lü4"), ("ma", "ma5"), ("ma0", "ma5"), ("", ""), ("!", "")]
)
def test_other_notations_become_the_inner_one(typed, inner):
    assert to_number(typed) == inner


def test_tones_are_told():
    assert split_tone("xue3") == ("xue", 3)
    assert split_tone("xue") == ("xue", 5)
    assert (tone_of("xue3"), tone_of("ma5"), tone_of("")) == (3, 5, 0)


@given(st.lists(syllables, min_size=1, max_size=3).map(tuple))
def test_a_right_answer_is_right_however_it_is_typed(parts):
    assert judge("".join(parts), parts) is Match.EXACT
    assert judge(" ".join(parts), parts) is Match.EXACT
    assert judge(word_with_marks(parts), parts) is Match.EXACT
    assert judge(" ".join(with_mark(s) for s in parts), parts) is Match.EXACT


@given(st.lists(syllables, min_size=1, max_size=3).map(tuple))
def test_letters_without_tones_are_half_right(parts):
    bare = "".join(split_tone(s)[0] for s in parts)
    expected = Match.EXACT if all(s.endswith("5") for s in parts) else Match.TONES_MISSING
    assert judge(bare, parts) is expected


@given(syllables, syllables)
def test_another_tone_is_named_and_other_letters_are_wrong(right, typed):
    same_letters = split_tone(right)[0] == split_tone(typed)[0]
    verdict = judge(typed, (right,))
    if right == typed:
        assert verdict is Match.EXACT
    elif same_letters:
        assert verdict is Match.TONES_WRONG
    else:
        assert verdict is Match.WRONG


@pytest.mark.parametrize("typed", ["", "   ", "雪", "123", "'", "x" * 500, "ǚǚǚ", "\u0304"])
def test_anything_may_be_typed(typed):
    assert judge(typed, ("xue3",)) is Match.WRONG
    parse_typed(typed)


@given(st.text(max_size=30))
def test_no_text_breaks_the_parser(text):
    parse_typed(text)
    to_number(text)
