"""Spoken tones are shown only on request, and follow the rules."""

from __future__ import annotations

import pytest

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pinyin import Reader
from learnfeed.annotate.sandhi import spoken
from learnfeed.annotate.tokens import Tokenizer


@pytest.fixture(scope="module")
def say(lexicon: Lexicon):
    tokenizer, reader = Tokenizer(lexicon), Reader(lexicon)

    def said(text: str) -> str:
        return " ".join(s for word in spoken(reader.readings(tokenizer.tokens(text))) for s in word if s)

    return said


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("你好", "ni2 hao3"),
        ("不是", "bu2 shi4"),
        ("不好", "bu4 hao3"),
        ("一天", "yi4 tian1"),
        ("一定", "yi2 ding4"),
        ("一个人", "yi2 ge5 ren2"),
        ("第一天", "di4 yi1 tian1"),
        ("一", "yi1"),
        ("我很好", None),
        ("你，好", "ni3 hao3"),
        ("今天下雪", "jin1 tian1 xia4 xue3"),
    ],
)
def test_tones_change_as_they_are_said(say, text: str, pinyin: str | None):
    assert say(text) == pinyin if pinyin else say(text).endswith("hen2 hao3")
