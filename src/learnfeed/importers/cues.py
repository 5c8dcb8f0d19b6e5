"""Cues of captions: reading the formats, rolling captions unrolled, two languages brought together.

An own reader: the files that people have break the rules (no blank lines, reversed times, numbers that
are text), and nothing of what they say may be lost.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from learnfeed.core.post import Block, BlockRole
from learnfeed.importers.source import Source
from learnfeed.importers.text import clean, has_hanzi, has_latin, is_chinese, split_lines, unescape

_TIME = r"(-?)(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[,.:](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-{{1,3}}>\s*{_TIME}(?:\s+\S.*)?\s*")
_ASS_TIME = re.compile(r"(-?)(\d{1,3}):(\d{1,2}):(\d{1,2})(?:[.:,](\d{1,3}))?")
_LRC_STAMP = re.compile(r"\s*\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]")
_LRC_TAG = re.compile(r"\[([a-z]{2,8}):(.*)\]")
_WORD_TIME = re.compile(r"<\d{1,3}:\d\d(?:[.:]\d{1,3})?>|<\d\d:\d\d:\d\d\.\d{3}>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|font|span|s)(?:[.\s][^<>\n]{0,300})?>", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{[^{}\n]{0,2000}\}")
_DRAWING = re.compile(r"\{[^{}\n]*\\p[1-9]")
_HIDDEN = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")
_SLASH = re.compile(r"(?<!\s)\s++[/|｜]\s+")
_DEFAULT_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Cue:
    r"""Text between two times (seconds); several lines are separated by ``\\n``."""

    start: float
    end: float
    text: str
    style: str = ""


def parse_subtitles(source: Source) -> list[Cue]:
    """The cues of an SRT, VTT or ASS file in order of time; times that can't be right are mended and noted."""
    text = source.text().lstrip("\ufeff")
    lines = split_lines(text)
    if "Dialogue:" in text and re.search(r"^\[Script Info\]|^\[Events\]", text, re.MULTILINE):
        cues = list(_ass_cues(lines))
    else:
        cues = list(_timed_cues(source, lines, vtt=text.startswith("WEBVTT")))
    return sorted(_unrolled(cues), key=lambda cue: (cue.start, cue.end))


def _timed_cues(source: Source, lines: list[str], *, vtt: bool) -> Iterator[Cue]:
    """Cues by their timing lines alone, whatever stands between them."""
    starts = [i for i, line in enumerate(lines) if _TIMING.fullmatch(line[:300])]
    for order, at in enumerate(starts):
        following = starts[order + 1] if order + 1 < len(starts) else len(lines)
        body = lines[at + 1 : following]
        if order + 1 < len(starts):
            body = _without_index(body)
        match = _TIMING.fullmatch(lines[at][:300])
        numbers = match.groups() if match else ()
        start, end = _mended(source, _seconds(numbers[:5]), _seconds(numbers[5:]), at + 1)
        text = "\n".join(_visible(body))
        if text:
            yield Cue(start, end, _plain(text, vtt=vtt))


def _without_index(body: list[str]) -> list[str]:
    """A cue's lines without the number (or, in VTT, the name) of the next cue.

    The last line is a number of its own only directly before the next timing line; ``2025`` inside
    the text stays.
    """
    if body and body[-1].strip().isdecimal() and len(body) > 1:
        return body[:-1]
    if len(body) > 1 and body[-1].strip() and not body[-2].strip():
        return body[:-1]
    return body


def _visible(body: list[str]) -> Iterator[str]:
    """Lines up to the first empty one; after it only what is no comment and belongs to no cue counts.

    A line holding a single blank (YouTube) is no end.
    """
    hidden = False
    for line in body:
        if not line.strip():
            hidden = False
        elif _HIDDEN.match(line):
            hidden = True
        elif not hidden:
            yield line.strip()


def _seconds(parts: tuple[str | None, ...]) -> float:
    sign, hours, minutes, seconds, rest = parts
    value = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    fraction = float(f"0.{rest}") if rest else 0.0
    return -(value + fraction) if sign else value + fraction


def _mended(source: Source, start: float, end: float, line: int) -> tuple[float, float]:
    if start < 0 or end < start:
        source.note("its times can't be right; they were mended", f"line {line}", "the text is kept")
        start, end = max(0.0, start), max(0.0, end)
        if end < start:
            start, end = end, start
    return start, end if end > start else start + _DEFAULT_SECONDS


def _plain(text: str, *, vtt: bool) -> str:
    text = _OVERRIDE.sub("", _TAG.sub("", _WORD_TIME.sub("", text)))
    return clean(unescape(text) if vtt else text.replace("&nbsp;", " ").replace("&amp;", "&"))


def _ass_cues(lines: list[str]) -> Iterator[Cue]:
    """Dialogue lines; text is the last field of the Format line and may hold commas. Drawings are no text."""
    columns = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]
    for line in lines:
        kind, _, rest = line.partition(":")
        if kind.strip() == "Format" and "Text" in rest:
            columns = [name.strip().lower() for name in rest.split(",")]
        elif kind.strip() == "Dialogue":
            fields = dict(zip(columns, rest.split(",", len(columns) - 1), strict=False))
            raw = fields.get("text", "")
            text = "" if _DRAWING.search(raw) else _OVERRIDE.sub("", raw)
            text = text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")
            times = [_ASS_TIME.fullmatch(fields.get(name, "").strip()) for name in ("start", "end")]
            if text.strip() and times[0] and times[1]:
                start, end = (_seconds(t.groups()) for t in times if t)
                yield Cue(max(0.0, start), max(start, end), clean(text).strip(), fields.get("style", ""))


