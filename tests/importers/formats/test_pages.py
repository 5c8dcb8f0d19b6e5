from __future__ import annotations

import json
from pathlib import Path

import pytest

from learnfeed.core.post import MediaKind
from learnfeed.importers import limits

SAMPLES = Path(__file__).parent.parent / "samples"
ID = "67c0000000000000000000a1"


def mhtml(page: str, boundary: str = "b", charset: str = "") -> str:
    import quopri

    body = quopri.encodestring(page.encode()).decode()
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.xiaohongshu.com/explore/{ID}?xsec_token=SECRET\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="{boundary}"\r\n\r\n'
        f"--b\r\nContent-Type: text/html{charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n--b--\r\n"
    )


class TestXhsPage:
    def test_what_the_page_shows(self, imported):
        post = imported(SAMPLES / "saved-page.html").post
        assert (post.platform, post.native_id, post.title) == ("xhs", ID, "下雨天")
        assert post.body == "外面下雨了。[哭惹R]\nIt is raining. #雨"
        assert (post.author, post.author_id, post.place) == ("小雨", "5f0000000000000000000001", "上海")
        assert (post.likes.value, post.tags) == (12000, ("雨", "rain"))
        assert post.media[0].url == "http://img.example/1"
        first, second = post.comments
        assert (first.key, first.text, first.author, first.likes.value, first.place) == (
            "c1",
            "我也喜欢雨！",
            "路人",
            3,
            "广东",
        )
        assert (second.parent, second.by_author, second.likes.value) == ("c1", True, None)

    def test_the_page_s_data_say_more_and_the_page_has_the_comments(self, imported):
        post = imported(SAMPLES / "saved-page-state.html").post
        assert post.body == "外面下雨了。\nHe said undefined."
        assert post.posted.zone_known
        assert [m.kind for m in post.media] == [MediaKind.LIVE_PHOTO, MediaKind.IMAGE, MediaKind.VIDEO]
        assert len(post.comments) == 2

    def test_meta_tags_alone_are_enough(self, from_text):
        page = (
            '<html><head><title>x - 小红书</title><meta name="og:title" content="雨 - 小红书"><meta name="description" content="下雨了。\n#雨">'
            f'<meta name="og:url" content="https://www.xiaohongshu.com/explore/{ID}"><meta name="og:xhs:note_like" content="3">'
            '<meta name="og:type" content="video"><meta name="og:video" content="http://v.example/1"></head><body></body></html>'
        )
        post = from_text("a.html", page).post
        assert (post.title, post.body, post.native_id, post.kind) == ("雨", "下雨了。", ID, "video")

    def test_a_page_for_phones(self, from_text):
        state = {
            "noteData": {
                "data": {"noteData": {"noteId": ID, "desc": "下雨了。", "user": {"nickName": "小雨"}}}
            }
        }
        page = f"<html><script>window.__INITIAL_STATE__={json.dumps(state)}</script></html>"
        assert from_text("a.html", page).post.author == "小雨"

    @pytest.mark.parametrize(
        "page",
        [
            '<html><title>小红书</title><script>window.__INITIAL_STATE__={"note":{"noteDetailMap":{"null":{"note":{}}}}}</script></html>',
            '<script>window.__INITIAL_STATE__={"note":{"noteDetailMap":{"a":{"note":{"title":"雪","desc":"',
            "<html><title>小红书 - 登录</title></html>",
        ],
    )
    def test_a_page_without_a_note_is_told(self, from_text, page):
        assert "shows no note" in from_text("a.html", page).problem.reason

    def test_mhtml(self, from_text, imported):
        page = (SAMPLES / "saved-page.html").read_text(encoding="utf-8").split("-->")[1]
        post = from_text("a.mhtml", mhtml(page)).post
        assert (post.native_id, post.title, len(post.comments)) == (ID, "下雨天", 2)

    def test_mhtml_without_its_page_is_told(self, from_text):
        assert (
            "no page in this MHTML"
            in from_text("a.mhtml", mhtml("<p>雨</p>", boundary="nope")).problem.reason
        )


class TestOtherPages:
    def test_the_article_is_taken(self, from_text):
        page = (
            '<!doctype html><html><head><title>Rain</title><meta name="author" content="A"><meta property="article:published_time" content="2025-03-01">'
            "</head><body><nav>Menu</nav><article><h1>雨</h1><p>外面下雨了，我没有带伞，所以回家了。</p><p>It rained.</p><script>x</script></article></body></html>"
        )
        post = from_text("a.html", page).post
        assert (post.platform, post.kind, post.title, post.author) == ("web", "article", "Rain", "A")
        assert "外面下雨了" in post.body
        assert "Menu" not in post.body

    def test_a_page_without_text_is_told(self, from_text):
        assert "no text" in from_text("a.html", "<html><body><p>x</p></body></html>").problem.reason


