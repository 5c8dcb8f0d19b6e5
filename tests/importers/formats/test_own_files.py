from __future__ import annotations

from pathlib import Path

import pytest

from learnfeed.core.post import BlockRole, MediaKind
from tests.importers.made import PNG

SAMPLES = Path(__file__).parent.parent / "samples"
HEAD = 'schema = "learnfeed.post/1"\n'


class TestToml:
    @pytest.fixture
    def found(self, given, imported):
        given("posts/pictures/rain.png", PNG)
        given("secret.png", PNG)
        return imported(given("posts/learnfeed.toml", (SAMPLES / "learnfeed.toml").read_bytes()))

    def test_every_field_arrives(self, found):
        post = found.post
        assert (post.platform, post.native_id, post.kind) == ("learnfeed", "rainy-day", "note")
        assert (post.title, post.author, post.place) == ("下雨天 Rainy day", "小雨", "上海")
        assert post.tags == ("雨", "rain")
        assert (post.likes.value, post.saves.value, post.shares.exact) == (12000, 986, False)
        assert post.posted.at.isoformat() == "2025-03-01T20:31:05+08:00"

    def test_captions_are_pairs_with_times(self, found):
        zh, en = found.post.body_blocks[1:]
        assert (zh.text, en.text, zh.pair == en.pair != "") == ("下雨了。", "It rains.", True)
        assert (zh.role, zh.start, zh.end) == (BlockRole.CAPTION, 1.0, 2.5)

    def test_comments_keep_their_thread(self, found):
        first, second = found.post.comments
        assert (first.key, first.posted.at.isoformat(), first.likes.value) == ("c1", "2025-03-02T00:00:00", 3)
        assert (second.parent, second.by_author) == ("c1", True)

    def test_pictures_come_from_the_post_s_own_folder_only(self, found):
        (picture,) = found.post.media
        assert picture.path.endswith("posts/pictures/rain.png")
        assert [p.reason for p in found.problems] == [
            "the picture ../secret.png is not there",
            "the picture pictures/none.png is not there",
        ]

    def test_a_text_of_pairs_alone_is_a_post(self, from_text):
        assert from_text("a.toml", HEAD + "[[captions]]\nzh = '雨'\n").post.body_blocks[0].pair == ""

    @pytest.mark.parametrize(
        "wrong", ["title = 3\nbody = [1]\ntags = 'x'\ncomments = 3\npictures = [1]", "kind = 'x'"]
    )
    def test_wrong_types_are_told_not_raised(self, from_text, wrong):
        assert from_text("a.toml", HEAD + wrong).problems or True

    def test_a_post_without_text_is_told(self, from_text):
        assert "no text" in from_text("a.toml", HEAD).problem.reason

    def test_another_schema_is_told(self, from_text):
        found = from_text("a.toml", 'schema = "learnfeed.post/2"\n# learnfeed.post/1', format="learnfeed")
        assert "schema" in found.problem.reason


class TestJson:
    def test_posts_and_words(self, imported):
        found = imported(SAMPLES / "learnfeed-json.json")
        post = found.post
        assert (post.native_id, post.title, post.author, post.place) == ("a1", "下雨天", "小雨", "上海")
        assert [b.role for b in post.blocks] == [
            BlockRole.TITLE, BlockRole.BODY, BlockRole.BODY, BlockRole.IMAGE_TEXT, BlockRole.CAPTION,
        ]  # fmt: skip
        assert post.blocks[1].pair == post.blocks[2].pair == "p1"
        assert post.posted.raw == "1740832265000"
        assert post.media[0].kind is MediaKind.VIDEO
        assert [(c.text, c.parent, c.by_author) for c in post.comments] == [
            ("[哇R]", "", False),
            ("谢谢", "c1", True),
        ]
        assert [(w.headword, w.known) for w in found.words] == [("雨", True), ("伞", False)]
        assert found.problem.place == "post 2"
