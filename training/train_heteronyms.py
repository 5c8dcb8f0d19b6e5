"""Trains the heteronym model and prints what it gets right on sentences it has not seen.

    python training/train_heteronyms.py DATA OUT [--teacher]

DATA holds ``cpp_dev.sent/.lb``, ``g2pl_train.sent/.lb``, ``g2pl_dev.sent/.lb`` (one marked character a
line, ``▁的▁``; a reading a line) and ``cpp_train_counts.json`` (readings counted in the CPP training set).
OUT is the file to write: ``src/learnfeed/data/heteronyms.bin``.

Needs torch, pypinyin and pypinyin-dict in the environment it runs in; learnfeed itself needs none of
torch and pypinyin-dict. With ``--teacher`` g2pM (Apache-2.0) labels the other heteronyms of the CPP sentences where
it is at least 95 % sure and no dictionary word settles them; they count half.

Every eighth sentence (by a hash of its text) is held out for the figures and the temperature; the model that is
written is trained on all.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import random
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from learnfeed.annotate.heteronyms import (
    LONGEST_PHRASE,
    VOTES,
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
PHRASE_LISTS = ("large_pinyin", "zdic_cibs", "zdic_cybs")
WIDTH = 8
"""Most readings of one character."""
CPP_WEIGHT = 3.0
TEACHER_WEIGHT = 0.5
TEACHER_SURE = 0.95
EPOCHS, DROPOUT, RATE, BATCH = 3, 0.3, 0.1, 256
FEWEST = 2
SMALLEST_WEIGHT = 2
SLOTS = 1 << 19


@dataclass(frozen=True, slots=True)
class Example:
    """A character in a sentence: where from, whether held out, its reading's index, its evidence."""

    source: str
    held: bool
    sentence: str
    at: int
    char: str
    gold: int
    features: list[int]
    votes: list[tuple[int, ...]]
    weight: float


@dataclass(frozen=True, slots=True)
class Tables:
    """What is known before training: readings, their counts, phrases, readings without a phrase."""

    candidates: dict[str, list[str]]
    counts: dict[str, dict[str, Counter[str]]]
    phrases: dict[str, str]
    defaults: dict[str, str]


def reading(raw: str) -> str:
    """A label in our notation; ``lue4`` is ``lüe4``."""
    syllable = to_number(raw)
    return syllable[0] + "ü" + syllable[2:] if syllable[:3] in ("lue", "nue") else syllable


def load(folder: Path, name: str) -> list[tuple[str, int, str]]:
    """Sentences, the place of the marked character, its reading."""
    sentences = (folder / f"{name}.sent").read_text("utf-8").splitlines()
    labels = (folder / f"{name}.lb").read_text("utf-8").splitlines()
    return [
        (s.replace("▁", ""), s.index("▁"), reading(label)) for s, label in zip(sentences, labels, strict=True)
    ]


def is_held(sentence: str) -> bool:
    """Whether a sentence is kept out of training."""
    return zlib.crc32(sentence.encode()) % 100 < 12


def tables(folder: Path, data: Mapping[str, list[tuple[str, int, str]]]) -> Tables:
    """Collects readings, counts and phrases."""
    counts: dict[str, dict[str, Counter[str]]] = {"cpp": defaultdict(Counter), "g2pl": defaultdict(Counter)}
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for char, known in json.loads((folder / "cpp_train_counts.json").read_text("utf-8")).items():
        for raw, count in known.items():
            counts["cpp"][char][reading(raw)] += count
            seen[char][reading(raw)] += count
    for name, rows in data.items():
        for sentence, at, label in rows:
            seen[sentence[at]][label] += 1
            if name != "cpp_dev" and not is_held(sentence):
                counts["g2pl"][sentence[at]][label] += 1
    candidates = {c: [r for r, _ in n.most_common(WIDTH)] for c, n in seen.items() if len(n) > 1}
    return Tables(candidates, counts, *phrase_tables(candidates.keys()))


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


