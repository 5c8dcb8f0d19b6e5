"""The folder of sample posts can be imported as it stands, with nothing lost and nothing added."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from learnfeed.core.post import BlockRole, MediaKind, Post
from learnfeed.importers.registry import open_paths

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def posts() -> dict[str, Post]:
    items = [item for source in open_paths([CONTENT]) for item in source.items]
    assert [item for item in items if not isinstance(item, Post)] == []
    return {item.native_id: item for item in items if isinstance(item, Post)}


def test_the_folder_holds_its_posts_and_nothing_that_is_taken_for_one(posts: dict[str, Post]) -> None:
    assert set(posts) == {path.stem for path in CONTENT.glob("*.toml")}


def test_texts_counts_and_comments_arrive_as_written(posts: dict[str, Post]) -> None:
    for name, post in posts.items():
        data = tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))
        assert post.key == f"learnfeed:{name}"
        assert post.title == data["title"]
        assert post.body.startswith(data["body"].strip())
        assert post.tags == tuple(data["tags"])
        assert post.posted is not None
        assert post.posted.at == data["posted"]
        assert [post.likes.value, post.saves.value, post.shares.value].count(None) == 0
        assert [comment.text for comment in post.comments] == [c["text"] for c in data.get("comments", [])]
        assert [comment.parent for comment in post.comments] == [
            c.get("parent", "") for c in data.get("comments", [])
        ]


def test_their_pictures_are_found_beside_them(posts: dict[str, Post]) -> None:
    media = [each for post in posts.values() for each in post.media]
    assert len(media) == len(list((CONTENT / "pictures").glob("*.png")))
    assert {each.kind for each in media} == {MediaKind.IMAGE}


def test_the_two_lines_of_a_caption_belong_together(posts: dict[str, Post]) -> None:
    captions = [b for p in posts.values() for b in p.blocks if b.role is BlockRole.CAPTION]
    assert len(captions) >= 28
    assert all(block.pair and block.start is not None for block in captions)
