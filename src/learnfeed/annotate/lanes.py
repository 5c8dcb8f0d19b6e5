"""Where a long text is searched for translations: around a rough first path and between pairs beyond doubt.

A table of all sentences against all others grows with the square of a text. Pairs that share much, with
neighbours that do so too, cut it into small ones; elsewhere the search keeps near the path that single
sentences take (as coarse-to-fine alignment does since Moore 2002).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from learnfeed.annotate.sides import columns

LONG = 60
"""A text with more sentences on a side is searched in lanes."""
SURE = 0.3
"""Share of weight in common (0–1) from which a single pair may be beyond doubt."""
REACH = 3
"""How many sentences beside the rough path are looked at."""

Cell = tuple[int, int]
"""How many sentences of either side are passed."""


def firm(cells: Iterable[Cell]) -> list[Cell]:
    """Those of some single pairs whose neighbours on both sides are among them, in rising order."""
    known = set(cells)
    kept: list[Cell] = []
    for i, j in sorted(known):
        between = (i - 1, j - 1) in known and (i + 1, j + 1) in known
        if between and (not kept or (i > kept[-1][0] and j > kept[-1][1])):
            kept.append((i, j))
    return kept


def lanes(n: int, m: int, locks: Sequence[Cell], band: int) -> list[range]:
    """For each number of passed Chinese sentences (0–n) how many English ones may be passed.

    Args:
        n: Chinese sentences.
        m: English sentences.
        locks: Pairs beyond doubt: what is before one stays before it.
        band: How far from the diagonal between two locks is searched.
    """
    found: list[range] = []
    i, j = 0, 0
    for end, stop in [*locks, (n, m)]:
        parts = (columns(k, end - i, stop - j, band) for k in range(end - i + 1))
        found += [range(j + part.start, j + part.stop) for part in parts]
        i, j = end + 1, stop + 1
    return found


def around(path: Sequence[Cell], locks: Sequence[Cell]) -> list[range]:
    """The lanes beside a path, which holds the locks and ends where both sides do."""
    n, m = path[-1]
    first = [m] * (n + 1)
    last = [0] * (n + 1)
    for i, j in path:
        first[i], last[i] = min(first[i], j), max(last[i], j)
    return [
        range(max(box.start, first[i] - REACH), min(box.stop, last[i] + REACH + 1))
        for i, box in enumerate(lanes(n, m, locks, n + m))
    ]
