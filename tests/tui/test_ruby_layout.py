"""Pinyin over hanzi: where every cell goes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from learnfeed.core.text import Reading, Token, TokenKind
from learnfeed.tui.notation import written
from learnfeed.tui.text import shown
from learnfeed.tui.widgets.ruby_layout import CLOSERS, OPENERS, wrap, wrap_plain, wrap_runs


def word(text: str, pinyin: str = "") -> Token:
    kind = TokenKind.WORD if pinyin else TokenKind.PUNCTUATION
    return Token(text, 0, kind, text if pinyin else "", Reading(tuple(pinyin.split())) if pinyin else None)


def lines(tokens: list[Token], width: int, *, ruby: bool = True) -> list[str]:
    return ["".join(box.text for box in row) for row in wrap(tokens, width, lambda _: ruby)]


SNOW = [word("今天", "jin1 tian1"), word("早上", "zao3 shang5"), word("，"), word("雪", "xue3"), word("。")]


def test_pinyin_stands_over_the_middle_of_its_word():
    [row] = wrap([word("，"), word("看到雪", "kan4 dao4 xue3")], 40, lambda _: True)
    box = row[1]
    assert (box.x, box.width) == (2, 6)
    assert (box.ruby_x, box.ruby_width) == (1, 9)


def test_two_readings_never_touch():
    [row] = wrap(SNOW, 60, lambda _: True)
    over = [box for box in row if box.ruby]
    assert all(a.ruby_x + a.ruby_width < b.ruby_x for a, b in pairwise(over))


def test_hanzi_stay_together_where_no_pinyin_is_shown():
    [row] = wrap(SNOW, 60, lambda _: False)
    assert [box.x for box in row] == [0, 4, 8, 10, 12]


def test_pinyin_of_one_word_hangs_over_known_neighbours_without_moving_them():
    tokens = [word("今天", "jin1 tian1"), word("窗外", "chuang1 wai4"), word("全白", "quan2 bai2")]
    [row] = wrap(tokens, 60, lambda token: token.text == "窗外")
    assert [box.x for box in row] == [0, 4, 8]
    assert (row[1].ruby_x, row[1].ruby_width) == (2, 9)


def test_no_line_begins_with_a_closing_mark():
    assert lines(SNOW, 8, ruby=False) == ["今天", "早上，", "雪。"]


def test_no_line_ends_with_an_opening_mark():
    assert lines([word("说", "shuo1"), word("（"), word("下雪", "xia4 xue3"), word("）")], 8, ruby=False) == [
        "说",
        "（下雪）",
    ]


def test_a_word_wider_than_the_line_is_cut_and_nothing_is_lost():
    assert lines([word("a" * 25)], 10) == ["a" * 10, "a" * 10, "a" * 5]
    assert "".join(lines([word("哈尔滨市中心", "ha1 er3 bin1 shi4 zhong1 xin1")], 6)) == "哈尔滨市中心"


def test_blanks_vanish_at_line_ends():
    tokens = [word("snow"), word(" "), word("is"), word(" "), word("cold")]
    assert lines(tokens, 7) == ["snowis", "cold"]


@pytest.mark.parametrize(
    ("syllables", "said"),
    [(("nü3", "er2"), "nǚ'ér"), (("wan2", "r5"), "wánr"), (("xi1", "an1"), "xī'ān"), (("", "xu4"), "xù")],
)
def test_syllables_are_written_as_one_word(syllables, said):
    assert "".join(text for text, _ in written(syllables)) == said


def test_a_word_of_nothing_but_codes_takes_no_place():
    [row] = wrap([word("\x1b\r"), word("，")], 4, lambda _: True)
    assert [box.text for box in row] == ["，"]


def test_opening_marks_stay_with_a_word_that_makes_way():
    tokens = [word("是", "shi4"), word("（"), word("窗外", "chuang1 wai4"), word("）")]
    [row] = wrap(tokens, 60, lambda _: True)
    assert row[1].x + row[1].width == row[2].x
    assert row[1].x > row[0].x + row[0].width


words = st.lists(
    st.one_of(
        st.sampled_from([*SNOW, word("“"), word("）"), word(" "), word("😂"), word("窗外", "chuang1 wai4")]),
        st.text(min_size=1, max_size=30).map(word),
    ),
    max_size=30,
)


@given(words, st.integers(4, 60), st.sampled_from(["all", "none", "some"]))
def test_everything_stands_on_its_line_in_order_and_within_it(tokens, width, mode):
    def shows(token: Token) -> bool:
        return mode == "all" or (mode == "some" and token.text == "窗外")

    rows = wrap(tokens, width, shows)
    whole = "".join(box.text for row in rows for box in row)
    assert whole == "".join(shown(t.text) for t in tokens if shown(t.text).strip())
    for row in rows:
        x = 0
        for box in row:
            assert box.x >= x
            x = box.x + cell_len(box.text)
        assert x <= max(width, 2) or len(row) == 1


@given(st.text(max_size=200), st.integers(2, 40))
def test_plain_text_keeps_its_words_and_their_offsets(text, width):
    pieces = [piece for row in wrap_plain(text, 7, width) for piece in row]
    assert "".join(piece.text for piece in pieces) == "".join(text.split())
    assert all(text[piece.start - 7 : piece.end - 7] == piece.text for piece in pieces)


def test_sentences_flow_together_with_a_blank_between():
    rows = wrap_runs([("Hi!", 0), ("Bye!", 10)], 20)
    assert [(piece.text, piece.start, piece.x) for piece in rows[0]] == [("Hi!", 0, 0), ("Bye!", 10, 4)]


def test_marks_are_of_one_kind():
    assert not CLOSERS & OPENERS
