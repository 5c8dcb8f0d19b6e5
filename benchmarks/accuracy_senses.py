"""How often the right sense of a word is shown, with the post's English and without it.

    python benchmarks/accuracy_senses.py [--errors]

Judged on ``tests/gold/sentences.jsonl``: two to four words of each sentence have an English sense there. A
shown sense is right when it and the gold's share a word that tells something, a common synonym included, or
when ``tests/gold/same_senses.tsv`` says that they mean the same (pairs that were judged by hand). Words that
are cut differently are not counted. The peer is the first sense of the dictionary's first entry, as most
pop-up dictionaries show it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from learnfeed.annotate.english import tokenize
from learnfeed.annotate.function_words import FUNCTION_WORDS
from learnfeed.annotate.gloss_index import GlossIndex
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pipeline import Annotator
from learnfeed.annotate.synonyms import SYNONYMS

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
_EMPTY = frozenset({"to", "sb", "sth", "etc", "one", "'s", "a", "an", "the", "of"})


class Judge:
    """Says whether two glosses mean the same.

    Args:
        lexicon: For the base forms of English words.
        same: Pairs of gold gloss and shown gloss that were judged equal by hand.
    """

    def __init__(self, lexicon: Lexicon, same: frozenset[tuple[str, str, str]]) -> None:
        self._english = GlossIndex(lexicon).english
        self._same = same

    def _lemmas(self, gloss: str) -> set[str]:
        words = {self._english(token.text)[0] for token in tokenize(gloss)} - _EMPTY
        return words - FUNCTION_WORDS or words

    def same(self, word: str, gold: str, shown: str) -> bool:
        """Whether a shown gloss means what the gold says."""
        if (word, gold, shown) in self._same:
            return True
        wanted, found = self._lemmas(gold), self._lemmas(shown)
        like = {other for lemma in wanted for other in SYNONYMS.get(lemma, ())}
        like |= {lemma for lemma in found if wanted & SYNONYMS.get(lemma, frozenset())}
        return bool(found & (wanted | like))


def same_senses() -> frozenset[tuple[str, str, str]]:
    """Word, gold gloss and shown gloss of each pair that was judged by hand."""
    rows = (GOLD / "same_senses.tsv").read_text("utf-8").splitlines()
    return frozenset((a, b, c) for a, b, c in (row.split("\t") for row in rows if row and row[0] != "#"))


def sentences() -> list[dict[str, Any]]:
    """The gold sentences."""
    return [json.loads(row) for row in (GOLD / "sentences.jsonl").read_text("utf-8").splitlines()]


def shown(annotator: Annotator, sentence: dict[str, Any], *, english: bool) -> dict[str, str]:
    """For each word of a sentence, as it is cut, the gloss that a reader sees."""
    zh = sentence["zh"]
    found = annotator.annotate_text(f"{zh}\n{sentence['en']}" if english else zh)
    tokens = [t for t in found.tokens if t.end <= len(zh)]
    return {t.text: t.sense.gloss if t.sense else "" for t in reversed(tokens)}


def first(lexicon: Lexicon, word: str) -> str:
    """The first sense of the first entry."""
    return next((sense.gloss for entry in lexicon.entries(word) for sense in entry.senses), "")


def judged(lexicon: Lexicon, annotator: Annotator) -> Iterator[tuple[str, bool, tuple[str, str, str, str]]]:
    """For each gold sense and way of choosing whether it is right, with sentence, word, gold and gloss."""
    judge = Judge(lexicon, same_senses())
    for sentence in sentences():
        ways = {
            "with English": shown(annotator, sentence, english=True),
            "without English": shown(annotator, sentence, english=False),
        }
        for sense in sentence["senses"]:
            word, gold = sense["word"], sense["gloss"]
            glosses = {way: found.get(word, "") for way, found in ways.items()}
            glosses["first sense"] = first(lexicon, word)
            for way, gloss in glosses.items() if word in ways["with English"] else ():
                yield way, judge.same(word, gold, gloss), (sentence["id"], word, gold, gloss)


def main(arguments: list[str]) -> int:
    """Prints the share right of each way."""
    lexicon = Lexicon.open()
    right: dict[str, list[bool]] = {}
    for way, is_right, (at, word, gold, gloss) in judged(lexicon, Annotator(lexicon)):
        right.setdefault(way, []).append(is_right)
        if not is_right and way != "first sense" and "--errors" in arguments:
            print(f"{way}\t{at}\t{word}\t{gold}\t{gloss}")
    print("right sense, gold sentences")
    for way, values in right.items():
        print(f"{way:24}{sum(values) / len(values):.3f}  of {len(values)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
