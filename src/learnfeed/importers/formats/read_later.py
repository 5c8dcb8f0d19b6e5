"""Lists of links and highlights: Readwise, Raindrop, Pocket, browser bookmarks, Reddit, TikTok, Omnivore.

Most of these hold addresses and titles, not texts. A title in words becomes a short post of kind
``link``; bare addresses are told once, with their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from learnfeed.core.post import Block, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.html_tree import html_text, parse_html
from learnfeed.importers.records import Record, json_keys, json_records, read_json
from learnfeed.importers.rows import csv_header, csv_records
from learnfeed.importers.source import Source
from learnfeed.importers.text import has_hanzi, xhs_note_id

_SITE = re.compile(r"(?<!\s)\s*+[-|]\s*+(?:小红书|rednote|Xiaohongshu)\s*$", re.IGNORECASE)
_HIGHLIGHT = re.compile(r"^(?:Highlight|Note):", re.MULTILINE)
_HEADERS = (
    frozenset(("Highlight", "Book Title")),
    frozenset(("title", "url", "folder", "excerpt")),
    frozenset(("title", "url", "excerpt", "highlights")),
    frozenset(("title", "url", "time_added", "tags")),
    frozenset(("id", "permalink")),
)
_HINT = "open the links, and save the pages or copy the texts"


def _entry(
    row: Record, place: str, *, platform: str = "", body: object = "", kind: str = "link"
) -> Post | None:
    """A post of a row's title and text; None when there are no words in it."""
    title = _SITE.sub("", values.line(row.get("title"), 1000))
    title = "" if re.match(r"https?://", title) else title
    blocks, tags = values.text_blocks(title, body)
    address = values.link(row.get("url") or row.get("permalink"))
    native_id = xhs_note_id(address)
    if not values.has_text(blocks) or (not values.string(body).strip() and not has_hanzi(title)):
        return None
    named = re.split(r"[|,]", values.line(row.get("tags"), 20_000))
    return Post(
        "xhs" if native_id or "xhslink" in address else platform or "web",
        blocks,
        native_id=native_id,
        kind=kind,
        author=values.line(row.get("author")),
        url=f"https://www.xiaohongshu.com/explore/{native_id}" if native_id else address,
        tags=values.topics(named, tags),
        posted=values.moment(row.get("date")),
        media=values.pictures(row.get("cover")),
        place_in_source=place,
    )


def _told(source: Source, posts: Iterator[Post | None]) -> Iterator[Item]:
    bare = 0
    for post in posts:
        bare += post is None
        if post:
            yield post
    if bare:
        what = "1 entry is a link" if bare == 1 else f"{bare} entries are links"
        yield source.problem(f"{what} only, without text", hint=_HINT)


