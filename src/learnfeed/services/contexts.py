"""Sentences of posts: where a word was met, and a post cut into sentences with their English."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from learnfeed.core.note import ReadingUnit, RubyToken
from learnfeed.core.text import AnnotatedPost, AnnotatedText, Language, SentencePair, Span, Token, Unit
from learnfeed.services.sentences import (
    WordInSentence,
    english_of,
    in_sentence,
    links_of,
    sentence_span,
    tokens_in,
)

COMFORTABLE_HANZI = range(4, 41)
"""Lengths of a sentence that make a good card: enough to see the word at work, short enough to read at once."""

BEST_MERIT = 7
TRANSLATED = 4
"""The merit of a sentence with a translation and nothing else."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token stands.

    Attributes:
        post_id: The post.
        section: 0 title, 1 body, 2 and up its comments.
        start: Where the token begins in that section's text.
    """

    post_id: int
    section: int
    start: int


@dataclass(frozen=True, slots=True)
class Context:
    """A word in its sentence, and where that stands."""

    place: Place
    word: WordInSentence

    @property
    def merit(self) -> int:
        """How good a card it makes, see :func:`merit_of`."""
        hanzi = sum(len(token.text) for token in self.word.sentence if token.syllables)
        return _merit(self.word.english, self.word.english_links, hanzi)


def learnable(post_id: int, post: AnnotatedPost) -> Iterator[tuple[Place, Token]]:
    """Every learnable word of a post's title and body with its place, in reading order."""
    for number, text in enumerate((post.title, post.body)):
        for token in text.tokens:
            if token.learnable:
                yield Place(post_id, number, token.start), token


def contexts(post_id: int, post: AnnotatedPost) -> Iterator[Context]:
    """The same words, each in its sentence."""
    for place, _ in learnable(post_id, post):
        found = context_at(place, (post.title, post.body)[place.section])
        if found:
            yield found


def context_at(place: Place, text: AnnotatedText) -> Context | None:
    """The word that begins at a place; None when no learnable word does (the text was annotated anew)."""
    index = bisect_left(text.tokens, place.start, key=lambda token: token.start)
    if index == len(text.tokens):
        return None
    token = text.tokens[index]
    if token.start != place.start or not token.learnable:
        return None
    return Context(place, in_sentence(text, token))


def merit_of(text: AnnotatedText, token: Token) -> int:
    """How good a card a word makes here: a translation first, then a linked word, then a comfortable length."""
    span = sentence_span(text, token)
    english, places = english_of(text, span)
    hanzi = sum(len(t.text) for t in tokens_in(text, span) if t.reading and t.reading.syllables)
    return _merit(english, links_of(text, token, places) if english else (), hanzi)


def _merit(english: str, links: tuple[Span, ...], hanzi: int) -> int:
    return TRANSLATED * bool(english) + 2 * bool(links) + (hanzi in COMFORTABLE_HANZI)


def pair_of(text: AnnotatedText, unit: Unit) -> SentencePair | None:
    """The pair that a Chinese unit belongs to; None when it stands alone."""
    for pair in text.pairs:
        if any(start < unit.end and unit.start < end for start, end in pair.zh):
            return pair
    return None


def reading_units(text: AnnotatedText, targets: frozenset[str] = frozenset()) -> tuple[ReadingUnit, ...]:
    """A text as sentences with their English, in reading order.

    English that translates a sentence stands with it; English of its own stands alone.

    Args:
        text: Annotated.
        targets: Headwords to mark.
    """
    paired = {span for pair in text.pairs for span in pair.en}
    seen: set[int] = set()
    out: list[ReadingUnit] = []
    for unit in text.units:
        if unit.language is Language.EN and (unit.start, unit.end) not in paired:
            out.append(ReadingUnit((), text.text[unit.start : unit.end], ends_paragraph=True))
        if unit.language is not Language.ZH or unit.start in seen:
            continue
        pair = pair_of(text, unit)
        spans = pair.zh if pair else ((unit.start, unit.end),)
        seen.update(start for start, _ in spans)
        english, _ = english_of(text, (unit.start, unit.end))
        out.append(_reading_unit(text, spans, english, targets))
    return tuple(out)


def _reading_unit(
    text: AnnotatedText, spans: tuple[Span, ...], english: str, targets: frozenset[str]
) -> ReadingUnit:
    tokens = [token for span in spans for token in tokens_in(text, span)]
    end = spans[-1][1]
    return ReadingUnit(
        tuple(
            RubyToken(
                token.text,
                token.reading.syllables if token.reading else (),
                is_target=token.learnable and token.headword in targets,
            )
            for token in tokens
        ),
        english,
        ends_paragraph="\n" in text.text[end : end + 2] or end >= len(text.text),
    )
