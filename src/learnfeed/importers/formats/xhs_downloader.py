"""XHS-Downloader (JoeanAmier): its database, its answers over HTTP, its folder of pictures.

Columns are the tool's own Chinese names; times are the clock of the machine that ran it, without a zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from learnfeed.core.post import Media, MediaKind, Post
from learnfeed.importers import limits, values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.databases import table_records
from learnfeed.importers.records import Record, json_keys, read_json
from learnfeed.importers.signatures import kind_of_file
from learnfeed.importers.source import Source
from learnfeed.importers.text import xhs_note_id

_TABLE = "explore_data"
_NEEDED = ("作品ID", "作品标题", "作品描述")
_COMPANIONS = ("explore_id", "mapping_data")
_SETTINGS = frozenset(("work_path", "folder_name", "name_format", "record_data"))
_NAME_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[_ ](\d\d)[.:](\d\d)[.:](\d\d)")
_NOTE_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")
_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"_(\d{1,3})$")
_VIDEOS = frozenset(("视频", "video"))


class XhsDownloader:
    """XHS-Downloader's database and HTTP answers."""

    name = "xhs-downloader"
    label = "XHS-Downloader"

    def sniff(self, probe: Probe) -> float:
        """Sure by the columns of the table, or the keys of an answer."""
        if all(name in probe.tables.get(_TABLE, ()) for name in _NEEDED):
            return 1.0
        if any(probe.tables.get(name, ())[:1] == ("ID",) for name in _COMPANIONS):
            return 0.9
        keys = json_keys(probe)
        return 0.95 if keys.issuperset(_NEEDED) or keys >= _SETTINGS else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the posts; nothing for the databases and settings that hold none."""
        probe = source.probe()
        if probe.tables:
            if _TABLE in probe.tables:
                files = _downloads(source)
                for place, row in table_records(source, _TABLE):
                    yield from post_of(source, row, place, files)
        elif not json_keys(probe) >= _SETTINGS:
            for number, row in enumerate(_answers(read_json(source)), 1):
                yield from post_of(source, row, f"record {number}", _downloads(source))


def _answers(value: object) -> Iterator[Record]:
    """The notes of an answer, or of a list of them. What was asked (``params``) may hold a cookie: never read."""
    for answer in value if isinstance(value, list) else [value]:
        if isinstance(answer, dict):
            data = answer.get("data", answer)
            yield from (row for row in (data if isinstance(data, list) else [data]) if isinstance(row, dict))


def post_of(source: Source, row: Record, place: str, files: dict[str, list[Path]]) -> Iterator[Item]:
    """The post of a record with the tool's Chinese keys, its pictures joined from the folder."""
    native_id = values.ident(row.get("作品ID")) or xhs_note_id(values.string(row.get("作品链接")))
    blocks, tags = values.text_blocks(
        row.get("作品标题"), values.line(row.get("作品描述")) and row.get("作品描述")
    )
    if not values.has_text(blocks):
        yield source.problem("the post has no text", place)
        return
    tag_names = row.get("作品标签")
    if not native_id:
        source.note("the post has no id; it is known by its text", place)
    time = values.line(row.get("发布时间"))
    saved = values.moment(row.get("采集时间"))
    yield Post(
        "xhs",
        blocks,
        native_id=native_id,
        kind="video" if values.string(row.get("作品类型")) in _VIDEOS else "note",
        author=values.line(row.get("作者昵称")),
        author_id=values.ident(row.get("作者ID")),
        url=values.link(row.get("作品链接")),
        # Names are joined by a blank, so a tag with a blank in it can't be told from two.
        tags=values.topics(values.line(tag_names, 20_000).split(), tags),
        posted=values.moment(row.get("时间戳")) or values.moment(time),
        edited=values.moment(row.get("最后更新时间")),
        likes=values.count(row.get("点赞数量")),
        saves=values.count(row.get("收藏数量")),
        shares=values.count(row.get("分享数量")),
        comment_count=values.count(row.get("评论数量")),
        media=_media(row, native_id, time, files),
        revision=values.millis(saved),
        place_in_source=place,
    )


def _media(row: Record, native_id: str, time: str, files: dict[str, list[Path]]) -> tuple[Media, ...]:
    kind = MediaKind.VIDEO if values.string(row.get("作品类型")) in _VIDEOS else MediaKind.IMAGE
    known = values.pictures(row.get("下载地址"), kind)
    live = values.pictures(row.get("动图地址"), MediaKind.LIVE_PHOTO)
    near = _of_note(row, native_id, time, files)
    out: list[Media] = []
    for index in range(max(len(known), len(near))):
        url = known[index].url if index < len(known) else ""
        path, found = near[index] if index < len(near) else ("", kind)
        out.append(Media(found, path, url))
    return (*out, *live)


def _of_note(
    row: Record, native_id: str, time: str, files: dict[str, list[Path]]
) -> list[tuple[str, MediaKind]]:
    """Files of a note: by its id in their name, else by time, author and the start of the title."""
    title = _folded(values.line(row.get("作品标题")))[:8]
    author = _folded(values.line(row.get("作者昵称")))
    stamp = _stamp(time)
    named = (
        [p for p in files.get(stamp, []) if author in _folded(p.stem) and title in _folded(p.stem)]
        if stamp
        else []
    )
    out = []
    for path in sorted({*files.get(native_id, []), *named}, key=_order):
        kind = kind_of_file(path)
        if kind:
            out.append((str(path.resolve()), kind))
    return out


def _order(path: Path) -> tuple[int, str]:
    match = _NUMBER.search(path.stem)
    return (int(match.group(1)) if match else 0, path.name)


def _folded(text: str) -> str:
    return _LETTERS.sub("", text).casefold()


def _stamp(text: str) -> str:
    match = _NAME_TIME.search(text)
    return "".join(match.groups()) if match else ""


def _downloads(source: Source) -> dict[str, list[Path]]:
    """Files of the download folder by note id and by time, folders per author or note included."""
    found: dict[str, list[Path]] = {}
    for number, path in enumerate(_near(source.path.parent, 2)):
        if number >= limits.KEPT_IN_MIND.value:
            break
        for key in (
            *_NOTE_ID.findall(f"{path.parent.name}/{path.name}"),
            _stamp(f"{path.parent.name}/{path.name}"),
        ):
            if key:
                found.setdefault(key, []).append(path)
    return found


def _near(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.is_symlink() or entry.name.startswith("."):
            continue
        if entry.is_dir():
            if depth:
                yield from _near(entry, depth - 1)
        elif entry.suffix.lower() not in (".txt", ".md", ".db", ".json") and entry.is_file():
            yield entry
