"""Pinyin that a post writes beside its hanzi decides how they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.annotate.pipeline import Annotator
from learnfeed.core.text import Decider


def read(annotator: Annotator, text: str) -> dict[str, tuple[str, Decider]]:
    """Each hanzi's reading and who decided it; a later one of the same hanzi wins."""
    found = {}
    for token in annotator.annotate_text(text).tokens:
        if token.reading:
            found.update(
                (c, (s, token.reading.by)) for c, s in zip(token.text, token.reading.syllables, strict=True)
            )
    return found


@pytest.mark.parametrize(
    ("text", "hanzi", "reading"),
    [
        ("我想还。\nWǒ xiǎng huán.", "还", "huan2"),
        ("wǒ xiǎng huán\n我想还", "还", "huan2"),
        ("行 (háng)", "行", "hang2"),
        ("行 (xíng)", "行", "xing2"),
        ("这个字念乐（yuè）", "乐", "yue4"),
        ("长 zhǎng to grow", "长", "zhang3"),
        ("绿 lǜ green", "绿", "lü4"),
        ("朝 cháo", "朝", "chao2"),
        ("朝阳 zhāo yáng", "朝", "zhao1"),
    ],
)
def test_written_pinyin_decides(annotator, text, hanzi, reading):
    assert read(annotator, text)[hanzi] == (reading, Decider.FILE)


@pytest.mark.parametrize("text", ["我们不见不散。\nWǒmen bú jiàn bú sàn.", "不 bú"])
def test_a_tone_as_spoken_does_not_replace_the_dictionary_s(annotator, text):
    assert read(annotator, text)["不"][0] == "bu4"


@pytest.mark.parametrize("text", ["行 café", "行了 naïve wǒ", "我想还。\nIt is háng."])
def test_latin_that_spells_something_else_decides_nothing(annotator, text):
    assert Decider.FILE not in {by for _, by in read(annotator, text).values()}


@given(st.text(alphabet="行还长乐了 (）háng huán zhǎng\nlǜ'", max_size=40))
def test_any_mixture_is_read_without_an_error_and_in_place(annotator, text):
    tokens = annotator.annotate_text(text).tokens
    assert "".join(token.text for token in tokens) == text
    assert all(len(t.reading.syllables) == len(t.text) for t in tokens if t.reading)
