"""Corrections find their place by text, and hold what they say against it."""

from __future__ import annotations

import pytest

from learnfeed.core.correction import (
    Correction,
    CorrectionKind,
    Scope,
    clean,
    correct,
    neighbours,
    places,
    typed_reading,
)
from learnfeed.core.errors import UsageError

READING, WORDS, SENSE, PAIR = CorrectionKind
TEXT = "他长大了。我也长大了！头发很长。"


def made(scope: Scope, text: str, word: str, value: tuple[str, ...] = ("chang2",)) -> Correction:
    start = text.index(word)
    return correct(READING, scope, text, (start, start + len(word)), value=value, post="test:1")


def test_here_holds_at_one_place_of_one_post():
    here = made(Scope.HERE, TEXT, "长")
    assert list(places(here, TEXT, "test:1")) == [(1, 2)]
    assert list(places(here, TEXT, "test:2")) == []
    assert list(places(here, f"你好\n{TEXT}\n补充：{TEXT}", "test:1")) == [(4, 5)]


def test_in_this_context_holds_wherever_the_same_hanzi_stand_beside():
    context = made(Scope.CONTEXT, TEXT, "长")
    assert (context.before, context.after, context.post) == ("他", "大", "")
    assert list(places(context, "祝他长大。", "test:9")) == [(2, 3)]
    assert list(places(context, "我长大了", "test:9")) == []


def test_the_end_of_a_run_of_hanzi_is_a_neighbour_like_any_other():
    assert neighbours("行，好", (0, 1)) == ("", "")
    alone = made(Scope.CONTEXT, "行，好", "行", ("xing2",))
    assert list(places(alone, "A 行 B\n行", "")) == [(2, 3), (6, 7)]
    assert list(places(alone, "行人", "")) == []


def test_everywhere_holds_wherever_the_characters_stand():
    assert [a for a, _ in places(made(Scope.EVERYWHERE, TEXT, "长"), TEXT, "")] == [1, 7, 14]


def test_a_later_correction_of_the_same_takes_the_place_of_an_earlier_one():
    one, other = made(Scope.CONTEXT, TEXT, "长"), made(Scope.CONTEXT, TEXT, "长", ("zhang3",))
    assert one.place == other.place
    assert one.place != made(Scope.EVERYWHERE, TEXT, "长").place


@pytest.mark.parametrize(
    ("surface", "typed", "syllables"),
    [
        ("长大了", "zhǎngdàle", ("zhang3", "da4", "le5")),
        ("下雪", "xia4xue3", ("xia4", "xue3")),
        ("绿", "lv4", ("lü4",)),
        ("T恤", "xu4", ("", "xu4")),
        ("了", "le5", ("le5",)),
    ],
)
def test_a_typed_reading_is_a_syllable_for_each_character(surface, typed, syllables):
    assert typed_reading(surface, typed) == syllables


@pytest.mark.parametrize("typed", ["", "xue", "xue3 xue3", "blorp4", "<b>", "xué3é"])
def test_what_is_no_reading_of_the_word_is_refused(typed):
    with pytest.raises(UsageError) as refused:
        typed_reading("雪", typed)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (READING, ("xia4",)),
        (READING, ("xia4", "snow")),
        (WORDS, ("下", "雨")),
        (WORDS, ("下雪", "")),
        (SENSE, ("",)),
        (SENSE, ("to snow", "snow")),
        (SENSE, ("to\x1b[31m snow",)),
        (SENSE, ("x" * 501,)),
        (PAIR, (" ",)),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(kind, value):
    with pytest.raises(UsageError):
        correct(kind, Scope.HERE, "下雪了", (0, 2), value=value, post="test:1")


def test_nothing_can_t_be_corrected():
    with pytest.raises(UsageError):
        correct(SENSE, Scope.HERE, "下 雪", (1, 2), value=("snow",), post="test:1")


def test_typed_text_is_one_line_of_plain_text():
    assert clean(" to\tsnow\x1b[0m\u202e  hard\n") == "to snow [0m hard"
