from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from learnfeed.core.errors import LibraryError
from learnfeed.core.post import Block, Post
from learnfeed.core.word import WordStatus
from learnfeed.store.codec import post_to_bytes
from learnfeed.store.database import SCHEMA_VERSION, Database
from learnfeed.store.migrations import migrate
from learnfeed.store.plain import is_plain, read_plain, tables, write_plain
from learnfeed.store.words import WordStore
from tests.builders import prepared

NOW = 1_768_563_065_000


@pytest.fixture
def library(database, save):
    save(
        prepared(key="a", title="雪\x00", text="今天下雪了。\nIt snowed today."),
        prepared(key="b", text="🐱 'quoted' \u2028 猫"),
    )
    WordStore(database).mark({"雪": WordStatus.KNOWN}, NOW)
    half = Post("test", (Block("half an emoji \ud83d"),))  # as damaged files have them
    with database.write() as connection:
        connection.execute("UPDATE post_data SET data = ? WHERE post_id = 2", (post_to_bytes(half),))
    return database


def back(source, folder) -> Database:
    folder.mkdir()
    read_plain(source, folder)
    return Database.open(folder)


def test_everything_goes_out_and_comes_back(library, tmp_path):
    write_plain(library, tmp_path / "one.jsonl")
    again = back(tmp_path / "one.jsonl", tmp_path / "again")
    write_plain(again, tmp_path / "two.jsonl")
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    assert again.rows("PRAGMA integrity_check") == [("ok",)]
    assert again.rows("PRAGMA foreign_key_check") == []
    again.close()


def test_every_table_is_told_and_posts_are_readable(library, tmp_path):
    write_plain(library, tmp_path / "plain.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "plain.jsonl").read_text("utf-8").splitlines()]
    assert lines[0] == {"learnfeed": "learnfeed library", "schema": SCHEMA_VERSION}
    told = {next(iter(line)) for line in lines[1:]}
    filled = {name for name in tables(library.connection) if library.rows(f"SELECT 1 FROM {name} LIMIT 1")}
    assert told == filled
    assert {"post", "post_data", "word", "event", "post_search"} <= told
    posts = [line["post_data"]["data"]["packed"] for line in lines if "post_data" in line]
    assert any(block["text"].startswith("今天下雪了") for post in posts for block in post["blocks"])


def test_a_copy_of_an_older_library_is_brought_up_to_date(tmp_path):
    old = tmp_path / "old.jsonl"
    row = {"id": 1, "headword": "雪", "status": "known", "created_ms": 1, "changed_at": 1}
    old.write_text(f'{{"learnfeed":"learnfeed library","schema":2}}\n{json.dumps({"word": row})}\n', "utf-8")
    library = back(old, tmp_path / "new")
    assert library.rows("SELECT headword, status FROM word") == [("雪", "known")]
    assert library.rows("PRAGMA user_version") == [(SCHEMA_VERSION,)]
    library.close()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "no row"),
        ('{"nothing":{"a":1}}', "no row"),
        ('{"word":{}}', "no row"),
        ('{"word":{"id; DROP TABLE word":1}}', "no row"),
        ('{"sqlite_master":{"name":"x"}}', "no row"),
        ('{"word":{"id":1}}', "NOT NULL"),
        ('{"word":{"id":99999999999999999999}}', "too large"),
        ('{"post_data":{"post_id":1,"data":{"packed":[1]}}}', "not what post_data holds"),
        ('{"annotation":{"post_id":1,"version":"4","data":{"packed":{}}}}', "not what annotation holds"),
        ('{"card":{"id":1,"word_id":7,"template":"x","created_at":1,"due":1}}', "FOREIGN KEY"),
    ],
)
def test_a_damaged_copy_is_refused_with_its_line(tmp_path, line, reason):
    source = tmp_path / "wrong.jsonl"
    source.write_text(f'{{"learnfeed":"learnfeed library","schema":6}}\n{line}\n', "utf-8")
    assert is_plain(source)
    with pytest.raises(LibraryError, match=rf"wrong\.jsonl:2.*{reason}"):
        back(source, tmp_path / "library")


@pytest.mark.parametrize("header", ["", "{}", '{"learnfeed":"learnfeed library","schema":"6"}', "\x00"])
def test_what_is_no_copy_is_named(tmp_path, header):
    source = tmp_path / "wrong.jsonl"
    source.write_text(header, "utf-8")
    with pytest.raises(LibraryError, match=r"wrong\.jsonl"):
        back(source, tmp_path / "library")


def test_a_copy_of_a_newer_learnfeed_asks_for_an_update(tmp_path):
    source = tmp_path / "new.jsonl"
    source.write_text(f'{{"learnfeed":"learnfeed library","schema":{SCHEMA_VERSION + 1}}}\n')
    with pytest.raises(LibraryError, match="newer learnfeed"):
        back(source, tmp_path / "library")


def test_before_a_library_is_migrated_a_copy_is_put_aside(tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "library.sqlite", isolation_level=None)) as connection:
        migrate(connection, 4)
        connection.execute(
            "INSERT INTO word (headword, status, created_ms, changed_at) VALUES ('雪', 'known', 1, 1)"
        )
    Database.open(folder).close()
    with closing(sqlite3.connect(folder / "backups" / f"before-4-to-{SCHEMA_VERSION}.sqlite")) as aside:
        assert aside.execute("PRAGMA user_version").fetchone() == (4,)
        assert aside.execute("SELECT headword FROM word").fetchall() == [("雪",)]
