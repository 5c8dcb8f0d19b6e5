"""Zhuyin agrees with pypinyin's on every syllable that the dictionary holds."""

from __future__ import annotations

import pytest
from pypinyin.contrib.tone_convert import to_tone
from pypinyin.style import convert

from learnfeed.core.zhuyin import zhuyin


@pytest.mark.parametrize(
    ("syllable", "written"),
    [
        ("xue3", "ㄒㄩㄝˇ"), ("shi4", "ㄕˋ"), ("ni3", "ㄋㄧˇ"), ("nü3", "ㄋㄩˇ"), ("de5", "˙ㄉㄜ"), ("er2", "ㄦˊ"), ("r5", "˙ㄦ"),
        ("zhong1", "ㄓㄨㄥ"), ("yuan2", "ㄩㄢˊ"), ("Wang2", "ㄨㄤˊ"), ("jiong3", "ㄐㄩㄥˇ"), ("xx5", "xx5"), ("A", "ㄚ"),
    ],
)  # fmt: skip
def test_syllables(syllable: str, written: str) -> None:
    assert zhuyin(syllable).removeprefix("˙") == written.removeprefix("˙")


def test_it_agrees_with_pypinyin(lexicon_syllables: set[str]) -> None:
    from pypinyin import Style

    differ = {
        (syllable, zhuyin(syllable), convert(to_tone(syllable), Style.BOPOMOFO, strict=True))
        for syllable in lexicon_syllables
        if syllable[-1] in "1234"
        and zhuyin(syllable) != convert(to_tone(syllable), Style.BOPOMOFO, strict=True)
    }
    assert differ == set()


@pytest.fixture(scope="module")
def lexicon_syllables() -> set[str]:
    from learnfeed.annotate.lexicon import Lexicon

    with_words = Lexicon.open(None)
    words = (word for level in range(1, 8) for word in with_words.words_of_level("2025", level))
    return {syllable for word in words for entry in with_words.entries(word) for syllable in entry.syllables}
