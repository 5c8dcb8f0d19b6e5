"""From a post to an annotated post: a pure function of the post and the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from learnfeed.annotate.corrections import NO_FIXES, Fixes, fixes_for
from learnfeed.annotate.evidence import Weigher
from learnfeed.annotate.gloss_index import GlossIndex
from learnfeed.annotate.level import level_of
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.links import Link
from learnfeed.annotate.pinyin import Reader
from learnfeed.annotate.senses import SenseChooser
from learnfeed.annotate.structure import Given, Structurer
from learnfeed.annotate.tokens import Tokenizer
from learnfeed.annotate.version import version_of
from learnfeed.annotate.written_readings import with_written
from learnfeed.core.correction import Correction
from learnfeed.core.level import DEFAULT_STANDARD
from learnfeed.core.post import Block, Post
from learnfeed.core.text import (
    AnnotatedPost,
    AnnotatedText,
    Decider,
    Reading,
    SenseChoice,
    Span,
    Token,
    TokenKind,
    WordLink,
)

_EXPLAINED = (TokenKind.WORD, TokenKind.NAME)
_SETTLED = (Decider.FILE, Decider.PERSON)
"""Who decides a reading against the post's English."""
_READING_BY_LINK = 0.85


class Annotator:
    """Annotates texts and posts.

    Args:
        lexicon: The dictionary; used from one thread.
        standard: The HSK standard texts are levelled by.

    Attributes:
        version: Of code and lexicon together.
    """

    def __init__(self, lexicon: Lexicon, standard: str = DEFAULT_STANDARD) -> None:
        self._lexicon = lexicon
        self._standard = standard
        self._tokenizer = Tokenizer(lexicon)
        self._reader = Reader(lexicon)
        index = GlossIndex(lexicon)
        self._weigher = Weigher(index)
        self._structurer = Structurer(lexicon, self._weigher)
        self._senses = SenseChooser(lexicon, index)
        self._syllables = lru_cache(maxsize=4096)(self._read_as)
        self.version = version_of(lexicon, standard)

    def annotate_text(self, text: str, given: Given = (), fixes: Fixes = NO_FIXES) -> AnnotatedText:
        """Annotates one text.

        Args:
            text: Any string.
            given: Pairs that the file itself states.
            fixes: What the learner put right in it.
        """
        tokens = self._reader.readings(fixes.cut(self._tokenizer.tokens(text), self._lexicon))
        tokens = list(fixes.read(with_written(tokens, text, self._syllables)))
        tokens = [self._with_lemma(token) if token.kind is TokenKind.LATIN else token for token in tokens]
        found = self._structurer.find(text, tokens, [*given, *fixes.stated_pairs(text)])
        by_place = {(link.zh.start, link.zh.end): link for link in found.links}
        links: list[WordLink] = []
        for at, token in enumerate(tokens):
            link = by_place.get(token.span)
            if link is not None:
                tokens[at], word_link = self._linked(tokens, at, link, text)
                links.append(word_link)
            elif token.kind in _EXPLAINED:
                sense = self._senses.usual(tokens, at)
                tokens[at] = _changed(token, token.reading, sense) if sense else token
        return fixes.settle(AnnotatedText(text, tuple(tokens), found.units, found.pairs, tuple(links)))

    def _read_as(self, char: str) -> frozenset[str]:
        """The readings of a hanzi, with tone numbers."""
        return frozenset(s.lower() for entry in self._lexicon.entries(char) for s in entry.syllables)

    def _with_lemma(self, token: Token) -> Token:
        """A Latin token is looked up under its base form."""
        lemma = self._weigher.english_word(token.headword)[0]
        return token if lemma == token.headword else Token(token.text, token.start, token.kind, lemma)

    def _linked(self, tokens: Sequence[Token], at: int, link: Link, text: str) -> tuple[Token, WordLink]:
        """A token with the sense its English supports, and the link itself."""
        token = tokens[at]
        choice, syllables = self._senses.by_link(tokens, at, link, text)
        word_link = WordLink(
            token.span, tuple((w.start, w.end) for w in link.en), token.headword, choice.gloss, choice.sure
        )
        if token.kind not in _EXPLAINED:
            return token, word_link
        reading = token.reading
        other = reading and reading.by not in _SETTLED and syllables not in ((), reading.syllables)
        if other and choice.sure >= _READING_BY_LINK:
            reading = Reading(syllables, choice.sure, Decider.LINK)
        return _changed(token, reading, choice), word_link

    def annotate_post(self, post: Post, corrections: Iterable[Correction] = ()) -> AnnotatedPost:
        """Annotates title, body and comments of a post, and levels title and body together.

        Args:
            post: The post.
            corrections: All that the learner put right, in the order it was done.
        """
        known = tuple(corrections)

        def annotated(text: str, given: Given = ()) -> AnnotatedText:
            return self.annotate_text(text, given, fixes_for(known, text, post.key) if known else NO_FIXES)

        title = annotated(post.title)
        body = annotated(post.body, list(given_pairs(post.body_blocks)))
        return AnnotatedPost(
            version=self.version,
            title=title,
            body=body,
            comments=tuple(annotated(comment.text) for comment in post.comments),
            level=level_of([*title.tokens, *body.tokens], self._lexicon, self._standard),
        )


def _changed(token: Token, reading: Reading | None, sense: SenseChoice) -> Token:
    """A token with a sense (``dataclasses.replace`` costs five times as much)."""
    return Token(token.text, token.start, token.kind, token.headword, reading, sense)


def given_pairs(blocks: Sequence[Block]) -> Iterator[tuple[list[Span], list[Span]]]:
    """The pairs that a file states by giving blocks the same pair name.

    Args:
        blocks: Blocks in order; offsets count in their texts joined by line breaks.

    Yields:
        For each name the spans of its Chinese blocks and of its others, where it has both.
    """
    groups: dict[str, tuple[list[Span], list[Span]]] = {}
    at = 0
    for block in blocks:
        if block.pair and block.text:
            chinese = any("\u3400" <= char <= "\u9fff" for char in block.text)
            groups.setdefault(block.pair, ([], []))[0 if chinese else 1].append((at, at + len(block.text)))
        at += len(block.text) + 1
    yield from (group for group in groups.values() if group[0] and group[1])
