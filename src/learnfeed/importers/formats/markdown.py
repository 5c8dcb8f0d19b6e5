"""Markdown notes: of the person's own, and of clippers that save posts into a notes folder.

Read by their properties: Obsidian Web Clipper (source, created, clippings), Xiaohongshu Importer
(Imported At), Rednote2Obsidian (resourceId, syncedAt), REDnote-clipper (platform, note_id).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from learnfeed.core.post import Block, BlockRole, Comment, Media, MediaKind, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.front_matter import Properties, many, one, split_front_matter
from learnfeed.importers.markdown_text import markdown_blocks, plain_markdown, sections, strip_media
from learnfeed.importers.records import looks_like_json
from learnfeed.importers.signatures import kind_of_file
from learnfeed.importers.source import Source
from learnfeed.importers.text import clean, strip_token, xhs_note_id

_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_MARKS = (
    _HEADING,
    re.compile(r"^> ", re.MULTILINE),
    re.compile(r"^\|.*\|\s*$", re.MULTILINE),
    re.compile(r"^```", re.MULTILINE),
    re.compile(r"!?\[[^\]\n]{0,200}\]\([^)\s]{1,2000}\)"),
    re.compile(r"\*\*[^*\n]{1,200}\*\*"),
    re.compile(r"^[-*] \S", re.MULTILINE),
)
_CLIPPED = (("source", "created"), ("Imported At",), ("resourceId", "syncedAt"), ("platform", "note_id"))
_SITE = re.compile(r"(?<!\s)\s*+[-|]\s*+(?:小红书|rednote|Xiaohongshu)\s*$", re.IGNORECASE)
_HOT = re.compile(r"( *)- \*\*(.{1,100}?)\*\*[:：] ?(.*?)(?: \(👍 ?([^)]{0,20})\))?$")
_OCR = ("Text from images", "图片文字")
_BODY = ("Content", "正文")


class Markdown:
    """Markdown notes and clippings."""

    name = "markdown"
    label = "Markdown note or clipping"

    def sniff(self, probe: Probe) -> float:
        """Fairly sure by known properties; else by several kinds of Markdown marks."""
        if not probe.text.strip() or looks_like_json(probe.text):
            return 0.0
        properties, _ = split_front_matter(probe.text)
        if any(all(name in properties for name in names) for names in _CLIPPED):
            return 0.9
        named = probe.name.lower().endswith((".md", ".markdown"))
        marks = sum(1 for mark in _MARKS if mark.search(probe.text))
        if properties and (named or marks):
            return 0.5
        return 0.3 if named or (marks > 2 and _HEADING.search(probe.text)) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the note as one post."""
        properties, body = split_front_matter(clean(source.text()))
        post = _clipped_post(source, properties, body)
        yield post or source.problem("there is no text in the note", hint="nothing to do")


def _clipped_post(source: Source, properties: Properties, body: str) -> Post | None:
    parts = sections(body)
    title = _SITE.sub("", one(properties, "title")) or parts.title
    main = next((parts.named[name] for name in _BODY if name in parts.named), parts.body)
    main, callouts = _callouts(main)
    text, urls = strip_media(main)
    blocks, tags = values.text_blocks(title, plain_markdown(text) if properties else "")
    if not properties:
        heading = values.line(title, 1000)
        blocks = (Block(heading, BlockRole.TITLE),) if heading else ()
        pieces, tags = markdown_blocks(text)
        blocks = (*blocks, *pieces)
    ocr = "\n".join([parts.named[n] for n in _OCR if n in parts.named] + callouts.get("📷", []))
    read_text = values.string(plain_markdown(re.sub(r"^#+ .*$", "", ocr, flags=re.MULTILINE))).strip()
    if read_text:
        blocks = (*blocks, Block(read_text, BlockRole.IMAGE_TEXT))
    spoken = "\n".join(callouts.get("🎬", [])).strip()
    if spoken:
        blocks = (*blocks, Block(spoken, BlockRole.TRANSCRIPT))
    if not values.has_text(blocks):
        return None
    comments = tuple(_hot_comments(callouts.get("💬", [])))
    return _post(source, properties, blocks, tags=tags, urls=urls, comments=comments)


def _post(
    source: Source,
    properties: Properties,
    blocks: tuple[Block, ...],
    *,
    tags: tuple[str, ...],
    urls: list[str],
    comments: tuple[Comment, ...],
) -> Post:
    address = one(properties, "source", "url")
    native_id = xhs_note_id(address) or values.ident(one(properties, "note_id", "resourceId"))
    is_xhs = bool(native_id) or "xhslink" in address or one(properties, "platform") == "xiaohongshu"
    own = [tag for tag in many(properties, "tags") if tag != "clippings"]
    author = one(properties, "author")
    return Post(
        "xhs" if is_xhs else "web" if address else "local",
        blocks,
        native_id=native_id,
        kind="video" if source.path.name.startswith("[V]") else "note" if is_xhs else "text",
        author=values.line(author),
        author_id=values.ident(one(properties, "author_id")),
        url=f"https://www.xiaohongshu.com/explore/{native_id}" if native_id else strip_token(address),
        tags=values.topics(own, tags),
        posted=values.moment(one(properties, "published", "published_at", "postCreatedAt")),
        likes=values.count(one(properties, "liked_count", "likedCount")),
        saves=values.count(one(properties, "collected_count", "collectedCount")),
        shares=values.count(one(properties, "shared_count", "shareCount")),
        comment_count=values.count(one(properties, "comment_count", "commentCount")),
        media=tuple(_media(source, urls)),
        comments=comments,
        revision=values.millis(values.moment(one(properties, "captured_at", "syncedAt", "created"))),
        place_in_source="line 1",
    )


def _media(source: Source, urls: list[str]) -> Iterator[Media]:
    """Pictures by address, or by their place in the notes folder when they lie there."""
    for url in dict.fromkeys(urls):
        address = strip_token(url)
        if address:
            is_video = url.lower().endswith((".mp4", ".mov")) or "video" in address
            yield Media(MediaKind.VIDEO if is_video else MediaKind.IMAGE, url=address)
            continue
        name = PurePosixPath(url).name
        path = (
            source.beside(*PurePosixPath(url).parts) or source.beside(name)
            if ".." not in url and name
            else None
        )
        if path:
            kind = kind_of_file(path)
            if kind:
                yield Media(kind, str(path))


def _callouts(text: str) -> tuple[str, dict[str, list[str]]]:
    """The text without its callouts (``> [!note]- 📷 …``), and their lines by the emoji in their title."""
    kept: list[str] = []
    found: dict[str, list[str]] = {}
    mark = ""
    for line in text.split("\n"):
        if line.startswith("> [!"):
            mark = next((emoji for emoji in "📷🎬💬" if emoji in line), "")
            if mark:
                found.setdefault(mark, [])
                continue
        elif not line.startswith(">"):
            mark = ""
        if mark:
            found[mark].append(line.removeprefix(">").removeprefix(" "))
        else:
            kept.append(line)
    return "\n".join(kept), found


def _hot_comments(lines: list[str]) -> Iterator[Comment]:
    """Comments of Rednote2Obsidian's callout; two more blanks make a reply."""
    top = ""
    for line in lines:
        match = _HOT.match(line)
        if match is None:
            continue
        indent, author, text, likes = match.groups()
        found = values.comment(
            text, author=values.line(author), likes=values.count(likes), parent=top if indent else ""
        )
        if found:
            top = top if indent else found.key
            yield found
