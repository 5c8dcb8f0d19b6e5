"""Pinyin: one notation inside (``xue3``, ``lü4``, ``r5``), marks for people, judging typed answers.

Tone marks stand where the standard puts them (GB/T 16159-2012, 中文拼音正词法): on a or e, on the o of
ou, else on the last vowel.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_COMBINING = {tone: mark for mark, tone in _MARKS.items()}
_ZERO_INITIAL = re.compile(r"[aoeāáǎàōóǒòēéěè]")

_FINALS = (
    "iang iong uang ueng ang eng ing ong ian iao uai uan üan ai an ao ei en er ia ie in iu iang "
    "ou ua ui un uo ue üe ün a e i o u ü ê"
)
_INITIALS = "zh ch sh b p m f d t n l g k h j q x r z c s y w"
_PARSE = re.compile(
    rf"(?:(?:{_INITIALS.replace(' ', '|')})?(?:{'|'.join(sorted(_FINALS.split(), key=len, reverse=True))})"
    r"|hng|ng|hm|m|n|r)"
)


def split_tone(syllable: str) -> tuple[str, int]:
    """Letters and tone of a syllable: ``xue3`` → ``("xue", 3)``; without a number the tone is 5."""
    if syllable and syllable[-1] in "12345":
        return syllable[:-1], int(syllable[-1])
    return syllable, 5


@lru_cache(maxsize=4096)
def with_mark(syllable: str) -> str:
    """One syllable with its tone mark: ``xue3`` → ``xuě``, ``lü4`` → ``lǜ``, ``r5`` → ``r``."""
    letters, tone = split_tone(syllable)
    if tone == 5:
        return letters
    lower = letters.lower()
    for vowel in ("a", "e", "ê"):
        if vowel in lower:
            at = lower.index(vowel)
            break
    else:
        if "ou" in lower:
            at = lower.index("o")
        else:
            vowels = [i for i, c in enumerate(lower) if c in "iouü"]
            if not vowels:
                vowels = [i for i, c in enumerate(lower) if c in "mn"] or [0]
                return unicodedata.normalize("NFC", _mark_at(letters, vowels[0], tone))
            at = vowels[-1]
    return unicodedata.normalize("NFC", _mark_at(letters, at, tone))


def _mark_at(letters: str, at: int, tone: int) -> str:
    return letters[: at + 1] + _COMBINING[str(tone)] + letters[at + 1 :]


def word_with_marks(syllables: tuple[str, ...]) -> str:
    """A word as it is written: ``("nü3", "er2")`` → ``nǚ'ér``, ``("wan2", "r5")`` → ``wánr``.

    Empty syllables (Latin letters inside a word) are left out.
    """
    out = ""
    for syllable in syllables:
        marked = with_mark(syllable)
        out += "'" + marked if out and _ZERO_INITIAL.match(marked) else marked
    return out


def tone_of(syllable: str) -> int:
    """The tone, 1–5; 0 for an empty syllable."""
    return split_tone(syllable)[1] if syllable else 0


def to_number(syllable: str) -> str:
    """One syllable in the inner notation, from marks, numbers, ``v``, ``u:`` or ``ü``.

    ``xuě`` → ``xue3``, ``lv4`` → ``lü4``, ``ma`` → ``ma5``, ``ma0`` → ``ma5``.
    """
    tone = ""
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", syllable.strip().lower().replace("u:", "ü").replace("v", "ü")):
        if char in _MARKS:
            tone = _MARKS[char]
        elif char == "\u0308" and letters:
            letters[-1] = "ü"
        elif char == "\u0302" and letters:
            letters[-1] = "ê"
        elif char in "012345":
            tone = tone or ("5" if char == "0" else char)
        elif char.isalpha():
            letters.append(char)
    return "".join(letters) + (tone or "5") if letters else ""


def is_syllable(syllable: str) -> bool:
    """Whether it is a syllable in the inner notation, tone included: ``xue3``, ``Lü4``, ``r5``."""
    return syllable[-1:] in tuple("12345") and _PARSE.fullmatch(syllable[:-1].lower()) is not None


@dataclass(frozen=True, slots=True)
class TypedSyllable:
    """A syllable as someone typed it; tone 0 when none was given."""

    letters: str
    tone: int


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters of typed pinyin with a blank wherever a syllable surely ends, and the tone typed at each.

    A mark counts at its vowel, a number at the letter before it; 0 where no tone was typed.
    """
    letters: list[str] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFD", text.strip().lower().replace("u:", "ü").replace("v", "ü")):
        if char in _MARKS and letters:
            tones[-1] = int(_MARKS[char])
        elif char == "\u0308" and letters:
            letters[-1] = "ü"
        elif char in "012345" and letters:
            tones[-1] = 5 if char in "05" else int(char)
            letters.append(" ")
            tones.append(0)
        else:
            letters.append(char if char.isalpha() else " ")
            tones.append(0)
    return "".join(letters), tones


def parse_typed(text: str) -> tuple[TypedSyllable, ...]:
    """Splits typed pinyin (``xia4xue3``, ``xiàxuě``, ``xia xue``, ``xiaxue``) into syllables.

    Without numbers, blanks or apostrophes the longest syllable is taken first.
    """
    letters, tones = _letters(text)
    out: list[TypedSyllable] = []
    for run in re.finditer(r"[^ ]+", letters):
        at = run.start()
        while at < run.end():
            match = _PARSE.match(letters, at, run.end())
            end = match.end() if match else run.end()
            out.append(TypedSyllable(letters[at:end], next((t for t in tones[at:end] if t), 0)))
            at = end
    return tuple(out)


class Match(StrEnum):
    """How a typed reading compares with the right one."""

    EXACT = "exact"
    TONES_MISSING = "tones_missing"
    TONES_WRONG = "tones_wrong"
    WRONG = "wrong"


def judge(typed: str, syllables: tuple[str, ...]) -> Match:
    """Judges a typed reading.

    ``xue3`` and ``xuě`` are the same; letters without any tone are TONES_MISSING; right letters with
    a wrong tone are TONES_WRONG. A neutral tone may be typed as 5, 0 or nothing.
    """
    right = [split_tone(s) for s in syllables if s]
    letters, tones = _letters(typed)
    typed_tones = [tone for letter, tone in zip(letters, tones, strict=True) if letter != " "]
    if letters.replace(" ", "") != "".join(part for part, _ in right):
        return Match.WRONG
    at = 0
    missing = wrong = False
    for part, tone in right:
        got = next((t for t in typed_tones[at : at + len(part)] if t), 0)
        at += len(part)
        missing |= got == 0 and tone != 5
        wrong |= got not in (0, tone)
    if wrong:
        return Match.TONES_WRONG
    return Match.TONES_MISSING if missing else Match.EXACT
