"""A typed sentence beside the one that was expected, word by word: what differs, and what that matters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from learnfeed.study.quiz.glosses import stem

MOST_WORDS = 80
"""Words of a typed sentence that are compared; nobody is asked for longer ones."""

_ZH_FREE = frozenset("了的地得啊呀吧呢啦嘛哦哇喔噢呗哟嗯哈么")
_EN_FREE = frozenset(("a", "an", "the", "that"))
_ENGLISH = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*|\d+(?:[.,:]\d+)*")
_CLITICS = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'s": "is"}
_WHOLE = {"can't": ("can", "not"), "won't": ("will", "not"), "cannot": ("can", "not"), "let's": ("let", "us")}


class Mark(StrEnum):
    """What became of a word; each has a sign of its own, so that colour is not needed."""

    SAME = "same"
    LIKE = "like"
    """Another word of the same meaning."""
    FORM = "form"
    """Another form of the same word."""
    FREE = "free"
    """A particle or an article, which may be there or not."""
    MOVED = "moved"
    MISSING = "missing"
    EXTRA = "extra"
    CHANGED = "changed"


_WORTH = {Mark.SAME: 1.0, Mark.LIKE: 1.0, Mark.FORM: 0.7, Mark.MOVED: 0.5}
_COSTS = {Mark.SAME: 0.0, Mark.LIKE: 0.2, Mark.FORM: 0.3, Mark.FREE: 0.1, Mark.CHANGED: 1.6}
FULL = frozenset((Mark.SAME, Mark.LIKE, Mark.FREE))
"""Marks that take nothing from the credit."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A word of an answer beside the word that was expected; either may be empty."""

    given: str
    expected: str
    mark: Mark = Mark.SAME


class Wording(Protocol):
    """What judging a sentence needs of a dictionary."""

    def cut(self, text: str, /) -> tuple[str, ...]:
        """The Chinese words of a text."""

    def alike(self, one: str, other: str, /) -> bool:
        """Whether two Chinese words mean the same."""

    def lemma(self, word: str, /) -> str:
        """The dictionary form of an English word in lower case."""

    def akin(self, one: str, other: str, /) -> bool:
        """Whether two English lemmas may stand for each other."""


class NoDictionary:
    """Wording without a dictionary: characters, and the stems of English words."""

    def cut(self, text: str) -> tuple[str, ...]:
        """Its characters."""
        return tuple(text)

    def alike(self, one: str, other: str) -> bool:
        """Only the word itself."""
        return one == other

    def lemma(self, word: str) -> str:
        """Its stem."""
        return stem(word)

    def akin(self, one: str, other: str) -> bool:
        """Only the word itself."""
        return one == other


NO_DICTIONARY = NoDictionary()


def hanzi(text: str) -> str:
    """The hanzi of a text, without marks, blanks and letters of other scripts."""
    return "".join(char for char in text if unicodedata.category(char) == "Lo")


def english_words(text: str) -> tuple[str, ...]:
    """The English words of a text in lower case, clitics written out: ``I'm`` gives ``i`` and ``am``."""
    words: list[str] = []
    for found in _ENGLISH.findall(unicodedata.normalize("NFKC", text)):
        word = found.lower().replace("’", "'")
        if word in _WHOLE:
            words += _WHOLE[word]
            continue
        clitic = next((end for end in _CLITICS if word.endswith(end) and len(word) > len(end)), "")
        words.append(word.removesuffix(clitic))
        if clitic:
            words.append(_CLITICS[clitic])
    return tuple(words[:MOST_WORDS])


def chinese_words(text: str, expected: Sequence[str], wording: Wording) -> tuple[str, ...]:
    """The Chinese words of a typed text, cut as the expected sentence is wherever it has the same words."""
    plain = "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
    known = sorted({word for word in expected if word}, key=len, reverse=True)
    words: list[str] = []
    between, at = "", 0
    while at < len(plain) and len(words) < MOST_WORDS:
        word = next((word for word in known if plain.startswith(word, at)), "")
        # A word of one character is believed only where no longer word of the typed text runs over it.
        if len(word) > 1:
            words += [*wording.cut(between), word]
            between = ""
        else:
            between += plain[at]
        at += max(1, len(word))
    words += wording.cut(between)
    return tuple([part for word in words for part in _as_expected(word, expected)][:MOST_WORDS])


def _as_expected(word: str, expected: Sequence[str]) -> tuple[str, ...]:
    """A word cut where the expected sentence cuts it (下雪 as 下 and 雪), if that holds it."""
    for first in range(len(expected)):
        parts: list[str] = []
        for part in expected[first:]:
            parts.append(part)
            if not word.startswith("".join(parts)):
                break
            if "".join(parts) == word:
                return tuple(parts)
    return (word,)


def compare_chinese(
    given: str, expected: Sequence[str], wording: Wording, free: frozenset[str] = _ZH_FREE
) -> tuple[Difference, ...]:
    """A typed Chinese sentence beside the words of the expected one; ``free`` words may be there or not."""
    words = tuple(word for word in map(_folded, expected) if word)

    def mark(one: str, other: str) -> Mark:
        if one == other:
            return Mark.SAME
        return Mark.LIKE if wording.alike(one, other) else Mark.CHANGED

    return _settled(chinese_words(given, words, wording), words, mark, free)


