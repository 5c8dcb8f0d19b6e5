"""A note copied out of the app or the page: its text among the words of the screen.

Known by buttons and counters that no note contains as lines of their own (关注, 共 57 条评论, 展开 12
条回复). They are dropped, the comments below are kept as comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from learnfeed.core.post import Comment, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.formats.plain_text import text_post
from learnfeed.importers.source import Source
from learnfeed.importers.text import clean, split_lines

_MARK = re.compile(
    r"关注|已关注|不喜欢|说点什么\S{0,6}|共 ?[\d.万千+]+ ?条评论|展开 ?[\d.万千+]+ ?条回复|展开更多回复|收起|回复|赞|"
    r"Follow(?:ing)?|Not interested|[\d.,]+ comments?|- ?THE END ?-|Say something\S{0,6}"
)
_DATED = re.compile(
    r"(?:编辑于|发布于|Edited on|Posted on)?\s*"
    r"((?:\d{4}-)?\d{1,2}-\d{1,2}|\d+ ?(?:分钟|小时|天)前|昨天|今天)(?:\s*\d{1,2}:\d\d)?\s*([^\d\s]{0,12})"
)
_COMMENT_END = re.compile(
    r"((?:\d{4}-)?\d{1,2}-\d{1,2}|\d+ ?(?:分钟|小时|天)前|昨天|今天)(?:\s*\d{1,2}:\d\d)?\s*([^\d\s]{0,12}?)"
    r"\s*([\d.,]+[万千wk]?\+?)?\s*(?:赞\s*)?([\d.,]*)\s*(?:回复|Reply)"
)
_COUNTED = re.compile(r"共 ?([\d.万千+]+) ?条评论|([\d.,]+) comments?")
_BY_AUTHOR = re.compile(r"(?<!\s)\s++(?:作者|Author)$")


class Clipboard:
    """Text copied from the app's screen."""

    name = "clipboard"
    label = "Text copied from the app"

    def sniff(self, probe: Probe) -> float:
        """Fairly sure when two different words of the screen stand on lines of their own."""
        lines = {line.strip() for line in split_lines(probe.text) if len(line) < 60}
        marks = {line for line in lines if _MARK.fullmatch(line)}
        marks |= {"date" for line in lines if _COMMENT_END.fullmatch(line)}
        return (
            0.7
            if len(marks) > 1 and any(_COUNTED.fullmatch(m) or m in ("关注", "Follow", "date") for m in marks)
            else 0.0
        )

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the one post with the comments that were copied."""
        lines = [line.strip() for line in split_lines(clean(source.text()))]
        end = next((i for i, line in enumerate(lines) if _ends_note(line)), len(lines))
        note = lines[:end]
        author = ""
        if len(note) > 1 and note[1] in ("关注", "已关注", "Follow", "Following"):
            author, note = note[0], note[2:]
        post = text_post("\n".join(line for line in note if not _MARK.fullmatch(line)), platform="xhs")
        if post is None:
            yield source.problem("there is no text in it besides the words of the screen")
            return
        yield _with_rest(post, author, lines[end:])


def _ends_note(line: str) -> bool:
    dated = _DATED.fullmatch(line)
    return bool(
        _COUNTED.fullmatch(line)
        or line in ("不喜欢", "Not interested")
        or (dated and line[:1] in "编发EP0123456789")
    )


def _with_rest(post: Post, author: str, rest: list[str]) -> Post:
    dated = _DATED.fullmatch(rest[0]) if rest else None
    counted = next((match for line in rest if (match := _COUNTED.fullmatch(line))), None)
    return Post(
        post.platform,
        post.blocks,
        author=values.line(author),
        tags=post.tags,
        place=dated.group(2) if dated else "",
        comment_count=values.count(counted.group(1) or counted.group(2)) if counted else post.comment_count,
        comments=tuple(_comments(rest)),
        place_in_source="line 1",
    )


def _comments(lines: list[str]) -> Iterator[Comment]:
    """Name, text, and a line of date, place and likes that closes each comment."""
    held: list[str] = []
    for line in lines:
        match = _COMMENT_END.fullmatch(line)
        if match is None:
            if line and not _MARK.fullmatch(line) and not (_DATED.fullmatch(line) and not held):
                held.append(line)
            continue
        if len(held) > 1:
            name = _BY_AUTHOR.sub("", held[0])
            found = values.comment(
                "\n".join(held[1:]),
                author=values.line(name),
                by_author=name != held[0],
                place=match.group(2),
                likes=values.count(match.group(3) or match.group(4)),
            )
            if found:
                yield found
        held = []
