"""From what a file says to the domain's values: every field cleaned, coerced or left empty, never raising."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

from learnfeed.core.ids import content_hash
from learnfeed.core.post import Block, BlockRole, Comment, Count, Media, MediaKind, Moment, parse_count
from learnfeed.importers import limits
from learnfeed.importers.text import clean, clean_line, strip_token

_NOTHING = frozenset(("", "none", "null", "nan", "undefined", "未知", "unknown", "n/a"))
_SAFE_ID = re.compile(r"[\w:@=+-][\w.:@=+-]{0,199}")
_TOPIC = re.compile(r"#([^#\n\[\]]{1,100})\[话题\]#?")
_HASHTAG = re.compile(r"(?<![\w#&/])[#＃]([^\s#＃\[\](){}，。！？、；：,.!?;:\"'“”‘’…]{1,100})#?")
_TAG_LINE = re.compile(r"(?:[#＃][^\s#＃]{1,100}#?\s*)+")
_UNTITLED = frozenset(("无标题", "無標題", "untitled"))
_TWITTER_TIME = "%a %b %d %H:%M:%S %z %Y"
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def string(value: object) -> str:
    """A cleaned text of several lines; empty for what is no text or number."""
    if isinstance(value, str):
        return clean(value[: limits.POST_CHARS.value])
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**40:
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return str(value)
    return ""


def line(value: object, most: int = limits.NAME_CHARS.value) -> str:
    """A cleaned text on one line, shortened to a limit; empty also for ``None``, ``未知`` and the like."""
    # Most values are short, and cleaning them once is enough.
    short = isinstance(value, str) and len(value) <= most * 8
    text = clean_line(value if short else string(value)[: most * 8])[:most]  # type: ignore[arg-type]
    return "" if text.casefold() in _NOTHING else text


def ident(value: object) -> str:
    """An id; empty for what could be a path or is no id, so that nothing is ever opened by it."""
    text = line(value, 2 * limits.NAME_CHARS.value)
    return text if _SAFE_ID.fullmatch(text) and ".." not in text else ""


def link(value: object) -> str:
    """A web address without tokens; empty for anything else."""
    return strip_token(value) if isinstance(value, str) else ""


def count(value: object) -> Count:
    """A count as the site shows it, its raw text cleaned; ``-1`` and the like have no value."""
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return Count()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return parse_count(line(value, 40))


def moment(value: object, zone: tzinfo | None = None) -> Moment | None:
    """A point in time, from seconds, milliseconds or microseconds since 1970, or from a written date.

    Args:
        value: The number or text. 10-digit numbers are seconds, 13 digits milliseconds.
        zone: The zone of written dates that name none; without it they stay naive.

    Returns:
        The moment; None for zero, before 1990, beyond year 9999 and what is no date.
    """
    raw = line(value, 80)
    if not raw or raw == "0" or isinstance(value, bool):
        return None
    at = _from_number(raw) or _from_text(raw, zone)
    if at is None or at.replace(tzinfo=at.tzinfo or UTC) < _EARLIEST:
        return None
    return Moment(at, raw)


def _from_number(raw: str) -> datetime | None:
    if not re.fullmatch(r"\d{9,17}(?:\.\d{1,9})?", raw):
        return None
    number = float(raw)
    while number > 1e11:
        number /= 1000
    try:
        return datetime.fromtimestamp(number, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _from_text(raw: str, zone: tzinfo | None) -> datetime | None:
    text = raw.removesuffix(" UTC")
    for parse in (datetime.fromisoformat, _zoned_blank, _twitter, parsedate_to_datetime):
        try:
            at = parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if at.tzinfo is None:
            at = at.replace(tzinfo=UTC if text != raw else zone)
        return at
    return None


def _zoned_blank(text: str) -> datetime:
    """``2025-01-16 20:31:05 +08:00``: a blank before the zone, slashes in the date."""
    return datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", text.replace("/", "-")))


def _twitter(text: str) -> datetime:
    return datetime.strptime(text, _TWITTER_TIME)  # noqa: DTZ007 - the pattern holds %z


def millis(at: Moment | None) -> int:
    """A moment in Unix milliseconds, for revisions; 0 when unknown. A naive time counts as UTC."""
    if at is None:
        return 0
    when = at.at if at.zone_known else at.at.replace(tzinfo=UTC)
    return int(when.timestamp() * 1000)


def topics(value: object, extra: Iterable[str] = ()) -> tuple[str, ...]:
    """Tags from a list, from objects with a name, or from comma-joined text; no doubles, at most 500."""
    if isinstance(value, str):
        value = re.split(r"[,，]", value[: limits.POST_CHARS.value])
    names: dict[str, None] = {}
    for item in (*(value if isinstance(value, list | tuple) else ()), *extra):
        name = line(item.get("name") if isinstance(item, dict) else item, 100)
        name = name.strip("#＃ ").removesuffix("[话题]")
        if name:
            names[name] = None
        if len(names) >= limits.TAGS.value:
            break
    return tuple(names)


def split_topics(text: str) -> tuple[str, tuple[str, ...]]:
    """A text and the topics written into it.

    ``#学中文[话题]#`` becomes ``#学中文``. Lines at the end that hold nothing but topics are dropped:
    they are tags, no reading.

    Returns:
        The text, blanks at its ends removed, and the topics without ``#``.
    """
    found: list[str] = _TOPIC.findall(text)
    text = _without_marks(text) if found else text
    lines = [each.rstrip() for each in text.split("\n")]
    while lines and (not lines[-1].strip() or _is_tag_line(lines[-1])):
        found += _HASHTAG.findall(lines.pop())
    body = "\n".join(lines).strip()
    found += _HASHTAG.findall(body[: limits.REGEX_CHARS])
    return body, topics(found)


def _is_tag_line(text: str) -> bool:
    """Whether a line holds topics only; each word is looked at once, so that 10,000 take no time."""
    words = text.split()
    return bool(words) and all(_TAG_LINE.fullmatch(word) for word in words)


def text_blocks(title: object, body: object, *, cut_at: int = 0) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Title and body as blocks, and the topics found in them.

    Args:
        title: As the file says; left out when it says "untitled" or only repeats the body's start.
        body: As the file says.
        cut_at: How many characters of the body a tool uses for a title when there is none.
    """
    heading = line(title, 1000)
    whole = string(body).strip()
    text, tags = split_topics(whole)
    flat = clean_line(whole)
    repeats = heading == flat or (
        cut_at > 0 and len(heading) > 100 and flat.startswith(heading.rstrip(".… "))
    )
    heading, more = split_topics(heading)
    if heading.casefold() in _UNTITLED or repeats:
        heading = ""
    blocks = (Block(heading, BlockRole.TITLE),) if heading else ()
    return blocks + ((Block(text),) if text else ()), topics([*tags, *more])


