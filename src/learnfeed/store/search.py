"""Search words of a person → an FTS5 expression. Nothing a person types is ever FTS5 syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass

from learnfeed.core.pinyin import parse_typed
from learnfeed.store.prepare import spaced

_HANZI = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_TONED = re.compile(r"[1-5āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
MAX_TERMS = 12
"""Search words that count; more are left out, so that a pasted page can't stall the search."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A search, taken apart.

    Attributes:
        match: The FTS5 expression; empty when there is nothing to look for.
        tags: Topics that must be there, in lower case.
    """

    match: str
    tags: tuple[str, ...]


def parse_query(text: str) -> ParsedQuery:
    """Reads a search as people type it.

    ``雪`` looks through hanzi, ``xue3`` and ``xuě`` through readings with tones, ``xue`` through readings
    and English, ``snow`` through English by beginnings of words, ``#tag`` and ``@author`` filter.
    """
    parts: list[str] = []
    tags: list[str] = []
    for term in text.split()[:MAX_TERMS]:
        if term.startswith("#") and len(term) > 1:
            tags.append(term.strip("#").casefold())
        elif term.startswith("@") and len(term) > 1:
            parts += _phrase("author", spaced(term[1:]).split(), prefix=True)
        else:
            parts += _term(term)
    return ParsedQuery(" AND ".join(parts), tuple(tags))


def phrase(column: str, text: str) -> str:
    """The expression that finds a stretch of text in one column; empty when there is nothing to look for."""
    return "".join(_phrase(column, spaced(text).split()))


def _term(term: str) -> list[str]:
    if _HANZI.search(term):
        return _phrase("hanzi", spaced(term).split())
    syllables = parse_typed(term)
    if _TONED.search(term.casefold()) and any(s.tone for s in syllables):
        return _phrase("toned", [f"{s.letters}{s.tone}" for s in syllables if s.tone])
    words = re.findall(r"\w+", term.casefold())
    ways = _phrase("english", words, prefix=True) + _phrase("pinyin", [s.letters for s in syllables])
    return [f"({' OR '.join(ways)})"] if ways else []


def _phrase(column: str, words: list[str], *, prefix: bool = False) -> list[str]:
    quoted = " ".join(word.replace('"', "") for word in words).strip()
    return [f'{column} : "{quoted}"{" *" if prefix else ""}'] if re.search(r"\w", quoted) else []
