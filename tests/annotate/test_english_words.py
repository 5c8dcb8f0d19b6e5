"""The English side of a post: base form, level, sound and Chinese of each word."""

from __future__ import annotations

import pytest

from learnfeed.annotate.english_words import EnglishReader
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.lexicon_english import ipa
from learnfeed.annotate.pipeline import Annotator
from learnfeed.core.english import EnglishWord, band_of
from learnfeed.core.text import Decider

POST = "今天早上下雪了！我家的猫很开心。\nIt snowed this morning! My cat didn’t mind."


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> EnglishReader:
    return EnglishReader(lexicon)


def words(annotator: Annotator, reader: EnglishReader, text: str) -> dict[str, EnglishWord]:
    return {word.surface: word for word in reader.words(annotator.annotate_text(text))}


def test_a_word_has_base_form_level_sound_and_the_chinese_of_the_post(annotator, reader):
    snowed = words(annotator, reader, POST)["snowed"]
    assert snowed == EnglishWord("snowed", 20, "snow", "B1", "snoʊd", "下雪", Decider.LINK)


def test_a_word_that_the_post_does_not_translate_has_the_dictionary_s_chinese(annotator, reader):
    mind = words(annotator, reader, "I don't mind the rain.")["rain"]
    assert (mind.gloss.split("；")[0], mind.by) == ("雨", Decider.DICTIONARY)


@pytest.mark.parametrize(
    ("surface", "lemma"),
    [("didn’t", "do"), ("can't", "can"), ("won't", "will"), ("It's", "it"), ("cats", "cat")],
)
def test_a_shortened_word_is_one_word_under_its_base_form(annotator, reader, surface, lemma):
    assert words(annotator, reader, f"{surface} nice and I like it.")[surface].lemma == lemma


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("cat", "猫"),
        ("happy", "高兴"),
        ("computer", "电脑"),
        ("the", "（定冠词）"),
        ("museum", "博物馆"),
        ("beautiful", "美丽"),
        ("time", "时间"),
        ("book", "书"),
        ("house", "房子"),
        ("see", "看"),
        ("expensive", "贵"),
    ],
)
def test_common_words_have_their_common_chinese(reader, english, chinese):
    assert chinese in reader.facts(english)[3].split("；")


def test_pinyin_mentions_and_links_are_no_english(annotator, reader):
    text = "下雪 xià xuě\n今天下雪了。 It is snowing.\n@snowman https://example.com/snow"
    assert list(words(annotator, reader, text)) == ["It", "is", "snowing"]


def test_an_unknown_word_has_neither_level_nor_sound(reader):
    assert reader.facts("blorbing") == ("blorbing", "", "", "")


@pytest.mark.parametrize(
    ("phones", "said"),
    [
        ("K AE1 T", "kæt"),
        ("HH AH0 L OW1", "həˈloʊ"),
        ("AH0 B AY1 D", "əˈbaɪd"),
        ("IH0 K S P EH1 N S IH0 V", "ɪkˈspɛnsɪv"),
        ("S IH1 NG ER0", "ˈsɪŋɚ"),
        ("HH OW1 M W ER2 K", "ˈhoʊmˌwɝk"),
        ("TH IH1 NG K IH0 NG", "ˈθɪŋkɪŋ"),
    ],
)
def test_arpabet_becomes_ipa_with_stress_before_the_syllable(phones, said):
    assert ipa(phones.split()) == said


def test_bands_go_by_frequency():
    assert [band_of(zipf) for zipf in (7.0, 5.0, 4.5, 4.1, 3.7, 1.0)] == ["A1", "A2", "B1", "B2", "C1", "C2"]
