"""Spider_XHS (cv-cat): ``info.json``, ``detail.txt`` and Excel lists; times are local, without a zone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from learnfeed.core.post import Media, MediaKind, Post
from learnfeed.importers import limits, values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.records import Record, json_keys, json_records
from learnfeed.importers.signatures import kind_of_file
from learnfeed.importers.source import Source
from learnfeed.importers.xlsx import sheet_records

# The tool's Chinese labels and the keys of its JSON, in the tool's own order.
_LABELS = {
    "笔记id": "note_id",
    "笔记url": "note_url",
    "笔记类型": "note_type",
    "用户id": "user_id",
    "用户主页url": "home_url",
    "昵称": "nickname",
    "头像url": "avatar",
    "标题": "title",
    "描述": "desc",
    "点赞数量": "liked_count",
    "收藏数量": "collected_count",
    "评论数量": "comment_count",
    "分享数量": "share_count",
    "视频封面url": "video_cover",
    "视频地址url": "video_addr",
    "图片地址url列表": "image_list",
    "标签": "tags",
    "上传时间": "upload_time",
    "ip归属地": "ip_location",
}
_LINE = re.compile(r"(" + "|".join(map(re.escape, _LABELS)) + r"): ?(.*)")


class SpiderXhs:
    """Spider_XHS's files."""

    name = "spider-xhs"
    label = "Spider_XHS"

    def sniff(self, probe: Probe) -> float:
        """Sure by its own keys or labels."""
        keys = json_keys(probe)
        if {"note_id", "note_type", "upload_time", "desc"} <= keys:
            return 0.97
        if any("笔记id" in columns and "描述" in columns for columns in probe.tables.values()):
            return 0.97
        return 0.97 if probe.text.lstrip("\ufeff").startswith("笔记id:") else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the posts."""
        probe = source.probe()
        if probe.tables:
            for sheet, columns in probe.tables.items():
                if "笔记id" in columns:
                    for place, row in sheet_records(source, sheet):
                        named = {_LABELS.get(name, name): _unpacked(cell) for name, cell in row.items()}
                        yield _post(source, named) or source.problem("the post has no text", place)
        elif json_keys(probe):
            for place, row in json_records(source):
                yield _post(source, row) or source.problem("the post has no text", place)
        else:
            yield _post(source, _detail(source)) or source.problem("the post has no text")


def _detail(source: Source) -> Record:
    """``detail.txt``: labels in a fixed order; a description goes on until the line of likes."""
    found: dict[str, object] = {}
    name = ""
    for _, line in source.lines():
        match = _LINE.fullmatch(line)
        key = _LABELS[match.group(1)] if match else ""
        if match and (name != "desc" or key == "liked_count") and key not in found:
            name = key
            found[name] = match.group(2)
        elif name == "desc":
            found[name] = f"{found[name]}\n{line}"
    return {key: value if key == "desc" else _unpacked(value) for key, value in found.items()}


def _unpacked(value: object) -> object:
    """Lists are written as Python shows them: ``['a', 'b']``; read as a literal, never run."""
    if isinstance(value, str) and value.startswith("[") and value.endswith("]") and len(value) < 200_000:
        try:
            return ast.literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return value
    return value


def _post(source: Source, row: Record) -> Post | None:
    blocks, tags = values.text_blocks(row.get("title"), row.get("desc"))
    if not values.has_text(blocks):
        return None
    native_id = values.ident(row.get("note_id"))
    is_video = row.get("note_type") in ("视频", "video")
    return Post(
        "xhs",
        blocks,
        native_id=native_id,
        kind="video" if is_video else "note",
        author=values.line(row.get("nickname")),
        author_id=values.ident(row.get("user_id")),
        url=values.link(row.get("note_url")),
        tags=values.topics(row.get("tags"), tags),
        posted=values.moment(row.get("upload_time")),
        likes=values.count(row.get("liked_count")),
        saves=values.count(row.get("collected_count")),
        shares=values.count(row.get("share_count")),
        comment_count=values.count(row.get("comment_count")),
        place=values.line(row.get("ip_location")),
        media=tuple(_media(source, row)),
    )


def _media(source: Source, row: Record) -> Iterator[Media]:
    known = values.pictures(row.get("image_list"))
    for number in range(limits.PICTURES.value):
        path = source.beside(f"image_{number}.jpg") if source.path.suffix in (".json", ".txt") else None
        url = known[number].url if number < len(known) else ""
        if path:
            kind = kind_of_file(path) or MediaKind.IMAGE
            yield Media(kind, str(path), url)
        elif url:
            yield Media(MediaKind.IMAGE, url=url)
    video = values.link(row.get("video_addr"))
    path = source.beside("video.mp4") if source.path.suffix in (".json", ".txt") else None
    if video or path:
        yield Media(MediaKind.VIDEO, str(path or ""), video)
