"""Trains the heteronym model and writes down what it gets right on sentences it has not seen.

    python training/train_heteronyms.py DATA OUT [--teacher] [--held-model FILE] [--figures FILE]

DATA holds ``cpp_dev.sent/.lb``, ``g2pl_train.sent/.lb``, ``g2pl_dev.sent/.lb`` (one marked character a
line, ``▁的▁``; a reading a line) and ``cpp_train_counts.json`` (readings counted in the CPP training set).
OUT is the file to write: ``src/learnfeed/data/heteronyms.bin``.

Needs numpy, numba, pypinyin and pypinyin-dict (and g2pM for ``--teacher``) in the environment it runs in;
learnfeed itself needs only pypinyin of them. Besides the labelled characters it learns from the other
heteronyms of the same sentences, which count a quarter: those in words with one reading in the dictionary,
at most six times a word, and with ``--teacher`` from the rest as g2pM (Apache-2.0) reads them. And from
``phrases.tsv``: 11,000 phrases of our own.

Every fourth sentence (by a hash of its text) is held out for the figures, the temperature and the
``--held-model``, which has seen nothing of it; the model that is written to OUT is trained on all.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import numpy as np
from linear import WIDTH, Arrays, Example, Weights, arrays, neutral, numbering, scores, train
from phrases import own_examples, settled_at
from teacher import Labels, Teacher, reading

from learnfeed.annotate.heteronyms import (
    BY_DICTIONARY,
    BY_MODEL,
    LONGEST_PHRASE,
    Context,
    Model,
    context_of,
    features,
    pack,
    votes,
)
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.tokens import Tokenizer
from learnfeed.core.pinyin import to_number

SETS = ("cpp_dev", "g2pl_train", "g2pl_dev")
CPP, G2PL, SETTLED, TAUGHT = range(4)
SHARES = (3.0, 1.0, 0.25, 0.25, 1.0)
"""How much an example counts, by source."""
PHRASE_LISTS = ("large_pinyin", "zdic_cibs", "zdic_cybs")
MOST_OF_WORD, MOST_OF_CHARACTER = 6, 400
MOST_FEATURES = 200_000
"""Those with the largest weights are kept, so that the file stays below 2 MB."""
LARGEST = 0.99999
"""Weights beyond this quantile are cut off, so that a step of the others is smaller."""
SLOTS = 1 << 19
LIGHT_NEEDS = 8
"""So many labels must say that a syllable which the dictionary has as light is read in full."""
MIXED = 0.2
"""From this share of other labels on, the neighbours of a word decide."""

Row = tuple[str, int, str]
Counts = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What is known before training: readings, log shares, phrases, readings without a phrase."""

    candidates: dict[str, list[str]]
    priors: dict[str, Any]
    phrases: dict[str, str]
    defaults: dict[str, str]


def load(folder: Path, name: str) -> list[Row]:
    """Sentences, the place of the marked character, its reading."""
    sentences = (folder / f"{name}.sent").read_text("utf-8").splitlines()
    labels = (folder / f"{name}.lb").read_text("utf-8").splitlines()
    return [
        (s.replace("▁", ""), s.index("▁"), reading(label)) for s, label in zip(sentences, labels, strict=True)
    ]


def is_held(sentence: str) -> bool:
    """Whether a sentence is kept out of training."""
    return zlib.crc32(sentence.encode()) % 4 == 0


def in_dictionary(lexicon: Lexicon) -> tuple[Counts, dict[str, list[str]]]:
    """How often characters have a reading in words (by their frequency), and their readings alone."""
    counts: Counts = defaultdict(Counter)
    for word, zipf in lexicon.connection.execute("SELECT word, zipf FROM word ORDER BY word"):
        entry = next((e for e in lexicon.entries(word) if len(e.syllables) == len(word)), None)
        for char, syllable in zip(word, entry.syllables, strict=True) if entry else ():
            counts[char][syllable] += 10 ** (zipf / 100)
    alone = {
        char: list(dict.fromkeys(e.syllables[0] for e in lexicon.entries(char) if len(e.syllables) == 1))
        for char in counts
    }
    return counts, alone


