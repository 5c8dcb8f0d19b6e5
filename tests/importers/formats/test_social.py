from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.importers.made import PNG

SAMPLES = Path(__file__).parent.parent / "samples"


class TestTelegram:
    def test_messages_with_text_are_posts(self, given, imported):
        given("photos/1.jpg", PNG)
        first, second = imported(given("result.json", (SAMPLES / "telegram.json").read_bytes())).posts
        assert (first.native_id, first.author, first.body, first.tags) == (
            "7_2",
            "每日",
            "下雨了。 It rains. #雨",
            ("雨",),
        )
        assert first.posted.at == datetime(2025, 3, 1, 12, 31, 5, tzinfo=UTC)
        assert first.media[0].path.endswith("1.jpg")
        assert (second.author, second.media) == ("别人", ())

    def test_all_chats_of_an_account(self, from_text):
        message = {"id": 1, "type": "message", "date_unixtime": "1740832265", "text": "雨"}
        data = {
            "personal_information": {},
            "chats": {"list": [{"id": 1, "messages": [message]}, {"id": 2, "messages": None}]},
            "left_chats": {},
        }
        assert from_text("result.json", json.dumps(data)).post.native_id == "1_1"

    def test_escapes_that_are_no_json(self, from_text):
        text = r'{"type":"x","id":1,"messages":[{"id":1,"type":"message","date_unixtime":"1740832265","text":"雨\x0Brain"}]}'
        assert from_text("result.json", text).post.body == "雨 rain"

    def test_an_export_without_text_is_told(self, from_text):
        assert (
            "no message"
            in from_text("a.json", '{"messages": [], "type": 1, "date_unixtime": 1}').problem.reason
        )


class TestX:
    def test_own_posts_and_long_ones_whole(self, given, imported):
        note = {
            "noteTweet": {
                "createdAt": "2025-03-02T12:31:05.000Z",
                "core": {"text": "很长的日记，到这里才完。"},
            }
        }
        given("data/note-tweet.js", "window.YTD.note_tweet.part0 = " + json.dumps([note, {"noteTweet": {}}]))
        found = imported(given("data/tweets.js", (SAMPLES / "x-archive.js").read_bytes()).parent)
        first, second = found.posts
        assert (first.native_id, first.body, first.tags, first.likes.value) == (
            "1",
            "下雨了 & 好安静 #雨",
            ("雨",),
            12,
        )
        assert second.body == "很长的日记，到这里才完。"
        assert "1 post without text" in found.problem.reason

    def test_long_posts_alone(self, from_text):
        note = {"noteTweet": {"createdAt": "2025-03-02T12:31:05.000Z", "noteTweetResults": {"text": "雨"}}}
        found = from_text(
            "note-tweet.js", "window.YTD.note_tweet.part0 = " + json.dumps([note, {"noteTweet": 1}])
        )
        assert found.post.body == "雨"
        assert "no text" in found.problem.reason

    def test_likes_have_others_texts_or_none(self, from_text):
        likes = [{"like": {"tweetId": "9", "fullText": "你好 &lt;3"}}, {"like": {"tweetId": "8"}}]
        found = from_text("like.js", "window.YTD.like.part0 = " + json.dumps(likes))
        assert (found.post.native_id, found.post.body) == ("9", "你好 <3")
        assert found.problem.reason.startswith("1 post without text")

    def test_other_parts_hold_no_posts(self, from_text):
        assert from_text("ad.js", "window.YTD.ad_impressions.part0 = [ ]").problems == []

    def test_the_exporter_s_line_breaks(self, imported, from_text):
        found = imported(SAMPLES / "x-exporter.csv")
        assert found.post.body == "下雨了\nIt is raining"
        assert (found.post.author, found.post.likes.value, found.post.saves.value) == ("小雨", 12, 3)
        assert found.problem.reason == "the post has no text"
        media = [
            {"type": "photo", "original": "https://i.example/1?token=S"},
            {"type": "video", "thumbnail": "https://i.example/2"},
            3,
        ]
        row = {"id": "1", "created_at": "x", "full_text": "a\\nb", "screen_name": "x", "media": media}
        post = from_text("a.json", json.dumps([row])).post
        assert post.body == "a\\nb"
        assert [m.url for m in post.media] == ["https://i.example/1", "https://i.example/2"]


