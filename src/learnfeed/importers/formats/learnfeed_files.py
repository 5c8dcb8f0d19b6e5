"""learnfeed's own files: a post as TOML, saved posts and known words as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath

from learnfeed.core.errors import DamagedError
from learnfeed.core.post import Block, BlockRole, Comment, Media, MediaKind, Moment, Post
from learnfeed.core.toml_text import parse_toml
from learnfeed.importers import values
from learnfeed.importers.base import Item, KnownWord, Probe
from learnfeed.importers.records import Record, json_keys, read_json
from learnfeed.importers.signatures import kind_of_file
from learnfeed.importers.source import Source
from learnfeed.importers.text import clean

_POST = "learnfeed.post/1"
_SAVED = "learnfeed.saved_posts/1"
_WORDS = "learnfeed.known_words/1"
_KINDS = frozenset(
    ("note", "video", "captions", "text", "article", "short_post", "lyrics", "message", "highlight")
)
_ROLES = {
    "title": BlockRole.TITLE,
    "caption": BlockRole.CAPTION,
    "ocr": BlockRole.IMAGE_TEXT,
    "transcript": BlockRole.TRANSCRIPT,
}
_MEDIA_KINDS = {kind.value: kind for kind in MediaKind}


class LearnfeedPost:
    """A post as a TOML file, ``schema = "learnfeed.post/1"``."""

    name = "learnfeed"
    label = "learnfeed post"

    def sniff(self, probe: Probe) -> float:
        """Sure when the schema is named."""
        return 1.0 if _POST in probe.text and "schema" in probe.text and not json_keys(probe) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the one post.

        Raises:
            DamagedError: It is no valid TOML, with the line where.
        """
        text = source.text()
        try:
            data = parse_toml(text)
        except ValueError as error:
            reason, _, place = str(error).partition(";")[0].partition(" (at ")
            hint = "correct the file with a text editor"
            raise DamagedError(f"{source.name}: {reason}", place=place.rstrip(")"), hint=hint) from error
        if data.get("schema") != _POST:
            yield source.problem(f"its schema is not {_POST}", hint="a newer learnfeed may read it")
            return
        yield from _toml_post(source, data)


def _toml_post(source: Source, data: Record) -> Iterator[Item]:
    heading = values.line(data.get("title"), 1000)
    body = clean(values.string(data.get("body"))).strip()
    blocks = (Block(heading, BlockRole.TITLE),) if heading else ()
    blocks += (Block(body),) if body else ()  # type: ignore[assignment]
    blocks += tuple(_cues(data.get("captions")))  # type: ignore[assignment]
    if not values.has_text(blocks):
        yield source.problem("the post has no text", hint="give it a title or a body")
        return
    kind = values.line(data.get("kind"))
    yield Post(
        values.ident(data.get("platform")) or "learnfeed",
        blocks,
        native_id=values.ident(data.get("id")),
        kind=kind if kind in _KINDS else "note",
        author=values.line(data.get("author")),
        url=values.link(data.get("url")),
        tags=values.topics(data.get("tags")),
        posted=_toml_moment(data.get("posted")),
        likes=values.count(data.get("likes")),
        saves=values.count(data.get("saves")),
        shares=values.count(data.get("shares")),
        place=values.line(data.get("place")),
        media=tuple(_toml_pictures(source, data.get("pictures"))),
        comments=tuple(_toml_comments(data.get("comments"))),
    )


def _toml_moment(value: object) -> Moment | None:
    return values.moment(value.isoformat() if isinstance(value, date) else value)


def _tables(value: object) -> Iterator[Record]:
    yield from (item for item in (value if isinstance(value, list) else ()) if isinstance(item, Mapping))


def _cues(value: object) -> Iterator[Block]:
    for number, cue in enumerate(_tables(value), 1):
        start, end = _seconds(cue.get("start")), _seconds(cue.get("end"))
        texts = [values.string(cue.get(language)).strip() for language in ("zh", "en")]
        pair = f"c{number}" if all(texts) else ""
        for text in filter(None, texts):
            yield Block(text, BlockRole.CAPTION, pair, start, end)


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 <= value < 1e7 else None


def _toml_pictures(source: Source, value: object) -> Iterator[Media]:
    for name in value if isinstance(value, list) else ():
        path = (
            source.beside(*PurePosixPath(name).parts) if isinstance(name, str) and ".." not in name else None
        )
        kind = None
        if path and path.is_relative_to(source.path.parent.resolve()):
            kind = kind_of_file(path)
        if path and kind:
            yield Media(kind, str(path))
        else:
            source.note(
                f"the picture {values.line(name)} is not there", hint="put it into the post's own folder"
            )


