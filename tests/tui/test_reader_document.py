"""A post as the reader shows it."""

from __future__ import annotations

import pytest

from learnfeed.core.text import AnnotatedText, Language, SentencePair, Token, TokenKind, Unit
from learnfeed.tui.reader_document import Heading, Paragraph, Role, build
from learnfeed.tui.widgets.reader_rows import GapLine, HanziLine, PlainLine, lay_out
from tests.tui.sample_library import Sample, TextMaker, first_snow, library, sample


@pytest.fixture
def document(services):
    return build(services.reading.open(services.reading.find("snow")))


def document_of(tmp_path, body: AnnotatedText):
    services = library(tmp_path / "one", sample("one", AnnotatedText(""), body))
    found = build(services.reading.open(services.reading.find("one")))
    services.close()
    return found


def texts(document) -> list[str]:
    return [
        block.plain or "".join(token.text for token in block.tokens)
        for block in document.blocks
        if isinstance(block, Paragraph)
    ]


def test_chinese_flows_and_its_english_is_folded_beside_it(document):
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert [(p.role, "".join(t.text for t in p.tokens)) for p in paragraphs[:3]] == [
        (Role.TITLE, "第一次看到雪"),
        (Role.BODY, "今天早上醒来，窗外全白了。"),
        (Role.BODY, "你们那边下雪了吗？"),
    ]
    assert [english.text for english in paragraphs[1].english] == [
        "I woke up this morning and everything outside was white."
    ]


def test_comments_stand_in_their_thread_with_their_english(document):
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [(h.author, h.depth, h.by_author) for h in headings] == [
        ("", 0, False),
        ("路过的柚子", 0, False),
        ("小雪同学", 1, True),
    ]
    assert headings[1].note == "四川 · ♥ 128"
    last = document.blocks[-1]
    assert (last.section, last.depth, last.english[0].text) == (3, 1, "It is in Changchun!")


def test_the_cursor_stops_at_words_and_names_only(document):
    stops = [document.tokens[i].text for i in document.words]
    assert stops[:4] == ["第一", "次", "看到", "雪"]
    assert "长春" in stops
    assert "，" not in stops


def test_a_word_lights_up_what_translates_it(document):
    number = next(i for i in document.words if document.tokens[i].text == "窗外")
    section, [(start, end)] = document.lit_by(number)
    assert document.texts[section].text[start:end] == "outside"
    assert document.sentence_of(number) is not None
    assert document.sentence_of(document.words[0]) is None


def test_english_that_translates_nothing_stays_in_sight(tmp_path):
    body = TextMaker().zh("今天 很 美 。").line().en("An announcement.", pairs_with=None).done()
    assert texts(document_of(tmp_path, body)) == ["今天很美。", "An announcement."]


@pytest.mark.parametrize(
    ("between", "after", "left"),
    [(" / ", "", "雪"), ("（", "）", "雪"), ("(", ")", "雪"), (" ｜ ", "", "雪"), (" ", " 🐱", "雪  🐱")],
)
def test_marks_that_only_held_the_english_go_with_it(tmp_path, between, after, left):
    maker = TextMaker().zh("雪")
    for char in between:
        maker.token(char, TokenKind.OTHER if char == " " else TokenKind.PUNCTUATION)
    maker.en("snow")
    for char in after:
        maker.token(char, TokenKind.OTHER if char == " " else TokenKind.EMOJI)
    assert texts(document_of(tmp_path, maker.done())) == [left]


def test_a_translation_of_several_lines_is_offered_once_under_the_last(tmp_path):
    words = [
        Token("雪", 0, TokenKind.WORD, "雪"),
        Token("\n", 1, TokenKind.OTHER),
        Token("雪", 2, TokenKind.WORD, "雪"),
    ]
    english = [Token("\n", 3, TokenKind.OTHER), Token("snow", 4, TokenKind.LATIN, "snow")]
    pair = SentencePair(((0, 1), (2, 3)), ((4, 8),))
    units = (Unit(Language.ZH, 0, 1), Unit(Language.ZH, 2, 3), Unit(Language.EN, 4, 8))
    body = AnnotatedText("雪\n雪\nsnow", (*words, *english), units, (pair,))
    blocks = document_of(tmp_path, body).blocks
    assert [len(block.english) for block in blocks] == [0, 1]


def test_an_empty_post_is_an_empty_document(tmp_path):
    document = document_of(tmp_path, AnnotatedText(" \n ", (Token(" \n ", 0, TokenKind.OTHER),)))
    assert document.blocks == ()
    assert lay_out(document, 40, lambda _: True, ()).line_of == {}


def test_lines_offer_what_is_folded_and_show_what_is_not(document):
    folded = lay_out(document, 60, lambda _: True, ())
    offers = [line for line in folded.lines if isinstance(line, GapLine) and line.offers]
    assert len(offers) == 3
    everything = {e.number for b in document.blocks if isinstance(b, Paragraph) for e in b.english}
    unfolded = lay_out(document, 60, lambda _: True, everything)
    english = [line for line in unfolded.lines if isinstance(line, PlainLine)]
    assert " ".join(piece.text for piece in english[0].pieces).startswith("I woke up this morning")
    assert not any(isinstance(line, GapLine) and line.offers for line in unfolded.lines)


def test_every_word_has_its_line_at_any_width(document):
    for width in (10, 24, 50, 200):
        rows = lay_out(document, width, lambda _: True, ())
        assert set(document.words) <= set(rows.line_of)
        assert all(isinstance(rows.lines[line], HanziLine) for line in rows.line_of.values())


def test_a_sample_is_what_it_says():
    assert isinstance(first_snow(), Sample)


def test_an_emoji_that_only_ended_the_english_is_folded_with_it(tmp_path):
    text = "它也想吃😂\nHe wants some too😂"
    tokens = (
        Token("它也想吃", 0, TokenKind.WORD, "它"),
        Token("😂", 4, TokenKind.EMOJI),
        Token("\n", 5, TokenKind.OTHER),
        Token("He wants some too", 6, TokenKind.LATIN),
        Token("😂", 23, TokenKind.EMOJI),
    )
    pair = SentencePair(((0, 4),), ((6, 23),))
    units = (Unit(Language.ZH, 0, 4), Unit(Language.EN, 6, 23))
    assert texts(document_of(tmp_path, AnnotatedText(text, tokens, units, (pair,)))) == ["它也想吃😂"]
