"""Phrases written and read by hand as examples: they show neighbours that the labelled corpora do not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from linear import Example

from learnfeed.annotate.heteronyms import Context, context_of, features, votes
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.tokens import Tokenizer

OWN = 4
"""Their source among the examples."""
PHRASES = Path(__file__).with_name("phrases.tsv")
_MARK = "，"

Phrase = tuple[str, str, str]
"""Character, reading, text; every such character of the text has the reading."""


def load() -> list[Phrase]:
    """All phrases of the file."""
    lines = (line.split("\t") for line in PHRASES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [(char, reading, text) for char, reading, texts in lines for text in texts.split(" ")]


def own_examples(
    lexicon: Lexicon,
    candidates: Mapping[str, Sequence[str]],
    listed: Mapping[str, str],
    defaults: Mapping[str, str],
) -> list[Example]:
    """The characters of our phrases, twice: a neighbour shown once is meant, others met once are left out.

    Args:
        lexicon: The dictionary.
        candidates: The readings of each character; phrases with another reading are left out.
        listed: Readings of phrases that dictionaries list.
        defaults: Readings of characters where no phrase is listed.
    """
    return [*_examples(lexicon, candidates, listed, defaults)] * 2


def _examples(
    lexicon: Lexicon,
    candidates: Mapping[str, Sequence[str]],
    listed: Mapping[str, str],
    defaults: Mapping[str, str],
) -> Iterator[Example]:
    tokenizer = Tokenizer(lexicon)
    for char, reading, text in load():
        readings = candidates.get(char, ())
        if reading not in readings:
            continue
        alone, inside = (
            context_of(written, tokenizer.tokens(written), lexicon)
            for written in (text, _MARK + text + _MARK)
        )
        for at in range(len(text)):
            if alone.char(at) == char:
                word = alone.words[alone.word_at[at]]
                # What a phrase begins and ends with says nothing: a sentence would go on.
                within = set(features(inside, at + len(_MARK)))
                yield Example(
                    OWN,
                    False,
                    char,
                    text,
                    at,
                    word.text,
                    at - word.start,
                    settled_at(alone, at),
                    tuple(float(r == reading) for r in readings),
                    [feature for feature in features(alone, at) if feature in within],
                    votes(alone, at, readings, listed, defaults[char]),
                )


def settled_at(context: Context, at: int) -> str:
    """The one reading that the dictionary has of a character in the word it lies in; else empty."""
    word = context.words[context.word_at[at]]
    return word.readings[0][at - word.start] if len(word.text) > 1 and len(word.readings) == 1 else ""
