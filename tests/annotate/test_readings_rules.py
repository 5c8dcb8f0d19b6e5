"""Characters that are words by themselves are read by what stands beside them."""

from __future__ import annotations

import re

import pytest

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pinyin import Reader
from learnfeed.annotate.readings_rules import PARTICLES, RULES, USUAL
from learnfeed.annotate.tokens import Tokenizer


@pytest.fixture(scope="module")
def read(lexicon: Lexicon):
    tokenizer, reader = Tokenizer(lexicon), Reader(lexicon)

    def syllable(marked: str) -> str:
        """The reading of the character between bars."""
        at = marked.index("|")
        for token in reader.readings(tokenizer.tokens(marked.replace("|", ""))):
            if token.start <= at < token.end and token.reading:
                return token.reading.syllables[at - token.start]
        return ""

    return syllable


@pytest.mark.parametrize(
    ("marked", "reading"),
    [
        ("家里养了两|只|兔子", "zhi1"),
        ("桌下有|只|小狗", "zhi1"),
        ("我|只|想回家", "zhi3"),
        ("快把书|还|给他", "huan2"),
        ("这本书要|还|吗？", "huan2"),
        ("天|还|很冷", "hai2"),
        ("大家都|为|你高兴", "wei4"),
        ("她|教|我们唱歌", "jiao1"),
        ("你来|数|一数", "shu3"),
        ("有|数|百人来了", "shu4"),
        ("晚上|弹|吉他", "tan2"),
        ("别忘了|系|安全带", "ji4"),
        ("给爷爷|盛|碗汤", "cheng2"),
        ("别把我|当|外人", "dang4"),
        ("他在河边|种|树", "zhong4"),
        ("有两|种|茶", "zhong3"),
        ("先|量|体温", "liang2"),
        ("我想|待|在家里", "dai1"),
        ("我见|过|他", "guo5"),
        ("要|过|马路了", "guo4"),
        ("有一|个|问题", "ge5"),
        ("有两|个|问题", "ge4"),
        ("轻轻|地|说", "de5"),
        ("他住的|地|方", "di4"),
        ("没|得|奖也开心", "de2"),
        ("他急|得|很", "de5"),
        ("累|得|我走不动", "de5"),
        ("你|得|多睡点", "dei3"),
        ("他走过|去|了", "qu5"),
        ("那是过|去|的事", "qu4"),
        ("天气热起|来|了", "lai5"),
        ("他穿|着|一件大衣", "zhe5"),
        ("他很讲究穿|着|。", "zhuo2"),
        ("他想讲个故|事|", "shi5"),
        ("我没告|诉|别人", "su5"),
        ("有空|教|教我", "jiao1"),
        ("这不|是|我的", "shi4"),
        ("这次比赛中|得|了奖", "de2"),
        ("拍卖|得|三百万", "de2"),
        ("|得|了", "de2"),
        ("|地|", "di4"),
        ("|过|来", "guo4"),
        ("两个女|人|", "ren2"),
        ("她长得很漂亮，头发很|长|。", "chang2"),
        ("她|长|得很漂亮，头发很长。", "zhang3"),
        ("夏天我|长|了三斤", "zhang3"),
        ("好地|方|", "fang5"),
    ],
)
def test_a_character_is_read_by_its_neighbours(read, marked: str, reading: str):
    assert read(marked) == reading


def test_every_rule_gives_a_reading_its_character_has(lexicon: Lexicon):
    for char, rules in RULES.items():
        known = {syllable for entry in lexicon.entries(char) for syllable in entry.syllables}
        assert rules or char in PARTICLES
        for rule in rules:
            assert rule.reading in known | {"ge5"}
            assert isinstance(rule.before, re.Pattern)


def test_usual_readings_are_readings_of_the_dictionary(lexicon: Lexicon):
    for word, syllables in USUAL.items():
        assert syllables in {entry.syllables for entry in lexicon.entries(word)}


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("她头上的发卡很漂亮", "fa4 qia3"),
        ("银行发卡很快", "fa1 ka3"),
        ("这份礼物很有分量", "fen4 liang5"),
        ("力的x分量", "fen1 liang4"),
    ],
)
def test_words_with_two_readings_take_the_usual_one_unless_their_field_is_named(
    lexicon: Lexicon, text: str, pinyin: str
):
    tokens = Reader(lexicon).readings(Tokenizer(lexicon).tokens(text))
    said = [token.reading.syllables for token in tokens if token.text in ("发卡", "分量") and token.reading]
    assert said == [tuple(pinyin.split())]
