"""Texts are cut into words a learner can look up."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnfeed.annotate.hanzi import is_hanzi
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.tokens import Tokenizer
from learnfeed.core.text import Token, TokenKind

ODDER = (
    "\ud800", "\udfff\ud800", "\x00", "\x1b[31m", "\ue000", "\U000f0000", "\U0010ffff", "\ufffe", "𠮷野家", "𪚥", "㐂", "〇", "々",
    "日本語のテキスト", "カタカナ", "한국어 문장", "👩🏽‍❤️‍💋‍👨🏿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇨🇳🇨", "1️⃣2️⃣", "e\u0301\u0301", "\u202e\u2066", "\ufeff", "ﬁ", "ＡＢ１２",
    "السلام", "ไทย", "中文English混합カナ", "卡拉ok3", "@", "#", "[", "[话题]#", "[哭惹R", "https://", "a@b.cc", "一二三四五", "第", "我叫李强", "个人", "看了看",
    "\r\n", "\u2028", "\x85", "％", "1.2.3.4", "--", "……", "乾著",
)  # fmt: skip
"""What people and broken programs put into posts."""
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


@given(st.lists(st.sampled_from(ODDER), max_size=12).map("".join))
@settings(deadline=None)
def test_tokens_rebuild_what_is_odd(tokenizer: Tokenizer, text: str):
    assert_whole(text, tokenizer.tokens(text))


@pytest.mark.parametrize("piece", ODDER)
def test_what_is_odd_is_whole_by_itself_and_many_times(tokenizer: Tokenizer, piece: str):
    assert_whole(piece, tokenizer.tokens(piece))
    assert_whole(piece * 50, tokenizer.tokens(piece * 50))


@pytest.mark.parametrize(
    "unit", ["今天下雪了", "王小明", "斯", "一", "a", "a.", "#", "[话", "@a", "看了", "，", "\ud800"]
)
def test_long_lines_take_steps_in_proportion_to_their_length(tokenizer: Tokenizer, unit: str):
    """Counted in calls of functions, as a clock would make the test fail at random."""
    short, long = (steps(tokenizer, unit * (size // len(unit))) for size in (2_000, 16_000))
    assert long < 10 * short


def steps(tokenizer: Tokenizer, text: str) -> int:
    """How many lines of Python cutting a text runs through."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        tokens = tokenizer.tokens(text)
    finally:
        sys.settrace(before)
    assert_whole(text, tokens)
    return count


def test_a_line_of_a_megabyte_is_cut(tokenizer: Tokenizer):
    text = "今天下雪了, snow 123 👍" * 34_000
    assert len(text.encode()) > 1_000_000
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
        ("我睡了一觉", "睡了一觉", "睡觉"),
        ("昨天睡了个好觉", "睡了个好觉", "睡觉"),
        ("他们吵了一架", "吵了一架", "吵架"),
        ("你生什么气", "生什么气", "生气"),
        ("帮个忙", "帮个忙", "帮忙"),
        ("他看了看我", "看了看", "看"),
        ("谢谢你", "谢谢", "谢谢"),
        ("妈妈来了", "妈妈", "妈妈"),
    ],
)
def test_doubled_and_separated_words_are_looked_up_as_their_base(
    tokenizer: Tokenizer, text: str, word: str, headword: str
):
    assert headwords(tokenizer, text)[word] == headword


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("四个人来了", "四 个 人 来 了"),
        ("这个人", "这个 人"),
        ("每个人都有个性", "每 个 人 都 有 个性"),
        ("4个人", "4 个 人"),
        ("走路十分钟左右", "走路 十 分钟 左右"),
        ("他十分高兴", "他 十分 高兴"),
        ("这是第二十一个", "这 是 第二十一 个"),
        ("第二天", "第二天"),
        ("这是个人信息", "这 是 个人 信息"),
        ("下了一场雪", "下 了 一 场 雪"),
        ("两本书三杯咖啡", "两 本 书 三 杯 咖啡"),
        ("太贵了", "太 贵 了"),
    ],
)
def test_a_measure_word_is_a_word(tokenizer: Tokenizer, text: str, words: str):
    assert " ".join(cut(tokenizer, text)) == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我叫李强", "李强"),
        ("李强在北京工作", "李强"),
        ("我跟王芳说了", "王芳"),
        ("陈静老师讲课", "陈静"),
        ("张伟和刘洋是同学", "张伟"),
        ("我的朋友王小明很高兴", "王小明"),
        ("小王来了", "小王"),
        ("我和老李", "老李"),
    ],
)
def test_the_words_beside_it_say_that_a_name_is_one(tokenizer: Tokenizer, text: str, name: str):
    assert kinds(tokenizer, text)[name] is TokenKind.NAME


@pytest.mark.parametrize("text", ["一小张纸", "马上开门", "我和你说", "白天在家", "高兴地说", "方便的时候"])
def test_a_surname_alone_makes_no_name(tokenizer: Tokenizer, text: str):
    assert TokenKind.NAME not in kinds(tokenizer, text).values()


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


def test_what_stands_before_a_run_decides_for_that_run_alone(tokenizer: Tokenizer):
    """Runs are cut together, so each needs its own neighbour; and a long text is cut in several parts."""
    once = ["个人，", "来了5", "个人。", "李强说，", "见了面。", "小王@小明，", "看", "!", "看，"]
    alone = ["个人", "，", "来", "了", "5", "个", "人", "。", "李强", "说", "，", "见了面", "。"]
    found = [token.text for token in tokenizer.tokens("".join(once) * 200)]
    assert found[: len(alone)] == alone
    assert found == found[: len(found) // 200] * 200
