"""Posts and annotations as compact bytes: JSON, deflated.

Reading them back checks nothing but shape, since only this module writes them.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from learnfeed.core.post import Block, BlockRole, Comment, Count, Media, MediaKind, Moment, Post
from learnfeed.core.text import (
    AnnotatedPost,
    AnnotatedText,
    Decider,
    Language,
    Reading,
    SenseChoice,
    SentencePair,
    TextLevel,
    Token,
    TokenKind,
    Unit,
    WordLink,
)

_KINDS = list(TokenKind)
_DECIDERS = list(Decider)


def pack(value: object) -> bytes:
    """Any JSON value as deflated bytes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack(data: bytes) -> Any:  # noqa: ANN401
    """The JSON value that :func:`pack` wrote."""
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))


def post_to_bytes(post: Post) -> bytes:
    """A post with all its fields."""
    return pack(post_to_json(post))


def post_to_json(post: Post) -> dict[str, Any]:
    """A post as plain JSON values; fields that hold their default are left out."""
    plain: dict[str, Any] = _plain(post)
    return plain


_FIELDS: dict[type, tuple[tuple[str, object], ...]] = {
    kind: tuple((field.name, field.default) for field in fields(kind))
    for kind in (Post, Block, Comment, Count, Media, Moment)
}


def _plain(value: Any) -> Any:  # noqa: ANN401
    # dataclasses.asdict copies every value deeply, which costs more than all the rest of an import's writing.
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    held = ((name, getattr(value, name), default) for name, default in _FIELDS[type(value)])
    return {name: _plain(field) for name, field, default in held if field != default}


def post_from_bytes(data: bytes) -> Post:
    """The post that :func:`post_to_bytes` wrote."""
    return post_from_json(unpack(data))


def post_from_json(raw: dict[str, Any]) -> Post:
    """The post that :func:`post_to_json` wrote."""
    built: dict[str, Any] = {
        "blocks": tuple(_block(block) for block in raw.get("blocks", ())),
        "tags": tuple(raw.get("tags", ())),
        "media": _media(raw.get("media", ())),
        "comments": tuple(_comment(comment) for comment in raw.get("comments", ())),
        **{name: Count(**raw[name]) for name in ("likes", "saves", "shares", "comment_count") if name in raw},
        **{name: _moment(raw[name]) for name in ("posted", "edited") if name in raw},
    }
    return Post(**{**raw, **built})


def _block(raw: dict[str, Any]) -> Block:
    return Block(**{**raw, "role": BlockRole(raw.get("role", BlockRole.BODY))})


def _moment(raw: dict[str, str]) -> Moment:
    return Moment(datetime.fromisoformat(raw["at"]), raw.get("raw", ""))


def _media(raw: list[dict[str, Any]]) -> tuple[Media, ...]:
    return tuple(Media(**{**item, "kind": MediaKind(item["kind"])}) for item in raw)


def _comment(raw: dict[str, Any]) -> Comment:
    built: dict[str, Any] = {"media": _media(raw.get("media", []))}
    if "posted" in raw:
        built["posted"] = _moment(raw["posted"])
    if "likes" in raw:
        built["likes"] = Count(**raw["likes"])
    return Comment(**{**raw, **built})


def annotation_to_bytes(post: AnnotatedPost) -> bytes:
    """An annotated post."""
    level = post.level
    return pack(
        {
            "v": post.version,
            "l": [level.level, level.standard, level.hanzi, list(level.curve), list(level.above)],
            "t": _text_to_json(post.title),
            "b": _text_to_json(post.body),
            "c": [_text_to_json(comment) for comment in post.comments],
        }
    )


def annotation_from_bytes(data: bytes, *, comments: bool = True) -> AnnotatedPost:
    """The annotated post that :func:`annotation_to_bytes` wrote, with or without its comments."""
    raw = unpack(data)
    level, standard, hanzi, curve, above = raw["l"]
    return AnnotatedPost(
        version=raw["v"],
        title=_text_from_json(raw["t"]),
        body=_text_from_json(raw["b"]),
        comments=tuple(_text_from_json(comment) for comment in raw["c"] if comments),
        level=TextLevel(level, standard, hanzi, tuple(curve), tuple(above)),
    )


def headwords_from_bytes(data: bytes) -> list[str]:
    """The learnable words of an annotated post's title and body, as they stand there; nothing else is decoded."""
    raw = unpack(data)
    word = _KINDS.index(TokenKind.WORD)
    return [
        token[0] if token[2] == 1 else token[2]
        for text in (raw["t"], raw["b"])
        for token in text[1]
        if len(token) > 2 and token[1] == word and token[2]
    ]


def _text_to_json(text: AnnotatedText) -> list[Any]:
    return [
        text.text,
        [_token_to_json(token) for token in text.tokens],
        [[unit.language.value, unit.start, unit.end] for unit in text.units],
        [
            [
                pair.zh,
                pair.en,
                round(pair.sure, 3),
                _DECIDERS.index(pair.by),
                *([pair.own] if pair.own else []),
            ]
            for pair in text.pairs
        ],
        [[link.zh, link.en, link.headword, link.sense, round(link.sure, 3)] for link in text.links],
    ]


def _text_from_json(raw: list[Any]) -> AnnotatedText:
    text, tokens, units, pairs, links = raw
    out: list[Token] = []
    at = 0
    for item in tokens:
        out.append(_token_from_json(item, at))
        at += len(item[0])
    return AnnotatedText(
        text=text,
        tokens=tuple(out),
        units=tuple(Unit(Language(language), start, end) for language, start, end in units),
        pairs=tuple(
            SentencePair(_spans(zh), _spans(en), sure, _DECIDERS[by], *own)
            for zh, en, sure, by, *own in pairs
        ),
        links=tuple(
            WordLink((zh[0], zh[1]), _spans(en), headword, sense, sure)
            for zh, en, headword, sense, sure in links
        ),
    )


def _spans(raw: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in raw)


def _token_to_json(token: Token) -> list[Any]:
    # Trailing empty parts are cut: most tokens are marks and blanks, and these are read for every post.
    reading, sense = token.reading, token.sense
    parts: list[Any] = [
        token.text,
        _KINDS.index(token.kind),
        1 if token.headword == token.text else token.headword,
        [" ".join(reading.syllables), round(reading.sure, 3), _DECIDERS.index(reading.by)] if reading else 0,
        [sense.gloss, round(sense.sure, 3), _DECIDERS.index(sense.by), sense.english] if sense else 0,
    ]
    while parts[-1] in (0, ""):
        parts.pop()
    return parts


def _token_from_json(raw: list[Any], start: int) -> Token:
    text, kind, headword, reading, sense = raw if len(raw) == _PARTS else raw + _ABSENT[len(raw) :]
    return Token(
        text,
        start,
        _KINDS[kind],
        text if headword == 1 else headword,
        _reading(*reading) if reading else None,
        _sense(*sense) if sense else None,
    )


_ABSENT: list[Any] = ["", 0, "", 0, 0]
"""Parts of a token that were cut."""
_PARTS = len(_ABSENT)


# Words come again and again, read alike: to look a reading up costs a third of making it.
@lru_cache(maxsize=8192)
def _reading(syllables: str, sure: float, by: int) -> Reading:
    return Reading(tuple(syllables.split(" ")), sure, _DECIDERS[by])


@lru_cache(maxsize=8192)
def _sense(gloss: str, sure: float, by: int, english: str) -> SenseChoice:
    return SenseChoice(gloss, sure, _DECIDERS[by], english)
