"""What goes wrong around a library: a full disk, a read-only folder, several windows, a clock set back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Places
from learnfeed.core.errors import LibraryError
from learnfeed.core.review import Rating
from learnfeed.core.word import WordStatus
from learnfeed.store.database import SCHEMA_VERSION, Database
from learnfeed.store.lock import import_lock
from learnfeed.store.migrations import migrate

WORDS = [chr(0x4E00 + i) for i in range(2000)]

WINDOW = """
import sys
from learnfeed.bootstrap import open_services
from learnfeed.core.review import Rating
from learnfeed.core.word import WordStatus
services, mine = open_services(sys.argv[1]), int(sys.argv[2])
for i in range(mine * 100, mine * 100 + 25):
    services.reading.mark({chr(0x4E00 + i): WordStatus.KNOWN})
    (card,) = services.reviewing.add_card(None, 0, 0, chr(0x4E00 + i))
    services.reviewing.answer(card, Rating.GOOD, 1000)
"""

# A limit on the size of files acts as a full disk does: a write fails in the middle.
SMALL_DISK = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from learnfeed.cli.main import main
sys.argv[1:] = sys.argv[2:]
main()
"""


@pytest.fixture
def services(tmp_path):
    made = Services(Places(tmp_path / "library"))
    yield made
    made.close()


def known(services: Services) -> set[str]:
    return {row[0] for row in services.database.rows("SELECT headword FROM word WHERE status = 'known'")}


def start(code: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_full_disk_is_told_and_what_was_confirmed_stays(services):
    services.reading.mark(dict.fromkeys(WORDS[:100], WordStatus.KNOWN))
    (pages,) = services.database.rows("PRAGMA page_count")[0]
    services.database.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryError, match="disk is full") as caught:
        services.reading.mark(dict.fromkeys(WORDS, WordStatus.KNOWN))
    assert "Free some space" in caught.value.hint
    assert known(services) == set(WORDS[:100])
    assert services.backups.check() == "ok"
    services.database.rows("PRAGMA max_page_count = 1000000")
    services.reading.mark(dict.fromkeys(WORDS, WordStatus.KNOWN))
    assert known(services) == set(WORDS)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit on Windows")
@pytest.mark.parametrize("command", ["import", "backup", "plain", "export"])
def test_no_command_leaves_half_a_file_on_a_full_disk(tmp_path, command):
    home, target = tmp_path / "home", tmp_path / "out.apkg"
    saved = tmp_path / "posts.txt"
    saved.write_text("\n---\n".join(f"今天下雪了{i}。\nIt snowed today, {i}." for i in range(300)), "utf-8")
    with closing(Database.open(home)):
        pass
    if command != "import":
        made = Services(Places(home))
        made.importing.run([saved])
        made.close()
        target.write_bytes(b"the old deck")
    args = {
        "import": ["import", str(saved)],
        "backup": ["backup", str(tmp_path / "copy.sqlite")],
        "plain": ["backup", str(tmp_path / "copy.jsonl")],
        "export": ["export", "winter", "-o", str(target)],
    }[command]
    done = start(SMALL_DISK, 130_000 if command == "import" else 20_000, "--library", home, *args)
    _, said = done.communicate(timeout=60)
    assert done.returncode == 1, said
    assert "Traceback" not in said
    assert said.strip()
    made = Services(Places(home))
    assert made.backups.check() == "ok"
    assert made.reading.count() == (0 if command == "import" else 300)
    made.close()
    if command != "import":
        assert target.read_bytes() == b"the old deck"
    left = {path.name for path in tmp_path.iterdir()} - {"home", "posts.txt", "out.apkg"}
    assert left == set(), "a half-written file is left"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_says_what_to_do(services, tmp_path):
    services.reading.mark({"雪": WordStatus.KNOWN})
    services.close()
    folder = tmp_path / "library"
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        with pytest.raises(LibraryError) as caught:
            Services(Places(folder)).reading.mark({"猫": WordStatus.KNOWN})
        assert str(folder) in str(caught.value)
        assert caught.value.hint
    finally:
        folder.chmod(0o700)


def test_five_windows_write_at_once_and_nothing_is_lost(services):
    services.database.rows("SELECT 1")
    windows = [start(WINDOW, services.places.library, number) for number in range(5)]
    for window in windows:
        _, said = window.communicate(timeout=120)
        assert window.returncode == 0, said
    mine = {WORDS[number * 100 + i] for number in range(5) for i in range(25)}
    stand = {row[0] for row in services.database.rows("SELECT headword FROM word WHERE status <> 'new'")}
    assert stand == mine
    assert services.database.rows("SELECT count(*) FROM standing_review") == [(125,)]
    assert services.backups.check() == "ok"


def test_an_older_library_opened_by_four_windows_is_brought_up_to_date_once(tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "library.sqlite", isolation_level=None)) as connection:
        migrate(connection, 2)
    code = "import sys; from learnfeed.bootstrap import open_services; open_services(sys.argv[1]).database"
    windows = [start(code, folder) for _ in range(4)]
    assert [(window.communicate(timeout=60)[1], window.returncode) for window in windows] == [("", 0)] * 4
    with closing(Database.open(folder)) as database:
        assert database.rows("PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_a_second_import_says_that_one_is_under_way(services, tmp_path):
    (tmp_path / "post.txt").write_text("今天下雪了。", "utf-8")
    services.database.rows("SELECT 1")
    with import_lock(services.places.library):
        with pytest.raises(LibraryError, match="Another window is importing"):
            services.importing.run([tmp_path / "post.txt"])
        services.reading.mark({"雪": WordStatus.KNOWN})
    services.importing.run([tmp_path / "post.txt"])
    assert services.reading.count() == 1


def test_a_lock_in_a_folder_that_is_gone_says_so(tmp_path):
    with pytest.raises(LibraryError, match="can't be written"), import_lock(tmp_path / "gone"):
        pass


def test_a_clock_set_back_loses_no_answer(tmp_path):
    now = [datetime(2026, 1, 16, 12, tzinfo=UTC)]
    services = Services(Places(tmp_path / "library"), clock=lambda: now[0])
    (card,) = services.reviewing.add_card(None, 0, 0, "雪")
    for back in (0, 3600, 86_400, 86_400 * 365):
        now[0] = datetime(2026, 1, 16, 12, tzinfo=UTC) - timedelta(seconds=back)
        services.reviewing.answer(card, Rating.GOOD, 1000)
        assert services.reviewing.next_card() is None or services.reviewing.next_card().id == card
    assert services.database.rows("SELECT count(*) FROM standing_review") == [(4,)]
    assert services.backups.check() == "ok"
    for left in (3, 2, 1, 0):
        assert services.reviewing.undo() is not None
        assert services.database.rows("SELECT count(*) FROM standing_review") == [(left,)]
    services.close()
