"""Where the milliseconds of annotation go: ``python benchmarks/profile_annotation.py [--posts 300]``.

Prints two tables. Loading: what a worker process does before its first post. Annotating: for each stage the time
a post takes, its share, and the same per thousand characters. Posts are made of the lines of the sample posts; each
is annotated once before it counts, so that what is remembered between posts is there, as in a long import.
Processor time, so that other programs count less; machines differ, so no figure here is ever asserted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pinyin import Reader
from learnfeed.annotate.pipeline import Annotator
from learnfeed.annotate.segment import Segmenter
from learnfeed.annotate.senses import SenseChooser
from learnfeed.annotate.structure import Structurer
from learnfeed.annotate.tokens import Tokenizer
from learnfeed.config import content_folder

STAGES: tuple[tuple[str, type, str], ...] = (
    ("tokens", Tokenizer, "tokens"),
    ("  of that: cutting runs of hanzi", Segmenter, "words"),
    ("readings", Reader, "readings"),
    ("sentences, pairs and links", Structurer, "find"),
    ("senses by link", SenseChooser, "by_link"),
    ("senses by use", SenseChooser, "usual"),
    ("all of a text", Annotator, "annotate_text"),
)
"""What is timed: a name for it, and the method it is."""

_LOADING = """
import time
began = time.process_time()
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pipeline import Annotator
imported = time.process_time()
lexicon = Lexicon.open()
opened = time.process_time()
annotator = Annotator(lexicon)
loaded = time.process_time()
annotator.annotate_text("今天早上醒来，外面下雪了。When I woke up this morning, it was snowing.")
print(imported - began, opened - imported, loaded - opened, time.process_time() - loaded)
"""


def texts(number: int) -> list[str]:
    """Short posts, made of the lines of the sample posts."""
    bodies = [
        tomllib.loads(path.read_text("utf-8")).get("body", "")
        for path in sorted(content_folder().glob("*.toml"))
    ]
    lines = [[line for line in body.split("\n") if line.strip()] for body in bodies]
    posts = ["\n".join(own[at : at + 3]) for own in lines for at in range(0, len(own), 3)]
    return (posts * (number // max(1, len(posts)) + 1))[:number]


@contextmanager
def measured() -> Iterator[dict[str, list[float]]]:
    """Times every call of every stage while it is open; gives the seconds of each."""
    seconds: dict[str, list[float]] = defaultdict(list)
    kept = [(kind, method, getattr(kind, method)) for _, kind, method in STAGES]
    for name, kind, method in STAGES:
        setattr(kind, method, _timed(getattr(kind, method), seconds[name]))
    try:
        yield seconds
    finally:
        for kind, method, own in kept:
            setattr(kind, method, own)


def _timed(own: Callable[..., object], seconds: list[float]) -> Callable[..., object]:
    @wraps(own)
    def call(*args: object, **named: object) -> object:
        began = time.process_time()
        try:
            return own(*args, **named)
        finally:
            seconds.append(time.process_time() - began)

    return call


def loading(runs: int) -> Iterator[str]:
    """Rows of the first table: the fastest of several new processes."""
    found = [
        [float(part) for part in subprocess.check_output([sys.executable, "-c", _LOADING], text=True).split()]
        for _ in range(runs)
    ]
    best = min(found, key=sum)
    for name, seconds in zip(
        ("imports", "dictionary opened", "annotator made", "first text"), best, strict=True
    ):
        yield f"| {name} | {1000 * seconds:.1f} |"
    yield f"| all | {1000 * sum(best):.1f} |"


def annotating(posts: list[str]) -> Iterator[str]:
    """Rows of the second table."""
    annotator = Annotator(Lexicon.open())
    for post in posts:
        annotator.annotate_text(post)
    with measured() as seconds:
        for post in posts:
            annotator.annotate_text(post)
    whole = sum(seconds["all of a text"])
    characters = sum(map(len, posts))
    for name, _, _ in STAGES:
        spent = sum(seconds[name])
        a_post, a_thousand = 1000 * spent / len(posts), 1e6 * spent / characters
        yield f"| {name} | {a_post:.2f} | {100 * spent / whole:.0f} % | {a_thousand:.1f} | {len(seconds[name]):,} |"


def main() -> None:
    """Prints both tables."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--posts", type=int, default=300)
    options.add_argument("--runs", type=int, default=5, help="processes that are started to time loading")
    chosen = options.parse_args()
    print("| loading | ms |\n|---|---|")
    for row in loading(chosen.runs):
        print(row)
    posts = texts(chosen.posts)
    print(f"\n{len(posts)} posts of {sum(map(len, posts)) / len(posts):.0f} characters\n")
    print("| stage | ms a post | share | ms a thousand characters | calls |\n|---|---|---|---|---|")
    for row in annotating(posts):
        print(row)


if __name__ == "__main__":
    main()
