"""Two documents are aligned sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnfeed.annotate.documents import align_documents

ZH = ["今天下雪了。", "我的猫很开心。", "我们去了长城。", "你想喝茶吗？"]
EN = ["It snowed today.", "My cat is very happy.", "We went to the Great Wall.", "Would you like some tea?"]


def test_equal_documents_are_paired_one_to_one(lexicon):
    assert align_documents(ZH, EN, lexicon) == [([i], [i]) for i in range(4)]


def test_a_missing_sentence_stands_alone(lexicon):
    assert align_documents(ZH, EN[:1] + EN[2:], lexicon)[1] == ([1], [])
    assert align_documents(ZH[:2] + ZH[3:], EN, lexicon)[2] == ([], [2])


def test_split_sentences_are_grouped(lexicon):
    zh = ["今天下雪了，我的猫很开心。", *ZH[2:]]
    assert align_documents(zh, EN, lexicon)[0] == ([0], [0, 1])


@pytest.mark.parametrize(("zh", "en"), [([], []), (ZH, []), ([], EN), ([""], [""])])
def test_empty_documents_are_no_trouble(lexicon, zh, en):
    beads = align_documents(zh, en, lexicon)
    assert sum(len(a) for a, _ in beads) == len(zh)
    assert sum(len(b) for _, b in beads) == len(en)


def test_long_documents_are_aligned_within_a_band(lexicon):
    zh, en = ZH * 60, EN * 60
    assert align_documents(zh, en, lexicon) == [([i], [i]) for i in range(240)]


def test_the_packaged_lexicon_is_used_by_default():
    assert align_documents(ZH[:1], EN[:1]) == [([0], [0])]


@settings(deadline=None, max_examples=15)
@given(st.lists(st.sampled_from(ZH), max_size=7), st.lists(st.sampled_from(EN), max_size=7))
def test_every_sentence_appears_once_and_in_order(lexicon, zh, en):
    beads = align_documents(zh, en, lexicon)
    assert [i for a, _ in beads for i in a] == list(range(len(zh)))
    assert [j for _, b in beads for j in b] == list(range(len(en)))
