"""Lists: the same words for spreadsheets, Anki's text import, Pleco and paper."""

from __future__ import annotations

import csv
import html
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.anki import markdown
from learnfeed.anki.tables import COLUMNS, safe_cell
from learnfeed.anki.text_exports import WRITERS, write_text
from learnfeed.core.errors import ExportError, UsageError
from learnfeed.core.note import DeckSpec, NoteSource, RubyToken
from tests.anki.samples import many, post, snow, word

SPEC = DeckSpec("learnfeed::Winter")
TEXT = st.text(st.characters(), max_size=40)
HOT = st.text(st.sampled_from("=+-@#|%\t\r\n\"',;[]()<>*_`~\\/!.1 https://www.雪\x1b\x1f"), max_size=30)


def written(tmp_path, ending, notes, spec=SPEC):
    path = tmp_path / f"list{ending}"
    size = write_text(spec, notes, path)
    assert size == path.stat().st_size
    return path.read_bytes().decode()


def rows(text, separator):
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    assert all(line.startswith("#") for line in lines[:5])
    return list(csv.reader(io.StringIO("".join(lines[5:])), delimiter=separator))


@pytest.mark.parametrize(("ending", "separator"), [(".csv", ","), (".tsv", "\t")])
def test_a_table_has_a_row_for_each_word(tmp_path, ending, separator):
    text = written(tmp_path, ending, [snow(), post(), *many(2)])
    found = rows(text, separator)
    assert len(found) == 3
    assert dict(zip(COLUMNS, found[0], strict=True)) == {
        "Hanzi": "雪",
        "Traditional": "",
        "Pinyin": "xuě",
        "Pinyin numbers": "xue3",
        "Meaning": "snow",
        "Other meanings": "to wipe away (a humiliation)",
        "Sentence": "今天我第一次看到雪。",
        "English": "Today I saw snow for the first time.",
        "Level": "HSK 2",
        "Source": "第一次看到雪 · 小雪同学 · 16 Jan 2025",
        "Address": "https://example.org/p/1",
        "Attribution": "CC-CEDICT, CC BY-SA 4.0",
        "Tags": "learnfeed::学中文 learnfeed::first_snow",
    }


def test_spreadsheets_read_the_comma_table_as_utf8(tmp_path):
    assert written(tmp_path, ".csv", [snow()]).startswith("\ufeff#separator:Comma\n")
    assert written(tmp_path, ".tsv", [snow()]).startswith("#separator:Tab\n")


@pytest.mark.parametrize("ending", [".csv", ".tsv"])
def test_anki_reads_the_table_by_its_own_header(tmp_path, anki, ending):
    from anki.collection import ImportCsvRequest

    hot = word("=1+1", "", 'a "quoted", <b>bold</b>\tthing', 7)
    path = tmp_path / f"list{ending}"
    write_text(SPEC, [snow(), hot, word("#词", "ci2", "x", 8)], path)
    metadata = anki.col.get_csv_metadata(str(path), None)
    assert metadata.deck_id or metadata.deck_name == "learnfeed::Winter"
    assert list(metadata.column_labels)[: len(COLUMNS) - 1] == list(COLUMNS[:-1])
    metadata.global_notetype.id = anki.col.models.by_name("Basic")["id"]
    metadata.global_notetype.field_columns[:] = [1, 5]
    log = anki.col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    assert len(log.new) == 3
    notes = [anki.col.get_note(number) for number in anki.col.find_notes("")]
    assert {html.unescape(note["Front"]) for note in notes} == {"雪", "'=1+1", "'#词"}
    (note,) = (note for note in notes if note["Front"].endswith("=1+1"))
    assert "&lt;b&gt;bold&lt;/b&gt;" in note["Back"]
    assert "learnfeed::first_snow" in note.tags


@given(TEXT | HOT)
def test_no_cell_is_a_formula_and_none_has_lines(text):
    cell = safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "#", "＝", "＋", "－", "＠", "|", "%"))
    assert "\n" not in cell
    assert "\t" not in cell


def test_lingq_gets_term_sentence_tags_and_two_meanings(tmp_path):
    notes = [
        snow(tags=("a", "b", "HSK 2", "c", "d")),
        post(),
        word("冰", "bing1", "=ice", 2, sentence=(), tags=(), level=""),
    ]
    found = list(csv.DictReader(io.StringIO(written(tmp_path, ".lingq.csv", notes))))
    assert [tuple(row.values()) for row in found] == [
        (
            *("雪", "今天我第一次看到雪。", "HSK 2", "a", "b", "c"),
            *("en", "snow", "en", "to wipe away (a humiliation)"),
        ),
        ("冰", "", "", "", "", "", "en", "'=ice", "", ""),
    ]
    assert ",".join(found[0]) == (
        "term,phrase,tag1,tag2,tag3,tag4,meaninglanguage1,meaning1,meaninglanguage2,meaning2"
    )


@given(HOT)
def test_text_never_starts_a_row_or_formula_for_lingq(text):
    note = snow(headword="雪" + text, gloss=text, other_glosses=(text,), tags=(text,), level=text)
    head, *body = WRITERS[".lingq.csv"](SPEC, [note])
    (row,) = csv.reader(io.StringIO("".join(body)))
    assert len(row) == len(next(csv.reader([head])))
    assert not any(cell.startswith(tuple("=+-@|%\t\r")) for cell in row)


