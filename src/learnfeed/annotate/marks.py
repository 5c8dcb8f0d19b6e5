"""What stands in a post but is no sentence of it: addresses, topics, names, app text, numbering."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

HANZI = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LINE_START = r"(?m:^)[^\S\n]*+"


class Mark(NamedTuple):
    """A stretch that belongs to no sentence.

    Attributes:
        start, end: Where it stands.
        named: Whether it is a thing of its own (a topic, a name) rather than layout (a number, a time).
    """

    start: int
    end: int
    named: bool


_GAP = r"[^\S\n]*+"
_RULE = r"[-—–=*·•]*"
_MARKER = (
    r"EN|CN|ZH|ENG|Eng|English(?:\ translation)?|Chinese|Mandarin|Pinyin|[Tt]ranslation|TRANSLATION"
    r"|中文(?:翻译)?|英文(?:翻译)?|英语|汉语|拼音|中译英?|英译中?|机翻|翻译|译文|译|原文|中|英"
)
_HEADING = (
    r"English(?:\ below)?|Chinese|中文|英文|[Tt]ranslation|TRANSLATION|Translated|翻译|译文|原文"
    r"|See\ translation|查看翻译|查看译文|已翻译|由\S{1,12}翻译"
)
_COLUMN = (
    r"(?:中文|英文|拼音|汉字|词语|单词|意思|释义|例句|English|Chinese|Pinyin|Hanzi|Meaning|Word|Translation)"
)
_BADGES = rf"(?:(?:作者|置顶(?:评论)?|Author|Pinned){_GAP})*"
_TIME = (
    rf"(?:编辑于{_GAP})?(?:\d+{_GAP}(?:秒|分钟|小时|天|周|个月|年)前|刚刚|昨天|前天|\d{{4}}-\d\d-\d\d|\d\d-\d\d"
    r"|\d+\ ?(?:s|m|h|d|w|min|mins|hours?|days?|weeks?)(?:\ ago)?)(?:[^\S\n]+\d\d:\d\d(?::\d\d)?)?"
)
_PLACE = rf"(?:{_GAP}[·|]?{_GAP}(?:来自)?[{HANZI}]{{2,4}})??"
_BUTTONS = rf"(?:{_GAP}[·|]?{_GAP}(?:回复|赞|点赞|Reply|Like|Translate|翻译|[♥♡❤️👍]*{_GAP}\d+))*"
_BUTTON = (
    rf"展开{_GAP}\d*{_GAP}条回复|展开|收起|回复|赞|点赞|收藏|分享|评论|Reply|View\ \d+\ (?:more\ )?repl(?:y|ies)"
    rf"|共{_GAP}\d+{_GAP}条评论|说点什么\S{{0,3}}|作者|置顶评论|首评|-\ THE\ END\ -"
)
_NAMED = re.compile(
    rf"""https?://[^\s{HANZI}（）)]+|www\.[^\s{HANZI}（）)]+
    |{_LINE_START}(?:回复|Reply(?:ing)?\ to){_GAP}@[^\s:：]{{1,20}}{_GAP}[:：]?
    |@[\w·\-]{{1,20}}
    |\[[^\s\[\]]{{1,8}}R\]
    |[\[【(（]\s*(?:EN|CN|ZH|ENG|CHN|中文|英文|中|英|翻译|译文|原文|中译|英译|双语)\s*[\])）】](?:{_GAP}[:：])?
    |{_LINE_START}(?:{_MARKER}){_GAP}[:：]
    |{_LINE_START}(?:{_RULE}{_GAP})(?:{_HEADING})(?:{_GAP}[-—–=*·•👇⬇️↓]*){_GAP}(?m:$)
    |{_LINE_START}\|?{_GAP}{_COLUMN}(?:{_GAP}[|｜/]{_GAP}{_COLUMN})+{_GAP}\|?{_GAP}(?m:$)
    |{_LINE_START}{_BADGES}{_TIME}{_PLACE}{_BUTTONS}{_GAP}(?m:$)
    |{_LINE_START}(?:{_BUTTON})(?:{_GAP}\d+)?{_GAP}(?m:$)
    """,
    re.VERBOSE,
)
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_NUMBERS = (
    r"[（(]?\d{1,3}[)）]|\d{1,3}[.．、](?!\d)|\#\d{1,3}\b|[①-⑳❶-❿]|\d️?⃣"
    r"|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]"
)
_LAYOUT = re.compile(
    rf"""{_LINE_START}(?:\d+{_GAP}\n)?{_GAP}{_CLOCK}[.,]\d{{1,3}}{_GAP}-->[^\n]*
    |{_LINE_START}[\[(（]?{_CLOCK}(?:[.,]\d{{1,3}})?[\])）]?(?:{_GAP}[-–~—→]{_GAP}{_CLOCK})?(?![\d:])
    |{_LINE_START}\d{{1,4}}{_GAP}(?=\n)
    |{_LINE_START}(?:{_NUMBERS}|[-•*·▪▫◦‣►▶✅☑✔✨👉🔸🔹]){_GAP}
    |{_LINE_START}(?:[A-Z甲乙丙丁问答]|Q\d{{1,2}}|A\d{{1,2}}|[（(][A-H][)）]){_GAP}[:：.．、)）](?=\D){_GAP}
    |(?<=[\s。？！?!])[A-H][.．、)](?=\s?\S)
    |[①-⑳❶-❿]
    |(?<=[^\S\n])(?:n|v|vt|vi|adj|adv|prep|conj|pron|num|phr|mw)\.(?=[^\S\n])
    """,
    re.VERBOSE,
)
_TOPIC = re.compile(r"#[^#\s]{1,30}?(?:\[[^\]\n]{1,6}\])#|#[^#\s@]{1,30}#|#[\w&]+")
_CODE = re.compile(rf"\[[{HANZI}A-Za-z0-9]{{1,8}}\]")
_REPLY = re.compile(
    r"(?m)^[^\S\n]*(\S{1,16})[^\S\n]*(?:回复|▸|▶|>|replied to|replying to)[^\S\n]*@?(\S{1,16}?)[^\S\n]*[:：]?[^\S\n]*$"
)
_BEFORE_TOPIC = re.compile(
    r"(?i)\b(?:the|a|an|my|our|this|that|in|at|on|of|for|to|about|during|from|with|is|love)[^\S\n]*$"
)
_HANZI_END = re.compile(rf"[{HANZI}]$")
_HANZI_START = re.compile(rf"[{HANZI}]")
_JOINING = re.compile(r"[在的过是和跟爱玩看到去于]\s?$")


def _in_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether a topic is a word of the sentence it stands in, as in 我在#春节#期间."""
    line = text.rfind("\n", 0, match.start()) + 1
    before, after = text[line : match.start()], text[match.end() : match.end() + 1]
    if _HANZI_END.search(before) and _HANZI_START.match(after):
        return True
    if before.strip() and after in tuple("。，,.!?！？"):
        return True
    return bool(_BEFORE_TOPIC.search(before) or _JOINING.search(before))


