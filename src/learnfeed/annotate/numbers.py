"""Numbers read aloud in Chinese: 2025年 is èr líng èr wǔ nián, 25 is èr shí wǔ, 12:30 shí èr diǎn sān shí fēn.

Sources: GB/T 15835-2011 (numerals in publications) for dates, years and digit by digit; Lü Shuxiang (ed.)
1999, 现代汉语八百词, under 二 and 两; yāo for 1 in telephone numbers as usual in mainland China.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from learnfeed.core.text import Token, TokenKind

_DIGITS = "零一二三四五六七八九"
_TELEPHONE = "零幺二三四五六七八九"
_SYLLABLES = {
    **dict(
        zip(_DIGITS, ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3"), strict=True)
    ),
    "幺": "yao1",
    "两": "liang3",
    "十": "shi2",
    "百": "bai3",
    "千": "qian1",
    "万": "wan4",
    "亿": "yi4",
    "点": "dian3",
    "分": "fen1",
    "秒": "miao3",
    "之": "zhi1",
    "比": "bi3",
    "到": "dao4",
    "负": "fu4",
    "年": "nian2",
    "月": "yue4",
    "日": "ri4",
    "摄": "she4",
    "氏": "shi4",
    "度": "du4",
    "元": "yuan2",
    "美": "mei3",
    "欧": "ou1",
    "英": "ying1",
    "镑": "bang4",
}
_LONGEST_VALUE = 12
_PLAIN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%|‰|°C|°)?")
_DATE = re.compile(r"((?:19|20)\d\d)([./-])(\d{1,2})\2(\d{1,2})")
_TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")
_SCORE = re.compile(r"(\d{1,3}):(\d{1,3})")
_FRACTION = re.compile(r"(\d{1,4})/(\d{1,4})")
_RANGE = re.compile(r"(\d+(?:\.\d+)?%?)[-~–—](\d+(?:\.\d+)?%?)")
_VERSION = re.compile(r"\d+(?:\.\d+){2,}")
_DIALLED = re.compile(r"\+?\d+(?:-\d+)+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_CALLED = re.compile(r"(?:电话|手机|热线|号码|拨打?|打)[:：]?\Z")
_CALLS = re.compile(r"报警|急救|热线|电话")
_COMPACT_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_BORN = re.compile("后(?!面|来|天)")
_PAIRED = re.compile(
    "[个只条张本件次天年岁位家块元点周万千亿人杯瓶碗斤米双对套种场部辆台首遍口步层棵朵把包盒份篇句名]"
    "|小时|分钟|秒|星期|公里|公斤|厘米"
)
"""Before these a single 2 is liǎng, unless 第 stands before it."""
_SUFFIX = {"%": "百分之", "‰": "千分之"}
_UNIT = {"°C": "摄氏度", "°": "度"}
_CURRENCY = {"￥": "元", "¥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑"}
_LARGE = frozenset("百千万亿")
_MONEY = frozenset({"元", "块", "块钱", "美元", "美金", "欧元", "英镑", "人民币"})
_MINUS = frozenset({"-", "−", "－"})


def aloud(tokens: Sequence[Token]) -> dict[int, tuple[str, ...]]:
    """How the numbers of a text are read aloud, with signs and currencies.

    Args:
        tokens: All tokens of a text, in order.

    Returns:
        By index of a token its syllables. A currency's name comes after the number (￥25 is èr shí wǔ
        yuán), for ￥3万 with the 万. Numbers that are not understood are left out.
    """
    texts = [unicodedata.normalize("NFKC", token.text) for token in tokens]
    out: dict[int, tuple[str, ...]] = {}
    for number, token in enumerate(tokens):
        if token.kind is not TokenKind.NUMBER:
            continue
        said = read_number(
            token.text, "".join(texts[number + 1 : number + 4]), "".join(texts[max(0, number - 3) : number])
        )
        if not said:
            continue
        before = tokens[number - 1].text if number else ""
        out[number] = _sign(tokens, number) + said
        currency = _CURRENCY.get(before, "")
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        if currency and following and following.text in _LARGE and following.reading:
            out[number + 1] = following.reading.syllables + _spell(currency)
        elif currency and not (following and following.text in _MONEY):
            out[number] += _spell(currency)
    return out


def _sign(tokens: Sequence[Token], number: int) -> tuple[str, ...]:
    """负 where a minus stands before the number and nothing stands right before the minus."""
    if not number or tokens[number - 1].text not in _MINUS:
        return ()
    joined = number > 1 and tokens[number - 2].kind in {TokenKind.NUMBER, TokenKind.LATIN}
    return () if joined else _spell("负")


def read_number(text: str, following: str = "", before: str = "") -> tuple[str, ...]:
    """The syllables of a number written in digits.

    Args:
        text: ``25``, ``3.5``, ``1,200``, ``80%``, ``12:30``, ``2025-03-05``, ``1/3``, ``2-3``, a telephone
            number; digits may be full-width.
        following: What stands after it: before 年 four digits are a year, read one by one.
        before: What stands before it: after 电话 digits are dialled, after 第 a 2 is èr.

    Returns:
        Syllables with tone numbers; empty for what is none of these. Numbers of more than twelve digits, or
        with a leading zero, are read digit by digit.
    """
    plain = unicodedata.normalize("NFKC", text)
    if _is_dialled(plain, following, before):
        return _spell("".join(_TELEPHONE[int(c)] for c in plain if c.isdecimal()))
    if plain == "2" and _PAIRED.match(following) and not before.endswith("第"):
        return _spell("两")
    for pattern, words in _READERS:
        match = pattern.fullmatch(plain)
        said = words(match) if match else ""
        if said:
            return _spell(said)
    match = _PLAIN.fullmatch(plain)
    return _spell(_plain(match, following)) if match else ()


def _spell(words: str) -> tuple[str, ...]:
    return tuple(_SYLLABLES[char] for char in words)


def _is_dialled(plain: str, following: str, before: str) -> bool:
    """Whether a number is a telephone number."""
    digits = sum(map(str.isdecimal, plain))
    if _DIALLED.fullmatch(plain):
        return digits >= 7 and not _DATE.fullmatch(plain) and (plain[0] in "0+" or digits >= 10)
    if not plain.isdecimal():
        return False
    short = 3 <= digits <= 5 and plain[0] == "1" and bool(_CALLED.search(before) or _CALLS.match(following))
    return bool(_MOBILE.fullmatch(plain)) or short or (digits >= 7 and bool(_CALLED.search(before)))


def _by_digit(digits: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in digits)


def _value(digits: str) -> str:
    by_digit = len(digits) > _LONGEST_VALUE or (len(digits) > 1 and digits[0] == "0")
    return _by_digit(digits) if by_digit else hanzi_of(int(digits))


def _plain(match: re.Match[str], following: str) -> str:
    whole, fraction, unit = match.groups()
    digits = whole.replace(",", "")
    is_single = "," not in whole and not fraction and not unit
    is_year = following.startswith("年") and (
        len(digits) == 4 or (len(digits) == 2 and digits[0] in "06789" and not following.startswith("年代"))
    )
    is_cohort = len(digits) == 2 and bool(_BORN.match(following)) and digits[1] in "05"
    if is_single and (is_year or is_cohort or _COMPACT_DATE.fullmatch(digits)):
        return _by_digit(digits)
    words = _value(digits) + ("点" + _by_digit(fraction) if fraction else "")
    return _SUFFIX.get(unit, "") + words + _UNIT.get(unit, "")


def _decimal(text: str) -> str:
    match = _PLAIN.fullmatch(text)
    return _plain(match, "") if match else ""


def _date(match: re.Match[str]) -> str:
    year, _, month, day = match.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return ""
    return f"{_by_digit(year)}年{hanzi_of(int(month))}月{hanzi_of(int(day))}日"


def _time(match: re.Match[str]) -> str:
    hour, minute, second = match.groups()
    if int(hour) > 24:
        return ""
    words = ("两" if int(hour) == 2 else hanzi_of(int(hour))) + "点"
    if minute != "00" or second:
        words += ("零" if minute == "00" else _value(minute)) + "分"
    return words + (_value(second) + "秒" if second else "")


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_DATE, _date),
    (_TIME, _time),
    (_SCORE, lambda m: f"{_value(m[1])}比{_value(m[2])}"),
    (_FRACTION, lambda m: f"{_value(m[2])}分之{_value(m[1])}" if int(m[1]) < int(m[2]) else ""),
    (_RANGE, lambda m: f"{_decimal(m[1])}到{_decimal(m[2])}"),
    (_VERSION, lambda m: "点".join(_value(part) for part in m[0].split("."))),
)


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
