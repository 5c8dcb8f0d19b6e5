"""Every sample gives what it holds: the table of ``python -m tests.importers.table``, held row by row."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.importers.table import COLUMNS, HERE, expected, rows

SHARED = Path(os.environ.get("LEARNFEED_SAMPLES", "/nonexistent")) / "saved_posts"
PAIRS = COLUMNS.index("pairs")


def without_pairs(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Pairs are the annotator's; its own tests hold them."""
    return (*cells[:PAIRS], *cells[PAIRS + 1 :])


@pytest.mark.parametrize(
    "folder",
    [
        HERE / "samples",
        pytest.param(
            SHARED,
            marks=[
                pytest.mark.shared,
                pytest.mark.skipif(not SHARED.is_dir(), reason="LEARNFEED_SAMPLES is not set"),
            ],
        ),
    ],
    ids=["own", "shared"],
)
def test_each_sample_gives_what_it_holds(folder):
    read = {row.file: without_pairs(row.cells) for row in rows(folder, None)}
    held = {name: without_pairs(cells) for name, cells in expected().items() if name in read}
    assert read == held


def test_every_own_sample_is_in_the_table():
    named = {name.split("/")[0] for name in expected()}
    assert {path.name for path in (HERE / "samples").iterdir()} <= named


def test_the_table_is_one_command():
    done = subprocess.run(
        [sys.executable, "-m", "tests.importers.table"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.startswith("file\tformat\tposts")
    assert "mediacrawler.jsonl\tmediacrawler\t2\t0" in done.stdout
