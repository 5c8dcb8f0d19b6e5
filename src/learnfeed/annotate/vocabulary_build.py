"""The segmenter's side of the lexicon: what every word costs, and what names are made of.

Blobs: ``vocabulary`` (words with an entry and well-known names, with their costs; names are marked), ``longer``
(first three characters of words, with a bit mask of lengths), ``doubled`` and ``separable`` (verbs
that are said twice, and those with an object that stands apart), and one for each part of a name.

A word's cost is the mean of what wordfreq and jieba's dictionary say, where both know it: on UD Chinese
GSDSimp (dev) that cuts a little better than either (F1 81.3; 81.1 and 80.9 alone). Names of jieba's
dictionary (nr, ns) that wordfreq has seen too raise it to 82.0, name parts to 82.6.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from learnfeed.annotate.lexicon_codec import pack_list, unpack_list, unpack_marked
from learnfeed.annotate.lexicon_sources import jieba_words
from learnfeed.annotate.vocabulary import (
    DOUBLED,
    FOREIGN,
    GIVEN_FIRST,
    GIVEN_LAST,
    GIVEN_ONLY,
    SEPARABLE,
    SURNAME,
    cost_of,
    longer_of,
)
from learnfeed.annotate.vocabulary_kinds import doubled, is_learned, separable
from learnfeed.annotate.vocabulary_names import NameTest, is_phrase

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon_build import Content

_MARK = 256
_INTERNET_ZIPF = 3.5
_ALNUM = re.compile(r"[A-Za-z0-9]")
_ENGLISH = frozenset(
    {"bm", "cp", "ip", "mc", "ng", "os", "pa", "po", "pu", "ta", "word", "mv", "vcr", "421", "88"}
)
_NAME_PENALTY = 40
_ALONE = 4
_LONGEST_NAME = 6
_PERSON_TAGS = frozenset({"nr", "nrt", "nrfg"})
_NAME_TAGS = _PERSON_TAGS | {"ns"}
_FEWEST = {SURNAME: 10, GIVEN_ONLY: 3, GIVEN_FIRST: 3, GIVEN_LAST: 3, FOREIGN: 15}
NAME_PARTS = tuple(_FEWEST)


def section(connection: sqlite3.Connection, content: Content, previous: sqlite3.Connection | None) -> None:
    """Writes the blobs; an update keeps the costs and name parts it has."""
    if previous is None:
        rows = list(jieba_words())
        costs = costs_of(content, {word: count for word, count, _ in rows})
        parts = name_parts(content, rows)
        costs.update(name_costs(content, rows, NameTest(content.entries, costs, parts)))
        for word in phrases(content, rows):
            del costs[word]
    else:
        old = dict(previous.execute("SELECT name, data FROM blob"))
        costs = _updated_costs(content, unpack_marked(old["vocabulary"])[0], previous)
        parts = {name: unpack_list(old[name]) for name in NAME_PARTS}
    listed = frozenset(word for table in content.levels.words.values() for word in table)
    names = {word for word in costs if word not in listed and not _is_learned(word, content)}
    blobs = {
        "vocabulary": {word: cost + _MARK * (word in names) for word, cost in costs.items()},
        "longer": longer_of(costs),
        "mixed": {word: 1 for word in content.entries if _is_mixed(word)},
        DOUBLED: dict.fromkeys(doubled(content.entries, content.pos), 1),
        SEPARABLE: dict.fromkeys(separable(content.entries, listed), 1),
        **parts,
    }
    connection.executemany(
        "INSERT INTO blob VALUES (?, ?)", [(n, pack_list(v)) for n, v in sorted(blobs.items())]
    )


def _updated_costs(content: Content, old: Mapping[str, int], previous: sqlite3.Connection) -> dict[str, int]:
    """The costs of a lexicon in use, for the headwords of a newer dictionary."""
    names = {word: cost for word, cost in old.items() if not is_entry(previous, word)}
    costs = costs_of(content, {}) | names
    costs.update((word, cost) for word, cost in old.items() if word in content.entries)
    for word in content.entries.keys() - old.keys():
        if is_entry(previous, word):
            del costs[word]
    return costs


def _is_learned(word: str, content: Content) -> bool:
    entries = content.entries.get(word)
    return bool(entries) and is_learned(
        word, entries or (), content.pos.get(word, ""), content.zipf.get(word, 0.0)
    )


def is_entry(connection: sqlite3.Connection, word: str) -> bool:
    """Whether a lexicon has entries for a word."""
    row = connection.execute("SELECT packed != x'' FROM word WHERE word = ?", (word,)).fetchone()
    return bool(row and row[0])


def _is_mixed(word: str) -> bool:
    """Whether a headword holds Latin letters or digits and is no mere letter or English word."""
    return len(word) > 1 and bool(_ALNUM.search(word)) and word.lower() not in _ENGLISH


def costs_of(content: Content, counts: Mapping[str, int]) -> dict[str, int]:
    """What each headword costs, and each written form that stands for one.

    Args:
        content: The lexicon.
        counts: Counts of jieba's dictionary; empty when there is none.
    """
    total = sum(counts.values()) or 1
    costs: dict[str, int] = {}
    for word, entries in content.entries.items():
        known = []
        if word in content.zipf:
            known.append(cost_of(content.zipf[word]))
        if word in counts:
            known.append(round(10 * math.log(total / max(1, counts[word]))))
        cost = round(sum(known) / len(known)) if known else cost_of(0)
        if any(entry.source == "netspeak" for entry in entries):
            cost = min(cost, cost_of(_INTERNET_ZIPF))
        costs[word] = min(255, max(1, cost))
    return costs


def phrases(content: Content, rows: Iterable[tuple[str, int, str]]) -> list[str]:
    """Headwords of names that are nearly always two words in a text."""
    return [
        word
        for word, _, tag in rows
        if word in content.entries and is_phrase(word, content.entries[word], tag)
    ]


def name_costs(content: Content, rows: Iterable[tuple[str, int, str]], test: NameTest) -> dict[str, int]:
    """Names without an entry that both lists know."""
    return {
        word: min(255, cost_of(content.zipf[word]) + _NAME_PENALTY)
        for word, _, tag in rows
        if tag in _NAME_TAGS
        and word not in content.entries
        and word in content.zipf
        and _may_be_name(word, tag)
        and test.is_name(word, tag)
    }


def _may_be_name(word: str, tag: str) -> bool:
    """Leaves out what jieba's lists hold by mistake: phrases, floors, compounds."""
    longest = 3 if tag == "nr" else _LONGEST_NAME if tag in _PERSON_TAGS else 4
    return 2 <= len(word) <= longest and word[0] not in "一二三四五六七八九十两几小大老"


