"""Putting in order: the words of a sentence; words and their meanings."""

from __future__ import annotations

from learnfeed.core.note import RubyToken
from learnfeed.core.text import Language
from learnfeed.study.quiz.base import (
    Form,
    Given,
    Item,
    Kind,
    Material,
    Option,
    Question,
    Show,
    Verdict,
    Why,
)
from learnfeed.study.quiz.glosses import short

_FEWEST_PIECES, _MOST_PIECES = 3, 9
"""Nine, because each piece has a digit for its key."""
_PAIRS = 4


def _word_order(item: Item, material: Material) -> Question | None:
    pieces = item.sentence_text.split() if item.language is Language.EN else _pieces(item.sentence)
    if not item.english or not _FEWEST_PIECES <= len(pieces) <= _MOST_PIECES or len(set(pieces)) < 3:
        return None
    order = list(range(len(pieces)))
    while [pieces[i] for i in order] == pieces:
        material.chance.shuffle(order)
    return Question(
        "word_order",
        Form.ORDER,
        "Put the words in order.",
        item,
        (Show.ENGLISH,),
        _joined(item, pieces),
        options=tuple(Option(pieces[i]) for i in order),
        right=tuple(order.index(i) for i in range(len(pieces))),
    )


def _pieces(sentence: tuple[RubyToken, ...]) -> list[str]:
    """The words of a sentence, each with the marks that follow it; marks at the front go with the first."""
    pieces: list[str] = []
    front = ""
    for token in sentence:
        text = token.text.strip()
        if any(char.isalnum() for char in text):
            pieces.append(front + text)
            front = ""
        elif pieces:
            pieces[-1] += text
        else:
            front += text
    return pieces


def _joined(item: Item, pieces: list[str]) -> str:
    return (" " if item.language is Language.EN else "").join(pieces)


def _judge_order(question: Question, given: Given) -> Verdict:
    numbers = given if isinstance(given, tuple) else _numbers(given)
    if not numbers:
        return Verdict(0.0, Why.GIVEN_UP, question.answer)
    valid = len(set(numbers)) == len(numbers) and all(0 <= i < len(question.options) for i in numbers)
    # Words that occur twice are the same piece: the sentence counts, not which of them stands where.
    if valid and _joined(question.item, [question.options[i].text for i in numbers]) == question.answer:
        return Verdict(1.0, Why.RIGHT, question.answer)
    return Verdict(0.0, Why.ORDER_WRONG, question.answer)


def _numbers(text: str) -> tuple[int, ...]:
    """Typed numbers counted from 1, with or without blanks: ``2 1 3`` or ``213``."""
    parts = text.split() if " " in text.strip() else list(text.strip())
    if not all(part.isascii() and part.isdigit() and len(part) < 3 for part in parts):
        return ()
    return tuple(int(part) - 1 for part in parts)


def _match_pairs(item: Item, material: Material) -> Question | None:
    chosen = [item]
    for other in material.others:
        fits = all(material.alternatives.apart(other, one) for one in chosen)
        if fits and other.explained and len(chosen) < _PAIRS:
            chosen.append(other)
    if len(chosen) < _PAIRS or not item.explained:
        return None
    material.chance.shuffle(chosen)
    order = list(range(len(chosen)))
    material.chance.shuffle(order)
    return Question(
        "match_pairs",
        Form.ORDER,
        "Which meaning belongs to which word?",
        item,
        (),
        "; ".join(f"{one.headword} = {short(one.gloss)}" for one in chosen),
        options=tuple(Option(short(chosen[i].gloss)) for i in order),
        right=tuple(order.index(i) for i in range(len(chosen))),
        left=tuple(one.headword for one in chosen),
    )


def _judge_pairs(question: Question, given: Given) -> Verdict:
    numbers = given if isinstance(given, tuple) else _numbers(given)
    if not numbers:
        return Verdict(0.0, Why.GIVEN_UP, question.answer)
    hits = sum(a == b for a, b in zip(numbers, question.right, strict=False))
    if numbers == question.right:
        return Verdict(1.0, Why.RIGHT, question.answer)
    credit = hits / len(question.right) * 0.9
    return Verdict(credit, Why.SOME_PAIRS if hits else Why.WRONG, question.answer)


WORD_ORDER = Kind("word_order", "word order", Form.ORDER, _word_order, _judge_order)
MATCH_PAIRS = Kind("match_pairs", "match the pairs", Form.ORDER, _match_pairs, _judge_pairs)
