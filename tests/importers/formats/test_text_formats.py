from __future__ import annotations

from pathlib import Path

import pytest

from learnfeed.core.post import BlockRole
from learnfeed.importers import limits

SAMPLES = Path(__file__).parent.parent / "samples"


def pairs(post) -> list[tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for block in post.blocks:
        if block.pair:
            found.setdefault(block.pair, []).append(block.text)
    return [tuple(texts) for texts in found.values()]


class TestPlainText:
    def test_a_rule_separates_posts(self, imported):
        first, second = imported(SAMPLES / "plain-text.txt").posts
        assert (first.title, first.body, first.tags) == (
            "下雨天",
            "外面下雨了。\nIt is raining outside.",
            ("下雨", "rain"),
        )
        assert (second.title, second.body) == ("", "第二篇没有标题。\nThe second one has no title.")
        assert second.place_in_source == "line 7"

    @pytest.mark.parametrize("rule", ["---", "=====", "***", "* * *", "___", "~~~", "——"])
    def test_rules_of_any_kind(self, from_text, rule):
        assert len(from_text("a.txt", f"第一篇。\n{rule}\n第二篇。").posts) == 2

    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("外面下雨了。\nIt is raining.", ""),
            ("下雨\nRain", ""),
            ("雨中的猫\n今天早上我出门的时候看到一只猫在雨里走。\n它不怕雨。", "雨中的猫"),
            ("雨中的猫\n\n今天早上我看到一只猫。", "雨中的猫"),
            ("外面下雨了。\n\nIt is raining.", ""),
            ("#雨\n外面下雨了。\n我喜欢。", ""),
            ("一行", ""),
            ("这一行太长了" * 12 + "\n正文\n正文", ""),
            ("短\n也短\n短", ""),
        ],
    )
    def test_a_first_line_is_a_title_only_when_it_reads_like_one(self, from_text, text, title):
        post = from_text("a.txt", text).post
        assert post.title == title
        assert (post.title + post.body).replace("\n", "") == text.replace("\n", "")

    def test_a_text_longer_than_a_post_is_cut_and_told(self, from_text, monkeypatch):
        monkeypatch.setattr(limits, "POST_CHARS", limits.Limit("the text of one post", 50, "characters"))
        found = from_text("a.txt", "外面下雨了，今天很冷。\n" * 9)
        assert len(found.posts) > 1
        assert "the text of one post" in found.problems[0].reason

    def test_only_rules_is_no_text(self, from_text):
        assert "no text" in from_text("a.txt", "---\n---\n").problem.reason

    def test_only_tags_are_kept_as_text(self, from_text):
        assert from_text("a.txt", "#雨 #伞").post.body == "#雨 #伞"


class TestClipboard:
    def test_the_words_of_the_screen_are_no_text(self, imported):
        post = imported(SAMPLES / "clipboard.txt").post
        assert (post.title, post.author, post.place) == ("下雨天 Rainy day", "小雨同学", "上海")
        assert post.body == "外面下雨了。\nIt is raining outside."
        assert post.tags == ("下雨", "rain")
        assert post.comment_count.value == 12

    def test_comments_are_comments(self, imported):
        first, second = imported(SAMPLES / "clipboard.txt").post.comments
        assert (first.text, first.author, first.place, first.by_author) == (
            "我也喜欢雨！",
            "路过的伞",
            "广东",
            False,
        )
        assert first.likes.value == 1100
        assert (second.text, second.author, second.by_author) == ("谢谢！\nThanks!", "小雨同学", True)

    def test_a_note_without_anything_below(self, from_text):
        assert from_text("a.txt", "小雨\n关注\n下雨了。\n说点什么...").post.author == "小雨"

    def test_a_screen_without_a_note(self, from_text):
        assert "words of the screen" in from_text("a.txt", "关注\n共 12 条评论\n不喜欢").problem.reason

    def test_a_text_about_following_is_a_text(self, from_text):
        assert from_text("a.txt", "我关注了他。\n他没有回复。").formats == ["plain-text"]


