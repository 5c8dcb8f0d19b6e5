"""Back from Anki: what was answered there arrives once, from every kind of file Anki makes."""

from __future__ import annotations

import builtins
import shutil
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from learnfeed.anki import collection
from learnfeed.anki.collection import ATTEMPTS, open_collection
from learnfeed.anki.history import read_histories
from learnfeed.core.errors import DamagedError, LimitError, SourceError, UnreadableError
from learnfeed.core.ids import note_guid
from learnfeed.core.review import CardState, Rating, ReviewLog, Schedule, Template
from tests.anki import real_anki
from tests.anki.samples import AGAIN, CREATED, EASY, GOOD, HARD, SPEC, days_ago, history, many, post, snow

R = Template.RECOGNITION
SNOW = note_guid("word", "雪")


def answer_in_anki(anki, headword, rating, template=R):
    card = anki.card(headword, template)
    card.start_timer()
    states = anki.col._backend.get_scheduling_states(card.id)
    anki.col.sched.answer_card(anki.col.sched.build_answer(card=card, states=states, rating=rating - 1))


def reviewed():
    schedule, logs = history(days_ago(30), [(0, GOOD), (0.01, GOOD), (3, HARD), (5, GOOD)])
    return snow(schedules={R: schedule}, reviews={R: logs})


def exported(anki, tmp_path, kind):
    """A file of one of the kinds Anki makes, or its own collection while it is open."""
    name, _, age = kind.partition(" ")
    if name in ("live", "folder"):
        return tmp_path / "anki" / ("collection.anki2" if name == "live" else "")
    return real_anki.export(anki.col, tmp_path / f"out.{name}", legacy=age == "old")


KINDS = ["apkg new", "apkg old", "colpkg new", "colpkg old", "live", "folder"]


@pytest.mark.parametrize("kind", KINDS)
def test_answers_given_in_anki_come_back_once(write, anki, tmp_path, kind):
    if "new" in kind:
        pytest.importorskip("zstandard")
    note = reviewed()
    anki.take(write([note, *many(3), post()])[0])
    answer_in_anki(anki, "雪", GOOD)
    answer_in_anki(anki, many(1)[0].headword, AGAIN, Template.RECALL)
    path = exported(anki, tmp_path, kind)
    found = {(h.guid, h.template): h for h in read_histories(path)}
    assert len(found) == 5 * 4
    ours = {(log.at, log.rating) for log in note.reviews[R]}
    theirs = [(log.at, log.rating) for log in found[SNOW, R].reviews]
    assert ours < set(theirs)
    assert len(theirs) == len(ours) + 1
    assert theirs == sorted(theirs)
    assert theirs[-1][1] is Rating.GOOD
    (first,) = found[many(1)[0].guid, Template.RECALL].reviews
    assert (first.rating, first.state, first.source) == (Rating.AGAIN, CardState.NEW, "anki")
    again = {(h.guid, h.template): h for h in read_histories(path)}
    assert again == found
    assert sum(len(h.reviews) for h in found.values()) == len(ours) + 2


def test_a_card_stands_here_as_it_stood_when_it_left(write, tmp_path):
    note = reviewed()
    resting = many(1)[0]
    resting = replace(resting, suspended=frozenset({R}))
    found = {(h.guid, h.template): h for h in read_histories(write([note, resting])[0])}
    back, was = found[SNOW, R], note.schedules[R]
    assert (back.schedule.state, back.schedule.interval) == (was.state, was.interval)
    assert (back.schedule.reps, back.schedule.lapses) == (was.reps, was.lapses)
    assert back.schedule.memory.stability == pytest.approx(was.memory.stability, abs=1e-4)
    assert back.schedule.memory.difficulty == pytest.approx(was.memory.difficulty, abs=1e-3)
    assert back.schedule.last_review // 1000 == was.last_review // 1000
    assert abs(back.schedule.due - was.due) < 86_400_000
    assert [replace(log, difficulty=0, source="app") for log in back.reviews] == [
        replace(log, difficulty=0) for log in note.reviews[R]
    ]
    for ours, theirs in zip(note.reviews[R], back.reviews, strict=True):
        assert theirs.difficulty == pytest.approx(ours.difficulty, abs=0.01)
    assert found[SNOW, Template.RECALL].schedule.state is CardState.NEW
    assert found[resting.guid, R].suspended
    assert not back.suspended


