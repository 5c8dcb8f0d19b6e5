from __future__ import annotations

import pytest
from hypothesis import strategies as st

from learnfeed.importers.cues import Cue, cue_blocks, join_tracks, parse_lrc, parse_subtitles
from learnfeed.importers.source import Source
from tests.importers.checks import check


@pytest.fixture
def cues(given):
    def read(text, name="a.srt"):
        source = Source.at(given(name, text))
        found = parse_subtitles(source)
        read.notes = source.notes
        return found

    return read


def test_times_and_lines(cues):
    found = cues(
        "1\r\n00:00:01,000 --> 00:00:03,200\r\n<i>今天</i>\r\nToday\r\n\r\n2\r\n01:00:03.5 --> 01:00:06\r\n雪\r\n"
    )
    assert found == [Cue(1.0, 3.2, "今天\nToday"), Cue(3603.5, 3606.0, "雪")]


def test_a_year_is_text_and_an_index_is_not(cues):
    found = cues("1\n00:00:01,000 --> 00:00:02,000\n雪\n2\n00:00:02,000 --> 00:00:03,000\n2025\n猫\n")
    assert [cue.text for cue in found] == ["雪", "2025\n猫"]


def test_times_that_can_not_be_right_are_mended_and_told(cues):
    found = cues(
        "-00:00:01,000 --> 00:00:02,000\na\n\n00:00:05,000 --> 00:00:03,000\nb\n\n00:00:04,000 -> 00:00:04,000\nc\n"
    )
    assert found == [Cue(0.0, 2.0, "a"), Cue(3.0, 5.0, "b"), Cue(4.0, 7.0, "c")]
    assert [note.place for note in cues.notes] == ["line 1", "line 4"]


def test_vtt_comments_styles_and_names_are_no_text(cues):
    text = (
        "WEBVTT - x\nX-TIMESTAMP-MAP=LOCAL:0\n\nSTYLE\n::cue {}\n\nNOTE a\nb\n\nintro\n00:01.000 --> 00:03.200 line:90%\n"
        "<v 小雪><c.zh>今天</c>\n<lang en>Today &amp; <00:00:02.000>now</lang>\n\nNOTE late\nmore\n\nname\n00:04.000 --> 00:05.000\n雪"
    )
    assert [cue.text for cue in cues(text, "a.vtt")] == ["今天\nToday & now", "雪"]


def test_rolling_captions_say_each_line_once(cues):
    text = (
        "WEBVTT\nKind: captions\n\n00:00:01.000 --> 00:00:03.190\n \nI<00:00:01.200><c> woke</c>\n\n"
        "00:00:03.190 --> 00:00:03.200\nI woke\n \n\n00:00:03.200 --> 00:00:06.000\nI woke\nand<00:00:04.000><c> up</c>\n\n"
        "00:00:06.000 --> 00:00:06.010\nand up\n \n"
    )
    assert [cue.text for cue in cues(text, "a.vtt")] == ["I woke", "and up"]


def test_ass_events_are_dialogue_only(cues):
    text = (
        "[Script Info]\n[Events]\nFormat: Layer, Start, End, Style, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:03.20,D,今天，\\N{\\fs40}Today, we\nComment: 0,0:00:00.00,0:00:01.00,D,note\n"
        "Dialogue: 0,0:00:01.00,0:00:03.20,D,{\\p1}m 0 0 l 1 1{\\p0}\nDialogue: 0,bad,0:00:03.20,D,x\n"
    )
    assert cues(text, "a.ass") == [Cue(1.0, 3.2, "今天，\nToday, we", "D")]


def test_lyrics_repeat_and_shift():
    tags, found = parse_lrc(
        "[ti:雪]\n[offset:+250]\n[00:01.00][00:05.00]啦<00:01.50>啦\n[00:01.00]la la\n[00:09.00]\nno stamp\n"
    )
    assert tags["ti"] == "雪"
    assert found == [Cue(0.75, 4.75, "啦啦\nla la"), Cue(4.75, 7.75, "啦啦")]
    assert parse_lrc("[offset:x]\n[00:01]a")[1] == [Cue(1.0, 4.0, "a")]


def test_two_languages_of_a_cue_are_a_pair():
    blocks = list(
        cue_blocks([Cue(1, 2, "今天\nToday"), Cue(3, 4, "雪 / snow"), Cue(5, 6, "雪"), Cue(7, 8, "喝\n茶")])
    )
    assert [(b.text, b.pair) for b in blocks] == [
        ("今天", "c1"), ("Today", "c1"), ("雪", "c2"), ("snow", "c2"), ("雪", ""), ("喝\n茶", ""),
    ]  # fmt: skip


def test_two_cues_of_equal_times_are_a_pair():
    blocks = list(cue_blocks([Cue(1, 2, "今天"), Cue(1, 2, "Today")]))
    assert [b.pair for b in blocks] == ["c1", "c1"]


@pytest.mark.parametrize("text", ["1/2 杯茶", "24/7 营业 and/or 全天", "and / or", "我的 homework"])
def test_a_slash_or_a_borrowed_word_makes_no_pair(text):
    assert [(b.text, b.pair) for b in cue_blocks([Cue(1, 2, text)])] == [(text, "")]


def test_two_files_are_joined_by_time():
    zh = [Cue(1, 3.2, "今天，"), Cue(3.2, 6, "全白了。"), Cue(6.4, 9.1, "下雪了吗？"), Cue(20, 21, "再见")]
    en = [
        Cue(0, 0.5, "[music]"),
        Cue(1.1, 5.9, "Today all is white."),
        Cue(6.5, 9, "Is it snowing?"),
        Cue(30, 31, "End"),
    ]
    blocks = list(join_tracks(zh, en))
    pairs: dict[str, list[str]] = {}
    for block in blocks:
        pairs.setdefault(block.pair or block.text, []).append(block.text)
    assert ["今天，\n全白了。", "Today all is white."] in pairs.values()
    assert ["下雪了吗？", "Is it snowing?"] in pairs.values()
    assert {"[music]", "再见", "End"} <= set(pairs)


CUES = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda t: Cue(t[0], t[0] + t[1], f"雪{t[0]}")),
    max_size=8,
).map(lambda found: sorted(found, key=lambda cue: (cue.start, cue.end)))


@check(CUES, CUES)
def test_joining_loses_no_cue(zh, en):
    texts = "\n".join(block.text for block in join_tracks(zh, en)).split("\n")
    assert sorted(filter(None, texts)) == sorted(cue.text for cue in (*zh, *en))


@check(st.text(st.sampled_from("0123456789:,.-> \n雪a[]<>{}\\")))
def test_any_text_can_be_read_as_captions(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("a") / "a.srt"
    path.write_text(text, encoding="utf-8")
    for cue in parse_subtitles(Source.at(path)):
        assert 0 <= cue.start <= cue.end
    parse_lrc(text)
