"""Long texts are searched in lanes: the cost grows with the text, not with its square, and pairs stay right."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.annotate.align import Aligner, Touch, Weights
from learnfeed.annotate.evidence import Word
from learnfeed.annotate.lanes import LONG, around, firm, lanes
from learnfeed.annotate.sides import Side
from tests.annotate.reading import pairs

SCORES_A_SENTENCE = 80
"""Far less than the 250 of a band searched whole, far more than should be needed."""
ANIMALS = [("猫", "cat"), ("狗", "dog"), ("马", "horse"), ("牛", "cow"), ("鱼", "fish")]


def two_sides(count: int, likes: float) -> tuple[Side, Side]:
    """Sentences of one word each; every one of a side has as much in common with every one of the other."""
    zh = Side([[Word("猫", i, i + 1, 1.0)] * 4 for i in range(count)], [8.0] * count, [False] * count)
    en = Side([[Word("cat", i, i + 1, 1.0)] * 4 for i in range(count)], [30.0] * count, [False] * count)
    near = [dict.fromkeys(range(max(0, i - 16), min(count, i + 17)), likes) for i in range(count)]
    for side in (zh, en):
        side.matches = [[(4.0, near[i])] if likes else [] for i in range(count)]
    return zh, en


@pytest.mark.parametrize("likes", [0.0, 0.2, 1.0])
@pytest.mark.parametrize("touching", [False, True])
def test_the_search_costs_the_same_for_each_sentence_however_long_the_text(likes, touching):
    for count in (100, 400, 1600):
        beside = {(i, 1, i, 1): Touch(0, zh_first=True, whole=True) for i in range(count if touching else 0)}
        aligner = Aligner(*two_sides(count, likes), beside, Weights())
        _, found = aligner.monotone()
        assert aligner.scored <= SCORES_A_SENTENCE * count
        if likes == 1.0:
            assert [(p.zh.start, p.en.start) for p in found] == [(i, i) for i in range(count)]


@pytest.mark.parametrize("between", [" ", "\n"])
def test_every_line_of_a_long_text_keeps_its_own_translation(annotator, between):
    lines = [(f"我有{i}只{zh}。", f"I have {i} {en}s.") for i in range(2, 90) for zh, en in [ANIMALS[i % 5]]]
    text = "\n".join(f"{zh}{between}{en}" for zh, en in lines)
    assert pairs(annotator.annotate_text(text)) == lines


def test_blocks_of_a_long_text_are_paired_around_what_was_left_out(annotator):
    lines = [(f"我有{i}只{zh}。", f"I have {i} {en}s.") for i in range(2, 90) for zh, en in [ANIMALS[i % 5]]]
    kept = [line for i, line in enumerate(lines) if i != 40]
    text = "\n".join(zh for zh, _ in lines) + "\n\n" + "\n".join(en for _, en in kept)
    assert pairs(annotator.annotate_text(text)) == kept


def test_a_pair_is_firm_between_pairs_only():
    assert firm([(0, 0), (1, 1), (2, 2), (3, 3), (9, 9)]) == [(1, 1), (2, 2)]


cells = st.tuples(st.integers(0, 90), st.integers(0, 90))


@given(st.sets(cells, max_size=40), st.integers(91, 100), st.integers(91, 100), st.integers(1, 12))
def test_lanes_lead_from_corner_to_corner_past_every_lock(near, n, m, band):
    locks = firm({(i + d, j + d) for i, j in near for d in (-1, 0, 1) if min(i, j) + d >= 0})
    rows = lanes(n, m, [cell for cell in locks if cell[0] < n and cell[1] < m], band)
    assert len(rows) == n + 1
    assert 0 in rows[0]
    assert m in rows[n]
    assert all(j in rows[i] and j + 1 in rows[i + 1] for i, j in locks)
    assert all(a.start <= b.start and a.stop >= b.start for a, b in pairwise(rows))


def test_the_lanes_beside_a_path_hold_it():
    path = [(0, 0), *((i, 0) for i in range(1, LONG)), *((LONG, j) for j in range(LONG + 1))]
    rows = around(path, [])
    assert all(j in rows[i] for i, j in path)
