"""Which reading a character has here: a small linear model over its neighbourhood and the dictionary.

For every character with several readings the model weighs the characters and words around it (n-grams
up to ±3, words up to ±2 with their part of speech, a bag of ±8) and what the dictionary says of the
word it stands in. Features are hashed to 32 bits (CRC-32); weights are 8-bit integers. How they were
trained, and on what, is told in ``training/train_heteronyms.py``.
"""

from __future__ import annotations

import json
import math
import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.core.text import Token
from learnfeed.core.word import Entry

PACKAGED = Path(__file__).resolve().parent.parent / "data" / "heteronyms.bin"
BEFORE, AFTER = "\x02", "\x03"
"""Stand for what lies outside the text."""
LONGEST_PHRASE = 5
_BAG = 8
BY_DICTIONARY, BY_MODEL = "-", "?"
"""In :attr:`Model.words`: the dictionary has this syllable right; its neighbours decide."""


class Word(NamedTuple):
    """A word as the model sees it.

    Attributes:
        text: Simplified.
        start: Where it begins.
        pos: Part of speech, at most two letters; ``?`` for words without one, ``x`` for other text.
        readings: Readings of the dictionary that fit its length, best first.
    """

    text: str
    start: int
    pos: str
    readings: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Context:
    """A text as the model sees it.

    Attributes:
        padded: Simplified, eight marks before and after it.
        words: Its words.
        word_at: The index of the word that each character lies in.
    """

    padded: str
    words: Sequence[Word]
    word_at: Sequence[int]

    def char(self, at: int) -> str:
        """The simplified character at a place of the text."""
        return self.padded[at + _BAG]

    def before(self, at: int, count: int) -> str:
        """At most so many characters before a place of the text."""
        return self.padded[max(_BAG, at + _BAG - count) : at + _BAG]

    def after(self, at: int, count: int) -> str:
        """At most so many characters after a place of the text."""
        return self.padded[at + _BAG + 1 : min(len(self.padded) - _BAG, at + _BAG + 1 + count)]


