"""Consoles that are not UTF-8, or none at all: something readable is printed, and nothing breaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from learnfeed.cli.main import run

POST = "【第一场雪】今天下雪了，ǖ 😀 ·…\nIt snowed today.\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("console")
    (folder / "雪 一.txt").write_text(POST, encoding="utf-8")
    assert run(["--library", str(folder / "library"), "import", str(folder / "雪 一.txt")]) == 0
    return folder / "library"


def learnfeed(home, *arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "learnfeed", *arguments],
        env={**os.environ, "LEARNFEED_HOME": str(home), "PYTHONUTF8": "0", "LC_ALL": "C", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_an_encoding_without_chinese_gets_likenesses_and_a_word_about_it(home):
    done = learnfeed(home, "show", "1", PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode("cp1252")
    assert "It snowed today." in text
    assert "xiàxue" in text  # cp1252 has à, and no ě
    assert b"(cp1252) lacks some characters" in done.stderr
    assert b"PYTHONUTF8=1" in done.stderr
    assert b"Traceback" not in done.stderr


def test_an_encoding_with_chinese_gets_it(home):
    done = learnfeed(home, "show", "1", PYTHONIOENCODING="gbk")
    assert done.returncode == 0, done.stderr
    assert "今天" in done.stdout.decode("gbk").replace(" ", "")


@pytest.mark.parametrize("encoding", ["cp437", "gbk"])
def test_json_loses_nothing_in_any_encoding(home, encoding):
    done = learnfeed(home, "show", "1", "--json", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert "今天下雪了，ǖ 😀" in json.dumps(json.loads(done.stdout.decode(encoding)), ensure_ascii=False)


def test_what_was_typed_in_no_encoding_is_refused_in_plain_words(home):
    done = learnfeed(home, "show", b"\xff\xfe")
    assert done.returncode == 2
    assert b"can't be read in this system's encoding" in done.stderr


@pytest.mark.parametrize("environment", [{}, {"TERM": "dumb"}])
def test_the_app_asks_for_a_terminal_where_there_is_none(home, environment):
    done = learnfeed(home, **environment)
    assert done.returncode == 2
    assert b"The app needs a terminal" in done.stderr
    assert not done.stdout
