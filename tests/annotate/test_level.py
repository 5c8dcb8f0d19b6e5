"""A text has the level that knows 95 % of its characters."""

from __future__ import annotations

import pytest

from learnfeed.annotate.level import level_of
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.tokens import Tokenizer
from learnfeed.core.text import TextLevel


@pytest.fixture(scope="module")
def level(lexicon: Lexicon):
    tokenizer = Tokenizer(lexicon)

    def of(text: str, standard: str = "2025") -> TextLevel:
        return level_of(tokenizer.tokens(text), lexicon, standard)

    return of


def test_easy_text_is_easy_and_hard_text_hard(level):
    assert level("我是中国人。").level == 1
    assert level("新型冠状病毒肆虐，疫情防控形势严峻。").level == 7


def test_the_curve_rises_and_reaches_the_bar_at_the_level(level):
    found = level("今天早上醒来，窗外全白了，下雪了，我们都很高兴，想去公园滑雪。")
    assert list(found.curve) == sorted(found.curve)
    assert len(found.curve) == 7
    assert found.curve[found.level - 1] >= 0.95
    assert found.level == 1 or found.curve[found.level - 2] < 0.95


def test_what_makes_it_hard_comes_first(level):
    found = level(
        "我们今天去学校学习汉语，他们也来学校学习，大家都很高兴，明天再去吃饭，我很尴尬。" * 2
        + "我们去学校。" * 8
    )
    assert found.level < 6
    assert found.above == ("尴尬",)


def test_names_do_not_count(level):
    with_name, without = level("我认识奥巴马。"), level("我认识。")
    assert with_name.hanzi == without.hanzi == 3


def test_text_without_hanzi_has_no_level(level):
    for text in ("", "hello", "雪"):
        found = level(text)
        assert (found.level, found.curve, found.label) == (0, (), "–")


@pytest.mark.parametrize("standard", ["2025", "2021", "2.0"])
def test_every_standard_levels(level, standard: str):
    found = level("我们今天去学校学习汉语。", standard)
    assert found.standard == standard
    assert 1 <= found.level <= 3


def test_traditional_text_has_the_level_of_simplified(level):
    assert level("我們今天去學校學習漢語。").level == level("我们今天去学校学习汉语。").level