def _nicknames(text: str) -> Iterator[Mark]:
    """Lines that only name who speaks to whom, and every line that is one of these names."""
    names: set[str] = set()
    for match in _REPLY.finditer(text):
        names |= {match.group(1), match.group(2)}
        yield Mark(match.start(1), match.end(1), named=True)
        yield Mark(match.end(1), match.start(2), named=True)
        yield Mark(match.start(2), match.end(2), named=True)
    if names:
        any_name = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        for match in re.finditer(rf"(?m)^[^\S\n]*({any_name})[^\S\n]*[:：]?[^\S\n]*$", text):
            yield Mark(match.start(1), match.end(1), named=True)


_SPEAKER = re.compile(rf"(?m)^[^\S\n]*([{HANZI}A-Za-z0-9_·]{{1,10}})[^\S\n]*[:：](?!//)")
_SPEAKER_SHARE = 0.6
_NOT_BLANK_LINE = re.compile(r"(?m)^.*\S")


def _speakers(text: str) -> Iterator[Mark]:
    """Who speaks, in a talk where most lines begin with a name and one name comes again."""
    found = list(_SPEAKER.finditer(text))
    names = [match.group(1) for match in found]
    if len(set(names)) < 2 or len(set(names)) == len(names):
        return
    if len(found) >= _SPEAKER_SHARE * len(_NOT_BLANK_LINE.findall(text)):
        yield from (Mark(match.start(1), match.end(), named=True) for match in found)


def find_marks(text: str, is_emoji_code: Callable[[str], bool]) -> list[Mark]:
    """All stretches of a text that belong to no sentence, in order; they may touch but not overlap.

    Args:
        text: The text of a post, a title or a comment.
        is_emoji_code: Says whether a word in square brackets is a picture of the app (``doge``).
    """
    found = [Mark(m.start(), m.end(), named=True) for m in _NAMED.finditer(text)]
    found += [Mark(m.start(), m.end(), named=False) for m in _LAYOUT.finditer(text)]
    found += [
        Mark(m.start(), m.end(), named=True) for m in _TOPIC.finditer(text) if not _in_sentence(text, m)
    ]
    found += [
        Mark(m.start(), m.end(), named=True) for m in _CODE.finditer(text) if is_emoji_code(m.group()[1:-1])
    ]
    if "回复" in text or "repl" in text or "▸" in text or "▶" in text or ">" in text:
        found += _nicknames(text)
    found += _speakers(text)
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        start = max(mark.start, kept[-1].end) if kept else mark.start
        if start < mark.end:
            kept.append(Mark(start, mark.end, mark.named))
    return kept
