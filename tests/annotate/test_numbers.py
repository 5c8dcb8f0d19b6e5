"""Numbers are read aloud as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.numbers import aloud, hanzi_of, read_number
from learnfeed.annotate.pinyin import Reader
from learnfeed.annotate.tokens import Tokenizer

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
        ("12:30", "", "shi2 er4 dian3 san1 shi2 fen1"),
        ("9:05", "", "jiu3 dian3 ling2 wu3 fen1"),
        ("2:00", "", "liang3 dian3"),
        ("25:10", "", "er4 shi2 wu3 bi3 shi2"),
        ("2-3", "天", "er4 dao4 san1"),
        ("1/3", "", "san1 fen1 zhi1 yi1"),
        ("2024.05.01", "", "er4 ling2 er4 si4 nian2 wu3 yue4 yi1 ri4"),
        ("2024-13-01", "", ""),
        ("20250305", "", "er4 ling2 er4 wu3 ling2 san1 ling2 wu3"),
        ("17.4.1", "", "shi2 qi1 dian3 si4 dian3 yi1"),
        ("25℃", "", "er4 shi2 wu3 she4 shi4 du4"),
        ("13800138000", "", "yao1 san1 ba1 ling2 ling2 yao1 san1 ba1 ling2 ling2 ling2"),
        ("010-1234567", "", "ling2 yao1 ling2 yao1 er4 san1 si4 wu3 liu4 qi1"),
        ("110", "报警", "yao1 yao1 ling2"),
        ("110", "块", "yi1 bai3 yi1 shi2"),
        ("2", "个", "liang3"),
        ("2", "楼", "er4"),
        ("95", "后", "jiu3 wu3"),
        ("90", "年代", "jiu3 shi2"),
        ("20", "年", "er4 shi2"),
        ("98", "年", "jiu3 ba1"),
        ("3/2", "", ""),
    ],
)
def test_digits_are_read_by_what_follows(text: str, following: str, pinyin: str):
    assert read_number(text, following) == tuple(pinyin.split())


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("2025年", "er4 ling2 er4 wu3|nian2"),
        ("3点15分", "san1|dian3|shi2 wu3|fen1"),
        ("￥25.5", "er4 shi2 wu3 dian3 wu3 yuan2"),
        ("￥3万", "san1|wan4 yuan2"),
        ("$3", "san1 mei3 yuan2"),
        ("￥199元", "yi1 bai3 jiu3 shi2 jiu3|yuan2"),
        ("第2次", "di4|er4|ci4"),
        ("气温-5度", "qi4 wen1|fu4 wu3|du4"),
        ("打110报警", "da3|yao1 yao1 ling2|bao4 jing3"),
    ],
)
def test_numbers_are_read_with_their_signs_and_units(lexicon: Lexicon, text: str, pinyin: str):
    tokens = Reader(lexicon).readings(Tokenizer(lexicon).tokens(text))
    said = aloud(tokens)
    parts = [said.get(at, t.reading.syllables if t.reading else ()) for at, t in enumerate(tokens)]
    assert "|".join(" ".join(part) for part in parts if part) == pinyin


@given(st.text(alphabet="0123456789.,:/-%℃￥$年月后个第打２½٣Ⅷ", max_size=14))
def test_no_number_is_refused_with_an_error(lexicon: Lexicon, text: str):
    tokens = Tokenizer(lexicon).tokens(text)
    assert all(said and all(s[-1] in "12345" for s in said) for said in aloud(tokens).values())
