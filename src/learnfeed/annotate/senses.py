"""Which sense of a word fits: the one the post's own English supports, else the usual one.

Order and readings of the entries come from the lexicon; the shares of glosses from
:mod:`learnfeed.annotate.gloss_index`, whose senses stand in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from learnfeed.annotate.evidence import PINYIN
from learnfeed.annotate.function_words import FUNCTION_WORDS
from learnfeed.annotate.gloss_index import GlossIndex, GlossTerms
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.links import Link
from learnfeed.annotate.synonyms import SYNONYMS
from learnfeed.annotate.usual import Surroundings, commonness, fit, standing, surroundings
from learnfeed.core.text import Decider, SenseChoice, Token
from learnfeed.core.word import Entry, Sense

_ONLY = 0.85
GUESS = 0.45
"""How sure the usual sense of a word of several senses is."""

SUPPORTED = 0.4
"""Share of a synonym that the linked English must carry for its sense to be chosen."""

_FEW, _SUPPORTED_OF_FEW = 2, 0.2
"""A word of few senses means one of them, even where the English carries little of it."""

_LINK_BY_PART = 0.55
"""The same for a link that one part of a long word carries (``old`` for 老奶奶): the only sense tells more."""

_PARTICLES = frozenset("了的着地得吗呢吧啊")
"""Words that grammar uses: no English word beside them tells their sense."""

_WEAK_LINK = 0.3
"""Similarity (see :class:`~learnfeed.annotate.links.Link`) up to which a link tells nothing of the sense."""

_PREFIX = 5
_LIKE = 0.6
_SAME_READING = 0.04
_LATER = 0.01
_BOUND = 0.08


class Supported(NamedTuple):
    """A sense chosen by a link.

    Attributes:
        choice: What is shown.
        syllables: The reading of the entry it is from; empty where the English itself is the gloss.
    """

    choice: SenseChoice
    syllables: tuple[str, ...]


def support(terms: GlossTerms, lemmas: Sequence[str]) -> list[float]:
    """For each sense the largest share (0–1) of a synonym that some English lemmas carry."""
    wanted = set(lemmas)
    starts = {lemma[:_PREFIX] for lemma in lemmas if len(lemma) >= _PREFIX}
    joined = "".join(lemmas)
    shares = []
    for synonyms in terms.senses:
        best = 0.0
        for synonym in synonyms:
            share = sum(_carried(lemma, part, wanted, starts) for lemma, part in synonym)
            if "".join(lemma for lemma, _ in synonym) == joined:
                share = 1.0
            best = max(best, share)
        shares.append(min(1.0, best))
    return shares


def _carried(lemma: str, share: float, wanted: set[str], starts: set[str]) -> float:
    if lemma in wanted:
        return share
    if lemma in SYNONYMS and not wanted.isdisjoint(SYNONYMS[lemma]):
        return share * _LIKE
    return share * _LIKE if len(lemma) >= _PREFIX and lemma[:_PREFIX] in starts else 0.0


def _tells_nothing(link: Link) -> bool:
    """Whether the English of a link is no gloss of its word."""
    said = [word.key for word in link.en if word.key.isascii() and word.key not in FUNCTION_WORDS]
    return link.score <= _WEAK_LINK or not said


def _demoted(sense: Sense) -> float:
    """A meaning that a character only has inside other words is taken last."""
    return _BOUND if sense.gloss.startswith("(bound form") else 0.0


class SenseChooser:
    """Chooses senses.

    Args:
        lexicon: Entries and their order.
        index: The English of each headword.
    """

    def __init__(self, lexicon: Lexicon, index: GlossIndex) -> None:
        self._lexicon = lexicon
        self._index = index
        self._senses = lru_cache(maxsize=8192)(self._listed)
        self._guess = lru_cache(maxsize=8192)(self._guessed)
        self._standing = lru_cache(maxsize=8192)(self._stand)

    def _stand(self, headword: str) -> list[float]:
        return standing(headword, self._senses(headword), commonness(self._index, headword))

    def _listed(self, headword: str) -> list[tuple[Entry, Sense]]:
        return [(entry, sense) for entry in self._lexicon.entries(headword) for sense in entry.senses]

    def by_link(self, tokens: Sequence[Token], at: int, link: Link, text: str) -> Supported:
        """The sense that the linked English supports; where none does, the English itself.

        A link that stands only because nothing else was left, or that holds words of grammar only, is no
        gloss, and none is better than that of an internet word, or the only one where
        the link is of a part of the word: there the usual sense is shown.

        Args:
            tokens: The tokens of the text.
            at: Which of them is linked.
            link: Its English words.
            text: The text both stand in.
        """
        token = tokens[at]
        if token.headword in _PARTICLES:
            usual = self.usual(tokens, at)
            if usual:
                return Supported(usual, ())
        english = " ".join(text[word.start : word.end] for word in link.en)
        senses = self._senses(token.headword)
        shares = support(self._index.terms(token.headword), [word.key for word in link.en])
        read = token.reading.syllables if token.reading else ()
        ranked = [
            (
                share - _LATER * place - _demoted(sense) + _SAME_READING * (entry.syllables == read),
                share,
                entry,
                sense,
            )
            for place, (share, (entry, sense)) in enumerate(zip(shares, senses, strict=False))
        ]
        _, share, entry, sense = max(ranked, key=lambda item: item[0], default=(0.0, 0.0, None, None))
        enough = SUPPORTED if len(senses) > _FEW else _SUPPORTED_OF_FEW
        if entry is None or sense is None or share < enough:
            usual = self.usual(tokens, at)
            internet = any(entry.source == "netspeak" for entry, _ in senses)
            settled = internet and link.score < PINYIN  # a name is spelled out in English (小白, Xiaobai)
            settled = settled or (len(senses) == 1 and link.score <= _LINK_BY_PART)
            if usual and (settled or _tells_nothing(link)):
                return Supported(SenseChoice(usual.gloss, usual.sure, usual.by, english), ())
            sure = round(min(0.75, 0.4 + 0.4 * link.score), 2)
            return Supported(SenseChoice(english, sure, Decider.LINK, english), ())
        sure = round(min(0.98, 0.6 + 0.38 * share), 2)
        return Supported(SenseChoice(sense.gloss, sure, Decider.LINK, english), entry.syllables)

    def usual(self, tokens: Sequence[Token], at: int) -> SenseChoice | None:
        """The sense a word most likely has without English to tell; a guess unless it is the only one.

        Args:
            tokens: The tokens of the text.
            at: Which of them.
        """
        token = tokens[at]
        beside = surroundings(
            tokens[at - 1] if at else None, tokens[at + 1].text if at + 1 < len(tokens) else ""
        )
        return self._guess(token.headword, token.reading.syllables if token.reading else None, beside)

    def _guessed(
        self, headword: str, syllables: tuple[str, ...] | None, beside: Surroundings
    ) -> SenseChoice | None:
        senses = self._senses(headword)
        if not senses:
            return None
        if len(senses) == 1:
            return SenseChoice(senses[0][1].gloss, _ONLY)
        likely = [
            value + fit(entry, sense, syllables, beside)
            for value, (entry, sense) in zip(self._standing(headword), senses, strict=True)
        ]
        return SenseChoice(senses[likely.index(max(likely))][1].gloss, GUESS)
