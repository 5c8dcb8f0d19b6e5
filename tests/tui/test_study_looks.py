"""How reviews, quizzes and statistics look; after a wanted change: ``pytest --snapshot-update``."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from learnfeed.core.review import Rating
from learnfeed.core.word import WordStatus
from learnfeed.study.quiz.base import Item, Option, Show, choice
from learnfeed.study.quiz.session import QuizRound
from learnfeed.tui.screens.review import ReviewScreen
from learnfeed.tui.screens.stats import StatsScreen
from tests.study_samples import Clock, add_words, winter_services
from tests.tui.study_app import StudyApp
from tests.tui.test_quiz import Drill


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    made = winter_services(tmp_path, clock)
    add_words(made, "窗外", "雪", "看到", "醒来")
    yield made
    made.close()


def three_months(services: Services, clock: Clock) -> None:
    """Reviews on most days of three months."""
    chance = random.Random(4)
    for _ in range(90):
        for _ in range(chance.randint(0, 12)):
            card = services.reviewing.next_card()
            if card is not None:
                clock.forward(seconds=7)
                services.reviewing.answer(card.id, chance.choices(list(Rating), (2, 1, 8, 1))[0], 7000)
        clock.forward(days=1)
    services.reading.mark({"朋友": WordStatus.KNOWN, "冬天": WordStatus.KNOWN, "我": WordStatus.KNOWN})


def test_review_question(services: Services, snap_compare) -> None:
    assert snap_compare(StudyApp(services, ReviewScreen()), terminal_size=(80, 24))


def test_review_answer_on_light(services: Services, snap_compare) -> None:
    app = StudyApp(services, ReviewScreen(), dark=False)
    assert snap_compare(app, terminal_size=(120, 40), press=["space", "p"])


class FixedQuiz(Drill):
    """A question that does not depend on the dictionary in use."""

    def action_new_round(self) -> None:
        item = Item(
            "雪", ("xue3",), "snow", 1, english="I saw snow for the first time!", english_links=((6, 10),)
        )
        wrong = (
            Option("雷", "雷 léi: thunder"),
            Option("学", "学 xué: to study"),
            Option("茶", "茶 chá: tea"),
        )
        shows = (Show.GLOSS, Show.ENGLISH)
        ask, chance = "Which word is it?", random.Random(3)
        asked = choice("choose_hanzi", ask, item, shows, right=Option("雪"), wrong=wrong, chance=chance)
        self._play(QuizRound((asked,)))


def test_quiz_verdict(services: Services, snap_compare) -> None:
    app = StudyApp(services, FixedQuiz())
    assert snap_compare(app, terminal_size=(80, 24), press=["2"])


def test_quiz_half_right(services: Services, snap_compare) -> None:
    app = StudyApp(services, Drill("type_pinyin"), dark=False)
    assert snap_compare(app, terminal_size=(80, 24), press=["x", "u", "e", "enter"])


def test_statistics(services: Services, clock: Clock, snap_compare) -> None:
    three_months(services, clock)
    assert snap_compare(StudyApp(services, StatsScreen()), terminal_size=(120, 40))
