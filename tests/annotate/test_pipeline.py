"""A whole post is annotated: nothing is lost, nothing fails, and what the file says is believed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnfeed.annotate.pipeline import given_pairs
from learnfeed.core.post import Block, Comment, Post
from learnfeed.core.text import Decider, TokenKind
from tests.annotate.reading import pairs


def post(*blocks: Block, **more) -> Post:
    return Post(platform="local", blocks=blocks, **more)


def test_every_part_of_a_post_is_annotated(annotator):
    annotated = annotator.annotate_post(
        post(
            Block("第一次看到雪 My first snow"),
            Block("外面很冷。It is cold outside."),
            comments=(Comment("1", "好美啊！Beautiful!"), Comment("2", "")),
        )
    )
    assert pairs(annotated.body) == [("第一次看到雪", "My first snow"), ("外面很冷。", "It is cold outside.")]
    assert annotated.title.text == ""
    assert [pairs(comment) for comment in annotated.comments] == [[("好美啊！", "Beautiful!")], []]
    assert annotated.version == annotator.version


def test_pairs_of_the_file_are_believed(annotator):
    annotated = annotator.annotate_post(
        post(
            Block("破防了", pair="1"),
            Block("That broke me", pair="1"),
            Block("加油", pair="2"),
            Block("OK", pair="2"),
            Block("今天下雪。"),
            Block("It snows today."),
        )
    ).body
    assert pairs(annotated) == [
        ("破防了", "That broke me"),
        ("加油", "OK"),
        ("今天下雪。", "It snows today."),
    ]
    assert [pair.by for pair in annotated.pairs] == [Decider.FILE, Decider.FILE, Decider.MODEL]
    assert annotated.pairs[0].sure == 1.0


def test_sentences_within_a_pair_of_the_file_are_paired_too(annotator):
    annotated = annotator.annotate_post(
        post(Block("下雪了。猫很开心。", pair="x"), Block("It snowed. The cat is happy.", pair="x"))
    ).body
    assert pairs(annotated) == [("下雪了。", "It snowed."), ("猫很开心。", "The cat is happy.")]


def test_uneven_sides_of_a_pair_stay_together(annotator):
    annotated = annotator.annotate_post(
        post(Block("下雪了。电脑坏了。吃饭吧。", pair="x"), Block("It snowed. Blue bananas!", pair="x"))
    ).body
    assert {span for pair in annotated.pairs for span in pair.zh} == {(0, 4), (4, 9), (9, 13)}


def test_a_name_without_two_languages_pairs_nothing():
    blocks = [Block("雪", pair="1"), Block("下雪", pair="1"), Block("snow", pair="2"), Block("")]
    assert list(given_pairs(blocks)) == []


def test_given_spans_count_from_the_beginning_of_the_body():
    blocks = [Block("Hello"), Block("雪", pair="1"), Block("snow", pair="1"), Block("ice", pair="1")]
    assert list(given_pairs(blocks)) == [([(6, 7)], [(8, 12), (13, 16)])]


@pytest.mark.parametrize(("text", "lemma"), [("我有两只cats", "cat"), ("太nice了", "nice")])
def test_latin_words_are_looked_up_by_their_base(annotator, text, lemma):
    latin = [t for t in annotator.annotate_text(text).tokens if t.kind is TokenKind.LATIN]
    assert [t.headword for t in latin] == [lemma]


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=80) | st.text(alphabet="雪下a b.\ud800\x00\n(（#@[R]1：。", max_size=40))
def test_no_text_fails_and_every_character_lies_in_one_token(annotator, text):
    annotated = annotator.annotate_text(text)
    assert "".join(token.text for token in annotated.tokens) == text
    spans = [span for pair in annotated.pairs for span in (*pair.zh, *pair.en)]
    spans += [span for link in annotated.links for span in (link.zh, *link.en)]
    assert all(0 <= start < end <= len(text) for start, end in spans)


@settings(max_examples=50, deadline=None)
@given(
    text=st.text(alphabet="雪很大。It snows. \n", max_size=40),
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=4),
)
def test_strange_given_pairs_do_no_harm(annotator, text, spans):
    annotated = annotator.annotate_text(text, [(spans[:1], spans[1:])])
    paired = [span for pair in annotated.pairs for span in (*pair.zh, *pair.en)]
    assert len(paired) == len(set(paired))


def test_a_long_text_is_annotated_too(annotator):
    text = "今天下雪了，我很开心。It snowed today and I am happy.\n" * 40
    assert len(annotator.annotate_text(text).pairs) == 40
