"""A lexicon is built from a dictionary file, the same bytes each time, and updated without loss."""

from __future__ import annotations

import contextlib
import gzip
import lzma
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from learnfeed.annotate import lexicon_sources
from learnfeed.annotate.lexicon import PACKAGED, Lexicon
from learnfeed.annotate.lexicon_build import gather, update, write
from learnfeed.annotate.lexicon_codec import (
    pack_entries,
    pack_levels,
    pack_list,
    unpack_entries,
    unpack_levels,
    unpack_list,
)
from learnfeed.annotate.lexicon_sources import Levels, read_dictionary
from learnfeed.annotate.tokens import Tokenizer
from learnfeed.core.errors import DamagedError, LexiconError, LimitError, UnreadableError

TEXT = """\
# CC-CEDICT
#! date=2026-01-02T00:00:00Z
#! license=https://creativecommons.org/licenses/by-sa/4.0/
雪 雪 [Xue3] /surname Xue/
雪 雪 [xue3] /snow/CL:場|场[chang2]/
下雪 下雪 [xia4 xue3] /to snow/
後 后 [hou4] /behind/
后 后 [hou4] /empress/
後來 后来 [hou4 lai2] /afterwards/
花兒 花儿 [hua1 r5] /erhua variant of 花[hua1]/
花 花 [hua1] /flower/to spend/
華 花 [hua1] /old variant of 花[hua1]/
張 张 [Zhang1] /surname Zhang/
藥丸 药丸 [yao4 wan2] /pill/
環 环 [huan2] /see 圈[quan1]/
圈 圈 [quan1] /see 環|环[huan2]/
乾隆 乾隆 [Qian2 long2] /Qianlong Emperor (1711-1799)/
雪雪詞 雪雪词 [xue3 xue3 ci2] /a word of this test/
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "cedict_ts.u8"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def previous() -> Iterator[sqlite3.Connection]:
    """The packaged lexicon, whose costs and English words a small one takes over."""
    with contextlib.closing(sqlite3.connect(f"{PACKAGED.as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
        yield opened


@pytest.fixture
def small(source: Path, tmp_path: Path, previous: sqlite3.Connection) -> Callable[[str], Path]:
    def build(name: str) -> Path:
        levels = Levels(
            {"2025": {"雪": 2}, "2021": {"雪": 3}, "2.0": {}}, {"2025": {"雪": 2}, "2021": {}, "2.0": {}}
        )
        content = gather(read_dictionary(source), levels, {"雪": 4.5, "下雪": 3.9}, {"雪": "n"}, "test")
        write(tmp_path / name, content, previous)
        return tmp_path / name

    return build


def test_the_same_inputs_make_the_same_bytes(small: Callable[[str], Path]):
    assert small("a.sqlite").read_bytes() == small("b.sqlite").read_bytes()


def test_nothing_is_left_beside_the_lexicon(small: Callable[[str], Path], source: Path):
    path = small("a.sqlite")
    assert sorted(p.name for p in path.parent.iterdir() if p != path and p != source) in ([], ["home"])


def test_a_small_lexicon_answers(small: Callable[[str], Path]):
    lexicon = Lexicon.open(small("a.sqlite"))
    snow = lexicon.entries("雪")[0]
    assert [s.gloss for s in snow.senses] == ["snow", "surname Xue"]
    assert snow.measure_words == ("场",)
    assert lexicon.facts("雪").levels == {"2025": 2, "2021": 3}
    assert lexicon.part_of_speech("雪") == "n"
    assert lexicon.entries("後來")[0].simplified == "后来"
    assert lexicon.simplify_characters("後來") == "后来"
    assert [s.gloss for s in lexicon.entries("花儿")[0].senses] == ["flower", "to spend"]
    assert len(lexicon.entries("花")) == 1
    assert lexicon.entries("药丸")[0].source == "netspeak"
    assert lexicon.info().date == "2026-01-02"
    lexicon.close()


def test_entries_that_point_at_each_other_end(small: Callable[[str], Path]):
    lexicon = Lexicon.open(small("a.sqlite"))
    assert [s.gloss for s in lexicon.entries("环")[0].senses] == ["see 圈"]
    lexicon.close()


def test_an_update_says_what_changed_and_keeps_levels(source: Path, tmp_path: Path):
    target = tmp_path / "new.sqlite"
    change = update(source, target, PACKAGED)
    assert change.date == "2026-01-02"
    assert change.added == 1
    assert change.removed > 100_000
    assert change.changed < 400
    old, new = Lexicon.open(), Lexicon.open(target)
    assert new.facts("下雪") == old.facts("下雪")
    assert new.words_of_level("2025", 1) == old.words_of_level("2025", 1)
    assert new.character_levels("2.0") == old.character_levels("2.0")
    assert [t.text for t in Tokenizer(new).tokens("后来下雪")] == ["后来", "下雪"]
    old.close()
    new.close()


def test_a_lexicon_can_be_updated_in_place_again_and_again(source: Path, tmp_path: Path):
    target = tmp_path / "own.sqlite"
    update(source, target, PACKAGED)
    first = target.read_bytes()
    change = update(source, target, target)
    assert (change.added, change.removed, change.changed) == (0, 0, 0)
    assert Lexicon.open(target).zipf("后来") == Lexicon.open().zipf("后来")
    assert len(first) == target.stat().st_size


@pytest.mark.parametrize("ending", ["gz", "xz", "zip"])
def test_packed_dictionaries_are_read_by_what_they_are(source: Path, tmp_path: Path, ending: str):
    packed = tmp_path / "any.name"
    if ending == "gz":
        packed.write_bytes(gzip.compress(source.read_bytes()))
    elif ending == "xz":
        packed.write_bytes(lzma.compress(source.read_bytes()))
    else:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("readme.md", "no")
            archive.writestr("cedict_ts.u8", TEXT)
    assert len(read_dictionary(packed).lines) == 15


def test_unusable_files_are_refused_with_the_reason(tmp_path: Path):
    with pytest.raises(UnreadableError):
        read_dictionary(tmp_path / "none")
    with pytest.raises(UnreadableError):
        read_dictionary(tmp_path)
    damaged = {
        "text": b"just text",
        "gbk": "雪".encode("gbk"),
        "gz": gzip.compress(TEXT.encode())[:60],
        "xz": lzma.compress(TEXT.encode())[:60],
        "zip": b"PK\x03\x04 nothing",
    }
    for name, content in damaged.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(DamagedError):
            read_dictionary(path)


def test_an_archive_without_a_dictionary_is_refused(tmp_path: Path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("picture.png", b"")
    with pytest.raises(DamagedError, match="holds no"):
        read_dictionary(path)


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lexicon_sources, "MAX_DICTIONARY_BYTES", 1000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * 5000))
    with pytest.raises(LimitError, match="larger"):
        read_dictionary(path)


def test_an_update_needs_a_lexicon_to_start_from(source: Path, tmp_path: Path):
    with pytest.raises(LexiconError, match="no lexicon"):
        update(source, tmp_path / "new.sqlite", tmp_path / "none.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database")
    with pytest.raises(LexiconError, match="damaged"):
        update(source, tmp_path / "new.sqlite", broken)
    assert not (tmp_path / "new.sqlite").exists()


@pytest.mark.shared
@pytest.mark.skipif("LEARNFEED_SAMPLES" not in os.environ, reason="names no sample data")
def test_a_real_dictionary_of_another_year_updates(tmp_path: Path):
    change = update(
        Path(os.environ["LEARNFEED_SAMPLES"]) / "lexicon" / "cedict_ts.u8.xz",
        tmp_path / "new.sqlite",
        PACKAGED,
    )
    assert change.date == "2026-09-10"
    assert change.added > 5_000


def test_stored_forms_are_read_back(lexicon: Lexicon):
    for word in ("雪", "花儿", "卡拉OK", "干", "营业"):
        entries = lexicon.entries(word)
        assert unpack_entries(word, pack_entries(entries)) == entries
    assert unpack_entries("雪", "") == ()
    assert unpack_levels(pack_levels([1, 0, 7])) == (1, 0, 7)
    assert unpack_list(pack_list({"雪": 1, "a": 65_535})) == {"a": 65_535, "雪": 1}
    assert unpack_list(pack_list({})) == {}
