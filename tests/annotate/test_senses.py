"""The post's own English chooses the sense; where it says nothing, the sense is a guess and marked as one."""

from __future__ import annotations

import pytest

from learnfeed.annotate.evidence import Word
from learnfeed.annotate.gloss_index import GlossIndex, parse_terms
from learnfeed.annotate.links import Link
from learnfeed.annotate.senses import SenseChooser, support
from learnfeed.annotate.usual import USUAL, holds
from learnfeed.core.text import Decider, Token
from tests.annotate.reading import sense_of


def token(annotated, word: str) -> Token:
    return next(token for token in annotated.tokens if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "gloss"),
    [
        ("我想打电话。I want to make a phone call.", "想", "want"),
        ("我想你。I miss you.", "想", "miss"),
        ("面很好吃。The noodles are delicious.", "面", "noodles"),
        ("他的面很白。His face is very white.", "面", "face"),
        ("今天下雪。It snows today.", "下雪", "snow"),
        ("我要减肥。I want to lose weight.", "减肥", "lose weight"),
    ],
)
def test_the_english_beside_it_chooses_the_sense(annotator, text, word, gloss):
    annotated = annotator.annotate_text(text)
    chosen = token(annotated, word).sense
    assert gloss in chosen.gloss
    assert chosen.by is Decider.LINK
    assert chosen.sure >= 0.5
    assert chosen.english


def test_the_english_itself_stands_where_no_sense_fits(annotator):
    annotated = annotator.annotate_text(
        "因为暴风雪，学校停课了。School was cancelled because of the snowstorm."
    )
    chosen = token(annotated, "停课").sense
    assert chosen.gloss == chosen.english == "cancelled" or "class" in chosen.gloss


def test_without_english_the_sense_is_a_guess(annotator):
    chosen = token(annotator.annotate_text("我想打电话。"), "想").sense
    assert chosen.by is Decider.DICTIONARY
    assert chosen.sure < 0.5
    assert chosen.english == ""


def test_a_word_of_one_sense_is_no_guess(annotator):
    assert token(annotator.annotate_text("我爱吃火锅。"), "火锅").sense.sure > 0.5


def test_a_measure_word_is_read_as_one_after_a_number(annotator):
    assert "classifier" in sense_of(annotator.annotate_text("我有三本。"), "本")


def test_the_sense_may_settle_the_reading(annotator):
    annotated = annotator.annotate_text("他长大了。He grew up.\n头发很长。The hair is long.")
    long = [t for t in annotated.tokens if t.text == "长"]
    assert long[-1].reading.syllables == ("chang2",)


def test_support_is_the_best_share_of_a_synonym():
    terms = parse_terms("lose4 weight5;slim9\n\nice4 cream5\nchildren9")
    assert support(terms, ["lose", "weight"]) == [1.0, 0.0, 0.0, 0.0]
    assert support(terms, ["weight"])[0] == pytest.approx(5 / 9)
    assert support(terms, ["icecream"])[2] == 1.0
    assert support(terms, ["childrens"])[3] == pytest.approx(0.6)
    assert support(terms, []) == [0.0] * 4


@pytest.mark.parametrize(
    ("text", "word", "gloss"),
    [
        ("这件衣服多少钱？", "钱", "money"),
        ("雪太美了", "太", "too"),
        ("早上六点起床", "点", "o'clock"),
        ("我们一起去", "一起", "together"),
        ("我在北京", "在", "located"),
    ],
)
def test_the_usual_sense_of_common_words_is_the_common_one(annotator, text, word, gloss):
    assert gloss in sense_of(annotator.annotate_text(text), word)


def test_the_table_of_usual_senses_names_senses_that_the_dictionary_has(lexicon):
    without = [
        (word, keyword)
        for word, keywords in USUAL.items()
        for keyword in keywords
        if not any(holds(sense.gloss, keyword) for entry in lexicon.entries(word) for sense in entry.senses)
    ]
    assert without == []


@pytest.mark.parametrize(
    ("text", "word", "gloss"),
    [
        ("我在家等你。", "等", "to wait"),
        ("这件衣服二十块。", "块", "money"),
        ("他跑得很快。", "快", "quick"),
        ("酒店很舒服。", "酒店", "hotel"),
        ("我们是同学。", "同学", "classmate"),
        ("他每天读书，很累。", "累", "tired"),
    ],
)
def test_common_words_are_guessed_as_they_are_mostly_meant(annotator, text, word, gloss):
    sense = next(t.sense for t in annotator.annotate_text(text).tokens if t.text == word)
    assert gloss in sense.gloss
    assert sense.sure < 0.5


def test_a_link_that_only_was_left_over_is_no_gloss(annotator, lexicon):
    tokens = annotator.annotate_text("丰盛").tokens
    link = Link(Word("丰盛", 0, 2, 1.0), (Word("eve", 0, 3, 1.0),), 0.3)
    found = SenseChooser(lexicon, GlossIndex(lexicon)).by_link(tokens, 0, link, "eve")
    assert found.choice.english == "eve"
    assert found.choice.gloss != "eve"


@pytest.mark.parametrize(
    ("text", "word", "gloss"),
    [
        ("我画了一只猫。I finished drawing a cat.", "了", "action"),
        ("我破防了。That broke me.", "破防", "overwhelm"),
        ("他跑得很快。He runs fast.", "得", "particle"),
    ],
)
def test_grammar_and_internet_words_keep_the_dictionary_s_gloss(annotator, text, word, gloss):
    assert gloss in token(annotator.annotate_text(text), word).sense.gloss
