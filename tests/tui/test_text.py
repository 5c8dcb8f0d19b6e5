"""Text from outside, as the terminal may have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from learnfeed.tui.keys import bind, key_label
from learnfeed.tui.paths import expand, suggestions
from learnfeed.tui.screenshot import widen
from learnfeed.tui.text import cut, fit, grouped, plural, shown


@pytest.mark.parametrize(
    ("saved", "as_shown"),
    [
        ("雪\x1b[31m红", "雪[31m红"),
        ("a\x1b]0;title\x07b", "a]0;titleb"),
        ("a\x9b31mb", "a31mb"),
        ("a\u202eb\u2066c", "abc"),
        ("❤\ufe0f 👍\U0001f3fb", "❤ 👍"),
        ("🇨🇳 \U0001f1e8!", "🇨🇳 !"),
        ("one\ntwo\tthree", "one two three"),
        ("a\ud800b", "ab"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
    ],
)
def test_codes_and_doubtful_widths_are_not_shown(saved, as_shown):
    assert shown(saved) == as_shown


@given(st.text(st.characters(exclude_categories=[])))
def test_whatever_was_saved_can_be_written_to_a_terminal(text):
    out = shown(text)
    out.encode("utf-8")
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in out)


@given(st.text(), st.integers(0, 40))
def test_fitting_gives_exactly_so_many_cells(text, width):
    assert cell_len(fit(shown(text), width)) == width


@given(st.text(), st.integers(1, 40))
def test_cutting_never_gives_more_cells(text, width):
    assert cell_len(cut(shown(text), width)) <= width


def test_numbers_read_well():
    assert grouped(100_000) == "100,000"
    assert plural(1, "post") == "1 post"
    assert plural(2, "post") == "2 posts"
    assert plural(2, "more post", "more posts") == "2 more posts"
    assert plural(1, "卡片", "张卡片") == "1 张卡片"


def test_keys_are_named_as_people_say_them():
    assert [key_label(key) for key in ("ctrl+p", "question_mark", "shift+tab", "x")] == [
        "^p",
        "?",
        "⇧tab",
        "x",
    ]


def test_every_binding_has_id_description_and_tooltip():
    class MarkScreen:
        BINDINGS = (bind("k,l", "mark('known')", "known", "You know this word"),)

    (binding,) = MarkScreen.BINDINGS
    assert (binding.id, binding.description, binding.tooltip) == ("mark.known", "known", "You know this word")
    assert binding.key_display == "k"


def test_paths_are_taken_as_people_drop_them(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert expand(" '/a b/c' ").parts == ("/", "a b", "c")
    assert expand("~/posts") == tmp_path / "posts"
    assert expand("file:///x").parts == ("/", "x")


def test_a_typed_path_suggests_what_is_there(tmp_path):
    (tmp_path / "posts").mkdir()
    (tmp_path / "pictures.zip").touch()
    (tmp_path / ".hidden").touch()
    assert suggestions(f"{tmp_path}/po") == (f"{tmp_path}/posts/",)
    assert suggestions(f"{tmp_path}/") == (f"{tmp_path}/pictures.zip", f"{tmp_path}/posts/")
    assert suggestions(f"{tmp_path}/.h") == (f"{tmp_path}/.hidden",)
    assert suggestions("") == suggestions(f"{tmp_path}/none/") == suggestions("\0/") == ()


def test_a_screenshot_puts_each_hanzi_into_its_cells():
    svg = '<text class="r1" x="10" y="20" textLength="36" clip-path="u">雪a雪</text><text x="0" textLength="12">ab</text>'
    assert widen(svg) == (
        '<text class="r1" x="10 34 46" y="20" clip-path="u">雪a雪</text><text x="0" textLength="12">ab</text>'
    )
