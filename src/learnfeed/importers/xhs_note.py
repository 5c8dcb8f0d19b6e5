"""A Xiaohongshu note as the site's own data describe it: page state, API answers, and tools that pass them on.

Keys come in camelCase (pages, xiaohongshu-mcp) and snake_case (API); both are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from learnfeed.core.post import Comment, Media, MediaKind, Post
from learnfeed.importers import limits, values
from learnfeed.importers.records import Record
from learnfeed.importers.source import Source

_UPPER = re.compile(r"(?<=[a-z0-9])([A-Z])")
_REFERENCE = ("_rawValue", "_value", "value")


def get(row: object, name: str) -> object:
    """A member by its camelCase name, also when it is written in snake_case; Vue references are opened."""
    if not isinstance(row, Mapping):
        return None
    for key in (name, _UPPER.sub(lambda m: "_" + m.group(1).lower(), name), name.lower()):
        if row.get(key) is not None:
            return opened(row[key])
    return None


def opened(value: object) -> object:
    """What a Vue reference (copied from a live page) holds; anything else as it is."""
    for _ in range(4):
        if not isinstance(value, Mapping) or not (
            "__v_isRef" in value or "_rawValue" in value or "dep" in value
        ):
            return value
        value = next((value[key] for key in _REFERENCE if value.get(key) is not None), None)
    return value


def state_notes(state: object) -> Iterator[Record]:
    """The notes of a page's state, each with its ``comments`` beside it under ``note`` and ``comments``."""
    mobile = get(get(get(state, "noteData"), "data"), "noteData")
    if isinstance(mobile, Mapping):
        yield {"note": mobile, "comments": get(get(state, "noteData"), "comments")}
    details = get(get(state, "note"), "noteDetailMap")
    for entry in details.values() if isinstance(details, Mapping) else ():
        found = opened(entry)
        note = get(found, "note")
        if isinstance(note, Mapping) and (get(note, "desc") or get(note, "title") or get(note, "noteId")):
            yield {"note": note, "comments": get(found, "comments")}


def note_post(source: Source, note: object, comments: object = None, place: str = "") -> Post | None:
    """The post of a note; None when it has no text."""
    blocks, tags = values.text_blocks(get(note, "title") or get(note, "displayTitle"), get(note, "desc"))
    user, counts = get(note, "user"), get(note, "interactInfo")
    author_id = values.ident(get(user, "userId"))
    replies = tuple(note_comments(source, comments, author_id))
    if not values.has_text(blocks) and not replies:
        return None
    native_id = values.ident(get(note, "noteId") or get(note, "id"))
    return Post(
        "xhs",
        blocks,
        native_id=native_id,
        kind="video" if get(note, "type") == "video" else "note",
        author=values.line(get(user, "nickname") or get(user, "nickName")),
        author_id=author_id,
        url=f"https://www.xiaohongshu.com/explore/{native_id}" if native_id else "",
        tags=values.topics(get(note, "tagList"), tags),
        posted=values.moment(get(note, "time")),
        edited=values.moment(get(note, "lastUpdateTime")),
        likes=values.count(get(counts, "likedCount")),
        saves=values.count(get(counts, "collectedCount")),
        shares=values.count(get(counts, "shareCount")),
        comment_count=values.count(get(counts, "commentCount")),
        place=values.line(get(note, "ipLocation")),
        media=tuple(_media(note)),
        comments=replies,
        place_in_source=place,
    )


def _media(note: object) -> Iterator[Media]:
    images = get(note, "imageList")
    for image in images if isinstance(images, list) else ():
        infos = get(image, "infoList")
        listed = [get(info, "url") for info in infos] if isinstance(infos, list) else []
        url = values.link(
            next(filter(None, (get(image, "urlDefault"), get(image, "url"), *reversed(listed))), "")
        )
        if url:
            yield Media(MediaKind.LIVE_PHOTO if get(image, "livePhoto") else MediaKind.IMAGE, url=url)
    streams = get(get(get(get(note, "video"), "media"), "stream"), "h264")
    for stream in streams[:1] if isinstance(streams, list) else ():
        url = values.link(get(stream, "masterUrl"))
        if url:
            yield Media(MediaKind.VIDEO, url=url)


def note_comments(source: Source, comments: object, author_id: str) -> Iterator[Comment]:
    """All comments of a list, replies after what they answer.

    Replies deeper than COMMENT_DEPTH are kept, as answers to the last one that may be nested.
    """
    rows = comments if isinstance(comments, list) else get(comments, "list") or get(comments, "comments")
    stack = [(row, "", 0) for row in reversed(rows)] if isinstance(rows, list) else []
    noted = False
    seen: set[str] = set()
    while stack:
        row, above, depth = stack.pop()
        found = _comment(row, above, author_id)
        key = found.key if found else above
        if found and found.key not in seen:
            seen.add(found.key)
            yield found
        if depth >= limits.COMMENT_DEPTH.value:
            key = above
            if not noted:
                source.note(limits.COMMENT_DEPTH.sentence, hint="deeper replies were kept on the last level")
                noted = True
        replies = get(row, "subComments")
        stack += [(reply, key, depth + 1) for reply in reversed(replies if isinstance(replies, list) else [])]


def _comment(row: object, above: str, author_id: str) -> Comment | None:
    user, shown = get(row, "userInfo"), get(row, "showTags")
    target = values.ident(get(get(row, "targetComment"), "id"))
    pictures = get(row, "pictures")
    urls = [get(p, "urlDefault") or get(p, "url") for p in pictures] if isinstance(pictures, list) else []
    by = values.ident(get(user, "userId"))
    return values.comment(
        get(row, "content"),
        get(row, "id"),
        author=values.line(get(user, "nickname") or get(user, "nickName")),
        parent=target or above,
        by_author=(bool(by) and by == author_id) or (isinstance(shown, list) and "is_author" in shown),
        posted=values.moment(get(row, "createTime")),
        likes=values.count(get(row, "likeCount")),
        place=values.line(get(row, "ipLocation")),
        media=values.pictures(urls),
    )