def _toml_comments(value: object) -> Iterator[Comment]:
    for row in _tables(value):
        found = values.comment(
            row.get("text"),
            row.get("id", ""),
            author=values.line(row.get("author")),
            parent=values.ident(row.get("parent")),
            by_author=row.get("by_author") is True,
            posted=_toml_moment(row.get("posted")),
            likes=values.count(row.get("likes")),
            place=values.line(row.get("place")),
        )
        if found:
            yield found


class LearnfeedJson:
    """Saved posts and known words as JSON (``learnfeed.saved_posts/1``, ``learnfeed.known_words/1``)."""

    name = "learnfeed-json"
    label = "learnfeed JSON"

    def sniff(self, probe: Probe) -> float:
        """Sure when the schema is named at the top."""
        named = any(schema in probe.text[:500] for schema in (_SAVED, _WORDS))
        return 1.0 if named and "schema" in json_keys(probe) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the document's posts, or its words."""
        data = read_json(source)
        rows = data if isinstance(data, dict) else {}
        for number, row in enumerate(_tables(rows.get("posts")), 1):
            yield from _json_post(source, row, f"post {number}")
        for number, row in enumerate(_tables(rows.get("words")), 1):
            word = values.line(row.get("text"))
            if word and row.get("status") != "new":
                yield KnownWord(word, row.get("status") in ("known", "ignored"), f"word {number}")


def _json_post(source: Source, row: Record, place: str) -> Iterator[Item]:
    blocks = tuple(_json_block(block) for block in _tables(row.get("blocks")))
    blocks = tuple(block for block in blocks if block.text)
    comments = tuple(filter(None, (_json_comment(each) for each in _tables(row.get("comments")))))
    if not values.has_text(blocks) and not comments:
        yield source.problem("the post has no text", place)
        return
    counts, author = _table(row.get("counts")), _table(row.get("author"))
    kind = values.line(row.get("kind"))
    yield Post(
        values.ident(row.get("platform")) or "local",
        blocks,
        native_id=values.ident(row.get("native_id")),
        kind=kind if kind in _KINDS else "note",
        author=values.line(author.get("name")),
        author_id=values.ident(author.get("id")),
        url=values.link(row.get("url")),
        tags=values.topics(row.get("tags")),
        posted=_when(row.get("created")),
        edited=_when(row.get("edited")),
        likes=values.count(_table(counts.get("likes")).get("raw")),
        saves=values.count(_table(counts.get("saves")).get("raw")),
        shares=values.count(_table(counts.get("shares")).get("raw")),
        comment_count=values.count(_table(counts.get("comments")).get("raw")),
        place=values.line(author.get("place")),
        media=tuple(_json_media(each) for each in _tables(row.get("media"))),
        comments=comments,
        revision=values.millis(_when(row.get("saved")) or _when(row.get("edited"))),
        place_in_source=place,
    )


def _table(value: object) -> Record:
    return value if isinstance(value, Mapping) else {}


def _when(value: object) -> Moment | None:
    found = _table(value)
    at = values.moment(found.get("at"))
    return Moment(at.at, values.line(found.get("raw")) or at.raw) if at else None


def _json_block(row: Record) -> Block:
    role = row.get("role")
    time = row.get("time")
    start, end = ([*time, None, None])[:2] if isinstance(time, list) else (None, None)
    return Block(
        values.string(row.get("text")).strip(),
        _ROLES.get(role, BlockRole.BODY) if isinstance(role, str) else BlockRole.BODY,
        values.line(row.get("pair")),
        _seconds(start),
        _seconds(end),
    )


def _json_comment(row: Record) -> Comment | None:
    # A comment of emoji codes only has an empty text; what was saved stands in raw.
    texts = [values.string(b.get("text")) or values.string(b.get("raw")) for b in _tables(row.get("blocks"))]
    author = _table(row.get("author"))
    return values.comment(
        "\n".join(texts),
        row.get("id", ""),
        author=values.line(author.get("name")),
        parent=values.ident(row.get("parent")),
        by_author=row.get("by_post_author") is True,
        posted=_when(row.get("created")),
        likes=values.count(_table(_table(row.get("counts")).get("likes")).get("raw")),
        place=values.line(author.get("place")),
    )


def _json_media(row: Record) -> Media:
    kind = row.get("kind")
    return Media(
        _MEDIA_KINDS.get(kind, MediaKind.IMAGE) if isinstance(kind, str) else MediaKind.IMAGE,
        url=values.link(row.get("url")),
    )
