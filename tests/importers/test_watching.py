"""Watching a folder: what is handed on, and when."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from learnfeed.importers.watching import FILES_PER_SECOND, FolderWatch
from tests.importers.made import PNG


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "saved"
    path.mkdir()
    return path


@pytest.fixture
def watch(folder) -> FolderWatch:
    return FolderWatch(folder)


def names(found: list[Path]) -> list[str]:
    return [path.name for path in found]


def test_what_is_there_at_the_start_is_taken_once(folder, watch):
    (folder / "a.txt").write_text("雨")
    assert names(watch.look(wait=False)) == ["a.txt"]
    assert watch.look() == []


def test_a_file_waits_until_it_has_stopped_growing(folder, watch):
    for text in ("外", "外面", "外面下雨了"):
        (folder / "a.txt").write_text(text)
        assert watch.look() == []
    assert names(watch.look()) == ["a.txt"]
    assert watch.look() == []


def test_a_changed_file_is_taken_again(folder, watch):
    file = folder / "a.txt"
    file.write_text("雨")
    watch.look(wait=False)
    file.write_text("伞")
    os.utime(file, ns=(1, 1))
    assert watch.look() == []
    assert names(watch.look()) == ["a.txt"]


def test_a_file_that_was_replaced_or_came_again_is_taken_again(folder, watch):
    file = folder / "a.txt"
    file.write_text("雨")
    watch.look(wait=False)
    file.unlink()
    assert watch.look() == []
    file.write_text("雨")
    watch.look()
    assert names(watch.look()) == ["a.txt"]


@pytest.mark.parametrize("name", ["a.txt.part", "a.crdownload", ".hidden.txt", "a.TMP"])
def test_files_that_are_still_coming_wait_for_their_name(folder, watch, name):
    (folder / name).write_text("雨")
    assert watch.look(wait=False) == []
    (folder / name).rename(folder / "b.txt")
    watch.look()
    assert names(watch.look()) == ["b.txt"]


def test_empty_files_pictures_and_links_are_left_alone(folder, watch, tmp_path):
    (folder / "empty.txt").touch()
    (folder / "1.png").write_bytes(PNG)
    (tmp_path / "secret.txt").write_text("雨")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(folder / "pipe.txt")
    assert watch.look(wait=False) == []


def test_subfolders_are_watched_in_order(folder, watch):
    (folder / "b").mkdir()
    for name in ("b/1.txt", "a.txt"):
        (folder / name).write_text("雨")
    assert names(watch.look(wait=False)) == ["a.txt", "1.txt"]


def test_comments_and_other_captions_come_along_with_what_they_belong_to(folder, watch):
    for name in ("x_comments_1.jsonl", "x_contents_1.jsonl", "film.en.srt", "film.zh.srt", "other.txt"):
        (folder / name).write_text("雨")
    watch.look(wait=False)
    for name in ("x_contents_1.jsonl", "film.zh.srt"):
        (folder / name).write_text("雨雨")
    watch.look()
    assert names(watch.look()) == ["film.en.srt", "film.zh.srt", "x_contents_1.jsonl", "x_comments_1.jsonl"]


def test_what_the_library_could_not_take_comes_again(folder, watch):
    (folder / "a.txt").write_text("雨")
    watch.again(watch.look(wait=False))
    assert names(watch.look()) == ["a.txt"]


def test_a_folder_that_went_away_is_empty(folder, watch):
    (folder / "a.txt").write_text("雨")
    watch.look(wait=False)
    (folder / "a.txt").unlink()
    folder.rmdir()
    assert watch.look() == []


def test_large_folders_are_looked_at_less_often(watch):
    quick = watch.pause
    watch.seen = dict.fromkeys(map(Path, map(str, range(3 * FILES_PER_SECOND))), (1, 1, 1))
    assert watch.pause == quick + 3
