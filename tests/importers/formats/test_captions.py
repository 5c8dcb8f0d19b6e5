from __future__ import annotations

import json
from pathlib import Path

from learnfeed.core.post import BlockRole

SAMPLES = Path(__file__).parent.parent / "samples"


def cues(post) -> list[tuple[str, str, float | None]]:
    return [(b.text, b.pair, b.start) for b in post.body_blocks]


EXPECTED = [
    ("下雨了。", "c1", 1.0),
    ("It is raining.", "c1", 1.0),
    ("带伞。", "c2", 3.0),
    ("Take an umbrella.", "c2", 3.0),
]


def test_a_file_is_one_post_of_paired_cues(imported):
    post = imported(SAMPLES / "captions.srt").post
    assert (post.kind, post.title, post.platform) == ("captions", "captions", "local")
    assert cues(post) == EXPECTED
    assert {b.role for b in post.body_blocks} == {BlockRole.CAPTION}


def test_gbk_captions(from_text):
    data = (SAMPLES / "captions.srt").read_text(encoding="utf-8").replace("\n", "\r\n").encode("gb18030")
    assert cues(from_text("a.srt", data).post) == EXPECTED


def test_the_video_is_known_by_the_name_of_the_file(given, imported):
    text = "1\n00:00:01,000 --> 00:00:03,000\n{}\n"
    given("雨 Rain [abcdefghijk].en.srt", text.format("Rain"))
    post = imported(given("雨 Rain [abcdefghijk].zh-Hans.srt", text.format("雨")).parent).post
    assert (post.platform, post.native_id, post.title) == ("youtube", "abcdefghijk", "雨 Rain")
    assert post.url == "https://www.youtube.com/watch?v=abcdefghijk"
    assert [b.pair for b in post.body_blocks] == ["c1", "c1"]


def test_lyrics(imported):
    post = imported(SAMPLES / "lyrics.lrc").post
    assert (post.title, post.author) == ("雨 Rain", "Demo")
    assert [b.pair for b in post.body_blocks] == ["c1", "c1", "c2", "c2"]


def test_captions_without_text_are_told(from_text):
    assert "no captions" in from_text("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n").problem.reason


def test_bilibili(imported):
    post = imported(SAMPLES / "caption-json.json").post
    assert ("下雨了。", "c2", 1.0) in cues(post)
    assert ("带伞。", "", 0.0) in cues(post)


def test_a_video_editor_s_draft(from_text):
    texts = [
        {"id": "a", "content": json.dumps({"text": "下雨了。", "styles": []})},
        {"id": "b", "content": "It is raining."},
        {"id": "c", "content": "{broken", "recognize_text": "带伞。"},
        {"id": "d", "content": None},
    ]
    segment = {"target_timerange": {"start": 1_000_000, "duration": 2_000_000}}
    later = {"target_timerange": {"start": 5_000_000, "duration": True}}
    tracks = [
        {
            "type": "text",
            "segments": [
                {"material_id": "a", **segment},
                {"material_id": "c", **later},
                {"material_id": "d", **segment},
            ],
        },
        {"type": "text", "segments": [{"material_id": "b", **segment}, {"material_id": "b"}]},
    ]
    post = from_text("draft_content.json", json.dumps({"materials": {"texts": texts}, "tracks": tracks})).post
    assert cues(post) == [("下雨了。", "c1", 1.0), ("It is raining.", "c1", 1.0), ("带伞。", "", 5.0)]


def test_lyrics_with_their_translation(from_text):
    lyric = {
        "lrc": {"lyric": "[00:01.00]It is raining\n[00:03.00]Take it"},
        "tlyric": {"lyric": "[00:01.00]下雨了\n[00:03.00]带伞"},
    }
    post = from_text("a.json", json.dumps(lyric)).post
    assert [(b.text, b.pair) for b in post.body_blocks] == [
        ("下雨了", "c1"),
        ("It is raining", "c1"),
        ("带伞", "c2"),
        ("Take it", "c2"),
    ]
    alone = from_text("a.json", json.dumps({"lrc": {"lyric": "[00:01.00]雨\n[00:02.00]伞"}})).post
    assert [b.text for b in alone.body_blocks] == ["雨", "伞"]