class TestXhsJson:
    def test_an_answer_of_the_interface(self, imported):
        post = imported(SAMPLES / "xhs-json.json").post
        assert (post.native_id, post.title, post.place, post.likes.value) == (ID, "下雨天", "上海", 12000)
        assert post.media[0].url == "http://img.example/1"

    def test_comments_are_kept_in_threads(self, from_text):
        reply = {
            "id": "c2",
            "content": "谢谢",
            "userInfo": {"userId": "u1", "nickname": "小雨"},
            "subComments": None,
        }
        deep = reply | {
            "id": "c3",
            "content": "再谢",
            "targetComment": {"id": "c2"},
            "showTags": ["is_author"],
        }
        top = {
            "id": "c1",
            "content": "好",
            "subComments": [reply, deep, reply],
            "likeCount": "3",
            "pictures": [{"urlDefault": "http://i.example/1"}],
        }
        note = {"noteId": ID, "desc": "下雨", "user": {"userId": "u1"}, "interactInfo": {}}
        post = from_text(
            "a.json", json.dumps({"note": note, "comments": {"list": [top, {"content": ""}]}})
        ).post
        assert [(c.key, c.parent, c.by_author) for c in post.comments] == [
            ("c1", "", False),
            ("c2", "c1", True),
            ("c3", "c2", True),
        ]
        assert post.comments[0].media[0].url == "http://i.example/1"

    def test_replies_end_at_a_depth_and_none_is_lost(self, from_text, monkeypatch):
        monkeypatch.setattr(limits, "COMMENT_DEPTH", limits.Limit("replies to replies", 3, "levels"))
        comment: dict[str, object] = {"id": "c9", "content": "雨"}
        for number in reversed(range(9)):
            comment = {"id": f"c{number}", "content": "雨", "subComments": [comment]}
        note = {"noteId": ID, "desc": "下雨", "interactInfo": {}}
        found = from_text("a.json", json.dumps({"note": note, "comments": [comment]}))
        assert [c.parent for c in found.post.comments] == [
            "",
            "c0",
            "c1",
            "c2",
            "c2",
            "c2",
            "c2",
            "c2",
            "c2",
            "c2",
        ]
        assert "replies to replies" in found.problem.reason

    def test_comments_alone_belong_to_their_note(self, from_text):
        rows = [
            {"id": "c1", "note_id": ID, "content": "好", "sub_comments": [], "user_info": {"nickname": "甲"}}
        ]
        (loose,) = from_text("a.json", json.dumps({"data": {"comments": rows}})).comments
        assert (loose.native_id, loose.comment.author) == (ID, "甲")
        rows[0].pop("note_id")
        found = from_text("a.json", json.dumps({"data": {"comments": rows}}))
        assert "name no note" in found.problems[0].reason
        assert "no note in it" in from_text("b.json", '{"noteId": "x", "desc": ""}').problem.reason

    def test_a_live_state_has_references(self, from_text):
        note = {"noteId": ID, "desc": "下雨了"}
        state = {
            "noteDetailMap": {"__v_isRef": True, "_rawValue": {ID: {"note": {"dep": {}, "_value": note}}}}
        }
        assert from_text("a.json", json.dumps({"note": state})).post.native_id == ID
        assert from_text("b.json", json.dumps(state)).post.native_id == ID

    def test_a_network_log_gives_its_notes_and_no_request(self, from_text):
        answer = json.dumps({"data": {"items": [{"id": ID, "note_card": {"desc": "下雨了"}}]}})
        entries = [
            {
                "request": {"url": "https://edith.xiaohongshu.com", "headers": [{"value": "SECRET"}]},
                "response": {"content": {"text": answer}},
            },
            {"response": {"content": {"text": "{broken"}}},
            {"response": {"content": {}}},
        ]
        post = from_text("a.har", json.dumps({"log": {"entries": entries}})).post
        assert post.native_id == ID
        assert "SECRET" not in repr(post)

    def test_nothing_is_searched_for_ever(self, from_text):
        value: object = {"noteId": ID, "desc": "雨", "interactInfo": {}}
        for _ in range(20):
            value = [value]
        assert "no note in it" in from_text("a.json", json.dumps(value)).problem.reason
