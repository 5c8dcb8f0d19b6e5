"""How fast a large MediaCrawler file is read and imported, and with how much memory.

``python -m benchmarks.throughput [--megabytes 200] [--import-megabytes 20]``

Makes a JSONL file of notes as MediaCrawler writes them, then in processes of their own reads it (the importer alone)
at a fourth of the size and at full size, so that it shows whether memory grows with the file, and imports a part of it
into a library that is thrown away. Machines are shared and noisy: no figure is ever asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.speed import short_posts

MIB = 1 << 20
READ = """
import resource, sys, time
from learnfeed.importers.registry import open_paths
begun = time.perf_counter()
items = sum(1 for found in open_paths([sys.argv[1]]) for _ in found.items)
seconds = time.perf_counter() - begun
print(items, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
IMPORT = """
import resource, sys, time
from learnfeed.bootstrap import open_services
services = open_services(sys.argv[2])
begun = time.perf_counter()
summary = services.importing.run([sys.argv[1]])
seconds = time.perf_counter() - begun
services.close()
peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(summary.added, seconds, max(peaks) // 1024)
"""


def make(file: Path, megabytes: int, seed: Path) -> None:
    """Writes notes until the file is as large as asked, each with an id of its own."""
    notes = [json.loads(line) for line in seed.read_text("utf-8").splitlines()]
    number = 0
    with file.open("w", encoding="utf-8") as out:
        while out.tell() < megabytes * MIB:
            for note in notes:
                number += 1
                note["note_id"] = f"{number:024x}"
                out.write(json.dumps(note | {"desc": f"{note['desc']} {number}"}, ensure_ascii=False) + "\n")


def measure(code: str, *arguments: str) -> tuple[int, float, int]:
    """Runs code in a process of its own: what it counted, its seconds, and its peak memory in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ},
    )
    items, seconds, peak = done.stdout.split()
    return int(items), float(seconds), int(peak)


def main() -> None:
    """Prints a Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--import-megabytes", type=int, default=20)
    options = parser.parse_args()
    print("| what | file, MiB | posts | seconds | MiB/s | peak memory, MiB |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="learnfeed-throughput-") as folder:
        work = Path(folder)
        seed = work / "seed.jsonl"
        short_posts(2000, seed)
        file = work / "search_contents_2026-07-20.jsonl"
        for megabytes in (options.megabytes // 4, options.megabytes):
            make(file, megabytes, seed)
            told("read", file, measure(READ, str(file)))
        make(file, options.import_megabytes, seed)
        told("import", file, measure(IMPORT, str(file), str(work / "library")))


def told(what: str, file: Path, figures: tuple[int, float, int]) -> None:
    """Prints a row."""
    items, seconds, peak = figures
    size = file.stat().st_size / MIB
    print(f"| {what} | {size:.0f} | {items:,} | {seconds:.1f} | {size / seconds:.2f} | {peak} |", flush=True)


if __name__ == "__main__":
    main()
