"""A post made ready for the library: everything that costs time, worked out before any lock is taken.

Pure functions, so that worker processes can run them beside the annotation.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from learnfeed.core.english import text_level
from learnfeed.core.ids import content_hash
from learnfeed.core.pinyin import split_tone
from learnfeed.core.post import Media, MediaKind, Post
from learnfeed.core.text import AnnotatedPost, AnnotatedText, Language
from learnfeed.store.codec import annotation_to_bytes, post_to_bytes, post_to_json

LINE_LENGTH = 120
"""Characters of a line that the feed keeps; no card shows more."""

_HANZI = re.compile(r"([\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")


@dataclass(frozen=True, slots=True)
class SearchText:
    """What search looks through, one text for each way of asking.

    Attributes:
        hanzi: All characters, blanks around each hanzi, so that any part of a word is found.
        pinyin: Syllables without tones.
        toned: Syllables with tone numbers.
        english: The English and other Latin text.
        author: The author's name.
    """

    hanzi: str
    pinyin: str
    toned: str
    english: str
    author: str


@dataclass(frozen=True, slots=True)
class PreparedPost:
    """A post as it goes into the library.

    Attributes:
        key: Identity across imports.
        hash: Of everything the person saved; equal hashes need no update.
        post: All fields, encoded.
        annotation: Its annotation, encoded.
        version: Of the annotator.
        columns: What the feed shows and sorts by.
        tags: Topics in lower case.
        words: Running count of each Chinese headword in title and body.
        english: The same of English lemmas.
        levels: Level of each of either, where it has one: HSK 1–7, or a band of English from 11 on.
        search: What search looks through.
    """

    key: str
    hash: str
    post: bytes
    annotation: bytes
    version: str
    columns: dict[str, str | int]
    tags: tuple[str, ...]
    words: dict[str, int]
    english: dict[str, int]
    levels: dict[str, int]
    search: SearchText


def post_hash(post: Post) -> str:
    """Identity of a post's content; when and from which line it was read do not count."""
    plain = post_to_json(replace(post, revision=0, place_in_source=""))
    return content_hash(json.dumps(plain, sort_keys=True, ensure_ascii=False))


def prepare(
    post: Post, annotated: AnnotatedPost, levels: Mapping[str, int], english: Sequence[tuple[str, int]] = ()
) -> PreparedPost:
    """Works out all that the library keeps of a post.

    Args:
        post: As it was saved.
        annotated: Its annotation.
        levels: HSK level of headwords; those without one may be absent.
        english: The English words of title and body in order: lemma and level.
    """
    words = _words(annotated.title) + _words(annotated.body)
    return PreparedPost(
        key=post.key,
        hash=post_hash(post),
        post=post_to_bytes(post),
        annotation=annotation_to_bytes(annotated),
        version=annotated.version,
        columns=_columns(post, annotated)
        | {"english_level": text_level(Counter(level for _, level in english))},
        tags=tuple(dict.fromkeys(tag.casefold() for tag in post.tags if tag)),
        words=dict(words),
        english=dict(Counter(lemma for lemma, _ in english)),
        levels=dict(english) | {word: levels[word] for word in words if word in levels},
        search=_search_text(post, annotated),
    )


def _words(text: AnnotatedText) -> Counter[str]:
    return Counter(token.headword for token in text.tokens if token.learnable)


def _columns(post: Post, annotated: AnnotatedPost) -> dict[str, str | int]:
    line = _first(annotated.body, Language.ZH) or _first(annotated.title, Language.ZH)
    english = _first(annotated.body, Language.EN) or _first(annotated.title, Language.EN)
    return {
        "title": (post.title or post.body.strip().split("\n")[0])[:LINE_LENGTH],
        "line": line,
        "english": english,
        "author": post.author,
        "platform": post.platform,
        "posted": post.posted.at.isoformat() if post.posted else "",
        "level": annotated.level.level,
        "likes": min(post.likes.value or 0, 2**62),
        "likes_raw": post.likes.raw,
        "tags": " ".join(f"#{tag}" for tag in post.tags[:12]),
        "comments": len(post.comments),
        "picture": _picture(post.media),
    }


def _picture(media: tuple[Media, ...]) -> str:
    return next((item.path for item in media if item.kind is MediaKind.IMAGE and item.path), "")


def _first(text: AnnotatedText, language: Language) -> str:
    for unit in text.units:
        if unit.language is language:
            return text.text[unit.start : unit.end].replace("\n", " ")[:LINE_LENGTH]
    return ""


def _search_text(post: Post, annotated: AnnotatedPost) -> SearchText:
    texts = (annotated.title, annotated.body, *annotated.comments)
    syllables = [
        syllable
        for text in texts
        for token in text.tokens
        if token.reading
        for syllable in token.reading.syllables
        if syllable
    ]
    whole = "\n".join(text.text for text in texts) + "\n" + " ".join(post.tags)
    return SearchText(
        hanzi=spaced(whole) + " " + spaced(_headwords(texts)),
        pinyin=" ".join(split_tone(s)[0] for s in syllables),
        toned=" ".join(syllables),
        english=_HANZI.sub(" ", whole),
        author=spaced(post.author),
    )


def _headwords(texts: tuple[AnnotatedText, ...]) -> str:
    """Headwords that differ from the text: traditional text is found by simplified words."""
    return " ".join(
        token.headword for text in texts for token in text.tokens if token.headword not in ("", token.text)
    )


def spaced(text: str) -> str:
    """Blanks around every hanzi, so that each is a search token of its own; width folded."""
    folded = unicodedata.normalize("NFKC", text).encode("utf-8", "replace").decode("utf-8")
    return _HANZI.sub(r" \1 ", folded)
