"""The command line as scripts use it: output, exit codes, errors."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from learnfeed.cli.commands import COMMANDS
from learnfeed.cli.main import run
from learnfeed.config import content_folder


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A library that holds the sample posts."""
    folder = tmp_path_factory.mktemp("cli")
    assert run(["--library", str(folder), "import", str(content_folder())]) == 0
    return str(folder)


@pytest.fixture
def learnfeed(library, capsys):
    """Runs a command line on the sample library; gives back exit code, stdout and stderr."""

    def ran(*arguments: str, on: str = library) -> tuple[int, str, str]:
        code = run(["--library", on, *arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return ran


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stdin)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself(learnfeed, command):
    code, out, _ = learnfeed(*[command] if command else [], "--help")
    assert code == 0
    assert "Usage: learnfeed" in out
    assert len(out.splitlines()) > 5


def test_import_prints_the_promised_json(learnfeed, tmp_path):
    code, out, _ = learnfeed("import", str(content_folder()), "--json", on=str(tmp_path / "library"))
    summary = json.loads(out)
    assert code == 0
    assert set(summary) == {"posts", "comments", "words", "media", "sources", "skipped"}
    assert set(summary["posts"]) == {"added", "updated", "unchanged"}
    assert set(summary["words"]) == {"added"}
    assert set(summary["sources"][0]) == {"file", "format", "posts", "words"}
    assert summary["posts"]["added"] == len(list(content_folder().glob("*.toml")))


def test_nothing_new_is_no_failure(learnfeed):
    code, out, _ = learnfeed("import", str(content_folder()))
    assert code == 0
    assert out.startswith("0 posts added, 0 updated, ")


def test_something_skipped_is_exit_code_3_with_file_place_and_reason(learnfeed, tmp_path):
    (tmp_path / "good.txt").write_text("今天下雪了。\nIt snowed today.\n", encoding="utf-8")
    (tmp_path / "empty.json").write_bytes(b"")
    code, _, err = learnfeed("import", str(tmp_path), on=str(tmp_path / "library"))
    assert code == 3
    assert "skipped  " in err
    assert "empty.json" in err


def test_nothing_at_all_is_exit_code_1(learnfeed, tmp_path):
    code, out, err = learnfeed("import", str(tmp_path / "nowhere"), on=str(tmp_path / "library"))
    assert code == 1
    assert "nowhere" in err
    assert "Traceback" not in out + err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"], ["import"], ["posts", "--sort", "fame"], ["import", "x", "--format", "nonsense"], ["export"],
        ["export", "nonsense", "-o", "x.apkg"], ["words", "mark", "雪"], ["words", "mark", "--hsk", "9"], ["unlock", "-n", "0"],
        ["words", "mark", "雪", "--hsk", "1"],
    ],
)  # fmt: skip
def test_a_wrong_call_is_exit_code_2_in_words(learnfeed, arguments):
    code, out, err = learnfeed(*arguments)
    assert code == 2
    assert err.strip()
    assert "Traceback" not in out + err


@pytest.mark.parametrize("query", ["雪", "xue3", "snow"])
def test_posts_are_found(learnfeed, query):
    code, out, _ = learnfeed("posts", query, "--json")
    cards = json.loads(out)
    assert code == 0
    assert cards
    assert all(0 <= card["share"] <= 1 for card in cards)


def test_no_post_found_says_so(learnfeed, tmp_path):
    assert "No posts match" in learnfeed("posts", "zzzz")[2]
    assert "library is empty" in learnfeed("posts", on=str(tmp_path))[2]


def test_a_post_is_shown_with_pinyin_over_its_hanzi(learnfeed):
    code, out, _ = learnfeed("show", "today-i-learned-snow")
    lines = out.splitlines()
    assert code == 0
    at = next(i for i, line in enumerate(lines) if "雪" in line and "学会" in line)
    assert "xuéhuì" in lines[at - 1]
    assert "Today I learned" in out
    assert "HSK" in lines[0]
    assert "known" in lines[0]
    assert "New words" in out


def test_a_post_that_is_not_there_is_exit_code_1(learnfeed):
    code, _, err = learnfeed("show", "no-such-post")
    assert code == 1
    assert "no-such-post" in err


