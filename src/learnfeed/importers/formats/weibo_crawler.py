"""weibo-crawler (dataabc): posts of one account as JSON or CSV, reposts with their source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from learnfeed.core.post import MediaKind, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.records import Record, json_keys, read_json
from learnfeed.importers.rows import csv_header, csv_records
from learnfeed.importers.source import Source

_COLUMNS = {
    "id": "id",
    "bid": "bid",
    "正文": "text",
    "微博正文": "text",
    "原始图片url": "pics",
    "视频url": "video_url",
    "位置": "location",
    "日期": "created_at",
    "完整日期": "full_created_at",
    "点赞数": "attitudes_count",
    "评论数": "comments_count",
    "转发数": "reposts_count",
    "话题": "topics",
    "用户昵称": "screen_name",
    "用户id": "user_id",
    "user_id": "user_id",
}
_SOURCE = "源"
_TOPIC = re.compile(r"#([^#\n]{1,60})#")
_EMPTY = frozenset(("转发微博", "Repost", "轉發微博"))


class WeiboCrawler:
    """weibo-crawler's files."""

    name = "weibo-crawler"
    label = "weibo-crawler"

    def sniff(self, probe: Probe) -> float:
        """Sure by its members or columns."""
        if {"weibo", "user", "attitudes_count"} <= json_keys(probe) or {"weibo", "bid", "text"} <= json_keys(
            probe
        ):
            return 0.95
        header = csv_header(probe.text)
        return 0.95 if "id" in header and "bid" in header and any("正文" in name for name in header) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields own posts and the posts they repost, each once."""
        seen: set[str] = set()
        for place, row in _rows(source):
            own = _post(row, place)
            retweet = row.get("retweet")
            other = _post(retweet, place) if isinstance(retweet, Mapping) else None
            for post in (own, other):
                if post and post.key not in seen:
                    seen.add(post.key)
                    yield post
            if not own and not other:
                yield source.problem("the post has no text", place)


def _rows(source: Source) -> Iterator[tuple[str, Record]]:
    if json_keys(source.probe()):
        data = read_json(source)
        rows = data.get("weibo") if isinstance(data, Mapping) else None
        for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
            if isinstance(row, Mapping):
                yield f"record {number}", row
        return
    for place, row in csv_records(source):
        named: dict[str, object] = {_COLUMNS[name]: cell for name, cell in row.items() if name in _COLUMNS}
        reposted = {
            _COLUMNS.get(name[1:].removeprefix("微博"), name[1:]): cell
            for name, cell in row.items()
            if name.startswith(_SOURCE)
        }
        yield place, {**named, "retweet": reposted} if any(reposted.values()) else named


def _post(row: Record, place: str) -> Post | None:
    # The crawler puts line breaks around every topic, mention and link.
    text = re.sub(r"\s*\n\s*(#[^#\n]{1,60}#)\s*\n\s*", r" \1 ", values.string(row.get("text")))
    topics = _TOPIC.findall(text)
    body = _TOPIC.sub(r"#\1", text).strip()
    blocks, tags = values.text_blocks("", "" if body in _EMPTY else body)
    if not values.has_text(blocks):
        return None
    native_id, user = values.ident(row.get("id")), values.ident(row.get("user_id"))
    bid = values.ident(row.get("bid"))
    return Post(
        "weibo",
        blocks,
        native_id=native_id,
        kind="short_post",
        author=values.line(row.get("screen_name")),
        author_id=user,
        url=f"https://weibo.com/{user}/{bid}" if user and bid else "",
        tags=values.topics(row.get("topics"), (*topics, *tags)),
        posted=values.moment(row.get("full_created_at")) or values.moment(row.get("created_at")),
        likes=values.count(row.get("attitudes_count")),
        shares=values.count(row.get("reposts_count")),
        comment_count=values.count(row.get("comments_count")),
        place=values.line(row.get("location")),
        media=values.pictures(row.get("pics")) + values.pictures(row.get("video_url"), MediaKind.VIDEO),
        place_in_source=place,
    )
