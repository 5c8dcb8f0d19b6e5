from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from learnfeed.importers import limits
from learnfeed.importers.archives import _short
from learnfeed.importers.registry import open_paths
from tests.importers.made import MP4, PNG, packed


def tar(*members: tuple[tarfile.TarInfo, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = link
    return info


def test_what_is_in_a_zip_is_imported_under_its_name(from_text):
    found = from_text("a.zip", packed({"b/雪.txt": "窗外全白了。", "a.txt": "第一篇。", "b/": ""}))
    assert sorted(post.body for post in found.posts) == ["窗外全白了。", "第一篇。"]
    assert [name.rpartition("a.zip")[2] for name in found.names] == [":a.txt", ":b/雪.txt"]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_what_is_in_a_tar_is_imported(from_text, mode):
    found = from_text(
        "a.tar.gz", tar((member("a", tarfile.DIRTYPE), b""), (member("a/b.txt"), "雪。".encode()), mode=mode)
    )
    assert found.post.body == "雪。"


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/abs/evil.txt", "a/../../evil.txt", "..\\evil.txt", "c:/evil.txt"]
)
def test_no_name_leads_outside(from_text, name, tmp_path):
    found = from_text("a.zip", packed({name: "evil", "good.txt": "雪。"}))
    assert found.post.body == "雪。"
    assert "outside" in found.problem.reason
    assert not list(tmp_path.rglob("evil*"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_left_out(from_text, kind):
    found = from_text(
        "a.tar", tar((member("x", kind, "/etc/passwd"), b""), (member("y.txt"), "雪。".encode()), mode="w")
    )
    assert found.post.body == "雪。"
    assert "link or a device" in found.problem.reason


def test_links_in_a_zip_are_left_out(from_text):
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    found = from_text("a.zip", out.getvalue())
    assert found.posts == []
    assert "link or a device" in found.problem.reason


def test_a_bomb_is_refused_by_what_it_claims(from_text):
    found = from_text("a.zip", packed({"a.txt": b"\0" * 3_000_000}))
    assert "compression" in found.problem.reason
    assert found.posts == []


def test_a_bomb_in_a_tar_is_refused_by_what_comes_out(from_text):
    found = from_text("a.tar.gz", tar((member("a.txt"), b"\0" * 3_000_000)))
    assert "compression" in found.problem.reason


def test_each_limit_is_named(from_text, monkeypatch):
    two = packed({"a.txt": "雪。", "b.txt": "猫。"})
    monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", limits.Limit("the files of one archive", 1, "files"))
    assert "the files of one archive is 1 files" in from_text("a.zip", two).problem.reason
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", limits.Limit("an archive when unpacked", 5, "bytes"))
    monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", limits.Limit("the files of one archive", 9, "files"))
    assert "an archive when unpacked" in from_text("a.zip", two).problem.reason
    assert (
        "an archive when unpacked"
        in from_text("a.tar", tar((member("a"), b"123456"), mode="w")).problem.reason
    )


def test_archives_in_archives_end_somewhere(from_text):
    inner = packed({"a.txt": "雪。"})
    assert from_text("a.zip", packed({"b.zip": inner})).post.body == "雪。"
    deep = packed({"a.zip": packed({"b.zip": inner})})
    assert "archives inside archives" in from_text("a.zip", deep).problem.reason


def test_a_zip_cut_off_is_told(from_text):
    found = from_text("a.zip", packed({"a.txt": "雪。" * 1000})[:-30])
    assert "not a complete archive" in found.problem.reason
    assert "not a complete archive" in from_text("a.gz", b"\x1f\x8b\x08 nothing").problem.reason


def test_a_damaged_member_is_told(from_text):
    data = bytearray(packed({"a.txt": "雪" * 500}, zipfile.ZIP_STORED))
    data[200] ^= 1
    assert "not a complete archive" in from_text("a.zip", bytes(data)).problem.reason


def test_a_locked_zip_is_told(from_text):
    data = bytearray(packed({"a.txt": "雪"}))
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "password" in from_text("a.zip", bytes(data)).problem.reason


def test_names_of_chinese_windows_are_read(from_text):
    data = packed({"XXXXXX.txt": "雪。"}).replace(b"XXXXXX", "窗外雪".encode("gb18030"))
    assert from_text("a.zip", data).names[0].endswith(":窗外雪.txt")


def test_an_empty_archive_is_told(from_text):
    assert "empty" in from_text("a.zip", packed({})).problem.reason


def test_two_members_of_one_name_do_not_overwrite(from_text):
    data = packed({"a.txt": "第一。", "b.txt": "第二。"}).replace(b"b.txt", b"a.txt")
    found = from_text("a.zip", data)
    assert found.post.body == "第一。"
    assert "same name" in found.problem.reason


def test_a_path_of_endless_folders_is_left_out(from_text):
    found = from_text("a.zip", packed({"a/" * 40 + "b.txt": "x", "c.txt": "雪。"}))
    assert found.post.body == "雪。"
    assert "folders" in found.problem.reason


def test_long_names_are_cut_and_keep_their_ending():
    assert _short("雪" * 100 + ".json").endswith(".json")
    assert len(_short("雪" * 100 + ".json").encode()) <= 240
    assert len(_short("雪" * 100).encode()) <= 240
    assert _short("a.txt") == "a.txt"


def test_pictures_of_an_archive_are_there_while_it_is_read_and_videos_are_not_named(tmp_path):
    note = {
        "note_id": "a1",
        "type": "video",
        "title": "雨",
        "desc": "下雨",
        "image_list": "",
        "time": 1,
        "last_modify_ts": 1,
    }
    members = {"xhs/json/c.json": json.dumps([note]), "xhs/images/a1/0.jpg": PNG, "xhs/videos/a1/0.mp4": MP4}
    path = tmp_path / "a.zip"
    path.write_bytes(packed(members))
    for source in open_paths([path]):
        assert source.temporary
        (post,) = source.items
        (picture,) = post.media
        assert Path(picture.path).read_bytes() == PNG
    assert not Path(picture.path).exists()


@pytest.mark.parametrize("name", ["a.zip", "a.apkg", "a.xlsx"])
def test_a_member_that_is_not_where_the_archive_says_is_told(from_text, name):
    inside = {"a.zip": "a.txt", "a.apkg": "collection.anki2", "a.xlsx": "[Content_Types].xml"}[name]
    data = bytearray(
        packed({inside: "雨。", "xl/workbook.xml": "<a/>"} if name == "a.xlsx" else {inside: "雨。"})
    )
    end = data.index(b"PK\x05\x06")
    data[end + 16 : end + 20] = (end * 3).to_bytes(4, "little")
    found = from_text(name, bytes(data))
    assert found.posts == []
    assert found.problem.reason
