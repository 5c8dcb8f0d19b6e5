"""How words are read aloud: syllables for every token, with how sure they are.

The dictionary decides where a word has one reading, unless labelled text reads that very word otherwise;
a model of its neighbourhood decides among several (:mod:`learnfeed.annotate.heteronyms`). Readings
carry the dictionary's tones; changes in speech are a display option (:mod:`learnfeed.annotate.sandhi`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from learnfeed.annotate.hanzi import is_hanzi
from learnfeed.annotate.heteronyms import (
    BY_DICTIONARY,
    BY_MODEL,
    Context,
    Guess,
    Model,
    Word,
    context_of,
    context_of_word,
)
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.readings_rules import ruled, ruled_word
from learnfeed.core.pinyin import to_number
from learnfeed.core.text import Decider, Reading, Token, TokenKind
from learnfeed.core.word import Entry

_SURE_BY_DICTIONARY = 0.99
_SURE_BY_LABELS = 0.97
_SURE_OF_SEVERAL = 0.8
_SURE_OF_STRANGER = 0.5
_FLOOR = 1e-4
_ERHUA = "r5"
_READ = frozenset({TokenKind.WORD, TokenKind.NAME, TokenKind.NUMBER})
_SURE_BY_RULE = 0.95
_BEFORE_MUST = frozenset(
    [
        "我",
        "你",
        "您",
        "他",
        "她",
        "它",
        "谁",
        "咱",
        "我们",
        "你们",
        "他们",
        "她们",
        "咱们",
        "大家",
        "自己",
        "人",
        "就",
        "还",
        "都",
        "总",
        "可",
        "也",
        "只",
        "又",
        "真",
        "必",
        "必须",
        "非",
        "那",
        "那就",
        "今天",
        "明天",
        "现在",
        "以后",
        "还是",
        "可能",
        "肯定",
        "一定",
        "所以",
        "但",
        "但是",
        "不过",
        "然后",
        "最后",
        "看来",
        "，",
        "。",
        "！",
        "？",
        ",",
    ]
)
_AFTER_GETTING = frozenset(
    [
        "了",
        "过",
        "到",
        "以",
        "出",
        "知",
        "分",
        "奖",
        "病",
        "救",
        "意",
        "罪",
        "名",
        "主",
        "胜",
        "失",
        "的",
        "很",
        "不",
        "多",
        "好",
    ]
)
_MORE = frozenset({"多", "少", "早", "快", "好好", "早点", "先"})
"""Between děi and its verb: 你得多穿点."""
_INSIDE = {"了": "le5", "着": "zhe5", "过": "guo5", "个": "ge4", "一": "yi1", "完": "wan2", "次": "ci4"}
"""What stands between the parts of a separated or doubled word."""

Syllable = tuple[str, float, Decider]


@lru_cache(maxsize=4096)
def stranger(char: str) -> str:
    """The reading of a character that the dictionary does not have; empty when pypinyin has none."""
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
    return to_number(found[0][0]) if found else ""


class Reader:
    """Gives tokens their readings.

    Args:
        lexicon: The dictionary.
        model: The heteronym model; the packaged one when None.
    """

    def __init__(self, lexicon: Lexicon, model: Model | None = None) -> None:
        self._lexicon = lexicon
        self._model = model or Model.load()
        self._settled = lru_cache(maxsize=16384)(self._settled_word)
        self._usual = lru_cache(maxsize=8192)(self._usual_of)

    def readings(self, tokens: Sequence[Token]) -> list[Token]:
        """The same tokens with readings, where they have one.

        Args:
            tokens: All tokens of a text, in order.
        """
        text = "".join(token.text for token in tokens)
        if not any(map(is_hanzi, text)):
            return list(tokens)
        context = context_of(text, tokens, self._lexicon)
        return [self._read(token, number, context) for number, token in enumerate(tokens)]

    def _read(self, token: Token, number: int, context: Context) -> Token:
        known = context.words[number].readings
        if token.kind not in _READ or not (known or any(map(is_hanzi, token.text))):
            return token
        if len(token.text) > 1 and known:
            reading = self._of_word(token, known, context)
        elif token.headword and len(token.headword) != len(token.text):
            reading = self._of_joined(token)
        else:
            reading = _reading(
                [self._of_character(token, offset, context) for offset in range(len(token.text))]
            )
        return Token(token.text, token.start, token.kind, token.headword, reading, token.sense)

    def _of_word(self, token: Token, known: Sequence[tuple[str, ...]], context: Context) -> Reading:
        """A word of several characters that the dictionary reads in one or more ways."""
        rule = ruled_word(context, token.start)
        if rule:
            return Reading(rule, _SURE_BY_RULE, Decider.MODEL)
        if len(known) == 1:
            word = context.words[context.word_at[token.start]]._replace(start=0)
            taught = self._model.words.get(word.text)
            if taught is None or BY_MODEL not in taught:
                return self._settled(word)
            return self._of_taught(token, known[0], taught.split(" "), context)
        guesses = [self._model.guess(context, token.start + offset) for offset in range(len(token.text))]
        scores = [_score(syllables, known, guesses) for syllables in known]
        best = max(range(len(known)), key=lambda number: (scores[number], -number))
        powers = [math.exp(score - scores[best]) for score in scores]
        informed = any(guess is not None for guess in guesses)
        sure = 1 / sum(powers) if informed else _SURE_OF_SEVERAL
        return Reading(known[best], round(sure, 3), Decider.MODEL if informed else Decider.DICTIONARY)

    def _settled_word(self, word: Word) -> Reading:
        """A word with one reading, the same wherever it stands; its neighbours are not looked at."""
        context = context_of_word(word)
        taught = self._model.words.get(word.text, "").split(" ")
        if len(taught) != len(word.text):
            taught = [BY_DICTIONARY] * len(word.text)
        return _reading(
            [
                _settled(syllable, told, self._model.guess(context, at))
                for at, (syllable, told) in enumerate(zip(word.readings[0], taught, strict=True))
            ]
        )

    def _of_taught(
        self, token: Token, known: Sequence[str], taught: Sequence[str], context: Context
    ) -> Reading:
        """A word with one reading in the dictionary and several in labelled text: 舍不得, 得 of 来得."""
        return _reading(
            [
                _likeliest(guess) if told == BY_MODEL and guess else _settled(syllable, told, guess)
                for syllable, told, guess in (
                    (syllable, told, self._model.guess(context, token.start + at))
                    for at, (syllable, told) in enumerate(zip(known, taught, strict=True))
                )
            ]
        )

    def _of_character(self, token: Token, offset: int, context: Context) -> Syllable:
        """A character that stands alone, or in a name or number the dictionary does not have."""
        char = context.char(token.start + offset)
        if token.kind is TokenKind.NAME and offset == 0 and len(token.text) > 1:
            surname = self._surname(char, self._model.guess(context, token.start))
            if surname:
                return surname, _SURE_OF_SEVERAL, Decider.DICTIONARY
        if char == "得" and is_must(context, token.start):
            return "dei3", _SURE_BY_RULE, Decider.MODEL
        rule = ruled(context, token.start) if token.kind is TokenKind.WORD else ""
        if rule:
            return rule, _SURE_BY_RULE, Decider.MODEL
        guess = self._model.guess(context, token.start + offset)
        if guess is None:
            return self._usual(char)
        return _likeliest(guess)

    def _usual_of(self, char: str) -> Syllable:
        """The reading of a character by itself."""
        entries = self._lexicon.entries(char)
        readings = dict.fromkeys(entry.syllables[0] for entry in entries if entry.syllables[0])
        if readings:
            sure = _SURE_BY_DICTIONARY if len(readings) == 1 else _SURE_OF_SEVERAL
            return next(iter(readings)), sure, Decider.DICTIONARY
        return (stranger(char) if is_hanzi(char) else ""), _SURE_OF_STRANGER, Decider.MODEL

    def _surname(self, char: str, guess: Guess | None) -> str:
        """How a character is read as a surname, the likeliest where there are two; empty when it is none."""
        entries = self._lexicon.entries(char)
        found = [e.syllables[0] for e in entries if any("surname" in sense.tags for sense in e.senses)]
        return max(found, key=lambda r: guess.chances.get(r, 0.0) if guess else 0.0, default="")

    def _of_joined(self, token: Token) -> Reading:
        """A doubled or separated word (尝尝, 见了面) by the reading of its headword."""
        simple = self._lexicon.simplify_characters(token.text)
        own = self._lexicon.entries(simple)
        if own:
            return Reading(own[0].syllables, _SURE_OF_SEVERAL if len(own) > 1 else _SURE_BY_DICTIONARY)
        entries = self._lexicon.entries(token.headword)
        known = dict(zip(token.headword, _as_verb(entries), strict=False)) if entries else {}
        syllables = [known.get(c) or _INSIDE.get(c) or self._usual(c)[0] for c in simple]
        return Reading(tuple(syllables), _SURE_OF_SEVERAL if len(entries) > 1 else _SURE_BY_DICTIONARY)


def is_must(context: Context, at: int) -> bool:
    """Whether a 得 that stands alone is děi, must: after a pronoun or adverb and before a verb.

    The corpora the model learned from hardly have it. The particle de follows a verb or adjective; dé,
    to get, is followed by 了, 到 or what is got.
    """
    number = context.word_at[at]
    if context.words[number].text != "得" or number + 1 >= len(context.words):
        return False
    after = context.words[number + 1]
    before = context.words[number - 1] if number else None
    if after.text in _MORE and _is_said_of(before) and _verb_follows(context, number + 1):
        return True
    if after.text in _AFTER_GETTING or not after.pos.startswith(("v", "d", "p", "c")):
        return False
    return before is None or before.text in _BEFORE_MUST or before.pos in {"r", "rr", "x"}


def _score(
    syllables: Sequence[str], known: Sequence[Sequence[str]], guesses: Sequence[Guess | None]
) -> float:
    """How likely a reading of a word is (log).

    A full tone that the dictionary does not list here speaks for its light one: labelled text writes 好处
    hǎochù, which is hǎochu, not hǎochǔ. Where the model was never taught either (地方, 精神), it says nothing
    of that syllable, and the dictionary's order decides.
    """
    total = 0.0
    for at, (syllable, guess) in enumerate(zip(syllables, guesses, strict=True)):
        if guess is None:
            continue
        listed = {reading[at] for reading in known}
        light = next((reading[at] for reading in known if reading[at].endswith("5")), "")
        full = [r for r in guess.chances if r not in listed and r[:-1] == light[:-1]] if light else []
        if not light or full or light in guess.chances:
            chance = guess.chances.get(syllable, 0.0)
            chance += sum(guess.chances[r] for r in full) if syllable == light else 0.0
            total += math.log(max(_FLOOR, chance))
    return total


def _is_said_of(word: Word | None) -> bool:
    return word is not None and word.pos in {"r", "rr"}


def _verb_follows(context: Context, number: int) -> bool:
    return number + 1 < len(context.words) and context.words[number + 1].pos.startswith(("v", "z"))


def _as_verb(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The reading of a headword as a verb, which doubled and separated words are: 教 is jiāo, to teach."""
    verbs = (e for e in entries if e.senses[0].gloss.startswith("to "))
    return next(verbs, entries[0]).syllables


