from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from learnfeed.core.post import MediaKind
from tests.importers.made import EXPLORE, EXPLORE_ROW, MP4, PNG, database, explore_data, workbook

SAMPLES = Path(__file__).parent.parent / "samples"
ID = "67c0000000000000000000a1"
NOTE = json.loads((SAMPLES / "mediacrawler.jsonl").read_text(encoding="utf-8").splitlines()[0])
OLD = {k: v for k, v in NOTE.items() if k != "creator_hash"} | {
    "user_id": "u1",
    "avatar": "x",
    "ip_location": "上海",
}
COMMENT = {
    "comment_id": "c1", "create_time": 1740832300000, "note_id": ID, "content": "好美[飞吻R]", "creator_hash": "bbbb",
    "nickname": "路***人", "sub_comment_count": "1", "pictures": "http://img.example/9", "parent_comment_id": "",
    "last_modify_ts": 1, "like_count": "1.1千",
}  # fmt: skip
REPLY = COMMENT | {
    "comment_id": "c2",
    "content": "谢谢",
    "creator_hash": NOTE["creator_hash"],
    "parent_comment_id": "c1",
    "pictures": "",
}


def as_csv(*rows: dict[str, object]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def as_sqlite(path: Path) -> Path:
    strings = {key: json.dumps(NOTE[key]) for key in ("image_list", "tag_list")} | {"share_count": "None"}
    note, comment = NOTE | strings, REPLY | {"pictures": '""'}
    return database(
        path,
        xhs_note_comment=(list(comment), [list(comment.values())]),
        xhs_note=(list(note), [list(note.values())]),
        zhihu_content=(["id"], []),
    )


def as_excel() -> bytes:
    return workbook(
        Contents=[list(NOTE), list(NOTE.values())],
        Comments=[list(REPLY), list(REPLY.values())],
        Creators=[["a"]],
    )


class TestMediaCrawler:
    @pytest.mark.parametrize(
        "content",
        [json.dumps(NOTE), json.dumps([NOTE], indent=4), as_csv(NOTE), as_csv(OLD), json.dumps([OLD])],
        ids=["jsonl", "json", "csv", "old csv", "old json"],
    )
    def test_a_note_is_the_same_in_every_container(self, from_text, content):
        post = from_text("search_contents.x", content).post
        assert (post.platform, post.native_id, post.kind) == ("xhs", ID, "note")
        assert post.title == "下雨天 Rainy day"
        assert post.body == "外面下雨了。[哭惹R]\nIt is raining."
        assert post.tags == ("雨", "rain")
        assert post.posted.at == datetime(2025, 3, 1, 12, 31, 5, tzinfo=UTC)
        assert (post.likes.value, post.likes.exact, post.saves.value) == (12000, False, 986)
        assert (post.comment_count.value, post.comment_count.exact, post.shares.value) == (10, False, None)
        assert [m.url for m in post.media] == ["http://img.example/1!x", "http://img.example/2!x"]
        assert post.url == f"https://www.xiaohongshu.com/explore/{ID}"
        assert post.revision == 1740900000000

    def test_a_run_again_gives_newer_revisions(self, imported):
        first, second = imported(SAMPLES / "mediacrawler.jsonl").posts
        assert second.key == first.key
        assert second.revision > first.revision

    def test_sqlite_and_excel_hold_posts_and_comments(self, imported, given, tmp_path):
        for path in (as_sqlite(tmp_path / "sqlite_tables.db"), given("xhs.xlsx", as_excel())):
            found = imported(path)
            assert found.post.tags == ("雨", "rain")
            assert found.post.shares.value is None
            assert len(found.post.media) == 2
            assert found.comments[0].comment.by_author
            assert found.problems == []

    def test_a_title_that_the_tool_made_of_the_text_is_none(self, from_text):
        text = "外面下雨了，" * 60
        assert from_text("a.json", json.dumps([NOTE | {"title": text[:255], "desc": text}])).post.title == ""

    def test_comments_belong_to_their_post_and_know_its_author(self, given, imported):
        given("xhs/jsonl/search_contents_2026.jsonl", json.dumps(NOTE))
        path = given("xhs/jsonl/search_comments_2026.jsonl", f"{json.dumps(COMMENT)}\n{json.dumps(REPLY)}\n")
        found = imported(path)
        first, second = (loose.comment for loose in found.comments)
        assert {(loose.platform, loose.native_id) for loose in found.comments} == {("xhs", ID)}
        assert (first.key, first.text, first.by_author, first.likes.value) == (
            "c1",
            "好美[飞吻R]",
            False,
            1100,
        )
        assert first.media[0].url == "http://img.example/9"
        assert (second.parent, second.by_author) == ("c1", True)
        assert imported(path.parent).formats == ["mediacrawler", "mediacrawler"]

    def test_comments_without_text_or_post_are_told(self, from_text):
        rows = [COMMENT | {"content": ""}, COMMENT | {"note_id": "../x"}]
        found = from_text("a.json", json.dumps(rows))
        assert [p.reason for p in found.problems] == ["the comment has no text", "the comment names no post"]

    def test_downloaded_pictures_are_found_and_known_by_their_bytes(self, given, imported):
        given(f"xhs/images/{ID}/0.jpg", PNG)
        given(f"xhs/images/{ID}/1.jpg", b"no picture")
        given(f"xhs/videos/{ID}/0.mp4", MP4)
        found = imported(
            given(
                "xhs/jsonl/search_contents.jsonl",
                json.dumps(NOTE | {"type": "video", "video_url": "http://v.example/1"}),
            )
        )
        first, second, video = found.post.media
        assert (first.kind, first.path.endswith("0.jpg"), first.url) == (
            MediaKind.IMAGE,
            True,
            "http://img.example/1!x",
        )
        assert (second.path, second.url) == ("", "http://img.example/2!x")
        assert (video.kind, video.path.endswith("0.mp4")) == (MediaKind.VIDEO, True)
        assert found.post.kind == "video"

    def test_a_note_named_like_a_path_opens_nothing(self, from_text):
        post = from_text(
            "a.json", json.dumps([NOTE | {"note_id": "../../etc/passwd", "nickname": ".."}])
        ).post
        assert post.native_id == ""
        assert post.key.startswith("text:")

    @pytest.mark.parametrize(
        ("row", "platform", "body"),
        [
            ({"note_id": "1", "content": "微博正文", "create_time": 1740832265, "shared_count": "1", "comments_count": "2", "liked_count": "3"}, "weibo", "微博正文"),
            ({"content_id": "1", "content_type": "answer", "content_text": "知乎", "title": "题", "desc": "", "created_time": 1740832265, "voteup_count": 9, "user_nickname": "甲"}, "zhihu", "知乎"),
            ({"video_id": "1", "title": "猫", "desc": "-", "create_time": 1740832265, "video_danmaku": "3", "nickname": "甲"}, "bilibili", ""),
            ({"aweme_id": "1", "aweme_type": "0", "title": "", "desc": "抖音", "create_time": 1740832265}, "douyin", "抖音"),
            ({"video_id": "1", "title": "快", "desc": "快手", "create_time": 1740832265, "viewd_count": "3"}, "kuaishou", "快手"),
            ({"note_id": "1", "title": "贴", "desc": "贴吧", "publish_time": "2025-03-01 20:31", "tieba_name": "中文吧", "total_replay_num": 3}, "tieba", "贴吧"),
        ],
    )  # fmt: skip
    def test_other_sites(self, from_text, row, platform, body):
        post = from_text("a.jsonl", json.dumps(row)).post
        assert (post.platform, post.native_id, post.body) == (platform, "1", body)
        assert post.posted is not None

    @pytest.mark.parametrize(
        ("row", "platform"),
        [
            (
                {
                    "comment_id": "1",
                    "note_id": "2",
                    "content": "好",
                    "comment_like_count": "3",
                    "parent_comment_id": "1",
                },
                "weibo",
            ),
            ({"comment_id": "1", "video_id": "2", "content": "好", "parent_comment_id": "0"}, "bilibili"),
            ({"comment_id": "1", "content_id": "2", "content": "好", "parent_comment_id": ""}, "zhihu"),
            ({"comment_id": "1", "aweme_id": "2", "content": "好"}, "douyin"),
            (
                {
                    "comment_id": "1",
                    "note_id": "2",
                    "content": "好",
                    "tieba_name": "x",
                    "parent_comment_id": "",
                },
                "tieba",
            ),
        ],
    )
    def test_comments_of_other_sites(self, from_text, row, platform):
        (loose,) = from_text("a.jsonl", json.dumps(row)).comments
        assert (loose.platform, loose.native_id, loose.comment.parent) == (platform, "2", "")

    def test_what_is_neither_is_told(self, from_text):
        found = from_text("a.json", json.dumps([NOTE, {"x": 1}, NOTE | {"title": None, "desc": None}]))
        assert [p.place for p in found.problems] == ["record 2", "record 3"]


class TestXhsDownloader:
    @pytest.mark.parametrize("columns", [EXPLORE, EXPLORE[:-1]], ids=["18 columns", "17 columns"])
    def test_a_row_is_a_post(self, imported, tmp_path, columns):
        post = imported(explore_data(tmp_path / "ExploreData.db", EXPLORE_ROW, columns=columns)).post
        assert (post.native_id, post.title, post.body) == (
            ID,
            "下雨天 Rainy day",
            "外面下雨了。\nIt is raining.",
        )
        assert post.posted.at == datetime(2025, 3, 1, 20, 31, 5)
        assert not post.posted.zone_known
        assert post.edited is None
        assert (post.likes.value, post.saves.value, post.comment_count.exact) == (12000, None, False)
        assert post.url == f"https://www.xiaohongshu.com/explore/{ID}"
        assert [m.kind for m in post.media] == [MediaKind.IMAGE] * 2 + [MediaKind.LIVE_PHOTO] * (
            len(columns) - 17
        )

    @pytest.mark.parametrize(
        "names",
        [
            (
                "2025-03-01_20.31.05_小雨_下雨天_Rainy_day_1.png",
                "2025-03-01_20.31.05_小雨_下雨天_Rainy_day_10.png",
            ),
            (
                "5f01_小雨/2025-03-01_20.31.05_小雨_下雨天_Rainy_day/x_1.png",
                "5f01_小雨/2025-03-01_20.31.05_小雨_下雨天_Rainy_day/x_2.png",
            ),
            (f"{ID}_1.png", f"{ID}_2.png"),
        ],
    )
    def test_pictures_are_joined_by_time_author_and_title_or_by_id(self, imported, given, names):
        given(names[1], PNG)
        given(names[0], PNG)
        given("2025-03-01_20.31.05_别人_别的_1.png", PNG)
        folder = given("2025-03-01_20.31.05_小雨_下雨天_Rainy_day_3.png", b"broken").parent
        post = imported(explore_data(folder / "ExploreData.db", EXPLORE_ROW)).post
        expected = [Path(name).name for name in names] if "/" not in names[0] else []
        found = [Path(m.path).name for m in post.media if m.path]
        assert found == expected or "/" in names[0]

    def test_wild_values_are_coerced_or_told(self, imported, tmp_path):
        wild = dict.fromkeys(EXPLORE, b"\xff\xfe") | {
            "作品ID": None,
            "作品描述": 12345,
            "点赞数量": "1e309",
            "作品链接": "file:///etc/passwd",
        }
        found = imported(explore_data(tmp_path / "a.db", wild, dict.fromkeys(EXPLORE)))
        assert found.post.body == "12345"
        assert (found.post.native_id, found.post.url) == ("", "")
        assert [p.place for p in found.problems] == ["row 1 of explore_data", "row 2 of explore_data"]

    def test_its_other_databases_and_settings_hold_no_posts(self, imported, given, tmp_path):
        ids = database(tmp_path / "ExploreID.db", explore_id=(["ID"], [["x"]]))
        names = database(tmp_path / "MappingData.db", mapping_data=(["ID", "NAME"], []))
        settings = given(
            "settings.json",
            '{"work_path": "", "folder_name": "D", "name_format": "x", "record_data": true, "cookie": "SECRET"}',
        )
        found = imported(ids, names, settings)
        assert (found.posts, found.problems) == ([], [])

    def test_an_answer_over_http_keeps_no_cookie(self, imported):
        post = imported(SAMPLES / "xhs-downloader.json").post
        assert (post.kind, post.tags, post.media[0].kind) == ("video", ("雨", "rain"), MediaKind.VIDEO)
        assert post.posted.at == datetime(2025, 3, 1, 12, 31, 5, tzinfo=UTC)
        assert "SECRET" not in repr(post)

    def test_notes_appended_twice_are_one_post_the_last(self, imported):
        post = imported(SAMPLES / "xhs-downloader-notes.txt").post
        assert (post.likes.value, post.body) == (2, "外面下雨了。")

    def test_a_note_as_markdown(self, from_text):
        text = (
            f"## 📝 作品信息\n- **作品ID**：`{ID}`\n- **作品类型**：图文\n- **发布时间**：2025-03-01_20:31:05\n\n---\n\n## 💬 作品内容\n"
            "- **作品标题**：雨\n- **作品描述**：\n  > 外面下雨了。  \n  >   \n  > It is raining.  \n  > #雨[话题]#  \n- **作品标签**：雨\n\n---\n\n"
            "## 📊 互动数据统计\n- ❤️ **点赞数量**：1.2万\n\n***保存时间：2025-03-02 10:00***\n\n---\n"
        )
        post = from_text("a.md", text).post
        assert (post.native_id, post.title, post.likes.value) == (ID, "雨", 12000)
        assert post.body == "外面下雨了。\n\nIt is raining."
        assert post.revision > 0

    def test_a_note_without_text_is_told(self, from_text):
        assert from_text("a.txt", "[作品信息]\n作品ID: x\n").problem.reason == "the post has no text"
        assert from_text("a.txt", "[作品信息]\n").problem.reason == "there is no note in it"


class TestSpiderXhs:
    def test_a_description_goes_on_to_the_line_of_likes(self, imported):
        post = imported(SAMPLES / "spider-xhs.txt").post
        assert post.body == "外面下雨了。\n标签: this line is text\nIt is raining."
        assert (post.tags, post.place, post.likes.value) == (("雨", "rain"), "上海", 12000)
        assert len(post.media) == 2

    def test_its_json_and_its_pictures(self, given, imported):
        given("note/image_0.jpg", PNG)
        given("note/video.mp4", MP4)
        row = {
            "note_id": ID,
            "note_type": "视频",
            "upload_time": "2025-03-01 20:31:05",
            "title": "无标题",
            "desc": "下雨",
            "tags": ["雨"],
            "image_list": None,
            "video_addr": "http://v.example/1",
        }
        post = imported(given("note/info.json", json.dumps(row))).post
        assert (post.kind, post.title, post.tags) == ("video", "", ("雨",))
        assert [m.kind for m in post.media] == [MediaKind.IMAGE, MediaKind.VIDEO]
        assert all(m.path for m in post.media)

    def test_its_excel_lists(self, from_text):
        rows = [
            ["笔记id", "标题", "描述", "标签", "图片地址url列表"],
            [ID, "雨", "下雨", "['雨', 'b']", "[broken"],
            ["x", "", "", "", ""],
        ]
        found = from_text("a.xlsx", workbook(Sheet=rows, Other=[["x"]]))
        assert found.post.tags == ("雨", "b")
        assert found.problem.reason == "the post has no text"
