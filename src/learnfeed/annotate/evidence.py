"""How well Chinese words and English words of one text translate each other.

Everything that pairs sentences and links words rests on one number for a Chinese word and an English
lemma: the share of a gloss that the lemma carries, or what numbers, names and identical words tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from learnfeed.annotate.english import number, tokenize
from learnfeed.annotate.function_words import FUNCTION_HANZI, FUNCTION_WORDS
from learnfeed.annotate.gloss_index import GlossTerms
from learnfeed.annotate.quantities import quantity
from learnfeed.annotate.spelling import spelled
from learnfeed.annotate.synonyms import SYNONYMS

IDENTICAL = 1.6
SAME_NUMBER = 1.5
PINYIN = 0.9
_FUZZY = 0.6
_SYNONYM = 0.6
_PART = 0.55
_LEAST_PART = 0.65
_FUNCTION = 0.5
_MEANT = 0.4
_PREFIX = 5
_LONGEST_PART = 4
_KNOWN_ZIPF = 3.2


class Word(NamedTuple):
    """A word of either language as evidence sees it.

    Attributes:
        key: Headword (simplified) or lemma.
        start, end: Where it stands in the text.
        weight: What it tells, 0–1.
    """

    key: str
    start: int
    end: int
    weight: float


class Dictionary(Protocol):
    """What is asked of the lexicon here."""

    def terms(self, word: str) -> GlossTerms:
        """The English of a headword."""
        ...

    def english(self, form: str) -> tuple[str, float]:
        """Lemma and log frequency of an English word."""
        ...

    def zipf(self, word: str) -> float:
        """Log frequency of a Chinese word."""
        ...

    def syllables(self, char: str) -> frozenset[str]:
        """The readings of a hanzi without tones; ü is v."""
        ...


def _information(zipf: float) -> float:
    """What a word tells, 0–1: a word rarer than one in 8,000 tells all."""
    return min(1.0, (9.0 - zipf) * 2.3 / 9.0)


class Weigher:
    """Turns tokens into weighed words and finds the parts of long ones; remembers what it looked up.

    Args:
        dictionary: The lexicon's view for linking.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.hanzi_weight: Callable[[str], float] = lru_cache(maxsize=8192)(self._hanzi_weight)
        self.english_word: Callable[[str], tuple[str, float]] = lru_cache(maxsize=8192)(self._english_word)
        self.parts: Callable[[str], tuple[str, ...]] = lru_cache(maxsize=4096)(self._parts)

    def _hanzi_weight(self, word: str) -> float:
        return 0.35 if word in FUNCTION_HANZI else _information(self.dictionary.zipf(word))

    def _english_word(self, form: str) -> tuple[str, float]:
        lemma, zipf = self.dictionary.english(form)
        return lemma, 0.2 if form in FUNCTION_WORDS or lemma in FUNCTION_WORDS else _information(zipf)

    def _parts(self, word: str) -> tuple[str, ...]:
        """The longest dictionary words inside a word, from left to right, without function words."""
        found, at = [], 0
        while at < len(word):
            longest = min(len(word) - at, _LONGEST_PART)
            sizes = (
                n
                for n in range(longest, 1, -1)
                if n < len(word) and self.dictionary.terms(word[at : at + n]).senses
            )
            size = next(sizes, 1)
            found.append(word[at : at + size])
            at += size
        return tuple(part for part in found if part not in FUNCTION_HANZI)

    def english(self, text: str, start: int, end: int) -> list[Word]:
        """The English words of a stretch of text."""
        return [Word(*self._lemma_first(t.text, t.start, t.end)) for t in tokenize(text, start, end)]

    def _lemma_first(self, form: str, start: int, end: int) -> tuple[str, int, int, float]:
        lemma, weight = self.english_word(form)
        return lemma, start, end, weight


