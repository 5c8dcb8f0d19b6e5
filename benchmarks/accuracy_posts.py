"""How well posts are split, paired and linked: prints the scores by set and by layout.

    LEARNFEED_SAMPLES=DIR python benchmarks/accuracy_posts.py
    python benchmarks/accuracy_posts.py DIR [--errors]

``DIR/align`` (or ``DIR`` itself) holds ``*.jsonl`` with posts and their gold, and ``sentences*/{zh,en,gold}`` with
documents; the posts of ``tests/gold`` are scored with them. A gold post is
``{"id", "layout", "text", "units": [{"lang", "start", "end"}], "pairs": [{"zh": [unit …],
"en": [unit …]}], "untranslated": [unit …], "links": [{"zh": [start, end], "en": [[start, end] …]}]}``.

Only letters, digits and hanzi are compared. A unit, and each side of a pair, is right when it holds exactly the
gold characters. A link is judged where the gold links the same Chinese word: it is right when it holds an English
word of that link and none of another's.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from learnfeed.annotate.documents import align_documents
from learnfeed.annotate.function_words import FUNCTION_WORDS
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pipeline import Annotator
from learnfeed.core.text import AnnotatedText, Span

CONTENT = re.compile(
    "[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff０-９Ａ-Ｚａ-ｚ]"
)
Gold = dict[str, Any]
OWN = Path(__file__).resolve().parent.parent / "tests" / "gold" / "posts.jsonl"
"""Posts of our own on which pairing goes wrong easily."""


def letters(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """The places of a text that count, within some spans."""
    return frozenset(i for start, end in spans for i in range(start, end) if CONTENT.match(text[i]))


def f1(right: float, found: float, wanted: float) -> float:
    """The harmonic mean of precision and recall; 0 when nothing is right."""
    return 2 * right / (found + wanted) if found + wanted else 0.0


def gold_pairs(gold: Gold) -> set[tuple[frozenset[int], frozenset[int]]]:
    """The pairs of a gold post as places."""
    units = [(unit["start"], unit["end"]) for unit in gold["units"]]
    sides = [([units[i] for i in pair["zh"]], [units[i] for i in pair["en"]]) for pair in gold["pairs"]]
    return {(letters(gold["text"], zh), letters(gold["text"], en)) for zh, en in sides}


def judge_units(gold: Gold, found: AnnotatedText) -> Counter[str]:
    """Counts units, pairs and untranslated sentences."""
    text, counts = gold["text"], Counter[str]()
    wanted = {
        (u["lang"], letters(text, [(u["start"], u["end"])])) for u in gold["units"] if u["lang"] != "other"
    }
    units = {
        (str(u.language), letters(text, [(u.start, u.end)])) for u in found.units if u.language != "other"
    }
    counts.update(units_right=len(wanted & units), units_found=len(units), units_wanted=len(wanted))
    right = gold_pairs(gold)
    pairs = {(letters(text, pair.zh), letters(text, pair.en)) for pair in found.pairs}
    counts.update(pairs_right=len(right & pairs), pairs_found=len(pairs), pairs_wanted=len(right))
    counts.update(posts=1, perfect=right == pairs)
    used = frozenset[int]().union(*(zh | en for zh, en in pairs))
    for i in gold.get("untranslated", []):
        unit = gold["units"][i]
        counts.update(alone=1, left_alone=not letters(text, [(unit["start"], unit["end"])]) & used)
    return counts


def overlaps(a: Iterable[int], b: Iterable[int]) -> bool:
    """Whether two spans share a character."""
    (a0, a1), (b0, b1) = a, b
    return a0 < b1 and b0 < a1


def judge_links(gold: Gold, found: AnnotatedText) -> Iterator[tuple[str, Any]]:
    """Yields ``judged`` and ``right`` for each link the gold speaks of, and ``reached`` gold words."""
    text, reached = gold["text"], set()
    for link in found.links:
        own = [i for i, other in enumerate(gold.get("links", [])) if overlaps(other["zh"], link.zh)]
        if not own:
            continue
        hits = [
            en for en in link.en if any(overlaps(en, span) for i in own for span in gold["links"][i]["en"])
        ]
        extra = [en for en in link.en if en not in hits and text[en[0] : en[1]].lower() not in FUNCTION_WORDS]
        if not hits and not extra:
            continue
        others = [span for i, o in enumerate(gold["links"]) if i not in own for span in o["en"]]
        right = bool(hits) and not any(overlaps(en, span) for en in extra for span in others)
        yield "judged", right
        if right:
            reached |= {i for i in own if any(overlaps(en, s) for en in hits for s in gold["links"][i]["en"])}
    for i in range(len(gold.get("links", []))):
        yield "wanted", i in reached


def judge(gold: Gold, found: AnnotatedText) -> Counter[str]:
    """All counts of one post."""
    counts = judge_units(gold, found)
    for kind, right in judge_links(gold, found):
        counts.update({f"links_{kind}": 1, f"links_{kind}_right": int(right)})
    return counts


def share(part: int, whole: int) -> str:
    """A share with three digits; a dash where there is nothing to share."""
    return f"{part / whole:.3f}" if whole else "  –  "


def line(name: str, c: Counter[str]) -> str:
    """One row of the table."""
    units = f"{f1(c['units_right'], c['units_found'], c['units_wanted']):.3f}"
    pairs = f"{f1(c['pairs_right'], c['pairs_found'], c['pairs_wanted']):.3f}"
    if not c["pairs_found"] + c["pairs_wanted"]:
        pairs = "  –  "
    return (
        f"{name:24} {c['posts']:5}   {units}   {pairs}   {share(c['perfect'], c['posts'])}   "
        f"{share(c['left_alone'], c['alone'])}   {share(c['links_judged_right'], c['links_judged'])}   "
        f"{share(c['links_wanted_right'], c['links_wanted'])}"
    )


def score_posts(path: Path, annotator: Annotator, *, errors: bool) -> None:
    """Prints the scores of one file of posts."""
    golds = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
    by_layout: defaultdict[str, Counter[str]] = defaultdict(Counter)
    total, spent = Counter[str](), 0.0
    for gold in golds:
        begun = time.process_time()
        found = annotator.annotate_text(gold["text"])
        spent += time.process_time() - begun
        counts = judge(gold, found)
        by_layout[gold["layout"]] += counts
        total += counts
        if errors and not counts["perfect"]:
            print(
                f"  {gold['id']} ({gold['layout']}): {counts['pairs_right']} of {counts['pairs_wanted']} pairs right"
            )
    print(line(path.name, total), f"  {1000 * spent / len(golds):.1f} ms")
    for layout in sorted(by_layout):
        print(line(f"  {layout}", by_layout[layout]))


def read_beads(path: Path) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Gold of a document: ``[0,1]:[0]`` a line."""
    rows = (row.split(":")[:2] for row in path.read_text(encoding="utf-8").splitlines() if row.strip())
    return [(tuple(ast.literal_eval(zh)), tuple(ast.literal_eval(en))) for zh, en in rows]


