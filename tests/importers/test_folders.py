from __future__ import annotations

import io
import os

import pytest

from learnfeed.importers import limits
from learnfeed.importers.folders import caption_language
from tests.importers.made import PNG

SRT = "1\n00:00:01,000 --> 00:00:03,000\n{}\n"


def test_a_folder_is_read_in_order_of_names_comments_last(given, imported):
    for name in ("b.txt", "a_comments.txt", "c/d.txt", ".hidden.txt", "__MACOSX/x.txt", "a.txt"):
        given(name, f"{name} 雪。")
    found = imported(given("a.txt", "a.txt 雪。").parent)
    assert [post.body for post in found.posts] == [
        "a.txt 雪。",
        "b.txt 雪。",
        "c/d.txt 雪。",
        "a_comments.txt 雪。",
    ]
    assert found.problems == []


def test_links_in_folders_are_not_followed(given, imported, tmp_path):
    folder = given("a.txt", "雪。").parent
    (folder / "self").symlink_to(folder)
    (folder / "link.txt").symlink_to(given("../other.txt", "secret"))
    os.mkfifo(folder / "pipe")
    found = imported(folder)
    assert found.post.body == "雪。"
    assert [p.reason for p in found.problems] == [
        "is a link; links in folders are not followed",
        "is no regular file; it was left alone",
        "is a link; links in folders are not followed",
    ]


def test_pictures_of_a_folder_are_no_problem_unless_they_pose_as_text(given, imported):
    given("a.png", PNG)
    given("b.jsonl", PNG)
    found = imported(given("c.txt", "雪。").parent)
    assert found.post.body == "雪。"
    assert "is an image" in found.problem.reason
    assert "is an image" in imported(given("a.png", PNG)).problem.reason


def test_folders_have_limits(given, imported, monkeypatch):
    given("a.txt", "雪。")
    folder = given("x/y/b.txt", "猫。").parent.parent.parent
    monkeypatch.setattr(limits, "FOLDER_DEPTH", limits.Limit("folders inside folders", 1, "levels"))
    assert "folders inside folders" in imported(folder).problem.reason
    monkeypatch.setattr(limits, "FOLDER_DEPTH", limits.Limit("folders inside folders", 9, "levels"))
    monkeypatch.setattr(limits, "FOLDER_FILES", limits.Limit("the files of one folder", 1, "files"))
    assert "the files of one folder" in imported(folder).problem.reason


def test_a_folder_that_can_not_be_read_is_told(given, imported, monkeypatch):
    folder = given("a.txt", "雪。").parent

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert "can't be read" in imported(folder).problem.reason


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.zh-Hans.srt", ("x", "zh")),
        ("x [id].zh-CN.vtt", ("x [id]", "zh")),
        ("x.chs.srt", ("x", "zh")),
        ("x.中文.srt", ("x", "zh")),
        ("x.en-US.srt", ("x", "en")),
        ("x_eng.srt", ("x", "en")),
        ("x.fr.srt", ("x.fr.srt", "")),
        ("x.srt", ("x.srt", "")),
        ("x.zh.txt", ("x.zh.txt", "")),
    ],
)
def test_the_language_of_captions_by_name(name, expected):
    assert caption_language(name) == expected


def test_captions_in_two_languages_are_one_post(given, imported):
    given("x.en.srt", SRT.format("My first snow"))
    given("x.zh-Hans.srt", SRT.format("第一次看雪"))
    lone = given("y.en.srt", SRT.format("Alone"))
    found = imported(lone.parent)
    assert [post.body for post in found.posts] == ["第一次看雪\nMy first snow", "Alone"]
    assert len({block.pair for block in found.posts[0].body_blocks}) == 1


def test_captions_named_one_by_one_are_one_post_too(given, imported):
    found = imported(given("x.en.srt", SRT.format("snow")), given("x.zh.srt", SRT.format("雪")))
    assert found.post.body == "雪\nsnow"


def test_one_of_a_pair_named_alone_stands_alone(given, imported):
    given("x.zh.srt", SRT.format("雪"))
    assert imported(given("x.en.srt", SRT.format("snow"))).post.body == "snow"


def test_lyrics_in_two_files_are_one_post(given, imported):
    given("x.en.lrc", "[00:01.00]Rain\n[00:03.00]Umbrella")
    post = imported(given("x.zh.lrc", "[00:01.00]下雨\n[00:03.00]雨伞").parent).post
    assert [block.pair for block in post.body_blocks] == ["c1", "c1", "c2", "c2"]


def test_what_is_only_named_like_captions_is_not_lost(given, imported):
    given("x.en.srt", "It is only text.")
    found = imported(given("x.zh.srt", "这只是文字。").parent)
    assert sorted(post.body for post in found.posts) == ["It is only text.", "这只是文字。"]


def test_captions_through_a_pipe_have_no_title(imported):
    assert imported("-", stdin=io.BytesIO(SRT.format("雪").encode())).post.title == ""
