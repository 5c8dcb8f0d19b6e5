"""How often readings of heteronyms are right, beside other tools in the same run.

    python benchmarks/accuracy_pinyin.py DATA [--model HELD_MODEL --held-out] [--characters] [--limit N]

DATA (or LEARNFEED_SAMPLES) is a folder with ``pinyin/``: pairs of ``NAME.sent`` (one marked character a
line, ``▁的▁``) and ``NAME.lb`` (its reading). A reading is right when letters and tone agree; a wrong neutral
tone is wrong. What is held out: the packaged model has seen all sentences of ``cpp_dev``, ``g2pl_train`` and
``g2pl_dev``, so its figures on them are no test. For figures on unseen text write a model with
``training/train_heteronyms.py --held-model`` and give it here with ``--held-out``: then only the quarter of
the sentences that it has not seen is read. Sets under other names are read whole.

``gold`` is our own sentences (``tests/gold``), on which nothing was trained: every character with several
readings, in running text: a stand-in (proxy) for sentences read aloud.

Peers are measured where they are installed: pypinyin, pypinyin fed with jieba's words, g2pM, pypinyin with
pypinyin-dict's cc_cedict phrases.
"""

from __future__ import annotations

import argparse
import json
import os
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from learnfeed.annotate.hanzi import is_hanzi
from learnfeed.annotate.heteronyms import Model
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pinyin import Reader
from learnfeed.annotate.tokens import Tokenizer
from learnfeed.core.pinyin import to_number

Row = tuple[str, int, str]
Predict = Callable[[str, int], str]
COMMON = "得为当长还着了地都行"
SEEN = frozenset({"cpp_dev", "g2pl_train", "g2pl_dev"})
GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold" / "sentences.jsonl"
SURE = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)


def normal(raw: str) -> str:
    """A reading in our notation; ``lue4`` is ``lüe4``."""
    syllable = to_number(raw)
    return syllable[0] + "ü" + syllable[2:] if syllable[:3] in ("lue", "nue") else syllable


def load(sentences: Path) -> list[Row]:
    """Sentences without marks, the marked place, the right reading."""
    labels = sentences.with_suffix(".lb").read_text("utf-8").splitlines()
    rows = zip(sentences.read_text("utf-8").splitlines(), labels, strict=True)
    return [(s.replace("▁", ""), s.index("▁"), normal(label)) for s, label in rows]


def gold(lexicon: Lexicon) -> Iterator[Row]:
    """Every character of our own sentences that has several readings."""
    for line in GOLD.read_text("utf-8").splitlines():
        record = json.loads(line)
        places = [at for at, char in enumerate(record["zh"]) if is_hanzi(char)]
        for at, syllable in zip(places, record["syllables"], strict=True):
            if len({entry.syllables for entry in lexicon.entries(record["zh"][at])}) > 1:
                yield record["zh"], at, syllable


def is_held_out(row: Row) -> bool:
    """The sentences that ``training/train_heteronyms.py`` keeps out of its first training."""
    return zlib.crc32(row[0].encode()) % 4 == 0


class Ours:
    """Our readings, and how sure they are."""

    def __init__(self, lexicon: Lexicon, model: Path | None) -> None:
        self._tokenizer = Tokenizer(lexicon)
        self._reader = Reader(lexicon, Model.load(model) if model else None)

    def reading(self, sentence: str, at: int) -> tuple[str, float]:
        """The syllable of a character and how sure its token is."""
        for token in self._reader.readings(self._tokenizer.tokens(sentence)):
            if token.start <= at < token.end and token.reading:
                return token.reading.syllables[at - token.start], token.reading.sure
        return "", 0.0

    def __call__(self, sentence: str, at: int) -> str:
        """The syllable of a character."""
        return self.reading(sentence, at)[0]


def pypinyin(*, with_cedict: bool = False, with_jieba: bool = False) -> Predict:
    """Reads by pypinyin as it is, with the phrases of CC-CEDICT, or with words cut by jieba."""
    from pypinyin import Style, pinyin

    if with_cedict:
        from pypinyin_dict.phrase_pinyin_data import cc_cedict

        cc_cedict.load()
    cut: Callable[[str], object] = str
    if with_jieba:
        import jieba

        jieba.setLogLevel(60)
        jieba.initialize()
        cut = jieba.lcut

    def predict(sentence: str, at: int) -> str:
        found = pinyin(cut(sentence), style=Style.TONE3, neutral_tone_with_five=True, errors=list)
        return str(found[at][0])

    return predict


def g2pm() -> Predict:
    """g2pM's recurrent network."""
    from g2pM import G2pM

    model = G2pM()
    return lambda sentence, at: str(model(sentence, char_split=True)[at])


