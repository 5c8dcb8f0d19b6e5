"""Numbers read aloud in Chinese: 2025年 is èr líng èr wǔ nián, 25 is èr shí wǔ."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = "零一二三四五六七八九"
_SYLLABLES = {
    **dict(
        zip(_DIGITS, ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3"), strict=True)
    ),
    "十": "shi2",
    "百": "bai3",
    "千": "qian1",
    "万": "wan4",
    "亿": "yi4",
    "点": "dian3",
    "分": "fen1",
    "之": "zhi1",
}
_PLAIN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%)?")
_LONGEST_VALUE = 12


def read_number(text: str, following: str = "") -> tuple[str, ...]:
    """The syllables of a number written in digits.

    Args:
        text: ``25``, ``3.5``, ``1,200``, ``80%``; digits may be full-width.
        following: The character after it: before 年 four digits are a year, read one by one.

    Returns:
        Syllables with tone numbers; empty for what is no plain number (``12:30``, ``1-2``). Numbers of
        more than twelve digits, or with a leading zero, are read digit by digit.
    """
    match = _PLAIN.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None:
        return ()
    whole, fraction, percent = match.groups()
    digits = whole.replace(",", "")
    is_year = following == "年" and len(digits) in (2, 4) and "," not in whole
    by_digit = is_year or len(digits) > _LONGEST_VALUE or (len(digits) > 1 and digits[0] == "0")
    words = "".join(_DIGITS[int(d)] for d in digits) if by_digit else hanzi_of(int(digits))
    if fraction:
        words += "点" + "".join(_DIGITS[int(d)] for d in fraction)
    if percent:
        words = "百分之" + words
    return tuple(_SYLLABLES[char] for char in words)


def hanzi_of(value: int) -> str:
    """A whole number below 10¹² in hanzi: 10203 is 一万零二百零三.

    Raises:
        ValueError: The number is negative or too large.
    """
    if not 0 <= value < 10**_LONGEST_VALUE:
        raise ValueError(f"{value} is not in 0…10^12")
    if value == 0:
        return _DIGITS[0]
    out = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, value = divmod(value, unit)
        if part:
            gap = out and part < 1000
            out += ("零" if gap else "") + _below_ten_thousand(part) + name
    return out.removeprefix("一") if out.startswith("一十") else out


def _below_ten_thousand(value: int) -> str:
    out = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            out += _DIGITS[digit] + name
        elif out and value and not out.endswith("零"):
            out += "零"
    return out
