"""Reading aloud: typing the pinyin of a word, choosing its tones."""

from __future__ import annotations

from learnfeed.core.pinyin import Match, judge, split_tone, word_with_marks
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
    choice,
    judge_choice,
)

HALF = 0.5
"""Credit for the right letters without the right tones."""
_MARKED = {
    Match.EXACT: (1.0, Why.RIGHT),
    Match.TONES_MISSING: (HALF, Why.TONES_MISSING),
    Match.TONES_WRONG: (HALF, Why.TONES_WRONG),
    Match.WRONG: (0.0, Why.WRONG),
}


def _readable(item: Item) -> bool:
    """Whether every character has a syllable: 雪 has, T恤 has not."""
    return bool(item.syllables) and all(item.syllables) and len(item.syllables) == len(item.headword)


def _type_pinyin(item: Item, material: Material) -> Question | None:
    del material
    if not _readable(item):
        return None
    answer = word_with_marks(item.syllables)
    shows = (Show.WORD, Show.SENTENCE)
    return Question(
        "type_pinyin", Form.TYPED, "How is it read? Type it like hao3 or hǎo.", item, shows, answer
    )


def _judge_pinyin(question: Question, given: Given) -> Verdict:
    if not isinstance(given, str) or not given.strip():
        return Verdict(0.0, Why.GIVEN_UP, question.answer)
    credit, why = _MARKED[judge(given, question.item.syllables)]
    return Verdict(credit, why, question.answer)


def _tones(item: Item, material: Material) -> Question | None:
    if not _readable(item) or all(split_tone(syllable)[1] == 5 for syllable in item.syllables):
        return None
    wrong = material.alternatives.readings(item, 3, material.chance)
    if len(wrong) < 2:
        return None
    return choice(
        "tones",
        "Which tones?",
        item,
        (Show.WORD, Show.GLOSS),
        right=Option(word_with_marks(item.syllables)),
        wrong=tuple(Option(word_with_marks(reading)) for reading in wrong),
        chance=material.chance,
    )


def _tone_pairs(item: Item, material: Material) -> Question | None:
    others = material.alternatives.minimal_pairs(item, 3)
    if not _readable(item) or not others or not item.explained:
        return None
    return choice(
        "tone_pairs",
        "The same letters, other tones: which reading has this meaning?",
        item,
        (Show.GLOSS,),
        right=Option(word_with_marks(item.syllables)),
        wrong=tuple(
            Option(other.reading, f"{other.headword} {other.reading}: {other.gloss}") for other in others
        ),
        chance=material.chance,
    )


TYPE_PINYIN = Kind("type_pinyin", "type the pinyin", Form.TYPED, _type_pinyin, _judge_pinyin)
TONES = Kind("tones", "choose the tones", Form.CHOICE, _tones, judge_choice)
TONE_PAIRS = Kind("tone_pairs", "tones that make the difference", Form.CHOICE, _tone_pairs, judge_choice)
