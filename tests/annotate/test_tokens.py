"""Texts are cut into words a learner can look up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnfeed.annotate.cedict import is_hanzi
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.tokens import Tokenizer
from learnfeed.core.text import Token, TokenKind

ODD = "\ud800\x00\u200d\ufe0f🇨🇳👍🏽[#@]R/.-'’，。我們看著书三百第AZé9 \n"


@pytest.fixture(scope="module")
def tokenizer(lexicon: Lexicon) -> Tokenizer:
    return Tokenizer(lexicon)


def cut(tokenizer: Tokenizer, text: str) -> list[str]:
    return [token.text for token in tokenizer.tokens(text)]


def kinds(tokenizer: Tokenizer, text: str) -> dict[str, TokenKind]:
    return {token.text: token.kind for token in tokenizer.tokens(text)}


def headwords(tokenizer: Tokenizer, text: str) -> dict[str, str]:
    return {token.text: token.headword for token in tokenizer.tokens(text)}


def assert_whole(text: str, tokens: list[Token]) -> None:
    assert "".join(token.text for token in tokens) == text
    at = 0
    for token in tokens:
        assert token.text
        assert token.start == at
        at = token.end


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(ODD)), max_size=40))
@settings(deadline=None)
def test_tokens_rebuild_any_text(lexicon: Lexicon, tokenizer: Tokenizer, text: str):
    tokens = tokenizer.tokens(text)
    assert_whole(text, tokens)
    for token in tokens:
        if token.kind is TokenKind.WORD and len(token.text) > 1:
            assert lexicon.entries(token.headword)


@given(st.text(alphabet="我你他们看书了过一二三十百张王明天北京大学生活得很好下雪見麵學龜䶮𠀀", max_size=30))
@settings(deadline=None)
def test_every_hanzi_lies_in_a_word_a_name_or_a_number(tokenizer: Tokenizer, text: str):
    for token in tokenizer.tokens(text):
        if any(map(is_hanzi, token.text)):
            assert token.kind in (TokenKind.WORD, TokenKind.NAME, TokenKind.NUMBER)


def test_a_long_line_is_no_problem(tokenizer: Tokenizer):
    text = "今天下雪了" * 20_000
    assert_whole(text, tokenizer.tokens(text))


def test_words_are_those_of_the_dictionary(tokenizer: Tokenizer):
    assert cut(tokenizer, "今天早上醒来，外面下雪了。") == [
        "今天",
        "早上",
        "醒来",
        "，",
        "外面",
        "下雪",
        "了",
        "。",
    ]


def test_traditional_text_has_simplified_headwords(tokenizer: Tokenizer):
    found = headwords(tokenizer, "我們喜歡學習漢語")
    assert found["我們"] == "我们"
    assert found["喜歡"] == "喜欢"
    assert found["漢語"] == "汉语"


@pytest.mark.parametrize(
    ("text", "word", "headword"),
    [
        ("我们昨天见了面", "见了面", "见面"),
        ("他洗了个澡", "洗了个澡", "洗澡"),
        ("你尝尝吧", "尝尝", "尝"),
        ("我想听一听", "听一听", "听"),
        ("他们高高兴兴地走了", "高高兴兴", "高兴"),
        ("谢谢你", "谢谢", "谢谢"),
        ("妈妈来了", "妈妈", "妈妈"),
    ],
)
def test_doubled_and_separated_words_are_looked_up_as_their_base(
    tokenizer: Tokenizer, text: str, word: str, headword: str
):
    assert headwords(tokenizer, text)[word] == headword


@pytest.mark.parametrize("name", ["奥巴马", "史密斯", "王小明", "长春"])
def test_names_are_names(tokenizer: Tokenizer, name: str):
    assert kinds(tokenizer, f"我认识{name}。")[name] is TokenKind.NAME


@pytest.mark.parametrize("word", ["中国", "北京", "汉语", "英国", "春节"])
def test_names_a_learner_learns_are_words(tokenizer: Tokenizer, word: str):
    assert kinds(tokenizer, f"我喜欢{word}。")[word] is TokenKind.WORD


@pytest.mark.parametrize("number", ["三百二十五", "二〇二五", "三千万", "2025", "3.5%", "1,200"])
def test_numbers_are_numbers(tokenizer: Tokenizer, number: str):
    assert kinds(tokenizer, f"有{number}个")[number] is TokenKind.NUMBER


@pytest.mark.parametrize("word", ["卡拉OK", "T恤", "e人", "yyds", "P图", "B站"])
def test_mixed_and_internet_words_are_words(tokenizer: Tokenizer, word: str):
    token = next(t for t in tokenizer.tokens(f"今天的{word}！") if t.text == word)
    assert (token.kind, token.headword) == (TokenKind.WORD, word)


def test_internet_numbers_are_words_only_by_themselves(tokenizer: Tokenizer):
    assert kinds(tokenizer, "太666了")["666"] is TokenKind.WORD
    assert kinds(tokenizer, "一共666元")["666"] is TokenKind.NUMBER


def test_english_stays_english(tokenizer: Tokenizer):
    found = kinds(tokenizer, "I feel emo today, don't you?")
    assert found["emo"] is TokenKind.LATIN
    assert found["don't"] is TokenKind.LATIN


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧", "👍🏽", "🇨🇳", "❤️", "1️⃣", "[哭惹R]", "[doge]"])
def test_emoji_and_codes_are_one_token(tokenizer: Tokenizer, emoji: str):
    assert kinds(tokenizer, f"好{emoji}啊")[emoji] is TokenKind.EMOJI


def test_brackets_around_words_are_no_emoji(tokenizer: Tokenizer):
    assert kinds(tokenizer, "[注意]今天休息")["注意"] is TokenKind.WORD


def test_mentions_addresses_and_topics(tokenizer: Tokenizer):
    text = "@小雪同学 看 https://example.com/a?b=中 #学中文[话题]#"
    tokens = tokenizer.tokens(text)
    assert_whole(text, tokens)
    found = {token.text: token.kind for token in tokens}
    assert found["@小雪同学"] is TokenKind.NAME
    assert found["https://example.com/a?b="] is TokenKind.OTHER
    assert found["中文"] is TokenKind.WORD
    assert found["[话题]#"] is TokenKind.OTHER


@pytest.mark.parametrize(
    "text", ["太贵了", "我爱喝咖啡", "谢谢您", "山上有树", "高高的楼", "你闻一闻", "他考完试了", "向左转"]
)
def test_plain_words_are_never_swallowed_by_names(tokenizer: Tokenizer, text: str):
    assert TokenKind.NAME not in kinds(tokenizer, text).values()


@pytest.mark.parametrize("word", ["冬至", "处女座", "朋友圈", "清朝", "税务局"])
def test_feasts_offices_and_things_with_a_proper_name_can_be_learned(tokenizer: Tokenizer, word: str):
    assert kinds(tokenizer, f"这是{word}。")[word] is TokenKind.WORD


@pytest.mark.parametrize("name", ["范冰冰", "斯科特", "莫干山", "艾伦"])
def test_known_names_without_an_entry_stay_whole(tokenizer: Tokenizer, name: str):
    assert kinds(tokenizer, f"我知道{name}。")[name] is TokenKind.NAME
