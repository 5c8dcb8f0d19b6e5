"""Nothing reaches the network: held in processes in which looking up or reaching any address ends the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# An audit hook sees every socket of the process, also those of libraries, and can't be taken out again.
GUARD = """
import os, sys
def forbid(event, args):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        os.write(2, f"reached out: {event} {args[1:]}".encode())
        os._exit(77)
sys.addaudithook(forbid)
"""

APP = """
import asyncio
from learnfeed.bootstrap import open_services
from learnfeed.tui.app import LearnfeedApp
async def use():
    app = LearnfeedApp(open_services())
    async with app.run_test(size=(100, 30)) as pilot:
        for key in ("f", "enter", "right", "k", "u", "escape", "escape", "space", "1", "escape", "s", "escape"):
            await pilot.press(key)
            await pilot.pause()
asyncio.run(use())
"""

MAIN = "import sys; from learnfeed.cli.main import main; sys.argv[1:] = {args!r}; main()"


def run(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", GUARD + code],
        env={**os.environ, "LEARNFEED_HOME": str(home)},
        input="今天下雪了",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_guard_itself_bites(tmp_path):
    done = run("import socket; socket.create_connection(('127.0.0.1', 9))", tmp_path)
    assert done.returncode == 77
    assert "reached out" in done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "post.txt").write_text(
        "今天下雪了！https://example.com/a.png\nIt snowed today! http://example.org\n<img src='http://example.org/x.png'>",
        "utf-8",
    )
    done = run(MAIN.format(args=["import", str(folder / "post.txt")]), folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    "args",
    [
        ["posts"],
        ["show", "1"],
        ["words"],
        ["stats"],
        ["unlock"],
        ["doctor"],
        ["backup"],
        ["export", "winter", "-o", "winter.apkg"],
        ["text", "pinyin"],
    ],
    ids=" ".join,
)
def test_no_command_reaches_the_network(home, args):
    done = run(MAIN.format(args=[str(home / arg) if arg.endswith(".apkg") else arg for arg in args]), home)
    assert done.returncode == 0, done.stderr


def test_the_app_does_not_reach_the_network(home):
    done = run(APP, home)
    assert done.returncode == 0, done.stderr