def examples(data: Mapping[str, list[tuple[str, int, str]]], known: Tables, teacher: bool) -> list[Example]:
    """Marked characters of all sets, and what the teacher labels in the CPP sentences."""
    lexicon = Lexicon.open()
    tokenizer = Tokenizer(lexicon)
    guess = Teacher() if teacher else None
    out = []
    for name, rows in data.items():
        for sentence, at, label in rows:
            context = context_of(sentence, tokenizer.tokens(sentence), lexicon)
            weight = CPP_WEIGHT if name == "cpp_dev" else 1.0
            if label in known.candidates.get(sentence[at], ()):
                out.append(_example(name, sentence, at, label, context, known, weight))
            if guess and name == "cpp_dev" and len(sentence) < 120:
                for place, told in guess.labels(sentence):
                    if place != at and told in known.candidates.get(sentence[place], ()):
                        example = _example("teacher", sentence, place, told, context, known, TEACHER_WEIGHT)
                        if not any(found and found[0] < 3 for found in example.votes):
                            out.append(example)
    return out


def _example(
    name: str, sentence: str, at: int, label: str, context: Context, known: Tables, weight: float
) -> Example:
    char = sentence[at]
    readings = known.candidates[char]
    evidence = votes(context, at, readings, known.phrases, known.defaults[char])
    return Example(
        name,
        is_held(sentence),
        sentence,
        at,
        char,
        readings.index(label),
        features(context, at),
        evidence,
        weight,
    )


class Teacher:
    """g2pM as a labeller of single characters."""

    def __init__(self) -> None:
        import numpy as np
        from g2pM import G2pM

        self.np, self.model = np, G2pM()
        self.classes = {name: number for number, name in self.model.idx2class.items()}

    def labels(self, sentence: str) -> list[tuple[int, str]]:
        """Places and readings it is sure of."""
        np, model = self.np, self.model
        unknown = model.char2idx["<UNK>"]
        ids = [
            model.char2idx["시"],
            *(model.char2idx.get(c, unknown) for c in sentence),
            model.char2idx["끝"],
        ]
        states: list[list[Any]] = []
        for order, cell in ((ids, model.fw_lstm_cell), (ids[::-1], model.bw_lstm_cell)):
            state, row = None, []
            for embedded in model.get_embedding(np.array([order])).transpose(1, 0, 2):
                state = cell(embedded, state)
                row.append(state[0][0])
            states.append(row)
        out = []
        for at, char in enumerate(sentence):
            options = [p for p in model.cedict.get(char, ()) if p in self.classes]
            if len(options) > 1:
                joined = np.concatenate([states[0][at + 1], states[1][len(ids) - 2 - at]])
                logits = model.fc_layer(joined[None])[0][[self.classes[p] for p in options]]
                chances = np.exp(logits - logits.max())
                if chances.max() / chances.sum() >= TEACHER_SURE:
                    out.append((at, reading(options[int(logits.argmax())])))
        return out


def priors(known: Tables, char: str) -> list[float]:
    """Log shares of a character's readings in both sets together."""
    readings = known.candidates[char]
    total = [0.0] * len(readings)
    for name, share in (("cpp", 0.4), ("g2pl", 0.3)):
        counts = known.counts[name].get(char)
        if counts:
            whole = sum(counts.values()) + 0.5 * len(readings)
            total = [
                t + share * math.log((counts[r] + 0.5) / whole) for t, r in zip(total, readings, strict=True)
            ]
    return total


