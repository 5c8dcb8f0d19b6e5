from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Places
from learnfeed.core.errors import UsageError
from learnfeed.core.feed import FeedQuery
from learnfeed.core.word import WordStatus
from learnfeed.services.annotating import CHUNK, AnnotationPool
from learnfeed.services.views import ImportSummary

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe"
    b"\x02\xfe\r\xefF\xb8\0\0\0\0IEND\xaeB`\x82"
)


@pytest.fixture
def services(tmp_path):
    made = Services(Places(tmp_path / "library"))
    yield made
    made.close()


def note(note_id: str, desc: str, **fields: object) -> dict[str, object]:
    return {
        "note_id": note_id, "type": "normal", "title": "", "desc": desc, "video_url": "", "time": 1737030665000,
        "last_update_time": 0, "user_id": "u1", "nickname": "小雪", "liked_count": "1.2万", "image_list": "",
        "tag_list": "雪", "last_modify_ts": 1737030665000, "note_url": "", **fields,
    }  # fmt: skip


def comment(comment_id: str, note_id: str, content: str) -> dict[str, object]:
    return {
        "comment_id": comment_id, "create_time": 1737030666000, "note_id": note_id, "content": content, "user_id": "u2",
        "nickname": "柚子", "sub_comment_count": "0", "pictures": "", "parent_comment_id": "",
        "last_modify_ts": 1, "like_count": "3",
    }  # fmt: skip


def write(path: Path, *records: dict[str, object]) -> Path:
    path.write_text(
        "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8"
    )
    return path


def run(services: Services, *paths: Path | str, **options: object) -> ImportSummary:
    return services.importing.run([str(path) for path in paths], **options)


def test_the_same_file_twice_adds_nothing(services, tmp_path):
    file = write(
        tmp_path / "n.jsonl",
        note("a1", "今天下雪了。\nIt snowed today."),
        note("a2", "我喜欢猫。\nI like cats."),
    )
    first, second = run(services, file), run(services, file)
    assert (first.added, first.unchanged) == (2, 0)
    assert (second.added, second.updated, second.unchanged) == (0, 0, 2)
    assert second.words_added == 0
    assert services.reading.count() == 2


def test_two_tools_that_know_different_things_of_a_post_settle(services, tmp_path):
    folder = tmp_path / "two"
    folder.mkdir()
    write(folder / "a.jsonl", note("a1", "今天下雪了。", nickname="小雪"))
    write(folder / "b.jsonl", note("a1", "今天下雪了。", nickname="小***"))
    assert (run(services, folder).added, run(services, folder).unchanged) == (1, 2)
    assert services.database.rows("SELECT count(*) FROM post_source")[0][0] == 2


LINK = (
    "29 【下雪天 - 小雪 | 小红书 - 你的生活兴趣社区】 😆 Demo2JkLmNoPq3R 😆 "
    "https://www.xiaohongshu.com/discovery/item/67c0000000000000000000a1?source=webshare&xsec_token=SECRET"
)


@pytest.mark.parametrize("order", [("link.txt", "n.jsonl"), ("n.jsonl", "link.txt")])
def test_a_shared_link_and_the_note_it_leads_to_are_one_post_with_both_sources(services, tmp_path, order):
    (tmp_path / "link.txt").write_text(LINK, encoding="utf-8")
    write(
        tmp_path / "n.jsonl",
        note("67c0000000000000000000a1", "今天下雪了。", title="下雪天", liked_count="1.2万"),
    )
    for name in order:
        run(services, tmp_path / name)
    assert services.reading.count() == 1
    opened = services.reading.open(1)
    assert opened.body.text == "今天下雪了。"
    assert opened.post.likes.value == 12_000
    assert services.database.rows("SELECT count(*) FROM post_source")[0][0] == 2


def test_the_same_text_without_an_id_is_one_post_whatever_tool_saved_it(services, tmp_path):
    (tmp_path / "a.txt").write_text("今天下雪了。\nIt snowed today.", encoding="utf-8")
    (tmp_path / "b.md").write_text("今天下雪了\n\nIt snowed today!\n", encoding="utf-8")
    assert run(services, tmp_path / "a.txt").added == 1
    assert run(services, tmp_path / "b.md").added == 0
    assert services.reading.count() == 1


