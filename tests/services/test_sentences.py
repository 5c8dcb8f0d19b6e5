"""A word is shown in the sentence it was met in, also where a text has no sentences."""

from __future__ import annotations

from learnfeed.core.text import AnnotatedPost, AnnotatedText, TextLevel, Token, TokenKind
from learnfeed.services.sentences import find_word, in_sentence, sentence_span
from tests.study_samples import SNOW, SNOW_TITLE

POST = AnnotatedPost("test/1", SNOW_TITLE, SNOW, (), TextLevel(1, "2025", 20))


def test_word_is_found_where_it_was_met_else_where_it_stands_first() -> None:
    title = find_word(POST, "雪", 0, 5)
    assert title is not None
    assert title.span == (0, 6)
    later = next(token.start for token in reversed(SNOW.tokens) if token.headword == "雪")
    body = find_word(POST, "雪", 1, later)
    assert body is not None
    assert body.english == "Heavy snow is falling outside."
    assert [body.english[a:b] for a, b in body.english_links] == ["snow"]
    moved = find_word(POST, "雪", 1, 9999)
    assert moved is not None
    assert moved.english == "I saw snow for the first time!"
    assert find_word(POST, "鲸鱼", 1, 0) is None
    assert find_word(POST, "窗外", 9, 0) is not None


def test_word_outside_of_sentences_stands_on_its_line() -> None:
    tokens = (
        Token("#", 0, TokenKind.PUNCTUATION),
        Token("雪", 1, TokenKind.WORD, "雪"),
        Token("\n", 2, TokenKind.OTHER),
        Token(" ", 3, TokenKind.OTHER),
        Token("茶", 4, TokenKind.WORD, "茶"),
    )
    text = AnnotatedText("#雪\n 茶", tokens)
    assert sentence_span(text, tokens[1]) == (0, 2)
    assert sentence_span(text, tokens[4]) == (4, 5)
    assert [token.text for token in in_sentence(text, tokens[1]).sentence] == ["#", "雪"]
