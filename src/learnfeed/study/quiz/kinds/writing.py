"""Writing Chinese: the missing word of a sentence, a whole sentence."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

from learnfeed.core.pinyin import Match, judge
from learnfeed.study.quiz.base import (
    Difference,
    Form,
    Given,
    Item,
    Kind,
    Material,
    Question,
    Show,
    Verdict,
    Why,
)

_SHORTEST, _LONGEST = 4, 30
"""Hanzi of a sentence that can be asked for as a whole."""
_NEARLY = 0.6
"""Share of characters in place from which a sentence gets some credit."""


def _type_cloze(item: Item, material: Material) -> Question | None:
    del material
    if len(item.sentence) < 3 or item.gives_itself_away or not item.gloss:
        return None
    shows = (Show.GAP, Show.ENGLISH) if item.silent_english else (Show.GAP, Show.GLOSS)
    return Question("type_cloze", Form.TYPED, "Type the missing word.", item, shows, item.written)


def _judge_word(question: Question, given: Given) -> Verdict:
    text = given.strip() if isinstance(given, str) else ""
    if not text:
        return Verdict(0.0, Why.GIVEN_UP, question.answer)
    if unicodedata.normalize("NFKC", text) in (question.answer, question.item.headword):
        return Verdict(1.0, Why.RIGHT, question.answer)
    if text.isascii() or not _hanzi(text):
        match = judge(text, question.item.syllables) if question.item.syllables else Match.WRONG
        if match is not Match.WRONG:
            return Verdict(0.5, Why.READING_RIGHT, question.answer)
    return Verdict(0.0, Why.WRONG, question.answer)


def _translate(item: Item, material: Material) -> Question | None:
    del material
    sentence = "".join(token.text for token in item.sentence)
    if not item.silent_english or not _SHORTEST <= len(_hanzi(sentence)) <= _LONGEST:
        return None
    return Question(
        "translate", Form.TYPED, "Say it in Chinese, as the post does.", item, (Show.ENGLISH,), sentence
    )


def _judge_sentence(question: Question, given: Given) -> Verdict:
    text = _letters(given) if isinstance(given, str) else ""
    if not text:
        return Verdict(0.0, Why.GIVEN_UP, question.answer)
    expected = _letters(question.answer)
    matcher = SequenceMatcher(a=text, b=expected, autojunk=False)
    differences = tuple(Difference(text[a:b], expected[c:d]) for _, a, b, c, d in matcher.get_opcodes())
    if text == expected:
        return Verdict(1.0, Why.RIGHT, question.answer, differences=differences)
    share = matcher.ratio()
    credit, why = (share, Why.NEARLY) if share >= _NEARLY else (0.0, Why.WRONG)
    return Verdict(credit, why, question.answer, differences=differences)


def _letters(text: str) -> str:
    """Letters and digits only: marks and blanks are not what is asked."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def _hanzi(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) == "Lo")


TYPE_CLOZE = Kind("type_cloze", "type the missing word", Form.TYPED, _type_cloze, _judge_word)
TRANSLATE = Kind("translate", "translate", Form.TYPED, _translate, _judge_sentence)
