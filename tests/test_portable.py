"""What differs on Windows and macOS, as far as it can be held on any system: names, line ends, encodings, processes."""

from __future__ import annotations

import ast
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnfeed.cli.main import run
from tests.importers.conftest import import_all

SOURCE = Path(__file__).parent.parent / "src" / "learnfeed"
ONE_SYSTEM = {
    "fcntl",
    "grp",
    "msvcrt",
    "posix",
    "pty",
    "pwd",
    "resource",
    "termios",
    "tty",
    "winreg",
    "_winapi",
}
ABSENT_ON_WINDOWS = {
    "fork",
    "forkpty",
    "getuid",
    "geteuid",
    "getpgid",
    "killpg",
    "setsid",
    "mkfifo",
    "chown",
    "uname",
}


def one_system_only(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from {name.name for name in node.names} & ONE_SYSTEM
        elif isinstance(node, ast.ImportFrom) and node.module in ONE_SYSTEM:
            yield node.module
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "os" and node.attr in ABSENT_ON_WINDOWS:
                yield f"os.{node.attr}"
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_context":
            # A forked process is not to be had on Windows and not safe on macOS.
            yield from (argument.value for argument in node.args if argument.value != "spawn")


def test_nothing_is_asked_of_one_system_only():
    words = re.compile("|".join([*ONE_SYSTEM, *ABSENT_ON_WINDOWS, "get_context"]))
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")}
    found = {
        str(path): names
        for path, text in texts.items()
        if words.search(text) and (names := list(one_system_only(ast.parse(text))))
    }
    assert found == {}
    assert list(one_system_only(ast.parse("import fcntl\nos.fork()\nm.get_context('fork')"))) == [
        "fcntl", "fork", "os.fork",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "with a space & more.txt",
        "雪天 é.txt",
        unicodedata.normalize("NFD", "é がぎ.txt"),  # as macOS gives names
        "CON.txt",
        "nul",
        "ends in dots..",
        "x" * 200 + ".txt",
        "UPPER.TXT",
    ],
)
def test_a_file_of_any_name_is_read(tmp_path, name):
    (tmp_path / name).write_text("今天下雪了。", encoding="utf-8")
    assert import_all(tmp_path).post.body == "今天下雪了。"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_in_no_encoding_is_read_and_told(tmp_path, capsys):
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / os.fsdecode(b"\xe7\xff.txt")).write_text("今天下雪了。", encoding="utf-8")
    assert run(["--library", str(tmp_path / "library"), "import", str(saved)]) == 0
    assert "1 posts added" in "".join(capsys.readouterr())


def test_a_deep_folder_is_read(tmp_path):
    folder = tmp_path.joinpath(*["a long name of a folder"] * 12)
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("今天下雪了。", encoding="utf-8")
    assert len(str(folder)) > 260  # what Windows took for long
    assert import_all(tmp_path).post.body == "今天下雪了。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_same_text_is_the_same_post_however_it_was_saved(tmp_path, encoding, end):
    text = end.join(["今天下雪了，我很高兴。", "It snowed today, I am happy.", "我们去公园玩吧。", ""])
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert import_all(tmp_path).post.body == (
        "今天下雪了，我很高兴。\nIt snowed today, I am happy.\n我们去公园玩吧。"
    )


def test_decks_and_lists_go_to_folders_of_any_name(tmp_path, capsys):
    home, out = str(tmp_path / "my library 雪"), tmp_path / "Fertige Stapel é 雪"
    out.mkdir()
    (tmp_path / "a.txt").write_text("今天下雪了。\nIt snowed today.", encoding="utf-8")
    assert run(["--library", home, "import", str(tmp_path / "a.txt")]) == 0
    for name in ("CON.apkg", "雪 é.csv", "MY LIST.MD"):
        assert run(["--library", home, "export", "--posts", "", "-o", str(out / name)]) == 0, (
            capsys.readouterr().err
        )
        assert (out / name).stat().st_size > 0
    assert {path.name for path in out.iterdir()} == {"CON.apkg", "雪 é.csv", "MY LIST.MD"}
