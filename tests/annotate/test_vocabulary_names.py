"""A name without an entry needs evidence; an entry of a name may be a phrase."""

from __future__ import annotations

import pytest

from learnfeed.annotate.vocabulary import FOREIGN, GIVEN_ONLY
from learnfeed.annotate.vocabulary_names import CLEAR_SURNAMES, SURNAMES, NameTest, is_phrase
from learnfeed.core.word import Entry, Sense


def entry(word: str, gloss: str, *tags: str) -> tuple[Entry, ...]:
    return (Entry(word, word, ("",) * len(word), (Sense(gloss, tags),)),)


ENTRIES = {
    "先生": entry("先生", "mister"),
    "高高": entry("高高", "very high"),
    "特别": entry("特别", "special"),
    "北方": entry("北方", "north"),
    "伊朗": entry("伊朗", "Iran", "name"),
    "山上": entry("山上", "Shanshang township in Taiwan", "name"),
    "大树": entry("大树", "Tashu township in Taiwan", "name"),
    "大连": entry("大连", "Dalian city in Liaoning", "name"),
}
COSTS = {"贵": 98, "斯": 120, "特": 97, "别": 80, "日": 70, "一": 50}
PARTS = {FOREIGN: dict.fromkeys("斯科特别伊朗人一日", 30), GIVEN_ONLY: {"强": 40}}


@pytest.fixture
def name_test() -> NameTest:
    return NameTest(ENTRIES, COSTS, PARTS)


@pytest.mark.parametrize(
    ("word", "tag"),
    [("斯科特", "nr"), ("范冰冰", "nr"), ("刘强", "nr"), ("莫干山", "ns"), ("特斯", "nrt")],
)
def test_names_are_known_by_what_they_are_made_of(name_test: NameTest, word: str, tag: str):
    assert name_test.is_name(word, tag)


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("太贵", "nr"),
        ("李先生", "nr"),
        ("高强", "nr"),
        ("王的了", "nr"),
        ("斯特别", "nrt"),
        ("一日", "nrt"),
        ("伊朗人", "nrt"),
        ("北方山", "ns"),
        ("入市", "ns"),
        ("刘小明明", "nr"),
    ],
)
def test_what_is_made_of_words_is_no_name(name_test: NameTest, word: str, tag: str):
    assert not name_test.is_name(word, tag)


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("山上", "s", True),
        ("山上", "ns", False),
        ("山上", "", False),
        ("大树", "n", True),
        ("大连", "d", False),
        ("北方", "s", False),
    ],
)
def test_an_entry_that_is_a_phrase_in_nearly_every_text(word: str, tag: str, expected: bool):
    assert is_phrase(word, ENTRIES[word], tag) is expected


def test_clear_surnames_are_surnames():
    assert CLEAR_SURNAMES < SURNAMES
    assert CLEAR_SURNAMES.isdisjoint("高马何于方")
