from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import strategies as st

from learnfeed.core.errors import LimitError, UnreadableError
from learnfeed.importers import limits
from learnfeed.importers.source import Source, is_plain_name, open_regular, shown
from tests.importers.checks import check
from tests.importers.made import PNG, packed


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UnreadableError, match="no such file"):
        open_regular(tmp_path / "none.txt")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UnreadableError, match="is a folder"):
        open_regular(tmp_path)


def test_a_pipe_never_blocks(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="is a pipe"):
        open_regular(tmp_path / "pipe")


def test_a_device_is_not_read():
    with pytest.raises(UnreadableError, match="is a device"):
        open_regular(Path("/dev/zero"))


def test_links_in_a_circle_and_into_nothing_are_told(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "c").symlink_to(tmp_path / "nothing")
    with pytest.raises(UnreadableError, match="circle"):
        open_regular(tmp_path / "a")
    with pytest.raises(UnreadableError, match="no such file"):
        open_regular(tmp_path / "c")


def test_a_link_to_a_file_is_followed_when_it_is_named(given, tmp_path):
    (tmp_path / "link.txt").symlink_to(given("a.txt", "雪"))
    assert Source.at(tmp_path / "link.txt").text() == "雪"


def test_a_name_with_a_zero_byte_is_told():
    with pytest.raises(UnreadableError, match="can't be read"):
        open_regular(Path("a\0b"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_of_someone_else_is_told(given):
    path = given("secret.txt", "x")
    path.chmod(0)
    with pytest.raises(UnreadableError, match="permission"):
        open_regular(path)


def test_permission_is_told_whoever_runs_the_tests(given, monkeypatch):
    path = given("secret.txt", "x")

    def refuse(*_args, **_options):
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableError, match="permission"):
        open_regular(path)


def test_too_large_a_file_is_refused_by_name_of_the_limit(given, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", limits.Limit("the size of one file", 3, "bytes"))
    with pytest.raises(LimitError, match="the limit for the size of one file is 3 bytes"):
        open_regular(given("a.txt", "four"))


def test_a_text_that_is_read_whole_has_a_limit(given, monkeypatch):
    small = limits.Limit("a text", 3, "bytes")
    with pytest.raises(LimitError):
        Source.at(given("a.txt", "four")).data(small)


def test_the_hash_is_of_the_bytes(given):
    assert Source.at(given("a.txt", "雪")).sha256() == hashlib.sha256("雪".encode()).hexdigest()


def test_lines_end_where_people_end_them(given):
    source = Source.at(given("a.txt", "雪\rsnow\r\n猫\u2028cat\x0btea\n\n茶"))
    assert list(source.lines()) == [(1, "雪"), (2, "snow"), (3, "猫\u2028cat\x0btea"), (4, ""), (5, "茶")]


def test_lines_of_utf_16(given):
    source = Source.at(given("a.txt", "雪\r\nsnow\n".encode("utf-16")))
    assert [line.strip("\ufeff") for _, line in source.lines()] == ["雪", "snow"]


@check(st.lists(st.sampled_from(["a", "雪", "\r", "\n", "\r\n", "x" * 9])), st.integers(1, 4))
def test_lines_do_not_depend_on_how_the_file_is_cut(pieces, size):
    from learnfeed.importers.source import _raw_lines

    data = "".join(pieces).encode()
    chunks = iter([data[i : i + size] for i in range(0, len(data), size)])
    expected = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if expected[-1] == b"":
        expected.pop()
    assert list(_raw_lines(chunks, "x")) == expected


def test_a_line_without_end_is_refused(given, monkeypatch):
    monkeypatch.setattr(limits, "LINE_BYTES", limits.Limit("the length of one line", 1000, "bytes"))
    with pytest.raises(LimitError, match="length of one line"):
        list(Source.at(given("a.txt", "x" * 5000)).lines())


def test_damaged_lines_are_noted_and_read(given):
    source = Source.at(given("a.txt", "好的。\n再见。\n".encode() + b"ab\xff\xff\xff\n"))
    assert len(list(source.lines())) == 3
    assert [note.place for note in source.notes] == ["line 3"]
    again = Source.at(source.path)
    again.text()
    assert [note.place for note in again.notes] == ["line 3"]


def test_what_importers_see_first(given):
    probe = Source.at(given("a.txt", "雪" * 100_000)).probe()
    assert len(probe.head) == limits.HEAD_BYTES
    assert set(probe.text) == {"雪"}
    assert Source.at(given("p.txt", PNG)).probe().text == ""
    assert Source.at(given("z.zip", packed({"a.txt": "x"}))).probe().members == ("a.txt",)
    assert Source.at(given("z.zip", b"PK\x03\x04 no zip")).probe().members == ()


def test_only_plain_names_lead_to_files_beside(given):
    source = Source.at(given("x/a.txt", "x"))
    near = given("x/b.txt", "x")
    above = given("c.txt", "x")
    assert source.beside("b.txt") == near.resolve()
    assert source.beside("..", "c.txt") == above.resolve()
    for parts in (
        ("../c.txt",),
        ("..", "..", "etc"),
        ("b.txt", ".."),
        ("/etc/passwd",),
        ("",),
        ("none.txt",),
    ):
        assert source.beside(*parts) is None
    (near.parent / "link.txt").symlink_to(near)
    assert source.beside("link.txt") is None


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "c:x", "a\0", "x" * 201, "\udcff", "a*"])
def test_names_that_are_no_names(name):
    assert not is_plain_name(name)


def test_paths_are_shown_without_control_characters():
    assert shown("a\x1b[31mb\n") == "ab"
    assert shown(os.fsdecode(b"\xff.txt")) == "\ufffd.txt"
