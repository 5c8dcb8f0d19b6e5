"""A deck carries the learner's way of learning: what the settings and the scheduler say stands in Anki's preset."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from learnfeed.anki.preset import PRESET_ID
from learnfeed.anki.recipe import Recipe, WordSelection
from learnfeed.config import Settings
from learnfeed.core.review import CardState, Rating, Template
from learnfeed.store.reviews import ReviewStore
from tests.anki import real_anki
from tests.study_samples import Clock, add_words, winter_services

pytest.importorskip("anki.collection")

R = Template.RECOGNITION
RECIPE = Recipe("all", "learnfeed", words=WordSelection(min_count=1))
SETTINGS = Settings(
    desired_retention=0.85,
    learning_steps="30s 5m 1h",
    relearning_steps="",
    rollover=2,
    new_per_day=7,
    reviews_per_day=77,
    leech_threshold=0,
    bury_siblings=False,
)


@pytest.fixture
def services(tmp_path):
    clock = Clock(datetime.now().astimezone() - timedelta(days=30))
    made = winter_services(tmp_path / "library", clock)
    made.settings = SETTINGS
    first, *_ = add_words(made, "雪", "看到")
    for rating, gap in ((Rating.EASY, 9), (Rating.AGAIN, 9)):
        made.reviewing.answer(first, rating, 4000)
        clock.forward(days=gap)
    clock.now = datetime.now().astimezone()
    yield made
    made.close()


def in_anki(services, tmp_path, recipe=RECIPE):
    """The deck in a real collection, and its preset."""
    from tests.anki.conftest import Anki

    anki = Anki(tmp_path / "anki")
    services.exporting.run(recipe, tmp_path / "deck.apkg")
    anki.take(tmp_path / "deck.apkg")
    (preset,) = [c for c in anki.col.decks.all_config() if c["id"] == PRESET_ID]
    return anki, preset


def test_the_preset_says_what_the_settings_say(services, tmp_path) -> None:
    anki, preset = in_anki(services, tmp_path)
    assert anki.col.decks.by_name("learnfeed")["conf"] == PRESET_ID or real_anki.is_23_10()
    assert preset["desiredRetention"] == pytest.approx(0.85)
    assert preset["new"]["delays"] == [0.5, 5, 60]
    assert preset["lapse"]["delays"] == []
    assert (preset["new"]["perDay"], preset["rev"]["perDay"]) == (7, 77)
    assert preset["lapse"]["leechFails"] > 1000
    assert (preset["new"]["bury"], preset["rev"]["bury"]) == (False, False)
    anki.col.close()


def test_parameters_fitted_to_the_learner_travel(services, tmp_path, monkeypatch) -> None:
    from fsrs import Scheduler

    fitted = tuple(value * 1.01 for value in Scheduler().parameters)
    plan = replace(services.reviewing.plan(), parameters=fitted)
    monkeypatch.setattr(services.reviewing, "plan", lambda: plan)
    anki, preset = in_anki(services, tmp_path)
    assert preset["fsrsParams6"] == pytest.approx(fitted, rel=1e-5)
    if real_anki.is_new_fsrs():
        assert anki.card("雪", R).decay == pytest.approx(fitted[20], abs=1e-3)
    anki.col.close()


def test_a_recipe_may_name_a_retention_of_its_own(services, tmp_path) -> None:
    anki, preset = in_anki(services, tmp_path, replace(RECIPE, retention=0.95))
    assert preset["desiredRetention"] == pytest.approx(0.95)
    anki.col.close()


def test_cards_stand_where_the_learner_s_day_and_steps_put_them(services, tmp_path) -> None:
    anki, _ = in_anki(services, tmp_path)
    card, days = anki.card("雪", R), services.reviewing.plan().days
    (ours,) = [c for c in ReviewStore(services.database).cards_of(["雪"]) if c.template is R]
    # Without a step to relearn on, a forgotten card goes on as a review.
    assert ours.schedule.state is CardState.REVIEW
    assert (int(card.type), card.lapses, card.ivl) == (2, 1, ours.schedule.interval)
    now = services.now_ms()
    assert days.rollover == SETTINGS.rollover
    left = days.day(ours.schedule.due) - days.day(now)
    assert card.due - anki.col.sched.today == left
    anki.col.close()
