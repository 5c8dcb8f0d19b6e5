from __future__ import annotations

import builtins
import json
from pathlib import Path

import pytest

from learnfeed.importers import limits
from tests.importers.made import anki_database, database, packed

SAMPLES = Path(__file__).parent.parent / "samples"


def words(found) -> dict[str, bool]:
    return {word.headword: word.known for word in found.words}


def test_lute(imported):
    found = imported(SAMPLES / "word-table.csv")
    assert words(found) == {"雨": False, "雨伞": True, "雷": True, "云": True}
    assert "'chat' is no Chinese word" in found.problem.reason


def test_lingq_and_migaku(from_text):
    lingq = "term,phrase,tag1,meaninglanguage1,meaning1\n雨,下雨了。,noun,en,rain\n"
    assert words(from_text("a.csv", lingq)) == {"雨": False}
    migaku = "dictForm,secondary,hasCard,mod,language,knownStatus\n雨,yǔ,0,1,zh,UNKNOWN\n伞,,1,1,zh,LEARNING\n雷,,0,1,zh,KNOWN\n"
    assert words(from_text("a.csv", migaku)) == {"伞": False, "雷": True}
    assert words(from_text("a.csv", "dictForm,secondary,hasCard\n雨,yǔ,0\n")) == {"雨": False}


def test_language_reactor(imported):
    assert words(imported(SAMPLES / "word-json.json")) == {"雨": False, "伞": True}


def test_duolingo_and_hsk(from_text):
    rows = [{"word_string": "雨", "strength_bars": 4}, {"word_string": "伞", "strength_bars": 1}]
    assert words(from_text("a.json", json.dumps({"learning_language": "zs", "vocab_overview": rows}))) == {
        "雨": True,
        "伞": False,
    }
    hsk = [{"simplified": "雨", "level": ["new-2"], "forms": [{"traditional": "雨"}]}]
    assert words(from_text("a.json", json.dumps(hsk))) == {"雨": True}
    assert words(from_text("a.json", json.dumps([{"s": "雨", "r": "x", "l": [], "f": []}]))) == {"雨": True}


def test_a_list_of_another_layout_is_told(from_text):
    assert (
        "columns of a list of words" in from_text("a.csv", "a,b\n1,2\n", format="word-table").problem.reason
    )
    assert "columns of a list of words" in from_text("a.json", '{"a": 1}', format="word-json").problem.reason


def test_a_plain_list_is_known(imported, from_text):
    assert words(imported(SAMPLES / "word-list.txt")) == dict.fromkeys(
        ["雨", "雨伞", "打雷", "云", "风"], True
    )
    found = from_text("a.txt", "# HSK 1\n雨\tyǔ\train\numbrella,伞\n\nabc\n", format="word-list")
    assert words(found) == {"雨": True, "伞": True}
    assert found.problem.place == "line 5"


def test_short_lines_of_a_text_are_no_list(from_text):
    assert from_text("a.txt", "下雨了。\n带伞。\n走吧。\n好。\n再见。\n").formats == ["plain-text"]


def test_pleco(imported, from_text):
    found = imported(SAMPLES / "pleco.txt")
    assert words(found) == {"雨": False, "雨伞": False}
    assert found.problem.place == "line 4"
    xml = (
        '<?xml version="1.0"?><plecoflash><cards><card><entry><headword charset="tc">雨傘</headword><headword charset="sc">雨伞</headword>'
        '<defn>umbrella</defn></entry></card><card><entry><headword charset="sc">abc</headword></entry></card></cards></plecoflash>'
    )
    found = from_text("a.xml", xml)
    assert words(found) == {"雨伞": False}
    assert found.problem.place == "card 2"


def test_anki_text(imported, from_text):
    found = imported(SAMPLES / "anki-text.txt")
    assert words(found) == {"雨": False, "雨伞": False, "带伞": False} or words(found) == {
        "雨": False,
        "雨伞": False,
    }
    other = from_text("a.txt", "#separator:Semicolon\n#html:false\n雨;rain\nrain;drop\n")
    assert words(other) == {"雨": False}
    assert other.problem.place == "line 4"