def comment(text: object, key: object = "", **fields: object) -> Comment | None:
    """A comment with its text cleaned; without an id its key is a hash of the text; None without text."""
    body, _ = split_topics_inline(string(text))
    if not body:
        return None
    seed = f"{fields.get('author', '')}\0{body}\0{fields.get('parent', '')}"
    return Comment(ident(key) or content_hash(seed), body, **fields)  # type: ignore[arg-type]


def split_topics_inline(text: str) -> tuple[str, tuple[str, ...]]:
    """A comment's text, its topics kept in place as ``#topic``, and the topics."""
    found: list[str] = _TOPIC.findall(text)
    return (_without_marks(text) if found else text).strip(), topics(found)


def _without_marks(text: str) -> str:
    """``#a[话题]##b[话题]#`` → ``#a #b``: a blank only where the next word would stick to the topic."""
    return re.sub(r"\x00(?=[\w#@])", " ", _TOPIC.sub("#\\1\x00", text)).replace("\x00", "")


def pictures(value: object, kind: MediaKind = MediaKind.IMAGE) -> tuple[Media, ...]:
    """Media known by address only, from a list or from text joined by commas or blanks."""
    if isinstance(value, str):
        value = re.split(r"[,\s]+", value[: limits.POST_CHARS.value])
    urls = [link(item) for item in value] if isinstance(value, list | tuple) else []
    return tuple(Media(kind, url=url) for url in dict.fromkeys(urls) if url)


def has_text(blocks: tuple[Block, ...]) -> bool:
    """Whether there is anything to read."""
    return any(block.text.strip() for block in blocks)
