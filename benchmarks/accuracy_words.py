"""How well texts are cut into words, how many words can be looked up, and how fast, beside other tools.

    python benchmarks/accuracy_words.py [DATA]

DATA (or LEARNFEED_SAMPLES) is a folder with ``segmentation/``: files in CoNLL-U (``.conllu``) or with one
sentence a line and blanks between words (``.txt``). Our own gold sentences are measured, too. F1 as in the SIGHAN
bake-offs: a word is right when both its ends are. "Entry" is the share of words with hanzi that the dictionary has.
Megabytes of UTF-8 a second of processor time, the best of three; "× jieba" is the ratio to jieba in the same run.

"learnfeed" gives tokens with kind and headword; "words alone" is its search for words, which the others compare
with. Peers are measured where they are installed: jieba, rjieba. The longest match takes the words of our
dictionary, from the left.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from learnfeed.annotate.hanzi import is_hanzi
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.scan import Piece, scan
from learnfeed.annotate.segment import Segmenter
from learnfeed.annotate.tokens import Tokenizer
from learnfeed.annotate.vocabulary import LONGEST, load

Cut = Callable[[str], Sequence[str]]
GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold" / "sentences.jsonl"
"""Our own sentences."""


def sentences(path: Path) -> Iterator[list[str]]:
    """The words of each sentence."""
    if path.suffix == ".jsonl":
        yield from (json.loads(line)["words"] for line in path.read_text("utf-8").splitlines())
        return
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


def words_alone() -> Cut:
    """Our words, before any are joined and looked at."""
    segmenter = Segmenter(load(Lexicon.open()))

    def cut(text: str) -> list[str]:
        words: list[str] = []
        for piece, start, end in scan(text):
            part = text[start:end]
            words += segmenter.words(part) if piece is Piece.HANZI else [part]
        return words

    return cut


def longest_match() -> Cut:
    """The longest word of the dictionary, again and again."""
    words = load(Lexicon.open()).costs

    def cut(text: str) -> list[str]:
        out: list[str] = []
        for piece, start, end in scan(text):
            at = start
            while at < end:
                length = min(LONGEST, end - at) if piece is Piece.HANZI else end - at
                while length > 1 and piece is Piece.HANZI and text[at : at + length] not in words:
                    length -= 1
                out.append(text[at : at + length])
                at += length
        return out

    return cut


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
    ("words alone", words_alone),
    ("longest match", longest_match),
    ("jieba", jieba),
    ("rjieba", rjieba),
)


def speed(cut: Cut, texts: Sequence[str]) -> float:
    """Megabytes a second of processor time, the best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        for text in texts:
            cut(text)
        best = min(best, time.process_time() - began)
    return sum(len(text.encode()) for text in texts) / best / 1e6


def measure(cut: Cut, gold: Sequence[Sequence[str]], lexicon: Lexicon) -> list[float]:
    """Precision, recall, F1 and entries in %, and megabytes a second."""
    texts = ["".join(words) for words in gold]
    found = [cut(text) for text in texts]
    right = sum(len(spans(a) & spans(b)) for a, b in zip(gold, found, strict=True))
    precision, recall = right / sum(map(len, found)), right / sum(map(len, gold))
    hanzi = [word for words in found for word in words if any(map(is_hanzi, word))]
    known = sum(bool(lexicon.entries(word)) for word in hanzi) / len(hanzi)
    f1 = 2 * precision * recall / (precision + recall)
    return [100 * precision, 100 * recall, 100 * f1, 100 * known, speed(cut, texts)]


def table(gold: Sequence[Sequence[str]], lexicon: Lexicon) -> Iterator[str]:
    """One row for each tool."""
    rows: dict[str, list[float]] = {}
    for name, make in TOOLS:
        try:
            rows[name] = measure(make(), gold, lexicon)
        except ImportError as error:
            yield f"{name:14}{'–':>8}  not installed ({error.name})"
    peer = rows["jieba"][-1] if "jieba" in rows else 0.0
    for name, figures in rows.items():
        ratio = f"{figures[-1] / peer:9.2f}" if peer else ""
        yield f"{name:14}" + "".join(f"{figure:8.2f}" for figure in figures) + ratio


def main() -> None:
    """Prints one table for each file."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("data", type=Path, nargs="?", default=Path(os.environ.get("LEARNFEED_SAMPLES", ".")))
    given = options.parse_args()
    folder = given.data / "segmentation"
    files = sorted([*folder.glob("*.conllu"), *folder.glob("*.txt")])
    lexicon = Lexicon.open()
    for path in [*files, GOLD] if GOLD.is_file() else files:
        gold = list(sentences(path))
        print(f"\n{path.parent.name}/{path.stem}, {len(gold)} sentences")
        print(f"{'tool':14}{'P':>8}{'R':>8}{'F1':>8}{'entry':>8}{'MB/s':>8}{'× jieba':>9}")
        for row in table(gold, lexicon):
            print(row)


if __name__ == "__main__":
    main()
