"""How fast learnfeed imports and exports: ``python benchmarks/speed.py [--posts 3000] [--notes 10000]``.

Prints a Markdown table: medians over several runs, and ratios against a named peer in the same run. Machines
are shared and noisy, so no figure here is ever asserted.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import genanki

from learnfeed.anki.notetype import note_type
from learnfeed.anki.recipe import Recipe, WordSelection
from learnfeed.bootstrap import Services
from learnfeed.config import Places, content_folder
from learnfeed.core.review import Template

TEMPLATES = (Template.RECOGNITION, Template.RECALL, Template.TYPING)
FRONTS = (1, 3, 5)
"""Fields that every word note fills; a card of genanki's for each of ours."""

SHORT_LINES = 2
"""Lines of a short post: with its title about 35 to 120 characters, as saved posts are."""


def short_posts(number: int, file: Path) -> float:
    """Writes short posts in MediaCrawler's format, made of lines of the sample posts; gives back their mean length."""
    chance = random.Random(1)
    bodies = [
        tomllib.loads(path.read_text("utf-8")).get("body", "")
        for path in sorted(content_folder().glob("*.toml"))
    ]
    stretches = [[line for line in body.split("\n") if line.strip()] for body in bodies]
    lengths = []
    with file.open("w", encoding="utf-8") as out:
        for i in range(number):
            lines = chance.choice([s for s in stretches if len(s) > SHORT_LINES])
            at = chance.randrange(len(lines) - SHORT_LINES)
            text = "\n".join(lines[at : at + SHORT_LINES]) + f" {i}"
            lengths.append(len(text))
            out.write(json.dumps(_note(i, text), ensure_ascii=False) + "\n")
    return statistics.mean(lengths)


def _note(number: int, text: str) -> dict[str, object]:
    return {
        "note_id": f"{number:024x}", "type": "normal", "title": "", "desc": text, "video_url": "",
        "time": 1_737_030_665_000, "last_update_time": 0, "user_id": "u", "nickname": "n", "liked_count": "12",
        "image_list": "", "tag_list": "雪", "last_modify_ts": 1_737_030_665_000, "note_url": "",
    }  # fmt: skip


def timed(work: Callable[[], object], runs: int) -> float:
    """Median seconds of several runs."""
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def import_rate(folder: Path, posts: int, runs: int) -> list[str]:
    """Posts a second, with full annotation, into an empty library: from the first, and once all cores are warm."""
    file = folder / "posts.jsonl"
    length = short_posts(posts, file)
    whole, warm = [], []
    for run in range(runs):
        marks: list[tuple[float, int]] = [(time.perf_counter(), 0)]
        services = Services(Places(folder / f"library{run}"))
        services.importing.run([file], progress=lambda at: marks.append((time.perf_counter(), at.done)))  # noqa: B023
        services.close()
        began, end = marks[0][0], time.perf_counter()
        warmed, before = next(mark for mark in marks if mark[1] >= posts // 5)
        whole.append(posts / (end - began))
        warm.append((posts - before) / (end - warmed))
    rates = f"{statistics.median(whole):,.0f} posts/s, {statistics.median(warm):,.0f} once warm"
    return [f"| import, {posts:,} posts of {length:.0f} characters | {rates} | |"]


def export_ratio(folder: Path, notes: int, runs: int) -> list[str]:
    """Making and writing word notes as a deck, against genanki alone writing the very same notes and cards."""
    services = Services(Places(folder / "export"))
    services.importing.run([content_folder()])
    words = [w for level in range(1, 8) for w in services.lexicon.words_of_level("2025", level)][:notes]
    selection = WordSelection(list=tuple(words), min_count=0)
    recipe = Recipe("bench", "bench", words=selection, templates=TEMPLATES)
    target = folder / "ours.apkg"
    services.exporting.run(recipe, target)
    written, cards = _read_back(target, folder)
    pairs = []
    for _ in range(runs):
        ours = timed(lambda: services.exporting.run(recipe, target), 1)
        peer = timed(lambda: _genanki_alone(written, folder / "genanki.apkg"), 1)
        pairs.append((ours / peer, ours, peer))
    services.close()
    ratio, ours, peer = statistics.median_low(pairs)
    against = f"{ratio:.2f} × genanki alone ({peer:.2f} s)"
    return [f"| export, {len(written):,} word notes, {cards:,} cards | {ours:.2f} s | {against} |"]


def _read_back(package: Path, folder: Path) -> tuple[list[list[str]], int]:
    """The fields of the notes in a package, and how many cards they have."""
    with zipfile.ZipFile(package) as archive:
        archive.extract("collection.anki2", folder)
    with closing(sqlite3.connect(folder / "collection.anki2")) as connection:
        fields = [row[0].split("\x1f") for row in connection.execute("SELECT flds FROM notes")]
        return fields, connection.execute("SELECT count(*) FROM cards").fetchone()[0]


def _genanki_alone(notes: list[list[str]], path: Path) -> None:
    kind = note_type("word")
    fields = [{"name": field.name} for field in kind.fields]
    fronts = [kind.fields[at].name for at in FRONTS]
    cards = [
        {"name": front, "qfmt": "{{" + front + "}}", "afmt": "{{FrontSide}}<hr>{{" + fields[6]["name"] + "}}"}
        for front in fronts
    ]
    model = genanki.Model(1607392319, "bench", fields=fields, templates=cards, css=kind.css)
    deck = genanki.Deck(2059400110, "bench")
    for note in notes:
        deck.add_note(genanki.Note(model=model, fields=note, guid=note[0]))
    genanki.Package(deck).write_to_file(str(path))


def main() -> None:
    """Runs all and prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--posts", type=int, default=3000)
    options.add_argument("--notes", type=int, default=10_000)
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    print("| what | median | against |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for line in import_rate(Path(name), chosen.posts, chosen.runs):
            print(line)
        for line in export_ratio(Path(name), chosen.notes, chosen.runs):
            print(line)


if __name__ == "__main__":
    main()
