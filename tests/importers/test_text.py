from __future__ import annotations

import unicodedata

import pytest
from hypothesis import strategies as st

from learnfeed.importers.text import (
    clean,
    clean_line,
    count_hanzi,
    has_hanzi,
    is_chinese,
    split_lines,
    strip_token,
    xhs_note_id,
)
from tests.importers.checks import check


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("\x1b[2J\x1b[31mred\x1b[0m 雪", "red 雪"),
        ("\x1b]0;pwned\x07title", "title"),
        ("\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31m雪\x9b0m", "雪"),
        ("\x1bc雪", "雪"),
        ("雪\x00 snow\x00", "雪 snow"),
        ("\ufeff雪\u200b人\u2060", "雪人"),
        ("\u202eabc\u202c \u2066x\u2069 \u200fy", "abc x y"),
        ("half \ud83d of an emoji", "half  of an emoji"),
        ("e\u0301", "é"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("猫\u2028cat\u2029茶\x0btea\x0c作\x85业", "猫 cat 茶 tea 作 业"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_nothing_that_acts_or_hides_passes_the_door(dirty, expected):
    assert clean(dirty) == expected


@pytest.mark.parametrize(
    "emoji", ["👩‍👩‍👧", "❄️", "1️⃣", "🇨🇳", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"]
)
def test_emoji_keep_their_joiners_and_selectors(emoji):
    assert clean(emoji) == emoji


@check(st.text(st.characters(codec=None)))
def test_clean_text_is_clean_for_good(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in cleaned)
    cleaned.encode()


@check(st.text())
def test_a_name_is_one_line(text):
    line = clean_line(text)
    assert "\n" not in line
    assert line == line.strip()


def test_only_three_marks_end_a_line():
    assert split_lines("雪\rsnow\r\n猫\u2028cat\x0btea\x85x\ny") == [
        "雪",
        "snow",
        "猫\u2028cat\x0btea\x85x",
        "y",
    ]


def test_what_is_chinese():
    assert has_hanzi("T恤")
    assert not has_hanzi("ＡＢＣ，。")
    assert count_hanzi("我melt了") == 2
    assert is_chinese("我的 homework 还没写完")
    assert not is_chinese("I love 茶 so much")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://www.xiaohongshu.com/explore/a?xsec_token=T&xsec_source=pc",
            "https://www.xiaohongshu.com/explore/a",
        ),
        ("https://www.rednote.com/x?anything=1", "https://www.rednote.com/x"),
        ("https://site.example/p?id=7&token=s&utm_source=x", "https://site.example/p?id=7"),
        ("https://site.example/p?q=%E9%9B%AA", "https://site.example/p?q=%E9%9B%AA"),
        ("https://me:secret@Site.example:8080/p", "https://site.example:8080/p"),
        ("https://site.example/p#access_token=s", "https://site.example/p"),
        ("http://[::1]:22/x", "http://[::1]:22/x"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("http://[broken", ""),
        ("http://x:99999/", ""),
        ("not an address", ""),
    ],
)
def test_addresses_lose_what_opens_accounts(url, expected):
    assert strip_token(url) == expected


@check(st.text())
def test_no_text_breaks_the_reading_of_addresses(text):
    assert strip_token(text) in ("", strip_token(strip_token(text)))
    assert strip_token("https://x.example/" + text) is not None
    assert "/" not in xhs_note_id(text)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.xiaohongshu.com/explore/67c0000000000000000000a1?x=1",
        "https://www.xiaohongshu.com/discovery/item/67c0000000000000000000a1",
        "https://www.rednote.com/user/profile/5f0000000000000000000001/67c0000000000000000000a1?x=1",
    ],
)
def test_a_note_is_known_by_its_address(url):
    assert xhs_note_id(url) == "67c0000000000000000000a1"


def test_other_addresses_lead_to_no_note():
    assert xhs_note_id("https://evil.example/explore/67c0000000000000000000a1") == ""
    assert xhs_note_id("https://www.xiaohongshu.com/explore") == ""
    assert xhs_note_id("http://[broken") == ""
