"""What tests of the app share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Settings
from learnfeed.tui import app
from learnfeed.tui.messages import use_language
from learnfeed.tui.screens import today
from tests.tui.sample_library import Sample, cat_tax, first_snow, library


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.fixture(autouse=True)
def _never_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first screen works out once it has been still for a while is asked for by the tests that want it."""
    monkeypatch.setattr(today, "STILL", 3600)


@pytest.fixture(autouse=True)
def _annotated_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample posts are annotated by hand, and stay so however slow a test is."""
    monkeypatch.setattr(app, "REFRESH_AFTER", 3600)


@pytest.fixture
def make_services(tmp_path: Path) -> Iterator[Callable[..., Services]]:
    """Makes services over a library with these posts; they are closed when the test ends."""
    made: list[Services] = []

    def make(*samples: Sample, settings: Settings | None = None) -> Services:
        made.append(library(tmp_path / f"library-{len(made)}", *samples, settings=settings))
        return made[-1]

    yield make
    for services in made:
        services.close()


@pytest.fixture
def services(make_services: Callable[..., Services]) -> Services:
    """Services over two posts: one about snow, one about a cat."""
    return make_services(first_snow(), cat_tax())
