"""What a headword is to a learner: a word to learn or only a name, and which verbs are said twice or taken apart.

Decided when the lexicon is built, so that cutting a text looks nothing up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from learnfeed.annotate.joins import NUMERALS
from learnfeed.annotate.vocabulary_names import is_named
from learnfeed.core.word import Entry

_PLACE_OR_PERSON = re.compile(
    r"\b(?:county|district|city|prefecture|province|township|village|town|river|lake|mountains?|Mt|islands?|peninsula"
    r"|county-level|capital of|personal name|surname|emperor|banner|subdistrict|neighborhood)\b"
    r"|\(name\)|\((?:c\.? ?|active c?\.? ?|born |-)?\d{2,4}\b"
)
_LEARNED = re.compile(
    r"\b(?:dynasty|dynasties|era|army|armed forces|revolution|war|solar terms|festival|star sign|language|religion)\b",
    re.IGNORECASE,
)
"""What glosses of names say that a learner meets as words: 清朝, 冬至, 论语."""
_NAME_POS = frozenset({"nr", "ns"})
_NO_NAME_ENDS = frozenset("人族文语教军部局节")
_RARE_NAME_ZIPF = 4.0
_SAID_TWICE = frozenset({"v", "n", "a"})
"""Parts of speech (their first letter) of what may be a verb said twice; 更 and 常 are adverbs."""


def is_learned(word: str, entries: Sequence[Entry], tag: str, zipf: float) -> bool:
    """Whether a headword is a word to learn, and not only the name of a place or person.

    Args:
        word: The headword.
        entries: Its entries.
        tag: Its part of speech in jieba's dictionary; empty when it has none.
        zipf: Its log frequency.
    """
    gloss = entries[0].senses[0].gloss
    if not is_named(entries) or _LEARNED.search(gloss) or word[-1] in _NO_NAME_ENDS:
        return True
    rare = zipf < _RARE_NAME_ZIPF and tag in _NAME_POS and gloss[:1].isupper()
    return not (rare or _PLACE_OR_PERSON.search(gloss))


def is_verb(entries: Sequence[Entry]) -> bool:
    """Whether one of the first senses of an entry is a verb."""
    return any(sense.gloss.startswith("to ") for entry in entries for sense in entry.senses[:4])


def doubled(entries: Mapping[str, Sequence[Entry]], tags: Mapping[str, str]) -> Iterator[str]:
    """Verbs of one character that may be said twice: 看看; numerals are numbers."""
    for word, own in entries.items():
        if len(word) == 1 and word not in NUMERALS and tags.get(word, "")[:1] in _SAID_TWICE and is_verb(own):
            yield word


def separable(entries: Mapping[str, Sequence[Entry]], listed: frozenset[str]) -> Iterator[str]:
    """Listed words of two characters that are a verb with its object: 见面."""
    return (word for word in listed if len(word) == 2 and is_verb(entries.get(word, ())))
