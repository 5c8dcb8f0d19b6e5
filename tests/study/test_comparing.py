"""A typed sentence beside the post's own: what only differs is credited, what is missing or wrong is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.services.wording import LexiconWording
from learnfeed.study.quiz.comparing import (
    NO_DICTIONARY,
    Mark,
    compare_chinese,
    compare_english,
    compare_reply,
    credit,
    english_words,
)

SNOW = ("我", "第一", "次", "看到", "雪", "！")
ENGLISH = "I saw snow for the first time!"


@pytest.fixture(scope="module")
def wording():
    lexicon = Lexicon.open()
    yield LexiconWording(lexicon)
    lexicon.close()


def marks(differences) -> list[tuple[str, str, str]]:
    return [(d.given, d.expected, d.mark.value) for d in differences if d.mark is not Mark.SAME]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("我第一次看到雪", []),
        ("我 第一次、看到雪了！！", [("了", "", "free")]),
        ("我第一次看见雪", [("看见", "看到", "like")]),
        ("我第一次看到雨", [("雨", "雪", "changed")]),
        ("我看到雪", [("", "第一", "missing"), ("", "次", "missing")]),
        ("我今天第一次看到雪", [("今天", "", "extra")]),
        (
            "第一次我看到雪",
            [("第一", "", "moved"), ("次", "", "moved"), ("", "第一", "moved"), ("", "次", "moved")],
        ),
    ],
)
def test_chinese_is_compared_by_words(wording, typed, told):
    differences = compare_chinese(typed, SNOW, wording)
    if told and told[0][2] == "moved":
        # Which of two words that changed places has moved is a matter of taste; that they did is not.
        assert {mark for _, _, mark in marks(differences)} == {"moved"}
    else:
        assert marks(differences) == told
    assert (credit(differences) == 1) == all(mark in ("like", "free") for _, _, mark in told)


def test_a_word_may_be_cut_in_another_way(wording):
    assert credit(compare_chinese("外面下雪", ("外面", "下", "雪"), wording)) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("i saw snow for first time", [("", "the", "free")]),
        ("I see snow for the first time.", [("see", "saw", "form")]),
        ("I saw rain for the first time", [("rain", "snow", "changed")]),
        (
            "I saw snow",
            [("", "for", "missing"), ("", "the", "free"), ("", "first", "missing"), ("", "time", "missing")],
        ),
    ],
)
def test_english_is_compared_by_words(wording, typed, told):
    differences = compare_english(typed, ENGLISH, wording)
    assert marks(differences) == told
    assert (credit(differences) == 1) == all(mark == "free" for _, _, mark in told)


def test_everyday_synonyms_and_short_forms_count(wording):
    assert credit(compare_english("My mom is happy", "My mother's glad.", wording)) == 1
    assert english_words("I’m sure we can't") == ("i", "am", "sure", "we", "can", "not")


def test_a_reply_is_held_against_the_language_it_is_in(wording):
    reply = ("这里", "很", "冷", "。")
    both = compare_reply("很冷 so cold", reply, "It is cold here.", wording)
    assert [d.expected for d in both if d.mark is Mark.SAME] == ["很", "冷", "cold"]
    assert {d.expected for d in compare_reply("很冷", reply, "It is cold here.", wording)} == {
        "这里",
        "很",
        "冷",
    }
    assert {d.expected for d in compare_reply("so cold", reply, "It is cold", wording)} == {
        "it",
        "is",
        "cold",
    }
    assert compare_reply("", reply, "", wording) == compare_reply("你", reply, "", NO_DICTIONARY)


_TEXT = st.text(alphabet="我看雪了 a's的bé！", max_size=30)


@given(typed=_TEXT, expected=st.lists(_TEXT, max_size=8))
def test_nothing_is_lost_in_a_comparison(typed, expected):
    for differences in (
        compare_chinese(typed, expected, NO_DICTIONARY),
        compare_english(typed, " ".join(expected), NO_DICTIONARY),
    ):
        assert 0 <= credit(differences) <= 1
        assert all(part.given or part.expected for part in differences)
    words = english_words(" ".join(expected))
    assert tuple(d.expected for d in differences if d.expected) == words
    assert credit(compare_english(" ".join(expected), " ".join(expected), NO_DICTIONARY)) == 1


def test_a_long_text_is_compared_in_a_bounded_time():
    assert len(compare_chinese("雪" * 5000, ("雪",) * 30, NO_DICTIONARY)) <= 110
