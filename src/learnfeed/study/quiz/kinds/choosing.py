"""Choosing: the meaning of a word, the word for a meaning, the word for a gap."""

from __future__ import annotations

from learnfeed.core.pinyin import word_with_marks
from learnfeed.study.quiz.base import Form, Item, Kind, Material, Option, Question, Show, choice, judge_choice
from learnfeed.study.quiz.glosses import short, tells

OPTIONS = 4
"""Options of a question, the right one among them."""
_FEWEST = 3


def _about(item: Item) -> str:
    return f"{item.headword} {word_with_marks(item.syllables)}: {item.gloss}"


def _wrong(item: Item, material: Material) -> tuple[Item, ...]:
    return material.alternatives.words(item, OPTIONS - 1, material.chance)


def _choose_meaning(item: Item, material: Material) -> Question | None:
    wrong = _wrong(item, material)
    if not tells(item.gloss) or len(wrong) < _FEWEST - 1:
        return None
    return choice(
        "choose_meaning",
        "What does it mean?",
        item,
        (Show.WORD, Show.SENTENCE),
        right=Option(short(item.gloss)),
        wrong=tuple(Option(short(other.gloss), _about(other)) for other in wrong),
        chance=material.chance,
    )


def _choose_hanzi(item: Item, material: Material) -> Question | None:
    wrong = _wrong(item, material)
    if not tells(item.gloss) or len(wrong) < _FEWEST - 1:
        return None
    return choice(
        "choose_hanzi",
        "Which word is it?",
        item,
        (Show.GLOSS, Show.ENGLISH) if item.silent_english else (Show.GLOSS,),
        right=Option(item.headword),
        wrong=tuple(Option(other.headword, _about(other)) for other in wrong),
        chance=material.chance,
    )


def _cloze(item: Item, material: Material) -> Question | None:
    if len(item.sentence) < 3 or item.gives_itself_away or not tells(item.gloss):
        return None
    wrong = _wrong(item, material)
    if len(wrong) < _FEWEST - 1:
        return None
    return choice(
        "cloze",
        "Which word is missing?",
        item,
        (Show.GAP, Show.ENGLISH) if item.silent_english else (Show.GAP, Show.GLOSS),
        right=Option(item.written),
        wrong=tuple(Option(other.headword, _about(other)) for other in wrong),
        chance=material.chance,
    )


CHOOSE_MEANING = Kind("choose_meaning", "choose the meaning", Form.CHOICE, _choose_meaning, judge_choice)
CHOOSE_HANZI = Kind("choose_hanzi", "choose the word", Form.CHOICE, _choose_hanzi, judge_choice)
CLOZE = Kind("cloze", "fill the gap", Form.CHOICE, _cloze, judge_choice)
