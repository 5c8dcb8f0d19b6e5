"""Notes as JSON from the site's own interfaces: API answers, xiaohongshu-mcp, copied page state, HAR files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from learnfeed.importers.base import Item, LooseComment, Probe
from learnfeed.importers.records import json_keys, read_json
from learnfeed.importers.source import Source
from learnfeed.importers.xhs_note import get, note_comments, note_post, state_notes

_NOTE_KEYS = (
    frozenset(("note_card", "interact_info")),
    frozenset(("noteId", "interactInfo")),
    frozenset(("noteId", "desc")),
    frozenset(("noteDetailMap",)),
    frozenset(("note_id", "interact_info", "desc")),
    frozenset(("note_card", "items")),
)
_COMMENT_KEYS = (
    frozenset(("comments", "sub_comments", "user_info", "content")),
    frozenset(("note_id", "sub_comment_count", "user_info", "content")),
    frozenset(("sub_comments", "content", "id")),
)
_DEEPEST = 12


class XhsJson:
    """Raw Xiaohongshu JSON in any nesting."""

    name = "xhs-json"
    label = "Xiaohongshu JSON (API, xiaohongshu-mcp, page state)"

    def sniff(self, probe: Probe) -> float:
        """Fairly sure by the members of a note or a comment."""
        keys = json_keys(probe)
        if "creator_hash" in keys or ("image_list" in keys and "last_modify_ts" in keys):
            return 0.0
        if any(keys >= needed for needed in _NOTE_KEYS):
            return 0.8
        har = {"log", "entries", "response", "content"} <= keys and "xiaohongshu" in probe.text
        return 0.7 if har or any(keys >= needed for needed in _COMMENT_KEYS) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields each note once, with the comments that lie beside it."""
        seen = False
        for note, comments in _notes(read_json(source), 0):
            if note is None:
                found: Iterator[Item] = _loose(source, comments)
            else:
                post = note_post(source, note, comments)
                found = iter((post,) if post else ())
            for item in found:
                seen = True
                yield item
        if not seen:
            yield source.problem(
                "there is no note in it", hint="save the answer again while the note is open"
            )


def _notes(value: object, depth: int) -> Iterator[tuple[object, object]]:
    """Notes with their comments, wherever they lie in the document."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _notes(each, depth + 1)
        return
    if not isinstance(value, Mapping):
        return
    if "log" in value and depth == 0:
        yield from _har(value)
    elif get(value, "noteDetailMap") or get(get(value, "note"), "noteDetailMap") or "noteData" in value:
        state = value if "note" in value or "noteData" in value else {"note": value}
        yield from ((entry["note"], entry["comments"]) for entry in state_notes(state))
    elif isinstance(get(value, "noteCard"), Mapping):
        card = get(value, "noteCard")
        native = get(value, "id")
        yield ({"noteId": native, **card} if isinstance(card, Mapping) else card), get(value, "comments")
    elif isinstance(get(value, "note"), Mapping) and get(get(value, "note"), "desc") is not None:
        yield get(value, "note"), get(value, "comments")
    elif get(value, "desc") is not None and (get(value, "interactInfo") or get(value, "noteId")):
        yield value, get(value, "comments")
    elif isinstance(get(value, "comments"), list):
        yield None, get(value, "comments")
    elif get(value, "content") is not None and get(value, "subComments") is not None:
        yield None, [value]
    else:
        for each in value.values():
            yield from _notes(each, depth + 1)


def _har(value: Mapping[str, object]) -> Iterator[tuple[object, object]]:
    """Notes in the answers of a network log; requests, which hold cookies, are not looked at."""
    entries = get(get(value, "log"), "entries")
    for entry in entries if isinstance(entries, list) else ():
        text = get(get(get(entry, "response"), "content"), "text")
        if isinstance(text, str) and text.lstrip()[:1] in ("{", "["):
            try:
                yield from _notes(json.loads(text), 1)
            except (ValueError, RecursionError):
                continue


def _loose(source: Source, comments: object) -> Iterator[Item]:
    native = ""
    for row in comments if isinstance(comments, list) else ():
        native = native or str(get(row, "noteId") or "")
    if not native:
        yield source.problem("comments that name no note", hint="import the note itself")
        return
    yield from (LooseComment("xhs", native, comment) for comment in note_comments(source, comments, ""))
