r"""Text to card HTML: the one place where escaping for Anki is done.

Text from posts is data. Besides HTML itself, Anki gives a meaning to ``[sound:…]``, ``[latex]…``,
``[$]…``, ``[anki:…]`` and MathJax's ``\(…\)`` wherever they stand in a rendered card, ``{{…}}`` in
templates and cloze fields, and U+001F between the fields of a note (Anki manual, "Field
replacements" and "Math & symbols"). None of them may come out of a text alive.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from learnfeed.core.note import NoteSource, RubyToken
from learnfeed.core.pinyin import tone_of, with_mark
from learnfeed.core.text import Span

# Control characters, bidirectional overrides, byte order marks and lone surrogates.
_DROPPED = (
    "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
)
_UNCLEAN = re.compile(rf"[{_DROPPED}\t\x85\u2028\u2029\ud800-\udfff]")
_SPECIAL = re.compile(r"[&<>\[{\\\n]")
_EITHER = re.compile(rf"[{_DROPPED}\t\x85\u2028\u2029\ud800-\udfff&<>\[{{\\\n]")
_ENTITIES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "[": "&#91;",
        "{": "&#123;",
        # MathJax reads the text of the page, where entities are characters again, but not across elements.
        "\\": "<span>&#92;</span>",
        "\n": "<br>",
    }
)
_IN_ATTRIBUTE = _ENTITIES | {ord("\\"): "%5C", ord('"'): "&quot;", ord("'"): "&#39;"}


def clean(text: str) -> str:
    r"""A text without characters that no card may hold, in NFC, line breaks as ``\n``, not padded."""
    if _UNCLEAN.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _UNCLEAN.sub(_mend, text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.strip()


def _mend(match: re.Match[str]) -> str:
    char = match.group()
    if char in "\x85\u2028\u2029":
        return "\n"
    if char == "\t":
        return " "
    return "\ufffd" if "\ud800" <= char <= "\udfff" else ""


def escape(text: str) -> str:
    """A text as HTML that shows exactly that text and does nothing; line breaks become ``<br>``."""
    if not _EITHER.search(text) and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text.strip()  # most texts: one look is enough
    return _entities(clean(text))


def _entities(text: str) -> str:
    return text.translate(_ENTITIES) if _SPECIAL.search(text) else text


def is_web_address(address: str) -> bool:
    """Whether an address is http or https and has no blanks in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"\s", address)


def link(label: str, url: str) -> str:
    """A link with a text; the text alone unless the address is plain http or https."""
    shown = escape(label)
    address = clean(url)
    if not is_web_address(address):
        return shown
    return f'<a href="{address.translate(_IN_ATTRIBUTE)}">{shown or _entities(address)}</a>'


@lru_cache(maxsize=32768)
def ruby(token: RubyToken) -> str:
    """A token with its reading over each character, tones as classes; ``<b>`` around a target."""
    html = word_ruby(token.text, token.syllables)
    return f"<b>{html}</b>" if token.is_target and html else html


def word_ruby(text: str, syllables: tuple[str, ...]) -> str:
    """A word with its reading over each character, tones as classes."""
    if not any(syllables):
        return _inner(text)
    if len(syllables) == len(text):
        return "".join(map(_ruby_char, text, syllables))
    marks = " ".join(_inner(with_mark(s)) for s in syllables if s)
    return f"<ruby>{_inner(text)}<rt>{marks}</rt></ruby>"


@lru_cache(maxsize=16384)
def _ruby_char(char: str, syllable: str) -> str:
    if not syllable:
        return _inner(char)
    tone = tone_of(syllable)
    return f'<ruby>{_inner(char)}<rt class="tone{tone}">{_inner(with_mark(syllable))}</rt></ruby>'


@lru_cache(maxsize=16384)
def _inner(text: str) -> str:
    """Escapes a part of a text, whose blanks at either end belong to the whole."""
    if text.isspace():
        return "<br>" if "\n" in text else " "
    head = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() else ""
    return head + _entities(clean(text)) + tail


def ruby_text(tokens: Iterable[RubyToken]) -> str:
    """Tokens as ruby HTML."""
    return "".join(map(ruby, tokens)).strip()


def blanked(tokens: Iterable[RubyToken]) -> str:
    """Tokens with a gap of the right length in place of each target; empty when there is none."""
    found = False
    parts = []
    for token in tokens:
        found |= token.is_target
        parts.append(_gap(token.text) if token.is_target else _inner(token.text))
    return "".join(parts).strip() if found else ""


def _gap(text: str) -> str:
    return f'<span class="gap">{"＿" * max(1, len(text))}</span>'


def marked(text: str, spans: Iterable[Span]) -> str:
    """A text with ``<mark>`` around spans; spans that overlap or lie outside are cut to fit."""
    parts = []
    at = 0
    for span in sorted(spans):
        start, end = max(at, span[0]), min(len(text), span[1])
        if start < end:
            parts += [_inner(text[at:start]), "<mark>", _inner(text[start:end]), "</mark>"]
            at = end
    return "".join([*parts, _inner(text[at:])]).strip()


@lru_cache(maxsize=1024)
def source_line(source: NoteSource) -> str:
    """Where a text is from: title (a link where there is an address), author and date."""
    title = link(source.title, source.url)
    return " · ".join(part for part in (title, escape(source.author), escape(source.date)) if part)


def tag(text: str) -> str:
    """A tag as Anki takes it, below ``learnfeed::`` so that none means anything to Anki itself.

    Anki separates tags by blanks, ideographic ones included, and gives ``leech`` and ``marked`` a
    meaning (Anki manual, "Tags"). Empty when nothing is left.
    """
    text = re.sub(r"[\s\"]+", "_", clean(text.lstrip("#")))
    parts = [part for part in (part.strip(":") for part in text.split("::")) if part.strip("_")]
    return "::".join(["learnfeed", *parts])[:200] if parts else ""


def deck_name(name: str) -> str:
    """A deck name as Anki keeps it: no control characters, no empty part between ``::``."""
    parts = [re.sub(r"\s+", " ", clean(part)) for part in name.split("::")]
    return "::".join(part for part in parts if part) or "learnfeed"
