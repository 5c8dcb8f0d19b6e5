"""The value of Chinese numerals, for matching them with English ones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGITS = {d: i for i, d in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
    "壹": 1,
    "半": 0.5,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_COUNTED = "年月日号號时點点分秒元块塊岁歲个個天次度只位"
_ARABIC = re.compile(rf"(\d+(?:\.\d+)?)([十百千万萬亿億]?)[{_COUNTED}%]?")


@lru_cache(maxsize=4096)
def quantity(word: str) -> float | None:
    """The value of a numeral in Chinese or Arabic digits, with or without 第 and a measure word.

    Returns:
        Its value, or None when the word is no numeral: ``十八`` → 18, ``第3天`` → 3, ``2万`` → 20,000.
    """
    if len(word) > 16:
        return None
    plain = unicodedata.normalize("NFKC", word).replace(",", "").removeprefix("第")
    if match := _ARABIC.fullmatch(plain):
        return float(match.group(1)) * _UNITS.get(match.group(2), 1)
    core = plain[:-1] if len(plain) > 1 and plain[-1] in _COUNTED else plain
    if not core or any(c not in _DIGITS and c not in _UNITS for c in core):
        return None
    if len(core) > 1 and all(c in _DIGITS for c in core):
        return float("".join(str(int(_DIGITS[c])) for c in core))
    return _composed(core)


def _composed(core: str) -> float:
    """The value of a numeral written with units: ``二百零五`` → 205."""
    total = section = digit = 0.0
    for char in core:
        unit = _UNITS.get(char)
        if unit is None:
            digit = _DIGITS[char]
            continue
        if unit >= 10_000:
            total, section = (total + section + digit) * unit, 0.0
        else:
            section += (digit or 1) * unit
        digit = 0.0
    return total + section + digit