def test_pleco_gets_categories_readings_and_both_writings(tmp_path):
    notes = [
        word("女儿", "nü3 er2", "daughter", 1, traditional="女兒", other_glosses=("girl",)),
        post(),
        word("冰", "bing1", "ice", 2, sentence=(), english="", level=""),
    ]
    text = written(tmp_path, ".txt", notes, replace(SPEC, subdecks=True))
    assert text == (
        "//learnfeed/Winter/HSK 2\n"
        "女儿[女兒]\tnv3er2\tdaughter; girl\ueab1这是女儿。\ueab1This is daughter.\n"
        "//learnfeed/Winter/Outside HSK\n"
        "冰\tbing1\tice\n"
    )
    assert written(tmp_path, ".txt", [snow(), *many(2)]).count("//") == 1


@given(HOT)
def test_text_never_starts_a_category_or_column_in_pleco(text):
    note = snow(headword="雪" + text, traditional=text, gloss=text, english=text)
    category, line = WRITERS[".txt"](SPEC, [note])
    assert category == "//learnfeed/Winter\n"
    assert line.count("\t") == 2
    assert line.count("\n") == 1
    assert "/" not in line.split("\t")[0]


def test_markdown_reads_as_a_page(tmp_path):
    text = written(
        tmp_path, ".md", [word("学习", "xue2 xi2", "to learn", 1, traditional="學習"), post(known=0.5)]
    )
    assert text == (
        "# learnfeed::Winter\n\n"
        "- **学习** (學習) xuéxí — to learn · HSK 2\n"
        "  > 这是**学习**。  \n"
        "  > This is to learn.\n\n"
        "## 第一次看到雪\n\n"
        "HSK 2 · 50% known · [第一次看到雪](<https://example.org/p/1>), 小雪同学, 16 Jan 2025\n\n"
        "今天我第一次看到雪。\n\n> Today I saw snow for the first time.\n\n> So happy!\n\n"
        "- **雪** xuě — snow\n\n"
        "Dictionary: CC-CEDICT, CC BY-SA 4.0\n"
    )


def test_markdown_of_little_is_little(tmp_path):
    bare = snow(sentence=(), level="", other_glosses=(), attribution="")
    chinese = (replace(post().body[0], english=""),)
    plain = post(level="", known=0, source=NoteSource(), new_words=(), body=chinese, attribution="")
    text = written(tmp_path, ".md", [bare, snow(english="", attribution=""), plain])
    assert "- **雪** xuě — snow\n\n" in text
    assert "## 第一次看到雪\n\n今天" in text
    assert "Dictionary" not in text


@pytest.mark.parametrize(
    ("raw", "escaped"),
    [
        ("*a* _b_ `c` <i>", r"\*a\* \_b\_ \`c\` &lt;i>"),
        ("# x", r"\# x"),
        ("- x", r"\- x"),
        ("> x", r"\> x"),
        ("12. x", r"12\. x"),
        ("[a](b)", r"\[a\](b)"),
        ("![a](b)", r"!\[a\](b)"),
        ("&copy;", r"\&copy;"),
        ("see https://e.org or www.e.org or a@e.org", r"see https\://e.org or www\.e.org or a\@e.org"),
        ("a\n\n# b", r"a \# b"),
        ("I'm well-known (really).", "I'm well-known (really)."),
    ],
)
def test_markdown_shows_text_as_it_is(raw, escaped):
    assert markdown.text(raw) == escaped


def test_blanks_around_the_target_stay():
    note = snow(
        sentence=(
            RubyToken("My "),
            RubyToken("雪", ("xue3",), is_target=True),
            RubyToken(" "),
            RubyToken("!"),
        )
    )
    lines = "".join(WRITERS[".md"](SPEC, [note]))
    assert "> My **雪** !" in lines
    odd = snow(sentence=(RubyToken("a"), RubyToken(" ", (), is_target=True), RubyToken("b")))
    assert "> a b  \n" in "".join(WRITERS[".md"](SPEC, [odd]))


def test_links_in_markdown_go_to_the_web_only():
    assert markdown.source(NoteSource("x", url="javascript:alert(1)")) == "x"
    assert (
        markdown.source(NoteSource("", url="https://e.org/a>b"))
        == "[https\\://e.org/a>b](<https://e.org/a%3Eb>)"
    )


def test_an_unknown_ending_names_the_known_ones(tmp_path):
    with pytest.raises(UsageError) as caught:
        write_text(SPEC, [snow()], tmp_path / "deck.doc")
    assert ".lingq.csv, .csv, .tsv, .txt, .md, .html" in caught.value.hint


def test_a_list_of_nothing_leaves_the_old_file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("old")
    with pytest.raises(ExportError, match="nothing to put"):
        write_text(SPEC, [post()], path)
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir() if "list" in item.name] == ["list.csv"]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ExportError, match="could not be written"):
        write_text(SPEC, [snow()], tmp_path / "none" / "list.csv")
