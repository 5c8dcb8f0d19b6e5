"""Telegram Desktop's ``result.json``: one chat, or all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from learnfeed.core.post import Media, MediaKind, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.records import Record, json_keys, read_json
from learnfeed.importers.signatures import kind_of_file
from learnfeed.importers.source import Source


class Telegram:
    """Messages with text, each a post."""

    name = "telegram"
    label = "Telegram export"

    def sniff(self, probe: Probe) -> float:
        """Sure by the members of a message."""
        keys = json_keys(probe)
        return (
            0.95
            if {"messages", "date_unixtime", "type"} <= keys or {"chats", "personal_information"} <= keys
            else 0.0
        )

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the messages that have text; service messages and bare pictures are no posts."""
        data = read_json(source)
        chats = list(_chats(data))
        found = 0
        for chat in chats:
            for message in _rows(chat.get("messages")):
                post = _message(source, chat, message)
                if post:
                    found += 1
                    yield post
        if not found:
            yield source.problem(
                "there is no message with text in it", hint="export the chat as JSON, with text"
            )


def _rows(value: object) -> Iterator[Record]:
    yield from (row for row in (value if isinstance(value, list) else ()) if isinstance(row, Mapping))


def _chats(data: object) -> Iterator[Record]:
    if not isinstance(data, Mapping):
        return
    if "messages" in data:
        yield data
    for group in ("chats", "left_chats"):
        held = data.get(group)
        yield from _rows(held.get("list") if isinstance(held, Mapping) else None)


def _message(source: Source, chat: Record, row: Record) -> Post | None:
    blocks, tags = values.text_blocks("", _text(row.get("text")))
    if row.get("type") != "message" or not values.has_text(blocks):
        return None
    chat_id, message_id = values.ident(chat.get("id")), values.ident(row.get("id"))
    return Post(
        "telegram",
        blocks,
        native_id=f"{chat_id}_{message_id}" if chat_id and message_id else "",
        kind="message",
        author=values.line(row.get("forwarded_from")) or values.line(row.get("from")),
        author_id=values.ident(row.get("from_id")),
        tags=tags,
        # "date" has no zone; the Unix time beside it, a text, is exact.
        posted=values.moment(row.get("date_unixtime")) or values.moment(row.get("date")),
        edited=values.moment(row.get("edited_unixtime")) or values.moment(row.get("edited")),
        media=tuple(_media(source, row)),
        place_in_source=f"message {message_id}",
    )


def _text(value: object) -> str:
    """A text, or a list of texts and marked pieces."""
    if isinstance(value, list):
        return "".join(
            values.string(part.get("text") if isinstance(part, Mapping) else part) for part in value
        )
    return values.string(value)


def _media(source: Source, row: Record) -> Iterator[Media]:
    for name in ("photo", "file"):
        value = row.get(name)
        # What was not downloaded stands there as "(File not included…)".
        path = (
            source.beside(*PurePosixPath(value).parts)
            if isinstance(value, str) and ".." not in value
            else None
        )
        if path:
            kind = kind_of_file(path)
            if kind:
                yield Media(MediaKind(kind), str(path))
