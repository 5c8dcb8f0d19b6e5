"""HSK levels of texts against hsk30, whose method they follow: how often both say the same, and how fast.

    python -m benchmarks.accuracy_levels

Texts are the Chinese of our sample posts and of the gold posts. hsk30 sees a bare string and cannot tell names; so it
is asked twice, once with the names that our annotator found left out.
"""

from __future__ import annotations

import importlib.util
import json
import statistics
import time
import tomllib
from pathlib import Path

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pipeline import Annotator
from learnfeed.config import content_folder
from learnfeed.core.post import Block, Post
from learnfeed.core.text import AnnotatedText, TokenKind

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold" / "posts.jsonl"


def texts() -> list[str]:
    """The bodies of all posts."""
    bodies = [
        tomllib.loads(path.read_text("utf-8")).get("body", "")
        for path in sorted(content_folder().glob("*.toml"))
    ]
    return bodies + [json.loads(line)["text"] for line in GOLD.read_text("utf-8").splitlines()]


def chinese(text: AnnotatedText) -> tuple[str, list[str]]:
    """The hanzi of a text's words, and the names among them."""
    words = [token for token in text.tokens if token.learnable or token.kind is TokenKind.NAME]
    return "".join(token.text for token in words), [t.text for t in words if t.kind is TokenKind.NAME]


def main() -> None:
    """Prints the table."""
    annotator = Annotator(Lexicon.open())
    annotated = [annotator.annotate_post(Post("bench", (Block(text),))) for text in texts()]
    levelled = [post for post in annotated if post.level.level]
    print(f"{len(levelled)} of {len(annotated)} posts have Chinese enough for a level")
    if importlib.util.find_spec("hsk30") is None:
        print("hsk30: not installed")
        return
    import hsk30

    found = [chinese(post.body) for post in levelled]
    ours = [post.level.level for post in levelled]
    print("peer                         same level   one apart   ms a text")
    for name, left_out in (("hsk30, names left out", True), ("hsk30", False)):
        theirs, took = [], []
        for hanzi, names in found:
            began = time.perf_counter()
            label = str(hsk30.grade(hanzi, exclude=names if left_out else None).label)
            took.append((time.perf_counter() - began) * 1000)
            theirs.append(int(label[0]) if label[0].isdigit() else 7)
        same = statistics.mean(a == b for a, b in zip(ours, theirs, strict=True))
        near = statistics.mean(abs(a - b) == 1 for a, b in zip(ours, theirs, strict=True))
        print(f"{name:28} {same:10.3f} {near:11.3f} {statistics.median(took):11.2f}")


if __name__ == "__main__":
    main()