def test_words_are_listed_and_marked(learnfeed, tmp_path):
    other = str(tmp_path / "library")
    learnfeed("import", str(content_folder()), on=other)
    assert learnfeed("words", "mark", "雪", "下雪", "--known", on=other)[1] == "2 of 2 words are now known\n"
    code, out, _ = learnfeed("words", "--status", "known", "--json", on=other)
    assert code == 0
    assert {word["headword"] for word in json.loads(out)} == {"雪", "下雪"}
    assert "words are now known" in learnfeed("words", "mark", "--hsk", "1", on=other)[1]


def test_unlock_names_words_and_what_they_bring(learnfeed, tmp_path):
    other = str(tmp_path / "library")
    learnfeed("import", str(content_folder()), on=other)
    learnfeed("words", "mark", "--hsk", "3", on=other)
    code, out, _ = learnfeed("unlock", "--target", "90", "--json", on=other)
    plan = json.loads(out)
    assert code == 0
    assert plan["unlocked"] == plan["words"][-1]["unlocked"] > 0
    assert learnfeed("unlock", "--target", "90", on=other)[1].count("\n") == len(plan["words"])


def test_export_writes_a_deck_and_lists(learnfeed, tmp_path):
    for ending in ("apkg", "tsv", "csv", "md", "txt", "html", "lingq.csv"):
        code, out, _ = learnfeed("export", "winter", "-o", str(tmp_path / f"winter.{ending}"))
        assert code == 0
        assert (tmp_path / f"winter.{ending}").stat().st_size > 500
        assert str(tmp_path) in out
    assert "winter\t" in learnfeed("export", "--list")[1]
    code, out, _ = learnfeed("export", "--words", "雪, 下雪", "-o", str(tmp_path / "two.tsv"), "--json")
    assert json.loads(out)["words"] == 2


def test_every_kind_of_export_is_told_in_its_help(learnfeed):
    from learnfeed.anki.text_exports import WRITERS

    help_text = learnfeed("export", "--help")[1]
    assert all(ending in help_text for ending in (".apkg", *WRITERS))
    assert "--share" in help_text


def test_export_for_someone_else_brings_no_reviews(learnfeed, tmp_path):
    code, out, err = learnfeed("export", "winter", "--share", "-o", str(tmp_path / "gift.apkg"), "--json")
    assert code == 0
    assert json.loads(out)["reviews"] == 0
    assert "learning progress" not in err


def test_backup_and_restore(learnfeed, tmp_path):
    other = str(tmp_path / "library")
    learnfeed("words", "mark", "雪", "--known", on=other)
    backup = str(tmp_path / "backup.sqlite")
    assert learnfeed("backup", backup, on=other)[0] == 0
    learnfeed("words", "mark", "猫", "--known", on=other)
    assert learnfeed("restore", backup, "--yes", on=other)[0] == 0
    assert learnfeed("words", "--status", "known", on=other)[1].startswith("雪\t")
    assert learnfeed("restore", str(tmp_path / "none.sqlite"), "--yes", on=other)[0] == 1


def test_doctor_says_what_a_bug_report_needs(learnfeed):
    code, out, _ = learnfeed("doctor", "--json")
    facts = json.loads(out)
    assert code == 0
    assert facts["library check"] == "ok"
    assert facts["outdated posts"] == "none"
    assert "CC-CEDICT" in facts["lexicon"]


def test_nothing_outdated_is_nothing_to_annotate(learnfeed):
    assert learnfeed("lexicon", "refresh")[1] == "0 posts annotated again\n"


def test_lexicon_names_date_and_licence(learnfeed):
    code, out, _ = learnfeed("lexicon")
    assert code == 0
    assert "CC BY-SA 4.0" in out


def of_an_older_learnfeed(path):
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        connection.execute("INSERT INTO meta VALUES ('format', '1')")


def test_the_dictionary_is_renewed_from_a_file(learnfeed, tmp_path):
    other = str(tmp_path / "library")
    source = tmp_path / "cedict_ts.u8"
    source.write_text(
        "# CC-CEDICT\n#! date=2026-09-10T00:00:00Z\n雪 雪 [xue3] /snow/\n新詞 新词 [xin1 ci2] /a new word/\n",
        encoding="utf-8",
    )
    (tmp_path / "library").mkdir()
    of_an_older_learnfeed(tmp_path / "library" / "lexicon.sqlite")
    code, _, err = learnfeed("lexicon", on=other)
    assert code == 1
    assert "learnfeed lexicon update" in err
    code, out, _ = learnfeed("lexicon", "update", str(source), on=other)
    assert code == 0
    assert "headwords added" in out
    assert other in learnfeed("lexicon", on=other)[1]
    broken = tmp_path / "broken.gz"
    broken.write_bytes(b"\x1f\x8b not really")
    assert learnfeed("lexicon", "update", str(broken), on=other)[0] == 1
    assert other in learnfeed("lexicon", on=other)[1]


