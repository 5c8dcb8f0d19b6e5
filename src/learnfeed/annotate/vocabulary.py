"""The words a segmenter may cut, with what each costs, in memory.

A word's cost is −log of its probability, in tenths of a nat: 0–255, so that all costs share 256
integers. 150,000 words take about 30 MB.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from learnfeed.annotate.lexicon import Lexicon

SURNAME = "name.surname"
GIVEN_ONLY = "name.given"
GIVEN_FIRST = "name.given.first"
GIVEN_LAST = "name.given.last"
FOREIGN = "name.foreign"
UNKNOWN_COST = 200
"""Of a character that is in no dictionary: e⁻²⁰."""
_LN10 = 2.302585


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and their costs.

    Attributes:
        costs: Cost of each word.
        starts: For the first two characters of longer words: a bit mask of the lengths they occur in.
        aliases: Forms that are written with a character of the other script, and their headword.
        surnames, given, first, last, foreign: Costs of what names are made of: surnames, the only,
            first and last character of a given name, characters that spell foreign names.
    """

    costs: Mapping[str, int]
    starts: Mapping[str, int]
    aliases: Mapping[str, str]
    surnames: Mapping[str, int]
    given: Mapping[str, int]
    first: Mapping[str, int]
    last: Mapping[str, int]
    foreign: Mapping[str, int]


def cost_of(zipf: float) -> int:
    """The cost of a word by its log frequency: zipf 9 is every word of a text."""
    return min(255, max(1, round((9.0 - zipf) * _LN10 * 10)))


def load(lexicon: Lexicon) -> Vocabulary:
    """Reads the vocabulary of a lexicon (about 0.1 s)."""
    costs, starts = lexicon.word_list("vocabulary"), lexicon.word_list("starts")
    aliases = lexicon.aliases()
    added = {form: costs.get(word, UNKNOWN_COST) for form, word in aliases.items()}
    costs |= added
    for start, mask in starts_of(added).items():
        starts[start] = starts.get(start, 0) | mask
    names = (lexicon.word_list(name) for name in (SURNAME, GIVEN_ONLY, GIVEN_FIRST, GIVEN_LAST, FOREIGN))
    return Vocabulary(costs, starts, aliases, *names)


def starts_of(words: Mapping[str, int]) -> dict[str, int]:
    """The bit masks of :attr:`Vocabulary.starts`; words of more than 15 characters are left out."""
    starts: dict[str, int] = {}
    for word in words:
        if 1 < len(word) < 16:
            start = word[:2]
            starts[start] = starts.get(start, 0) | 1 << len(word)
    return starts
