"""Text to HTML: what is shown is the text, and nothing in it acts."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.anki import markup
from learnfeed.core.note import NoteSource, RubyToken

TEXT = st.text(st.characters(), max_size=60)
HOT = st.text(
    st.sampled_from("<>&\"'[]{}\\\n\t soundlatex:$/!-=^*()雪é\u0301\x1f\x1b\u202e\ud800"), max_size=40
)


def shown(markup_text: str) -> str:
    """What a browser shows of some HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup_text.replace("<br>", "\n")))


@given(TEXT | HOT)
def test_escaped_text_shows_exactly_the_cleaned_text(text):
    assert shown(markup.escape(text)) == markup.clean(text)


@given(TEXT | HOT)
def test_escaped_text_holds_nothing_that_acts(text):
    escaped = markup.escape(text)
    assert not re.search(r"[\x00-\x1f\x7f\x80-\x9f\u202a-\u202e\ud800-\udfff]", escaped)
    assert set(re.findall(r"<[^>]*>?", escaped)) <= {"<br>", "<span>", "</span>"}
    assert "[" not in escaped
    assert "{" not in escaped
    assert "\\" not in escaped
    assert not re.search(r"&(?!(?:amp|lt|gt|#\d+);)", escaped)


@given(TEXT | HOT)
def test_cleaning_twice_is_cleaning_once(text):
    cleaned = markup.clean(text)
    assert markup.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


def test_emoji_keep_their_joiners():
    assert markup.escape("👩‍👧 ❤️") == "👩‍👧 ❤️"


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (RubyToken("雪", ("xue3",)), '<ruby>雪<rt class="tone3">xuě</rt></ruby>'),
        (RubyToken("，"), "，"),
        (RubyToken("T恤", ("", "xu4")), 'T<ruby>恤<rt class="tone4">xù</rt></ruby>'),
        (RubyToken("吗", ("ma5",)), '<ruby>吗<rt class="tone5">ma</rt></ruby>'),
        (RubyToken("儿子", ("er2zi5",)), "<ruby>儿子<rt>er2zi</rt></ruby>"),
        (RubyToken("雪", ("xue3",), is_target=True), '<b><ruby>雪<rt class="tone3">xuě</rt></ruby></b>'),
        (RubyToken("<i>"), "&lt;i&gt;"),
        (RubyToken(" "), " "),
        (RubyToken("\n"), "<br>"),
        (RubyToken("", (), is_target=True), ""),
    ],
)
def test_readings_stand_over_their_characters(token, expected):
    assert markup.ruby(token) == expected


def test_blanks_between_tokens_stay():
    tokens = [RubyToken("My "), RubyToken("first"), RubyToken(" snow")]
    assert markup.ruby_text(tokens) == "My first snow"


def test_a_gap_is_as_long_as_the_word_and_needs_one():
    tokens = [RubyToken("下"), RubyToken("大雪", ("da4", "xue3"), is_target=True), RubyToken("了")]
    assert shown(markup.blanked(tokens)) == "下＿＿了"
    assert markup.blanked(tokens[:1]) == ""


def test_linked_words_are_marked():
    assert markup.marked("I saw snow.", [(6, 10)]) == "I saw <mark>snow</mark>."


@given(TEXT, st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
def test_marks_never_change_the_words(text, spans):
    marked = markup.marked(text, spans)
    assert marked.count("<mark>") == marked.count("</mark>")
    assert "<mark><mark>" not in marked
    squeeze = re.compile(r"\s")
    assert squeeze.sub("", unicodedata.normalize("NFC", shown(marked))) == squeeze.sub("", markup.clean(text))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https:",
        "https://a b",
        "http://[x",
        "",
    ],
)
def test_only_web_addresses_become_links(url):
    assert markup.link("title", url) == "title"


def test_a_link_escapes_label_and_address():
    assert (
        markup.link("<b>", 'https://e.org/?a=1&b="x"\\')
        == '<a href="https://e.org/?a=1&amp;b=&quot;x&quot;%5C">&lt;b&gt;</a>'
    )
    assert markup.link("", "https://e.org") == '<a href="https://e.org">https://e.org</a>'


def test_the_source_line_leaves_out_what_is_not_known():
    assert markup.source_line(NoteSource(author="小雪")) == "小雪"
    assert markup.source_line(NoteSource()) == ""


@given(TEXT | HOT)
def test_tags_hold_no_blanks_and_stay_below_ours(text):
    tag = markup.tag(text)
    assert not re.search(r"\s|\"", tag)
    assert not tag or re.fullmatch(r"learnfeed(::[^:]+(:[^:]+)*)+", tag)


@given(TEXT | HOT)
def test_deck_names_have_no_empty_part(text):
    parts = markup.deck_name(text).split("::")
    assert all(part and part == part.strip() for part in parts)
