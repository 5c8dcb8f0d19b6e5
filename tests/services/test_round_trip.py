"""There and back: out of a library into the real Anki, answered there, and home again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from learnfeed.anki.recipe import Recipe, WordSelection
from learnfeed.bootstrap import Services
from learnfeed.core.review import CardState, Rating, Template
from learnfeed.store.reviews import ReviewStore
from learnfeed.study import scheduler
from tests.anki import real_anki
from tests.study_samples import Clock, add_words, winter_services

pytest.importorskip("anki.collection")

R, RECALL = Template.RECOGNITION, Template.RECALL
RECIPE = Recipe("all", "learnfeed", templates=(R, RECALL), words=WordSelection(min_count=1))


@pytest.fixture
def clock() -> Clock:
    """Thirty days before now: Anki itself goes by the real clock."""
    return Clock(datetime.now().astimezone() - timedelta(days=30))


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    made = winter_services(tmp_path / "library", clock)
    for card in add_words(made, "雪", "看到", "今天"):
        for rating, gap in ((Rating.GOOD, 0.01), (Rating.GOOD, 3), (Rating.HARD, 6)):
            made.reviewing.answer(card, rating, 4000)
            clock.forward(days=gap)
    clock.now = datetime.now().astimezone()
    yield made
    made.close()


@pytest.fixture
def anki(services: Services, tmp_path: Path):
    """The library's deck in a real collection, and some answers given there."""
    from tests.anki.conftest import Anki

    collection = Anki(tmp_path / "anki")
    services.exporting.run(RECIPE, tmp_path / "deck.apkg")
    collection.take(tmp_path / "deck.apkg")
    yield collection
    collection.col.close()


ANSWERS = [("雪", R, 3), ("看到", R, 1), ("看到", R, 3), ("喜欢", R, 3), ("喜欢", R, 4), ("朋友", RECALL, 4)]


def answer(anki, word: str, template: Template, rating: int) -> int:
    """Answers a card with Anki's own scheduler; gives back when, in Unix milliseconds."""
    card = anki.card(word, template)
    card.start_timer()
    states = anki.col._backend.get_scheduling_states(card.id)
    anki.col.sched.answer_card(anki.col.sched.build_answer(card=card, states=states, rating=rating - 1))
    return anki.col.db.scalar("select max(id) from revlog where cid = ?", card.id)


def exported(anki, folder: Path, kind: str) -> Path:
    """A file of one of the kinds that Anki makes, or its own collection while it is open."""
    name, _, old = kind.partition(" ")
    return (
        folder / "anki"
        if name == "live"
        else real_anki.export(anki.col, folder / f"back.{name}", legacy=bool(old))
    )


def logs(services: Services) -> set[tuple[str, Template, int, int]]:
    store = ReviewStore(services.database)
    cards = store.all_cards()
    found = store.logs(card.id for card in cards)
    return {
        (card.headword, card.template, log.at, int(log.rating))
        for card in cards
        for log in found.get(card.id, [])
    }


@pytest.mark.parametrize("kind", ["apkg old", "apkg", "colpkg old", "colpkg", "live"])
def test_exactly_the_answers_given_in_anki_come_home_once(services, anki, tmp_path, kind) -> None:
    if kind in ("apkg", "colpkg"):
        pytest.importorskip("zstandard")
    before = logs(services)
    given = {
        (word, template, answer(anki, word, template, rating), rating) for word, template, rating in ANSWERS
    }
    path = exported(anki, tmp_path, kind)
    summary = services.syncing.pull(path)
    assert logs(services) == before | given
    assert (summary.new_reviews, summary.known_reviews) == (len(ANSWERS), len(before))
    assert (summary.made, summary.problems) == (2, ())
    again = services.syncing.pull(path)
    assert not again.changed
    assert again.known_reviews == len(ANSWERS) + len(before)
    stands_as_in_anki(services, anki)


def stands_as_in_anki(services: Services, anki, *, told: bool = True) -> None:
    """Every card: Anki's state, days and memory; and the same memory when our scheduler replays the log.

    An Anki of before FSRS-6 computes other memories: ours are its own where it told them, else a replay's.
    """
    new, rounded = real_anki.is_new_fsrs(), 0.051 if real_anki.is_23_10() else 0
    store, plan = ReviewStore(services.database), services.reviewing.plan()
    kinds = [CardState.NEW, CardState.LEARNING, CardState.REVIEW, CardState.RELEARNING]
    for card in store.all_cards():
        theirs, ours = anki.card(card.headword, card.template), card.schedule
        assert kinds[theirs.type] is ours.state
        assert (theirs.reps, theirs.lapses) == (ours.reps, ours.lapses)
        replayed = scheduler.replay(plan, store.log_of(card.id)).memory
        for memory in [ours.memory] * (told or new) + [replayed] * new:
            assert memory.stability == pytest.approx(theirs.memory_state.stability, rel=0.01, abs=rounded)
            assert memory.difficulty == pytest.approx(theirs.memory_state.difficulty, rel=0.01)
        if ours.state is CardState.REVIEW:
            today = plan.days.day(services.now_ms())
            assert plan.days.day(ours.due) - today == theirs.due - anki.col.sched.today
            assert ours.interval == theirs.ivl


def test_cards_set_aside_in_anki_are_set_aside_here(services, anki, tmp_path) -> None:
    anki.col.sched.suspend_cards([anki.card("雪", R).id])
    assert services.syncing.pull(exported(anki, tmp_path, "live")).suspended == 1
    card = next(c for c in ReviewStore(services.database).cards_of(["雪"]) if c.template is R)
    assert card.suspended


def test_a_lost_library_grows_again_from_anki(services, anki, tmp_path) -> None:
    wanted = logs(services)
    fresh = replace(services, places=replace(services.places, library=tmp_path / "fresh"))
    summary = fresh.syncing.pull(exported(anki, tmp_path, "live"))
    assert logs(fresh) == wanted
    assert (summary.made, summary.problems) == (3, ())
    fresh.close()


def test_what_comes_home_goes_out_again_unchanged(services, anki, tmp_path) -> None:
    for word, template, rating in ANSWERS:
        answer(anki, word, template, rating)
    services.syncing.pull(exported(anki, tmp_path, "live"))
    services.exporting.run(RECIPE, tmp_path / "again.apkg")
    before = anki.content()
    log = anki.take(tmp_path / "again.apkg")
    assert (len(log.new), len(log.updated)) == (0, 0)
    assert anki.table("cards") == before["cards"]
    assert anki.table("revlog") == before["revlog"]


def test_an_edit_made_in_anki_is_found_against_what_would_be_exported(services, anki, tmp_path) -> None:
    from learnfeed.anki.edits import edits, read_notes

    note = anki.note("雪")
    note["Meaning"] = "snow, white and cold"
    anki.col.update_note(note)
    maker = services.exporting.note_maker()
    ours = {own.guid: own for own in maker.exported_words(["雪", "看到", "never exported"])}
    assert {own.headword for own in ours.values()} == {"雪", "看到"}
    there = [each for each in read_notes(tmp_path / "anki") if each.guid in ours]
    (edit,) = [edit for each in there for edit in edits(each, ours[each.guid])]
    assert (edit.field, edit.theirs) == ("Meaning", "snow, white and cold")
