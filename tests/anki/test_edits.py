"""What a learner mends in our notes in Anki is found, and nothing else is taken for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.anki.edits import FieldEdit, edits, plain, read_notes
from learnfeed.anki.notetype import READING, WORD
from tests.anki.samples import ALL, many, post, snow
from tests.anki.test_collection import KINDS, exported

NOTE = snow(asked=frozenset(ALL), other_glosses=("to wipe away [a humiliation] <b>", "A & B"))


def edit(anki, headword, **fields):
    note = anki.note(headword)
    for name, value in fields.items():
        note[name.replace("_", " ")] = value
    anki.col.update_note(note)


def found(path, *ours):
    """Edits by guid, of the notes that were touched since."""
    known = {note.guid: note for note in ours}
    there = [note for note in read_notes(path) if note.guid in known]
    assert len(there) == len(ours)
    return [e for note in there for e in edits(note, known[note.guid])]


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_comes_back_from_every_kind_of_file(write, anki, tmp_path, kind):
    if "new" in kind:
        pytest.importorskip("zstandard")
    anki.take(write([NOTE, *many(2), post()])[0])
    edit(anki, "雪", Meaning="snow (<i>noun</i>)", English="")
    path = exported(anki, tmp_path, kind)
    assert found(path, NOTE, *many(2), post()) == [
        FieldEdit(NOTE.guid, "Meaning", "snow", "snow (noun)"),
        FieldEdit(NOTE.guid, "English", "Today I saw snow for the first time.", ""),
    ]
    changed = {note.guid: note.changed for note in read_notes(path)}
    assert changed[NOTE.guid] > NOTE.changed_at
    assert changed[post().guid] == post().changed_at


def test_a_mended_reading_is_an_edit(write, anki, tmp_path):
    anki.take(write([NOTE])[0])
    note = anki.note("雪")
    edit(anki, "雪", Sentence_ruby=note["Sentence ruby"].replace("dì", "tì"))
    (one,) = found(exported(anki, tmp_path, "live"), NOTE)
    assert (one.field, "第[dì]一[yī]" in one.ours, "第[tì]一[yī]" in one.theirs) == (
        "Sentence ruby",
        True,
        True,
    )


def test_other_html_for_the_same_text_is_no_edit(write, anki, tmp_path):
    anki.take(write([NOTE, post()])[0])
    note = anki.note("雪")
    edit(
        anki,
        "雪",
        Meaning=f"<div>{note['Meaning']}&nbsp;</div>",
        Other_meanings=note["Other meanings"].replace("&#91;", "["),
        English=note["English"].replace("<mark>", "<b>").replace("</mark>", "</b>"),
        Key="mine",
        Ask_cloze="",
        Attribution="",
    )
    assert not found(exported(anki, tmp_path, "live"), NOTE, post())


def test_fields_are_told_by_name_where_the_note_type_was_changed(write, anki, tmp_path):
    anki.take(write([NOTE, post()])[0])
    kind = anki.col.models.by_name("learnfeed word")
    anki.col.models.reposition_field(kind, kind["flds"][6], 0)
    anki.col.models.rename_field(kind, kind["flds"][2], "My hanzi")
    anki.col.models.update_dict(kind)
    note = anki.col.get_note(anki.col.find_notes('"My hanzi:雪"')[0])
    note["Meaning"], note["My hanzi"] = "snowflake", "雪花"
    anki.col.update_note(note)
    for kind_of_file in ("live", "apkg old"):
        assert found(exported(anki, tmp_path, kind_of_file), NOTE) == [
            FieldEdit(NOTE.guid, "Meaning", "snow", "snowflake")
        ]


def test_an_edited_reading_card_comes_back(write, anki, tmp_path):
    ours = post()
    anki.take(write([ours])[0])
    (number,) = anki.col.find_notes("")
    note = anki.col.get_note(number)
    note["Title English"] = "My very first snow"
    anki.col.update_note(note)
    (there,) = read_notes(exported(anki, tmp_path, "live"))
    assert there.kind == READING != WORD
    assert edits(there, ours) == (
        FieldEdit(ours.guid, "Title English", "My first snow", "My very first snow"),
    )


def test_what_we_know_better_by_now_shows_in_the_time_of_change(write, anki, tmp_path):
    anki.take(write([NOTE])[0])
    better = replace(NOTE, gloss="snow; snowfall")
    (there,) = read_notes(exported(anki, tmp_path, "live"))
    assert edits(there, better)
    assert there.changed == better.changed_at


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ruby>雪<rt class='tone3'>xuě</rt></ruby>人", "雪[xuě]人"),
        ("a<br>b<div>c</div>", "a\nb\nc"),
        ("<script>alert(1)</script>snow<style>b{}</style>", "snow"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("  two   words ", "two words"),
        ("x<![broken", "x<![broken"),
        ("e\u0301", "é"),
    ],
)
def test_plain_text_of_a_field(html, text):
    assert plain(html) == text


@given(st.text(alphabet="<>![]-/&;#abrt雪 \n\x1f\"'=", max_size=40))
def test_any_field_can_be_read(html):
    assert isinstance(plain(html), str)
