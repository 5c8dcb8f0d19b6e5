"""What an export costs beside genanki: ``python benchmarks/export_parts.py [--notes 10000] [--runs 3]``.

Three parts, each in a process of its own, in processor seconds and in memory beyond what the process held before:
the whole export out of a library; the writer alone, with its notes in hand; genanki alone, with the very same
fields in hand. Linux only: memory is read from ``/proc``.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from learnfeed.anki.package import write_package
from learnfeed.anki.recipe import Recipe, WordSelection
from learnfeed.bootstrap import Services
from learnfeed.config import Places, content_folder
from speed import TEMPLATES, _genanki_alone, _read_back

Work = Callable[[], object]
_WORDS = "SELECT word FROM word ORDER BY levels = 0, zipf DESC LIMIT ?"


def measured(prepare: Callable[[], Work]) -> tuple[float, float]:
    """Processor seconds and peak megabytes of some work, in a child process."""
    reader, writer = os.pipe()
    if child := os.fork():
        os.waitpid(child, 0)
        seconds, megabytes = json.loads(os.read(reader, 999))
        return seconds, megabytes
    work = prepare()
    gc.collect()
    before = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    began = time.process_time()
    work()
    seconds = time.process_time() - began
    os.write(writer, json.dumps([seconds, (_status("VmHWM") - before) / 1024]).encode())
    os._exit(0)


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def main() -> None:
    """Measures and prints a Markdown table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--notes", type=int, default=10_000)
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library, deck = Places(folder / "library"), folder / "ours.apkg"
        services = Services(library)
        services.importing.run([content_folder()])
        words = tuple(row[0] for row in services.lexicon.connection.execute(_WORDS, (chosen.notes,)))
        recipe = Recipe("bench", "bench", words=WordSelection(list=words, min_count=0), templates=TEMPLATES)
        services.exporting.run(recipe, deck)
        services.close()

        def whole() -> Work:
            own = Services(library)
            return lambda: own.exporting.run(recipe, deck)

        def writer() -> Work:
            own = Services(library)
            exporting, counts = own.exporting, Counter[str]()
            with own.database.write():
                notes = list(exporting._notes(recipe, exporting.note_maker(), counts, share=False))  # noqa: SLF001
            spec = exporting._spec(recipe, own.reviewing.plan())  # noqa: SLF001
            return lambda: write_package(spec, notes, folder / "writer.apkg", now=own.clock())

        def peer() -> Work:
            fields, _ = _read_back(deck, folder)
            return lambda: _genanki_alone(fields, folder / "genanki.apkg")

        parts = {"whole": whole, "writer": writer, "genanki": peer}
        runs = [{part: measured(work) for part, work in parts.items()} for _ in range(chosen.runs)]
    print(f"{len(words):,} word notes\n\n| part | processor s | × genanki | memory MB |\n|---|---|---|---|")
    for part in parts:
        seconds = statistics.median(run[part][0] for run in runs)
        ratio = statistics.median(run[part][0] / run["genanki"][0] for run in runs)
        memory = statistics.median(run[part][1] for run in runs)
        print(f"| {part} | {seconds:.2f} | {ratio:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
