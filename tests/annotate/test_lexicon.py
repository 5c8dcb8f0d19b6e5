"""The lexicon answers as a learner needs it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.lexicon_codec import common_phrases, pack_word, unpack_word
from learnfeed.annotate.lexicon_entries import ordered
from learnfeed.core.errors import LexiconError
from learnfeed.core.word import Sense


def glosses(lexicon: Lexicon, word: str) -> list[str]:
    return [sense.gloss for sense in lexicon.entries(word)[0].senses]


def test_a_word_has_its_entry_in_both_scripts(lexicon: Lexicon):
    simplified, traditional = lexicon.entries("喜欢"), lexicon.entries("喜歡")
    assert simplified == traditional
    assert simplified[0].traditional == "喜歡"
    assert simplified[0].syllables == ("xi3", "huan5")


def test_a_traditional_form_that_is_also_simplified_has_all_meanings(lexicon: Lexicon):
    found = {(entry.simplified, entry.syllables) for entry in lexicon.entries("著")}
    assert ("著", ("zhu4",)) in found
    assert ("着", ("zhe5",)) in found


def test_a_remark_on_how_a_word_is_used_comes_after_what_it_means():
    senses = [Sense("(adverb of degree)"), Sense("quite"), Sense("(coll.) very", ("colloquial",))]
    assert [sense.gloss for sense in ordered(senses)] == ["quite", "(coll.) very", "(adverb of degree)"]
    assert ordered([Sense("(completed action marker)")]) == (Sense("(completed action marker)"),)


@pytest.mark.parametrize("word", ["东", "业", "丁", "高", "王"])
def test_surnames_come_last(lexicon: Lexicon, word: str):
    entries = lexicon.entries(word)
    assert "surname" not in entries[0].senses[0].tags
    assert any("surname" in sense.tags for entry in entries for sense in entry.senses)


@pytest.mark.parametrize("word", ["干", "靠", "操"])
def test_coarse_senses_are_tagged_and_last_not_the_word(lexicon: Lexicon, word: str):
    for entry in lexicon.entries(word):
        flags = ["vulgar" in sense.tags for sense in entry.senses]
        assert flags == sorted(flags)
    assert "vulgar" not in lexicon.entries(word)[0].senses[0].tags


def test_pointers_are_followed(lexicon: Lexicon):
    assert "a bit" in glosses(lexicon, "一点儿")
    assert lexicon.entries("花儿")[0].syllables == ("hua1", "r5")
    assert glosses(lexicon, "花儿")[0] == "flower"


def test_internet_senses_come_first_and_keep_the_usual_ones(lexicon: Lexicon):
    entry = lexicon.entries("药丸")[0]
    assert "internet" in entry.senses[0].tags
    assert "pill" in [sense.gloss for sense in entry.senses]
    assert entry.source == "netspeak"
    assert lexicon.entries("yyds")[0].syllables == ("", "", "", "")


def test_no_gloss_holds_pinyin_of_a_reference(lexicon: Lexicon):
    rows = lexicon.connection.execute("SELECT word, packed FROM word").fetchall()
    assert len(rows) > 100_000
    assert [word for word, packed in rows if "[" in unpack_word(packed, lexicon.phrases())[0]] == []


def test_facts_name_the_levels_of_each_standard(lexicon: Lexicon):
    facts = lexicon.facts("下雪")
    assert set(facts.levels) <= {"2025", "2021", "2.0"}
    assert lexicon.facts("的").levels == {"2025": 1, "2021": 1, "2.0": 1}
    assert lexicon.zipf("的") == pytest.approx(7.79)
    assert lexicon.zipf("没有这个词吧") == 0
    assert lexicon.facts("没有这个词吧").levels == {}


def test_levels_list_their_words_and_characters(lexicon: Lexicon):
    assert len(lexicon.words_of_level("2025", 1)) == 300
    assert sum(len(lexicon.words_of_level("2025", level)) for level in range(1, 8)) == 10_896
    assert lexicon.words_of_level("2025", 9) == ()
    assert len(lexicon.character_levels("2025")) == 3_088
    assert lexicon.character_levels("2.0")["我"] == 1


def test_text_is_simplified_as_far_as_it_is_certain(lexicon: Lexicon):
    assert lexicon.simplify_characters("我們喜歡看雪") == "我们喜欢看雪"
    assert lexicon.simplify_characters("乾隆著名") == "乾隆著名"
    assert lexicon.simplify_characters("他看著餅乾，這本名著很著名") == "他看着饼干，这本名著很著名"
    assert lexicon.simplify("後來") == "后来"
    assert lexicon.simplify("我們喜歡") == "我们喜欢"
    assert lexicon.simplify("ABC") == "ABC"


def test_lookalikes_and_emoji(lexicon: Lexicon):
    assert len(lexicon.lookalikes("雪")) == 10
    assert lexicon.lookalikes("x") == ()
    assert lexicon.emoji("[哭惹R]") == ("😭", "crying")
    assert lexicon.emoji("[没有]") is None


def test_it_says_what_it_is(lexicon: Lexicon):
    info = lexicon.info()
    assert info.date == "2023-11-07"
    assert info.licence == "CC BY-SA 4.0"
    assert info.entries > 118_000
    assert len(info.sha) == 16


@pytest.mark.parametrize("word", ["", "\ud800", "\x00", "'; DROP TABLE word; --", "好" * 1000])
def test_no_string_upsets_it(lexicon: Lexicon, word: str):
    assert lexicon.entries(word) == ()
    assert lexicon.zipf(word) == 0
    assert isinstance(lexicon.simplify(word), str)


def test_a_missing_lexicon_says_what_to_do(tmp_path: Path):
    with pytest.raises(LexiconError) as caught:
        Lexicon.open(tmp_path / "none.sqlite")
    assert "update" in caught.value.hint


@pytest.mark.parametrize("content", [b"not a database at all", b""])
def test_a_damaged_lexicon_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "lexicon.sqlite"
    path.write_bytes(content)
    with pytest.raises(LexiconError):
        Lexicon.open(path)


def test_a_dictionary_of_another_format_says_what_to_do(tmp_path: Path):
    path = tmp_path / "lexicon.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        connection.execute("INSERT INTO meta VALUES ('format', '1')")
    with pytest.raises(LexiconError, match="another learnfeed") as caught:
        Lexicon.open(path)
    assert "learnfeed lexicon update" in caught.value.hint


def test_entries_and_terms_come_back_as_they_were_packed():
    phrases = common_phrases(["xia4 xue3\t|to snow", "snow9"])
    for entries, terms in (("\txue3\t\t\t|snow", "snow9"), ("\txue3\t\t\t|雪", ""), ("", "")):
        assert unpack_word(pack_word(entries, terms, phrases), phrases) == (entries, terms)


def test_the_packaged_dictionary_is_small(lexicon: Lexicon):
    assert lexicon.path.stat().st_size < 15_000_000
