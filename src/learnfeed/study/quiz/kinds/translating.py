"""Whole sentences: into the language that is learned, out of it, and in reply to a saved comment."""

from __future__ import annotations

from learnfeed.core.note import RubyToken
from learnfeed.core.text import Language
from learnfeed.study.quiz.base import Form, Given, Item, Kind, Material, Question, Show, Verdict, Why
from learnfeed.study.quiz.comparing import (
    Difference,
    Mark,
    compare_chinese,
    compare_english,
    compare_reply,
    credit,
    english_words,
    hanzi,
)

_HANZI = range(4, 31)
"""Hanzi of a sentence that can be asked for as a whole."""
_WORDS = range(3, 26)
"""English words of one."""
_LEAST_WORDS, _MOST_WORDS = 0.3, 1.8
"""English words for a hanzi; more or fewer, and one side says what the other leaves to the sentence beside it."""
_NEARLY = 0.5
"""Share of the words from which a sentence gets some credit."""
_RELATED = 0.2
"""Share below which two sentences have so little in common that a diff of them would only confuse."""
_WELL = 0.5
"""Share of the real reply's words from which a reply of one's own is proposed as good."""


def _fits(item: Item) -> bool:
    """Whether the sentence and its other side are long enough to be asked, and short enough to be typed."""
    chinese, english = item.sentence_text, item.english
    if item.language is Language.EN:
        chinese, english = english, chinese
    characters, words = len(hanzi(chinese)), len(english_words(english))
    whole = _LEAST_WORDS * characters <= words <= _MOST_WORDS * characters
    return item.silent_english and whole and characters in _HANZI and words in _WORDS


def _translate(item: Item, material: Material) -> Question | None:
    if not _fits(item):
        return None
    english = item.language is Language.EN
    ask = "Say it in English, as the post does." if english else "Say it in Chinese, as the post does."
    return Question(
        "translate", Form.TYPED, ask, item, (Show.ENGLISH,), item.sentence_text, wording=material.wording
    )


def _translate_back(item: Item, material: Material) -> Question | None:
    if not _fits(item):
        return None
    english = item.language is Language.EN
    ask = "What does it say? Type it in Chinese." if english else "What does it say? Type it in English."
    return Question(
        "translate_back", Form.TYPED, ask, item, (Show.SENTENCE,), item.english, wording=material.wording
    )


def judge_sentence(question: Question, given: Given) -> Verdict:
    """The verdict on a typed sentence, in the sentence's own language."""
    text, wording = given if isinstance(given, str) else "", question.wording
    forth = question.kind != "translate_back"
    if (question.item.language is Language.EN) == forth:
        differences = compare_english(text, question.answer, wording)
    else:
        words = _words(question.item.sentence) if forth else wording.cut(question.answer)
        differences = compare_chinese(text, words, wording)
    return verdict_on(question, differences)


def verdict_on(question: Question, differences: tuple[Difference, ...]) -> Verdict:
    """The verdict on a typed sentence by what differs."""
    if not any(part.given for part in differences):
        return Verdict(0.0, Why.GIVEN_UP, question.answer)
    got = credit(differences)
    if got < _NEARLY:
        told = differences if got >= _RELATED else ()
        return Verdict(0.0, Why.WRONG, question.answer, differences=told)
    return Verdict(got, Why.RIGHT if got == 1 else Why.NEARLY, question.answer, differences=differences)


def _words(tokens: tuple[RubyToken, ...]) -> tuple[str, ...]:
    return tuple(token.text for token in tokens)


def _answer(item: Item, material: Material) -> Question | None:
    if item.exchange is None or not item.exchange.reply.text or not item.exchange.comment.text:
        return None
    return Question(
        "answer",
        Form.TYPED,
        "What would you reply? In one language, or in both.",
        item,
        (Show.COMMENT,),
        item.exchange.reply.text,
        wording=material.wording,
    )


def _judge_answer(question: Question, given: Given) -> Verdict:
    """What both replies say; how good one's own is, the learner says afterwards."""
    exchange, text = question.item.exchange, given.strip() if isinstance(given, str) else ""
    if not text or exchange is None:
        return Verdict(0.0, Why.GIVEN_UP, question.answer)
    if text == question.answer:
        return Verdict(1.0, Why.RIGHT, question.answer)
    shared = compare_reply(text, _words(exchange.reply.tokens), exchange.reply.english, question.wording)
    return Verdict(_proposed(shared), Why.COMPARE, question.answer, differences=shared)


def _proposed(shared: tuple[Difference, ...]) -> float:
    """A first guess at the rating: 0.9 for much in common, 0.5 for something, else 0."""
    counted = [part for part in shared if part.mark is not Mark.FREE]
    hits = sum(part.mark in (Mark.SAME, Mark.LIKE) for part in counted)
    return 0.9 if counted and hits / len(counted) >= _WELL else 0.5 if hits else 0.0


TRANSLATE = Kind("translate", "translate", Form.TYPED, _translate, judge_sentence)
TRANSLATE_BACK = Kind("translate_back", "translate back", Form.TYPED, _translate_back, judge_sentence)
ANSWER = Kind("answer", "reply to a comment", Form.TYPED, _answer, _judge_answer)