class Evidence:
    """Similarities between the Chinese words and the English words of one text.

    Args:
        weigher: Lexicon access.
        vocabulary: Lemmas of all English words of the text.
    """

    def __init__(self, weigher: Weigher, vocabulary: Iterable[str]) -> None:
        self._weigher = weigher
        self._dictionary = weigher.dictionary
        self._vocabulary = frozenset(vocabulary)
        self._rows: dict[str, dict[str, float]] = {}
        self._prefixes: defaultdict[str, list[str]] = defaultdict(list)
        self._numbers: defaultdict[float, list[str]] = defaultdict(list)
        for lemma in sorted(self._vocabulary):
            if len(lemma) >= _PREFIX:
                self._prefixes[lemma[:_PREFIX]].append(lemma)
            value = number(lemma)
            if value is not None:
                self._numbers[value].append(lemma)

    def row(self, word: str) -> dict[str, float]:
        """The English lemmas of the text that may translate a Chinese word, each with its score (0–1.6)."""
        row = self._rows.get(word)
        if row is None:
            row = self._rows[word] = self._score(word)
        return row

    def phrases(self, word: str) -> Iterator[list[str]]:
        """The glosses of several words that stand in the text with all their words."""
        for synonyms in self._dictionary.terms(word).senses:
            for synonym in synonyms:
                if len(synonym) > 1 and all(lemma in self._vocabulary for lemma, _ in synonym):
                    yield [lemma for lemma, _ in synonym]
        if len(word) > 2:
            yield from self._compound(word)

    def _compound(self, word: str) -> Iterator[list[str]]:
        """The words that the parts of a long word mean: beef and noodle for 牛肉面."""
        lemmas: dict[str, None] = {}
        for part in self._weigher.parts(word):
            best = self._dictionary.terms(part).best
            lemmas.update(
                dict.fromkeys(sorted(x for x in best if best[x] >= _MEANT and x in self._vocabulary))
            )
        if len(lemmas) > 1:
            yield list(lemmas)

    def _score(self, word: str) -> dict[str, float]:
        row = self._by_gloss(word)
        if len(word) > 1:
            self._add_parts(word, row)
        if word.isascii():
            if word in self._vocabulary:
                row[word] = IDENTICAL
        else:
            self._add_names(word, row)
        value = quantity(word)
        if value is not None:
            row = dict.fromkeys(self._numbers.get(value, ()), SAME_NUMBER)
        function = word in FUNCTION_HANZI
        for lemma in row:
            if (lemma in FUNCTION_WORDS) or function:
                row[lemma] *= _FUNCTION if (lemma in FUNCTION_WORDS) != function else 0.9
        return row

    def _by_gloss(self, word: str) -> dict[str, float]:
        row: dict[str, float] = {}
        vocabulary, prefixes = self._vocabulary, self._prefixes
        for gloss, share in self._dictionary.terms(word).best.items():
            if gloss in vocabulary and share > row.get(gloss, 0.0):
                row[gloss] = share
            for lemma in SYNONYMS.get(gloss, ()):
                if lemma in vocabulary and share * _SYNONYM > row.get(lemma, 0.0):
                    row[lemma] = share * _SYNONYM
            for lemma in prefixes.get(gloss[:_PREFIX], ()):
                if abs(len(gloss) - len(lemma)) <= 4 and share * _FUZZY > row.get(lemma, 0.0):
                    row[lemma] = share * _FUZZY
        return row

    def _add_parts(self, word: str, row: dict[str, float]) -> None:
        """A word that no gloss explains is understood by the words it is made of."""
        for part in self._weigher.parts(word):
            best = self._dictionary.terms(part).best
            size = max(_LEAST_PART, len(part) / len(word)) if len(word) > 2 else 1.0
            for lemma in best:
                if lemma not in self._vocabulary:
                    continue
                share = best[lemma] * _PART * size * (0.3 if lemma in FUNCTION_WORDS else 1.0)
                if row.get(lemma, 0.0) < 0.3 and share > row.get(lemma, 0.0):
                    row[lemma] = share

    def _add_names(self, word: str, row: dict[str, float]) -> None:
        """A name may stand in English as its pinyin."""
        if len(word) > _LONGEST_PART:
            return
        spelled = {""}
        for char in word:
            spelled = {head + tail for head in spelled for tail in self._dictionary.syllables(char)}
            if len(spelled) > 32:
                break
        for lemma in spelled & self._vocabulary:
            if len(lemma) > 2 and lemma not in FUNCTION_WORDS:
                row[lemma] = max(row.get(lemma, 0.0), PINYIN)

    def spells(self, words: Sequence[str], hanzi: str) -> int:
        """How many Latin words, from the first on, are the pinyin of a run of hanzi; 0 for none."""
        return spelled(words, hanzi, self._dictionary.syllables)

    def is_internet_word(self, word: str) -> bool:
        """Whether a Latin word is a Chinese one (yyds), unknown in English."""
        lower = word.lower()
        return bool(self._dictionary.terms(lower).senses) and self._dictionary.english(lower)[1] < _KNOWN_ZIPF

    def cover(self, zh: Sequence[Word], en: Sequence[Word]) -> tuple[float, float]:
        """The share of either side's weight that the other side explains, each 0–1."""
        best: dict[str, float] = {}
        there = {word.key for word in en}
        covered = total = 0.0
        for word in zh:
            row = self.row(word.key)
            found = row.keys() & there
            top = 0.0
            for lemma in found:
                score = min(1.0, row[lemma])
                top = max(top, score)
                best[lemma] = max(best.get(lemma, 0.0), score)
            covered += word.weight * top
            total += word.weight
        back = sum(word.weight * best.get(word.key, 0.0) for word in en)
        weight = sum(word.weight for word in en)
        return (covered / total if total else 0.0), (back / weight if weight else 0.0)
