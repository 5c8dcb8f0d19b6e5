"""The contract of all importers: what every format promises, and what opening promises to who calls it."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import strategies as st

from learnfeed.core.errors import SourceError, UsageError
from learnfeed.core.post import Post
from learnfeed.importers import limits
from learnfeed.importers.base import KnownWord, LooseComment, Probe, Problem
from learnfeed.importers.registry import BUILTIN, find, open_paths, sniff
from learnfeed.importers.source import Source
from tests.importers.checks import check
from tests.importers.made import EXPLORE_ROW, PNG, anki_database, database, explore_data, packed

SAMPLES = Path(__file__).parent / "samples"
MADE = ("anki-package", "kindle-vocabulary", "xhs-downloader", "omnivore", "words")
ITEMS = (Post, LooseComment, KnownWord, Problem)


@pytest.fixture
def sample(tmp_path):
    """A file of each format."""

    def path_of(name: str) -> Path:
        if name == "omnivore":
            return SAMPLES / "omnivore" / "metadata_0_to_2.json"
        if name == "words":
            return SAMPLES / "word-list.txt"
        if name == "kindle-vocabulary":
            columns = ["word", "stem", "lang", "category"]
            rows = [
                ["雨", "雨", "zh", 0],
                ["伞", "", "zh", 100],
                ["tea", "tea", "en", 0],
                ["茶", "??", "zh", 0],
            ]
            return database(tmp_path / "vocab.db", WORDS=(columns, rows))
        if name == "anki-package":
            inner = anki_database(
                tmp_path / "c.db", ("雨", 30), ("雨伞", 1), ("一个很长的句子不是词。", 3)
            ).read_bytes()
            path = tmp_path / "a.apkg"
            path.write_bytes(packed({"meta": b"", "collection.anki2": inner}))
            return path
        if name == "xhs-downloader":
            return explore_data(tmp_path / "ExploreData.db", EXPLORE_ROW)
        return next(path for path in SAMPLES.iterdir() if path.stem == name)

    return path_of


def every_importer():
    return pytest.mark.parametrize("importer", BUILTIN, ids=lambda importer: importer.name)


def test_names_are_unique_and_can_be_typed():
    names = [importer.name for importer in BUILTIN]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() and " " not in name for name in names)
    assert all(importer.label and importer.sniff.__doc__ and importer.read.__doc__ for importer in BUILTIN)


@every_importer()
def test_each_format_is_found_by_its_content(importer, sample, tmp_path):
    path = sample(importer.name)
    nameless = shutil.copy(path, tmp_path / "file")
    expected = "word-list" if importer.name == "words" else importer.name
    for each in (path, nameless):
        found = sniff(Source.at(Path(each)).probe())
        if importer.name != "markdown" or each is path:
            assert found is not None
            assert found.name == expected


@every_importer()
def test_each_format_gives_items_only(importer, sample):
    items = list(importer.read(Source.at(sample(importer.name))))
    assert any(isinstance(item, Post | KnownWord) for item in items)
    assert all(isinstance(item, ITEMS) for item in items)


@every_importer()
def test_what_is_secret_stays_out(importer, sample):
    told = repr(list(importer.read(Source.at(sample(importer.name)))))
    assert "SECRET" not in told
    assert "xsec" not in told


@every_importer()
def test_reading_twice_gives_the_same(importer, sample):
    path = sample(importer.name)
    assert list(importer.read(Source.at(path))) == list(importer.read(Source.at(path)))


@every_importer()
@check(examples=12, data=st.data())
def test_damage_ends_in_items_or_a_told_error(importer, sample, tmp_path, data):
    whole = sample(importer.name).read_bytes() if importer.name not in MADE else b""
    whole = whole or b'{"a": 1}\n\xe9\x9b\xa8,x'
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    path = tmp_path / "damaged"
    path.write_bytes(whole[:start] + data.draw(st.binary(max_size=8)) + whole[end:])
    try:
        assert all(isinstance(item, ITEMS) for item in importer.read(Source.at(path)))
    except SourceError as error:
        assert error.message


HEADS = (
    st.binary(max_size=300)
    | st.text(max_size=300).map(str.encode)
    | st.text(st.sampled_from('{}[]":,\n-#雪<>/')).map(str.encode)
)


@check(HEADS, st.text(max_size=20))
def test_no_bytes_break_the_recognising(head, name):
    text = head.decode("utf-8", "ignore")
    probe = Probe(name, PurePosixPath("x"), head, text, members=(name,), tables={name: (name,)})
    for importer in BUILTIN:
        assert 0.0 <= importer.sniff(probe) <= 1.0


@check(HEADS)
def test_no_bytes_break_an_import(tmp_path, content):
    path = tmp_path / "any"
    path.write_bytes(content)
    for source in open_paths([path]):
        assert all(isinstance(item, ITEMS) for item in source.items)


def test_a_source_says_what_it_is(given):
    (found,) = open_paths([given("a.txt", "外面下雨了。")])
    assert found.format == "plain-text"
    assert found.label == "Plain text"
    assert len(found.sha256) == 64
    assert found.name.endswith("in/a.txt")
    assert not found.temporary


def test_files_are_read_only_when_their_items_are_asked_for(given):
    path = given(
        "a.jsonl", json.dumps({"note_id": "a", "title": "", "desc": "雪", "time": 1}) + "\n" + "{" * 10
    )
    (found,) = open_paths([path])
    assert isinstance(next(found.items), Post)
    assert isinstance(next(found.items), Problem)


def test_text_comes_through_a_pipe(imported):
    found = imported("-", stdin=io.BytesIO("外面下雨了。".encode()))
    assert found.post.body == "外面下雨了。"
    assert found.names == ["stdin"]


def test_the_process_s_own_input_is_read(imported, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("雨。".encode()), encoding="utf-8"))
    assert imported("-").post.body == "雨。"


def test_a_pipe_without_end_is_refused(imported, monkeypatch):
    monkeypatch.setattr(limits, "STDIN_BYTES", limits.Limit("text from standard input", 3, "bytes"))
    assert "standard input" in imported("-", stdin=io.BytesIO(b"four")).problem.reason


def test_a_format_can_be_forced(given, imported):
    assert imported(given("a.txt", "雨\n伞"), format="word-list").words == [
        KnownWord("雨", True, "line 1"),
        KnownWord("伞", True, "line 2"),
    ]


def test_words_are_read_as_words_when_asked(imported, sample):
    assert [w.headword for w in imported(sample("anki-package"), format="words").words] == ["雨", "雨伞"]
    assert len(imported(sample("word-list"), format="words").words) == 5


def test_an_unknown_format_is_told_with_the_nearest_ones():
    with pytest.raises(UsageError) as caught:
        find("mediacrawlr")
    assert "mediacrawler" in caught.value.hint
    with pytest.raises(UsageError):
        list(open_paths([], format="nothing like it"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t\xe3\x80\x80\n", "only blanks"),
        (PNG, "is an image"),
        (b"\0\0\0\x18ftypisom", "is a video"),
        (b"\0\0\0\x18ftypM4A ", "is a sound file"),
        (b"\0\0\0\x18ftypheic", "is an image"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "is an image"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", "is an image"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"SQLite format 3\0" + b"\0" * 84, "is an SQLite database"),
        (b"\x7fELF\x02\x01\x01\0", "is a program"),
        (bytes(range(1, 32)) * 9, "no text file"),
        (b'{"a": 1}', "JSON file whose members no importer knows"),
        (b'<?xml version="1.0"?><a/>', "XML file no importer knows"),
        (b"<svg><path/></svg>", "its format is not known"),
    ],
)
def test_what_can_not_be_imported_is_named(from_text, content, reason):
    found = from_text("file", content)
    assert reason in found.problem.reason
    assert found.formats == [""]
    assert found.problem.hint


def test_paths_that_are_not_there_are_told_and_the_rest_is_read(given, imported, tmp_path):
    found = imported(tmp_path / "none", given("a.txt", "雨。"))
    assert found.post.body == "雨。"
    assert "no such file" in found.problem.reason


def test_an_error_while_reading_is_a_problem(from_text):
    found = from_text("a.toml", 'schema = "learnfeed.post/1"\ntitle = \n')
    assert found.problem.place.startswith("line 2")
    assert found.problem.file.endswith("a.toml")
    assert not found.problem.reason.startswith("/")
    assert "nested too deeply" in from_text("a.json", '{"noteId":1,"desc":' + "[" * 100_000).problem.reason


def test_recursion_anywhere_ends_in_a_sentence(given, monkeypatch):
    def endless(_self, _source):
        raise RecursionError
        yield

    monkeypatch.setattr("learnfeed.importers.formats.plain_text.PlainText.read", endless)
    (found,) = open_paths([given("a.txt", "雨。")])
    assert "nested too deeply" in next(found.items).reason
