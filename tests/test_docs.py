"""The documentation says what is so: its drawing, its commands, its settings and its links."""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import click
import pytest

from learnfeed.cli.commands import cli, run_command
from learnfeed.config import content_folder

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "learnfeed"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "decks").glob("*.md"))]


def imports() -> dict[str, set[str]]:
    """Which folder of the source imports from which."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in SOURCE.rglob("*.py"):
        here = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [name.name for name in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            for name in names:
                if name.startswith("learnfeed."):
                    found[here].add(name.split(".")[1])
    return {name: there - {name} for name, there in found.items() if name not in {"__main__", "__init__"}}


def test_the_architecture_page_tells_what_imports_what():
    rows = re.findall(
        r"^\| `(\w+)` \| (.*) \|$", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.MULTILINE
    )
    told = {name: set(re.findall(r"`(\w+)`", others)) for name, others in rows}
    assert told == {name: set(others) for name, others in imports().items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", ["commands", "settings"])
def test_the_reference_pages_are_what_the_code_says(name):
    """When this fails: ``python scripts/reference_pages.py``."""
    code = f"import reference_pages as pages; print(pages.{name}_page(), end='')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == (ROOT / "docs" / f"{name}.md").read_text("utf-8")


def commands(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
    """A command with all below it, by full name."""
    found = [(name, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child in command.list_commands(context):
            inner = command.get_command(context, child)
            assert inner is not None
            found += commands(inner, f"{name} {child}")
    return found


@pytest.mark.parametrize(("name", "command"), commands(cli, "learnfeed"), ids=lambda value: str(value)[:40])
def test_every_command_and_option_says_what_it_does(name, command):
    assert command.help, name
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts[0]}"


def blocks(page: Path) -> list[str]:
    """The commands of a page, as a learner would type them; the README's two for a clone are run elsewhere."""
    found = re.findall(r"^( *)```sh\n(.*?)\n\1```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line.strip() for _, block in found for line in block.split("\n")]
    return [line for line in lines if line.startswith(("learnfeed ", "echo "))]


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Path:
    """A folder with saved posts in it, and an empty library."""
    shutil.copytree(content_folder(), tmp_path / "saved")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", ["guide.md", "teachers.md"])
def test_every_command_of_a_guide_works(page, desk, monkeypatch):
    lines = blocks(ROOT / "docs" / page)
    assert len(lines) >= 4
    for line in lines:
        said, _, typed = line.rpartition(" | ")
        monkeypatch.setattr(
            "sys.stdin", io.TextIOWrapper(io.BytesIO(said.removeprefix("echo ").encode()), encoding="utf-8")
        )
        with contextlib.redirect_stdout(io.StringIO()) as told:
            code = run_command(shlex.split(typed)[1:])
        assert code == 0, line
        assert told.getvalue(), line


def test_the_readme_names_no_command_or_setting_that_is_not_there():
    text = (ROOT / "README.md").read_text("utf-8")
    there = {name for name, _ in commands(cli, "learnfeed")}
    for words in re.findall(r"`?learnfeed((?: [a-z]+)+)", "\n".join(blocks(ROOT / "README.md"))):
        assert f"learnfeed {words.split()[0]}" in there, words
    from learnfeed.settings import setting

    for name in re.findall(r"^(\w+) = ", text, re.MULTILINE):
        assert setting(name) is not None, name