def compare_english(
    given: str, expected: str, wording: Wording, free: frozenset[str] = _EN_FREE
) -> tuple[Difference, ...]:
    """A typed English sentence beside the expected one; ``free`` words may be there or not."""

    def mark(one: str, other: str) -> Mark:
        if one == other:
            return Mark.SAME
        first, second = wording.lemma(one), wording.lemma(other)
        if first == second:
            return Mark.FORM
        return Mark.LIKE if wording.akin(first, second) else Mark.CHANGED

    return _settled(english_words(given), english_words(expected), mark, free)


def credit(differences: Sequence[Difference]) -> float:
    """The share of the expected words that are there, 0–1; what is too much counts against it by half."""
    if all(part.mark in FULL for part in differences):
        return 1.0
    counted = [part for part in differences if part.mark is not Mark.FREE]
    wanted = sum(bool(part.expected) and part.mark is not Mark.EXTRA for part in counted)
    extra = sum(part.mark is Mark.EXTRA for part in counted)
    got = sum(_WORTH.get(part.mark, 0.0) for part in counted if part.expected)
    return min(0.95, got / max(1.0, wanted + extra / 2))


def shared_words(
    given: Sequence[str], reply: Sequence[str], same: Callable[[str, str], bool], free: frozenset[str]
) -> tuple[Difference, ...]:
    """The words of a reply, each with the word of the learner's own reply that says the same, wherever it stands."""
    left = list(given)
    out: list[Difference] = []
    for word in reply:
        if word in free:
            out.append(Difference("", word, Mark.FREE))
            continue
        match = next((one for one in left if one == word), None) or next(
            (one for one in left if same(one, word)), None
        )
        if match is None:
            out.append(Difference("", word, Mark.MISSING))
        else:
            left.remove(match)
            out.append(Difference(match, word, Mark.SAME if match == word else Mark.LIKE))
    return tuple(out)


def compare_reply(
    given: str, chinese: Sequence[str], english: str, wording: Wording
) -> tuple[Difference, ...]:
    """A reply of one's own beside the real one: which of its words both have, in any order."""
    words = tuple(word for word in map(_folded, chinese) if hanzi(word))
    zh = shared_words(chinese_words(hanzi(given), words, wording), words, wording.alike, _ZH_FREE)

    def same(one: str, other: str) -> bool:
        first, second = wording.lemma(one), wording.lemma(other)
        return first == second or wording.akin(first, second)

    en = shared_words(english_words(given), english_words(english), same, _EN_FREE)
    # A reply that is typed in one language is held against that language alone.
    if hanzi(given) and zh and not english_words(given):
        return zh
    return en if en and not hanzi(given) else (*zh, *en)


def _folded(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", word).casefold() if char.isalnum())


def _settled(
    given: tuple[str, ...],
    expected: tuple[str, ...],
    mark: Callable[[str, str], Mark],
    free: frozenset[str],
) -> tuple[Difference, ...]:
    return _moved(_aligned(given, expected, mark, free))


def _aligned(
    given: tuple[str, ...],
    expected: tuple[str, ...],
    mark: Callable[[str, str], Mark],
    free: frozenset[str],
) -> list[Difference]:
    """The cheapest way from one to the other, by dynamic programming over words."""

    def alone(word: str) -> float:
        return _COSTS[Mark.FREE] if word in free else 1.0

    rows, columns = len(given) + 1, len(expected) + 1
    pairs = [[mark(one, other) for other in expected] for one in given]
    cost = [[0.0] * columns for _ in range(rows)]
    for i in range(1, rows):
        cost[i][0] = cost[i - 1][0] + alone(given[i - 1])
    for j in range(1, columns):
        cost[0][j] = cost[0][j - 1] + alone(expected[j - 1])
    for i in range(1, rows):
        for j in range(1, columns):
            cost[i][j] = min(
                cost[i - 1][j - 1] + _COSTS[pairs[i - 1][j - 1]],
                cost[i - 1][j] + alone(given[i - 1]),
                cost[i][j - 1] + alone(expected[j - 1]),
            )
    out: list[Difference] = []
    i, j = rows - 1, columns - 1
    while i or j:
        if i and j and cost[i][j] == cost[i - 1][j - 1] + _COSTS[pairs[i - 1][j - 1]]:
            i, j = i - 1, j - 1
            out.append(Difference(given[i], expected[j], pairs[i][j]))
        elif i and cost[i][j] == cost[i - 1][j] + alone(given[i - 1]):
            i -= 1
            out.append(Difference(given[i], "", Mark.FREE if given[i] in free else Mark.EXTRA))
        else:
            j -= 1
            out.append(Difference("", expected[j], Mark.FREE if expected[j] in free else Mark.MISSING))
    return out[::-1]


def _moved(parts: list[Difference]) -> tuple[Difference, ...]:
    """Marks a word that is too much here and missing there as moved."""
    for at, part in enumerate(parts):
        if part.mark is not Mark.MISSING:
            continue
        twin = next(
            (i for i, p in enumerate(parts) if p.mark is Mark.EXTRA and p.given == part.expected), None
        )
        if twin is not None:
            parts[twin] = replace(parts[twin], mark=Mark.MOVED)
            parts[at] = replace(part, mark=Mark.MOVED)
    return tuple(parts)
