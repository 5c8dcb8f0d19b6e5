"""Text without a translation is left alone, whatever stands beside it, and what is translated is paired."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.accuracy_posts import f1, judge_units

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pipeline import Annotator

POSTS = [
    json.loads(line)
    for line in Path(__file__).with_name("posts.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    lexicon = Lexicon.open()
    annotator = Annotator(lexicon)
    total = sum((judge_units(post, annotator.annotate_text(post["text"])) for post in POSTS), Counter())
    lexicon.close()
    return total


def test_the_posts_are_whole():
    assert len(POSTS) == len({post["id"] for post in POSTS}) >= 60
    for post in POSTS:
        units = post["units"]
        paired = [i for pair in post["pairs"] for i in (*pair["zh"], *pair["en"])]
        spoken = [i for i, unit in enumerate(units) if unit["lang"] != "other"]
        assert sorted(paired + post["untranslated"]) == spoken
        assert all(
            units[i]["lang"] == side for pair in post["pairs"] for side in ("zh", "en") for i in pair[side]
        )


def test_what_is_not_translated_is_left_alone(counts: Counter[str]):
    assert counts["alone"] >= 150
    assert counts["left_alone"] >= 0.97 * counts["alone"]


def test_what_is_translated_is_paired(counts: Counter[str]):
    assert f1(counts["pairs_right"], counts["pairs_found"], counts["pairs_wanted"]) >= 0.97


def test_sentences_are_cut_where_a_reader_would(counts: Counter[str]):
    assert f1(counts["units_right"], counts["units_found"], counts["units_wanted"]) >= 0.97
