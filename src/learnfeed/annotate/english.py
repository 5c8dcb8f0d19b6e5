"""The English side of a post: words, clitics, numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b|\d+")
_CLITIC = re.compile(r"(?i)(.+?)(n't|'s|'re|'ve|'ll|'d|'m|s')")

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_MONTHS = "january february - april - june july august september october november december"
"""Without march and may, which are words of their own."""
_LARGE = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_OTHER = {"half": 0.5, "once": 1.0, "twice": 2.0, "dozen": 12.0}


def _counted(words: str, first: int, step: int = 1) -> dict[str, float]:
    return {word: float(first + step * i) for i, word in enumerate(words.split())}


_NUMBERS = (
    _counted(_UNITS, 0)
    | _counted(_TENS, 20, 10)
    | _counted(_ORDINALS, 1)
    | _counted(_MONTHS, 1)
    | _LARGE
    | _OTHER
)
_DIGITS = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?")


class EnglishToken(NamedTuple):
    """A word or number of an English text.

    Attributes:
        text: Its characters in lower case, with a straight apostrophe.
        start: Where it begins in the text.
        end: Where it ends.
    """

    text: str
    start: int
    end: int


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[EnglishToken]:
    """The Latin words and numbers of a stretch of text; clitics are tokens of their own.

    ``I'd`` gives ``i`` and ``'d``, ``don't`` gives ``do`` and ``n't``, ``high-speed`` gives two words.

    Args:
        text: The whole text; offsets count from its beginning.
        start: Where to begin.
        end: Where to stop; the end of the text when None.
    """
    tokens: list[EnglishToken] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word, at = match.group().lower().replace("’", "'"), match.start()
        clitic = _CLITIC.fullmatch(word) if "'" in word else None
        if clitic and len(word) == match.end() - at:
            cut = clitic.end(1)
            tokens.append(EnglishToken(word[:cut], at, at + cut))
            tokens.append(EnglishToken(word[cut:], at + cut, match.end()))
        else:
            tokens.append(EnglishToken(word, at, match.end()))
    return tokens


@lru_cache(maxsize=4096)
def number(word: str) -> float | None:
    """The value of an English number word, ordinal, month or digits; None for other words."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    match = _DIGITS.fullmatch(word)
    return float(match.group(1).replace(",", "")) if match else None
