"""X (Twitter): the account archive (own posts, likes, long posts) and twitter-web-exporter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from learnfeed.core.post import Media, MediaKind, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.records import Record, json_keys, json_list, json_records
from learnfeed.importers.rows import csv_header, csv_records
from learnfeed.importers.source import Source
from learnfeed.importers.text import unescape

_ARCHIVE = re.compile(r"\s*window\.YTD\.(\w{1,40})\.part\d+\s*=\s*\[")
_SHORT_LINK = re.compile(r"(?<!\s)\s*+https?://t\.co/\w{1,20}")
_CUT = ("…", "...")
_NO_TEXT = "without text: deleted, private, or pictures only"


class XArchive:
    """``tweets.js``, ``like.js`` and ``note-tweet.js`` of an X archive."""

    name = "x-archive"
    label = "X archive"

    def sniff(self, probe: Probe) -> float:
        """Sure by the assignment at the top; other parts of the archive are known to hold no posts."""
        return 0.97 if _ARCHIVE.match(probe.text[:200].lstrip("\ufeff")) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields own posts, or liked posts with their text."""
        match = _ARCHIVE.match(source.probe().text[:200].lstrip("\ufeff"))
        part = match.group(1) if match else ""
        if part in ("tweets", "tweet", "like"):
            long = _long_posts(source) if part != "like" else {}
            bare = 0
            for place, row in json_list(source):
                post = _liked(row, place) if part == "like" else _own(row, place, long)
                bare += post is None
                if post:
                    yield post
            if bare:
                yield source.problem(f"{bare} {'post' if bare == 1 else 'posts'} {_NO_TEXT}")
        elif part.startswith("note_tweet") and not source.beside("tweets.js"):
            for place, row in json_list(source):
                created, text = _note(row)
                yield _post(text, place, posted=created) or source.problem("the post has no text", place)


def _tweet(row: Record, name: str) -> Mapping[str, object]:
    held = row.get(name, row)
    return held if isinstance(held, Mapping) else {}


def _own(row: Record, place: str, long: Mapping[str, str]) -> Post | None:
    tweet = _tweet(row, "tweet")
    text = values.string(tweet.get("full_text") or tweet.get("text"))
    created = values.moment(tweet.get("created_at"))
    whole = long.get(created.at.isoformat()[:19], "") if created else ""
    if whole and (text.rstrip().endswith(_CUT) or _SHORT_LINK.sub("", text).rstrip().endswith(_CUT)):
        text = whole
    return _post(
        text,
        place,
        native_id=tweet.get("id_str") or tweet.get("id"),
        posted=tweet.get("created_at"),
        likes=tweet.get("favorite_count"),
        shares=tweet.get("retweet_count"),
    )


def _liked(row: Record, place: str) -> Post | None:
    like = _tweet(row, "like")
    return _post(values.string(like.get("fullText")), place, native_id=like.get("tweetId"))


def _long_posts(source: Source) -> dict[str, str]:
    """Long posts by the second they were posted: ``tweets.js`` has them cut with an ellipsis."""
    near = source.beside("note-tweet.js")
    found: dict[str, str] = {}
    for _, row in json_list(Source.at(near)) if near else ():
        created, text = _note(row)
        at = values.moment(created)
        if at and text:
            found[at.at.isoformat()[:19]] = text
    return found


def _note(row: Record) -> tuple[object, str]:
    note = _tweet(row, "noteTweet")
    for name in ("core", "noteTweetContents", "noteTweetResults"):
        held = note.get(name)
        if isinstance(held, Mapping):
            return note.get("createdAt"), values.string(held.get("text"))
    return note.get("createdAt"), ""


def _post(text: str, place: str, *, native_id: object = "", **fields: object) -> Post | None:
    """A post of X; its text is HTML-escaped, and short links at its end lead to its own pictures."""
    plain = _SHORT_LINK.sub("", unescape(text))
    blocks, tags = values.text_blocks("", plain)
    if not values.has_text(blocks):
        return None
    native = values.ident(native_id)
    return Post(
        "x",
        blocks,
        native_id=native,
        kind="short_post",
        author=values.line(fields.get("author")),
        author_id=values.ident(fields.get("author_id")),
        url=f"https://x.com/i/web/status/{native}" if native else "",
        tags=tags,
        posted=values.moment(fields.get("posted")),
        likes=values.count(fields.get("likes")),
        saves=values.count(fields.get("saves")),
        shares=values.count(fields.get("shares")),
        comment_count=values.count(fields.get("replies")),
        media=tuple(_media(fields.get("media"))),
        place_in_source=place,
    )


def _media(value: object) -> Iterator[Media]:
    for row in value if isinstance(value, list) else ():
        url = values.link(row.get("original") or row.get("thumbnail")) if isinstance(row, Mapping) else ""
        if url:
            yield Media(MediaKind.IMAGE if row.get("type") == "photo" else MediaKind.VIDEO, url=url)


class XExporter:
    """twitter-web-exporter's bookmarks, likes and posts (JSON or CSV)."""

    name = "x-exporter"
    label = "twitter-web-exporter"

    def sniff(self, probe: Probe) -> float:
        """Sure by its columns."""
        names = json_keys(probe) or frozenset(csv_header(probe.text))
        return 0.95 if {"id", "full_text", "screen_name", "created_at"} <= names else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the posts; in CSV files line breaks are written as a backslash and an n."""
        is_json = bool(json_keys(source.probe()))
        for place, row in json_records(source) if is_json else csv_records(source):
            text = values.string(row.get("full_text"))
            post = _post(
                text if is_json else text.replace("\\n", "\n"),
                place,
                native_id=row.get("id"),
                author=row.get("name"),
                author_id=row.get("screen_name"),
                posted=row.get("created_at"),
                likes=row.get("favorite_count"),
                saves=row.get("bookmark_count"),
                shares=row.get("retweet_count"),
                replies=row.get("reply_count"),
                media=row.get("media"),
            )
            yield post or source.problem("the post has no text", place)
