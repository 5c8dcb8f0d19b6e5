"""Numbers are read aloud as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.annotate.numbers import hanzi_of, read_number

VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")}
UNITS = {"十": 10, "百": 100, "千": 1000}


def value_of(text: str) -> int:
    total = part = digit = 0
    for char in text:
        if char in VALUES:
            digit = VALUES[char]
        elif char in UNITS:
            part += (digit or 1) * UNITS[char]
            digit = 0
        else:
            total += (part + digit) * {"万": 10**4, "亿": 10**8}[char]
            part = digit = 0
    return total + part + digit


@given(st.integers(0, 10**12 - 1))
def test_every_number_means_what_it_says(value: int):
    assert value_of(hanzi_of(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10, "十"),
        (15, "十五"),
        (101, "一百零一"),
        (1005, "一千零五"),
        (10203, "一万零二百零三"),
        (100_000, "十万"),
    ],
)
def test_zeros_are_said_where_people_say_them(value: int, text: str):
    assert hanzi_of(value) == text


@pytest.mark.parametrize("value", [-1, 10**12])
def test_other_numbers_are_refused(value: int):
    with pytest.raises(ValueError, match="not in"):
        hanzi_of(value)


@pytest.mark.parametrize(
    ("text", "following", "pinyin"),
    [
        ("2025", "年", "er4 ling2 er4 wu3"),
        ("25", "", "er4 shi2 wu3"),
        ("3.5", "", "san1 dian3 wu3"),
        ("1,200", "", "yi1 qian1 er4 bai3"),
        ("80%", "", "bai3 fen1 zhi1 ba1 shi2"),
        ("007", "", "ling2 ling2 qi1"),
        ("２５", "", "er4 shi2 wu3"),
        ("12:30", "", ""),
        ("1-2", "", ""),
    ],
)
def test_digits_are_read_by_what_follows(text: str, following: str, pinyin: str):
    assert read_number(text, following) == tuple(pinyin.split())