def _unrolled(cues: list[Cue]) -> list[Cue]:
    """Rolling captions said once: a line that the cue before already showed is not said again.

    YouTube's automatic captions show each line up to three times, with 10 ms repeats between them.
    """
    if not any(cue.end - cue.start < 0.05 for cue in cues):
        return cues
    out: list[Cue] = []
    before: list[str] = []
    for cue in cues:
        lines = cue.text.split("\n")
        fresh = [line for line in lines if line not in before]
        if fresh:
            out.append(replace(cue, text="\n".join(fresh)))
        elif out and out[-1].end <= cue.start + 0.05:
            out[-1] = replace(out[-1], end=max(out[-1].end, cue.end))
        before = lines
    return out


def parse_lrc(text: str) -> tuple[dict[str, str], list[Cue]]:
    """The tags (``ti``, ``ar``, …) and the cues of lyrics.

    Several stamps before a line repeat it; ``[offset:+250]`` moves all 250 ms earlier, as players do.
    """
    tags: dict[str, str] = {}
    stamped: list[tuple[float, str]] = []
    for line in split_lines(text.lstrip("\ufeff")):
        tag = _LRC_TAG.fullmatch(line.strip()[:1000])
        if tag:
            tags.setdefault(tag.group(1), tag.group(2).strip())
            continue
        at, stamps = 0, []
        while match := _LRC_STAMP.match(line, at):
            stamps.append(_seconds(("", None, *match.groups())))
            at = match.end()
        words = _WORD_TIME.sub("", line[at:]).strip()
        stamped += [(stamp, words) for stamp in stamps if words]
    shift = _offset(tags.get("offset", ""))
    return tags, _closed(
        sorted((max(0.0, stamp - shift), i, words) for i, (stamp, words) in enumerate(stamped))
    )


def _offset(text: str) -> float:
    match = re.fullmatch(r"([+-]?\d{1,6})", text)
    return int(match.group(1)) / 1000 if match else 0.0


def _closed(stamped: list[tuple[float, int, str]]) -> list[Cue]:
    """Cues that last until the next different time; lines of one time become one cue."""
    times = sorted({stamp for stamp, _, _ in stamped})
    following = dict(itertools.pairwise(times))
    grouped: dict[float, list[str]] = {}
    for stamp, _, words in stamped:
        grouped.setdefault(stamp, []).append(words)
    return [Cue(t, following.get(t, t + _DEFAULT_SECONDS), clean("\n".join(w))) for t, w in grouped.items()]


def cue_blocks(cues: list[Cue]) -> Iterator[Block]:
    """Blocks of one file's cues: the two languages of a cue, or of two cues with equal times, are a pair."""
    merged: dict[tuple[float, float], list[str]] = {}
    for cue in cues:
        merged.setdefault((cue.start, cue.end), []).extend(cue.text.split("\n"))
    for number, ((start, end), lines) in enumerate(merged.items(), 1):
        zh, en = _sides(lines)
        pair = f"c{number}" if zh and en else ""
        for text in filter(None, (zh, en)):
            yield Block(text, BlockRole.CAPTION, pair, start, end)


def _sides(lines: list[str]) -> tuple[str, str]:
    """The Chinese and the other lines of a cue; ``中文 / English`` on one line is split."""
    if len(lines) == 1:
        parts = _SLASH.split(lines[0])
        if len(parts) == 2 and sum(has_hanzi(part) for part in parts) == 1 and all(map(_has_words, parts)):
            lines = parts
    zh = [line.strip() for line in lines if has_hanzi(line) and is_chinese(line)]
    en = [line.strip() for line in lines if line.strip() and line.strip() not in zh]
    if not zh or not any(map(has_latin, en)):
        return "\n".join(line.strip() for line in lines if line.strip()), ""
    return "\n".join(zh), "\n".join(en)


def _has_words(text: str) -> bool:
    return has_hanzi(text) or has_latin(text)


def join_tracks(first: list[Cue], second: list[Cue]) -> Iterator[Block]:
    """Blocks of two files that say the same in two languages.

    Cues belong together when at least half of the shorter one lies inside the other; what overlaps in
    a chain is one pair, several cues of it on either side.
    """
    for number, (ours, theirs) in enumerate(_groups(first, second), 1):
        pair = f"c{number}" if ours and theirs else ""
        for cues in (ours, theirs):
            if cues:
                text = "\n".join(cue.text for cue in cues)
                yield Block(text, BlockRole.CAPTION, pair, cues[0].start, max(cue.end for cue in cues))


def _groups(first: list[Cue], second: list[Cue]) -> Iterator[tuple[list[Cue], list[Cue]]]:
    rest = list(second)
    ours: list[Cue] = []
    theirs: list[Cue] = []
    for cue in first:
        while rest and rest[0].end <= cue.start and not _together(cue, rest[0]):
            if theirs or ours:
                yield ours, theirs
            ours, theirs = [], [rest.pop(0)]
            yield ours, theirs
            theirs = []
        if ours and not any(_together(cue, other) for other in theirs):
            yield ours, theirs
            ours, theirs = [], []
        ours.append(cue)
        while rest and _together(cue, rest[0]):
            theirs.append(rest.pop(0))
    if ours or theirs:
        yield ours, theirs
    yield from (([], [cue]) for cue in rest)


def _together(one: Cue, other: Cue) -> bool:
    overlap = min(one.end, other.end) - max(one.start, other.start)
    return overlap > 0 and overlap * 2 >= min(one.end - one.start, other.end - other.start)