def _likeliest(guess: Guess) -> Syllable:
    reading = max(guess.chances, key=lambda r: guess.chances[r])
    return reading, guess.chances[reading], Decider.MODEL


def _settled(syllable: str, told: str, guess: Guess | None) -> Syllable:
    """A syllable the dictionary has settled, unless labelled text reads it otherwise in this very word."""
    if told not in (BY_DICTIONARY, BY_MODEL):
        return told, _SURE_BY_LABELS, Decider.MODEL
    if guess is None or syllable not in guess.chances or syllable == _ERHUA:
        return syllable, _SURE_BY_DICTIONARY, Decider.DICTIONARY
    chance = guess.chances[syllable]
    if chance == max(guess.chances.values()):
        return syllable, max(chance, _SURE_OF_SEVERAL), Decider.DICTIONARY
    return syllable, max(chance, _SURE_OF_STRANGER), Decider.DICTIONARY


def _reading(parts: Sequence[Syllable]) -> Reading:
    """A reading as sure as its least sure syllable; by the model as soon as the model had a part."""
    least = min((sure for syllable, sure, _ in parts if syllable), default=1.0)
    by_model = any(by is Decider.MODEL for _, _, by in parts)
    return Reading(
        tuple(syllable for syllable, _, _ in parts),
        round(least, 3),
        Decider.MODEL if by_model else Decider.DICTIONARY,
    )
