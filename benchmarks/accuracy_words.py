"""How well texts are cut into words, and how many words can be looked up, beside other tools.

    python benchmarks/accuracy_words.py [DATA]

DATA (or LEARNFEED_SAMPLES) is a folder with ``segmentation/``: files in CoNLL-U (``.conllu``) or with one
sentence a line and blanks between words (``.txt``). F1 as in the SIGHAN bake-offs: a word is right when both
its ends are. "Entry" is the share of words with hanzi that the dictionary has.

Peers are measured where they are installed: jieba, rjieba.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from learnfeed.annotate.cedict import is_hanzi
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.tokens import Tokenizer

Cut = Callable[[str], Sequence[str]]


def sentences(path: Path) -> Iterator[list[str]]:
    """The words of each sentence."""
    if path.suffix != ".conllu":
        yield from (line.split() for line in path.read_text("utf-8").splitlines() if line.strip())
        return
    words: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        fields = line.split("\t")
        if len(fields) > 1 and fields[0].isdigit():
            words.append(fields[1])
        elif not line and words:
            yield words
            words = []


def spans(words: Sequence[str]) -> set[tuple[int, int]]:
    """Where words begin and end."""
    out = set()
    at = 0
    for word in words:
        out.add((at, at + len(word)))
        at += len(word)
    return out


def learnfeed() -> Cut:
    """Our own tokens."""
    tokenizer = Tokenizer(Lexicon.open())
    return lambda text: [token.text for token in tokenizer.tokens(text)]


def jieba() -> Cut:
    """Cuts by jieba with its hidden Markov model."""
    import jieba as library

    library.setLogLevel(60)
    library.initialize()
    cut: Cut = library.lcut
    return cut


def rjieba() -> Cut:
    """Cuts by jieba in Rust."""
    import rjieba as library

    cut: Cut = library.cut
    return cut


TOOLS: tuple[tuple[str, Callable[[], Cut]], ...] = (
    ("learnfeed", learnfeed),
    ("jieba", jieba),
    ("rjieba", rjieba),
)


def measure(cut: Cut, gold: Sequence[Sequence[str]], lexicon: Lexicon) -> str:
    """Precision, recall, F1 and entries in %, and megabytes a second."""
    texts = ["".join(words) for words in gold]
    started = time.perf_counter()
    found = [cut(text) for text in texts]
    took = time.perf_counter() - started
    right = sum(len(spans(a) & spans(b)) for a, b in zip(gold, found, strict=True))
    precision, recall = right / sum(map(len, found)), right / sum(map(len, gold))
    hanzi = [word for words in found for word in words if any(map(is_hanzi, word))]
    known = sum(bool(lexicon.entries(word)) for word in hanzi) / len(hanzi)
    speed = sum(len(text.encode()) for text in texts) / took / 1e6
    f1 = 2 * precision * recall / (precision + recall)
    return f"{100 * precision:8.2f}{100 * recall:8.2f}{100 * f1:8.2f}{100 * known:8.2f}{speed:8.2f}"


def main() -> None:
    """Prints one table for each file."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("data", type=Path, nargs="?", default=Path(os.environ.get("LEARNFEED_SAMPLES", ".")))
    given = options.parse_args()
    folder = given.data / "segmentation"
    files = sorted([*folder.glob("*.conllu"), *folder.glob("*.txt")])
    if not files:
        options.error(f"no .conllu or .txt in {folder}")
    lexicon = Lexicon.open()
    for path in files:
        gold = list(sentences(path))
        print(f"\n{path.stem}, {len(gold)} sentences")
        print(f"{'tool':12}{'P':>8}{'R':>8}{'F1':>8}{'entry':>8}{'MB/s':>8}")
        for name, make in TOOLS:
            try:
                print(f"{name:12}{measure(make(), gold, lexicon)}")
            except ImportError as error:
                print(f"{name:12}{'–':>8}  not installed ({error.name})")


if __name__ == "__main__":
    main()
