"""Kindle's ``My Clippings.txt``: highlights and notes, in English or Chinese menus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from learnfeed.core.post import Moment, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.source import Source
from learnfeed.importers.text import clean

_END = re.compile(r"^=+\s*$", re.MULTILINE)
_META = re.compile(r"^- .{0,200}(?:\||的标注|的笔记|的书签|Highlight|Note|Bookmark)", re.MULTILINE)
_BOOKMARK = re.compile(r"书签|Bookmark")
_AUTHOR = re.compile(r"(.*?)(?<!\s)\s*+[(（]([^()（）]*+)[)）]\s*+$")
_CHINESE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日\S{0,4}\s*(上午|下午)?\s*(\d{1,2}):(\d\d):(\d\d)")
_ENGLISH_DATE = re.compile(r"Added on (?:\w+, )?(\w+ \d{1,2}, \d{4},? \d{1,2}:\d\d:\d\d [AP]M)")


class KindleClippings:
    """Highlights and notes of a Kindle."""

    name = "kindle-clippings"
    label = "Kindle clippings"

    def sniff(self, probe: Probe) -> float:
        """Sure by the rows of ten ``=`` and the lines of places above them."""
        return 0.95 if "\n==========" in probe.text and _META.search(probe.text) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields a post for each highlight and note; bookmarks have no text."""
        for number, part in enumerate(_END.split(clean(source.text())), 1):
            lines = [line.strip() for line in part.strip().split("\n")]
            if len(lines) < 2 or _BOOKMARK.search(lines[1].partition("|")[0]):
                continue
            match = _AUTHOR.fullmatch(lines[0][:500])
            title, author = match.groups() if match else (lines[0], "")
            blocks, _ = values.text_blocks(title, "\n".join(lines[2:]))
            if not any(line for line in lines[2:]):
                yield source.problem("the clipping has no text", f"clipping {number}")
                continue
            yield Post(
                "kindle",
                blocks,
                kind="highlight",
                author=values.line(author),
                posted=_moment(lines[1]),
                place_in_source=f"clipping {number}",
            )


def _moment(line: str) -> Moment | None:
    """When it was made, by the Kindle's own clock, which has no zone."""
    match = _CHINESE_DATE.search(line)
    try:
        if match:
            year, month, day, half, hour, minute, second = match.groups()
            hours = int(hour) % 12 + 12 if half == "下午" else int(hour)
            written = f"{year}-{month:0>2}-{day:0>2}T{hours:02}:{minute}:{second}"
            return Moment(datetime.fromisoformat(written), match.group())
        match = _ENGLISH_DATE.search(line)
        if match:
            text = match.group(1).replace(",", "")
            return Moment(datetime.strptime(text, "%B %d %Y %I:%M:%S %p"), match.group())  # noqa: DTZ007
    except ValueError:
        return None
    return None
