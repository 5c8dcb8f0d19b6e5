"""Figures are true to what was done, day by day at the learner's own clock, and can be written as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from learnfeed.core.review import Rating
from learnfeed.core.word import WordStatus
from tests.study_samples import Clock, add_words, winter_services


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    made = winter_services(tmp_path, clock)
    yield made
    made.close()


def test_an_untouched_library_has_figures_too(services: Services) -> None:
    figures = services.statistics.all()
    assert (figures.answers, figures.streak, figures.longest_streak) == (0, 0, 0)
    assert figures.days == ()
    assert figures.retention.share is None
    assert figures.forecast == (0,) * 30
    assert figures.hardest == ()
    assert figures.today == "2026-01-16"
    assert [row.level for row in figures.levels] == [1, 2, 3, 4, 5, 6, 7, 0]
    assert figures.levels[0].listed == 300


def test_days_streak_and_time(services: Services, clock: Clock) -> None:
    (card,) = add_words(services, "雪")
    for _ in range(3):
        services.reviewing.answer(card, Rating.GOOD, 30_000)
        clock.forward(days=1)
    clock.forward(days=2)
    services.reviewing.answer(card, Rating.GOOD, 45_000)
    figures = services.statistics.all()
    assert [(day.date, day.answers, day.seconds) for day in figures.days] == [
        ("2026-01-16", 1, 30), ("2026-01-17", 1, 30), ("2026-01-18", 1, 30), ("2026-01-21", 1, 45),
    ]  # fmt: skip
    assert (figures.streak, figures.longest_streak) == (1, 3)
    assert (figures.answers_today, figures.minutes_today, figures.answers, figures.minutes) == (1, 1, 4, 2)


def test_a_streak_of_more_than_a_year_is_told_whole_everywhere(services: Services, clock: Clock) -> None:
    post = services.reading.find("snow")
    for _ in range(430):
        services.reading.finish(post)
        clock.forward(days=1)
    assert services.statistics.all().streak == 430
    assert services.today().streak == 430


def test_a_finished_post_keeps_the_streak(services: Services, clock: Clock) -> None:
    services.reading.finish(services.reading.find("snow"))
    clock.forward(days=1)
    assert services.statistics.all().streak == 1
    clock.forward(days=1)
    assert services.statistics.all().streak == 0


def test_what_was_undone_does_not_count(services: Services) -> None:
    (card,) = add_words(services, "雪")
    services.reviewing.answer(card, Rating.GOOD, 1000)
    services.reviewing.undo()
    assert services.statistics.all().answers == 0


def test_a_day_ends_at_the_rollover_of_the_learners_zone(tmp_path: Path) -> None:
    zone = timezone(timedelta(hours=8))
    clock = Clock(datetime(2026, 1, 17, 3, 30, tzinfo=zone))
    services = winter_services(tmp_path, clock)
    (card,) = add_words(services, "雪")
    services.reviewing.answer(card, Rating.GOOD)
    assert [day.date for day in services.statistics.all().days] == ["2026-01-16"]
    clock.now = datetime(2026, 1, 17, 4, 0, tzinfo=zone)
    services.reviewing.answer(card, Rating.GOOD)
    figures = services.statistics.all()
    assert [day.date for day in figures.days] == ["2026-01-16", "2026-01-17"]
    assert figures.answers_today == 1
    assert clock.now.astimezone(UTC).date().isoformat() == "2026-01-16"
    services.close()


def test_retention_counts_reviews_of_learned_cards_only(services: Services, clock: Clock) -> None:
    snow, outside = add_words(services, "雪", "窗外")
    for card in (snow, outside):
        services.reviewing.answer(card, Rating.AGAIN)
        services.reviewing.answer(card, Rating.EASY)
    clock.forward(days=20)
    services.reviewing.answer(snow, Rating.HARD)
    services.reviewing.answer(outside, Rating.AGAIN)
    services.reviewing.answer(outside, Rating.GOOD)
    retention = services.statistics.all().retention
    assert (retention.reviews, retention.passed, retention.share, retention.target) == (2, 1, 0.5, 0.9)
    clock.forward(days=31)
    assert services.statistics.all().retention.share is None


def test_forecast_puts_what_is_overdue_on_today(services: Services, clock: Clock) -> None:
    snow, outside, seen = add_words(services, "雪", "窗外", "看到")
    for card in (snow, outside, seen):
        services.reviewing.answer(card, Rating.EASY)
    services.reviewing.suspend(seen)
    assert sum(services.statistics.forecast(30)) == 2
    assert services.statistics.forecast(30)[0] == 0
    clock.forward(days=60)
    assert services.statistics.forecast(7) == (2, 0, 0, 0, 0, 0, 0)


def test_cards_words_and_levels(services: Services, clock: Clock) -> None:
    snow, outside, seen, _woke = add_words(services, "雪", "窗外", "看到", "醒来")
    services.reviewing.answer(snow, Rating.EASY)
    services.reviewing.answer(outside, Rating.GOOD)
    services.reviewing.suspend(seen)
    services.reading.mark({"朋友": WordStatus.KNOWN, "今天": WordStatus.IGNORED})
    figures = services.statistics.all()
    cards = figures.cards
    assert (cards.new, cards.learning, cards.young, cards.mature, cards.suspended) == (1, 1, 1, 0, 1)
    assert figures.words["learning"] == 4
    assert (figures.words["known"], figures.words["ignored"]) == (1, 1)
    assert sum(row.known for row in figures.levels) == 1
    assert sum(row.learning for row in figures.levels) == 4
    clock.forward(days=60)
    services.reviewing.answer(snow, Rating.EASY)
    assert services.statistics.all().cards.mature == 1


def test_hardest_words_first(services: Services, clock: Clock) -> None:
    snow, outside, seen = add_words(services, "雪", "窗外", "看到")
    for card, lapses in ((snow, 1), (outside, 3), (seen, 0)):
        services.reviewing.answer(card, Rating.EASY)
        for _ in range(lapses):
            clock.forward(days=10)
            services.reviewing.answer(card, Rating.AGAIN)
            services.reviewing.answer(card, Rating.GOOD)
    hardest = services.statistics.all().hardest
    assert [(word.headword, word.lapses) for word in hardest] == [("窗外", 3), ("雪", 1)]
    assert hardest[1].gloss == "snow"
    assert 1 <= hardest[0].difficulty <= 10


def test_time_is_estimated_from_the_learners_own_pace(services: Services, clock: Clock) -> None:
    first, *_ = add_words(services, "雪", "今天", "窗外")
    assert services.today().minutes == 1
    services.reviewing.answer(first, Rating.GOOD, 60_000)
    assert services.today().minutes == 3
    clock.forward(days=15)
    assert services.today().minutes == 1


def test_figures_are_json(services: Services) -> None:
    (card,) = add_words(services, "雪")
    services.reviewing.answer(card, Rating.GOOD, 1000)
    plain = json.loads(json.dumps(services.statistics.all().as_json(), ensure_ascii=False))
    assert plain["days"] == [{"date": "2026-01-16", "answers": 1, "seconds": 1}]
    assert plain["retention"]["share"] is None
    assert plain["words"]["learning"] == 1


def test_levels_are_those_of_the_chosen_standard(tmp_path: Path) -> None:
    counts = {}
    for standard in ("2025", "2021", "2.0"):
        services = winter_services(tmp_path / standard, standard=standard)
        services.reading.mark({"喜欢": WordStatus.KNOWN, "窗外": WordStatus.LEARNING})
        figures = services.statistics.all()
        assert figures.standard == standard
        assert sum(row.known for row in figures.levels) == 1
        counts[standard] = [row.listed for row in figures.levels]
        services.close()
    assert counts["2.0"][:6] != counts["2025"][:6] != counts["2021"][:6]
    assert counts["2.0"][0] == 150


def test_the_vocabulary_over_time_is_worked_out_backwards(services: Services, clock: Clock) -> None:
    services.reading.mark({"朋友": WordStatus.KNOWN, "咖啡": WordStatus.LEARNING})
    clock.forward(days=40)
    services.reading.mark({"咖啡": WordStatus.KNOWN, "雪": WordStatus.LEARNING})
    services.reading.mark({"茶": WordStatus.KNOWN})
    services.reading.undo()
    clock.forward(days=10)
    figures = services.statistics.all()
    assert len(figures.growth) == 27
    assert [(week.known, week.learning) for week in figures.growth[-9:]] == [
        (0, 0), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (2, 1), (2, 1),
    ]  # fmt: skip
    assert sum(row.gained for row in figures.levels) == 1


def test_posts_readable_and_read(services: Services) -> None:
    snow = services.reading.find("snow")
    figures = services.statistics.all().posts
    assert (figures.posts, figures.finished, figures.readable, figures.easy) == (2, 0, 0, 0)
    services.reading.mark(dict.fromkeys(services.reading.rest_of(snow), WordStatus.KNOWN))
    services.reading.finish(snow)
    figures = services.statistics.all().posts
    assert (figures.finished, figures.readable, figures.easy) == (1, 1, 1)


def test_a_freeze_bridges_a_missed_day(services: Services, clock: Clock) -> None:
    (card,) = add_words(services, "雪")
    for _ in range(7):
        services.reviewing.answer(card, Rating.GOOD, 1000)
        clock.forward(days=1)
    clock.forward(days=1)
    services.reviewing.answer(card, Rating.GOOD, 1000)
    figures = services.statistics.all()
    assert (figures.streak, figures.freezes, figures.frozen) == (8, 0, ("2026-01-23",))
    assert services.today().streak == 8