def name_parts(content: Content, rows: Iterable[tuple[str, int, str]]) -> dict[str, dict[str, int]]:
    """Costs of surnames, of characters in given names by place, and of characters in foreign names."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in NAME_PARTS}
    surnames = {
        word
        for word, entries in content.entries.items()
        if len(word) <= 2 and any("surname" in sense.tags for entry in entries for sense in entry.senses)
    }
    for word, _, tag in rows:
        if tag == "nr" and 2 <= len(word) <= 4:
            _count_person(word, surnames, counts)
        elif tag == "nrt":
            counts[FOREIGN].update(word)
    for word in content.entries:
        if "·" in word:
            counts[FOREIGN].update(word.replace("·", ""))
    costs = {name: _as_costs(counted, _FEWEST[name]) for name, counted in counts.items()}
    for char, cost in costs[
        GIVEN_LAST
    ].items():  # 伟, 芳 and 娜 stand alone too, more often than the list has it
        costs[GIVEN_ONLY][char] = min(costs[GIVEN_ONLY].get(char, 255), cost + _ALONE)
    return costs


def _count_person(word: str, surnames: set[str], counts: Mapping[str, Counter[str]]) -> None:
    for size in (2, 1):
        given = word[size:]
        if word[:size] in surnames and 1 <= len(given) <= 2:
            counts[SURNAME][word[:size]] += 1
            if len(given) == 1:
                counts[GIVEN_ONLY][given] += 1
            else:
                counts[GIVEN_FIRST][given[0]] += 1
                counts[GIVEN_LAST][given[1]] += 1
            return


def _as_costs(counted: Counter[str], fewest: int) -> dict[str, int]:
    total = sum(counted.values())
    return {part: round(10 * math.log(total / count)) for part, count in counted.items() if count >= fewest}
