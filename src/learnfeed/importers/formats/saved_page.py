"""Saved web pages: HTML as browsers and SingleFile write it, and MHTML.

A Xiaohongshu page is read from its data where the file still has them, else from what it shows and from
its meta tags. Of other pages the article is taken. Nothing in a page is run or fetched.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from learnfeed.core.errors import DamagedError
from learnfeed.core.post import Comment, Media, MediaKind, Post
from learnfeed.importers import decoding, values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.html_tree import Node, parse_html
from learnfeed.importers.js_state import states
from learnfeed.importers.source import Source
from learnfeed.importers.text import strip_token, xhs_note_id
from learnfeed.importers.xhs_note import note_post, state_notes

_HTML = re.compile(
    r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body|script|meta|div|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(
    r"^(?:From: <Saved by|Snapshot-Content-Location:|Content-Type: multipart/related)",
    re.IGNORECASE | re.MULTILINE,
)
_SAVED_FROM = re.compile(
    r"<!-- saved from url=\(\d{1,6}\)(\S{1,2000})|^ ?url: (\S{1,2000})\s*$"
    r"|^Snapshot-Content-Location: (\S{1,2000})",
    re.MULTILINE,
)
_SITE_NAME = re.compile(r"(?<!\s)\s*+[-|]\s*+(?:小红书|rednote|Xiaohongshu)(?:\s*-.*)?$", re.IGNORECASE)
_PROFILE = re.compile(r"/user/profile/([0-9a-f]{8,32})")
_LEAST_TEXT = 20
_NO_NOTE = "the page shows no note: it was deleted, or asked to log in"
_SAVE_AGAIN = "open the post in the browser and save the page again"


class SavedPage:
    """HTML and MHTML pages."""

    name = "saved-page"
    label = "Saved web page (HTML, MHTML)"

    def sniff(self, probe: Probe) -> float:
        """Sure by the first tag, or the headers of MHTML."""
        start = probe.text.lstrip("\ufeff \t\r\n")
        if _MHTML.search(start[:4000]):
            return 0.9
        if "NETSCAPE-Bookmark-file-1" in start[:200]:
            return 0.0
        return 0.8 if _HTML.match(start) or "__INITIAL_STATE__" in start else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the note or the article of the page; a Problem when it has none."""
        head = source.probe().text
        page = _mhtml_page(source) if _MHTML.search(head[:4000]) else source.text()
        url = _address(head) or _address(page[:4000])
        tree = parse_html(page)
        meta = _meta(tree)
        url = url or meta.first("og:url")
        shown = _shown_post(tree, meta, url)
        notes = [entry for state in states(page) for entry in state_notes(state)]
        found = [post for entry in notes if (post := note_post(source, entry["note"], entry["comments"]))]
        for post in found:
            yield post if post.comments or shown is None else replace(post, comments=shown.comments)
        if not found:
            is_note = "xiaohongshu" in url or "rednote" in url or "小红书" in meta.title or "_STATE__" in page
            post = shown if shown or is_note else _article(tree, meta, url)
            yield post or source.problem(
                _NO_NOTE if is_note else "there is no text to read", hint=_SAVE_AGAIN
            )


