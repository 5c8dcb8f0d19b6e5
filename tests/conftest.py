"""What all tests share: a library of their own, and nothing of the person's."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from learnfeed.store.database import Database
from learnfeed.store.posts import PostStore
from learnfeed.store.prepare import PreparedPost

# The same examples at every run of a commit, so that a failure can be repeated; no clock judges a test.
# Half as many as Hypothesis makes by itself: fuzzing is a benchmark (``benchmarks/fuzz_importers.py``).
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Local time stands at about midday: cards are counted in days that turn at four in the morning, and the real Anki
# looks at the clock. Another hour can be asked for, to see what a day's turn does.
_HOUR = int(os.environ.get("LEARNFEED_TEST_HOUR", "12"))
if hasattr(time, "tzset"):
    os.environ["TZ"] = f"TST{(time.gmtime().tm_hour - _HOUR + 12) % 24 - 12:+d}"
    time.tzset()

NOW = 1_768_563_065_000
"""16 January 2026, 11:31:05 UTC, in milliseconds."""


@pytest.fixture(autouse=True)
def _no_settings_of_the_person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEARNFEED_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty library."""
    opened = Database.open(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture
def save(database: Database) -> Callable[..., list[int]]:
    """Puts prepared posts into the library, as an import does; gives back their ids."""

    def saved(*posts: PreparedPost, now: int = NOW) -> list[int]:
        store = PostStore(database)
        run = store.begin_import(now)
        store.save(posts, run, now)
        store.publish(run, now)
        return [store.known([post.key])[post.key].id for post in posts]

    return saved
