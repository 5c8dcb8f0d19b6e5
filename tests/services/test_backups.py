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
