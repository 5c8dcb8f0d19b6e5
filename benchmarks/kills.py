"""Kills learnfeed at random moments and looks at what is left: ``python benchmarks/kills.py [--kills 500]``.

Each operation runs over and over in a process of its own, which tells what it has confirmed; after a random time the
process is killed (SIGKILL), the library is opened anew and checked: SQLite's integrity check is ok, everything that
was confirmed is there, and nothing half-done shows. Ends with 1 if any check ever fails. POSIX only.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.lexicon_build import update
from learnfeed.bootstrap import Services, open_services
from learnfeed.config import content_folder, recipes_folder
from learnfeed.core.correction import Correction, CorrectionKind, Scope
from learnfeed.core.review import Rating
from learnfeed.core.word import WordStatus
from learnfeed.store.backup import summary
from learnfeed.store.database import SCHEMA_VERSION
from learnfeed.store.migrations import migrate

Confirm = Callable[[str], None]
BATCH = 40
"""Posts of one import."""
OLD_SCHEMA = 4


@dataclass
class Ground:
    """Where one operation works.

    Attributes:
        folder: The library's folder.
        round: How many kills there were before.
        posts: Posts that the library holds for certain.
    """

    folder: Path
    round: int = 0
    posts: int = 0
    notes: dict[str, str] = field(default_factory=dict)

    def open(self) -> Services:
        """The library, opened anew."""
        return open_services(str(self.folder))


def prepare(ground: Ground) -> None:
    """A library with the sample posts and a hundred cards."""
    services = ground.open()
    services.importing.run([content_folder()])
    for word in services.lexicon.words_of_level("2025", 1)[:100]:
        services.reviewing.add_card(None, 0, 0, word)
    ground.posts = services.reading.count()
    services.close()


# -- what is done until the kill -------------------------------------------------------------------


def do_import(ground: Ground, confirm: Confirm) -> None:
    """Imports new posts."""
    services = ground.open()
    file = ground.folder / f"new{ground.round}.txt"
    blocks = [f"今天第{ground.round}次下雪{i}了。\nIt snowed, {i}." for i in range(BATCH)]
    file.write_text("\n---\n".join(blocks), "utf-8")
    services.importing.run([file])
    confirm("whole")


def do_mark(ground: Ground, confirm: Confirm) -> None:
    """Marks words."""
    services = ground.open()
    statuses = list(WordStatus)
    for i, word in enumerate(services.lexicon.words_of_level("2025", 2)):
        status = statuses[(i + ground.round) % len(statuses)]
        services.reading.mark({word: status})
        confirm(f"{word} {status.value}")


def do_review(ground: Ground, confirm: Confirm) -> None:
    """Answers cards."""
    services = ground.open()
    cards = [row[0] for row in services.database.rows("SELECT id FROM card")]
    for card in random.Random(ground.round).sample(cards, len(cards)):
        services.reviewing.answer(card, Rating.GOOD, 1000)
        confirm(str(services.database.rows("SELECT max(at) FROM review")[0][0]))


def do_undo(ground: Ground, confirm: Confirm) -> None:
    """Answers, and takes the answer back."""
    services = ground.open()
    cards = [row[0] for row in services.database.rows("SELECT id FROM card")]
    for card in cards:
        before = services.database.rows("SELECT count(*) FROM standing_review")[0][0]
        services.reviewing.answer(card, Rating.AGAIN, 1000)
        confirm(str(before + 1))
        services.reviewing.undo()
        confirm(str(before))


def do_correct(ground: Ground, confirm: Confirm) -> None:
    """Corrects the sense of words, and has the posts they stand in annotated again."""
    services = ground.open()
    for i, word in enumerate(services.lexicon.words_of_level("2025", 3)):
        gloss = f"sense {ground.round} {i}"
        services.correcting.correct(Correction(CorrectionKind.SENSE, Scope.EVERYWHERE, word, (gloss,)))
        confirm(f"{word}\t{gloss}")


def do_migrate(ground: Ground, confirm: Confirm) -> None:
    """Opens an older library."""
    ground.open().database  # noqa: B018 - opening is what is done
    confirm("done")


def do_backup(ground: Ground, confirm: Confirm) -> None:
    """Makes backups, as library files and as plain text."""
    services = ground.open()
    for i in range(10_000):
        confirm(str(services.backups.make(ground.folder / f"copy{i % 5}.{'jsonl' if i % 2 else 'sqlite'}")))


def do_restore(ground: Ground, confirm: Confirm) -> None:
    """Restores one of two backups, by turns."""
    services = ground.open()
    while True:
        for name in ("one", "two"):
            services.backups.restore(Path(ground.notes[name]))
            confirm(name)


def do_lexicon(ground: Ground, confirm: Confirm) -> None:
    """Builds the learner's own dictionary."""
    services = ground.open()
    while True:
        update(Path(ground.notes["cedict"]), services.places.lexicon, services.lexicon.path)
        confirm("built")