def _mhtml_page(source: Source) -> str:
    message = email.message_from_bytes(source.data(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes):
                return decoding.decode(raw, decoding.detect(raw[: 1 << 20]))[0]
    raise DamagedError(f"{source.name}: no page in this MHTML file", hint="save the page again")


@dataclass(frozen=True, slots=True)
class _Meta:
    title: str
    names: dict[str, list[str]]

    def first(self, name: str) -> str:
        return next(iter(self.names.get(name, ())), "")


def _meta(tree: Node) -> _Meta:
    """Meta tags by name; some tools write them as property."""
    names: dict[str, list[str]] = {}
    for node in tree.find_all(lambda n: n.tag == "meta"):
        key = node.attributes.get("name") or node.attributes.get("property") or ""
        if key and node.attributes.get("content"):
            names.setdefault(key.lower(), []).append(node.attributes["content"])
    title = tree.by_tag("title")
    return _Meta("".join(c for c in title.children if isinstance(c, str)) if title else "", names)


def _address(text: str) -> str:
    match = _SAVED_FROM.search(text)
    return strip_token(next(filter(None, match.groups()), "")) if match else ""


def _shown_post(tree: Node, meta: _Meta, url: str) -> Post | None:
    """The note as the page shows it, what is missing there from its meta tags."""
    heading, body = tree.by_id("detail-title"), tree.by_id("detail-desc")
    if body is None and not meta.first("og:xhs:note_like") and not xhs_note_id(url):
        return None
    text = body.text() if body else meta.first("description")
    title = heading.text() if heading else _SITE_NAME.sub("", meta.first("og:title") or meta.title)
    blocks, tags = values.text_blocks(title, text)
    if not values.has_text(blocks) or not (body or meta.first("description")):
        return None
    native_id = xhs_note_id(url) or xhs_note_id(meta.first("og:url"))
    author, author_id = _author(tree)
    media = list(values.pictures(meta.names.get("og:image", [])))
    media += values.pictures(meta.names.get("og:video", []), MediaKind.VIDEO)
    return Post(
        "xhs",
        blocks,
        native_id=native_id,
        kind="video" if meta.first("og:type") == "video" else "note",
        author=author,
        author_id=author_id,
        url=f"https://www.xiaohongshu.com/explore/{native_id}" if native_id else strip_token(url),
        tags=values.topics(meta.first("keywords"), tags),
        likes=values.count(meta.first("og:xhs:note_like")),
        saves=values.count(meta.first("og:xhs:note_collect")),
        comment_count=values.count(meta.first("og:xhs:note_comment")),
        place=_place(tree),
        media=tuple(media),
        comments=tuple(_comments(tree, author_id)),
    )


def _author(tree: Node) -> tuple[str, str]:
    box = tree.by_class("author-container") or tree.by_class("author-wrapper")
    name = (box.by_class("username") or box.by_class("name")) if box else None
    link = next(box.find_all(lambda n: n.tag == "a" and "href" in n.attributes), None) if box else None
    return (values.line(name.text()) if name else "", _profile(link))


def _profile(link: Node | None) -> str:
    match = _PROFILE.search(link.attributes.get("href", "")) if link else None
    return match.group(1) if match else ""


def _place(tree: Node) -> str:
    """``01-16 吉林`` under the note: the last word is the place when it is no date."""
    box = tree.by_class("bottom-container")
    date = box.by_class("date") if box else None
    words = date.text().split() if date else []
    return values.line(words[-1]) if len(words) > 1 and not any(c.isdigit() for c in words[-1]) else ""


def _comments(tree: Node, author_id: str) -> Iterator[Comment]:
    top = ""
    seen: set[str] = set()
    for node in tree.find_all(lambda n: "comment-item" in n.classes):
        found = _comment(node, top if "comment-item-sub" in node.classes else "", author_id)
        if found and found.key not in seen:
            seen.add(found.key)
            top = top if found.parent else found.key
            yield found


def _comment(node: Node, parent: str, author_id: str) -> Comment | None:
    content, author = node.by_class("content"), node.by_class("author") or node.by_class("author-wrapper")
    name = author.by_class("name") if author else None
    likes, place = node.by_class("count"), node.by_class("location")
    by = _profile(name)
    return values.comment(
        content.text() if content else "",
        node.attributes.get("id", "").removeprefix("comment-"),
        author=values.line(name.text()) if name else "",
        parent=parent,
        by_author=bool(by) and by == author_id,
        likes=values.count(likes.text() if likes else ""),
        place=values.line(place.text()) if place else "",
    )


def _article(tree: Node, meta: _Meta, url: str) -> Post | None:
    """The article of any other page: its ``article`` or ``main`` element, else the whole body."""
    box = tree.by_tag("article") or tree.by_tag("main") or tree.by_tag("body") or tree
    blocks, tags = values.text_blocks(meta.first("og:title") or meta.title, box.text())
    if not any(len(block.text) >= _LEAST_TEXT for block in blocks[-1:]):
        return None
    return Post(
        "web",
        blocks,
        kind="article",
        author=values.line(meta.first("author")),
        url=strip_token(url),
        tags=values.topics(meta.first("keywords"), tags),
        posted=values.moment(meta.first("article:published_time")),
        media=tuple(
            Media(MediaKind.IMAGE, url=m.url) for m in values.pictures(meta.names.get("og:image", []))
        ),
    )
