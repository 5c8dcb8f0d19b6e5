"""How often readings of heteronyms are right, beside other tools.

    python benchmarks/accuracy_pinyin.py [DATA]

DATA (or LEARNFEED_SAMPLES) is a folder with ``pinyin/``: pairs of ``NAME.sent`` (one marked character a
line, ``▁的▁``) and ``NAME.lb`` (its reading). A reading is right when letters and tone agree; a wrong neutral
tone is wrong. The packaged model has seen the sentences of ``cpp_dev``, ``g2pl_train`` and ``g2pl_dev``: for
a figure on unseen text give a folder with other sets, or name a model trained without some with ``--model``
and its held-out sentences with ``--held-out``.

Peers are measured where they are installed: pypinyin, pypinyin with pypinyin-dict's cc_cedict phrases, g2pM.
"""

from __future__ import annotations

import argparse
import os
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from learnfeed.annotate.heteronyms import Model
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pinyin import Reader
from learnfeed.annotate.tokens import Tokenizer
from learnfeed.core.pinyin import to_number

Row = tuple[str, int, str]
Predict = Callable[[str, int], str]
SURE = 0.95


def normal(raw: str) -> str:
    """A reading in our notation; ``lue4`` is ``lüe4``."""
    syllable = to_number(raw)
    return syllable[0] + "ü" + syllable[2:] if syllable[:3] in ("lue", "nue") else syllable


def load(sentences: Path) -> list[Row]:
    """Sentences without marks, the marked place, the right reading."""
    labels = sentences.with_suffix(".lb").read_text("utf-8").splitlines()
    rows = zip(sentences.read_text("utf-8").splitlines(), labels, strict=True)
    return [(s.replace("▁", ""), s.index("▁"), normal(label)) for s, label in rows]


def is_held_out(row: Row) -> bool:
    """The sentences that ``training/train_heteronyms.py`` keeps out of its first training."""
    return zlib.crc32(row[0].encode()) % 100 < 12


def learnfeed(model: Path | None) -> tuple[Predict, Callable[[str, int], float]]:
    """Our own readings, and how sure they are."""
    lexicon = Lexicon.open()
    tokenizer, reader = Tokenizer(lexicon), Reader(lexicon, Model.load(model) if model else None)

    def reading(sentence: str, at: int) -> tuple[str, float]:
        for token in reader.readings(tokenizer.tokens(sentence)):
            if token.start <= at < token.end and token.reading:
                return token.reading.syllables[at - token.start], token.reading.sure
        return "", 0.0

    return (lambda s, at: reading(s, at)[0]), (lambda s, at: reading(s, at)[1])


def pypinyin(*, with_cedict: bool) -> Predict:
    """Reads by pypinyin as it is, or with the phrases of CC-CEDICT."""
    from pypinyin import Style, pinyin

    if with_cedict:
        from pypinyin_dict.phrase_pinyin_data import cc_cedict

        cc_cedict.load()

    def predict(sentence: str, at: int) -> str:
        found = pinyin(sentence, style=Style.TONE3, neutral_tone_with_five=True, errors=list)
        return found[at][0]

    return predict


def g2pm() -> Predict:
    """g2pM's recurrent network."""
    from g2pM import G2pM

    model = G2pM()
    return lambda sentence, at: model(sentence, char_split=True)[at]


PEERS: tuple[tuple[str, Callable[[], Predict]], ...] = (
    ("pypinyin", lambda: pypinyin(with_cedict=False)),
    ("g2pM", g2pm),
    ("pypinyin + cc_cedict", lambda: pypinyin(with_cedict=True)),
)


def score(predict: Predict, rows: Sequence[Row]) -> tuple[float, float]:
    """Share right in %, milliseconds a sentence."""
    started = time.perf_counter()
    right = sum(normal(predict(sentence, at)) == gold for sentence, at, gold in rows)
    return 100 * right / len(rows), 1000 * (time.perf_counter() - started) / len(rows)


def calibration(predict: Predict, sure: Callable[[str, int], float], rows: Sequence[Row]) -> str:
    """Of the readings marked as sure: how many there are and how many are right."""
    marked = [row for row in rows if sure(row[0], row[1]) >= SURE]
    right = sum(normal(predict(s, at)) == gold for s, at, gold in marked)
    return f"{len(marked)} of {len(rows)} marked ≥ {SURE}: {100 * right / max(1, len(marked)):.2f} % right"


def main() -> None:
    """Prints one table for each set."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("data", type=Path, nargs="?", default=Path(os.environ.get("LEARNFEED_SAMPLES", ".")))
    options.add_argument("--limit", type=int, default=2000, help="sentences of each set")
    options.add_argument("--model", type=Path, help="a model other than the packaged one")
    options.add_argument(
        "--held-out", action="store_true", help="only sentences the training script holds out"
    )
    given = options.parse_args()
    ours, sure = learnfeed(given.model)
    sets = sorted((given.data / "pinyin").glob("*.sent"))
    if not sets:
        options.error(f"no *.sent in {given.data / 'pinyin'}")
    for path in sets:
        rows = [row for row in load(path) if is_held_out(row) or not given.held_out]
        rows = rows[:: max(1, len(rows) // given.limit)]
        print(f"\n{path.stem}, {len(rows)} sentences\n{'tool':24}{'% right':>9}{'ms':>8}")
        for name, make in (("learnfeed", lambda: ours), *PEERS):
            try:
                right, took = score(make(), rows)
            except ImportError as error:
                print(f"{name:24}{'–':>9}  not installed ({error.name})")
            else:
                print(f"{name:24}{right:9.2f}{took:8.2f}")
        print(calibration(ours, sure, rows))


if __name__ == "__main__":
    main()