def test_demo_does_the_whole_job(learnfeed, tmp_path):
    code, out, _ = learnfeed("demo", "--out", str(tmp_path / "demo"))
    assert code == 0
    for step in ("import", "grade", "read", "quiz", "review", "export"):
        assert f"── {step}" in out
    assert "雪" in out
    assert "snow" in out
    assert (tmp_path / "demo" / "learnfeed-winter.apkg").exists()
    assert learnfeed("demo", "--out", str(tmp_path / "demo"))[0] == 2


def test_a_quiz_is_asked_and_judged(learnfeed, monkeypatch):
    answers = iter(["1"] * 100)
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    code, out, _ = learnfeed("quiz", "--post", "today-i-learned-snow", "-n", "5")
    assert code == 0
    assert "of 5 right" in out


def test_every_kind_of_question_can_be_asked_for(learnfeed, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _: "1")
    for kind in ("translate_back", "answer", "type_word", "tone_pairs"):
        code, out, _ = learnfeed("quiz", "--kind", kind, "-n", "2")
        assert code == 0
        assert "of 2 right" in out
    code, _, err = learnfeed("quiz", "--kind", "listening", "--tag", "nothing-has-this-tag")
    assert code == 0
    assert "nothing to ask" in err or "no voice" in err


def test_a_typed_sentence_is_shown_beside_the_posts(learnfeed, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _: "我看到了雪")
    _, out, _ = learnfeed("quiz", "--post", "first-snow", "--kind", "translate", "-n", "9")
    assert "{+" in out
    replies = iter(["好 good", "3", "", "很冷", "x"] * 9)
    monkeypatch.setattr("builtins.input", lambda _: next(replies))
    _, out, _ = learnfeed("quiz", "--post", "first-snow", "--kind", "answer", "-n", "3")
    assert "阿桃在北方: 在长春" in out
    assert " right" in out


def test_a_review_counts_and_is_undone(learnfeed, tmp_path, monkeypatch):
    other = str(tmp_path / "library")
    learnfeed("import", str(content_folder()), on=other)
    from learnfeed.bootstrap import open_services

    services = open_services(other)
    post = services.reading.find("today-i-learned-snow")
    token = next(t for t in services.reading.open(post).body.tokens if t.headword == "雪")
    services.reviewing.add_card(post, 1, token.start, "雪")
    services.close()
    answers = iter(["", "4", "q"])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    code, out, _ = learnfeed("review", on=other)
    assert code == 0
    assert "xuě" in out
    assert "1 answered" in out


def test_text_pinyin_is_one_line_a_line(learnfeed, monkeypatch):
    typed(monkeypatch, "今天下雪了。\n\n长大了 OK\n")
    code, out, _ = learnfeed("text", "pinyin")
    assert code == 0
    assert out.split("\n") == ["jin1 tian1 xia4 xue3 le5", "", "zhang3 da4 le5", ""]


def test_text_pinyin_reads_numbers_and_changes_tones_when_asked(learnfeed, monkeypatch):
    typed(monkeypatch, "2025年不要\n50%\n")
    assert learnfeed("text", "pinyin")[1].split("\n") == ["nian2 bu4 yao4", "", ""]
    typed(monkeypatch, "2025年不要\n50%\n")
    said = learnfeed("text", "pinyin", "--numbers", "--sandhi")[1]
    assert said.split("\n")[:2] == ["er4 ling2 er4 wu3 nian2 bu2 yao4", "bai3 fen1 zhi1 wu3 shi2"]


def test_text_words_covers_every_hanzi(learnfeed, monkeypatch):
    line = "我昨天学会了“雪”这个字 yyds 2025年 [doge] #下雪了#"
    typed(monkeypatch, line + "\n")
    tokens = json.loads(learnfeed("text", "words", "--json")[1])["tokens"]
    assert "".join(token["text"] for token in tokens) == line
    assert all(line[token["start"] : token["end"]] == token["text"] for token in tokens)
    word = next(token for token in tokens if token["text"] == "雪")
    assert word["kind"] == "word"
    assert word["pinyin"] == ["xue3"]
    assert word["level"]["2025"] >= 1
    assert "snow" in word["senses"][0]