def test_tokens_and_cookies_are_in_no_file_of_the_library(services, tmp_path):
    (tmp_path / "link.txt").write_text(LINK, encoding="utf-8")
    address = "https://www.xiaohongshu.com/explore/a1?xsec_token=SECRET&xsec_source=pc"
    write(tmp_path / "n.jsonl", note("a1", "今天下雪了。", note_url=address, xsec_token="SECRET"))
    answer = {
        "作品ID": "a2",
        "作品标题": "猫",
        "作品描述": "猫在睡觉。",
        "作品链接": address,
        "下载地址": [address],
    }
    answer |= {"作品标签": "猫", "发布时间": "未知", "作者昵称": "团团"}
    asked = {"message": "ok", "params": {"url": address, "cookie": "web_session=SECRET"}, "data": answer}
    (tmp_path / "detail.json").write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
    for name in ("link.txt", "n.jsonl", "detail.json"):
        assert run(services, tmp_path / name).posts == 1
    services.database.close()
    files = [path for path in services.places.library.rglob("*") if path.is_file()]
    assert files
    for path in files:
        held = path.read_bytes()
        assert not any(word in held for word in (b"SECRET", b"xsec", b"web_session")), path


def test_a_note_saved_again_in_one_file_is_one_post(services, tmp_path):
    older = note("a1", "今天下雪了。")
    newer = note("a1", "今天下雪了！真漂亮。", last_modify_ts=1737030669000)
    summary = run(services, write(tmp_path / "n.jsonl", newer, older))
    assert services.reading.count() == 1
    assert summary.added == 1
    assert "真漂亮" in services.reading.open(1).body.text


def test_a_note_saved_again_far_below_is_one_post(services, tmp_path):
    others = [note(f"b{i}", f"第{i}天，天气很好。") for i in range(200)]
    again = note("a1", "今天下雪了！真漂亮。", last_modify_ts=1737030669000)
    summary = run(services, write(tmp_path / "n.jsonl", note("a1", "今天下雪了。"), *others, again))
    assert (summary.added, summary.updated) == (201, 1)
    assert services.reading.count() == 201
    post = services.reading.open(services.reading.find("a1"))
    assert "真漂亮" in post.body.text


def test_comments_of_a_file_of_their_own_come_under_their_post(services, tmp_path):
    folder = tmp_path / "jsonl"
    folder.mkdir()
    write(
        folder / "search_comments_2026-07-20.jsonl",
        comment("c1", "a1", "好美啊！"),
        comment("c2", "zz", "谁？"),
    )
    write(folder / "search_contents_2026-07-20.jsonl", note("a1", "今天下雪了。"))
    summary = run(services, folder)
    opened = services.reading.open(services.reading.find("a1"))
    assert [view.comment.text for view in opened.comments] == ["好美啊！"]
    assert summary.comments == 1
    assert [item.place for item in summary.skipped] == ["xhs:zz"]
    assert list(services.reading.ids(FeedQuery("好美"))) == [opened.card.id]
    assert run(services, folder).comments == 0


def test_pictures_come_into_the_library_once(services, tmp_path):
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "snow.png").write_bytes(PNG)
    body = 'schema = "learnfeed.post/1"\nid = "{0}"\nbody = "下雪了{0}"\npictures = ["snow.png"]\n'
    for name in ("one", "two"):
        (folder / f"{name}.toml").write_text(body.format(name), encoding="utf-8")
    assert run(services, folder).media == 1
    card = services.reading.cards([1])[1]
    assert (services.places.library / card.picture).read_bytes() == PNG
    assert run(services, folder).unchanged == 2


def test_half_a_file_gives_what_is_whole_and_names_the_rest(services, tmp_path):
    file = write(tmp_path / "n.jsonl", note("a1", "今天下雪了。"))
    file.write_text(file.read_text(encoding="utf-8") + '{"note_id": "a2", "de', encoding="utf-8")
    summary = run(services, file)
    assert summary.added == 1
    assert [item.place for item in summary.skipped] == ["line 2"]


@pytest.mark.parametrize("name", ["missing.jsonl", "empty.json", "strange.bin"])
def test_what_can_not_be_read_is_named(services, tmp_path, name):
    (tmp_path / "empty.json").write_bytes(b"")
    (tmp_path / "strange.bin").write_bytes(bytes(range(256)) * 20)
    summary = run(services, tmp_path / name)
    assert summary.posts == 0
    assert name in summary.skipped[0].file
    assert summary.skipped[0].reason


def test_an_unknown_format_is_a_wrong_call(services, tmp_path):
    with pytest.raises(UsageError, match="no format"):
        run(services, tmp_path, format="nonsense")


def test_an_import_that_breaks_leaves_nothing(services, tmp_path, monkeypatch):
    file = write(tmp_path / "n.jsonl", *(note(f"a{i}", f"第{i}天，天气很好。") for i in range(40)))

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(services, file, progress=interrupt)
    assert services.reading.count() == 0
    assert services.database.rows("SELECT count(*) FROM post")[0][0] == 0
    assert run(services, file).added == 40


