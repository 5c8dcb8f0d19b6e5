"""Mastodon's archive: ``outbox.json`` holds own posts; likes and bookmarks are addresses only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from learnfeed.core.post import Media, MediaKind, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.html_tree import html_text
from learnfeed.importers.records import Record, json_keys, read_json
from learnfeed.importers.source import Source


class Mastodon:
    """ActivityPub collections of a Mastodon archive."""

    name = "mastodon"
    label = "Mastodon archive"

    def sniff(self, probe: Probe) -> float:
        """Sure by the members of a collection, or of the account's own file, which holds no posts."""
        keys = json_keys(probe)
        if {"orderedItems", "type"} <= keys:
            return 0.95
        return 0.9 if {"preferredUsername", "outbox"} <= keys else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields own posts; boosts, likes and bookmarks hold no text and are told once."""
        data = read_json(source)
        rows = data.get("orderedItems") if isinstance(data, Mapping) else None
        bare = 0
        for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
            note = row.get("object") if isinstance(row, Mapping) else None
            post = _post(source, note, f"record {number}") if isinstance(note, Mapping) else None
            bare += post is None
            if post:
                yield post
        if bare:
            what = "1 entry is an address" if bare == 1 else f"{bare} entries are addresses"
            yield source.problem(f"{what} only, without text (boosts, likes or bookmarks)")


def _post(source: Source, note: Record, place: str) -> Post | None:
    blocks, tags = values.text_blocks(note.get("summary"), html_text(values.string(note.get("content"))))
    if not values.has_text(blocks):
        return None
    named = note.get("tag")
    own = [
        t
        for t in (named if isinstance(named, list) else ())
        if isinstance(t, Mapping) and t.get("type") == "Hashtag"
    ]
    address = values.string(note.get("id"))
    return Post(
        "fediverse",
        blocks,
        native_id=values.ident(address.removeprefix("https://").replace("/", ":")),
        kind="short_post",
        author=values.line(values.string(note.get("attributedTo")).rpartition("/")[2]),
        url=values.link(note.get("url") or address),
        tags=values.topics(own, tags),
        posted=values.moment(note.get("published")),
        edited=values.moment(note.get("updated")),
        media=tuple(_media(source, note.get("attachment"))),
        place_in_source=place,
    )


def _media(source: Source, value: object) -> Iterator[Media]:
    for row in value if isinstance(value, list) else ():
        if not isinstance(row, Mapping):
            continue
        url, kind = values.string(row.get("url")), values.string(row.get("mediaType")).partition("/")[0]
        if kind in ("image", "video", "audio") and ".." not in url:
            path = source.beside(*PurePosixPath(url.lstrip("/")).parts) if url and "://" not in url else None
            if path or values.link(url):
                yield Media(MediaKind(kind), str(path or ""), values.link(url))
