"""``import --watch`` as a process of its own: real files, a real Ctrl+C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from learnfeed.cli.main import run

POST = {"note_id": "67c1", "title": "下雨天", "desc": "外面下雨了。 It rains.", "time": 1}


@contextmanager
def watching(folder, home, *options):
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell starts what runs in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "learnfeed", "import", "--watch", str(folder), "--every", "0.1", *options],
        env={**os.environ, "LEARNFEED_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_files_come_in_while_it_stays_and_ctrl_c_ends_it(tmp_path, capsys):
    folder, home = tmp_path / "saved", tmp_path / "home"
    folder.mkdir()
    (folder / "old.txt").write_text("今天很冷。", encoding="utf-8")
    with watching(folder, home) as process:
        assert process.stdout.readline().split()[1:] == ["old.txt", "plain-text", "1", "posts"]
        assert "Ctrl+C" in process.stderr.readline()
        whole = json.dumps(POST, ensure_ascii=False)
        with (folder / "notes.jsonl").open("w", encoding="utf-8") as file:
            file.write(whole[:30])  # half a record: taken or not, the whole one must come in
            file.flush()
            (folder / "new.txt").write_text("猫在睡觉。", encoding="utf-8")
            line = process.stdout.readline()
            while "new.txt" not in line:
                line = process.stdout.readline()
            file.write(whole[30:])
        line = process.stdout.readline()
        while "mediacrawler  1 posts" not in line:
            line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 130
        assert "Traceback" not in told
    assert run(["--library", str(home), "posts", "--json"]) == 0
    posts = json.loads(capsys.readouterr().out)
    assert {"下雨天"} <= {post["title"] for post in posts}
    assert len(posts) == 3


@pytest.mark.parametrize("path", ["nowhere", "file.txt"])
def test_only_folders_can_be_watched(tmp_path, capsys, path):
    (tmp_path / "file.txt").write_text("雨", encoding="utf-8")
    assert run(["--library", str(tmp_path / "home"), "import", "--watch", str(tmp_path / path)]) == 2
    assert "no folder to watch" in capsys.readouterr().err