PEERS: tuple[tuple[str, Callable[[], Predict]], ...] = (
    ("pypinyin", pypinyin),
    ("pypinyin, words of jieba", lambda: pypinyin(with_jieba=True)),
    ("g2pM", g2pm),
    ("pypinyin + cc_cedict", lambda: pypinyin(with_cedict=True)),  # last: it changes pypinyin
)


def readings(predict: Predict, rows: Sequence[Row]) -> tuple[list[str], float]:
    """What a tool reads, and milliseconds a sentence."""
    started = time.perf_counter()
    found = [normal(predict(sentence, at)) for sentence, at, _ in rows]
    return found, 1000 * (time.perf_counter() - started) / max(1, len(rows))


def share(found: Sequence[str], rows: Sequence[Row]) -> float:
    """The share right in %."""
    return 100 * sum(f == gold for f, (_, _, gold) in zip(found, rows, strict=True)) / max(1, len(rows))


def print_calibration(ours: Ours, rows: Sequence[Row]) -> None:
    """By how sure a reading is: how many there are and how many are right."""
    marked = [(found, sure, g) for s, at, g in rows for found, sure in [ours.reading(s, at)]]
    print(f"{'how sure':24}{'readings':>9}{'% right':>9}")
    for low, high in zip(SURE, (*SURE[1:], 1.01), strict=True):
        part = [normal(found) == g for found, sure, g in marked if low <= sure < high]
        if part:
            print(f"{f'{low}–{min(high, 1)}':24}{len(part):9}{100 * sum(part) / len(part):9.2f}")
    top = [normal(found) == g for found, sure, g in marked if sure >= 0.95]
    print(f"{'≥ 0.95':24}{len(top):9}{100 * sum(top) / max(1, len(top)):9.2f}")


def print_characters(found: dict[str, list[str]], rows: Sequence[Row]) -> None:
    """Errors at common characters by tool, and of all."""
    counted = Counter(s[at] for s, at, _ in rows)
    print(f"\n{'errors at':26}{'of':>6}" + "".join(f"{name[-22:]:>24}" for name in found))
    for char in COMMON:
        if counted[char]:
            wrong = (
                sum(s[at] == char and f != g for f, (s, at, g) in zip(read, rows, strict=True))
                for read in found.values()
            )
            print(f"{char:25}{counted[char]:6}" + "".join(f"{number:24}" for number in wrong))


def main() -> None:
    """Prints one table for each set."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("data", type=Path, nargs="?", default=Path(os.environ.get("LEARNFEED_SAMPLES", ".")))
    options.add_argument("--limit", type=int, default=2000, help="sentences of each set (0: all)")
    options.add_argument("--model", type=Path, help="a model other than the packaged one")
    options.add_argument("--held-out", action="store_true", help="only what the training script holds out")
    options.add_argument("--characters", action="store_true", help="also errors at common characters")
    given = options.parse_args()
    lexicon = Lexicon.open()
    sets = {path.stem: load(path) for path in sorted((given.data / "pinyin").glob("*.sent"))}
    if not sets:
        options.error(f"no *.sent in {given.data / 'pinyin'}")
    sets["gold"] = list(gold(lexicon))
    for name, rows in sets.items():
        if given.held_out and name in SEEN:
            sets[name] = [row for row in rows if is_held_out(row)]
        if given.limit and name != "gold":
            sets[name] = sets[name][:: max(1, len(sets[name]) // given.limit)]
    report(sets, Ours(lexicon, given.model), characters=given.characters, held_out=given.held_out)


def report(sets: dict[str, list[Row]], ours: Ours, *, characters: bool, held_out: bool) -> None:
    """Runs all tools over all sets, one tool after the other, and prints the tables."""
    found: dict[str, dict[str, tuple[list[str], float]]] = {name: {} for name in sets}
    missing = []
    for tool, make in (("learnfeed", lambda: ours), *PEERS):
        try:
            predict = make()
        except ImportError as error:
            missing.append(f"{tool}: not installed ({error.name})")
            continue
        for name, rows in sets.items():
            found[name][tool] = readings(predict, rows)
    for name, rows in sets.items():
        seen = " – the packaged model was trained on these" if name in SEEN and not held_out else ""
        print(f"\n{name}, {len(rows)} characters{seen}\n{'tool':26}{'% right':>9}{'ms':>8}")
        for tool, (read, took) in found[name].items():
            print(f"{tool:26}{share(read, rows):9.2f}{took:8.2f}")
        if characters:
            print_characters({tool: read for tool, (read, _) in found[name].items()}, rows)
        print()
        print_calibration(ours, rows)
    print(*missing, sep="\n")


if __name__ == "__main__":
    main()
