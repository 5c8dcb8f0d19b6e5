"""Readings are right where a learner looks, and say how sure they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnfeed.annotate.hanzi import is_hanzi
from learnfeed.annotate.heteronyms import Model, pack
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pinyin import Reader, stranger
from learnfeed.annotate.tokens import Tokenizer


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> Reader:
    return Reader(lexicon)


@pytest.fixture(scope="module")
def tokenizer(lexicon: Lexicon) -> Tokenizer:
    return Tokenizer(lexicon)


@pytest.fixture(scope="module")
def read(reader: Reader, tokenizer: Tokenizer):
    def pinyin(text: str) -> str:
        tokens = reader.readings(tokenizer.tokens(text))
        return " ".join(s for token in tokens if token.reading for s in token.reading.syllables if s)

    return pinyin


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("孩子长大了", "hai2 zi5 zhang3 da4 le5"),
        ("头发很长", "tou2 fa5 hen3 chang2"),
        ("他跑得快", "ta1 pao3 de5 kuai4"),
        ("你得好好学习", "ni3 dei3 hao3 hao3 xue2 xi2"),
        ("他得了第一名", "ta1 de2 le5 di4 yi1 ming2"),
        ("在行动中", "zai4 xing2 dong4 zhong1"),
        ("妈妈去银行", "ma1 ma5 qu4 yin2 hang2"),
        ("孩子睡着了", "hai2 zi5 shui4 zhao2 le5"),
        ("他看着我", "ta1 kan4 zhe5 wo3"),
        ("他上当了", "ta1 shang4 dang4 le5"),
        ("首都北京", "shou3 du1 bei3 jing1"),
        ("大家都来了", "da4 jia1 dou1 lai2 le5"),
        ("他是为了你", "ta1 shi4 wei4 le5 ni3"),
        ("绿色的女鞋", "lü4 se4 de5 nü3 xie2"),
        ("去哪儿玩", "qu4 na3 r5 wan2"),
        ("我昨天跟她见了面", "wo3 zuo2 tian1 gen1 ta1 jian4 le5 mian4"),
        ("你尝尝", "ni3 chang2 chang2"),
        ("早起有很多好处", "zao3 qi3 you3 hen3 duo1 hao3 chu5"),
        ("你有多少钱", "ni3 you3 duo1 shao5 qian2"),
        ("我多少有点累", "wo3 duo1 shao3 you3 dian3 lei4"),
        ("二〇二五年", "er4 ling2 er4 wu3 nian2"),
        ("單先生喜歡聽音樂", None),
    ],
)
def test_common_texts_are_read_right(read, text: str, pinyin: str | None):
    assert read(text) == pinyin if pinyin else read(text).endswith("xi3 huan5 ting1 yin1 yue4")


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from("我得长为着了行三\ud800aA1，")), max_size=30)
)
@settings(deadline=None)
def test_every_character_of_a_read_token_has_a_place(reader: Reader, tokenizer: Tokenizer, text: str):
    before = tokenizer.tokens(text)
    after = reader.readings(before)
    assert [(t.text, t.start, t.kind) for t in after] == [(t.text, t.start, t.kind) for t in before]
    for token in after:
        if token.reading:
            assert len(token.reading.syllables) == len(token.text)
            assert 0 <= token.reading.sure <= 1
            assert all(not s or s[-1] in "12345" for s in token.reading.syllables)


def test_hanzi_are_read_and_other_signs_are_not(reader: Reader, tokenizer: Tokenizer):
    tokens = reader.readings(tokenizer.tokens("卡拉OK，yes 😭"))
    assert tokens[0].reading is not None
    assert tokens[0].reading.syllables == ("ka3", "la1", "", "")
    assert all(token.reading is None for token in tokens[1:])


def test_a_plain_word_is_surer_than_a_heteronym(reader: Reader, tokenizer: Tokenizer):
    plain, hard = (reader.readings(tokenizer.tokens(text))[0].reading for text in ("今天", "卷"))
    assert plain is not None
    assert hard is not None
    assert plain.sure >= 0.95 > hard.sure


def test_surnames_are_read_as_surnames(read):
    assert read("单田芳").startswith("shan4")


def test_rare_characters_are_read_too(reader: Reader, tokenizer: Tokenizer):
    assert stranger("㐀") == "qiu1"
    assert stranger("🙂") == ""
    assert all(is_hanzi(t.text) for t in reader.readings(tokenizer.tokens("㐀")) if t.reading)


def test_a_model_is_read_back_as_it_was_written(tmp_path):
    model = Model.load()
    path = tmp_path / "copy.bin"
    path.write_bytes(pack(model))
    assert Model.load(path) == model


def test_the_weights_stay_small():
    from learnfeed.annotate.heteronyms import PACKAGED

    assert PACKAGED.stat().st_size < 2_000_000
