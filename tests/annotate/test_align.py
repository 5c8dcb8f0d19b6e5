"""Sentences that translate each other are paired; what stands alone is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnfeed.annotate.align import Aligner, Weights
from learnfeed.annotate.evidence import Word
from learnfeed.annotate.sides import Side, columns
from learnfeed.core.text import Decider
from tests.annotate.reading import pairs


@pytest.mark.parametrize(
    "text",
    [
        "今天下雪了！猫很开心。\n\nIt snowed today! The cat is happy.",
        "It snowed today! The cat is happy.\n\n今天下雪了！猫很开心。",
        "今天下雪了！\nIt snowed today!\n猫很开心。\nThe cat is happy.",
        "今天下雪了！ / It snowed today! / 猫很开心。 / The cat is happy.",
        "今天下雪了！(It snowed today!) 猫很开心。(The cat is happy.)",
        "#雪 今天下雪了！ #snow It snowed today!\n猫很开心。The cat is happy.",
        "The cat is happy. It snowed today!\n\n今天下雪了！猫很开心。",
    ],
)
def test_every_layout_and_order_gives_the_same_pairs(annotator, text):
    assert sorted(pairs(annotator.annotate_text(text))) == [
        ("今天下雪了！", "It snowed today!"),
        ("猫很开心。", "The cat is happy."),
    ]


def test_two_sentences_that_translate_one_stay_together_between_others(annotator):
    zh = "今天下雪了。包子很好吃，三块钱一个。我们走吧。"
    en = "It snowed today. The buns were delicious. They are three yuan each. Let's go."
    assert pairs(annotator.annotate_text(f"{zh}\n\n{en}"))[1] == (
        "包子很好吃，三块钱一个。",
        "The buns were delicious.|They are three yuan each.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "北京终于下雪了！早上六点就去故宫排队。",
        "Is the night train worth it? I heard the 硬座 can be rough.",
        "今天吃了火锅。\n\nMy sister plays football on Sundays.",
        "🎉",
        "",
    ],
)
def test_what_is_not_translated_is_left_alone(annotator, text):
    assert annotator.annotate_text(text).pairs == ()


def test_a_sentence_in_between_may_lack_its_translation(annotator):
    zh = "我们到了丽江！路上堵车堵了五个小时，孩子吐了两次。老板娘煮了姜茶。"
    text = zh + "\n\nWe made it to Lijiang! The landlady made ginger tea."
    assert pairs(annotator.annotate_text(text)) == [
        ("我们到了丽江！", "We made it to Lijiang!"),
        ("老板娘煮了姜茶。", "The landlady made ginger tea."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "老师让我们每天写日记。用中文写。\nMy teacher makes us write a diary every day in Chinese.",
            ("老师让我们每天写日记。|用中文写。", "My teacher makes us write a diary every day in Chinese."),
        ),
        (
            "我在南方长大，今年二十岁。\nI grew up in the south. I'm twenty this year.",
            ("我在南方长大，今年二十岁。", "I grew up in the south.|I'm twenty this year."),
        ),
    ],
)
def test_one_sentence_may_be_translated_by_two(annotator, text, expected):
    assert pairs(annotator.annotate_text(text)) == [expected]


def test_a_free_translation_beside_its_sentence_is_taken(annotator):
    assert pairs(annotator.annotate_text("笑死我了 I am dying lol")) == [("笑死我了", "I am dying lol")]


def test_sureness_tells_a_good_pair_from_a_free_one(annotator):
    good = annotator.annotate_text("今天下雪了！It snowed today!").pairs[0]
    free = annotator.annotate_text("破防了。That broke me.").pairs[0]
    assert 0 < free.sure < good.sure <= 1
    assert good.by is Decider.MODEL


def side(count: int) -> Side:
    return Side([[Word(f"w{i}", 0, 1, 1.0)] for i in range(count)], [5.0] * count, [False] * count)


@given(n=st.integers(0, 9), m=st.integers(0, 9), band=st.integers(1, 4))
def test_a_walk_visits_every_sentence_once_and_in_order(n, m, band):
    beads = Aligner(side(n), side(m), {}, Weights(), band).walk()
    assert [i for zh, _ in beads for i in zh] == list(range(n))
    assert [j for _, en in beads for j in en] == list(range(m))


@given(n=st.integers(0, 60), m=st.integers(0, 60), band=st.integers(1, 12))
def test_a_band_reaches_both_corners(n, m, band):
    assert 0 in columns(0, n, m, band)
    assert m in columns(n, n, m, band)


@settings(deadline=None, max_examples=60)
@given(
    parts=st.lists(
        st.sampled_from(
            ["雪很大。", "It snows a lot. ", "猫？", "Cats? ", "好", "ok", "\n", " / ", "😂", "（", ")"]
        ),
        max_size=14,
    )
)
def test_pairs_hold_units_and_no_unit_twice(annotator, parts):
    annotated = annotator.annotate_text("".join(parts))
    spans = {(unit.start, unit.end) for unit in annotated.units}
    paired = [span for pair in annotated.pairs for span in (*pair.zh, *pair.en)]
    assert set(paired) <= spans
    assert len(paired) == len(set(paired))
    assert all(pair.zh and pair.en and 0 <= pair.sure <= 1 for pair in annotated.pairs)
