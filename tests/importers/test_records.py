from __future__ import annotations

import csv
import io
import json
import sqlite3

import pytest
from hypothesis import strategies as st

from learnfeed.core.errors import DamagedError, LimitError
from learnfeed.importers import databases, limits, records, rows
from learnfeed.importers.source import Source
from tests.importers.checks import check
from tests.importers.made import database

JSON_OBJECTS = st.lists(
    st.dictionaries(st.text(min_size=1), st.text() | st.integers(-9, 9) | st.none()), max_size=6
)


@pytest.fixture
def source(given):
    return lambda content, name="a": Source.at(given(name, content))


CELLS = st.text(st.characters(exclude_characters="\r\0\ufeff", codec="utf-8"))


def read(source: Source) -> list[object]:
    return [record for _, record in records.json_records(source)]


@check(JSON_OBJECTS, st.integers(1, 40), st.sampled_from([None, 2]))
def test_a_list_is_read_piece_by_piece(tmp_path_factory, objects, size, indent):
    path = tmp_path_factory.mktemp("a") / "a.json"
    path.write_text(json.dumps(objects, ensure_ascii=False, indent=indent), encoding="utf-8")
    source = Source.at(path)
    text = path.read_text(encoding="utf-8")

    class Cut(Source):
        def stream(self):
            return (text[i : i + size] for i in range(0, len(text), size))

    cut = Cut(source.name, path, source.relative)
    assert read(cut) == objects
    assert not cut.notes


@check(JSON_OBJECTS)
def test_json_lines_are_read_line_by_line(tmp_path_factory, objects):
    path = tmp_path_factory.mktemp("a") / "a.jsonl"
    path.write_text("\n\n".join(json.dumps(row) for row in objects), encoding="utf-8")
    assert read(Source.at(path)) == objects


def test_a_large_record_is_read_whole(source):
    rows = [{"a": "雪" * 300_000}, {"b": 1}]
    assert read(source(json.dumps(rows))) == rows


def test_a_list_that_is_cut_off_gives_what_comes_before(source):
    cut = source('[{"a": 1}, {"b": "雪')
    assert read(cut) == [{"a": 1}]
    assert cut.notes[0].place == "byte 11"
    assert "record 2" in cut.notes[0].reason


def test_damage_in_the_middle_is_told_and_ends_the_list(source):
    damaged = source('[{"a": 1}, {"b" 2}, ' + '{"c": 3}, ' * 50 + "]")
    assert read(damaged) == [{"a": 1}]
    assert len(damaged.notes) == 1


def test_a_line_that_is_damaged_is_told_and_the_next_is_read(source):
    lines = source('{"a": 1}\n{"b": \n[1]\n{"c": 3}\n')
    assert read(lines) == [{"a": 1}, {"c": 3}]
    assert [note.place for note in lines.notes] == ["line 2", "line 3"]


def test_entries_that_are_no_records_are_told(source):
    mixed = source('[1, null, {"a": 1}, "x"]')
    assert read(mixed) == [{"a": 1}]
    assert [note.place for note in mixed.notes] == ["record 1", "record 4"]


def test_one_document_is_one_record(source):
    assert read(source('{\n "a": 1\n}')) == [{"a": 1}]
    assert read(source("3")) == []
    assert read(source("[]")) == []


def test_text_after_the_data_is_told(source):
    document = source('{"a": 1};(function(){})')
    assert records.read_json(document) == {"a": 1}
    assert document.notes[0].place == "byte 8"


def test_depth_ends_in_a_sentence(source):
    for text in ("[" * 100_000, '{"a":' * 100_000, '[{"a":1},' + "[" * 100_000):
        with pytest.raises(DamagedError, match="nested too deeply"):
            records.read_json(source(text))
        if text.startswith("["):
            with pytest.raises(DamagedError, match="nested too deeply"):
                read(source(text))


def test_what_is_no_number_is_nothing(source):
    assert records.read_json(source('{"a": NaN, "b": -Infinity}')) == {"a": None, "b": None}


def test_a_number_of_ten_thousand_digits_is_damage(source):
    with pytest.raises(DamagedError):
        records.read_json(source('{"a": ' + "9" * 10_000 + "}"))


def test_x_escapes_of_telegram_are_mended(source):
    assert records.read_json(source(r'{"a": "x\x0By\\x41"}')) == {"a": "x\x0by\\x41"}
    assert read(source(r'[{"a": "\x41\x42"}, {"b": "\x43"}]')) == [{"a": "AB"}, {"b": "C"}]


def test_doubled_keys_are_decided_the_same_way_always(source):
    assert records.read_json(source('{"a": 1, "a": 2}')) == {"a": 2}


def test_a_document_larger_than_its_limit_is_refused(source, monkeypatch):
    monkeypatch.setattr(limits, "JSON_BYTES", limits.Limit("one JSON document", 50, "bytes"))
    with pytest.raises(LimitError):
        records.read_json(source('{"a": "' + "x" * 100 + '"}'))
    with pytest.raises(LimitError):
        read(source('[{"a": "' + "x" * 600_000 + '"}]'))