class TestShareText:
    def test_titles_are_kept_and_links_are_told(self, imported):
        found = imported(SAMPLES / "share-text.txt")
        assert [(p.title, p.author, p.native_id) for p in found.posts] == [
            ("下雨天 外面下雨了", "", ""),
            ("雨天泡茶", "茶小姐", "67c0000000000000000000a1"),
        ]
        assert found.posts[1].url == "https://www.xiaohongshu.com/explore/67c0000000000000000000a1"
        assert found.problem.place == "line 1"

    def test_a_list_of_links_is_told_once(self, from_text):
        link = "https://www.xiaohongshu.com/discovery/item/67c0000000000000000000a1?xsec_token=SECRET"
        found = from_text("a.txt", f"{link}\n{link}\n")
        assert found.problem.reason == "holds links only (2), not the texts of posts"
        assert found.posts == []

    def test_a_text_with_a_link_is_a_text(self, from_text):
        assert from_text("a.txt", "外面下雨了。\n见 http://xhslink.com/a/x").formats == ["plain-text"]


class TestMarkdown:
    def test_marks_are_dropped_and_tables_are_pairs(self, imported):
        post = imported(SAMPLES / "markdown.md").post
        assert post.title == "雨 Rain"
        assert pairs(post) == [("雨", "rain"), ("伞", "umbrella")]
        assert post.body_blocks[0].text == "外面下雨了。\nIt is raining."
        assert post.body_blocks[-1].text == "茶 — tea\n链接 code"
        assert post.tags == ("下雨", "rain")

    def test_a_web_clipping(self, from_text):
        text = (
            '---\ntitle: "下雨天 - 小红书"\nsource: "https://www.xiaohongshu.com/explore/67c0000000000000000000a1?xsec_token=SECRET"\n'
            'author:\n  - "[[小雨]]"\npublished: 2025-03-01\ncreated: 2025-03-02\ntags:\n  - "clippings"\n---\n'
            "外面下雨了。![[哭惹R]](https://x.example/e.png)  \nIt is raining.\n\n"
            "[#雨](https://x.example/s) [#rain](https://x.example/s)\n\n![](https://img.example/1?token=SECRET)\n"
        )
        post = from_text("clip.md", text).post
        assert (post.platform, post.native_id, post.title, post.author) == (
            "xhs",
            "67c0000000000000000000a1",
            "下雨天",
            "小雨",
        )
        assert post.body == "外面下雨了。[哭惹R]\nIt is raining."
        assert post.tags == ("雨", "rain")
        assert [m.url for m in post.media] == ["https://img.example/1"]
        assert "SECRET" not in repr(post)

    def test_an_importer_that_knows_no_id(self, from_text):
        text = (
            "---\ntitle: 茶\nsource: http://xhslink.com/a/x\ndate: 2025-03-01\nImported At: 3/1/2025, 8:00:00 AM\ncategory: 茶\n---\n"
            '# 茶\n\n<video controls src="http://v.example/1" width="100%"></video>\n\n慢慢喝。\n\n```\n#茶# #tea#\n```\n'
        )
        post = from_text("[V]茶.md", text).post
        assert (post.platform, post.kind, post.title, post.body) == ("xhs", "video", "茶", "慢慢喝。")
        assert post.tags == ("茶", "tea")
        assert post.media[0].url == "http://v.example/1"

    def test_text_of_pictures_is_a_block_of_its_own(self, from_text):
        text = (
            '---\nplatform: "xiaohongshu"\nnote_id: "67c0000000000000000000a1"\nliked_count: "1.2万"\ntags: ["雨"]\n---\n\n# 雨\n\n## Content\n\n'
            "外面下雨了。\n\n## Text from images\n\n### Image 1\n\n雨伞\numbrella\n"
        )
        post = from_text("a.md", text).post
        assert post.body_blocks[0].text == "外面下雨了。"
        assert post.body_blocks[1].role is BlockRole.IMAGE_TEXT
        assert post.body_blocks[1].text == "雨伞\numbrella"
        assert post.likes.value == 12000

    def test_callouts_are_comments_and_transcripts(self, from_text, given):
        from tests.importers.made import PNG

        given("rain.png", PNG)
        text = (
            '---\nresourceId: "67c0000000000000000000a1"\nsyncedAt: 2025-03-02T00:00:00Z\nlikedCount: 12\n---\n\n# 雨\n\n外面下雨了。\n\n![[rain.png]]\n![[none.png]]\n'
            "> [!note]- 📷 图片文字\n> 伞\n\n> [!quote]- 🎬 视频逐字稿\n> 你好。\n\n"
            "> [!quote]- 💬 热门评论\n> - **路人**: 好美 (👍 1.1千)\n>   - **小雨**: 谢谢 (👍 3)\n> no comment\n> [!tip] other\n"
        )
        post = from_text("a.md", text).post
        assert [b.role for b in post.body_blocks] == [
            BlockRole.BODY,
            BlockRole.IMAGE_TEXT,
            BlockRole.TRANSCRIPT,
        ]
        first, second = post.comments
        assert (first.text, first.likes.value, second.parent) == ("好美", 1100, first.key)
        assert post.media[0].path.endswith("rain.png")
        assert len(post.media) == 1

    def test_a_note_without_text_is_told(self, from_text):
        assert (
            "no text"
            in from_text(
                "a.md", "---\nsource: x\ncreated: 2025-01-01\n---\n![](https://x.example/1)"
            ).problem.reason
        )