def do_export(ground: Ground, confirm: Confirm) -> None:
    """Exports a deck."""
    services = ground.open()
    recipe = recipes_folder() / "hsk3.toml"
    while True:
        services.exporting.run(recipe, ground.folder / "deck.apkg")
        confirm("written")


# -- what must hold afterwards ---------------------------------------------------------------------


def check_library(ground: Ground, said: list[str]) -> None:
    """What holds after every kill."""
    del said
    services = ground.open()
    assert services.backups.check() == "ok"
    assert services.database.rows("PRAGMA foreign_key_check") == []
    unfinished = services.database.rows(
        "SELECT count(*) FROM coverage c JOIN post p ON p.id = c.post_id JOIN import_run r ON r.id = p.run_id"
        " WHERE r.finished_at IS NULL"
    )
    assert unfinished == [(0,)], "part of an import shows"
    stray = services.database.rows(
        """SELECT count(*) FROM coverage c WHERE c.known <> (SELECT ifnull(sum(pw.count), 0) FROM post_word pw
           JOIN word w ON w.id = pw.word_id WHERE pw.post_id = c.post_id AND w.status IN ('known', 'ignored'))"""
    )
    assert stray == [(0,)], "coverage is not what the words say"
    services.close()


def check_import(ground: Ground, said: list[str]) -> None:
    """All of an import shows, or nothing."""
    services = ground.open()
    count = services.reading.count()
    services.close()
    new = count - ground.posts
    assert new in ((BATCH,) if said else (0, BATCH)), f"{new} of {BATCH} posts show"
    ground.posts = count


def check_mark(ground: Ground, said: list[str]) -> None:
    """Every confirmed status stands."""
    services = ground.open()
    stand = dict(services.database.rows("SELECT headword, status FROM word"))
    services.close()
    for line in said:
        word, status = line.split(" ")
        assert stand.get(word, "new") == status, f"{word} is {stand.get(word)}, not {status}"


def check_review(ground: Ground, said: list[str]) -> None:
    """Every confirmed answer stands, with the schedule it gave."""
    services = ground.open()
    stand = {str(row[0]) for row in services.database.rows("SELECT at FROM standing_review")}
    last = services.database.rows(
        # An answer is noted at the next free millisecond; here they come faster than that.
        """SELECT count(*) FROM card c WHERE c.reps > 0 AND ifnull(abs(c.last_review -
           (SELECT max(at) FROM standing_review r WHERE r.card_id = c.id)), 9999) > 1000"""
    )
    services.close()
    assert set(said) <= stand, f"{len(set(said) - stand)} confirmed answers are gone"
    assert last == [(0,)], "a schedule does not fit its answers"


def check_undo(ground: Ground, said: list[str]) -> None:
    """What was confirmed last stands, or what was under way then."""
    services = ground.open()
    count = services.database.rows("SELECT count(*) FROM standing_review")[0][0]
    services.close()
    if said:
        assert abs(count - int(said[-1])) <= 1, f"{count} answers, {said[-1]} were confirmed"


def check_correct(ground: Ground, said: list[str]) -> None:
    """Every confirmed correction holds."""
    services = ground.open()
    stand = {(found.correction.surface, *found.correction.value) for found in services.correcting.standing()}
    services.close()
    assert {tuple(line.split("\t")) for line in said} <= stand


def check_migrate(ground: Ground, said: list[str]) -> None:
    """The words are there, the schema is new, and there is a copy of the library as it was."""
    del said
    services = ground.open()
    words = services.database.rows("SELECT count(*) FROM word WHERE status = 'known'")
    version = services.database.rows("PRAGMA user_version")
    services.close()
    assert (words, version) == ([(1000,)], [(SCHEMA_VERSION,)])
    aside = ground.folder / "backups" / f"before-{OLD_SCHEMA}-to-{SCHEMA_VERSION}.sqlite"
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT count(*) FROM word").fetchone() == (1000,)


def check_backup(ground: Ground, said: list[str]) -> None:
    """Every backup that is there is whole."""
    services = ground.open()
    now = services.backups.preview(None)
    for file in ground.folder.glob("copy*"):
        assert services.backups.preview(file) == now, f"{file.name} is not whole"
    services.close()
    assert not said or Path(said[-1]).exists()


def check_restore(ground: Ground, said: list[str]) -> None:
    """The library is one of the two."""
    del said
    now = summary(ground.folder / "library.sqlite")
    assert now in (summary(Path(ground.notes["one"])), summary(Path(ground.notes["two"])))


def check_lexicon(ground: Ground, said: list[str]) -> None:
    """A dictionary opens: the old one or the new one."""
    services = ground.open()
    entries = str(services.lexicon.info().entries)
    services.close()
    assert entries == ground.notes["new"] or (entries == ground.notes["old"] and not said)


def check_export(ground: Ground, said: list[str]) -> None:
    """The deck is whole, or not there yet."""
    deck = ground.folder / "deck.apkg"
    assert deck.exists() or not said
    if deck.exists():
        with zipfile.ZipFile(deck) as archive:
            assert archive.testzip() is None


# -- how each begins -------------------------------------------------------------------------------


