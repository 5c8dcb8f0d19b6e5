"""Decks, study sheets, tables and lists: what stands in them is what was read, and nothing of it acts."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import tempfile
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from learnfeed.anki.markup import clean, deck_name
from learnfeed.anki.notetype import WORD, note_type
from learnfeed.anki.package import write_package
from learnfeed.anki.text_exports import WRITERS
from learnfeed.core.note import DeckSpec, NewWord, NoteSource, PostNote, ReadingComment, ReadingUnit, WordNote
from tests.anki.samples import ALL as TEMPLATES
from tests.anki.samples import NOW, post, snow, token
from tests.hostile.texts import ACTING, EVERY, TEXT

OURS = {
    "a": {"href"}, "b": set(), "body": set(), "br": set(), "dd": set(), "details": {"class"}, "div": {"class", "lang"},
    "dl": {"class"}, "dt": {"lang"}, "footer": set(), "h1": set(), "h2": {"lang"}, "h3": set(), "head": set(),
    "html": {"lang"}, "mark": set(), "meta": {"charset", "content", "http-equiv", "name"}, "p": {"class"}, "rt": {"class"},
    "ruby": set(), "section": set(), "span": {"class", "lang"}, "style": set(), "summary": set(), "table": set(),
    "tbody": set(), "td": {"class", "lang"}, "th": set(), "thead": set(), "title": set(), "tr": set(),
}  # fmt: skip
"""Elements that we write, with the attributes they may have."""
SPECIAL = re.compile(r"\[sound:|\[latex\]|\[\$|\[anki:|\{\{|\\\(|\\\[")


def notes(text: str) -> tuple[WordNote, PostNote]:
    """A word and a post, every text of which is the same."""
    source = NoteSource(text, text, text, text)
    sentence = (token(text, "xue3"), token(text, target=True), token("雪", text))
    unit = ReadingUnit(sentence, text)
    word = snow(
        headword="雪" + text, syllables=("xue3", text), gloss=text, traditional=text, other_glosses=(text, text),
        sentence=sentence, english=text, english_links=((0, 3),), level=text, tags=(text, text[::-1]), source=source,
        attribution=text, picture=text, audio=text,
    )  # fmt: skip
    made = post(
        title=sentence, title_english=text, body=(unit, ReadingUnit((), text)), comments=(ReadingComment(text, (unit,)),),
        level=text, new_words=(NewWord(text, ("xue3",), text),), pictures=(text,), source=source, attribution=text,
        tags=(text,),
    )  # fmt: skip
    return word, made


def spec(text: str) -> DeckSpec:
    return DeckSpec(text, description=text, templates=TEMPLATES, subdecks=True)


class Reader(HTMLParser):
    """Holds every element against those that are ours; collects the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in OURS, tag
        assert {name for name, _ in attrs} <= OURS[tag], attrs
        for name, value in attrs:
            assert name != "href" or re.match("https?://", value or ""), value
            assert name != "class" or re.fullmatch(r"[a-z0-9 ]+", value or ""), value
        if tag not in ("br", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_pi = unknown_decl = handle_comment


def read(html: str) -> str:
    """The text of HTML of ours."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader.text


@pytest.mark.parametrize("text", [EVERY, EVERY[::-1]])
def test_every_trick_at_once(text):
    sheet(text)
    table(text)


@settings(max_examples=60)
@given(TEXT)
def test_a_study_sheet_holds_no_element_of_theirs(text):
    sheet(text)


def sheet(text: str) -> None:
    shown = read("".join(WRITERS[".html"](spec(text), notes(text))))
    assert "".join(clean(text).split()) in "".join(shown.split())
    assert not ACTING.search(shown)


@settings(max_examples=60)
@given(TEXT)
def test_a_table_has_its_cells_and_no_formula(text):
    table(text)


def table(text: str) -> None:
    for ending, separator in ((".csv", ","), (".tsv", "\t"), (".lingq.csv", ",")):
        lines = "".join(WRITERS[ending](spec(text), notes(text)))
        assert not ACTING.search(lines)
        rows = [
            row
            for row in csv.reader(io.StringIO(lines.lstrip("\ufeff")), delimiter=separator)
            if row[0][:1] != "#"
        ]
        # Two rows are there and no third, however many line breaks and quotation marks the text has.
        assert len(rows) == (2 if ending == ".lingq.csv" else 1)
        cells = rows[-1]
        assert len(cells) == (10 if ending == ".lingq.csv" else 13)
        assert not any(cell.startswith(tuple("=+-@|%\t\r\n＝＋－＠")) for cell in cells)


@settings(max_examples=60)
@given(TEXT)
def test_lists_have_lines_and_columns_of_ours_only(text):
    word, made = notes(text)
    pleco = "".join(WRITERS[".txt"](spec("winter"), [word]))
    assert not ACTING.search(pleco)
    assert [line.count("\t") for line in pleco.splitlines()] == [0, 2]
    page = "".join(WRITERS[".md"](spec(text), [word, made]))
    assert not ACTING.search(page)
    assert not re.search(r"(?<!\\)<(?!http)", page.replace("](<", "](").replace("\\<", ""))


@settings(max_examples=10)
@given(TEXT)
def test_a_deck_holds_fields_files_and_names_of_ours_only(text):
    deck(text)


def test_a_deck_of_every_trick_at_once():
    deck(EVERY)


def deck(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "deck.apkg")
        write_package(spec(text), notes(text), path, now=NOW)
        with zipfile.ZipFile(path) as archive:
            # Paths of pictures and recordings are names of files at most: nothing is taken in that is none.
            assert sorted(archive.namelist()) == ["collection.anki2", "media"]
            Path(folder, "c").write_bytes(archive.read("collection.anki2"))
        connection = sqlite3.connect(Path(folder, "c"))
        rows = connection.execute("SELECT mid, flds, tags FROM notes").fetchall()
        decks = str(connection.execute("SELECT decks FROM col").fetchone()[0])
        connection.close()
    fields = len(note_type(WORD).fields)
    assert len(rows) == 2
    for kind, flds, tags in rows:
        assert kind != note_type(WORD).id or flds.count("\x1f") == fields - 1
        assert all(tag.startswith("learnfeed::") for tag in tags.split())
        for field in flds.split("\x1f"):
            shown = read(field)
            assert not SPECIAL.search(field)
            assert not ACTING.search(shown)
    assert not ACTING.search(decks)
    assert "" not in deck_name(text).split("::")
