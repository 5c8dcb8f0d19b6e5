"""A running Anki: decks and answers go in, answers come back. The collection behind it is a real one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from learnfeed.anki.connect import AnkiConnect
from learnfeed.anki.recipe import Recipe
from learnfeed.bootstrap import Services
from learnfeed.cli.main import run
from learnfeed.core.errors import AnkiError, ExportError
from learnfeed.core.review import CardState, Rating, Template
from learnfeed.store.reviews import ReviewStore
from tests.anki import real_anki
from tests.anki.conftest import Anki
from tests.anki.connect_server import CollectionActions, answering, listening
from tests.services.test_round_trip import answer, logs, stands_as_in_anki
from tests.study_samples import Clock, add_words, winter_services

pytest.importorskip("anki.collection")

R = Template.RECOGNITION


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now().astimezone() - timedelta(days=30))


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    """A library whose word 雪 was answered three times in the last month; 看到 is new."""
    made = winter_services(tmp_path / "library", clock)
    add_words(made, "雪", "看到")
    answer_here(made, clock, "雪", Rating.GOOD, 0)
    answer_here(made, clock, "雪", Rating.GOOD, 0.01)
    answer_here(made, clock, "雪", Rating.HARD, 3)
    yield made
    made.close()


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    collection = Anki(tmp_path / "anki")
    yield collection
    collection.col.close()


@pytest.fixture
def client(anki: Anki) -> Iterator[AnkiConnect]:
    with listening(answering(CollectionActions(anki.col))) as (url, _):
        yield AnkiConnect(url)


def answer_here(services: Services, clock: Clock, word: str, rating: Rating, gap: float) -> None:
    clock.forward(days=gap)
    (card,) = ReviewStore(services.database).cards_of([word])
    services.reviewing.answer(card.id, rating, 4000)


def test_the_first_push_brings_the_library_s_own_cards_with_their_history(
    services, clock, anki, client
) -> None:
    clock.now = datetime.now().astimezone()
    summary = services.pushing.push(client)
    assert (summary.words, summary.cards, summary.reviews, summary.problems) == (2, 2, 0, ())
    assert anki.col.card_count() == 2
    assert len(anki.table("revlog")) == 3
    assert anki.card("雪", R).reps == 3
    assert anki.card("看到", R).type == 0
    assert not list(services.places.library.glob(".learnfeed-*"))


@pytest.mark.parametrize("rating", list(Rating))
def test_later_answers_reach_the_cards_that_stand_in_anki(services, clock, anki, client, rating) -> None:
    services.pushing.push(client)
    clock.now = datetime.now().astimezone() - timedelta(minutes=2)
    answer_here(services, clock, "雪", rating, 0)
    answer_here(services, clock, "看到", rating, 0)
    clock.now = datetime.now().astimezone()
    summary = services.pushing.push(client)
    assert (summary.reviews, summary.rescheduled, summary.problems) == (2, 2, ())
    assert {(row[0], row[3]) for row in anki.table("revlog")} == {
        (at, ease) for _, _, at, ease in logs(services)
    }
    stands_as_in_anki(services, anki)
    for word in ("雪", "看到"):
        card = anki.card(word, R)
        own = anki.col.compute_memory_state(card.id) if real_anki.is_new_fsrs() else card.memory_state
        assert card.memory_state.stability == pytest.approx(own.stability, rel=0.01)
        assert card.memory_state.difficulty == pytest.approx(own.difficulty, rel=0.01)
    again = services.pushing.push(client)
    assert (again.reviews, again.rescheduled) == (0, 0)


def test_a_card_answered_first_here_finds_its_day_in_a_collection_without_any(
    services, clock, anki, client
) -> None:
    services.exporting.run(Recipe("new", "new", include_reviews=False), services.places.library / "new.apkg")
    anki.take(services.places.library / "new.apkg")
    clock.now = datetime.now().astimezone()
    answer_here(services, clock, "雪", Rating.EASY, 0)
    assert services.pushing.push(client).rescheduled == 1
    stands_as_in_anki_for(services, anki, "雪")


def stands_as_in_anki_for(services: Services, anki: Anki, word: str) -> None:
    (ours,) = ReviewStore(services.database).cards_of([word])
    theirs = anki.card(word, R)
    days = services.reviewing.plan().days
    assert ours.schedule.state is CardState.REVIEW
    assert theirs.due - anki.col.sched.today == days.day(ours.schedule.due) - days.day(services.now_ms())


def test_a_card_answered_in_anki_since_is_left_as_it_is_and_told(services, clock, anki, client) -> None:
    clock.now = datetime.now().astimezone() - timedelta(minutes=1)
    services.pushing.push(client)
    answer(anki, "雪", R, 3)
    clock.now = datetime.now().astimezone() + timedelta(minutes=1)
    answer_here(services, clock, "雪", Rating.GOOD, 0)
    before = anki.content()
    summary = services.pushing.push(client)
    assert summary.reviews == 0
    assert "1 card was answered in Anki too" in summary.problems[0]
    assert anki.table("cards") == before["cards"]
    assert services.syncing.pull_connected(client).new_reviews == 1
    assert services.pushing.push(client).reviews == 1
    assert len(anki.table("revlog")) == len(logs(services)) == 5


def test_an_answer_taken_back_here_is_no_reason_to_leave_a_card(services, clock, anki, client) -> None:
    clock.now = datetime.now().astimezone() - timedelta(minutes=3)
    answer_here(services, clock, "看到", Rating.EASY, 0)
    services.pushing.push(client)
    services.reviewing.undo()
    clock.forward(minutes=1)
    answer_here(services, clock, "看到", Rating.AGAIN, 0)
    summary = services.pushing.push(client)
    assert (summary.reviews, summary.rescheduled, summary.problems) == (1, 1, ())
    assert anki.card("看到", R).type == 1


def test_a_card_set_aside_in_anki_stays_so(services, clock, anki, client) -> None:
    services.pushing.push(client)
    anki.col.sched.suspend_cards([anki.card("雪", R).id])
    clock.now = datetime.now().astimezone()
    answer_here(services, clock, "雪", Rating.GOOD, 0)
    services.pushing.push(client)
    card = anki.card("雪", R)
    assert (card.queue, card.reps) == (-1, 4)


def test_answers_given_in_a_running_anki_come_back_once(services, clock, anki, client) -> None:
    clock.now = datetime.now().astimezone() - timedelta(minutes=1)
    services.pushing.push(client)
    before = logs(services)
    for word, rating in (("雪", 3), ("看到", 1), ("看到", 4)):
        before.add((word, R, answer(anki, word, R, rating), rating))
    clock.now = datetime.now().astimezone()
    summary = services.syncing.pull_connected(client)
    assert (summary.new_reviews, summary.known_reviews, summary.problems) == (3, 3, ())
    assert logs(services) == before
    stands_as_in_anki(services, anki, told=False)
    assert not services.syncing.pull_connected(client).changed


def test_today_is_found_whether_or_not_a_card_is_due(services, clock, anki, client) -> None:
    assert client.today() is None
    clock.now = datetime.now().astimezone()
    services.pushing.push(client)
    for days in ("-400", "-1", "0", "1", "3000"):
        anki.col.sched.set_due_date([anki.card("雪", R).id], days.replace("-400", "0").replace("-1", "0"))
        if days.startswith("-"):
            card = anki.card("雪", R)
            card.due = anki.col.sched.today + int(days)
            anki.col.update_card(card)
        assert client.today() == anki.col.sched.today


def test_notes_of_no_word_are_told(services, anki, client) -> None:
    services.pushing.push(client)
    note = anki.note("雪")
    note["Key"], note["Hanzi"] = "0" * 16, "雪<script>"
    anki.col.update_note(note)
    summary = services.syncing.pull_connected(client)
    assert "1 note is of no word" in summary.problems[0]
    assert not summary.changed


def test_an_anki_that_goes_away_leaves_the_library_as_it_was(services, anki) -> None:
    actions = CollectionActions(anki.col)

    def dying(action: str, params: dict) -> object:
        if action == "cardsInfo":
            raise ValueError("collection is not available")
        return actions(action, params)

    before = logs(services)
    with listening(answering(dying)) as (url, _):
        services.exporting.run(Recipe("all", "all"), services.places.library / "all.apkg")
        anki.take(services.places.library / "all.apkg")
        with pytest.raises(AnkiError):
            services.syncing.pull_connected(AnkiConnect(url))
    assert logs(services) == before


def test_a_library_without_cards_names_a_recipe_to_push(tmp_path, client, anki) -> None:
    empty = winter_services(tmp_path / "empty")
    with pytest.raises(ExportError, match="no cards yet") as raised:
        empty.pushing.push(client)
    assert "recipe" in raised.value.hint
    empty.pushing.push(client, Recipe("all", "all"))
    assert anki.col.card_count() > 5
    empty.close()


# -- the command -----------------------------------------------------------------------------------


def test_the_command_pushes_and_pulls(services, anki, capsys) -> None:
    library = str(services.places.library)
    with listening(answering(CollectionActions(anki.col))) as (url, _):
        assert run(["--library", library, "anki", "push", "--connect", "--url", url]) == 0
        assert "2 words, 0 reading cards, 2 cards in the deck" in capsys.readouterr().out
        assert run(["--library", library, "anki", "push", "winter", "--connect", "--url", url, "--json"]) == 0
        assert '"reviews": 0' in capsys.readouterr().out
        assert run(["--library", library, "anki", "pull", "--connect", "--url", url]) == 0
        assert "0 reviews new, 3 were there already" in capsys.readouterr().out
        answer(anki, "雪", R, 3)
        assert run(["--library", library, "anki", "push", "--connect", "--url", url]) == 3
        assert "answered in Anki too" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["pull"],
        ["pull", "deck.apkg", "--connect"],
        ["push"],
        ["push", "--connect", "--url", "http://example.org"],
        ["push", "nothing-of-that-name", "--connect"],
    ],
)
def test_wrong_usage_ends_with_2(services, capsys, arguments) -> None:
    assert run(["--library", str(services.places.library), "anki", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2
