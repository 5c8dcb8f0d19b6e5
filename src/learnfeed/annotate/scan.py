"""What a stretch of text is before anyone looks for words: hanzi, Latin, number, emoji, mark, address.

The pieces of a text, joined, are that text again; no string is refused.
"""

from __future__ import annotations

import re
from enum import Enum

from learnfeed.core.text import TokenKind

HANZI = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""As in a character class: ideographs of all planes, 〇 and the repetition mark 々."""

_PICTURE = (
    r"[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    r"\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_SKIN = r"[\U0001f3fb-\U0001f3ff]"
_ONE_EMOJI = rf"{_PICTURE}(?:\ufe0f|\ufe0e)?{_SKIN}?(?:\u20e3)?[\U000e0020-\U000e007f]*"
_LETTER = (
    r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"
    r"\u0300-\u036f"
)


class Piece(Enum):
    """What a stretch is; finer than a token's kind.

    Attributes:
        kind: The kind of token that it becomes when no word is found in it.
        in_word: Whether it may be part of a word together with other pieces: 卡拉OK.
    """

    HANZI = "hanzi", TokenKind.WORD, True
    MIXED = "mixed", TokenKind.WORD
    LATIN = "latin", TokenKind.LATIN, True
    NUMBER = "number", TokenKind.NUMBER, True
    EMOJI = "emoji", TokenKind.EMOJI
    CODE = "code", TokenKind.EMOJI
    ADDRESS = "address", TokenKind.OTHER
    MENTION = "mention", TokenKind.NAME
    TOPIC_MARK = "topic_mark", TokenKind.OTHER
    PUNCTUATION = "punctuation", TokenKind.PUNCTUATION
    BLANK = "blank", TokenKind.OTHER
    OTHER = "other", TokenKind.OTHER

    def __init__(self, _: str, kind: TokenKind, in_word: bool = False) -> None:
        self.kind = kind
        self.in_word = in_word


Stretch = tuple[Piece, int, int]
"""A stretch of one sort: what it is, where it begins and ends. A plain tuple, as every run of a text is one."""


_PATTERN = re.compile(
    rf"""(?P<ADDRESS>https?://[^\s{HANZI}（）()，。！？、；：“”《》【】]+|www\.[^\s{HANZI}（），。！？、；：]+
        |[A-Za-z0-9][\w.+-]{{0,63}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z]{{2,24}})+)
    |(?P<MENTION>[@＠][\w·\-]{{1,24}})
    |(?P<TOPIC_MARK>\[(?:话题|商品|地区|自定义|品牌|地点|店铺|影视)\]\#?|[\#＃](?=[\w{HANZI}])|(?<=[\w{HANZI}])[\#＃])
    |(?P<CODE>\[[{HANZI}A-Za-z]{{1,8}}[RH]?\])
    |(?P<EMOJI>[\U0001f1e6-\U0001f1ff]{{2}}|[0-9\#*]\ufe0f?\u20e3|{_ONE_EMOJI}(?:\u200d{_ONE_EMOJI})*)
    |(?P<BLANK>\s+)
    |(?P<HANZI>[{HANZI}]+)
    |(?P<NUMBER>[0-9０-９]+(?:[.,:：．/\-][0-9０-９]+)*(?:\.[0-9]+)?(?:%|％|‰|°C|℃|°)?)
    |(?P<LATIN>[{_LETTER}][{_LETTER}0-9_]*(?:(?:['’&.+\-](?=[{_LETTER}]))[{_LETTER}0-9]+)*)
    |(?P<OTHER>(?:(?![{HANZI}{_LETTER}0-9])[^\W_])+|[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\U000e0000-\U000e0fff]+)
    |(?P<PUNCTUATION>(?P<mark>[^\w\s])(?P=mark)*|_+)
    """,
    re.VERBOSE,
)


_PIECE = Piece.__members__ | {"mark": Piece.PUNCTUATION}


def scan(text: str, start: int = 0, stop: int | None = None) -> list[Stretch]:
    """Cuts a text into stretches; every character lies in exactly one.

    Args:
        text: Any string.
        start: Where to begin.
        stop: Where to end; the end of the text when None.
    """
    out: list[Stretch] = []
    at = start
    end = len(text) if stop is None else stop
    for match in _PATTERN.finditer(text, start, end):
        begins, ends = match.span()
        if begins > at:
            out.append((Piece.OTHER, at, begins))
        out.append((_PIECE[match.lastgroup or "mark"], begins, ends))
        at = ends
    if at < end:
        out.append((Piece.OTHER, at, end))
    return out
