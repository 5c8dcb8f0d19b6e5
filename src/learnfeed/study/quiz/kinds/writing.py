"""Writing: a word, the missing word of a sentence, what was heard; judged with what is nearly right named."""

from __future__ import annotations

import unicodedata

from learnfeed.core.pinyin import Match, judge
from learnfeed.core.text import Language
from learnfeed.study.quiz.base import Form, Given, Item, Kind, Material, Question, Show, Verdict, Why
from learnfeed.study.quiz.comparing import hanzi

_FORM = 0.7
"""Credit for the right word in another form."""
_HALF = 0.5


def _type_cloze(item: Item, material: Material) -> Question | None:
    if len(item.sentence) < 3 or item.gives_itself_away or not item.gloss:
        return None
    shows = (Show.GAP, Show.ENGLISH) if item.silent_english else (Show.GAP, Show.GLOSS)
    ask, wording = "Type the missing word.", material.wording
    return Question("type_cloze", Form.TYPED, ask, item, shows, item.written, wording=wording)


def _type_word(item: Item, material: Material) -> Question | None:
    if not item.explained:
        return None
    ask = "Type the word in Chinese." if item.language is Language.ZH else "Type the word in English."
    wording = material.wording
    return Question("type_word", Form.TYPED, ask, item, (Show.GLOSS,), item.headword, wording=wording)


def judge_word(question: Question, given: Given) -> Verdict:
    """The verdict on a typed word: another form, a synonym or its mere reading count in part, by name."""
    text = unicodedata.normalize("NFKC", given).strip() if isinstance(given, str) else ""
    item, answer = question.item, question.answer
    if not text:
        return Verdict(0.0, Why.GIVEN_UP, answer)
    if text.casefold() == answer.casefold() or (item.language is Language.ZH and text == item.headword):
        return Verdict(1.0, Why.RIGHT, answer)
    why, credit = _nearly(question, text)
    return Verdict(credit, why, answer)


def _nearly(question: Question, text: str) -> tuple[Why, float]:
    item, wording = question.item, question.wording
    if item.language is Language.EN:
        typed, wanted = wording.lemma(text.casefold()), wording.lemma(question.answer.casefold())
        if typed in (wanted, item.headword.casefold()):
            return Why.OTHER_FORM, _FORM
        return (Why.SYNONYM, _HALF) if wording.akin(typed, wanted) else (Why.WRONG, 0.0)
    if not hanzi(text):
        match = judge(text, item.syllables) if item.syllables else Match.WRONG
        return (Why.READING_RIGHT, _HALF) if match is not Match.WRONG else (Why.WRONG, 0.0)
    return (Why.SYNONYM, _HALF) if wording.alike(text, item.headword) else (Why.WRONG, 0.0)


TYPE_CLOZE = Kind("type_cloze", "type the missing word", Form.TYPED, _type_cloze, judge_word)
TYPE_WORD = Kind("type_word", "type the word", Form.TYPED, _type_word, judge_word)