def test_a_list_with_something_before_it(source):
    assert [row for _, row in records.json_list(source('window.YTD.like.part0 = [{"a": 1}]'))] == [{"a": 1}]
    empty = source("window.YTD")
    assert list(records.json_list(empty)) == []
    assert empty.notes


def test_what_looks_like_json():
    for text in ('{"a"', "[{", "[]", "[1, 2]", '  {\n "a"', "{}", '["a"'):
        assert records.looks_like_json(text), text
    for text in ("[哭惹R] 你好", "[00:01.00]雪", "{ 雪 }", "雪", "", "[note] x"):
        assert not records.looks_like_json(text), text


@check(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1)))
def test_what_a_program_writes_as_csv_is_read_back(tmp_path_factory, table):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    path = tmp_path_factory.mktemp("a") / "a.csv"
    path.write_bytes(out.getvalue().encode())
    assert [row for _, row in rows.csv_rows(Source.at(path))] == table


def test_a_quote_that_is_never_closed_costs_one_line_only(source):
    table = source('a,b\n1,"雪 ""snow,x\n2,y\n"3","ok\nok"\n')
    assert [row for _, row in rows.csv_rows(table)][2:] == [["2", "y"], ["3", "ok\nok"]]
    assert [note.place for note in table.notes] == ["line 2"]


def test_a_long_text_without_closing_quote_stays_linear(source):
    table = source('a,"b\n' + "x,y\n" * 700)
    assert len(list(rows.csv_rows(table))) == 701
    assert table.notes[0].place == "line 1"


def test_cells_larger_than_any_post_are_told(source, monkeypatch):
    monkeypatch.setattr(limits, "RECORD_CHARS", limits.Limit("one row", 100, "characters"))
    table = source("a,b\n" + "x" * 200 + ",y\n1,2\n")
    assert [row for _, row in rows.csv_rows(table)] == [["a", "b"], [], ["1", "2"]]
    assert table.notes[0].place == "line 2"
    csv.field_size_limit(4 << 20)


def test_rows_are_named_by_the_header(source):
    table = source("\ufeffa, b\n\n1,2\n3\n")
    assert list(rows.csv_records(table)) == [("line 3", {"a": "1", "b": "2"}), ("line 4", {"a": "3"})]


def test_a_header_is_read_from_any_text():
    assert rows.csv_header("\ufeff a,b \r\nx") == ("a", "b")
    assert rows.csv_header('"a\rb') == ("a",)
    assert rows.csv_header("") == ()


def test_tables_of_a_database(tmp_path):
    source = Source.at(database(tmp_path / "a.db", **{'no"te': (["id", "te xt"], [[1, "雪"], [2, b"\xff"]])}))
    assert databases.table_columns(source) == {'no"te': ("id", "te xt")}
    assert list(databases.table_records(source, 'no"te')) == [
        ('row 1 of no"te', {"id": 1, "te xt": "雪"}),
        ('row 2 of no"te', {"id": 2, "te xt": b"\xff"}),
    ]


def test_views_and_virtual_tables_do_not_count(tmp_path):
    path = database(tmp_path / "a.db", real=(["id"], [[1]]))
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIEW explore_data AS SELECT 1 AS id")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    connection.commit()
    connection.close()
    tables = databases.table_columns(Source.at(path))
    assert "real" in tables
    assert "explore_data" not in tables
    assert "words" not in tables
    with pytest.raises(DamagedError, match="no table"):
        list(databases.table_records(Source.at(path), "explore_data"))


def test_a_database_that_works_too_long_is_stopped(tmp_path, monkeypatch):
    rows = [[number] for number in range(60_000)]
    source = Source.at(database(tmp_path / "a.db", note=(["id"], rows)))
    monkeypatch.setattr(limits, "SQLITE_STEPS", limits.Limit("the work of reading a database", 1, "steps"))
    with pytest.raises(DamagedError, match="the work of reading a database"):
        list(databases.table_records(source, "note"))


def test_a_damaged_database_is_told(given):
    source = Source.at(given("a.db", b"SQLite format 3\0" + b"\x10\0\1\1\0@  " + b"\0" * 76))
    assert databases.table_columns(source) == {}
    with pytest.raises(DamagedError, match="damaged"):
        list(databases.table_records(source, "note"))


def test_a_database_is_never_written_to(tmp_path):
    path = database(tmp_path / "a.db", note=(["id"], [[1]]))
    before = path.read_bytes()
    list(databases.table_records(Source.at(path), "note"))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]


def test_a_schema_that_is_no_text_is_told(tmp_path):
    path = database(tmp_path / "a.db", note=(["id"], [[1]]))
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE", b"CRE\x80TE TABLE"))
    assert databases.table_columns(Source.at(path)) == {}
