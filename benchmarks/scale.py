"""Time and memory against the size of the library: ``python benchmarks/scale.py [--sizes 1000 10000] [--plot FILE]``.

Libraries are made by ``make_library.py`` (kept in ``--folder`` for the next run). Each is opened in a process of its
own; every figure is the median of several runs, in milliseconds. Prints a Markdown table and draws a plot (SVG).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from learnfeed.bootstrap import Services, open_services
from learnfeed.config import recipes_folder
from learnfeed.core.feed import FeedQuery, Sort
from learnfeed.core.word import WordStatus

SIZES = (1_000, 10_000, 100_000)
PAGE = 24
"""Cards of one screen of the feed."""

INTERACTIVE = (
    "open and Today", "first page", "a page further down", "search 雪", "search xue3", "search friend", "#tag",
    "only readable", "sort by likes", "open a post", "next post that fits", "look a word up",
    "mark a word that stands in few posts",
)  # fmt: skip
LONG = ("mark a word that stands in most posts", "unlock 20 words", "export a deck", "backup")


def operations(services: Services, folder: Path) -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    reading, chance = services.reading, random.Random(1)
    ids = reading.ids(FeedQuery())
    words = [word.headword for word in reading.vocabulary(None, None, -1)]

    def page(query: FeedQuery) -> Callable[[], object]:
        return lambda: reading.cards(reading.ids(query, PAGE))

    def flip(word: str) -> Callable[[], object]:
        states = [WordStatus.LEARNING, WordStatus.KNOWN]
        return lambda: (reading.mark({word: states[0]}), states.reverse())

    return {
        "open and Today": lambda: _opened(services),
        "first page": page(FeedQuery()),
        "a page further down": lambda: reading.cards(ids[(at := chance.randrange(len(ids))) : at + PAGE]),
        "search 雪": page(FeedQuery("雪")),
        "search xue3": page(FeedQuery("xue3")),
        "search friend": page(FeedQuery("friend")),
        "#tag": page(FeedQuery("#美食")),
        "only readable": page(FeedQuery(readable=True)),
        "sort by likes": page(FeedQuery(sort=Sort.LIKES)),
        "open a post": lambda: reading.open(chance.choice(ids)),
        "next post that fits": lambda: reading.next_fit(ids[0]),
        "look a word up": lambda: reading.word(chance.choice(words)),
        "mark a word that stands in few posts": flip(words[-1]),
        "mark a word that stands in most posts": flip(words[0]),
        "unlock 20 words": lambda: services.unlocking.plan(words=20),
        "export a deck": lambda: services.exporting.run(recipes_folder() / "hsk3.toml", folder / "deck.apkg"),
        "backup": lambda: services.backups.make(folder / "copy.sqlite"),
    }


def _opened(services: Services) -> None:
    another = Services(services.places)
    another.today()
    another.close()


def measure(library: Path) -> dict[str, float]:
    """Milliseconds of each operation over one library, and megabytes (``resident``, ``on disk``)."""
    services = open_services(str(library))
    figures: dict[str, float] = {"on disk": (library / "library.sqlite").stat().st_size / 1e6}
    services.today()
    services.reading.cards(services.reading.ids(FeedQuery(), PAGE))
    figures["resident"] = _resident()
    with tempfile.TemporaryDirectory() as folder:
        for name, work in operations(services, Path(folder)).items():
            took = []
            for _ in range(7 if name in INTERACTIVE else 2):
                began = time.perf_counter()
                work()
                took.append((time.perf_counter() - began) * 1000)
            figures[name] = statistics.median(took)
    services.close()
    return figures


def _resident() -> float:
    for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return math.nan


def made(folder: Path, size: int) -> Path:
    """The library of a size; made when it is not there yet."""
    library = folder / str(size)
    if not (library / "library.sqlite").exists():
        maker = Path(__file__).with_name("make_library.py")
        subprocess.run([sys.executable, maker, "--posts", str(size), library], check=True, stdout=sys.stderr)
    return library


def table(figures: dict[int, dict[str, float]]) -> str:
    """All figures as Markdown."""
    lines = [
        "| posts | " + " | ".join(f"{size:,}" for size in figures) + " |",
        "|---" * (len(figures) + 1) + "|",
    ]
    for name in (*INTERACTIVE, *LONG, "resident", "on disk"):
        unit = "MB" if name in {"resident", "on disk"} else "ms"
        cells = (f"{f[name]:,.0f}" if f[name] >= 10 else f"{f[name]:.1f}" for f in figures.values())
        lines.append(f"| {name} ({unit}) | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def plot(figures: dict[int, dict[str, float]]) -> str:
    """Milliseconds against posts, both logarithmic, as SVG."""
    wide, high, left, bottom, top = 860, 520, 60, 470, 20
    sizes = list(figures)
    spread = math.log10(sizes[-1] / sizes[0]) or 1

    def x(size: float) -> float:
        return left + math.log10(size / sizes[0]) / spread * 480

    def y(ms: float) -> float:
        return bottom - (math.log10(max(ms, 0.1)) + 1) / 6 * (bottom - top)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">',
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
    ]
    for ms in (0.1, 1, 10, 50, 100, 1000, 10_000, 100_000):
        dash = ' stroke-dasharray="4 3"' if ms == 50 else ""
        parts.append(f'<path d="M{left} {y(ms):.1f}H{x(sizes[-1]):.1f}" stroke="#ccc"{dash}/>')
        parts.append(f'<text x="{left - 6}" y="{y(ms) + 4:.1f}" text-anchor="end" fill="#555">{ms:g}</text>')
    under = f'y="{bottom + 20}" text-anchor="middle" fill="#555"'
    parts += [f'<text x="{x(size):.1f}" {under}>{size:,}</text>' for size in sizes]
    names = sorted((*INTERACTIVE, *LONG), key=lambda name: -figures[sizes[-1]][name])
    for at, name in enumerate(names):
        colour = f"hsl({at * 360 // len(names)} 60% 42%)"
        points = " ".join(f"{x(size):.1f},{y(f[name]):.1f}" for size, f in figures.items())
        dash = ' stroke-dasharray="6 3"' if name in LONG else ""
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        parts.append(f'<text x="{x(sizes[-1]) + 24:.1f}" y="{40 + at * 22}" fill="{colour}">{name}</text>')
    parts.append(
        f'<text x="{left}" y="{high - 8}" fill="#555">milliseconds against posts; dashed: long work</text></svg>'
    )
    return "\n".join(parts)


def main() -> None:
    """Measures every size and prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options.add_argument("--folder", type=Path, help="where the libraries are kept; made anew when not given")
    options.add_argument("--plot", type=Path, help="where to draw the plot (SVG)")
    options.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        print(json.dumps(measure(chosen.one)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.folder or Path(name)
        figures = {
            size: json.loads(
                subprocess.run(
                    [sys.executable, __file__, "--one", made(folder, size)],
                    check=True,
                    capture_output=True,
                    text=True,
                ).stdout
            )
            for size in sorted(chosen.sizes)
        }
    print(table(figures))
    if chosen.plot:
        chosen.plot.write_text(plot(figures), "utf-8")


if __name__ == "__main__":
    main()
