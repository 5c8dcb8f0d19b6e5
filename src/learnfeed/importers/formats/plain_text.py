"""Plain text: notes, pasted posts, lines in two languages, as they stand.

Several posts in one file are separated by a line of three or more ``-``, ``=``, ``*``, ``_`` or ``~``
(blanks allowed between them, also ``—``), as in Markdown and e-mail. A first line that is short and is
followed by more text is the title when an empty line follows it, or when sentences follow it, it is none
itself, and the text is not simply lines in turns of two languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from learnfeed.core.post import Block, BlockRole, Post
from learnfeed.importers import limits, values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.records import looks_like_json
from learnfeed.importers.signatures import false_claim
from learnfeed.importers.source import Source
from learnfeed.importers.text import clean, is_chinese, split_lines

_RULE = re.compile(
    r"\s*(?:-\s?){3,}\s*|\s*(?:=\s?){3,}\s*|\s*(?:[*]\s?){3,}\s*|\s*(?:_\s?){3,}\s*|\s*(?:~\s?){3,}\s*|\s*—{2,}\s*"
)
_CLOSING = re.compile(r"[。.，,；;：:、!！?？…”\"’')）】」』]\s*$")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|script|\?xml|svg)\b", re.IGNORECASE)
_TITLE_WIDTH = 60


class PlainText:
    """Any text that no other importer claims."""

    name = "plain-text"
    label = "Plain text"

    def sniff(self, probe: Probe) -> float:
        """Barely certain of any text that is neither JSON nor markup, nor named like something else."""
        if false_claim(probe):
            return 0.0
        if not probe.text.strip("\ufeff\0 \t\r\n\u3000\xa0\u200b"):
            return 0.0
        return 0.0 if looks_like_json(probe.text) or _MARKUP.match(probe.text) else 0.1

    def read(self, source: Source) -> Iterator[Item]:
        """Yields one post for each part between separators."""
        parts = 0
        for start, lines in parts_of(source):
            post = text_post("\n".join(lines), place=f"line {start}")
            if post:
                parts += 1
                yield post
        if not parts:
            yield source.problem("there is no text in it", hint="nothing to do")


def parts_of(source: Source) -> Iterator[tuple[int, list[str]]]:
    """First line number and lines of each part between separators; a part longer than a post may be is cut there."""
    start, lines, size = 1, list[str](), 0
    for number, line in source.lines():
        size += len(line)
        if _RULE.fullmatch(line[:200]) or size > limits.POST_CHARS.value:
            if size > limits.POST_CHARS.value:
                source.note(limits.POST_CHARS.sentence, f"line {number}", "the text goes on as a second post")
            yield start, lines
            start, lines, size = number + 1, [], 0
            if _RULE.fullmatch(line[:200]):
                continue
            start, lines, size = number, [line], len(line)
        else:
            lines.append(line)
    yield start, lines


def text_post(text: str, *, place: str = "", platform: str = "local") -> Post | None:
    """A post made of text alone: title when the first line is one, tags, body; None without text."""
    text = clean(text).strip()
    if not text:
        return None
    title, body = split_title(text)
    rest, tags = values.split_topics(body)
    heading = (Block(title, BlockRole.TITLE),) if title else ()
    return Post(platform, (*heading, Block(rest or body)), kind="text", tags=tags, place_in_source=place)


def split_title(text: str) -> tuple[str, str]:
    """The title (empty when the first line is none) and the rest of a text."""
    lines = split_lines(text)
    first = lines[0].strip()
    if (
        len(lines) < 2
        or not 0 < len(first) <= _TITLE_WIDTH
        or first.startswith(("#", "@", "http", "-", "·", "•"))
    ):
        return "", text
    rest = "\n".join(lines[1:]).strip()
    if not rest:
        return "", text
    if not lines[1].strip():
        return (first, rest) if len(first) <= 40 and not _is_translation(first, rest) else ("", text)
    if _CLOSING.search(first) or _in_turns(lines):
        return "", text
    sentences = any(_CLOSING.search(line) for line in lines[1:])
    return (first, rest) if sentences and len(rest) > 2 * len(first) and len(lines) > 2 else ("", text)


def _in_turns(lines: list[str]) -> bool:
    """Whether the first lines take turns in two languages, so that the first one is no title."""
    some = [is_chinese(line) for line in lines[:4] if line.strip()]
    return len(some) > 1 and some[0] != some[1]


def _is_translation(first: str, rest: str) -> bool:
    """Whether a closed first paragraph is rendered by what follows, so that it is a sentence."""
    return bool(_CLOSING.search(first)) and is_chinese(first) != is_chinese(split_lines(rest)[0])
