"""Throws damaged files at every importer: ``python -m benchmarks.fuzz_importers [--count N] [--seed N] [FOLDER...]``.

Run it from the root of the repository. Whole samples (those of the tests, and of every FOLDER named) are mutated as
bytes, as lines, as JSON trees, as zip members and as database cells; half of the inputs are recognised by content, half
are forced upon an importer, each of which gets its share. What must hold for every input:

- it ends in items and told problems, never in another error,
- within two seconds of processor time,
- with text that can be stored and shown (no lone surrogates, no control characters),
- and without writing, connecting or starting anything outside of the temporary folder (an audit hook watches).

Inputs that break a promise are kept in ``--keep``; the same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path

from benchmarks.mutations import MUTATIONS, fitting
from tests.importers.made import EXPLORE_ROW, anki_database, database, explore_data, packed, workbook

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.post import Media
from learnfeed.importers.base import Problem
from learnfeed.importers.registry import BUILTIN, open_paths

SECONDS = 2.0
"""Processor time that one input may take."""
LARGEST = 200_000
"""Samples are cut to this many bytes: what is tried is shape, not size."""
LARGEST_INPUT = 2_000_000
"""Damaged ones, in which a line may have been doubled again and again, are cut to this many."""
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.spawn",
    "os.posix_spawn",
    "ctypes.dlopen",
)
TOUCHING = (
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
)


class Hang(BaseException):
    """An input took longer than SECONDS; no handler of the code under test may catch it."""


class Outside(BaseException):
    """Something outside of the temporary folder was touched."""


@dataclass
class Figures:
    """What was tried, and what came of it."""

    inputs: int = 0
    by_format: Counter[str] = field(default_factory=Counter)
    by_mutation: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Watch:
    """An audit hook: while it is on, only the temporary folder may be written to."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.on = False
        sys.addaudithook(self._audit)

    def _audit(self, event: str, args: tuple[object, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            path, _, flags = args
            if isinstance(flags, int) and flags & WRITES and not isinstance(path, int):
                self._inside(event, path)
        elif event in TOUCHING:
            near = args[-1]
            at_folder = isinstance(near, int) and near >= 0 and event in ("os.remove", "os.rmdir", "os.mkdir")
            self._inside(event, f"/proc/self/fd/{near}/{os.fsdecode(args[0])}" if at_folder else args[0])  # type: ignore[arg-type]
        elif event.startswith(FORBIDDEN):
            raise Outside(f"{event} {args!r}")

    def _inside(self, event: str, path: object) -> None:
        whole = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
        if not whole.startswith(self.folder + os.sep) and whole != os.devnull:
            raise Outside(f"{event} {whole}")


def whole_samples(folders: list[Path], work: Path) -> list[tuple[str, bytes]]:
    """Names and bytes of the files that are mutated."""
    made = work / "made"
    made.mkdir()
    explore_data(made / "ExploreData.db", EXPLORE_ROW, EXPLORE_ROW)
    anki = anki_database(made / "collection.anki2", ("雨", 30), ("雨伞", 1)).read_bytes()
    (made / "a.apkg").write_bytes(packed({"meta": b"", "collection.anki2": anki}))
    (made / "posts.zip").write_bytes(
        packed({"a/雪.txt": "外面下雨了。\nIt rains.", "b.srt": "1\n00:00:01,0 --> 00:00:02,0\n雨"})
    )
    (made / "a.xlsx").write_bytes(
        workbook(Contents=[["title", "desc", "note_id"], ["雨", "外面下雨了。", 5]])
    )
    database(
        made / "vocab.db",
        WORDS=(["word", "stem", "lang", "category"], [["雨", "雨", "zh", 0], ["伞", "", "zh", 100]]),
    )
    here = Path(__file__).resolve().parent.parent / "tests" / "importers" / "samples"
    found = []
    for folder in (here, made, *folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".mp4":
                with path.open("rb") as file:
                    found.append((path.name, file.read(LARGEST)))
    return found


def told(value: object) -> Iterator[str]:
    """Every text inside an item."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from told(one)
    elif is_dataclass(value):
        for each in fields(value):
            yield from told(getattr(value, each.name))


def judge(item: object, work: Path) -> None:
    """Raises AssertionError when an item can't be stored or shown."""
    for text in told(item):
        text.encode("utf-8")
        assert not any((ord(c) < 32 and c not in "\n\t") or c == "\x7f" for c in text), (
            f"control character: {text!r}"
        )
    if isinstance(item, Problem):
        assert item.reason, item
        assert item.file, item
    for media in getattr(item, "media", ()):
        if isinstance(media, Media) and media.path:
            assert Path(media.path).is_relative_to(work), f"a file outside: {media.path}"


def try_one(path: Path, forced: str | None, work: Path, figures: Figures) -> None:
    """Imports one input; raises what should not have happened."""
    for found in open_paths([path], format=forced):
        figures.by_format[found.format or "refused"] += 1
        for item in found.items:
            figures.items[type(item).__name__] += 1
            judge(item, work)


def run(samples: list[tuple[str, bytes]], count: int, seed: int, work: Path, keep: Path) -> Figures:
    """Tries ``count`` inputs."""
    figures, chance, watch = Figures(), random.Random(seed), Watch(work)
    names = [importer.name for importer in BUILTIN]
    place = work / "in"
    for number in range(count):
        name, data = chance.choice(samples)
        kind = chance.choice(fitting(data))
        try:
            data = MUTATIONS[kind](data, chance, samples)
        except (ValueError, KeyError, RecursionError, OSError, zipfile.BadZipFile):
            kind = "bytes"
            data = MUTATIONS[kind](data, chance, samples)
        data = data[:LARGEST_INPUT]
        forced = names[number // 2 % len(names)] if number % 2 else None
        place.mkdir(exist_ok=True)
        path = place / (name if chance.random() < 0.5 else "file")
        path.write_bytes(data)
        figures.inputs += 1
        figures.by_mutation[kind] += 1
        watch.on = True
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            try_one(path, forced, work, figures)
        except (Exception, Hang, Outside) as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            signal.setitimer(signal.ITIMER_PROF, 0)
            watch.on = False
            _keep(keep, f"{seed}-{number}-{forced or 'any'}-{name}", data, error, figures)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            watch.on = False
        shutil.rmtree(place)
    return figures


def _keep(keep: Path, name: str, data: bytes, error: BaseException, figures: Figures) -> None:
    if isinstance(error, LearnfeedError):
        name = f"escaped-{name}"
    keep.mkdir(parents=True, exist_ok=True)
    (keep / name[-150:]).write_bytes(data)
    last = traceback.extract_tb(error.__traceback__)[-1]
    figures.faults.append(
        f"{name}: {type(error).__name__}: {str(error)[:200]} ({Path(last.filename).name}:{last.lineno})"
    )
    (keep / (name[-150:] + ".trace")).write_text("".join(traceback.format_exception(error)))


def _hang(_signal: int, _frame: object) -> None:
    raise Hang(f"longer than {SECONDS} s")


def main() -> None:
    """Runs one slice and prints its figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-faults"))
    options = parser.parse_args()
    warnings.simplefilter("error")
    signal.signal(signal.SIGPROF, _hang)
    with tempfile.TemporaryDirectory(prefix="learnfeed-fuzz-") as folder:
        work = Path(folder).resolve()
        (work / "tmp").mkdir()
        tempfile.tempdir = str(work / "tmp")
        samples = whole_samples(options.folders, work)
        figures = run(samples, options.count, options.seed, work, options.keep)
    print(
        json.dumps(
            {"inputs": figures.inputs, "samples": len(samples), "faults": figures.faults},
            ensure_ascii=False,
            indent=1,
        )
    )
    for title, counter in (
        ("read as", figures.by_format),
        ("mutated as", figures.by_mutation),
        ("gave", figures.items),
    ):
        print(f"{title}: " + ", ".join(f"{name} {number}" for name, number in counter.most_common()))
    sys.exit(1 if figures.faults else 0)


if __name__ == "__main__":
    main()
