"""Share texts of the Xiaohongshu app and lists of links: a title or an author at most, never the note.

A short link (xhslink.com) does not even hold the note's id, and nothing is fetched to find it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from learnfeed.core.post import Block, BlockRole, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.formats.plain_text import parts_of
from learnfeed.importers.source import Source
from learnfeed.importers.text import clean, split_lines, strip_token, xhs_note_id

# Full-width punctuation touches the address in share texts: it ends there.
_URL = re.compile(r"https?://[^\s，。！？；：、“”‘’（）《》【】😆]{4,2000}")
_LINK = re.compile(
    r"https?://(?:[\w-]+\.)?(?:xhslink\.(?:com|cn)|xiaohongshu\.com|rednote\.com)/", re.IGNORECASE
)
_BOILERPLATE = re.compile(
    r"复制(?:本条信息|后)?[，,]?\s*打开\s?【小红书】(?:App)?\s*查看(?:精彩内容|笔记)[！!]?"
    r"|Copy and open (?:rednote|Xiaohongshu|RedNote)[^\n]{0,60}",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"^\s*+\d{0,3}+\s*+(.{1,60}?)发布了一篇小红书笔记[，,]?快来看吧[！!]?")
_TITLED = re.compile(r"【(.{1,200}?)(?: - ([^-|【】]{1,60}))? \| 小红书[^】]{0,60}】")
_CODE = re.compile(r"😆\s*\w{8,24}\s*😆|^\s*\d{1,3}\s+(?=【)")
_LONGEST = 1500
_LINK_ONLY = "holds a link only, not the text of the post"
_HINT = "open the link, and save the page or copy the text"


class ShareText:
    """Pasted share texts and copied links."""

    name = "share-text"
    label = "Share text or list of links"

    def sniff(self, probe: Probe) -> float:
        """Fairly sure when every part is a short text with a link and the app's own words, or links alone."""
        if not _LINK.search(probe.text):
            return 0.0
        parts = [part for part in _chunks(probe.text) if part.strip()]
        return 0.6 if parts and all(_is_share(part) for part in parts) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields a post of title, author and id where a share text has words, else a Problem."""
        bare: list[str] = []
        posts = 0
        for start, lines in parts_of(source):
            text = clean("\n".join(lines)).strip()
            for offset, part in _by_link(text):
                place = f"line {start + offset}"
                post = _shared_post(part, place)
                if post:
                    posts += 1
                    yield post
                else:
                    bare.append(place)
        if posts:
            yield from (source.problem(_LINK_ONLY, place, _HINT) for place in bare)
        else:
            yield source.problem(f"holds links only ({len(bare)}), not the texts of posts", hint=_HINT)


def _chunks(text: str) -> list[str]:
    return re.split(r"^[^\S\n]*+-{3,}+[^\S\n]*+$", text[:65536], flags=re.MULTILINE)


def _is_share(part: str) -> bool:
    lines = [line for line in split_lines(part) if line.strip()]
    if all(_URL.fullmatch(line.strip()) for line in lines):
        return True
    return (
        bool(_LINK.search(part))
        and len(part) < _LONGEST
        and bool(_BOILERPLATE.search(part) or _TITLED.search(part))
    )


def _by_link(text: str) -> Iterator[tuple[int, str]]:
    """A part as it is, or each of its lines when all are links; with the line's number in the part."""
    lines = split_lines(text)
    if len(lines) > 1 and all(_URL.fullmatch(line.strip()) for line in lines if line.strip()):
        yield from ((n, line) for n, line in enumerate(lines) if line.strip())
    elif text:
        yield 0, text


def _shared_post(text: str, place: str) -> Post | None:
    text = text[:_LONGEST]
    match = _URL.search(text)
    url = strip_token(match.group()) if match else ""
    native_id = xhs_note_id(url)
    rest = _BOILERPLATE.sub(" ", _URL.sub(" ", text))
    published, titled = _PUBLISHED.search(rest), _TITLED.search(rest)
    author = published.group(1) if published else titled.group(2) if titled else ""
    title = titled.group(1) if titled else "" if published else _CODE.sub(" ", rest)
    title = values.line(title, 500).strip(" ，,").removesuffix("...").strip()
    if not title:
        return None
    return Post(
        "xhs",
        (Block(title, BlockRole.TITLE),),
        native_id=native_id,
        author=values.line(author),
        url=f"https://www.xiaohongshu.com/explore/{native_id}" if native_id else url,
        place_in_source=place,
    )
