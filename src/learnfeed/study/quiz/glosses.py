"""Glosses as a quiz shows and compares them."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 48
"""Characters of a gloss on an option; a longer one is cut at a sense."""

_ASIDE = re.compile(r"\s*\([^()]*\)\s*")
_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[a-z]+")
_PARTS = re.compile(r"[;,/]")
# Words of dictionary English that say nothing about a meaning.
_NO_MEANING = (
    "a an the to be of or and in on at by for with from into as is are was sb sth somebody someone something "
    "one ones s oneself it its that this which who etc used esp usu not no do does make made get got have has "
    "very much up out off over about"
)
_EMPTY = frozenset(_NO_MEANING.split())
_ENDINGS = ("ingly", "edly", "ing", "ed", "es", "ly", "s")
_FUNCTION = re.compile(r"\b(particle|classifier|measure word|suffix|prefix|abbr|interjection|onomatopoeia)\b")


@lru_cache(maxsize=32768)
def short(gloss: str) -> str:
    """A gloss in the length of an option: asides left out where something remains, few senses."""
    plain = _ASIDE.sub(" ", gloss).strip(" ;,") or gloss.strip()
    if len(plain) <= _LONGEST:
        return plain
    kept = ""
    for part in plain.split(";"):
        if kept and len(kept) + len(part) + 1 > _LONGEST:
            break
        kept += f";{part}" if kept else part
    return (
        kept.strip() if len(kept) <= _LONGEST else kept[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
    )


def tells(gloss: str) -> bool:
    """Whether a gloss explains a word to someone who does not know it (no hanzi, no mere reference)."""
    return bool(gloss) and not _HANZI.search(gloss) and bool(_WORD.search(gloss.lower()))


@lru_cache(maxsize=32768)
def parts(gloss: str) -> frozenset[str]:
    """The single renderings of a gloss, in lower case and without asides and articles."""
    plain = _ASIDE.sub(" ", gloss.lower())
    found = {re.sub(r"^(to be|to|a|an|the) ", "", part.strip()).strip() for part in _PARTS.split(plain)}
    return frozenset(part for part in found if part)


@lru_cache(maxsize=32768)
def terms(gloss: str) -> frozenset[str]:
    """The words of a gloss that carry its meaning, cut to their stems."""
    return frozenset(stem(word) for word in _WORD.findall(gloss.lower()) if word not in _EMPTY)


def stem(word: str) -> str:
    """An English word in lower case without its ending, about."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("ei")
    return word.rstrip("ei") if len(word) > 3 else word


def word_class(gloss: str) -> str:
    """The kind of word a gloss speaks of: ``verb``, ``function``, ``name`` or ``other``."""
    if gloss.startswith("to "):
        return "verb"
    if _FUNCTION.search(gloss) or gloss.startswith("("):
        return "function"
    return "name" if gloss[:1].isupper() else "other"
