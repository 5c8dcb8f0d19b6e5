"""The value of Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.annotate.quantities import quantity


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("十八", 18),
        ("二百零五", 205),
        ("两年", 2),
        ("第三", 3),
        ("第3天", 3),
        ("2万", 20000),
        ("三万五千", 35000),
        ("一亿", 100_000_000),
        ("二〇二五年", 2025),
        ("１２", 12),
        ("28度", 28),
        ("半", 0.5),
        ("90%", 90),
        ("天", None),
        ("雪", None),
        ("第", None),
        ("", None),
        ("一" * 40, None),
    ],
)
def test_numerals_have_values(word, value):
    assert quantity(word) == value


@given(st.text(alphabet="〇一二三四五六七八九十百千万亿第年0123456789.,%", max_size=20))
def test_no_numeral_is_too_strange(word):
    assert quantity(word) is None or isinstance(quantity(word), float)
