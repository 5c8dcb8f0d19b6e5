"""Builds the dictionary when a wheel or an editable install is made.

The lexicon is derived from packages that [build-system] names; it is not kept in the repository. A file
that is newer than everything it is made from is used as it stands.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = Path("src/learnfeed/data/lexicon.sqlite")
INPUTS = (
    "src/learnfeed/annotate/cedict.py",
    "src/learnfeed/annotate/english.py",
    "src/learnfeed/annotate/function_words.py",
    "src/learnfeed/annotate/gloss_index.py",
    "src/learnfeed/annotate/inflection.py",
    "src/learnfeed/annotate/lexicon_*.py",
    "src/learnfeed/annotate/synonyms.py",
    "src/learnfeed/annotate/vocabulary*.py",
    "src/learnfeed/data/*.tsv",
)


def is_current(root: Path) -> bool:
    """Whether the lexicon stands there, newer than our tables and the code that builds it."""
    target = root / TARGET
    if not target.is_file():
        return False
    made = target.stat().st_mtime
    return all(path.stat().st_mtime <= made for pattern in INPUTS for path in root.glob(pattern))


def build_lexicon(root: Path) -> Path:
    """Builds the lexicon of a checkout unless it is current; returns its path."""
    target = root / TARGET
    if not is_current(root):
        sys.path.insert(0, str(root / "src"))
        try:
            from learnfeed.annotate import lexicon_build

            lexicon_build.build(target)
        finally:
            sys.path.pop(0)
    return target


class LexiconHook(BuildHookInterface[Any]):
    """Hatchling's way in."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Makes the lexicon before files are gathered; an sdist goes without it."""
        if self.target_name != "wheel":
            return
        build_lexicon(Path(self.root))


if __name__ == "__main__":
    print(build_lexicon(Path(__file__).resolve().parent.parent))
