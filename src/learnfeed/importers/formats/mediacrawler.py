"""MediaCrawler (NanmiCoder): posts and comments of seven sites as JSON, JSON lines, CSV, Excel or SQLite.

Both generations: before July 2026 rows carry ``user_id``, ``avatar`` and ``ip_location``, after it a
``creator_hash`` and a masked nickname. Field lists as in the tool's own ``store`` package.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from learnfeed.core.post import Media, MediaKind, Post
from learnfeed.importers import limits, values
from learnfeed.importers.base import Item, LooseComment, Probe
from learnfeed.importers.databases import table_records
from learnfeed.importers.records import Placed, Record, json_keys, json_records
from learnfeed.importers.rows import csv_header, csv_records
from learnfeed.importers.signatures import kind_of_file
from learnfeed.importers.source import Source
from learnfeed.importers.xlsx import sheet_records


@dataclass(frozen=True, slots=True)
class Site:
    """What a site's rows are called.

    Attributes:
        platform: As in :attr:`learnfeed.core.post.Post.platform`.
        native_id: Column of the post's id, in posts and in comments.
        content: Columns that only its posts have.
        comment: Columns that only its comments have.
        fields: Our field → its columns, first one that is filled wins.
    """

    platform: str
    native_id: str
    content: tuple[str, ...]
    comment: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]


_COMMON = {
    "title": ("title",),
    "body": ("desc",),
    "posted": ("create_time",),
    "likes": ("liked_count",),
    "saves": ("collected_count",),
    "shares": ("share_count",),
    "comment_count": ("comment_count",),
    "pictures": ("image_list",),
    "author": ("nickname", "user_nickname"),
    "author_id": ("creator_hash", "user_id"),
    "comment_likes": ("like_count",),
    "commented": ("create_time",),
}
SITES = (
    Site(
        "xhs",
        "note_id",
        ("note_id", "desc", "image_list", "last_modify_ts", "collected_count"),
        ("comment_id", "note_id", "content", "pictures", "parent_comment_id"),
        _COMMON
        | {
            "posted": ("time",),
            "edited": ("last_update_time",),
            "url": ("note_url",),
            "video": ("video_url",),
        },
    ),
    Site(
        "weibo",
        "note_id",
        ("note_id", "content", "shared_count", "comments_count"),
        ("comment_id", "note_id", "content", "comment_like_count"),
        _COMMON
        | {
            "body": ("content",),
            "shares": ("shared_count",),
            "comment_count": ("comments_count",),
            "comment_likes": ("comment_like_count",),
            "url": ("note_url",),
        },
    ),
    Site(
        "zhihu",
        "content_id",
        ("content_id", "content_type", "content_text", "voteup_count"),
        ("comment_id", "content_id", "content", "parent_comment_id"),
        _COMMON
        | {
            "body": ("content_text", "desc"),
            "posted": ("created_time",),
            "edited": ("updated_time",),
            "likes": ("voteup_count",),
            "url": ("content_url",),
            "commented": ("publish_time",),
        },
    ),
    Site(
        "douyin",
        "aweme_id",
        ("aweme_id", "desc", "aweme_type"),
        ("comment_id", "aweme_id", "content"),
        _COMMON
        | {
            "url": ("aweme_url",),
            "video": ("video_download_url",),
            "pictures": ("note_download_url", "cover_url"),
        },
    ),
    Site(
        "bilibili",
        "video_id",
        ("video_id", "desc", "video_danmaku"),
        ("comment_id", "video_id", "content", "parent_comment_id"),
        _COMMON
        | {
            "saves": ("video_favorite_count",),
            "shares": ("video_share_count",),
            "comment_count": ("video_comment",),
            "url": ("video_url",),
            "pictures": ("video_cover_url",),
        },
    ),
    Site(
        "kuaishou",
        "video_id",
        ("video_id", "desc", "viewd_count"),
        ("comment_id", "video_id", "content", "sub_comment_count"),
        _COMMON | {"url": ("video_url",), "pictures": ("video_cover_url",)},
    ),
    Site(
        "tieba",
        "note_id",
        ("note_id", "desc", "tieba_name", "total_replay_num"),
        ("comment_id", "note_id", "content", "tieba_name"),
        _COMMON
        | {
            "posted": ("publish_time",),
            "comment_count": ("total_replay_num",),
            "url": ("note_url",),
            "commented": ("publish_time",),
        },
    ),
)
# Tieba's comments have all columns of Weibo's, and Weibo's most of Xiaohongshu's: special ones first.
_BY_COMMENT = tuple(SITES[i] for i in (6, 1, 2, 3, 0, 4, 5))


# Members of the site's own answers and of other tools, whose records hold the same names deeper down.
_NESTED = frozenset(("note_card", "interact_info", "note_type", "upload_time", "tieba_name"))


class MediaCrawler:
    """MediaCrawler's output in any of its containers."""

    name = "mediacrawler"
    label = "MediaCrawler"

    def sniff(self, probe: Probe) -> float:
        """Sure when the first record has the columns of one of the sites."""
        names = _columns(probe)
        return 0.95 if any(_site(found) for found in names) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields a post or a loose comment for each row; rows without text are told."""
        authors: dict[str, str] | None = None
        near = _downloads(source)
        for place, row in _records(source):
            site, is_comment = _site(row) or (None, False)
            if site is None:
                source.note("this record has not the columns of a post or a comment", place)
            elif is_comment:
                authors = _authors(source) if authors is None else authors
                yield from _comment(source, site, place, row, authors)
            else:
                yield from _post(source, site, place, row, near)


def _columns(probe: Probe) -> Iterator[frozenset[str]]:
    if probe.tables:
        yield from (frozenset(columns) for columns in probe.tables.values())
    elif json_keys(probe):
        yield json_keys(probe)
    elif probe.text:
        yield frozenset(csv_header(probe.text))


def _site(names: frozenset[str] | Record) -> tuple[Site, bool] | None:
    """The site of a record with these columns, and whether it is a comment."""
    for site in SITES:
        if all(name in names for name in site.content):
            return site, False
    # A post that was cut down, by hand or by an older version, or whose text alone fills the probe.
    if all(name in names for name in ("note_id", "title", "desc")) and _NESTED.isdisjoint(names):
        return SITES[0], False
    for site in _BY_COMMENT:
        if all(name in names for name in site.comment):
            return site, True
    return None


def _records(source: Source) -> Iterator[Placed]:
    probe = source.probe()
    if probe.members:
        for sheet, columns in probe.tables.items():
            if _site(frozenset(columns)):
                yield from sheet_records(source, sheet)
    elif probe.tables:
        # The posts' tables come before those of their comments.
        known = sorted(
            (t for t, c in probe.tables.items() if _site(frozenset(c))), key=lambda t: "comment" in t
        )
        for table in known:
            yield from table_records(source, table)
    elif json_keys(probe):
        yield from json_records(source)
    else:
        yield from csv_records(source)


def _field(site: Site, row: Record, field: str) -> object:
    for name in site.fields.get(field, ()):
        value = row.get(name)
        if value not in (None, "", "None"):
            return value
    return ""


def _post(source: Source, site: Site, place: str, row: Record, near: _Near) -> Iterator[Item]:
    native_id = values.ident(row.get(site.native_id))
    body = _field(site, row, "body")
    blocks, tags = values.text_blocks(_field(site, row, "title"), "" if body == "-" else body, cut_at=255)
    if not values.has_text(blocks):
        yield source.problem("the post has no text", place)
        return
    is_video = row.get("type") == "video" or site.platform in ("bilibili", "kuaishou")
    yield Post(
        site.platform,
        blocks,
        native_id=native_id,
        kind="video" if is_video else "note",
        author=values.line(_field(site, row, "author")),
        author_id=values.ident(_field(site, row, "author_id")),
        url=values.link(_field(site, row, "url")),
        tags=values.topics(_unpacked(row.get("tag_list")), tags),
        posted=values.moment(_field(site, row, "posted")),
        edited=values.moment(_field(site, row, "edited")),
        likes=values.count(_field(site, row, "likes")),
        saves=values.count(_field(site, row, "saves")),
        shares=values.count(_field(site, row, "shares")),
        comment_count=values.count(_field(site, row, "comment_count")),
        place=values.line(row.get("ip_location")),
        media=_media(source, site, row, native_id, near),
        revision=values.millis(values.moment(row.get("last_modify_ts"))),
        place_in_source=place,
    )


def _unpacked(value: object) -> object:
    r"""SQLite rows hold lists as a JSON string: ``"\\u5b66\\u4e2d\\u6587,snow"`` with its quotes."""
    if isinstance(value, str) and value[:1] in ('"', "["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


_Near = Mapping[MediaKind, tuple[str, ...]]
"""Where the downloaded files of each kind lie, as parts of a path from the file that is read."""


def _downloads(source: Source) -> _Near:
    """The folders ``images`` and ``videos`` beside the file or one level up, where they exist."""
    found: dict[MediaKind, tuple[str, ...]] = {}
    for kind, name in ((MediaKind.IMAGE, "images"), (MediaKind.VIDEO, "videos")):
        for parts in ((name,), ("..", name)):
            if source.path.parent.joinpath(*parts).is_dir():
                found[kind] = parts
    return found


def _media(source: Source, site: Site, row: Record, native_id: str, near: _Near) -> tuple[Media, ...]:
    known = values.pictures(_unpacked(_field(site, row, "pictures")))[: limits.PICTURES.value]
    known += values.pictures(_unpacked(_field(site, row, "video")), MediaKind.VIDEO)
    if site.platform != "xhs" or not native_id or not near:
        return known
    out: list[Media] = []
    for kind in (MediaKind.IMAGE, MediaKind.VIDEO):
        addresses = [media.url for media in known if media.kind is kind]
        files = _files(source, (*near[kind], native_id), kind) if kind in near else []
        for index in range(max(len(addresses), len(files))):
            path, found = files[index] if index < len(files) else ("", kind)
            out.append(Media(found, path, addresses[index] if index < len(addresses) else ""))
    return tuple(out)


def _files(source: Source, folder: tuple[str, ...], kind: MediaKind) -> list[tuple[str, MediaKind]]:
    """Downloaded files ``images/<note id>/0.jpg`` …; what they are is asked of their bytes, not their name."""
    out: list[tuple[str, MediaKind]] = []
    ending = "mp4" if kind is MediaKind.VIDEO else "jpg"
    for number in range(limits.PICTURES.value):
        path = source.beside(*folder, f"{number}.{ending}")
        if path is None:
            break
        found = kind_of_file(path)
        out.append((str(path), found) if found else ("", kind))
    return out


def _comment(
    source: Source, site: Site, place: str, row: Record, authors: Mapping[str, str]
) -> Iterator[Item]:
    post = values.ident(row.get(site.native_id))
    key = values.ident(row.get("comment_id"))
    parent = values.ident(row.get("parent_comment_id"))
    author_id = values.ident(_field(site, row, "author_id"))
    comment = values.comment(
        row.get("content"),
        key,
        author=values.line(_field(site, row, "author")),
        parent="" if parent in ("0", key) else parent,
        by_author=bool(author_id) and authors.get(post) == author_id,
        posted=values.moment(_field(site, row, "commented")),
        likes=values.count(_field(site, row, "comment_likes")),
        place=values.line(row.get("ip_location")),
        media=values.pictures(_unpacked(row.get("pictures"))),
    )
    if comment is None or not post:
        yield source.problem("the comment has no text" if post else "the comment names no post", place)
    else:
        yield LooseComment(site.platform, post, comment)


def _authors(source: Source) -> dict[str, str]:
    """Post id → id of its author, from the posts beside a file of comments."""
    out: dict[str, str] = {}
    for near in _with_posts(source):
        for _, row in _records(near):
            site, is_comment = _site(row) or (None, True)
            if site and not is_comment and len(out) < limits.KEPT_IN_MIND.value:
                out[values.ident(row.get(site.native_id))] = values.ident(_field(site, row, "author_id"))
    return out


def _with_posts(source: Source) -> Iterator[Source]:
    probe = source.probe()
    if probe.tables:
        yield Source.at(source.path, source.name)
    name = source.path.name
    if "_comments" in name:
        near = source.beside(name.replace("_comments", "_contents"))
        if near:
            yield Source.at(near)
