"""The house keeps its shape: sizes of modules and functions, and what is imported when."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "learnfeed"
MODULES = sorted(SOURCE.rglob("*.py"))
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 50


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_can_be_read_at_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_MODULE_LINES


def functions() -> Iterator[tuple[str, int]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}", _code_lines(node)


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: explaining more must never be punished."""
    first = node.body[1] if ast.get_docstring(node) is not None and len(node.body) > 1 else node.body[0]
    assert node.end_lineno is not None
    return node.end_lineno - first.lineno + 1


def test_functions_are_short():
    sizes = dict(functions())
    assert {name: size for name, size in sizes.items() if size > MAX_FUNCTION_LINES} == {}
    assert statistics.median(sizes.values()) <= 8
    assert statistics.quantiles(sizes.values(), n=20)[-1] <= 30


HEAVY = (
    "pypinyin",
    "genanki",
    "sqlite_utils",
    "fsrs",
    "click",
    "zstandard",
    "openpyxl",
    "numpy",
    "multiprocessing",
)


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import learnfeed.tui.app",
        "import learnfeed.cli.main, learnfeed.bootstrap",
        "from learnfeed.bootstrap import open_services; open_services().reading.count()",
    ],
)
def test_opening_the_app_loads_nothing_heavy(code, tmp_path):
    # A library that exists already needs no migration, and so no sqlite_utils.
    make = "from learnfeed.bootstrap import open_services; open_services().reading.count()"
    subprocess.run([sys.executable, "-c", make], check=True)
    assert loaded_after(code) & set(HEAVY) == set()


def test_only_the_terminal_app_loads_textual():
    code = (
        "import learnfeed.bootstrap, learnfeed.services.importing, learnfeed.services.exporting,"
        " learnfeed.anki.package, learnfeed.annotate.pipeline, learnfeed.importers.registry"
    )
    assert "textual" not in loaded_after(code)
