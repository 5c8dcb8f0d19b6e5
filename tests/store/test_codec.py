from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from learnfeed.core.post import Block, BlockRole, Comment, Count, Media, MediaKind, Moment, Post
from learnfeed.core.text import (
    AnnotatedPost,
    AnnotatedText,
    Decider,
    Reading,
    SenseChoice,
    TextLevel,
    Token,
    TokenKind,
)
from learnfeed.store.codec import annotation_from_bytes, annotation_to_bytes, post_from_bytes, post_to_bytes
from learnfeed.store.prepare import post_hash
from tests.builders import annotated

texts = st.text(max_size=20)
counts = st.builds(Count, texts, st.none() | st.integers(0, 10**9), st.booleans())
moments = st.none() | st.builds(Moment, st.datetimes() | st.datetimes(timezones=st.just(UTC)), texts)
medias = st.lists(st.builds(Media, st.sampled_from(MediaKind), texts, texts), max_size=2).map(tuple)
comments = st.builds(Comment, texts, texts, texts, texts, st.booleans(), moments, counts, texts, medias)
posts = st.builds(
    Post,
    platform=texts,
    blocks=st.lists(
        st.builds(Block, texts, st.sampled_from(BlockRole), texts, st.none() | st.floats(0, 1e6)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    native_id=texts,
    author=texts,
    tags=st.lists(texts, max_size=3).map(tuple),
    posted=moments,
    likes=counts,
    media=medias,
    comments=st.lists(comments, max_size=2).map(tuple),
    revision=st.integers(0, 2**60),
)


@given(posts)
def test_any_post_comes_back_as_it_was(post):
    assert post_from_bytes(post_to_bytes(post)) == post


@st.composite
def annotations(draw: st.DrawFn) -> AnnotatedText:
    parts = draw(st.lists(st.text(min_size=1, max_size=4), max_size=6))
    at = 0
    tokens = []
    for part in parts:
        reading = draw(
            st.none()
            | st.builds(
                Reading,
                st.lists(st.sampled_from(["", "xue3", "lü4"]), min_size=1, max_size=3).map(tuple),
                st.sampled_from([0.0, 0.5, 1.0]),
                st.sampled_from(Decider),
            )
        )
        sense = draw(
            st.none()
            | st.builds(SenseChoice, texts, st.sampled_from([0.1, 1.0]), st.sampled_from(Decider), texts)
        )
        head = draw(st.sampled_from(["", part, "雪"]))
        tokens.append(Token(part, at, draw(st.sampled_from(TokenKind)), head, reading, sense))
        at += len(part)
    return AnnotatedText("".join(parts), tuple(tokens))


@given(annotations(), st.lists(annotations(), max_size=2))
def test_any_annotation_comes_back_as_it_was(body, comments):
    whole = AnnotatedPost(
        "1", annotated("今天 下雪", "snow"), body, tuple(comments), TextLevel(3, "2.0", 9, (0.5,), ("雪",))
    )
    assert annotation_from_bytes(annotation_to_bytes(whole)) == whole


def test_the_hash_is_of_what_was_saved_not_of_when_it_was_read():
    first = Post(
        "test",
        (Block("雪"),),
        posted=Moment(datetime(2026, 1, 1, tzinfo=UTC)),
        revision=1,
        place_in_source="line 1",
    )
    again = Post(
        "test",
        (Block("雪"),),
        posted=Moment(datetime(2026, 1, 1, tzinfo=UTC)),
        revision=2,
        place_in_source="line 9",
    )
    assert post_hash(first) == post_hash(again)
    assert post_hash(first) != post_hash(Post("test", (Block("雪。"),)))
