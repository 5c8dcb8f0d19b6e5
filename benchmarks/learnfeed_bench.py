"""All benchmarks in one run, into ``benchmarks/RESULTS.md``: ``python -m benchmarks.learnfeed_bench [--quick]``.

Accuracy and speed, each against named peers measured in the same run. Peers that are not installed and data that is
not there are named as missing. ``pip install -e ".[bench]"`` brings the peers; ``--lute`` names a Python that has
``lute3``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from learnfeed import __version__
from learnfeed.bootstrap import open_services
from learnfeed.config import content_folder

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
PEERS = (
    "pypinyin",
    "pypinyin-dict",
    "g2pM",
    "jieba",
    "rjieba",
    "hsk30",
    "genanki",
    "textual",
    "fsrs",
    "anki",
)
TEXTS = 40

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("学 learnfeed")
Minimal().run()
"""


def machine() -> str:
    """What this ran on, and with which versions."""
    here = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    lines = [f"learnfeed {__version__}, Python {platform.python_version()}, {here}."]
    found, missing = [], []
    for name in PEERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    lines.append(
        "Peers: " + ", ".join(found) + (f". Not installed: {', '.join(missing)}" if missing else "") + "."
    )
    return "\n\n".join(lines)


def part(name: str, *arguments: str) -> str:
    """What another benchmark prints; what went wrong with it where it fails."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=HERE.parent,
    )
    told = done.stdout.strip() or "*nothing was measured*"
    if not told.startswith(("|", "*")):
        told = f"```text\n{told}\n```"
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        told += f"\n\n*{name} ended with {done.returncode}: {last}*"
    command = " ".join([name, *(Path(a).name if "/" in a else a for a in arguments)])
    return f"{told}\n\n<sub>`python -m benchmarks.{command}`, {time.perf_counter() - began:.0f} s</sub>"


def first_frame(command: Sequence[str], environment: dict[str, str]) -> float:
    """Milliseconds from starting a program in a terminal to the first frame that shows its name."""
    import pty
    import select
    import signal

    began = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(environment, TERM="xterm-256color", COLUMNS="100", LINES="30")
        os.execv(command[0], list(command))  # noqa: S606 - our own interpreter
    seen = b""
    try:
        while b"learnfeed" not in seen and time.perf_counter() - began < 30:
            if select.select([terminal], [], [], 1)[0]:
                seen += os.read(terminal, 65536)
        return (time.perf_counter() - began) * 1000
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def start_up(runs: int) -> str:
    """The app's first frame against that of a Textual app with one line in it."""
    with tempfile.TemporaryDirectory() as home:
        services = open_services(home)
        services.importing.run([content_folder()])
        services.close()
        ours, peer = [], []
        for _ in range(runs):
            ours.append(first_frame([sys.executable, "-m", "learnfeed"], {"LEARNFEED_HOME": home}))
            peer.append(first_frame([sys.executable, "-c", MINIMAL], {}))
    ratio = statistics.median(a / b for a, b in zip(ours, peer, strict=True))
    return (
        "| what | learnfeed | minimal Textual app | ratio |\n|---|---|---|---|\n"
        f"| start to first frame (ms) | {statistics.median(ours):.0f} | {statistics.median(peer):.0f} | {ratio:.2f} |"
    )


def one_text(lute: str | None) -> str:
    """Bringing in a text and opening it, against Lute 3 with its Mandarin parser."""
    import tomllib

    bodies = [
        tomllib.loads(path.read_text("utf-8")).get("body", "")
        for path in sorted(content_folder().glob("*.toml"))
    ]
    texts = [
        "\n".join(line for line in body.split("\n") if any("\u4e00" <= c <= "\u9fff" for c in line))
        for body in bodies[:TEXTS]
    ]
    added, opened = [], []
    with tempfile.TemporaryDirectory() as folder:
        services = open_services(folder)
        services.lexicon.entries("雪")
        for number, text in enumerate(texts):
            file = Path(folder) / f"text{number}.txt"
            file.write_text(text, "utf-8")
            began = time.perf_counter()
            services.importing.run([file])
            added.append(time.perf_counter() - began)
            post = services.reading.count()
            began = time.perf_counter()
            services.reading.open(post)
            opened.append(time.perf_counter() - began)
        services.close()
    ours = {"add": statistics.median(added), "open": statistics.median(opened)}
    head = "| what | learnfeed (ms) | Lute 3 (ms) | ratio |\n|---|---|---|---|\n"
    if not lute:
        return f"*Lute 3 is not measured: name a Python that has it with --lute.* learnfeed: {ours}"
    done = subprocess.run(
        [lute, str(HERE / "peer_lute.py"), *texts], capture_output=True, text=True, check=True
    )
    peer = json.loads(done.stdout.splitlines()[-1])
    names = {
        "add": "bring one text in (pinyin, senses and levels in ours; words in theirs)",
        "open": "open it",
    }
    return head + "\n".join(
        f"| {names[key]} | {ours[key] * 1000:.1f} | {peer[key] * 1000:.1f} | {ours[key] / peer[key]:.2f} |"
        for key in names
    )


def main() -> None:
    """Runs all and writes the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer runs, smaller libraries")
    options.add_argument("--data", type=Path, help="where the public test sets lie")
    options.add_argument("--lute", help="a Python interpreter that has lute3 and lute3-mandarin")
    options.add_argument("--kills", type=int, default=540, help="how many processes are killed")
    options.add_argument("--libraries", type=Path, help="where libraries of scale.py are kept")
    chosen = options.parse_args()
    sizes = ("1000", "10000") if chosen.quick else ("1000", "10000", "100000")
    kept = ("--folder", str(chosen.libraries)) if chosen.libraries else ()
    data = (str(chosen.data),) if chosen.data else ()
    pages = [
        "# Results",
        "Made by `python -m benchmarks.learnfeed_bench`. Machines differ and are shared: look at the ratios.",
        machine(),
        "## Accuracy",
        part("accuracy", *data),
        "Held-out figures of the reading model, which was trained on parts of these sets: `training/FIGURES.md`.",
        "## Speed",
        part("speed", "--runs", "1" if chosen.quick else "3"),
        start_up(3 if chosen.quick else 9),
        one_text(chosen.lute),
        "## Size of the library",
        part("scale", *kept, "--sizes", *sizes, "--plot", "benchmarks/scale.svg"),
        "![Milliseconds against posts](scale.svg)",
        "## After a kill",
        part("kills", "--kills", str(45 if chosen.quick else chosen.kills)),
    ]
    RESULTS.write_text("\n\n".join(pages) + "\n", "utf-8")
    print(RESULTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
