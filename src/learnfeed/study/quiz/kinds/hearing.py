"""Hearing: choosing what a spoken word means, writing a spoken sentence. Asked only where something can speak."""

from __future__ import annotations

from dataclasses import replace

from learnfeed.core.note import RubyToken
from learnfeed.core.pinyin import Match, judge, parse_typed
from learnfeed.core.text import Language
from learnfeed.study.quiz.base import (
    Form,
    Given,
    Item,
    Kind,
    Material,
    Question,
    Show,
    Verdict,
    Why,
    judge_choice,
)
from learnfeed.study.quiz.comparing import (
    NO_DICTIONARY,
    compare_chinese,
    compare_english,
    english_words,
    hanzi,
)
from learnfeed.study.quiz.kinds.choosing import meaning_question
from learnfeed.study.quiz.kinds.translating import verdict_on

_LONGEST = 16
"""Characters of a sentence that can be kept in mind while it is written down."""
_MOST_WORDS = 12
_READING = 0.5
"""Credit for what was heard, written in pinyin."""


def _listening(item: Item, material: Material) -> Question | None:
    if item.language not in material.voice or not (item.syllables or item.language is Language.EN):
        return None
    spoken = (RubyToken(item.headword, item.syllables),)
    asked = meaning_question("listening", "What does the word you hear mean?", (Show.SOUND,), item, material)
    return replace(asked, speak=spoken) if asked else None


def _dictation(item: Item, material: Material) -> Question | None:
    if item.language not in material.voice:
        return None
    shows: tuple[Show, ...] = (Show.SOUND,)
    spoken, text = item.sentence, item.sentence_text
    english = item.language is Language.EN
    long = len(english_words(text)) > _MOST_WORDS if english else len(hanzi(text)) > _LONGEST
    if not text or long or not (english or _speakable(spoken)):
        # Words by themselves sound like others (是, 事, 市): their meaning tells which is meant.
        spoken, text, shows = (
            (RubyToken(item.headword, item.syllables),),
            item.headword,
            (Show.SOUND, Show.GLOSS),
        )
    if not text or not (english or _speakable(spoken)):
        return None
    ask = "Write what you hear."
    return Question("dictation", Form.TYPED, ask, item, shows, text, speak=spoken, wording=material.wording)


def _speakable(tokens: tuple[RubyToken, ...]) -> bool:
    """Whether every letter and hanzi has a syllable."""
    return any(token.syllables for token in tokens) and all(
        len(token.syllables) == len(token.text)
        for token in tokens
        if any(char.isalnum() for char in token.text)
    )


def _judge_dictation(question: Question, given: Given) -> Verdict:
    text = given.strip() if isinstance(given, str) else ""
    if question.item.language is Language.ZH and text and not hanzi(text) and parse_typed(text):
        syllables = tuple(syllable for token in question.speak for syllable in token.syllables)
        match = judge(text, syllables)
        if match is not Match.WRONG:
            return Verdict(_READING, Why.HEARD, question.answer)
    # What was said is to be written, word for word: nothing is free and no synonym counts.
    if question.item.language is Language.EN:
        return verdict_on(question, compare_english(text, question.answer, question.wording, frozenset()))
    words = tuple(token.text for token in question.speak)
    return verdict_on(question, compare_chinese(text, words, NO_DICTIONARY, frozenset()))


LISTENING = Kind("listening", "listen and choose", Form.CHOICE, _listening, judge_choice)
DICTATION = Kind("dictation", "dictation", Form.TYPED, _dictation, _judge_dictation)
