"""Aligns two documents sentence by sentence: books, subtitles, pages that exist in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from learnfeed.annotate.align import Aligner, Weights
from learnfeed.annotate.evidence import Evidence, Weigher, Word
from learnfeed.annotate.function_words import FUNCTION_HANZI
from learnfeed.annotate.gloss_index import GlossIndex
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.sides import Side, match_sides
from learnfeed.annotate.structure import spoken_words
from learnfeed.annotate.tokens import Tokenizer

WEIGHTS = Weights(
    unmatched=0.28,
    alone=0.22,
    alone_each=2.5,
    length=0.19,
    length_cap=11.5,
    spread=3.8,
    group=3.5,
    square=0.17,
    question=1.0,
    touching=0.0,
    same_line=0.0,
    against=0.0,
    doubt=0.3,
    enough=0.06,
    enough_touching=0.0,
    telling_alone=1.0,
)
"""Weights for documents, where nothing but order and content tells; tuned on the development documents."""

HOLD = 0.65
"""Share of the usual common weight that each sentence of a group must have: free translations have less."""

_SHORT = 40
_USUAL_RATIO = 3.4
_LEAST_RATIO, _MOST_RATIO = 1.5, 5.5
_NARROW, _WIDE = 40, 150
_LONG = 200


def align_documents(
    zh: Sequence[str], en: Sequence[str], lexicon: Lexicon | None = None, weights: Weights = WEIGHTS
) -> list[tuple[list[int], list[int]]]:
    """Pairs the sentences of a Chinese and an English document.

    Args:
        zh: Chinese sentences in order.
        en: English sentences in order.
        lexicon: The dictionary; the packaged one when None.
        weights: Other weights than the tuned ones.

    Returns:
        All sentences of both, in order, as groups of indices that translate each other; a sentence
        without a counterpart stands with an empty list on the other side.

    Raises:
        LexiconError: The packaged dictionary is missing or damaged.
    """
    lexicon = lexicon or Lexicon.open()
    weigher, tokenizer = Weigher(GlossIndex(lexicon)), Tokenizer(lexicon)
    long = len(zh) > _LONG and len(en) > _LONG
    zh_words = [spoken_words(tokenizer.tokens(text), weigher) for text in zh]
    en_words = [weigher.english(text, 0, len(text)) for text in en]
    evidence = Evidence(weigher, {word.key for group in en_words for word in group})
    zh_lengths = [float(max(1, len("".join(text.split())))) for text in zh]
    en_lengths = [float(max(1, len(text))) for text in en]
    left = Side(_telling(zh_words) if long else zh_words, zh_lengths, [_asks(text) for text in zh])
    right = Side(_telling(en_words) if long else en_words, en_lengths, [_asks(text) for text in en])
    band = min(_WIDE, max(_NARROW, (max(len(zh), len(en)) * 3) // 20)) + abs(len(zh) - len(en)) // 4
    match_sides(left, right, evidence, band)
    weights = weights.with_ratio(_ratio(zh_lengths, en_lengths))
    aligner = Aligner(left, right, {}, weights, band)
    aligner.weights = replace(weights, hold=HOLD * _literalness(aligner))
    return [(list(zh_group), list(en_group)) for zh_group, en_group in aligner.walk()]


def _literalness(aligner: Aligner) -> float:
    """What a sentence and its translation have in common in these documents, 0–1: the median."""
    shares = [aligner.score(a.start, 1, b.start, 1)[1] for a, b in aligner.walk() if len(a) == len(b) == 1]
    return median(shares) if shares else 0.0


def _telling(sentences: list[list[Word]]) -> list[list[Word]]:
    """Only the words that tell apart: in a long document the others match everywhere."""
    return [
        [word for word in words if word.weight > 0.4 and word.key not in FUNCTION_HANZI]
        for words in sentences
    ]


def _ratio(zh_lengths: Sequence[float], en_lengths: Sequence[float]) -> float:
    """Latin characters for one Chinese character in these documents; short ones lean on the usual ratio."""
    own = sum(en_lengths) / max(1.0, sum(zh_lengths))
    own = min(_MOST_RATIO, max(_LEAST_RATIO, own))
    return (own + _USUAL_RATIO) / 2 if len(zh_lengths) + len(en_lengths) < _SHORT else own


def _asks(text: str) -> bool:
    return "?" in text or "？" in text
