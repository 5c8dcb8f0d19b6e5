"""What typed sentences are judged by: the dictionary's words and senses, and everyday English synonyms."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from learnfeed.study.quiz.glosses import parts

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon

_LONGEST = 6
"""Characters of a word that a typed sentence is cut into at most."""

_USUAL = 2
"""Senses of a word that count as usual: by rarer ones, 都 and 一 would both be “all”."""


class LexiconWording:
    """Wording by the lexicon; see :class:`learnfeed.study.quiz.comparing.Wording`."""

    def __init__(self, lexicon: Lexicon) -> None:
        from learnfeed.annotate.gloss_index import GlossIndex

        self._lexicon = lexicon
        self._index = GlossIndex(lexicon)
        self._senses = lru_cache(maxsize=1024)(self._renderings)

    def cut(self, text: str) -> tuple[str, ...]:
        """The longest words of the dictionary, from the front; marks and blanks are left out."""
        plain = "".join(char for char in text if char.isalnum())
        words: list[str] = []
        at = 0
        while at < len(plain):
            lengths = range(min(_LONGEST, len(plain) - at), 1, -1)
            size = next((n for n in lengths if self._lexicon.entries(plain[at : at + n])), 1)
            words.append(plain[at : at + size])
            at += size
        return tuple(words)

    def alike(self, one: str, other: str) -> bool:
        """Whether the dictionary renders both words by the same English among their usual senses."""
        first, second = (self._lexicon.simplify(word) for word in (one, other))
        return first == second or not self._senses(first).isdisjoint(self._senses(second))

    def _renderings(self, word: str) -> frozenset[str]:
        senses = [sense for entry in self._lexicon.entries(word)[:1] for sense in entry.senses[:_USUAL]]
        return frozenset().union(*(parts(sense.gloss) for sense in senses))

    def lemma(self, word: str) -> str:
        """The dictionary form of an English word in lower case."""
        return self._index.english(word)[0]

    def akin(self, one: str, other: str) -> bool:
        """Whether a list of everyday synonyms has both."""
        from learnfeed.annotate.synonyms import SYNONYMS

        return other in SYNONYMS.get(one, ()) or one in SYNONYMS.get(other, ())
