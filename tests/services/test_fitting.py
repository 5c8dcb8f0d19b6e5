"""A fit is offered, taken into use, and taken back; cards keep their due days and get their memory anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from learnfeed.cli.main import run
from learnfeed.core.errors import LearnfeedError
from learnfeed.core.review import Rating
from learnfeed.services import fitting
from learnfeed.services.undoing import undo_last
from learnfeed.store.events import EventLog
from learnfeed.store.reviews import ReviewStore
from learnfeed.study.fitting import Fit
from learnfeed.study.scheduler import replay
from tests.study_samples import Clock, add_words, winter_services

OWN = (
    0.05, 0.1, 0.3, 1.0, 6.4133, 0.8334, 3.0194, 0.001, 0.9, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014,
    1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
FOUND = Fit(500, 100, 0.41, 0.38, OWN)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    clock = Clock()
    made = winter_services(tmp_path, clock)
    cards = add_words(made, "雪", "窗外")
    for _ in range(4):
        made.reviewing.answer(cards[0], Rating.GOOD, 4000)
        clock.forward(days=3)
    yield made
    made.close()


def test_a_fit_is_used_by_the_schedule_and_undone_like_anything_else(services: Services) -> None:
    store = ReviewStore(services.database)
    before = {card.id: card.schedule for card in store.all_cards()}
    assert services.fitting.apply(FOUND) == 1
    assert services.reviewing.fsrs_parameters() == services.reviewing.plan().parameters == OWN
    after = {card.id: card.schedule for card in store.all_cards()}
    reviewed = next(card for card, schedule in before.items() if schedule.reps)
    assert after[reviewed].due == before[reviewed].due
    assert after[reviewed].memory == replay(services.reviewing.plan(), store.log_of(reviewed)).memory
    assert after[reviewed].memory != before[reviewed].memory
    undone = undo_last(services.database, services.now_ms())
    assert undone is not None
    assert "parameters" in undone.what
    assert services.reviewing.fsrs_parameters() == ()
    assert {card.id: card.schedule for card in store.all_cards()} == before


def test_a_fit_can_be_forgotten_and_that_be_undone(services: Services) -> None:
    assert not services.fitting.forget()
    services.fitting.apply(FOUND)
    assert services.fitting.forget()
    assert services.reviewing.fsrs_parameters() == ()
    assert services.fitting.undo()
    assert services.reviewing.fsrs_parameters() == OWN
    services.reviewing.answer(2, Rating.GOOD)
    assert not services.fitting.undo()  # something was done since


def test_undo_in_a_review_goes_past_a_fit(services: Services) -> None:
    services.fitting.apply(FOUND)
    done = [services.reviewing.undo() for _ in range(6)]
    assert [bool(undone) for undone in done] == [True] * 5 + [False]
    assert services.reviewing.fsrs_parameters() == ()
    assert EventLog(services.database).last_standing() is not None  # the cards themselves stay


def test_few_answers_are_told_and_nothing_changes(services: Services) -> None:
    pytest.importorskip("fsrs_rs_python")
    found = services.fitting.attempt()
    assert (found.reviews, found.enough, found.better) == (3, False, False)


def test_without_the_optimizer_it_is_said_how_to_get_it(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "is_installed", lambda: False)
    with pytest.raises(LearnfeedError) as told:
        services.fitting.attempt()
    assert "learnfeed[fit]" in told.value.hint


def test_the_command_shows_both_losses_and_changes_nothing_without_a_yes(
    services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fitting.FitService, "attempt", lambda self: FOUND)
    library = ["--library", str(services.places.library), "review", "fit"]
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert run(library) == 0
    assert "in use 0.4100    fitted 0.3800" in capsys.readouterr().out
    assert services.reviewing.fsrs_parameters() == ()
    assert run([*library, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["better"] is True
    assert run([*library, "--yes"]) == 0
    assert services.reviewing.fsrs_parameters() == OWN
    assert run([*library, "--undo"]) == 0
    assert services.reviewing.fsrs_parameters() == ()
    worse = Fit(500, 100, 0.38, 0.41)
    monkeypatch.setattr(fitting.FitService, "attempt", lambda self: worse)
    assert run([*library, "--yes"]) == 0
    assert "foretell no worse" in capsys.readouterr().out
    assert services.reviewing.fsrs_parameters() == ()