def begin_old(ground: Ground) -> None:
    """A library of an older learnfeed."""
    for file in ground.folder.rglob("*"):
        if file.is_file():
            file.unlink()
    with closing(sqlite3.connect(ground.folder / "library.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, OLD_SCHEMA)
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO word (headword, status, created_ms, changed_at) VALUES (?, 'known', ?, 1)",
            [(f"词{i}", i) for i in range(1000)],
        )
        connection.execute("COMMIT")


def begin_restore(ground: Ground) -> None:
    """Two backups that differ."""
    if ground.notes:
        return
    services = ground.open()
    ground.notes["one"] = str(services.backups.make(ground.folder / "one.sqlite"))
    services.reading.mark({"雪人": WordStatus.KNOWN})
    ground.notes["two"] = str(services.backups.make(ground.folder / "two.jsonl.sqlite"))
    services.close()


def begin_lexicon(ground: Ground) -> None:
    """A small dictionary to build."""
    if ground.notes:
        return
    services = ground.open()
    file = ground.folder / "small.u8"
    file.write_text("雪 雪 [xue3] /snow/\n貓 猫 [mao1] /cat/\n好 好 [hao3] /good/\n", "utf-8")
    old = services.lexicon.info().entries
    new = update(file, ground.folder / "trial.sqlite", services.lexicon.path).entries
    ground.notes.update(cedict=str(file), old=str(old), new=str(new))
    services.close()


def nothing(ground: Ground) -> None:
    """Nothing to do first."""
    del ground


@dataclass(frozen=True)
class Operation:
    """One thing that is killed.

    Attributes:
        do: What runs until the kill.
        check: What must hold afterwards.
        longest: Seconds after which it is killed at the latest.
        begin: What is done before each round.
    """

    do: Callable[[Ground, Confirm], None]
    check: Callable[[Ground, list[str]], None]
    longest: float
    begin: Callable[[Ground], None] = nothing


OPERATIONS = {
    "import": Operation(do_import, check_import, 1.2),
    "mark": Operation(do_mark, check_mark, 0.4),
    "review": Operation(do_review, check_review, 0.4),
    "undo": Operation(do_undo, check_undo, 0.4),
    "correct": Operation(do_correct, check_correct, 0.8),
    "migrate": Operation(do_migrate, check_migrate, 0.3, begin_old),
    "backup": Operation(do_backup, check_backup, 0.3),
    "restore": Operation(do_restore, check_restore, 0.4, begin_restore),
    "lexicon update": Operation(do_lexicon, check_lexicon, 5.0, begin_lexicon),
    "export": Operation(do_export, check_export, 1.0),
}


def kill_once(operation: Operation, ground: Ground, chance: random.Random) -> list[str]:
    """Runs an operation and kills it; gives back what it had confirmed."""
    operation.begin(ground)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.setsid()
        try:
            operation.do(ground, lambda text: os.write(writing, f"{text}\n".encode()) and None)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told to the parent, which counts it
            os.write(writing, f"FAILED {traceback.format_exc()!r}\n".encode())
            os._exit(1)
    os.close(writing)
    time.sleep(chance.uniform(0, operation.longest))
    os.killpg(child, signal.SIGKILL) if _leads(child) else os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().decode().split("\n")
    assert not any(line.startswith("FAILED") for line in lines), lines[-2]
    return lines[:-1]  # a line that was cut off was not confirmed


def _leads(child: int) -> bool:
    try:
        return os.getpgid(child) == child
    except ProcessLookupError:
        return False


@contextmanager
def _quiet() -> Iterator[None]:
    with redirect_stderr(io.StringIO()):
        yield


def run(name: str, kills: int, seed: int) -> tuple[int, int, list[str]]:
    """Kills an operation many times; gives back how often, what was confirmed, and what did not hold."""
    operation, chance, wrong, confirmed = OPERATIONS[name], random.Random(f"{seed}{name}"), [], 0
    with tempfile.TemporaryDirectory(prefix="learnfeed-kills-") as folder:
        ground = Ground(Path(folder))
        prepare(ground)
        for ground.round in range(kills):
            try:
                said = kill_once(operation, ground, chance)
                confirmed += len(said)
                with _quiet():
                    check_library(ground, said)
                    operation.check(ground, said)
            except Exception as error:  # noqa: BLE001 - every failure is counted and told
                wrong.append(f"{name}, kill {ground.round}: {type(error).__name__}: {error}")
    return kills, confirmed, wrong


def main() -> None:
    """Runs all and prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", choices=list(OPERATIONS))
    chosen = options.parse_args()
    Lexicon.open(None).close()  # what every child would load, once
    names = [chosen.only] if chosen.only else list(OPERATIONS)
    each = -(-chosen.kills // len(names))
    print("| operation | kills | confirmed before | wrong afterwards |\n|---|---|---|---|")
    failures: list[str] = []
    for name in names:
        kills, confirmed, wrong = run(name, each, chosen.seed)
        failures += wrong
        print(f"| {name} | {kills} | {confirmed} | {len(wrong)} |", flush=True)
    for line in failures:
        print(line)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