class Trainer:
    """A linear model under training.

    Args:
        rows: Examples to learn from.
        known: Readings and their counts.
    """

    def __init__(self, rows: Sequence[Example], known: Tables) -> None:
        import torch

        self.torch, self.rows, self.known = torch, rows, known
        torch.manual_seed(1)
        counted = Counter(f for row in rows for f in row.features)
        self.ids = {f: i for i, f in enumerate(f for f, n in sorted(counted.items()) if n >= FEWEST)}
        self.sparse = torch.nn.EmbeddingBag(len(self.ids) + 1, WIDTH, mode="sum", sparse=True)
        torch.nn.init.zeros_(self.sparse.weight)
        start = [1.5, 1.5, 1.5, 0.3, 0.3, 0.5, 0.0, 0.0, -1.0, 1.0, 1.0, -0.5, 0.3]
        self.votes = torch.nn.Parameter(torch.tensor(start))

    def scores(self, rows: Sequence[Example], drop: random.Random | None) -> Any:
        """Scores of all readings, −10⁴ where there is none."""
        torch = self.torch
        flat: list[int] = []
        offsets = []
        dense = torch.zeros(len(rows), WIDTH, VOTES)
        fixed = torch.full((len(rows), WIDTH), -1e4)
        for number, row in enumerate(rows):
            offsets.append(len(flat))
            kept = (self.ids[f] for f in row.features if f in self.ids)
            flat += [f for f in kept if drop is None or drop.random() > DROPOUT]
            for place, found in enumerate(row.votes):
                dense[number, place, list(found)] = 1
            fixed[number, : len(row.votes)] = torch.tensor(priors(self.known, row.char))
        sums = self.sparse(torch.tensor(flat, dtype=torch.long), torch.tensor(offsets))
        return sums / (1 - DROPOUT if drop else 1) + dense @ self.votes + fixed

    def train(self) -> None:
        """Learns from all rows, a few times."""
        torch = self.torch
        chance = random.Random(1)
        sparse = torch.optim.Adagrad(self.sparse.parameters(), lr=RATE, initial_accumulator_value=0.1)
        dense = torch.optim.Adam([self.votes], lr=0.01)
        order = list(range(len(self.rows)))
        for epoch in range(EPOCHS):
            chance.shuffle(order)
            sparse.param_groups[0]["lr"] = RATE * (1 - epoch / EPOCHS)
            for start in range(0, len(order), BATCH):
                rows = [self.rows[i] for i in order[start : start + BATCH]]
                gold = torch.tensor([row.gold for row in rows])
                weights = torch.tensor([row.weight for row in rows])
                losses = torch.nn.functional.cross_entropy(self.scores(rows, chance), gold, reduction="none")
                sparse.zero_grad()
                dense.zero_grad()
                (losses * weights).sum().backward()
                sparse.step()
                dense.step()

    def model(self, temperature: float) -> Model:
        """The trained model with weights of 8 bits; the smallest are left out."""
        table = self.sparse.weight.detach().numpy()
        scale = float(abs(table).max()) / 127
        slots, weights = array("I", bytes(4 * SLOTS)), array("b", bytes(WIDTH * SLOTS))
        kept = 0
        for feature, row in self.ids.items():
            steps = [round(float(value) / scale) for value in table[row]]
            if feature and max(map(abs, steps)) >= SMALLEST_WEIGHT:
                slot = feature & (SLOTS - 1)
                while slots[slot]:
                    slot = (slot + 1) & (SLOTS - 1)
                slots[slot] = feature
                weights[WIDTH * slot : WIDTH * slot + WIDTH] = array("b", steps)
                kept += 1
        print(f"{kept} features")
        known = self.known
        return Model(
            candidates={c: tuple(r) for c, r in known.candidates.items()},
            priors={c: tuple(round(p / scale) for p in priors(known, c)) for c in known.candidates},
            vote_weights=tuple(round(float(v), 3) for v in self.votes),
            defaults=known.defaults,
            phrases=known.phrases,
            slots=slots,
            weights=weights,
            scale=scale,
            temperature=temperature,
        )


def judge(trainer: Trainer, rows: Sequence[Example]) -> tuple[float, float]:
    """Prints figures of held-out rows; gives the share right and the temperature that fits."""
    torch = trainer.torch
    with torch.no_grad():
        scores = torch.cat([trainer.scores(rows[i : i + 1024], None) for i in range(0, len(rows), 1024)])
    gold = torch.tensor([row.gold for row in rows])
    right = float((scores.argmax(1) == gold).float().mean())
    losses = {t / 10: float(torch.nn.functional.cross_entropy(scores / (t / 10), gold)) for t in range(8, 31)}
    return right, min(losses, key=lambda t: losses[t])


def main() -> None:
    """Trains twice: with sentences held out for the figures, then on all."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--teacher", action="store_true")
    options.add_argument(
        "--held-model", type=Path, help="also write the model that has not seen the held-out sentences"
    )
    given = options.parse_args()
    data = {name: load(given.data, name) for name in SETS}
    known = tables(given.data, data)
    rows = examples(data, known, given.teacher)
    trainer = Trainer([row for row in rows if not row.held], known)
    trainer.train()
    temperatures = []
    for name in ("cpp", "g2pl"):
        held = [row for row in rows if row.held and row.source.startswith(name)]
        right, temperature = judge(trainer, held)
        temperatures.append(temperature)
        print(f"{name}: {100 * right:.2f} % of {len(held)} held-out characters with several readings")
        print(f"temperature {temperature}")
    if given.held_model:
        given.held_model.write_bytes(pack(trainer.model(max(temperatures))))
    trainer = Trainer(rows, known)
    trainer.train()
    given.out.write_bytes(pack(trainer.model(max(temperatures))))
    print(f"{given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
