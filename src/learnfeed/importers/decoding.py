"""Bytes to text: marks at the start, UTF-8, UTF-16 without a mark, GB 18030 and Big5, files that mix them.

GB 18030 decodes almost any Big5 text without an error, so the two are told apart by how common the
characters are that come out (the same idea as in Mozilla's universal charset detector).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日"
    "军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相"
    "见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名"
    "真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市"
    "直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路"
    "记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运早茶猫雪课喝谢爱吃买"
    "哈呀啊吧呢吗哦嗯噢哪谁怎哥姐妈爸狗饭水果车票钱元岁热冷红黄蓝绿黑快慢远近左右您喜欢睡觉醒窗句词语汉英"
    # the same and others in traditional characters
    "這個們來為國說時會對於後過發裡里經麼學現當沒動還進樣實軍無長機關點業將兩間問應戰頭體見產關話內門"
    "東聲員論處義幾認條係氣題爾變總電數報結務場計資統區隊決馬書則聽達強難權設記類據邊張該規萬覺術領確傳師"
    "觀讓識帶導爭運貓課謝愛買嗎誰媽飯車錢歲熱紅黃藍綠遠歡醒語漢臺灣著裏邊師說外面全白早上"
)
_CJK_MARKS = frozenset("，。！？、；：“”‘’（）《》…—～「」『』　·【】")
_BLOCK = 1 << 16


def detect(head: bytes) -> str:
    """The encoding of a file, from its first bytes (whole lines of it, best 1 MiB).

    Returns:
        A Python codec name. ``utf-8`` also stands for files that are mainly UTF-8 with damaged or
        foreign lines: read such a file line by line with :func:`decode_line`.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    wide = _wide(head)
    if wide:
        return wide
    if _fits(head, "utf-8") or _mostly_utf8(head):
        return "utf-8"
    return _best_legacy(head) or "utf-8"


def mark_length(head: bytes, encoding: str) -> int:
    """How many bytes at the start are the byte order mark of an encoding."""
    return next((len(mark) for mark, name in _MARKS if name == encoding and head.startswith(mark)), 0)


def decode(data: bytes, encoding: str) -> tuple[str, list[int]]:
    """Decodes a whole text.

    Returns:
        The text without its mark, and the numbers (from 1) of lines that were damaged.
    """
    data = data[mark_length(data, encoding) :]
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        pass
    if encoding == "utf-8" and (cut := _cut_utf8(data)):
        return cut, [cut.count("\n") + 1]
    if encoding.startswith(("utf-16", "utf-32")):
        text = data.decode(encoding, "replace")
        return text, [n for n, line in enumerate(text.split("\n"), 1) if "\ufffd" in line]
    lines: list[str] = []
    damaged: list[int] = []
    for number, raw in enumerate(data.split(b"\n"), 1):
        line, broken = decode_line(raw, encoding)
        lines.append(line)
        if broken:
            damaged.append(number)
    return "\n".join(lines), damaged


def decode_line(raw: bytes, encoding: str) -> tuple[str, bool]:
    """One line, in the file's encoding or, where that fails, in the likeliest other one.

    Returns:
        The text and whether characters were lost (they stand as U+FFFD).
    """
    for name in dict.fromkeys((encoding, "utf-8")):
        if _strict(raw, name):
            return raw.decode(name), False
    cut = _cut_utf8(raw)
    if cut:
        return cut, True
    other = _best_legacy(raw)
    if other and _strict(raw, other):
        return raw.decode(other), False
    return raw.decode(encoding, "replace"), True


def _cut_utf8(raw: bytes) -> str:
    """UTF-8 that ends inside a character, as far as it goes, with U+FFFD; empty for anything else.

    One whole character beside ASCII is asked for: two bytes at the end of a line may be GBK as well.
    """
    try:
        text = codecs.getincrementaldecoder("utf-8")("strict").decode(raw)
    except UnicodeDecodeError:
        return ""
    return "" if text.isascii() else text + "\ufffd"


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding: control characters make up more than a tenth."""
    if not head:
        return False
    text, _ = decode(head, detect(head))
    odd = sum(1 for c in text if (c < " " and c not in "\t\n\r\f\x1b\0\x0b") or c == "\ufffd")
    return odd * 10 > len(text) or text.count("\0") * 2 > len(text)


def decode_stream(chunks: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Decodes a stream of bytes as it comes; what can't be read stands as U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    first = True
    for chunk in chunks:
        text = decoder.decode(chunk[mark_length(chunk, encoding) :] if first else chunk)
        first = False
        if text:
            yield text
    rest = decoder.decode(b"", final=True)
    if rest:
        yield rest


def _strict(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _fits(head: bytes, encoding: str) -> bool:
    """Whether bytes decode, a character cut off at the end forgiven."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: zero bytes on one side only, or text that is common in UTF-16 alone."""
    if b"\0" not in head or len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if _fits(head, "utf-8"):
        return ""
    scored = [(_score(head, name), name) for name in ("utf-16-be", "utf-16-le")]
    best, name = max(scored)
    return name if best > 0.3 else ""


def _mostly_utf8(head: bytes) -> bool:
    lines = [line for line in head[:_BLOCK].split(b"\n") if not line.isascii()]
    good = sum(1 for line in lines if _strict(line, "utf-8"))
    return good * 2 >= len(lines) > 0


def _best_legacy(raw: bytes) -> str:
    """The likeliest 8-bit encoding that holds the bytes; empty when none does."""
    scored = [
        (_score(raw, name), -i, name) for i, name in enumerate(("gb18030", "big5hkscs")) if _fits(raw, name)
    ]
    best = max(scored, default=(0.0, 0, ""))
    if best[0] > 0.15:
        return best[2]
    high = sum(1 for b in raw if b >= 0x80)
    # A few accents in Latin text make a Chinese character with the letter after them.
    if high * 6 < len(raw) and _fits(raw, "cp1252"):
        return "cp1252"
    return best[2]


def _score(raw: bytes, encoding: str) -> float:
    """Share of common characters among all that are not ASCII, 0–1."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(raw[:_BLOCK])
    seen = [c for c in text if c > "\x7f"]
    if not seen:
        return 0.0
    return sum(1 for c in seen if c in _COMMON or c in _CJK_MARKS) / len(seen)