def test_kindle_vocabulary(imported, tmp_path):
    rows = [["雨", "雨", "zh", 0], ["伞", "", "zh", 100], ["tea", "tea", "en", 0], ["茶", "??", "zh", 0]]
    found = imported(database(tmp_path / "vocab.db", WORDS=(["word", "stem", "lang", "category"], rows)))
    assert words(found) == {"雨": False, "伞": True}
    assert "'??'" in found.problem.reason


class TestAnkiPackage:
    @pytest.fixture
    def collection(self, tmp_path):
        return anki_database(tmp_path / "c.db", ("雨", 30), ("雨伞", 1), ("下雨了。", 3)).read_bytes()

    @pytest.fixture
    def stub(self, tmp_path):
        return anki_database(
            tmp_path / "s.db", ("Please update to the latest Anki version, then import", 0)
        ).read_bytes()

    def test_cards_of_three_weeks_are_known(self, from_text, collection):
        found = from_text("a.apkg", packed({"meta": b"", "collection.anki2": collection}))
        assert words(found) == {"雨": True, "雨伞": False}
        assert found.problem.place == "row 3 of notes"

    @pytest.mark.parametrize(
        ("ivl", "data", "known"),
        [
            (3, '{"s":24.5,"d":5.1}', True),
            (3, '{"pos":7,"s":20.9}', False),
            (30, '{"s":2.0}', True),
            (3, '{"s":"x","cd":"{}"}', False),
            (10**30, "{}", False),
            (None, b"\xff", False),
        ],
    )
    def test_a_stability_of_three_weeks_counts_as_an_interval_does(
        self, from_text, tmp_path, ivl, data, known
    ):
        base = database(
            tmp_path / "c.db",
            notes=(["id", "flds"], [[1, "雨\x1frain"]]),
            cards=(["id", "nid", "ivl", "data"], [[1, 1, str(ivl) if ivl and ivl > 99 else ivl, data]]),
        )
        found = from_text("a.apkg", packed({"collection.anki2": base.read_bytes()}))
        assert words(found) == {"雨": known}

    def test_a_collection_that_unpacks_to_a_thousand_times_its_size_is_refused(self, from_text):
        found = from_text("a.apkg", packed({"collection.anki2": b"\0" * (4 << 20)}))
        assert found.problem.reason == limits.ARCHIVE_RATIO.sentence

    def test_the_newest_database_counts(self, from_text, collection, stub):
        zstandard = pytest.importorskip("zstandard")
        members = {
            "collection.anki2": stub,
            "collection.anki21b": zstandard.ZstdCompressor().compress(collection),
        }
        assert words(from_text("a.colpkg", packed(members))) == {"雨": True, "雨伞": False}
        members = {"collection.anki2": stub, "collection.anki21": collection}
        assert words(from_text("a.colpkg", packed(members))) == {"雨": True, "雨伞": False}

    def test_the_stub_is_no_word(self, from_text, stub):
        assert "update Anki" in from_text("a.apkg", packed({"collection.anki2": stub})).problem.reason

    def test_damage_is_told(self, from_text, stub, collection):
        pytest.importorskip("zstandard")
        assert "damaged" in from_text("a.apkg", packed({"collection.anki21b": b"nothing"})).problem.reason
        assert (
            "no Anki collection"
            in from_text("a.apkg", packed({"collection.anki2": b"nothing"})).problem.reason
        )
        broken = bytearray(packed({"collection.anki2": collection}, 0))
        broken[500] ^= 1
        assert "not a complete package" in from_text("a.apkg", bytes(broken)).problem.reason

    def test_without_zstandard_it_says_what_to_do(self, from_text, monkeypatch):
        real = builtins.__import__

        def without(name, *args, **options):
            if name == "zstandard":
                raise ImportError(name)
            return real(name, *args, **options)

        monkeypatch.setattr(builtins, "__import__", without)
        assert "older Anki" in from_text("a.apkg", packed({"collection.anki21b": b"x"})).problem.hint
