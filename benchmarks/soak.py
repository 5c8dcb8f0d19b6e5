"""Drives the real app by keys for a while and tells its memory at start and end.

    python benchmarks/soak.py [--minutes 30] [--posts DIR] [--size 80x24] [--seed 1] [--json]

The app runs in a terminal of its own (a pty) over a throw-away library made of the sample posts. A day is played
over and over: reviews, feed, reader, quiz, statistics, settings, search, help, palette, import, export; now and
then a handful of keys at random. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import random
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
ESC, ENTER = "\x1b", "\r"
HOME = ESC * 4
DAY = (
    " " + " 3" * 6 + " 1uu 4-*",
    "fjjjjnrrnssss" + ENTER + (ENTER + "a") * 4 + "kuppt",
    "f" + "j" * 9 + ENTER + (ENTER + "a") * 4 + "tpppux",
    "f/xue3" + ENTER + "j" + ENTER * 3 + "lxuu",
    "q" + ENTER + ("1" + ENTER) * 8,
    "sjjjj  r",
    ",jjjj?" + ESC,
    "?" + HOME + "\x10stat" + ESC,
    "u" + HOME + "\x14\x14",
    "e" + ESC + HOME + "i" + ESC,
)
RANDOM = " 1234fqsunptlkaxjrm,?/-*" + ENTER + ESC
PAUSE = 0.06
"""Seconds between two keys: quicker than a person, slow enough that each is drawn."""
ESC_PAUSE = 0.15
"""Seconds after escape: a key that follows at once would be read as alt with that key."""


class App:
    """The app in its terminal."""

    def __init__(self, library: Path, size: tuple[int, int]) -> None:
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.environ |= {"LEARNFEED_HOME": str(library), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execv(sys.executable, [sys.executable, "-m", "learnfeed"])  # noqa: S606
        columns, rows = size
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.tail = b""
        self.keys = 0
        self.waits: list[float] = []

    def press(self, key: str) -> None:
        """Presses a key and reads what the app draws for a moment."""
        began = time.perf_counter()
        os.write(self._terminal, key.encode())
        self.keys += 1
        first = self.drain(ESC_PAUSE if key == ESC else PAUSE)
        if first is not None:
            self.waits.append(first - began)

    def drain(self, seconds: float) -> float | None:
        """Reads for so long; gives back when the first byte came."""
        first, end = None, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if not select.select([self._terminal], [], [], left)[0]:
                break
            try:
                read = os.read(self._terminal, 65536)
            except OSError:
                break
            first = first or time.perf_counter()
            self.tail = (self.tail + read)[-20_000:]
        return first

    def megabytes(self) -> float:
        """Resident memory now."""
        for line in Path(f"/proc/{self.pid}/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    @property
    def ended(self) -> int | None:
        """How the app ended; None while it runs."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None

    def leave(self) -> int:
        """Leaves the app as a person does; gives back its exit code."""
        for key in (*HOME, "\x11"):
            self.press(key)
        for _ in range(200):
            self.drain(0.05)
            time.sleep(0.05)
            if (code := self.ended) is not None:
                return code
        os.kill(self.pid, signal.SIGKILL)
        return -9


def command(library: Path, *arguments: str) -> str:
    """Runs a command on the library; its output."""
    done = subprocess.run(
        [sys.executable, "-m", "learnfeed", "--library", str(library), *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout


def play(app: App, minutes: float, seed: int) -> tuple[list[float], int | None]:
    """Plays days until the time is up; memory each minute, and the exit code if the app ended by itself."""
    chance, start, memory = random.Random(seed), time.monotonic(), []
    while time.monotonic() - start < minutes * 60:
        part = chance.choice(DAY) if chance.random() < 0.85 else "".join(chance.choices(RANDOM, k=12))
        for key in part + HOME:
            app.press(key)
        if (code := app.ended) is not None:
            return memory, code
        if len(memory) <= (time.monotonic() - start) // 60:
            memory.append(round(app.megabytes(), 1))
    return memory, None


def main() -> None:
    """Runs the soak and prints what it found."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=30)
    asked.add_argument("--posts", default=str(ROOT / "content"))
    asked.add_argument("--size", default="80x24")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    columns, rows = (int(number) for number in options.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        command(library, "import", options.posts)
        command(library, "words", "mark", "--hsk", "1")
        app = App(library, (columns, rows))
        app.drain(5)
        start = round(app.megabytes(), 1)
        memory, code = play(app, options.minutes, options.seed)
        end = round(app.megabytes(), 1) if code is None else 0.0
        code = app.leave() if code is None else code
        check = json.loads(command(library, "doctor", "--json"))["library check"]
        answers = json.loads(command(library, "stats", "--json"))["answers"]
    waits = sorted(wait * 1000 for wait in app.waits)
    found = {
        "minutes": options.minutes, "keys": app.keys, "exit": code, "library": check, "answers": answers,
        "memory at start, MB": start, "memory at end, MB": end, "memory each minute, MB": memory,
        "key to first byte, ms": {
            "median": round(statistics.median(waits), 1), "p95": round(waits[len(waits) * 95 // 100], 1)
        },
        "faults on the screen": app.tail.count(b"Traceback"),
    }  # fmt: skip
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for name, value in found.items():
        print(f"{name:<24} {value}")


if __name__ == "__main__":
    main()