def tables(folder: Path, data: Mapping[str, list[Row]], lexicon: Lexicon, *, all_rows: bool) -> Tables:
    """Collects readings and their shares; without ``all_rows`` from what is not held out."""
    raw = json.loads((folder / "cpp_train_counts.json").read_text("utf-8"))
    cpp = {c: Counter({reading(r): n for r, n in known.items()}) for c, known in raw.items()}
    g2pl: Counts = defaultdict(Counter)
    for name in SETS[1:]:
        for sentence, at, label in data[name]:
            if all_rows or not is_held(sentence):
                g2pl[sentence[at]][label] += 1
    words, alone = in_dictionary(lexicon)
    candidates, priors = {}, {}
    for char in sorted({*cpp, *g2pl}):
        total: Counter[str] = Counter()
        whole = sum(words.get(char, {}).values()) or 1
        for r, n in cpp.get(char, {}).items():
            total[r] += n / 160 + 1
        for r, n in g2pl.get(char, {}).items():
            total[r] += n / 300 + 1
        for r, n in words.get(char, {}).items():
            total[r] += n / whole if n / whole > 0.002 else 0
        for place, r in enumerate(alone.get(char, ())):
            total[r] += 0.02 / (place + 1)
        known = [r for r, n in total.most_common(WIDTH) if n > 0]
        if len(known) > 1:
            candidates[char] = known
            priors[char] = _shares(known, [cpp.get(char), g2pl.get(char)], words.get(char))
    return Tables(candidates, priors, *phrase_tables(candidates.keys()))


def _shares(known: Sequence[str], corpora: Sequence[Counter[str] | None], words: Counter[str] | None) -> Any:
    out = np.zeros((3, WIDTH), np.float32)
    for row, counts in enumerate(corpora):
        if counts:
            whole = sum(counts.values()) + 0.5 * len(known)
            out[row, : len(known)] = [math.log((counts[r] + 0.5) / whole) for r in known]
    if words:
        whole = sum(words.values())
        out[2, : len(known)] = [math.log(words[r] / whole + 0.01) for r in known]
    return out


