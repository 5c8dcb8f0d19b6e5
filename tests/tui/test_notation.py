"""Readings as the settings say: pinyin or zhuyin, dictionary tones or spoken ones, everywhere they stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.core.text import Reading, Token, TokenKind
from learnfeed.settings import Settings
from learnfeed.tui.notation import in_script, use_notation, written
from learnfeed.tui.widgets.flashcard import hanzi_lines
from learnfeed.tui.widgets.ruby_layout import wrap


@pytest.fixture(autouse=True)
def _afterwards() -> Iterator[None]:
    yield
    use_notation(Settings())


def tokens() -> list[Token]:
    return [
        Token("你", 0, TokenKind.WORD, "你", Reading(("ni3",))),
        Token("好", 1, TokenKind.WORD, "好", Reading(("hao3",))),
    ]


def over() -> str:
    (line,) = wrap(tokens(), 40, lambda _: True)
    return " ".join(text for box in line for text, _ in box.ruby)


def test_pinyin_as_in_the_dictionary_unless_set():
    assert over() == "nǐ hǎo"
    assert "".join(text for text, _ in written(("nü3", "er2"))) == "nǚ'ér"


def test_zhuyin():
    use_notation(Settings(reading="zhuyin"))
    assert over() == "ㄋㄧˇ ㄏㄠˇ"
    assert hanzi_lines("雪", ("xue3",))[0].pieces == (("ㄒㄩㄝˇ", "tone-3"),)
    (line,) = wrap(tokens(), 40, lambda _: True)
    assert line[0].ruby_width == 5  # bopomofo are as wide as hanzi
    assert line[0].right <= line[1].ruby_x


def test_tones_as_they_are_spoken():
    use_notation(Settings(sandhi=True))
    assert over() == "ní hǎo"


def test_one_script_for_all_posts():
    with_words = Lexicon.open(None)
    use_notation(Settings(script="traditional"), lambda: with_words)
    assert in_script("喜欢", ("xi3", "huan5")) == "喜歡"
    assert [in_script("发", (syllable,)) for syllable in ("fa1", "fa4")] == ["發", "髮"]
    assert hanzi_lines("雪", ("xue3",))[1].pieces[0][0] == "雪"
    (line,) = wrap([Token("头发", 0, TokenKind.WORD, "头发", Reading(("tou2", "fa5")))], 40, lambda _: True)
    assert line[0].text == "頭髮"
    use_notation(Settings(script="simplified"), lambda: with_words)
    assert in_script("喜歡", ("xi3", "huan5")) == "喜欢"
    assert in_script("OK") == "OK"
    assert in_script("没有这个词吧") == "没有这个词吧"
    use_notation(Settings(), lambda: with_words)
    assert in_script("喜歡") == "喜歡"
