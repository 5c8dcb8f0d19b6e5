"""Chinese words: the cheapest way to cut a run of hanzi (a unigram Viterbi search).

Besides the words of the dictionary, names are offered: a surname with a given name, and a row of the
characters that spell foreign names. Both cost what their parts cost and a fee, so that a name never
wins against common words.
"""

from __future__ import annotations

from typing import NamedTuple

from learnfeed.annotate.vocabulary import UNKNOWN_COST, Vocabulary

_LENGTHS = tuple(tuple(n for n in range(2, 10) if mask >> n & 1) for mask in range(1 << 10))
_LONGER = tuple(tuple(n for n in range(10, 16) if mask >> n & 1) for mask in range(0, 1 << 16, 1 << 10))
_PERSON_FEE = 84
_FOREIGN_FEE = 70
_FOREIGN_LENGTHS = range(3, 9)


class Cut(NamedTuple):
    """One word of a run.

    Attributes:
        start, end: Where it stands in the run.
        is_name: Whether it was made up of name parts.
    """

    start: int
    end: int
    is_name: bool


def best_cuts(run: str, vocabulary: Vocabulary) -> list[Cut]:
    """Cuts a run of hanzi into the cheapest sequence of words.

    Args:
        run: Hanzi; traditional ones already simplified.
        vocabulary: Words and their costs.
    """
    costs, starts, surnames = vocabulary.costs, vocabulary.starts, vocabulary.surnames
    size = len(run)
    best = [0] + [1 << 60] * size
    back = [0] * (size + 1)
    named = [False] * (size + 1)
    for start in range(size):
        here = best[start]
        cost = here + costs.get(run[start], UNKNOWN_COST)
        if cost < best[start + 1]:
            best[start + 1], back[start + 1], named[start + 1] = cost, start, False
        pair = run[start : start + 2]
        mask = starts.get(pair)
        if mask:
            for length in (
                _LENGTHS[mask & 1023] if mask < 1024 else _LENGTHS[mask & 1023] + _LONGER[mask >> 10]
            ):
                end = start + length
                if end > size:
                    break
                price = costs.get(run[start:end])
                if price is not None and here + price < best[end]:
                    best[end], back[end], named[end] = here + price, start, False
        if run[start] in surnames or pair in surnames or run[start] in vocabulary.foreign:
            for end, price in name_prices(run, start, vocabulary):
                if here + price < best[end]:
                    best[end], back[end], named[end] = here + price, start, True
    cuts = []
    while size:
        cuts.append(Cut(back[size], size, named[size]))
        size = back[size]
    cuts.reverse()
    return cuts


def name_prices(run: str, start: int, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """The names that may begin at a place of a run: where each ends and what it costs."""
    out = _foreign_prices(run, start, vocabulary) if run[start] in vocabulary.foreign else []
    for length in (1, 2):
        given = start + length
        surname = vocabulary.surnames.get(run[start:given])
        if surname is None or given >= len(run):
            continue
        only = vocabulary.given.get(run[given])
        if only is not None:
            out.append((given + 1, surname + only + _PERSON_FEE + 10))
        first, last = vocabulary.first.get(run[given]), vocabulary.last.get(run[given + 1 : given + 2])
        if first is not None and last is not None:
            out.append((given + 2, surname + first + last + _PERSON_FEE))
    return out


def _foreign_prices(run: str, start: int, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    out = []
    total = _FOREIGN_FEE
    for length, char in enumerate(run[start : start + _FOREIGN_LENGTHS[-1]], 1):
        cost = vocabulary.foreign.get(char)
        if cost is None:
            break
        total += cost
        if length in _FOREIGN_LENGTHS:
            out.append((start + length, total))
    return out