def phrase_tables(chars: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Phrases that read one of the characters otherwise than shorter phrases or the character alone."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    wanted = set(chars)
    defaults = {c: to_number(PINYIN_DICT.get(ord(c), "").split(",")[0]) for c in wanted}
    listed: dict[str, list[list[str]]] = {}
    lists = [
        PHRASES_DICT,
        *(
            importlib.import_module(f"pypinyin_dict.phrase_pinyin_data.{n}").phrases_dict
            for n in PHRASE_LISTS
        ),
    ]
    for phrases in lists:
        for phrase, syllables in phrases.items():
            if 2 <= len(phrase) <= LONGEST_PHRASE and len(syllables) == len(phrase) and wanted & set(phrase):
                listed.setdefault(phrase, syllables)
    out: dict[str, str] = {}
    for phrase in sorted(listed, key=lambda p: (len(p), p)):
        syllables = [to_number(options[0]) for options in listed[phrase]]
        if any(
            c in wanted and _told(phrase, at, out, defaults) != syllables[at] for at, c in enumerate(phrase)
        ):
            out[phrase] = " ".join(syllables)
    return out, defaults


def _told(phrase: str, at: int, known: Mapping[str, str], defaults: Mapping[str, str]) -> str:
    """What shorter phrases say of a character of a phrase."""
    for length in range(len(phrase) - 1, 1, -1):
        for start in range(max(0, at - length + 1), min(at, len(phrase) - length) + 1):
            found = known.get(phrase[start : start + length])
            if found:
                return found.split(" ")[at - start]
    return defaults[phrase[at]]


def contexts(data: Mapping[str, list[Row]], lexicon: Lexicon) -> dict[str, Context]:
    """Every sentence as the model sees it."""
    tokenizer = Tokenizer(lexicon)
    sentences = dict.fromkeys(s for rows in data.values() for s, _, _ in rows)
    return {s: context_of(s, tokenizer.tokens(s), lexicon) for s in sentences}


def examples(
    data: Mapping[str, list[Row]],
    seen: Mapping[str, Context],
    known: Tables,
    taught: Mapping[str, Labels],
) -> list[Example]:
    """Marked characters of all sets, and the other heteronyms of their sentences."""
    out = []
    marked: dict[str, set[int]] = defaultdict(set)
    for name, rows in data.items():
        for sentence, at, label in rows:
            marked[sentence].add(at)
            source = CPP if name == "cpp_dev" else G2PL
            out.append(_example(source, sentence, at, {label: 1.0}, seen[sentence], known))
    used: Counter[tuple[str, int, bool]] = Counter()
    for sentence, context in seen.items():
        for at in range(len(sentence)):
            if context.char(at) in known.candidates and at not in marked[sentence]:
                found = _unmarked(sentence, at, context, known, taught.get(sentence, {}).get(at, {}), used)
                out += [found] if found and found.target else []
    return out


def _unmarked(
    sentence: str,
    at: int,
    context: Context,
    known: Tables,
    told: Mapping[str, float],
    used: Counter[tuple[str, int, bool]],
) -> Example | None:
    word = context.words[context.word_at[at]]
    held = is_held(sentence)
    if len(word.text) > 1 and len(word.readings) == 1:
        key, most = (word.text, at - word.start, held), MOST_OF_WORD
        source, label = SETTLED, {word.readings[0][at - word.start]: 1.0}
    else:
        key, most, source, label = (context.char(at), -1, held), MOST_OF_CHARACTER, TAUGHT, dict(told)
    if sum(label.get(r, 0) for r in known.candidates[context.char(at)]) < 0.5:
        return None
    used[key] += 1
    return None if used[key] > most else _example(source, sentence, at, label, context, known)


def own_phrases(lexicon: Lexicon, known: Tables) -> list[Example]:
    """Our own phrases as examples."""
    return own_examples(lexicon, known.candidates, known.phrases, known.defaults)


def _example(
    source: int, sentence: str, at: int, label: Mapping[str, float], context: Context, known: Tables
) -> Example:
    char = context.char(at)
    word = context.words[context.word_at[at]]
    offset = at - word.start
    readings = known.candidates.get(char, [])
    whole = sum(label.get(r, 0) for r in readings)
    return Example(
        source,
        is_held(sentence),
        char,
        sentence,
        at,
        word.text,
        offset,
        settled_at(context, at),
        tuple(label.get(r, 0) / whole for r in readings) if whole else (),
        features(context, at) if readings else [],
        votes(context, at, readings, known.phrases, known.defaults[char]) if readings else [],
    )


def word_table(rows: Sequence[Example], data: Mapping[str, list[Row]]) -> dict[str, str]:
    """Words in which labels contradict the one reading of the dictionary; see ``Model.words``."""
    label = {(s, at): r for rows_of in data.values() for s, at, r in rows_of}
    counted: dict[tuple[str, int, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.source in (CPP, G2PL) and row.settled:
            counted[row.word, row.offset, row.settled][label[row.sentence, row.at]] += 1
    out: dict[str, list[str]] = {}
    for (word, offset, settled), counts in sorted(counted.items()):
        taken = _taken(settled, counts)
        if taken != BY_DICTIONARY:
            out.setdefault(word, [BY_DICTIONARY] * len(word))[offset] = taken
    return {word: " ".join(parts) for word, parts in out.items()}


def _taken(settled: str, counts: Counter[str]) -> str:
    most, times = counts.most_common(1)[0]
    if settled.endswith("5") and (most == settled or times < LIGHT_NEEDS):
        return BY_DICTIONARY
    whole = sum(counts.values())
    if settled in counts and whole > 1 and MIXED <= counts[settled] / whole <= 1 - MIXED:
        return BY_MODEL
    return most if most != settled and times > counts[settled] else BY_DICTIONARY


class Trained:
    """A trained model and what it was made from."""

    def __init__(self, rows: Sequence[Example], known: Tables, data: Mapping[str, list[Row]]) -> None:
        self.known = known
        self.words = word_table(rows, data)
        usable = [row for row in rows if row.target]
        self.rows = numbering(usable)
        self.chars = {char: number for number, char in enumerate(known.candidates)}
        self.weights: Weights = train(self.arrays(usable), SHARES, len(self.rows), len(self.chars))

    def arrays(self, rows: Sequence[Example]) -> Arrays:
        """Examples in the numbering of this model."""
        return arrays(rows, self.rows, self.chars, self.known.priors)

    def model(self, temperature: float) -> Model:
        """The model with weights of 8 bits; the smallest are left out."""
        table = self.weights.sparse
        scale = float(np.quantile(np.abs(table), LARGEST)) / 127
        steps = np.rint(table / scale).clip(-127, 127).astype(np.int8)
        size = np.abs(table).max(1)
        large = (size >= np.sort(size)[-min(MOST_FEATURES, len(size))]) & steps.any(1)
        slots, weights = array("I", bytes(4 * SLOTS)), array("b", bytes(WIDTH * SLOTS))
        for feature, row in self.rows.items():
            if feature and large[row]:
                slot = feature & (SLOTS - 1)
                while slots[slot]:
                    slot = (slot + 1) & (SLOTS - 1)
                slots[slot] = feature
                weights[WIDTH * slot : WIDTH * slot + WIDTH] = array("b", steps[row].tolist())
        print(f"{int(large.sum())} features, {len(self.words)} words")
        known = self.known
        dense, bias = neutral(self.weights)
        return Model(
            candidates={c: tuple(r) for c, r in known.candidates.items()},
            priors={
                c: tuple(
                    round(float(n) / scale)
                    for n in (known.priors[c].T @ dense[-3:] + bias[self.chars[c]])[: len(r)]
                )
                for c, r in known.candidates.items()
            },
            vote_weights=tuple(round(float(v), 3) for v in dense[:-3]),
            defaults=known.defaults,
            phrases=known.phrases,
            words=self.words,
            slots=slots,
            weights=weights,
            scale=scale,
            temperature=temperature,
        )


def judge(trained: Trained, rows: Sequence[Example]) -> Iterator[str]:
    """What the model by itself gets right of held-out labels, by source."""
    names = ("CPP", "g2pL", "words with one reading in the dictionary", "teacher's readings")
    for source, name in enumerate(names):
        own = [row for row in rows if row.source == source and row.votes]
        usable = [row for row in own if row.target]
        found = scores(trained.arrays(usable), trained.weights).argmax(1)
        right = sum(row.target[place] >= 0.5 for row, place in zip(usable, found, strict=True))
        yield f"| {name} | {len(own)} | {100 * right / max(1, len(own)):.2f} |"


def temperature_of(trained: Trained, rows: Sequence[Example]) -> float:
    """The temperature (steps of .1) at which held-out labels are most likely."""
    usable = [row for row in rows if row.target and row.source in (CPP, G2PL)]
    data = trained.arrays(usable)
    found = scores(data, trained.weights)

    def loss(temperature: float) -> float:
        logs = found / temperature
        logs = logs - logs.max(1, keepdims=True)
        logs = logs - np.log(np.exp(logs).sum(1, keepdims=True))
        return -float((logs * data.target * data.mask).sum())

    return min((t / 10 for t in range(8, 41)), key=loss)


def main() -> None:
    """Trains twice: with sentences held out for the figures, then on all."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("data", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--teacher", action="store_true")
    options.add_argument("--held-model", type=Path, help="write the model without the held-out sentences")
    options.add_argument("--figures", type=Path, help="write the figures of the held-out sentences")
    given = options.parse_args()
    data = {name: load(given.data, name) for name in SETS}
    lexicon = Lexicon.open()
    seen = contexts(data, lexicon)
    taught = Teacher().labels(seen) if given.teacher else {}
    known = tables(given.data, data, lexicon, all_rows=False)
    rows = [
        *examples(data, seen, known, taught),
        *own_examples(lexicon, known.candidates, known.phrases, known.defaults),
    ]
    held = [row for row in rows if row.held]
    trained = Trained([row for row in rows if not row.held], known, data)
    temperature = temperature_of(trained, held)
    lines = ["| held-out characters | how many | % right by the model alone |", "|---|---|---|"]
    lines += [*judge(trained, held), "", f"Temperature {temperature}."]
    print("\n".join(lines))
    if given.figures:
        given.figures.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if given.held_model:
        given.held_model.write_bytes(pack(trained.model(temperature)))
    known = tables(given.data, data, lexicon, all_rows=True)
    rows = [
        *examples(data, seen, known, taught),
        *own_examples(lexicon, known.candidates, known.phrases, known.defaults),
    ]
    trained = Trained(rows, known, data)
    given.out.write_bytes(pack(trained.model(temperature)))
    print(f"{given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
