"""Choosing: the meaning of a word, the word for a meaning or a picture, the word for a gap."""

from __future__ import annotations

from learnfeed.study.quiz.base import Form, Item, Kind, Material, Option, Question, Show, choice, judge_choice
from learnfeed.study.quiz.glosses import short

OPTIONS = 4
"""Options of a question, the right one among them."""
_FEWEST = 3


def _about(item: Item) -> str:
    return f"{item.headword} {item.reading}: {item.gloss}"


def _wrong(item: Item, material: Material, *, heard: bool = False) -> tuple[Item, ...]:
    """Words to choose from beside the right one; where it is only heard, none that sounds the same."""
    if not heard:
        return material.alternatives.words(item, OPTIONS - 1, material.chance)
    found = material.alternatives.words(item, OPTIONS + 2, material.chance)
    return tuple(other for other in found if not item.reading or other.reading != item.reading)[: OPTIONS - 1]


def meaning_question(
    kind: str,
    ask: str,
    shows: tuple[Show, ...],
    item: Item,
    material: Material,
) -> Question | None:
    """A question after the meaning of a word that is shown or heard; None when there is too little to choose from."""
    wrong = _wrong(item, material, heard=Show.SOUND in shows)
    if not item.explained or len(wrong) < _FEWEST - 1:
        return None
    return choice(
        kind,
        ask,
        item,
        shows,
        right=Option(short(item.gloss)),
        wrong=tuple(Option(short(other.gloss), _about(other)) for other in wrong),
        chance=material.chance,
    )


def _choose_meaning(item: Item, material: Material) -> Question | None:
    return meaning_question(
        "choose_meaning", "What does it mean?", (Show.WORD, Show.SENTENCE), item, material
    )


def _choose_hanzi(item: Item, material: Material) -> Question | None:
    shows = (Show.GLOSS, Show.ENGLISH) if item.silent_english else (Show.GLOSS,)
    return _word_question("choose_hanzi", shows, item, material)


def _picture_word(item: Item, material: Material) -> Question | None:
    if not item.picture or not material.pictures:
        return None
    return _word_question("picture_word", (Show.PICTURE, Show.GLOSS), item, material)


def _word_question(kind: str, shows: tuple[Show, ...], item: Item, material: Material) -> Question | None:
    wrong = _wrong(item, material)
    if not item.explained or len(wrong) < _FEWEST - 1:
        return None
    return choice(
        kind,
        "Which word is it?",
        item,
        shows,
        right=Option(item.headword),
        wrong=tuple(Option(other.headword, _about(other)) for other in wrong),
        chance=material.chance,
    )


def _cloze(item: Item, material: Material) -> Question | None:
    if len(item.sentence) < 3 or item.gives_itself_away or not item.explained:
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
PICTURE_WORD = Kind("picture_word", "the word for a picture", Form.CHOICE, _picture_word, judge_choice)
