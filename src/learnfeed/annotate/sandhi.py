"""How tones change in speech: a display option, never what is stored.

Rules: 一 and 不 before other tones, and a third tone before a third tone (Chao 1968, A Grammar of Spoken
Chinese, §§ 1.3.4–1.3.6). In longer rows of third tones the words are read as units from the left.
"""

from __future__ import annotations

from collections.abc import Sequence

from learnfeed.core.pinyin import split_tone
from learnfeed.core.text import Token, TokenKind

_COUNTING = frozenset("零〇一二三四五六七八九十百千万亿两第年月号")


def spoken(tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    """The syllables of each token as they are said; empty for tokens without a reading.

    Args:
        tokens: All tokens of a text, in order. Tones change within a clause, not across punctuation.
    """
    out: list[list[str]] = [list(token.reading.syllables) if token.reading else [] for token in tokens]
    clause: list[tuple[int, int]] = []
    for number, token in enumerate(tokens):
        if token.reading is None and token.kind is not TokenKind.OTHER:
            _change(clause, tokens, out)
            clause = []
        clause += [(number, at) for at, syllable in enumerate(out[number]) if syllable]
    _change(clause, tokens, out)
    return [tuple(syllables) for syllables in out]


def _change(clause: Sequence[tuple[int, int]], tokens: Sequence[Token], out: list[list[str]]) -> None:
    """Changes the tones of one clause in place; from the right, as each depends on the next."""
    said_as: list[int] = []
    for place in range(len(clause) - 1, -1, -1):
        number, at = clause[place]
        letters, tone = split_tone(out[number][at])
        after = said_as[-1] if said_as else 0
        char = tokens[number].text[at]
        if char in "一不":
            tone = _of_one_and_not(char, tone, after, _neighbours(clause, place, tokens))
        elif tone == 3 and after == 3 and _belongs(clause, place, tokens):
            tone = 2
        out[number][at] = f"{letters}{tone}"
        said_as.append(tone)


def _of_one_and_not(char: str, tone: int, after: int, near: tuple[str, str]) -> int:
    """不 rises before a fourth tone; 一 rises before a fourth and falls before others, but not in numbers."""
    before, following = near
    if char == "不":
        return 2 if tone == 4 and after == 4 else tone
    counted = before in _COUNTING or following in _COUNTING - {"百", "千", "万", "亿", "年"}
    if tone != 1 or counted or not after:
        return tone
    return 2 if after in (4, 5) else 4


def _neighbours(clause: Sequence[tuple[int, int]], place: int, tokens: Sequence[Token]) -> tuple[str, str]:
    """The characters before and after a place of a clause."""

    def char(at: int) -> str:
        return tokens[clause[at][0]].text[clause[at][1]] if 0 <= at < len(clause) else " "

    return char(place - 1), char(place + 1)


def _belongs(clause: Sequence[tuple[int, int]], place: int, tokens: Sequence[Token]) -> bool:
    """Whether a syllable and the next are said as one: in a word, or a short word before another."""
    number, following = clause[place][0], clause[place + 1][0]
    return number == following or len(tokens[number].text) == 1 or len(tokens[following].text) == 1
