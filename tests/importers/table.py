"""A table of what is read of every file of a folder: ``python -m tests.importers.table [FOLDER]``.

For each file: the format recognised, posts, comments, pairs of sentences, known words, pictures and videos, and
problems. Of files that ``expected.tsv`` beside this file names, it is said whether that is what they hold, and a
difference ends the command with 1. Of a folder with a
MANIFEST.tsv (hostile files), each outcome stands beside what the manifest asks for.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pipeline import Annotator
from learnfeed.core.post import Post
from learnfeed.importers.base import KnownWord, LooseComment, Problem
from learnfeed.importers.registry import open_paths

HERE = Path(__file__).parent
EXPECTED = HERE / "expected.tsv"
COLUMNS = ("format", "posts", "comments", "pairs", "words", "media", "problems")


@dataclass
class Row:
    """What was read of one file."""

    file: str
    format: str
    posts: int = 0
    comments: int = 0
    pairs: int = 0
    words: int = 0
    media: int = 0
    problems: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(str(getattr(self, column)) for column in COLUMNS)


def pairs_of(annotator: Annotator, post: Post) -> int:
    """How many pairs of sentences the annotator finds in a post's title and body."""
    found = annotator.annotate_post(post)
    return len(found.title.pairs) + len(found.body.pairs)


def rows(folder: Path, annotator: Annotator | None) -> Iterator[Row]:
    """A row for every file of a folder that is read or told about."""
    for source in open_paths([folder]):
        row = Row(source.name.removeprefix(f"{folder}/"), source.format)
        for item in source.items:
            if isinstance(item, Post):
                row.posts += 1
                row.comments += len(item.comments)
                row.media += len(item.media)
                row.pairs += pairs_of(annotator, item) if annotator else 0
            elif isinstance(item, LooseComment):
                row.comments += 1
            elif isinstance(item, KnownWord):
                row.words += 1
            elif isinstance(item, Problem):
                row.problems += 1
                row.told.append(item.reason)
        yield row


def expected() -> dict[str, tuple[str, ...]]:
    """What the files of the known collection hold, by their path below it."""
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter="\t")
        return {line["file"]: tuple(line[column] for column in COLUMNS) for line in lines}


def manifest(folder: Path) -> dict[str, str]:
    """What is asked for of each hostile file; nothing where the folder has no manifest."""
    path = folder / "MANIFEST.tsv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {line["file"].rstrip("/"): line["expected"] for line in csv.DictReader(file, delimiter="\t")}


def main() -> None:
    """Prints the table of a folder: that of the own samples when none is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "samples"
    held, asked, wrong = expected(), manifest(folder), 0
    lexicon = Lexicon.open()
    print("\t".join(("file", *COLUMNS, "as it holds")))
    for row in rows(folder, Annotator(lexicon)):
        verdict = "-"
        if row.file in held:
            verdict = "yes" if row.cells == held[row.file] else "NO: " + " ".join(held[row.file])
            wrong += verdict != "yes"
        print("\t".join((row.file, *row.cells, verdict)))
        for key in [key for key in asked if row.file.split("/")[0] == key]:
            print(f"\tasked: {asked[key]}")
        for reason in row.told[:3]:
            print(f"\ttold: {reason}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
