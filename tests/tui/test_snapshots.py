"""How the screens look: at 80×24 and 120×40, dark and light. ``pytest --snapshot-update`` after a wanted change."""

from __future__ import annotations

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Settings
from learnfeed.core.word import WordStatus
from learnfeed.services.views import TodayView
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.messages import use_language
from tests.tui.sample_library import cat_tax, first_snow, one_of_many

SMALL, LARGE = (80, 24), (120, 40)
DARK, LIGHT = "dark", "light"


@pytest.fixture
def app(make_services, monkeypatch):
    """Makes the app over eight posts, some words marked, cards due on the days ahead."""
    ask = Services.today

    def with_cards(self) -> TodayView:
        view = ask(self)
        days = (18, 7, 12, 30, 9, 4, 6)
        return TodayView(6, 2, 10, 4, days, view.fits, view.posts, 12, 3, 20, 31)

    def make(theme: str, *, cards: bool = False, start: str = "today") -> LearnfeedApp:
        services = make_services(
            first_snow(), cat_tax(), *(one_of_many(n) for n in range(6)), settings=Settings(theme=theme)
        )
        known = dict.fromkeys(("今天", "很", "了", "好", "你们"), WordStatus.KNOWN)
        services.reading.mark(known | {"早上": WordStatus.LEARNING, "美": WordStatus.IGNORED})
        if cards:
            monkeypatch.setattr(Services, "today", with_cards)
        return LearnfeedApp(services, start=start)

    return make


async def settle(pilot) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def press(*keys: str):
    async def run(pilot) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return run


def open_snow(*keys: str):
    async def run(pilot) -> None:
        await settle(pilot)
        pilot.app.open_post(pilot.app.services.reading.find("snow"))
        await press(*keys)(pilot)

    return run


@pytest.mark.parametrize(("size", "theme"), [(SMALL, DARK), (LARGE, LIGHT)])
def test_today(snap_compare, app, size, theme):
    assert snap_compare(app(theme, cards=True), terminal_size=size, run_before=settle)


@pytest.mark.parametrize(("size", "theme"), [(SMALL, LIGHT), (LARGE, DARK)])
def test_feed(snap_compare, app, size, theme):
    assert snap_compare(app(theme, start="feed"), terminal_size=size, run_before=press("down"))


@pytest.mark.parametrize(("size", "theme"), [(SMALL, DARK), (LARGE, LIGHT)])
def test_reader(snap_compare, app, size, theme):
    keys = ("down", "right", "right", "right", "t")
    assert snap_compare(app(theme), terminal_size=size, run_before=open_snow(*keys))


def test_reader_with_all_pinyin_and_english(snap_compare, app):
    assert snap_compare(app(DARK), terminal_size=LARGE, run_before=open_snow("T", "p", "end"))


def test_reader_without_colours(snap_compare, app, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(app(DARK), terminal_size=SMALL, run_before=open_snow("down", "right"))


def test_reader_in_chinese(snap_compare, app):
    use_language("zh")
    assert snap_compare(app(DARK), terminal_size=LARGE, run_before=open_snow("down"))


@pytest.mark.parametrize(
    ("name", "keys"), [("help", ("question_mark",)), ("unlock", ("u",)), ("export", ("e",))]
)
def test_dialogs(snap_compare, app, name, keys):
    assert snap_compare(app(DARK, cards=True), terminal_size=SMALL, run_before=press(*keys))


def test_the_end_of_a_post(snap_compare, app):
    assert snap_compare(app(LIGHT), terminal_size=SMALL, run_before=open_snow("f"))


def test_welcome(snap_compare, make_services):
    assert snap_compare(LearnfeedApp(make_services()), terminal_size=SMALL, run_before=settle)


@pytest.mark.parametrize(("size", "theme"), [(SMALL, DARK), (LARGE, LIGHT)])
def test_settings(snap_compare, app, size, theme):
    assert snap_compare(app(theme), terminal_size=size, run_before=press("comma", "down", "down"))


@pytest.mark.parametrize(("size", "theme", "keys"), [(SMALL, DARK, ()), (LARGE, LIGHT, ("space",))])
def test_review(snap_compare, app, size, theme, keys):
    made = app(theme, start="review")
    snow = made.services.reading.find("snow")
    for word in ("雪", "窗外"):
        made.services.reviewing.add_card(snow, 1, 0, word)
    assert snap_compare(made, terminal_size=size, run_before=press(*keys))


def test_review_without_colours(snap_compare, app, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    made = app(DARK, start="review")
    made.services.reviewing.add_card(made.services.reading.find("snow"), 1, 0, "窗外")
    assert snap_compare(made, terminal_size=SMALL, run_before=press("space"))


@pytest.mark.parametrize(("size", "theme"), [(SMALL, DARK), (LARGE, LIGHT)])
def test_statistics(snap_compare, app, size, theme):
    assert snap_compare(app(theme, start="stats"), terminal_size=size, run_before=settle)
