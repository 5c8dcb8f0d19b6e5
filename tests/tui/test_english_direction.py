"""The app of who learns English: what the screens tell is of the English, and a change of settings shows at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Settings
from learnfeed.core.english import level_of
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.screens.feed import FeedScreen
from learnfeed.tui.screens.reader import ReaderScreen
from learnfeed.tui.screens.settings import SettingsScreen
from learnfeed.tui.widgets.ruby import RubyView
from tests.study_samples import imported_services

POSTS = {
    "cat": "我有一只猫。\nI have a cat. The cat is good.",
    "monastery": "这座古老的寺庙庄严肃穆。\nThe venerable monastery exuded solemn tranquility.",
}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = imported_services(tmp_path, POSTS, direction="english")
    made.reading.know_levels(level_of("A2"), made.settings.standard)
    yield made
    made.close()


async def settle(pilot) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def text_of(app: LearnfeedApp) -> str:
    return "\n".join(
        "".join(segment.text for segment in line) for line in app.screen._compositor.render_strips()
    )


async def test_today_and_feed_tell_of_the_english(services: Services) -> None:
    app = LearnfeedApp(services)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "A2" in shown
        assert "HSK" not in shown
        await pilot.press("f")
        await settle(pilot)
        assert "100 %" in text_of(app)
        await pilot.press("6")
        await settle(pilot)
        shown = text_of(app)
        assert "C2" in shown
        assert "monastery" in shown
        assert "cat" not in shown


async def test_the_reader_has_no_pinyin_key_and_another_direction_shows_at_once(services: Services) -> None:
    app = LearnfeedApp(services)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)
        assert "pinyin" not in text_of(app)
        assert "tranquility" in text_of(app) or "cat" in text_of(app)
        await pilot.press("comma")
        await settle(pilot)
        assert isinstance(app.screen, SettingsScreen)
        app.use_settings(Settings(direction="chinese", pinyin="all", reading="zhuyin"))
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        shown = text_of(app)
        assert "HSK" in shown
        assert "pinyin" in shown
        assert any("\u3105" <= char <= "\u312f" for char in shown), "zhuyin stands over the words"
        assert app.screen.query_one(RubyView).pinyin == "all"


async def test_the_feed_forgets_levels_of_the_other_language(services: Services) -> None:
    app = LearnfeedApp(services, start="feed")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("6")
        await settle(pilot)
        assert isinstance(app.screen, FeedScreen)
        assert app.screen.feed_query.level == level_of("C2")
        app.use_settings(Settings(direction="chinese"))
        await settle(pilot)
        assert app.screen.feed_query.level is None
        assert "HSK" in text_of(app)
