"""How verdicts on typed sentences look; after a wanted change: ``pytest --snapshot-update``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from tests.tui.study_app import StudyApp
from tests.tui.test_quiz import Drill
from tests.tui.test_quiz_kinds import Asking, commented


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = commented(tmp_path, voice="off")
    yield made
    made.close()


def test_a_translation_beside_the_posts_on_light(services: Services, snap_compare) -> None:
    app = StudyApp(services, Drill("translate"), dark=False)
    assert snap_compare(app, terminal_size=(80, 24), press=[*"我次看到雨了", "enter"])


def test_a_reply_beside_the_real_one(services: Services, snap_compare) -> None:
    app = StudyApp(services, Asking("answer"))
    assert snap_compare(app, terminal_size=(120, 40), press=[*"很冷 so cold", "enter"])


def test_no_voice(services: Services, snap_compare) -> None:
    assert snap_compare(StudyApp(services, Asking("listening")), terminal_size=(80, 24))
