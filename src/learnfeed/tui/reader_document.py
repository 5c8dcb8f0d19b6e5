"""A post as the reader shows it: Chinese that flows, its English folded away beside it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from learnfeed.core.text import AnnotatedText, Span, Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from learnfeed.services.views import CommentView, ReaderPost

_SEPARATORS = frozenset("/|｜／-–—·•:：")
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "{": "}"}
_SILENT = (TokenKind.EMOJI, TokenKind.PUNCTUATION, TokenKind.OTHER)
MAX_INDENT = 4
"""Answers deeper than this are not set in further: a line needs room for hanzi."""


class Role(StrEnum):
    """What a paragraph is to its post."""

    TITLE = "title"
    BODY = "body"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Translation:
    """A sentence of the post in English, which is folded away until it is asked for.

    Attributes:
        number: The sentence pair, unique in the document.
        text: The English.
        start: Where it begins in its section.
    """

    number: int
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that is not read: the author of a comment.

    Attributes:
        author: As shown; empty for the line that opens the comments.
        note: What stands beside it, such as likes.
        by_author: Whether the post's author speaks.
        depth: How deep in its thread.
    """

    author: str
    note: str = ""
    by_author: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the post.

    Attributes:
        section: 0 title, 1 body, 2 and up comments, in the post's own order.
        role: What it is.
        first: Number of its first token in the document.
        tokens: What flows.
        english: Translations of its sentences, in order.
        plain: A text that is not Chinese and translates nothing: always shown; then there are no tokens.
        start: Where the plain text begins in its section.
        depth: How deep in its thread.
    """

    section: int
    role: Role
    first: int = 0
    tokens: tuple[Token, ...] = ()
    english: tuple[Translation, ...] = ()
    plain: str = ""
    start: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A post to read.

    Attributes:
        blocks: In reading order.
        tokens: All tokens that flow.
        sections: Section of each.
        words: Numbers of those the cursor stops at: words and names.
        texts: The annotated text of each section.
    """

    blocks: tuple[Paragraph | Heading, ...]
    tokens: tuple[Token, ...]
    sections: tuple[int, ...]
    words: tuple[int, ...]
    texts: dict[int, AnnotatedText] = field(default_factory=dict)

    def lit_by(self, number: int) -> tuple[int, tuple[Span, ...]]:
        """The section of a token and the English spans that translate it."""
        token, section = self.tokens[number], self.sections[number]
        spans = [
            span
            for link in self.texts[section].links
            if link.zh[0] < token.end and token.start < link.zh[1]
            for span in link.en
        ]
        return section, tuple(spans)

    def sentence_of(self, number: int) -> int | None:
        """The translation of the sentence that a token stands in; None where there is none."""
        token, section = self.tokens[number], self.sections[number]
        for at, pair in enumerate(self.texts[section].pairs):
            if any(start < token.end and token.start < end for start, end in pair.zh):
                return _pair_number(section, at) if pair.en or pair.own else None
        return None


def _pair_number(section: int, at: int) -> int:
    return section * 100_000 + at


def build(post: ReaderPost) -> Document:
    """Lays a post out as paragraphs: title, body, comments in thread order."""
    builder = _Builder()
    builder.add(post.title, 0, Role.TITLE)
    builder.add(post.body, 1, Role.BODY)
    if post.comments:
        builder.blocks.append(Heading("", str(len(post.comments))))
    places = {comment.key: i for i, comment in enumerate(post.post.comments)}
    for view in post.comments:
        builder.blocks.append(_heading(view))
        depth = min(view.depth, MAX_INDENT)
        builder.add(view.text, 2 + places[view.comment.key], Role.COMMENT, depth)
    return builder.document()


def _heading(view: CommentView) -> Heading:
    comment = view.comment
    note = " · ".join(
        part for part in (comment.place, f"♥ {comment.likes.raw}" if comment.likes.raw else "") if part
    )
    return Heading(comment.author or "–", note, comment.by_author, min(view.depth, MAX_INDENT))


class _Builder:
    def __init__(self) -> None:
        self.blocks: list[Paragraph | Heading] = []
        self.tokens: list[Token] = []
        self.sections: list[int] = []
        self.texts: dict[int, AnnotatedText] = {}

    def add(self, text: AnnotatedText, section: int, role: Role, depth: int = 0) -> None:
        self.texts[section] = text
        folded = _folded(text)
        for line in _lines(text.tokens):
            flow = _tidy(line, folded)
            if any(token.reading or token.kind in (TokenKind.WORD, TokenKind.NAME) for token in flow):
                english = tuple(_translations(text, section, flow))
                self.blocks.append(Paragraph(section, role, len(self.tokens), flow, english, depth=depth))
                self.tokens += flow
                self.sections += [section] * len(flow)
            elif plain := "".join(token.text for token in flow).strip():
                start = next(token.start for token in flow if not token.text.isspace())
                self.blocks.append(Paragraph(section, role, plain=plain, start=start, depth=depth))

    def document(self) -> Document:
        stops = tuple(
            i
            for i, token in enumerate(self.tokens)
            if token.learnable or (token.kind is TokenKind.NAME and token.reading)
        )
        return Document(tuple(self.blocks), tuple(self.tokens), tuple(self.sections), stops, self.texts)


def _folded(text: AnnotatedText) -> tuple[Span, ...]:
    """What is hidden: the English of sentence pairs."""
    return tuple(sorted(span for pair in text.pairs if pair.zh for span in pair.en))


def _lines(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Tokens by line of the text."""
    line: list[Token] = []
    for token in tokens:
        if "\n" in token.text:
            yield line
            line = []
        else:
            line.append(token)
    yield line


def _tidy(line: Sequence[Token], folded: Sequence[Span]) -> tuple[Token, ...]:
    """A line without its folded English, and without the marks that only held it."""
    kept: list[Token] = []
    gap = False
    for token in line:
        if any(start < token.end and token.start < end for start, end in folded):
            gap = True
            continue
        if gap and kept and _BRACKETS.get(kept[-1].text) == token.text:
            kept.pop()
            continue
        gap = gap and token.text.isspace()
        kept.append(token)
    if len(kept) < len(line):
        # An emoji that only ended the English is folded with it.
        says = any(token.kind not in _SILENT for token in kept)
        kept = _trimmed(kept) if says else []
    while kept and kept[-1].text.isspace():
        kept.pop()
    while kept and kept[0].text.isspace():
        kept.pop(0)
    return tuple(kept)


def _trimmed(tokens: list[Token]) -> list[Token]:
    def loose(token: Token) -> bool:
        return token.text.isspace() or token.text in _SEPARATORS

    first, last = 0, len(tokens)
    while last > first and loose(tokens[last - 1]):
        last -= 1
    while first < last and loose(tokens[first]):
        first += 1
    return tokens[first:last]


def _translations(text: AnnotatedText, section: int, flow: Sequence[Token]) -> Iterator[Translation]:
    if not flow:
        return
    start, end = flow[0].start, flow[-1].end
    for at, pair in enumerate(text.pairs):
        # A pair that runs over several lines is shown once, under the line it ends on.
        if (pair.en or pair.own) and pair.zh and start < max(e for _, e in pair.zh) <= end:
            if pair.own:  # it stands nowhere in the text, so that no word of it is ever lit
                yield Translation(_pair_number(section, at), pair.own, len(text.text) + 1)
            for begin, stop in pair.en:
                raw = text.text[begin:stop]
                shift = len(raw) - len(raw.lstrip())
                yield Translation(_pair_number(section, at), raw.strip(), begin + shift)