def test_text_pairs_finds_sentences_and_links(learnfeed, monkeypatch):
    text = "今天早上下雪了！\nIt snowed this morning!"
    typed(monkeypatch, json.dumps({"id": "a", "text": text}) + "\n")
    record = json.loads(learnfeed("text", "pairs", "--jsonl")[1])
    assert record["id"] == "a"
    assert [unit["lang"] for unit in record["units"]] == ["zh", "en"]
    assert len(record["pairs"]) == 1
    linked = {text[slice(*link["zh"])] for link in record["links"]}
    assert "下雪" in linked


def test_text_pairs_names_the_line_that_is_no_json(learnfeed, monkeypatch):
    typed(monkeypatch, '{"id": 1, "text": "雪"}\nnot json\n')
    code, _, err = learnfeed("text", "pairs", "--jsonl")
    assert code == 1
    assert "line 2" in err


def test_text_level_and_gloss(learnfeed, monkeypatch):
    typed(monkeypatch, "我喜欢猫。\n")
    record = json.loads(learnfeed("text", "level", "--json", "--standard", "2.0")[1])
    assert record["standard"] == "2.0"
    assert record["level"] == 1
    assert record["label"] == "HSK 1"
    typed(monkeypatch, "我喜欢猫。\n")
    assert "xǐhuan" in learnfeed("text", "gloss")[1]


def test_text_align_pairs_two_files(learnfeed, tmp_path):
    (tmp_path / "zh").write_text("今天下雪了。\n我的猫喜欢雪。\n", encoding="utf-8")
    (tmp_path / "en").write_text("It snowed today.\nMy cat likes snow.\n", encoding="utf-8")
    code, out, _ = learnfeed("text", "align", "--json", str(tmp_path / "zh"), str(tmp_path / "en"))
    assert code == 0
    assert [json.loads(line) for line in out.splitlines()] == [[[0], [0]], [[1], [1]]]


def test_the_module_runs_and_a_closed_pipe_is_no_failure():
    command = [sys.executable, "-m", "learnfeed", "text", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent)
    assert "Usage" in done.stdout


def test_a_fault_of_ours_is_reported_without_a_trace(learnfeed, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("learnfeed.bootstrap.Services.now_ms", broken)
    monkeypatch.setattr("learnfeed.services.reading.ReadingService.ids", broken)
    code, out, err = learnfeed("posts")
    assert code == 1
    assert "Traceback" not in out + err
    assert "ZeroDivisionError" in err


def test_ctrl_c_is_exit_code_130(learnfeed, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("learnfeed.services.reading.ReadingService.ids", interrupt)
    assert learnfeed("posts")[0] == 130


@pytest.mark.parametrize("name", ["library.db", "posts.zip", "collection.apkg"])
def test_a_text_that_claims_to_be_something_else_is_named(learnfeed, tmp_path, name):
    (tmp_path / name).write_text("not what its name says\n", encoding="utf-8")
    code, _, err = learnfeed("import", str(tmp_path / name), on=str(tmp_path / "library"))
    assert code == 1
    assert "but is none" in err


def test_an_empty_folder_is_said_to_be_one(learnfeed, tmp_path):
    (tmp_path / "empty").mkdir()
    code, _, err = learnfeed("import", str(tmp_path / "empty"), on=str(tmp_path / "library"))
    assert code == 0
    assert "no file to import" in err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(shell):
    environment = {**os.environ, "_LEARNFEED_COMPLETE": f"{shell}_source"}
    done = subprocess.run(
        [sys.executable, "-c", MAIN], env=environment, capture_output=True, text=True, check=True
    )
    assert "learnfeed" in done.stdout


def test_completion_names_the_commands():
    environment = {
        **os.environ,
        "_LEARNFEED_COMPLETE": "bash_complete",
        "COMP_WORDS": "learnfeed ex",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", MAIN], env=environment, capture_output=True, text=True, check=True
    )
    assert "export" in done.stdout


MAIN = "from learnfeed.cli.main import main; main()"