def test_steps_come_back(write):
    last = days_ago(0.01)
    learning = Schedule(CardState.LEARNING, due=last + 600_000, step=1, reps=1, last_review=last)
    night = replace(learning, due=last + 2 * 86_400_000, step=0)
    again = replace(learning, state=CardState.RELEARNING, step=0, lapses=1)
    notes = [
        replace(note, schedules={R: schedule})
        for note, schedule in zip(many(3), (learning, night, again), strict=True)
    ]
    found = {h.guid: h.schedule for h in read_histories(write(notes)[0]) if h.template is R}
    assert found[notes[0].guid] == replace(learning, due=learning.due // 1000 * 1000, last_review=None)
    assert (found[notes[1].guid].state, found[notes[1].guid].step) == (CardState.LEARNING, 0)
    assert abs(found[notes[1].guid].due - night.due) < 86_400_000
    assert (found[notes[2].guid].state, found[notes[2].guid].step) == (CardState.RELEARNING, 0)


@pytest.fixture
def database(write, tmp_path):
    """An unpacked collection of one reviewed note, to change."""
    path, _ = write([reviewed()])
    with zipfile.ZipFile(path) as archive:
        archive.extract("collection.anki2", tmp_path / "own")
    connection = sqlite3.connect(tmp_path / "own" / "collection.anki2", isolation_level=None)
    yield connection
    connection.close()


def history_of(tmp_path):
    return {h.template: h for h in read_histories(tmp_path / "own" / "collection.anki2")}


def test_what_was_no_answer_does_not_count(database, tmp_path):
    before = history_of(tmp_path)[R].reviews
    rows = [
        (CREATED + 10**9, 0, 0, 5),  # rescheduled by hand
        (CREATED + 2 * 10**9, 3, 0, 3),  # previewed in a filtered deck
        (CREATED + 3 * 10**9, 7, 500, 1),  # nothing Anki knows
        (CREATED + 4 * 10**9, 3, 500, 9),
    ]
    for at, ease, factor, kind in rows:
        database.execute(
            "insert into revlog values (?, ?, -1, ?, 0, 0, ?, 0, ?)", (at, CREATED + 1, ease, factor, kind)
        )
    assert history_of(tmp_path)[R].reviews == before
    database.execute(
        "insert into revlog values (?, ?, -1, 3, 4, 3, 2300, 99999, 3)", (CREATED + 5 * 10**9, CREATED + 1)
    )
    *same, last = history_of(tmp_path)[R].reviews
    assert tuple(same) == before
    assert last == ReviewLog(
        CREATED + 5 * 10**9, Rating.GOOD, 60_000, CardState.REVIEW, 4, 3, 0.0, source="anki"
    )


def test_a_reset_in_anki_is_told(write, anki, tmp_path):
    anki.take(write([reviewed()])[0])
    card = anki.card("雪", R)
    assert {h.reset_at for h in read_histories(tmp_path / "anki")} == {0}
    anki.col.sched.schedule_cards_as_new([card.id])
    found = {h.template: h for h in read_histories(tmp_path / "anki")}
    assert found[R].reset_at > found[R].reviews[-1].at
    assert found[R].schedule.state is CardState.NEW
    assert found[Template.RECALL].reset_at == 0


def test_a_filtered_deck_hides_no_due_day(database, tmp_path):
    due = history_of(tmp_path)[R].schedule.due
    database.execute("update cards set odue = due, odid = 1, did = 7, due = -5 where ord = 0")
    assert history_of(tmp_path)[R].schedule.due == due


@pytest.mark.parametrize(
    "data", ["{", "[]", '{"s": "x"}', '{"s": 1e999, "d": 5}', '{"s": 3, "d": 99}', '{"lrt": 1e999}', "null"]
)
def test_memory_that_makes_no_sense_is_left_aside(database, tmp_path, data):
    database.execute("update cards set data = ?", (data,))
    found = history_of(tmp_path)[R]
    assert found.schedule.memory is None
    assert found.schedule.last_review == found.reviews[-1].at


def test_damaged_values_do_not_stop_the_reading(database, tmp_path):
    database.execute(
        "update cards set due = 'x', ivl = -3, reps = 1e300, lapses = 'y', left = x'00' where ord = 0"
    )
    database.execute("update revlog set time = -4, ease = 'good'")
    database.execute("update cards set ord = 77 where ord = 1")
    found = history_of(tmp_path)
    assert found[R].reviews == ()
    assert set(found) == {R, Template.TYPING, Template.CLOZE, Template.TONES}


def test_a_schema_without_rules_does_not_stop_the_reading(database, tmp_path):
    for table in ("cards", "revlog", "notes"):
        database.execute(f"create table copy as select * from {table}")
        database.execute(f"drop table {table}")
        database.execute(f"alter table copy rename to {table}")
    database.execute("update cards set due = null, ivl = null, left = null, data = null, lapses = 9e300")
    database.execute("update revlog set ivl = null, lastIvl = 9e300, factor = null, time = null")
    found = history_of(tmp_path)[R]
    assert found.schedule.memory is None
    assert found.schedule.interval == 0
    assert all(log.last_interval < 10**6 for log in found.reviews)
    database.execute("update notes set guid = null")
    assert not history_of(tmp_path)


def test_other_notes_are_none_of_ours(write, anki, tmp_path):
    anki.take(write([snow()])[0])
    note = anki.col.new_note(anki.col.models.by_name("Basic"))
    note["Front"] = "雪"
    anki.col.add_note(note, 1)
    assert {h.guid for h in read_histories(tmp_path / "anki")} == {SNOW}


def test_the_stub_beside_a_new_collection_is_never_read(write, anki, tmp_path, monkeypatch):
    anki.take(write([snow()])[0])
    path = exported(anki, tmp_path, "apkg new")
    with zipfile.ZipFile(path) as archive:
        assert {"collection.anki2", "collection.anki21b"} <= set(archive.namelist())
    real = builtins.__import__

    def without_zstandard(name, *rest):
        if name == "zstandard":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_zstandard)
    with pytest.raises(SourceError, match="new format") as caught:
        list(read_histories(path))
    assert "Support older Anki versions" in caught.value.hint


