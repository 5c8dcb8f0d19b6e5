"""Packages as files: whole or not at all, the same for the same notes, small, and honest about what is in them."""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from learnfeed.anki import package
from learnfeed.anki.fields import note_key
from learnfeed.anki.media import MediaShelf, media_type
from learnfeed.anki.package import write_package
from learnfeed.anki.rows import deck_id
from learnfeed.core.errors import ExportError
from learnfeed.core.ids import MIN_ID_GAP
from learnfeed.core.note import ReadingComment
from learnfeed.core.review import Rating, ReviewLog, Template
from tests.anki.samples import CREATED, GOOD, NOW, PIXEL, SPEC, days_ago, history, many, post, snow, word

R = Template.RECOGNITION


def opened(path: Path, folder: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        archive.extract("collection.anki2", folder)
    return sqlite3.connect(folder / "collection.anki2")


@pytest.fixture
def rows(write, tmp_path):
    """The rows of a table of a package made of some notes."""
    made = []

    def rows(notes, sql, spec=SPEC, **options):
        connection = opened(write(notes, spec, **options)[0], tmp_path)
        made.append(connection)
        return connection.execute(sql).fetchall()

    yield rows
    for connection in made:
        connection.close()


def test_the_database_is_sound_and_tells_anki_its_scheduler(rows):
    assert rows([snow(), post()], "pragma integrity_check") == [("ok",)]
    (conf,), (crt,) = (rows([snow()], f"select {column} from col")[0] for column in ("conf", "crt"))
    conf = json.loads(conf)
    assert (conf["schedVer"], conf["sched2021"], conf["rollover"], conf["creationOffset"]) == (
        2,
        True,
        4,
        -480,
    )
    assert crt == 1_411_070_400  # 2014-09-19 04:00 at UTC+8


def test_the_archive_is_whole_and_deflated(write, picture):
    with zipfile.ZipFile(write([snow(picture=picture)])[0]) as archive:
        assert archive.testzip() is None
        assert {item.compress_type for item in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_ids_follow_from_the_time_of_creation(rows):
    found = rows([snow()], "select n.id, c.id, c.ord from notes n join cards c on c.nid = n.id order by c.id")
    assert found == [(CREATED, CREATED + 1 + at, at) for at in (0, 1, 3, 4, 5)]


def test_notes_created_at_one_moment_get_ids_of_their_own(rows):
    notes = [replace(note, created=CREATED + at) for at, note in enumerate(many(40))]
    found = [number for (number,) in rows(notes, "select id from notes order by id")]
    assert len(found) == 40
    assert all(b - a >= MIN_ID_GAP for a, b in itertools.pairwise(found))


def test_no_note_has_the_id_zero(rows):
    notes = [snow(created=0), word("冰", "bing1", "ice", 1, created=-5)]
    assert [number for (number,) in rows(notes, "select id from notes order by id")] == [16, 32]


def test_times_of_change_are_the_notes_own(rows):
    notes = [snow(changed_at=1_700_000_001), *many(2)]
    assert sorted(m for (m,) in rows(notes, "select mod from notes")) == [1_700_000_001] + [1_737_030_000] * 2


def test_one_guid_is_one_note(write):
    _, summary = write([snow(), snow(gloss="again"), *many(2)])
    assert (summary.notes, summary.repeated_notes) == (3, 1)


def test_a_note_without_any_card_is_left_out_and_counted(write):
    spec = replace(SPEC, templates=(Template.LISTENING,))
    with pytest.raises(ExportError, match="nothing to put"):
        write([snow()], spec)
    _, summary = write(
        [snow(), post(), post(guid="other", body=(), comments=(ReadingComment("x", ()),))], spec
    )
    assert (summary.notes, summary.cards, summary.empty_notes) == (1, 1, 2)


def test_the_same_notes_give_the_same_file(write, picture):
    notes = [snow(picture=picture), *many(5), post(pictures=(picture,))]
    first = write(notes, name="a.apkg")[0].read_bytes()
    assert write(iter(notes), name="b.apkg")[0].read_bytes() == first


def test_field_and_template_ids_are_the_same_across_exports(rows):
    sql = "select models from col"
    one = json.loads(rows([snow(), post()], sql)[0][0])
    two = json.loads(rows([snow(gloss="x"), *many(9), post()], sql, now=NOW + timedelta(days=400))[0][0])
    assert one == two
    for model in one.values():
        assert all(isinstance(item["id"], int) for item in model["flds"] + model["tmpls"])


def test_two_answers_in_one_millisecond_are_both_kept(rows):
    at = days_ago(3)
    logs = (ReviewLog(at, Rating.GOOD), ReviewLog(at, Rating.EASY), ReviewLog(at + 1, Rating.HARD))
    assert rows([snow(reviews={R: logs})], "select id, ease from revlog order by id") == [
        (at, 3),
        (at + 1, 4),
        (at + 2, 2),
    ]


def test_subdecks_bring_their_parents(rows, write):
    spec = replace(SPEC, name=" a :: :: b ", subdecks=True)
    decks = json.loads(rows([snow()], "select decks from col", spec)[0][0])
    assert {deck["name"] for deck in decks.values()} == {"Default", "a", "a::b", "a::b::HSK 2"}
    assert all(int(key) == deck["id"] for key, deck in decks.items())
    assert write([snow()], spec)[1].decks == ("a::b", "a::b::HSK 2")


def test_deck_ids_follow_from_names():
    assert len({deck_id(f"deck {n}") for n in range(1000)}) == 1000
    assert deck_id("learnfeed") == 1_217_426_799_603


def test_the_description_is_text(rows):
    decks = json.loads(rows([snow()], "select decks from col", replace(SPEC, description="a < b\nc"))[0][0])
    assert decks[str(deck_id("learnfeed"))]["desc"] == "a &lt; b<br>c"


@pytest.mark.parametrize(("count", "key"), [(21, "fsrsParams6"), (19, "fsrsParams5"), (17, "fsrsWeights")])
def test_parameters_stand_where_their_version_of_fsrs_looks(rows, count, key):
    presets = json.loads(rows([snow()], "select dconf from col", parameters=[0.5] * count)[0][0])
    (ours,) = (preset for preset in presets.values() if preset["name"] == "learnfeed")
    assert ours[key] == [0.5] * count


def test_a_deck_for_others_carries_no_history(rows):
    schedule, logs = history(days_ago(20), [(0, GOOD), (0.01, GOOD)])
    note = snow(schedules={R: schedule}, reviews={R: logs})
    spec = replace(SPEC, include_reviews=False)
    assert rows([note], "select count(*) from revlog", spec) == [(0,)]
    assert rows([note], "select distinct type, queue, reps, data from cards", spec) == [(0, 0, 0, "")]
    assert len(json.loads(rows([note], "select dconf from col", spec)[0][0])) == 1


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, write):
    path, _ = write([snow()])
    before = path.read_bytes()

    def broken():
        yield snow()
        raise LookupError("the library went away")

    with pytest.raises(LookupError):
        write_package(SPEC, broken(), path, now=NOW)
    with pytest.raises(ExportError):
        write_package(SPEC, [], path, now=NOW)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.glob("*apkg*")] == [path.name]
    assert not list(tmp_path.glob(".learnfeed-*"))


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ExportError, match="could not be written") as caught:
        write_package(SPEC, [snow()], tmp_path / "none" / "deck.apkg", now=NOW)
    assert caught.value.hint
    (tmp_path / "taken.apkg").mkdir()
    with pytest.raises(ExportError, match="could not be written"):
        write_package(SPEC, [snow()], tmp_path / "taken.apkg", now=NOW)