def test_an_import_that_is_stopped_keeps_what_is_whole(services, tmp_path):
    file = write(tmp_path / "n.jsonl", *(note(f"a{i}", f"第{i}天，天气很好。") for i in range(100)))
    seen: list[int] = []
    summary = run(services, file, progress=lambda p: seen.append(p.done), stop=lambda: bool(seen))
    assert summary.stopped
    assert 0 < services.reading.count() < 100
    kept = services.reading.count()
    again = run(services, file)
    assert (again.added, again.unchanged) == (100 - kept, kept)


def test_what_was_read_ahead_of_a_stop_comes_with_the_next_import(services, tmp_path, monkeypatch):
    posts = 2 * CHUNK + 6
    run(services, write(tmp_path / "old.jsonl", *(note(f"a{i}", f"第{i}天。") for i in range(posts))))
    said = [note(f"a{i}", f"第{i}天，天气很好。", last_modify_ts=1737030665001) for i in range(posts + 1)]
    newer = write(tmp_path / "new.jsonl", *said)
    one_by_one = AnnotationPool.map
    # As worker processes have it: all is read before the first chunk is back.
    monkeypatch.setattr(AnnotationPool, "map", lambda pool, chunks: one_by_one(pool, iter(list(chunks))))
    seen: list[int] = []
    stopped = run(services, newer, progress=lambda p: seen.append(p.done), stop=lambda: bool(seen))
    assert (stopped.added, stopped.updated) == (0, CHUNK)
    again = run(services, newer)
    assert (again.added, again.updated, again.unchanged) == (1, posts - CHUNK, CHUNK)


def test_a_word_that_is_learned_elsewhere_stays_known_here(services, tmp_path):
    services.reading.mark({"雪": WordStatus.KNOWN})
    file = tmp_path / "words.json"
    words = [
        {"text": word, "status": status}
        for word, status in (("雪", "learning"), ("猫", "known"), ("猫", "learning"))
    ]
    file.write_text(json.dumps({"schema": "learnfeed.known_words/1", "words": words}), encoding="utf-8")
    assert run(services, file).words_marked == 1
    known = services.reading.vocabulary(WordStatus.KNOWN, None, -1)
    assert {word.headword for word in known} == {"雪", "猫"}


def test_words_have_their_level_by_the_standard_in_use(services, tmp_path):
    run(services, write(tmp_path / "n.jsonl", note("a1", "今天下雪了。雪很大。")))
    services.use(replace(services.settings, standard="2021"))
    services.reading.mark({"猫": WordStatus.KNOWN})
    assert services.refreshing.run() == 1
    levels = {word.headword: word.level for word in services.reading.vocabulary(None, None, -1)}
    assert (levels["雪"], levels["猫"]) == (2, 2)


def test_worker_processes_give_the_same_posts(services, tmp_path):
    file = write(
        tmp_path / "n.jsonl",
        *(note(f"a{i}", f"第{i}天，天气很好。\nDay {i}, nice weather.") for i in range(70)),
    )
    run(services, file, inline=0)
    other = Services(Places(tmp_path / "other"))
    run(other, file, inline=1000)
    for i in (1, 35, 70):
        assert services.reading.open(i).body == other.reading.open(i).body
    other.close()


def test_word_lists_mark_words(services, tmp_path):
    file = tmp_path / "known.txt"
    file.write_text("雪\n喜欢\n下雪\n", encoding="utf-8")
    summary = run(services, file, known=True)
    assert summary.words_marked == 3
    undone = services.reading.undo()
    assert undone is not None
    assert undone.what == "3 words no longer known"


def test_posts_of_an_older_annotator_are_annotated_again_and_keep_what_was_done(services, tmp_path):
    run(
        services,
        write(tmp_path / "n.jsonl", note("a1", "今天下雪了。\nIt snowed today."), note("a2", "我喜欢猫。")),
    )
    services.reading.mark({"雪": WordStatus.KNOWN, "今天": WordStatus.KNOWN})
    services.reading.finish(1)
    before = services.reading.cards([1, 2])
    annotated = services.reading.open(1).body
    assert services.refreshing.outdated() == 0
    services.database.connection.execute("UPDATE annotation SET version = 'old', data = x'00'")
    assert services.refreshing.outdated() == 2
    assert services.refreshing.run() == 2
    assert services.refreshing.outdated() == 0
    assert services.reading.open(1).body == annotated
    assert services.reading.cards([1, 2]) == before
