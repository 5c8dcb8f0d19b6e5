from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Places
from learnfeed.core.errors import LibraryError
from learnfeed.core.word import WordStatus
from learnfeed.services.backups import KEPT


@pytest.fixture
def services(tmp_path):
    times = iter(datetime(2026, 1, 16, tzinfo=UTC) + timedelta(seconds=i) for i in range(10_000))
    made = Services(Places(tmp_path / "library"), clock=lambda: next(times))
    made.reading.mark({"雪": WordStatus.KNOWN})
    yield made
    made.close()


def test_a_backup_brings_back_what_was(services, tmp_path):
    file = services.backups.make(tmp_path / "backup.sqlite")
    services.reading.mark({"猫": WordStatus.KNOWN, "狗": WordStatus.KNOWN})
    assert services.backups.preview(file).words == 1
    assert services.backups.preview(None).words == 3
    kept = services.backups.restore(file)
    assert services.backups.preview(None).words == 1
    assert services.backups.preview(kept).words == 3
    assert services.backups.check() == "ok"


def test_only_the_newest_backups_of_the_library_are_kept(services):
    made = [services.backups.make() for _ in range(KEPT + 3)]
    assert sorted(services.backups.folder.glob("*.sqlite")) == made[-KEPT:]


def test_the_oldest_backup_can_be_restored_too(services):
    oldest, *_ = [services.backups.make() for _ in range(KEPT)]
    services.reading.mark({"猫": WordStatus.KNOWN})
    services.backups.restore(oldest)
    assert services.backups.preview(None).words == 1
    assert len(list(services.backups.folder.glob("*.sqlite"))) == KEPT


@pytest.mark.parametrize("data", [b"", b"no database at all", b"SQLite format 3\0" + b"\0" * 200])
def test_a_file_that_is_no_backup_changes_nothing(services, tmp_path, data):
    file = tmp_path / "wrong.sqlite"
    file.write_bytes(data)
    with pytest.raises(LibraryError):
        services.backups.restore(file)
    assert services.backups.preview(None).words == 1


def test_a_backup_that_can_not_be_written_is_named(services, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="can't be written"):
        services.backups.make(tmp_path / "file" / "backup.sqlite")


def test_plain_text_brings_back_what_was(services, tmp_path):
    file = services.backups.make(tmp_path / "backup.jsonl")
    assert file.read_text("utf-8").startswith('{"learnfeed":"learnfeed library"')
    services.reading.mark({"猫": WordStatus.KNOWN})
    assert services.backups.preview(file).words == 1
    services.backups.restore(file)
    assert services.backups.preview(None).words == 1


def test_each_day_on_which_something_was_done_has_its_backup(tmp_path):
    now = [datetime(2026, 1, 16, 12, tzinfo=UTC)]
    made = Services(Places(tmp_path / "library"), clock=lambda: now[0])
    assert made.backups.daily() is None, "an empty library needs none"
    made.reading.mark({"雪": WordStatus.KNOWN})
    first = made.backups.daily()
    assert made.backups.daily() is None, "one a day"
    now[0] += timedelta(days=1)
    assert made.backups.daily() is None, "nothing was done since"
    made.reading.mark({"猫": WordStatus.KNOWN})
    second = made.backups.daily()
    assert [made.backups.preview(file).words for file in (first, second)] == [1, 2]
    made.close()


def test_a_clock_set_back_never_costs_the_backup_just_made(services):
    for _ in range(KEPT):
        services.backups.make()
    early = Services(services.places, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    assert early.backups.make().exists()
    assert len(list(services.backups.folder.glob("*.sqlite"))) == KEPT
    early.close()