def test_a_deck_that_came_out_wrong_is_not_handed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "_insert", lambda connection, batch: None)
    with pytest.raises(ExportError, match="rows instead of"):
        write_package(SPEC, [snow()], tmp_path / "deck.apkg", now=NOW)
    assert not list(tmp_path.glob("*.apkg"))


def test_others_may_read_the_file_as_they_may_read_any_new_one(write, tmp_path):
    path, _ = write([snow()])
    (tmp_path / "plain").write_text("")
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_many_notes_are_written_in_batches(write):
    _, summary = write(word(f"词{n}", "ci2 yi1", "w", n) for n in range(1201))
    assert (summary.notes, summary.cards) == (1201, 5 * 1201)


def test_media_that_cannot_be_used_is_skipped_and_told(write, tmp_path, picture, recording):
    text = tmp_path / "not-a-picture.jpg"
    text.write_text("<svg onload=alert(1)>")
    note = snow(picture=str(text), audio=str(tmp_path / "none.mp3"))
    swapped = word("冰", "bing1", "ice", 1, picture=recording, audio=picture)
    pictures = (str(tmp_path), "nul\0byte", picture)
    _, summary = write([note, swapped, post(pictures=pictures)])
    assert summary.media == 1
    assert set(summary.skipped_media) == {
        str(text),
        str(tmp_path / "none.mp3"),
        recording,
        picture,
        *pictures[:2],
    }


def test_equal_pictures_travel_once(tmp_path):
    shelf = MediaShelf()
    names = set()
    for name in ("a.png", "b.jpg"):
        (tmp_path / name).write_bytes(PIXEL)
        names.add(shelf.picture(str(tmp_path / name)))
    assert len(names) == len(shelf.files) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_no_picture(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    assert MediaShelf().picture(str(tmp_path / "pipe.png")) == ""


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (b"\xff\xd8\xff\xe0", "jpg"),
        (PIXEL[:16], "png"),
        (b"GIF89a", "gif"),
        (b"RIFF\0\0\0\0WEBP", "webp"),
        (b"RIFF\0\0\0\0WAVE", "wav"),
        (b"\0\0\0\x1cftypavif", "avif"),
        (b"\0\0\0\x1cftypM4A ", "m4a"),
        (b"ID3\x04", "mp3"),
        (b"\xff\xfb\x90\x00", "mp3"),
        (b"OggS", "ogg"),
        (b"fLaC", "flac"),
        (b"<svg", ""),
        (b"", ""),
    ],
)
def test_media_is_known_by_its_bytes(head, ending):
    assert media_type(head) == ending


def test_the_key_of_a_note_is_safe_to_search_for():
    assert note_key('a*b_"c') == note_key('a*b_"c')
    assert note_key(snow().guid).isalnum()


def test_comments_without_text_take_no_place(rows):
    note = post(comments=(ReadingComment("小雪", ()), *post().comments))
    (fields,) = rows([note], "select flds from notes")[0]
    assert fields.split("\x1f")[6].count('class="comment') == 2
