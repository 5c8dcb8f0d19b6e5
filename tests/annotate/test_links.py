"""Words that translate each other are linked."""

from __future__ import annotations

import pytest

from tests.annotate.reading import links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天早上下雪了！It snowed this morning!", {"早上": "morning", "下雪": "snowed"}),
        ("谁跟我一起减肥？Who wants to lose weight with me?", {"减肥": "lose weight", "谁": "Who"}),
        (
            "牛肉面只要十八块！Beef noodles are only 18 yuan!",
            {"牛肉面": "Beef noodles", "十八": "18", "块": "yuan"},
        ),
        ("我叫Emma。My name is Emma.", {"Emma": "Emma"}),
        ("我们到了西安。We arrived in Xi’an.", {"西安": "Xi’an", "到": "arrived"}),
        ("我家貓咪生病了，my cat is sick,", {"貓咪": "cat", "生病": "sick"}),
        ("我太爱火锅了！I love 火锅 so much!", {"火锅": "火锅", "爱": "love"}),
    ],
)
def test_content_words_find_their_translation(annotator, text, expected):
    found = links(annotator.annotate_text(text))
    assert {word: found.get(word) for word in expected} == expected


def test_a_gloss_in_brackets_is_linked_without_a_pair(annotator):
    text = "我昨天吃了臭豆腐（stinky tofu），很香。\nYesterday I had stinky tofu, so good."
    assert links(annotator.annotate_text(text))["臭豆腐"] == "stinky tofu"


def test_each_english_word_translates_one_word(annotator):
    annotated = annotator.annotate_text("我有一只白猫和一只黑猫。I have a white cat and a black cat.")
    taken = [span for link in annotated.links for span in link.en]
    assert len(taken) == len(set(taken))
    text = annotated.text
    cats = [text[a:b] for link in annotated.links if text[slice(*link.zh)].endswith("猫") for a, b in link.en]
    assert cats.count("cat") == 2


def test_what_is_left_between_linked_words_fits(annotator):
    found = links(
        annotator.annotate_text("因为暴风雪，学校停课了。School was cancelled because of the snowstorm.")
    )
    assert found["停课"] == "cancelled"


def test_links_stay_within_their_pair(annotator):
    annotated = annotator.annotate_text("猫很可爱。\nThe cat is cute.\n狗也可爱。\nThe dog is cute too.")
    for link in annotated.links:
        pair = next(p for p in annotated.pairs if p.zh[0][0] <= link.zh[0] < p.zh[-1][1])
        assert all(pair.en[0][0] <= a < b <= pair.en[-1][1] for a, b in link.en)


def test_links_stand_on_tokens(annotator):
    annotated = annotator.annotate_text("今天早上下雪了！It snowed this morning!")
    spans = {token.span for token in annotated.tokens}
    assert annotated.links
    assert all(link.zh in spans and 0 < link.sure <= 1 and link.headword for link in annotated.links)
