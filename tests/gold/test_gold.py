"""The gold sentences keep the promises of tests/gold/README.md."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from learnfeed.core.pinyin import with_mark

SENTENCES = [
    json.loads(line)
    for line in Path(__file__).with_name("sentences.jsonl").read_text(encoding="utf-8").splitlines()
]
HANZI = re.compile(r"[\u3400-\u9fff〇]")
WORD = re.compile(r"[a-zA-Z]*[\u3400-\u9fff〇]+|[^\u3400-\u9fff〇]+")
"""Hanzi, perhaps after Latin letters (T恤), or no hanzi at all."""
INITIAL = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
FINAL = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|üe|a|e|i|o|u|ü"
SYLLABLE = re.compile(rf"(?:{INITIAL})?(?:{FINAL})[1-5]|r5")
SPLIT_READINGS = {
    "得": {"de5", "de2", "dei3"},
    "为": {"wei2", "wei4"},
    "当": {"dang1", "dang4"},
    "长": {"chang2", "zhang3"},
    "还": {"hai2", "huan2"},
    "着": {"zhe5", "zhao2", "zhuo2"},
    "了": {"le5", "liao3"},
    "地": {"de5", "di4"},
    "都": {"dou1", "du1"},
    "行": {"xing2", "hang2"},
    "好": {"hao3", "hao4"},
    "重": {"zhong4", "chong2"},
    "觉": {"jue2", "jiao4"},
    "乐": {"le4", "yue4"},
    "发": {"fa1", "fa4", "fa5"},
    "只": {"zhi1", "zhi3"},
    "背": {"bei1", "bei4"},
    "和": {"he2", "huo2", "huo5"},
}


def readings() -> dict[str, set[str]]:
    """Every reading that each hanzi has somewhere in the set."""
    found: dict[str, set[str]] = {}
    for sentence in SENTENCES:
        for hanzi, syllable in zip(HANZI.findall(sentence["zh"]), sentence["syllables"], strict=True):
            found.setdefault(hanzi, set()).add(syllable)
    return found


def test_there_are_enough_sentences_and_none_stands_there_twice() -> None:
    assert len(SENTENCES) >= 300
    assert [s["id"] for s in SENTENCES] == [f"g{number:03d}" for number in range(1, len(SENTENCES) + 1)]
    assert [text for text, times in Counter(s["zh"] for s in SENTENCES).items() if times > 1] == []


def failing(rule: Callable[[dict], bool]) -> list[str]:
    """The ids of the sentences that break a rule."""
    return [sentence["id"] for sentence in SENTENCES if not rule(sentence)]


def test_every_sentence_has_the_same_keys() -> None:
    keys = {"id", "zh", "en", "syllables", "words", "senses"}
    assert failing(lambda s: set(s) == keys and bool(s["en"].strip())) == []


def test_the_words_joined_are_the_sentence_again() -> None:
    assert failing(lambda s: "".join(s["words"]) == s["zh"] and all(s["words"])) == []


def test_every_hanzi_has_one_syllable_and_nothing_else_has() -> None:
    assert failing(lambda s: len(s["syllables"]) == len(HANZI.findall(s["zh"]))) == []
    assert failing(lambda s: all(SYLLABLE.fullmatch(syllable) for syllable in s["syllables"])) == []


def test_two_to_four_words_of_a_sentence_have_an_english_sense() -> None:
    assert failing(lambda s: 2 <= len(s["senses"]) <= 4) == []
    assert failing(lambda s: all(sense["word"] in s["words"] for sense in s["senses"])) == []
    assert failing(lambda s: all(sense["gloss"].strip() for sense in s["senses"])) == []
    assert failing(lambda s: len({sense["word"] for sense in s["senses"]}) == len(s["senses"])) == []


def test_no_hanzi_stands_in_the_english() -> None:
    assert failing(lambda s: not HANZI.search(s["en"])) == []
    assert failing(lambda s: not any(HANZI.search(sense["gloss"]) for sense in s["senses"])) == []


def test_chinese_punctuation_is_full_width_and_no_part_of_a_word() -> None:
    assert failing(lambda s: not re.search(r"(?<=[\u4e00-\u9fff])[,.!?:;]", s["zh"])) == []
    assert failing(lambda s: all(WORD.fullmatch(w) for w in s["words"])) == []


def test_erhua_is_a_syllable_of_its_own_and_of_one_character_only() -> None:
    for sentence in SENTENCES:
        for hanzi, syllable in zip(HANZI.findall(sentence["zh"]), sentence["syllables"], strict=True):
            assert syllable != "r5" or hanzi == "儿"


def test_tones_are_those_of_the_dictionary_not_of_speech() -> None:
    found = readings()
    assert found["一"] == {"yi1"}
    assert found["不"] == {"bu4", "bu5"}


@pytest.mark.parametrize("hanzi", SPLIT_READINGS)
def test_the_hard_heteronyms_stand_there_in_each_of_their_readings(hanzi: str) -> None:
    assert readings()[hanzi] == SPLIT_READINGS[hanzi]


def test_at_least_a_hundred_characters_are_read_in_more_than_one_way() -> None:
    assert sum(len(found) > 1 for found in readings().values()) >= 100


def test_every_reading_can_be_shown_with_its_mark() -> None:
    for syllables in readings().values():
        for syllable in syllables:
            assert not with_mark(syllable)[-1].isdigit()