class TestTable:
    def test_columns_are_found_by_name(self, imported):
        post = imported(SAMPLES / "table.tsv").post
        assert pairs(post) == [
            ("下雨了。", "It is raining."),
            ("带伞。", "Take an umbrella."),
            ("@SUM(1)", '=HYPERLINK("x")'),
        ]
        assert "口语" in post.body
        assert "xiàyǔ" not in post.body

    @pytest.mark.parametrize("delimiter", [",", "\t", ";"])
    def test_columns_are_found_by_what_they_hold(self, from_text, delimiter):
        rows = [("It is raining.", "下雨了。"), ("Take an umbrella.", "带伞。"), ("Tea", "茶")]
        found = from_text("a.csv", "\n".join(delimiter.join(row) for row in rows).encode("gb18030"))
        assert pairs(found.post)[0] == ("下雨了。", "It is raining.")

    def test_a_post_in_each_row(self, from_text):
        found = from_text(
            "a.csv",
            '标题,正文,作者,标签,链接\n雨,外面下雨了。,小雨,"雨,伞",https://x.example/?token=S\n,,,,\n空,,,,\n',
        )
        first, second = found.posts
        assert (first.title, first.body, first.author, first.tags) == (
            "雨",
            "外面下雨了。",
            "小雨",
            ("雨", "伞"),
        )
        assert first.url == "https://x.example/"
        assert second.title == "空"

    def test_a_row_without_text_is_told(self, from_text):
        assert from_text("a.csv", "title,text,url\n,,https://x.example\n").problem.place == "line 2"

    def test_a_long_table_becomes_posts_one_can_read(self, from_text):
        found = from_text("a.csv", "zh,en\n" + "".join(f"雨{n}。,Rain {n}.\n" for n in range(1100)))
        assert [len(pairs(post)) for post in found.posts] == [500, 500, 100]

    def test_sentences_with_commas_are_no_table(self, from_text):
        assert from_text("a.txt", "下雨了，我没带伞, but I like it.\n今天很冷, very cold\n喝茶").formats == [
            "plain-text"
        ]

    def test_an_empty_table_is_told(self, from_text):
        assert "empty" in from_text("a.csv", "\n\n", format="table").problem.reason
