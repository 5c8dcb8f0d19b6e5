"""Notes to fields: whatever a post says, every field stands where its note type expects it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from learnfeed.anki.fields import reading_fields, typed_pinyin, word_fields
from learnfeed.anki.notetype import READING, WORD, note_type
from learnfeed.core.note import (
    NewWord,
    NoteSource,
    PostNote,
    ReadingComment,
    ReadingUnit,
    RubyToken,
    WordNote,
)
from learnfeed.core.review import Template
from tests.anki.samples import post, snow

text = st.text(st.characters() | st.sampled_from("<>[]{}\\\x1f\n雪é"), max_size=12)
texts = st.lists(text, max_size=3).map(tuple)
tokens = st.lists(st.builds(RubyToken, text, texts, st.booleans()), max_size=4).map(tuple)
sources = st.builds(NoteSource, text, text, text, text)
spans = st.lists(st.tuples(st.integers(-3, 15), st.integers(-3, 15)), max_size=3).map(tuple)
units = st.lists(st.builds(ReadingUnit, tokens, text, st.booleans()), max_size=3).map(tuple)
words = st.builds(
    WordNote,
    guid=text,
    created=st.integers(0, 10**13),
    headword=text,
    syllables=texts,
    gloss=text,
    traditional=text,
    other_glosses=texts,
    sentence=tokens,
    english=text,
    english_links=spans,
    level=text,
    source=sources,
    attribution=text,
    picture=text,
    audio=text,
)
posts = st.builds(
    PostNote,
    guid=text,
    created=st.integers(0, 10**13),
    title=tokens,
    body=units,
    title_english=text,
    comments=st.lists(st.builds(ReadingComment, text, units, st.integers(0, 3)), max_size=2).map(tuple),
    level=text,
    known=st.floats(0, 1),
    new_words=st.lists(st.builds(NewWord, text, texts, text), max_size=2).map(tuple),
    pictures=texts,
    source=sources,
    attribution=text,
)


def unusable(_path: str) -> str:
    return ""


def assert_fields(found: list[str], slug: str) -> None:
    assert len(found) == len(note_type(slug).fields)
    for field in found:
        assert not re.search(r"[\x00-\x1f\ud800-\udfff]", field)
        assert "{{" not in field
        assert "[" not in field
        assert field == field.strip()
        field.encode()


@given(words, st.frozensets(st.sampled_from(Template)))
def test_any_word_fills_its_fields(note, asked):
    assert_fields(word_fields(note, asked, picture=unusable, recording=unusable), WORD)


@given(posts)
def test_any_post_fills_its_fields(note):
    assert_fields(reading_fields(note, unusable), READING)


def by_name(found: list[str], slug: str) -> dict[str, str]:
    return {field.name: value for field, value in zip(note_type(slug).fields, found, strict=True)}


def test_a_word_can_be_found_by_every_writing():
    note = snow(headword="女儿", traditional="女兒", syllables=("nü3", "er2"))
    fields = by_name(word_fields(note, frozenset(), picture=unusable, recording=unusable), WORD)
    assert (fields["Hanzi"], fields["Traditional"]) == ("女儿", "女兒")
    assert (fields["Pinyin"], fields["Pinyin numbers"], fields["Typed pinyin"]) == (
        "nǚ'ér",
        "nü3 er2",
        "nv3er2",
    )
    assert fields["Sentence"] == "今天我第一次看到雪。"
    assert fields["English"] == "Today I saw <mark>snow</mark> for the first time."


def test_traditional_characters_stand_only_where_they_differ():
    fields = word_fields(snow(traditional="雪"), frozenset(), picture=unusable, recording=unusable)
    assert by_name(fields, WORD)["Traditional"] == ""


def test_media_stand_in_their_fields():
    note = snow(picture="a.png", audio="a.mp3")
    found = word_fields(note, frozenset(), picture=lambda path: "p.png", recording=lambda path: "r.mp3")
    assert by_name(found, WORD)["Picture"] == '<img src="p.png" alt="">'
    assert by_name(found, WORD)["Audio"] == "[sound:r.mp3]"


def test_a_post_folds_its_readings_and_english_away():
    fields = by_name(reading_fields(post(), unusable), READING)
    assert fields["Title"] == "第一次看到雪"
    assert fields["Text"] == "今天我第一次看到雪。<br>So happy!"
    assert fields["Text ruby"].startswith('<details class="unit last"><summary><ruby>今<rt class="tone1">jīn')
    assert '<div class="unit plain">So happy!</div>' in fields["Text ruby"]
    assert fields["Known"] == "97 %"
    assert fields["Comments"].count('class="comment answer"') == 1


def test_u_umlaut_is_typed_as_v():
    assert typed_pinyin(("lü4", "se4")) == "lv4se4"