def score_documents(folder: Path, lexicon: Lexicon, *, errors: bool) -> None:
    """Prints strict precision, recall and F1 over the groups with both sides, for all and by kind of document."""
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for gold_file in sorted((folder / "gold").iterdir()):
        zh, en = (
            (folder / side / gold_file.stem).read_text(encoding="utf-8").splitlines() for side in ("zh", "en")
        )
        gold = {bead for bead in read_beads(gold_file) if all(bead)}
        beads = {(tuple(a), tuple(b)) for a, b in align_documents(zh, en, lexicon) if a and b}
        counts = Counter(right=len(gold & beads), found=len(beads), wanted=len(gold))
        if errors and counts["right"] < max(counts["found"], counts["wanted"]):
            print(document_line(f"    {gold_file.stem}", counts))
        kinds[gold_file.stem.rstrip("0123456789")] += counts
    print(document_line(folder.name, sum(kinds.values(), Counter())))
    for kind, counts in kinds.items():
        print(document_line(f"  {kind}", counts))


def document_line(name: str, c: Counter[str]) -> str:
    """One row of the table of documents."""
    p, r = share(c["right"], c["found"]), share(c["right"], c["wanted"])
    return f"{name:24} groups P {p}  R {r}  F1 {f1(c['right'], c['found'], c['wanted']):.3f}"


def main(arguments: list[str]) -> int:
    """Scores everything in the folder that is named."""
    named = [Path(argument) for argument in arguments if not argument.startswith("--")]
    samples = named[0] if named else Path(os.environ.get("LEARNFEED_SAMPLES", ""))
    folder = samples / "align" if (samples / "align").is_dir() else samples
    files = sorted(folder.glob("*.jsonl")) if named or samples != Path() else []
    if not files:
        print(
            "no posts named: only our own are scored (name a folder or set LEARNFEED_SAMPLES)",
            file=sys.stderr,
        )
    lexicon = Lexicon.open()
    annotator = Annotator(lexicon)
    print(f"{'':24} posts   units   pairs   perfect alone   link P  link R")
    for path in [*files, OWN]:
        score_posts(path, annotator, errors="--errors" in arguments)
    for documents in sorted(folder.glob("sentences*")) if files else ():
        score_documents(documents, lexicon, errors="--errors" in arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