def broken(tmp_path, kind):
    path = tmp_path / "broken.apkg"
    if kind == "text":
        path.write_text("not a collection")
    elif kind == "database":
        connection = sqlite3.connect(path)
        connection.execute("create table t (a)")
        connection.close()
    elif kind == "views":
        connection = sqlite3.connect(path)
        for name in ("col", "notes", "cards", "revlog"):
            connection.execute(f"create view {name} as select 1")
        connection.close()
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(
                {"archive": "readme", "zstd": "collection.anki21b"}.get(kind, "collection.anki2"), b"x" * 5000
            )
    if kind == "cut":
        data = bytearray(path.read_bytes())
        data[60:70] = b"y" * 10
        path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", ["text", "database", "views", "archive", "zstd", "inside", "cut"])
def test_files_that_are_no_collection_are_told(tmp_path, kind):
    if kind == "zstd":
        pytest.importorskip("zstandard")
    path = broken(tmp_path, kind)
    with pytest.raises(DamagedError) as caught:
        list(read_histories(path))
    assert str(path) in caught.value.message
    assert caught.value.hint


def test_a_page_that_is_damaged_is_told(database, tmp_path):
    database.execute("create table extra (a)")
    database.execute("insert into extra values (null)")
    database.execute("pragma writable_schema = on")
    database.execute("update sqlite_master set sql = 'create table extra (a not null)' where name = 'extra'")
    with pytest.raises(DamagedError, match="NULL value"):
        history_of(tmp_path)
    database.close()
    path = tmp_path / "own" / "collection.anki2"
    sound = path.read_bytes()
    path.write_bytes(sound[: 4096 + 8] + b"\xff" * 4000 + sound[8104:])
    with pytest.raises(DamagedError, match="damaged"):
        history_of(tmp_path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UnreadableError, match="can't be read"):
        list(read_histories(tmp_path / "none.apkg"))
    with pytest.raises(UnreadableError, match=r"collection\.anki2"):
        list(read_histories(tmp_path))


def test_an_archive_that_grows_without_end_is_stopped(write, monkeypatch):
    path, _ = write([snow()])
    monkeypatch.setattr(collection, "SIZE_LIMIT", 1000)
    with pytest.raises(LimitError):
        list(read_histories(path))


def test_a_collection_anki_writes_to_is_copied_again(write, anki, tmp_path):
    anki.take(write([snow()])[0])
    live = tmp_path / "anki" / "collection.anki2"
    calls = []
    copyfile = shutil.copyfile

    class Busy:
        """Lets the collection change while it is copied, so many times."""

        def __init__(self, times):
            self.times = times

        def __call__(self, source, target):
            copyfile(source, target)
            if self.times:
                self.times -= 1
                Path(source).touch()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collection.shutil, "copyfile", Busy(2))
        with open_collection(live, calls.append) as connection:
            assert connection.execute("select count(*) from notes").fetchone() == (1,)
        assert 1 <= len(calls) <= 2
        patch.setattr(collection.shutil, "copyfile", Busy(99))
        with pytest.raises(UnreadableError, match="being written to"), open_collection(live, calls.append):
            pass
    assert len(calls) <= 2 + ATTEMPTS - 1


def test_reading_changes_nothing_of_ankis(write, anki, tmp_path):
    anki.take(write([snow()])[0])
    folder = tmp_path / "anki"
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    list(read_histories(folder))
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_second_export_after_a_pull_brings_only_what_is_new(write, anki, tmp_path):
    """Merged by guid, template and millisecond, a second reading adds nothing."""
    anki.take(write([reviewed()])[0])
    answer_in_anki(anki, "雪", EASY)

    def keys():
        return {(h.guid, h.template, log.at) for h in read_histories(tmp_path / "anki") for log in h.reviews}

    first = keys()
    assert keys() - first == set()
    answer_in_anki(anki, "雪", GOOD, Template.CLOZE)
    assert len(keys() - first) == 1


def test_names_compare_as_anki_compares_them(write, anki, tmp_path):
    anki.take(write([snow()], replace(SPEC, name="Äpfel"))[0])
    anki.take(write([snow()], replace(SPEC, name="älter"))[0])
    with open_collection(tmp_path / "anki") as connection:
        names = [
            name
            for (name,) in connection.execute("select name from decks order by name || '' collate unicase")
        ]
    assert names == ["Default", "älter", "Äpfel"]
