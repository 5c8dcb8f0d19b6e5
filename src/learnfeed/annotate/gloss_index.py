"""What links Chinese words with English ones: the words of every gloss, weighted by what they tell.

Two tables, made when the lexicon is built:

``gloss_terms(word, terms)``: for every headword the lemmas of its glosses; in the end packed together with its
entries (:meth:`learnfeed.annotate.lexicon.Lexicon.terms`). Senses are separated by line breaks, synonyms by ``;``,
lemmas by blanks; the last character of a lemma is its share (1–9 tenths) of the synonym's information (inverse
document frequency).

``english(form, lemma, zipf)``: frequent English words with their base form and its log frequency in
hundredths.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from learnfeed.annotate.english import tokenize
from learnfeed.annotate.function_words import FUNCTION_WORDS
from learnfeed.annotate.inflection import base_form, guessed_base
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.core.pinyin import split_tone

UNSEEN_ZIPF = 1.5
"""Log frequency given to English words outside the list."""

_FREQUENT_ZIPF = 2.0
_TELLING_ZIPF = 3.0
_LONGEST_SYNONYM = 8
_EMPTY_WORDS = frozenset(
    {"to", "a", "an", "the", "be", "of", "sth", "sb", "etc", "esp", "e.g", "i.e", "one", "'s"}
)
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[㐀-鿿·|]+")
_NOT_A_GLOSS = re.compile(r"(?:CL:|also pr\.|Taiwan pr\.|also written)")
_QUOTED_HEAD = re.compile(r"(?:abbr\. (?:of|for) [^\"(]*)?[(\s]*\"([^\"]{1,60})\"")
_ABBREVIATES = re.compile(r"^abbr\. (?:of|for) [^:(;]*(?:\([^)]*\))?:?")
_WORD = re.compile(r"[a-z0-9']+")

SCHEMA = """
CREATE TABLE gloss_terms (word TEXT PRIMARY KEY, terms TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE english (form TEXT PRIMARY KEY, lemma TEXT NOT NULL, zipf INTEGER NOT NULL) WITHOUT ROWID;
"""


class English:
    """Base forms and frequencies of English words, while the tables are being built.

    Args:
        zipf: Log frequency (0–8) by word form.
    """

    def __init__(self, zipf: Mapping[str, float]) -> None:
        self.forms = {
            form: value
            for form, value in zipf.items()
            if value >= _FREQUENT_ZIPF and _WORD.fullmatch(form) and not form.isdigit()
        }
        self.lemmas = {form: base_form(form, self.forms) for form in self.forms}
        self.zipf: dict[str, float] = {}
        for form, lemma in self.lemmas.items():
            self.zipf[lemma] = max(self.zipf.get(lemma, 0.0), self.forms[form])

    def lemma(self, form: str) -> str:
        """The base form of a word."""
        return self.lemmas.get(form) or guessed_base(base_form(form, self.forms))

    def information(self, lemma: str) -> float:
        """How much a word tells, in nats, at most that of a one-in-a-million word."""
        if lemma in FUNCTION_WORDS:
            return 1.0
        return min(13.8, (9.0 - self.zipf.get(lemma, UNSEEN_ZIPF)) * 2.3)

    def rows(self) -> Iterable[tuple[str, str, int]]:
        """Rows of the table ``english``, sorted by form; rare words that a guess gets right are left out."""
        for form in sorted(self.lemmas):
            lemma = self.lemmas[form]
            if self.zipf[lemma] >= _TELLING_ZIPF or lemma != guessed_base(form):
                yield form, "" if lemma == form else lemma, round(100 * self.zipf[lemma])


def _synonyms(gloss: str) -> list[str]:
    """The synonyms of a gloss; of ``Peking, capital of China`` also the name alone."""
    parts: list[str] = []
    quoted = _QUOTED_HEAD.match(gloss)
    if quoted:
        parts.append(quoted.group(1))
    for part in _ASIDE.sub(" ", _ABBREVIATES.sub("", gloss)).split(";"):
        name, comma, _ = part.strip().partition(",")
        if comma and name[:1].isupper() and len(name) <= 30:
            parts.append(name)
        parts.append(part)
    return parts


def sense_terms(gloss: str, english: English) -> str:
    """One sense as it is stored: ``lose4 weight5;slim9``; empty when nothing in it can be linked."""
    if _NOT_A_GLOSS.match(gloss):
        return ""
    stored = []
    for synonym in _synonyms(gloss):
        lemmas = dict.fromkeys(english.lemma(token.text) for token in tokenize(synonym))
        telling = [lemma for lemma in lemmas if lemma not in _EMPTY_WORDS] or list(lemmas)
        if not telling or len(telling) > _LONGEST_SYNONYM:
            continue
        total = sum(map(english.information, telling))
        shares = (min(9, max(1, round(9.4 * english.information(lemma) / total))) for lemma in telling)
        stored.append(" ".join(f"{lemma}{share}" for lemma, share in zip(telling, shares, strict=True)))
    return ";".join(dict.fromkeys(stored))


def build(
    connection: sqlite3.Connection,
    zipf: Mapping[str, float],
    headwords: Iterable[tuple[str, Sequence[str]]],
) -> None:
    """Writes both tables into a lexicon that is being built.

    Args:
        connection: The open lexicon; nothing is committed.
        zipf: Log frequencies of English word forms.
        headwords: Every simplified headword once with all its glosses, in the order in which
            ``Lexicon.entries`` gives them.
    """
    english = English(zipf)
    connection.executescript(SCHEMA)
    connection.executemany("INSERT INTO english VALUES (?, ?, ?)", english.rows())
    rows = (
        (word, "\n".join(sense_terms(gloss, english) for gloss in glosses)) for word, glosses in headwords
    )
    connection.executemany(
        "INSERT INTO gloss_terms VALUES (?, ?)", sorted(row for row in rows if row[1].strip())
    )


class GlossTerms(NamedTuple):
    """The English of a headword.

    Attributes:
        best: For each lemma the largest share (0–1) of any synonym's information that it carries.
        senses: For each sense its synonyms, each as lemmas with their shares.
    """

    best: dict[str, float]
    senses: tuple[tuple[tuple[tuple[str, float], ...], ...], ...]


NOTHING = GlossTerms({}, ())


def parse_terms(stored: str) -> GlossTerms:
    """Reads a row of ``gloss_terms``."""
    best: dict[str, float] = {}
    senses = []
    for line in stored.split("\n"):
        synonyms = []
        for synonym in line.split(";") if line else ():
            terms = tuple((term[:-1], int(term[-1]) / 9) for term in synonym.split(" "))
            synonyms.append(terms)
            for lemma, share in terms:
                if share > best.get(lemma, 0.0):
                    best[lemma] = share
            if 2 <= len(terms) <= 3:
                best.setdefault("".join(lemma for lemma, _ in terms), 0.95)
        senses.append(tuple(synonyms))
    return GlossTerms(best, tuple(senses))


class GlossIndex:
    """What linking asks of the lexicon, remembering what was asked lately.

    Args:
        lexicon: An open lexicon; used from one thread.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._connection = lexicon.connection
        self._entries = lexicon.entries
        self.zipf = lexicon.zipf
        self.terms = lru_cache(maxsize=8192)(self._terms)
        self.english = lru_cache(maxsize=8192)(self._english)
        self.syllables = lru_cache(maxsize=4096)(self._syllables)

    def _terms(self, word: str) -> GlossTerms:
        """The English of a headword; nothing for a word without an entry."""
        stored = self._lexicon.terms(word)
        return parse_terms(stored) if stored else NOTHING

    def _english(self, form: str) -> tuple[str, float]:
        """Lemma and log frequency of an English word."""
        row = self._connection.execute("SELECT lemma, zipf FROM english WHERE form = ?", (form,)).fetchone()
        if row is None:
            return guessed_base(form), UNSEEN_ZIPF
        return row[0] or form, row[1] / 100

    def _syllables(self, char: str) -> frozenset[str]:
        """The readings of a hanzi without tones; ü is v."""
        return frozenset(
            split_tone(syllable.lower())[0].replace("ü", "v")
            for entry in self._entries(char)
            for syllable in entry.syllables
        )
