"""The words a segmenter may cut, with what each costs, in memory.

A word's cost is −log of its probability, in tenths of a nat: 0–255, so that all costs share 256
integers. 150,000 words take about 25 MB.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from learnfeed.annotate.lexicon import Lexicon

SURNAME = "name.surname"
GIVEN_ONLY = "name.given"
GIVEN_FIRST = "name.given.first"
GIVEN_LAST = "name.given.last"
FOREIGN = "name.foreign"
DOUBLED = "doubled"
SEPARABLE = "separable"
LONGEST = 15
"""Characters of the longest word that is cut."""
UNKNOWN_COST = 200
"""Of a character that is in no dictionary: e⁻²⁰."""
_LN10 = 2.302585


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and their costs.

    Attributes:
        costs: Cost of each word.
        names: Those of them that are names, not words to learn.
        longer: For the first three characters of words: the lengths, three and more, they occur in.
        aliases: Forms that are written with a character of the other script, and their headword.
        surnames, given, first, last, foreign: Costs of what names are made of: surnames, the only,
            first and last character of a given name, characters that spell foreign names.
        doubled: Verbs of one character that may be said twice: 看看.
        separable: Verbs with their object, between which other words may stand: 见面.
    """

    costs: Mapping[str, int]
    names: Set[str]
    longer: Mapping[str, tuple[int, ...]]
    aliases: Mapping[str, str]
    surnames: Mapping[str, int]
    given: Mapping[str, int]
    first: Mapping[str, int]
    last: Mapping[str, int]
    foreign: Mapping[str, int]
    doubled: Set[str]
    separable: Set[str]


def cost_of(zipf: float) -> int:
    """The cost of a word by its log frequency: zipf 9 is every word of a text."""
    return min(255, max(1, round((9.0 - zipf) * _LN10 * 10)))


def load(lexicon: Lexicon) -> Vocabulary:
    """Reads the vocabulary of a lexicon (about 0.05 s)."""
    costs, names = lexicon.marked_list("vocabulary")
    masks = lexicon.word_list("longer")
    aliases = lexicon.aliases()
    for form, word in aliases.items():
        costs[form] = costs.get(word, UNKNOWN_COST)
        if word in names:
            names.add(form)
        if len(form) > 2:
            masks[form[:3]] = masks.get(form[:3], 0) | 1 << len(form)
    lengths = {mask: _lengths(mask) for mask in set(masks.values())}
    part = lexicon.word_list
    return Vocabulary(
        costs=costs,
        names=names,
        longer=dict(zip(masks, map(lengths.__getitem__, masks.values()), strict=True)),
        aliases=aliases,
        surnames=part(SURNAME),
        given=part(GIVEN_ONLY),
        first=part(GIVEN_FIRST),
        last=part(GIVEN_LAST),
        foreign=part(FOREIGN),
        doubled=frozenset(part(DOUBLED)),
        separable=frozenset(part(SEPARABLE)),
    )


def _lengths(mask: int) -> tuple[int, ...]:
    """The lengths of a bit mask."""
    return tuple(length for length in range(3, LONGEST + 1) if mask >> length & 1)


def longer_of(words: Iterable[str]) -> dict[str, int]:
    """For the first three characters of words: a bit mask of the lengths they occur in."""
    starts: dict[str, int] = {}
    for word in words:
        if 2 < len(word) <= LONGEST:
            starts[word[:3]] = starts.get(word[:3], 0) | 1 << len(word)
    return starts
