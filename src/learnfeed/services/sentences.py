"""A word in the sentence it was met in: taken from the stored annotation, never worked out again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from learnfeed.core.note import RubyToken
from learnfeed.core.text import AnnotatedPost, AnnotatedText, Language, Span, Token

_LINE_ENDS = "\n"
_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class WordInSentence:
    """A word where it was met.

    Attributes:
        token: The word as it stands there, with its reading and sense.
        span: The sentence's place in its text.
        sentence: The sentence as tokens; the word is marked.
        english: What the post says in English there; empty when it says nothing.
        english_links: Spans of :attr:`english` that translate the word.
    """

    token: Token
    span: Span
    sentence: tuple[RubyToken, ...]
    english: str = ""
    english_links: tuple[Span, ...] = ()


def sections(post: AnnotatedPost) -> tuple[AnnotatedText, ...]:
    """The texts of a post by section number: 0 title, 1 body, 2 and up comments."""
    return (post.title, post.body, *post.comments)


def find_word(post: AnnotatedPost, headword: str, section: int, start: int) -> WordInSentence | None:
    """A word in its sentence.

    Args:
        post: Where it was met.
        headword: What is looked for.
        section: Where it was met first; other sections follow, for a post may have changed since.
        start: Where its token began.

    Returns:
        The word where it was met, else at its first occurrence; None when the post no longer holds it.
    """
    texts = sections(post)
    order = [i for i in (section, *range(len(texts))) if 0 <= i < len(texts)]
    for i in dict.fromkeys(order):
        tokens = [token for token in texts[i].tokens if token.headword == headword]
        if tokens:
            met = next((token for token in tokens if i == section and token.start == start), tokens[0])
            return in_sentence(texts[i], met)
    return None


def in_sentence(text: AnnotatedText, token: Token) -> WordInSentence:
    """A token of a text with the sentence around it and that sentence's English."""
    span = sentence_span(text, token)
    english, places = english_of(text, span)
    return WordInSentence(
        token=token,
        span=span,
        sentence=ruby(text, span, token.start),
        english=english,
        english_links=links_of(text, token, places),
    )


def sentence_span(text: AnnotatedText, token: Token) -> Span:
    """The Chinese unit that holds a token, without blanks at its ends; else the line it stands on."""
    for unit in text.units:
        if unit.language is Language.ZH and unit.start <= token.start < unit.end:
            return _stripped(text.text, unit.start, max(unit.end, token.end))
    start = max(text.text.rfind(end, 0, token.start) for end in _LINE_ENDS) + 1
    ends = [at for end in _LINE_ENDS if (at := text.text.find(end, token.end)) >= 0]
    return _stripped(text.text, start, min(ends, default=len(text.text)))


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return start + left, start + max(left, len(part.rstrip()))


def ruby(text: AnnotatedText, span: Span, target: int = -1) -> tuple[RubyToken, ...]:
    """The tokens of a stretch of text; the one that begins at ``target`` is marked."""
    return tuple(
        RubyToken(
            token.text,
            token.reading.syllables if token.reading else (),
            is_target=token.start == target,
        )
        for token in tokens_in(text, span)
    )


def tokens_in(text: AnnotatedText, span: Span) -> Sequence[Token]:
    """The tokens that begin in a stretch of text; tokens stand in order."""
    first = bisect_left(text.tokens, span[0], key=_start)
    return text.tokens[first : bisect_left(text.tokens, span[1], lo=first, key=_start)]


def english_of(text: AnnotatedText, span: Span) -> tuple[str, list[tuple[Span, int]]]:
    """The English of a sentence (empty without one), and where each stretch of it stands in that."""
    pairs = [pair for pair in text.pairs if any(start < span[1] and span[0] < end for start, end in pair.zh)]
    stretches = [en for pair in pairs for en in pair.en]
    joined = ""
    places: list[tuple[Span, int]] = []
    for start, end in dict.fromkeys(stretches):
        start, end = _stripped(text.text, start, end)  # noqa: PLW2901
        joined += " " if joined else ""
        places.append(((start, end), len(joined)))
        joined += " ".join(text.text[start:end].split("\n"))
    return " ".join([*filter(None, [joined]), *(pair.own for pair in pairs if pair.own)]), places


def links_of(text: AnnotatedText, token: Token, places: Sequence[tuple[Span, int]]) -> tuple[Span, ...]:
    """Where a token's translations stand in the English that :func:`english_of` gave."""
    here = token.span
    spans = [en for link in text.links if link.zh == here for en in link.en]
    return tuple(
        (at + en[0] - start, at + en[1] - start)
        for en in sorted(spans)
        for (start, end), at in places
        if start <= en[0] and en[1] <= end
    )