def context_of(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Context:
    """Prepares a text.

    Args:
        text: The text.
        tokens: Its tokens.
        lexicon: The dictionary.
    """
    simple = lexicon.simplify_characters(text)
    words = []
    word_at = []
    for number, token in enumerate(tokens):
        written = simple[token.start : token.end]
        pos, readings = _facts(lexicon, token.headword, len(written)) if token.headword else ("x", ())
        words.append(Word(written, token.start, pos, readings))
        word_at += [number] * len(written)
    return Context(BEFORE * _BAG + simple + AFTER * _BAG, words, word_at)


def context_of_word(word: Word) -> Context:
    """A word by itself; it must start at 0."""
    return Context(BEFORE * _BAG + word.text + AFTER * _BAG, [word], [0] * len(word.text))


@lru_cache(maxsize=16384)
def _facts(lexicon: Lexicon, headword: str, length: int) -> tuple[str, tuple[tuple[str, ...], ...]]:
    readings = dict.fromkeys(
        entry.syllables for entry in lexicon.entries(headword) if _is_read(entry, length)
    )
    return lexicon.part_of_speech(headword) or "?", tuple(readings)


def _is_read(entry: Entry, length: int) -> bool:
    return len(entry.syllables) == length


def features(context: Context, at: int) -> list[int]:
    """The hashed features of the character at a place of the text."""
    text, words = context.padded, context.words
    i = at + _BAG
    number = context.word_at[at]
    word = words[number]
    offset = at - word.start
    p3, p2, p1, char, n1, n2, n3 = tuple(text[i - 3 : i + 4])
    before = words[number - 1] if number else _FIRST
    after = words[number + 1] if number + 1 < len(words) else _LAST
    second_before = words[number - 2].text if number > 1 else BEFORE
    second_after = words[number + 2].text if number + 2 < len(words) else AFTER
    size = len(word.text)
    found = [
        "0",
        f"a{p1}",
        f"b{n1}",
        f"c{p2}",
        f"d{n2}",
        f"e{p2}{p1}",
        f"f{n1}{n2}",
        f"g{p1}{n1}",
        f"h{p3}{p2}{p1}",
        f"i{n1}{n2}{n3}",
        f"j{p2}{p1}{n1}",
        f"k{p1}{n1}{n2}",
        f"w{word.text}{offset}",
        f"p{before.text}",
        f"n{after.text}",
        f"P{before.pos}{size}",
        f"N{after.pos}{size}",
        f"Q{before.pos},{after.pos}{min(size, 2)}",
        f"l{size}{offset}",
        f"r{p3}",
        f"s{n3}",
        f"2{second_before}",
        f"3{second_after}",
    ]
    if size == 1:
        found += [f"o{p1}|{n1}", f"u{before.text}|{after.pos}", f"v{before.pos}|{after.text}"]
    found += ["x" + near for near in set(text[i - _BAG : i])]
    found += ["y" + near for near in set(text[i + 1 : i + 1 + _BAG])]
    base = crc32(char.encode("utf-8", "replace"))
    return [crc32(name.encode("utf-8", "replace"), base) for name in found]


_FIRST = Word(BEFORE, 0, BEFORE, ())
_LAST = Word(AFTER, 0, AFTER, ())


@dataclass(frozen=True, slots=True)
class Guess:
    """What the model makes of one character.

    Attributes:
        chances: For each reading how likely it is, 0–1, calibrated on held-out text.
    """

    chances: dict[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """The trained weights.

    Attributes:
        candidates: The readings of each character the model knows.
        priors: A weight for each of them, in the units of ``scale``.
        vote_weights: A weight for each kind of evidence (see :func:`votes`).
        defaults: The reading of each character where no phrase says otherwise.
        phrases: Readings of phrases in which a character is read otherwise, blank-separated.
        words: Words that labelled text reads otherwise than the one reading of the dictionary: for each
            character its syllable, ``-`` for the dictionary's, ``?`` where only the neighbours tell.
        slots: An open-addressing table of feature hashes; its size is a power of two, 0 is empty.
        weights: Eight for each slot: one for each reading of the character the feature belongs to.
        scale: What one step of a weight is worth, in nats.
        temperature: Divides all scores, so that chances are as sure as they say.
    """

    candidates: dict[str, tuple[str, ...]]
    priors: dict[str, tuple[int, ...]]
    vote_weights: tuple[float, ...]
    defaults: dict[str, str]
    phrases: dict[str, str]
    words: dict[str, str]
    slots: array[int]
    weights: array[int]
    scale: float
    temperature: float

    @classmethod
    def load(cls, path: Path = PACKAGED) -> Model:
        """Reads a trained model."""
        data = zlib.decompress(path.read_bytes())
        (size,) = struct.unpack_from("<I", data)
        head = json.loads(data[4 : 4 + size])
        slots, weights = array("I"), array("b")
        end = 4 + size + 4 * head["slots"]
        slots.frombytes(data[4 + size : end])
        weights.frombytes(data[end:])
        if sys.byteorder == "big":
            slots.byteswap()
        return cls(
            candidates={char: tuple(item) for char, item in head["candidates"].items()},
            priors={char: tuple(item) for char, item in head["priors"].items()},
            vote_weights=tuple(head["votes"]),
            defaults=head["defaults"],
            phrases=head["phrases"],
            words=head["words"],
            slots=slots,
            weights=weights,
            scale=head["scale"],
            temperature=head["temperature"],
        )

    def guess(self, context: Context, at: int) -> Guess | None:
        """Weighs the readings of the character at a place; None for one the model does not know."""
        char = context.char(at)
        candidates = self.candidates.get(char)
        if candidates is None:
            return None
        totals = list(self.priors[char])
        self._add(features(context, at), totals)
        evidence = votes(context, at, candidates, self.phrases, self.defaults[char])
        scores = [
            (total * self.scale + sum(self.vote_weights[v] for v in found)) / self.temperature
            for total, found in zip(totals, evidence, strict=True)
        ]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        whole = sum(powers)
        chances = {reading: power / whole for reading, power in zip(candidates, powers, strict=True)}
        return Guess(chances)

    def _add(self, hashes: Sequence[int], totals: list[int]) -> None:
        """Adds the weights of features to the totals."""
        slots, weights, mask = self.slots, self.weights, len(self.slots) - 1
        places = range(len(totals))
        for feature in hashes:
            slot = feature & mask
            while slots[slot]:
                if slots[slot] == feature:
                    for place in places:
                        totals[place] += weights[8 * slot + place]
                    break
                slot = (slot + 1) & mask


def pack(model: Model) -> bytes:
    """A model as a file, the reverse of :meth:`Model.load`."""
    head = {
        "candidates": model.candidates,
        "priors": model.priors,
        "votes": model.vote_weights,
        "defaults": model.defaults,
        "phrases": model.phrases,
        "words": model.words,
        "slots": len(model.slots),
        "scale": model.scale,
        "temperature": model.temperature,
    }
    text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    slots = array("I", model.slots)
    if sys.byteorder == "big":
        slots.byteswap()
    return zlib.compress(struct.pack("<I", len(text)) + text + slots.tobytes() + model.weights.tobytes(), 9)


def votes(
    context: Context, at: int, candidates: Sequence[str], phrases: Mapping[str, str], default: str
) -> list[tuple[int, ...]]:
    """What dictionaries say for each candidate: the numbers of the evidence it has.

    0–2: the word (of 2, 3, 4 or more characters) has one reading, this; 3: it has several, this among
    them; 4: the first of them; 5: this character is a word, and this its first reading; 6: another of
    its readings; 7: the reading is neutral; 8: a word of one reading has another one here; 9, 10: the
    longest listed phrase around it (of 2, of more characters) reads it so; 11: otherwise; 12: no phrase
    is listed, and this is the reading of the character by itself.

    Args:
        context: The text.
        at: The place of the character.
        candidates: Its readings.
        phrases: Readings of phrases, blank-separated.
        default: Its reading where no phrase says otherwise.
    """
    length, phrase = phrase_reading(context.padded, at + _BAG, phrases)
    word = _word_votes(context, at)
    out = []
    for candidate in candidates:
        found = word(candidate)
        if candidate.endswith("5"):
            found.append(7)
        if phrase:
            found.append(11 if candidate != phrase else 9 if length == 2 else 10)
        elif candidate == default:
            found.append(12)
        out.append(tuple(found))
    return out


def _word_votes(context: Context, at: int) -> Callable[[str], list[int]]:
    """The evidence of the word that the character lies in, as a function of the candidate."""
    word = context.words[context.word_at[at]]
    size = len(word.text)
    readings = [reading[at - word.start] for reading in word.readings]
    if not readings:
        return lambda _: []
    if size == 1:
        return lambda candidate: [5 if candidate == readings[0] else 6] if candidate in readings else []
    if len(set(readings)) == 1:
        return lambda candidate: [min(size, 4) - 2 if candidate == readings[0] else 8]
    return lambda candidate: ([3] + [4] * (candidate == readings[0])) if candidate in readings else []


def phrase_reading(text: str, at: int, phrases: Mapping[str, str]) -> tuple[int, str]:
    """The reading that the longest listed phrase around a character gives it, and the phrase's length.

    Returns:
        ``(0, "")`` where no phrase is listed.
    """
    for length in range(LONGEST_PHRASE, 1, -1):
        for start in range(at - length + 1, at + 1):
            found = phrases.get(text[start : start + length])
            if found:
                return length, found.split(" ")[at - start]
    return 0, ""