class ReadLaterCsv:
    """CSV exports of Readwise, Raindrop, Pocket and Reddit."""

    name = "read-later"
    label = "Readwise, Raindrop, Pocket or Reddit (CSV)"

    def sniff(self, probe: Probe) -> float:
        """Sure by the header."""
        return 0.9 if any(needed <= frozenset(csv_header(probe.text)) for needed in _HEADERS) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields highlights, excerpts and posts with text; links without text are counted."""
        yield from _told(source, (_csv_post(row, place) for place, row in csv_records(source)))


def _csv_post(row: Record, place: str) -> Post | None:
    if "Highlight" in row:
        text = "\n".join(filter(None, (values.string(row.get("Highlight")), values.string(row.get("Note")))))
        named = {"title": row.get("Book Title"), "author": row.get("Book Author"), "tags": row.get("Tags")}
        return _entry(named, place, body=text, kind="highlight")
    if "permalink" in row:
        return _entry(row, place, platform="reddit", body=row.get("body"), kind="short_post")
    marked = _HIGHLIGHT.sub("", values.string(row.get("highlights")))
    return _entry(
        row,
        place,
        body="\n".join(
            filter(None, (values.string(row.get("excerpt")), values.string(row.get("note")), marked))
        ),
    )


class Bookmarks:
    """Bookmarks as browsers, Raindrop and Pocket export them (HTML)."""

    name = "bookmarks"
    label = "Bookmarks (HTML)"

    def sniff(self, probe: Probe) -> float:
        """Sure by the document type, or Pocket's title."""
        start = probe.text[:2000]
        return 0.95 if "NETSCAPE-Bookmark-file-1" in start or "<title>Pocket Export</title>" in start else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields titles with their notes."""
        yield from _told(source, _bookmark_posts(source.text()))


def _bookmark_posts(page: str) -> Iterator[Post | None]:
    row: dict[str, object] = {}
    note, number = "", 0
    for node in parse_html(page).find_all(lambda n: n.tag in ("a", "dd")):
        if node.tag == "dd":
            note = "".join(child for child in node.children if isinstance(child, str)).strip()
            continue
        if row:
            yield _entry(row, f"link {number}", body=note)
        number, note = number + 1, ""
        row = {
            "title": node.text(),
            "url": node.attributes.get("href"),
            "tags": node.attributes.get("tags", ""),
        }
    if row:
        yield _entry(row, f"link {number}", body=note)


class TikTok:
    """TikTok's ``user_data.json``: own comments have text, favourites and likes are links."""

    name = "tiktok"
    label = "TikTok data"

    def sniff(self, probe: Probe) -> float:
        """Sure by the lists of favourites, in any generation of the file."""
        keys = json_keys(probe)
        return 0.9 if "FavoriteVideoList" in keys or "ItemFavoriteList" in keys else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields own comments."""
        yield from _told(source, _tiktok_rows(read_json(source), 0))


def _tiktok_rows(value: object, depth: int) -> Iterator[Post | None]:
    if depth > 6:
        return
    if isinstance(value, list):
        for number, row in enumerate(value, 1):
            named = {str(k).lower(): v for k, v in row.items()} if isinstance(row, Mapping) else {}
            if "comment" in named:
                blocks, tags = values.text_blocks("", named["comment"])
                posted = values.moment(named.get("date"))
                place = f"comment {number}"
                fits = values.has_text(blocks)
                yield (
                    Post("tiktok", blocks, kind="short_post", tags=tags, posted=posted, place_in_source=place)
                    if fits
                    else None
                )
            elif "link" in named:
                yield None
    elif isinstance(value, Mapping):
        for name, held in value.items():
            if name != "Watch History":
                yield from _tiktok_rows(held, depth + 1)


class Omnivore:
    """Omnivore's archive: lists of articles, and their whole text as HTML beside them."""

    name = "omnivore"
    label = "Omnivore archive"

    def sniff(self, probe: Probe) -> float:
        """Sure by the members of an article."""
        return 0.9 if {"slug", "savedAt", "labels", "url"} <= json_keys(probe) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields articles with their text, where it is there."""
        yield from _told(source, (_article(source, row, place) for place, row in json_records(source)))


def _article(source: Source, row: Record, place: str) -> Post | None:
    slug = values.line(row.get("slug"))
    near = source.beside("content", f"{slug}.html") if slug else None
    text = html_text(Source.at(near).text()) if near else values.string(row.get("description"))
    labels = row.get("labels")
    tags = ",".join(values.line(label) for label in labels) if isinstance(labels, list) else ""
    notes = source.beside("highlights", f"{slug}.md") if slug else None
    marked = Source.at(notes).text().strip() if notes else ""
    post = _entry({**row, "tags": tags, "date": row.get("publishedAt")}, place, body=text, kind="article")
    if post is None or not marked:
        return post
    cleaned = values.string(re.sub(r"^> ?", "", marked, flags=re.MULTILINE)).strip()
    known = cleaned in post.body
    return post if known or not cleaned else replace(post, blocks=(*post.blocks, Block(cleaned)))
