"""The help of `learnfeed text` shows examples, and each prints what it says."""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
from types import SimpleNamespace

import pytest

from learnfeed.cli.main import run
from learnfeed.cli.text import text

COMMANDS = sorted(text.commands)
_EXAMPLE = re.compile(r"^ *\$ (?:echo (.+?) \| )?learnfeed (.+)\n((?:(?! *\$)[^\n]+\n?)+)", re.MULTILINE)


def examples(command: str) -> list[tuple[str, str, str]]:
    """What is typed, the command line, and what is printed, of each example in a command's help."""
    return _EXAMPLE.findall(text.commands[command].help or "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(command: str):
    assert examples(command)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "align"])
def test_every_example_prints_what_it_says(command, tmp_path, capsys, monkeypatch):
    for typed, line, printed in examples(command):
        said = io.BytesIO((shlex.split(typed)[0] + "\n").encode())
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=said))
        assert run(["--library", str(tmp_path), *shlex.split(line)]) == 0
        assert capsys.readouterr().out.split() == printed.split()


def test_what_makes_a_text_hard_is_told_sentence_by_sentence(tmp_path, capsys, monkeypatch):
    line = "我很开心。我们堆了一个巨大的雪人。"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(line.encode())))
    assert run(["--library", str(tmp_path), "text", "level", "--json", "--reader", "3"]) == 0
    (sentence,) = json.loads(capsys.readouterr().out)["sentences"]
    assert line[sentence["start"] : sentence["end"]] == "我们堆了一个巨大的雪人。"
    assert sentence["words"] == ["堆", "巨大"]
    assert sentence["characters"] == ["堆", "巨"]


def test_show_tells_what_makes_a_post_hard(tmp_path, capsys):
    post = tmp_path / "post.txt"
    post.write_text(
        "我很开心。我们堆了一个巨大的雪人。\nI am happy. We built a huge snowman.\n", encoding="utf-8"
    )
    assert run(["--library", str(tmp_path / "home"), "import", str(post)]) == 0
    capsys.readouterr()
    assert run(["--library", str(tmp_path / "home"), "show", "1"]) == 0
    hard = capsys.readouterr().out.partition("What makes it HSK")[2].splitlines()
    assert any("巨大" in line and "我们堆了一个巨大的雪人。" in line for line in hard)
