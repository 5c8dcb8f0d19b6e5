"""The placement test on the screen: asking, taking back, the result, and marking it as one step."""

from __future__ import annotations

import random

import pytest

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.core.word import WordStatus
from learnfeed.study import placement
from learnfeed.study.placement import LEAST_QUESTIONS
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.screens.import_dialog import ImportDialog
from learnfeed.tui.screens.placement import PlacementScreen
from learnfeed.tui.widgets.flashcard import CardFace
from learnfeed.tui.widgets.tick import Tick
from tests.tui.test_snapshots import settle


@pytest.fixture
def services(make_services, monkeypatch):
    monkeypatch.setattr(placement, "MOST_QUESTIONS", placement.LEAST_QUESTIONS)
    made = make_services()
    made.random = random.Random(5)
    made.lexicon = Lexicon.open()  # the small one of these tests has too few words to ask
    yield made
    made.lexicon.close()


async def opened(pilot) -> PlacementScreen:
    await settle(pilot)
    await pilot.press("t")
    await settle(pilot)
    assert isinstance(pilot.app.screen, PlacementScreen)
    return pilot.app.screen


def face(screen: PlacementScreen) -> str:
    return screen.query_one("#word", CardFace).text


async def answered(pilot, services, known) -> None:
    """Answers the whole test: yes to words of which ``known`` is true, by their rank."""
    screen = pilot.app.screen
    await pilot.press("enter")
    for _ in range(LEAST_QUESTIONS):
        await pilot.pause()
        if not screen._asking:
            break
        rank = screen._test.current.rank
        await pilot.press("y" if rank and known(rank) else "n")
    await settle(pilot)


async def test_the_welcome_leads_to_it_and_its_words_are_marked_and_taken_back_as_one(services):
    async with LearnfeedApp(services).run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        assert "How many words" in face(screen)
        await answered(pilot, services, lambda rank: rank <= 500)
        assert " ± " in face(screen)
        assert "0 of 3 words that" in face(screen).replace("\n", " ")
        assert not services.reading.vocabulary(WordStatus.KNOWN, None, -1)
        await pilot.press("enter", "enter")
        await settle(pilot)
        known = services.reading.vocabulary(WordStatus.KNOWN, None, -1)
        assert f"{len(known):,} words are known now" in face(screen)
        assert 250 < len(known) < 1100
        assert services.reading.undo() is not None
        assert not services.reading.vocabulary(WordStatus.KNOWN, None, -1)


async def test_an_answer_is_taken_back(services):
    async with LearnfeedApp(services).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter")
        first = face(screen)
        await pilot.press("u", "y")
        assert face(screen) != first
        await pilot.press("u")
        assert face(screen) == first


async def test_yes_to_everything_gives_no_result(services):
    async with LearnfeedApp(services).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter", *["y"] * LEAST_QUESTIONS)
        await settle(pilot)
        assert "No result" in face(screen)
        await pilot.press("enter")
        await settle(pilot)
        assert not services.reading.vocabulary(WordStatus.KNOWN, None, -1)


async def test_a_level_or_a_list_will_do_as_well(services):
    async with LearnfeedApp(services).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("f")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ImportDialog)
        assert pilot.app.screen.query_one(Tick).value
        await pilot.press("escape", "1")
        await settle(pilot)
        assert {w.level for w in services.reading.vocabulary(WordStatus.KNOWN, None, -1)} == {1}
        assert not isinstance(pilot.app.screen, PlacementScreen)