class TestWeibo:
    def test_own_posts_and_what_they_repost(self, imported):
        found = imported(SAMPLES / "weibo-crawler.json")
        first, second = found.posts
        assert (first.native_id, first.body, first.tags) == (
            "5123456789012345",
            "上海下雨了 #初雨 rain",
            ("初雨",),
        )
        assert (first.likes.value, first.url, first.place) == (321, "https://weibo.com/1/Pdemo", "上海")
        assert (second.native_id, second.body) == ("3", "雨要慢慢听。")
        assert found.problem.place == "record 3"

    def test_its_csv(self, from_text):
        text = "\ufeffid,bid,正文,原始图片url,点赞数,完整日期,源用户id,源用户昵称,源微博id,源微博bid,源微博正文\n1,a,下雨了,https://i.example/1,3,2025-03-01 20:31:05,,,,,\n2,b,转发微博,,,,9,茶君,3,c,喝茶\n"
        first, second = from_text("a.csv", text).posts
        assert (first.body, first.likes.value, first.posted.at.hour) == ("下雨了", 3, 20)
        assert (second.body, second.native_id) == ("喝茶", "3")


class TestMastodon:
    def test_own_posts(self, given, imported):
        given("media/1.png", PNG)
        found = imported(given("outbox.json", (SAMPLES / "mastodon.json").read_bytes()))
        post = found.post
        assert (post.platform, post.title, post.author) == ("fediverse", "天气", "yu")
        assert post.body == "下雨了。\nIt rains. #rain\n\n你们呢？ & you?"
        assert [bool(m.path) for m in post.media] == [True, False]
        assert found.problem.reason.startswith("1 entry is an address only")

    def test_the_account_itself_holds_no_posts(self, from_text):
        assert from_text("actor.json", '{"preferredUsername": "yu", "outbox": "outbox.json"}').problems == []

    def test_a_post_without_text(self, from_text):
        rows = {
            "type": "OrderedCollection",
            "orderedItems": [{"object": {"content": "", "summary": None}}, "https://x.example"],
        }
        assert from_text("a.json", json.dumps(rows)).problem.reason.startswith("2 entries")


class TestReadLater:
    def test_raindrop(self, imported):
        found = imported(SAMPLES / "read-later.csv")
        assert (found.post.native_id, found.post.title, found.post.tags) == (
            "67c0000000000000000000a1",
            "下雨天",
            ("rain", "雨"),
        )
        assert found.post.body == "外面下雨了。\nIt is raining\n下雨了\nrains"
        assert found.problem.reason.startswith("1 entry is a link only")

    def test_readwise_pocket_and_reddit(self, from_text):
        readwise = 'Highlight,Book Title,Book Author,Note,Tags\n外面下雨了。,雨,小雨,rain,".a, b"\n'
        post = from_text("a.csv", readwise).post
        assert (post.kind, post.title, post.author, post.body) == (
            "highlight",
            "雨",
            "小雨",
            "外面下雨了。\nrain",
        )
        pocket = "title,url,time_added,tags,status\n雨天,https://x.example/1,1740832265,雨|rain,unread\n"
        assert from_text("b.csv", pocket).post.tags == ("雨", "rain")
        reddit = "id,permalink,date,title,body\na,https://r.example/1,2025-03-01 12:31:05 UTC,Is it right?,我写：下雨了。\n"
        post = from_text("c.csv", reddit).post
        assert (post.platform, post.posted.zone_known) == ("reddit", True)
        assert (
            "2 entries"
            in from_text(
                "d.csv", "id,permalink\na,https://r.example/1\nb,https://r.example/2\n"
            ).problem.reason
        )

    def test_bookmarks(self, imported, from_text):
        found = imported(SAMPLES / "bookmarks.html")
        assert [(p.title, p.body) for p in found.posts] == [("下雨天", "外面下雨了 raining"), ("雨伞", "")]
        assert found.posts[0].tags == ("rain", "雨")
        assert found.problem.reason.startswith("1 entry")
        assert from_text("a.html", "<!DOCTYPE NETSCAPE-Bookmark-file-1>").posts == []

    def test_tiktok(self, imported):
        found = imported(SAMPLES / "tiktok.json")
        assert found.post.body == "下雨好美 so pretty"
        assert found.problem.reason.startswith("2 entries")

    def test_omnivore_articles_are_read_once(self, imported):
        found = imported(SAMPLES / "omnivore")
        assert found.formats == ["omnivore"]
        assert found.post.body == "外面下雨了。\n\nIt is raining.\n带伞\n\nTake an umbrella"
        assert found.problem.reason.startswith("1 entry")

    def test_kindle_highlights_and_notes(self, imported):
        found = imported(SAMPLES / "kindle-clippings.txt")
        first, second, third = found.posts
        assert (first.title, first.author, first.body, first.posted.at) == (
            "雨天日记",
            "小雨",
            "外面下雨了。",
            datetime(2025, 3, 1, 20, 31, 5),
        )
        assert (second.author, second.posted.at) == ("A. Demo", datetime(2025, 3, 1, 20, 31, 5))
        assert (third.author, third.posted) == ("", None)
        assert found.problem.place == "clipping 5"
