"""Today, the dialogs that it leads to, and finding one's way."""

from __future__ import annotations

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Settings
from learnfeed.core.errors import LearnfeedError
from learnfeed.core.word import WordStatus
from learnfeed.services.unlocking import UnlockService
from learnfeed.services.views import TodayView
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.screens.feed import FeedScreen
from learnfeed.tui.screens.help import HelpDialog
from learnfeed.tui.screens.reader import ReaderScreen
from learnfeed.tui.screens.today import TodayScreen
from learnfeed.tui.screens.unlock import UnlockDialog
from learnfeed.tui.screens.welcome import WelcomeDialog
from learnfeed.tui.theme import DARK, LIGHT
from learnfeed.tui.widgets.bars import KeyBar
from learnfeed.tui.widgets.input import CjkInput
from learnfeed.tui.widgets.post_list import PostList
from tests.tui.sample_library import one_of_many
from tests.tui.screens import screen_text, told


async def settle(pilot) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.fixture
async def today(services):
    """Today over two posts."""
    async with LearnfeedApp(services).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        yield pilot


async def test_it_shows_what_fits_and_opens_it(today):
    assert isinstance(today.app.screen, TodayScreen)
    text = screen_text(today.app)
    assert "猫税来了" in text
    assert "No cards due" in text
    await today.press("j", "k", "enter")
    assert isinstance(today.app.screen, ReaderScreen)


async def test_a_click_opens_a_post(today):
    await today.click(PostList, offset=(10, 1))
    assert isinstance(today.app.screen, ReaderScreen)


async def test_cards_minutes_streak_and_days_ahead(services, monkeypatch):
    def figures(self):
        return TodayView(6, 2, 10, 4, (18, 7, 12, 30, 9, 4, 6), (), 2, 12, 3, 20, 31)

    monkeypatch.setattr(Services, "today", figures)
    async with LearnfeedApp(services).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        text = screen_text(pilot.app)
    for part in ("18 cards", "about 4 minutes", "10 due · 2 learning · 6 new", "streak 12", "Sun", "30"):
        assert part in text


async def test_words_that_unlock_posts_are_learned_by_one_key(today):
    await today.press("u")
    await settle(today)
    assert isinstance(today.app.screen, UnlockDialog)
    plan = today.app.screen.plan
    assert plan.steps
    assert "over 95 %" in screen_text(today.app)
    await today.press("l")
    await settle(today)
    first = plan.steps[0].headword
    assert today.app.services.reading.word(first).status is WordStatus.LEARNING
    await today.press("u")
    await settle(today)
    await today.press("k")
    await settle(today)
    assert today.app.services.reading.word(first).status is WordStatus.KNOWN


async def test_nothing_to_unlock_is_said(today):
    words = {w: WordStatus.KNOWN for i in (1, 2) for w in today.app.services.reading.rest_of(i)}
    today.app.services.reading.mark(words)
    await today.press("u")
    await settle(today)
    assert "Nothing to unlock" in screen_text(today.app)
    await today.press("l", "escape")
    assert isinstance(today.app.screen, TodayScreen)


async def test_an_empty_library_welcomes_and_can_be_looked_around(make_services):
    async with LearnfeedApp(make_services()).run_test() as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, WelcomeDialog)
        assert "stays on this machine" in screen_text(pilot.app)
        await pilot.press("escape")
        assert "Nothing saved yet" in screen_text(pilot.app)
        await pilot.press("space", "w")
        await settle(pilot)
        assert isinstance(pilot.app.screen, WelcomeDialog)


async def test_help_names_every_key_of_the_screen(today):
    await today.press("question_mark", "question_mark")
    assert isinstance(today.app.screen, HelpDialog)
    text = screen_text(today.app)
    assert "All saved posts" in text
    assert "Show all keys of this screen" in text
    await today.press("escape")
    assert isinstance(today.app.screen, TodayScreen)


async def test_keys_lead_to_the_feed_and_back_home(today):
    await today.press("slash")
    await settle(today)
    assert isinstance(today.app.screen, FeedScreen)
    assert today.app.screen.query_one(CjkInput).has_focus
    today.app.open_post(1)
    today.app.go_home()
    await today.pause()
    assert isinstance(today.app.screen, TodayScreen)
    await today.press("escape")
    assert isinstance(today.app.screen, TodayScreen)


async def test_a_click_on_the_key_bar_presses_the_key(today):
    bar = today.app.screen.query_one(KeyBar)
    start, _, _ = next(place for place in bar._places if place[2].action == "app.page('feed')")
    await today.hover(KeyBar, offset=(start, 0))
    assert bar.tooltip == "All saved posts"
    await today.click(KeyBar, offset=(start, 0))
    await settle(today)
    assert isinstance(today.app.screen, FeedScreen)


async def test_the_palette_finds_commands_by_name(today):
    await today.press("ctrl+p")
    await today.press(*"newest")
    await settle(today)
    await today.press("enter")
    await settle(today)
    assert isinstance(today.app.screen, FeedScreen)
    assert today.app.screen.feed_query.sort == "new"


async def test_colours_change_and_other_themes_work_too(make_services, services):
    async with LearnfeedApp(services).run_test() as pilot:
        assert pilot.app.theme == DARK
        await pilot.press("ctrl+t")
        assert pilot.app.theme == LIGHT
    for theme in ("light", "nord", "no such theme"):
        app = LearnfeedApp(make_services(settings=Settings(theme=theme, tone_colours="pleco")))
        assert app.theme == {"light": LIGHT, "nord": "nord"}.get(theme, DARK)
        assert app.get_css_variables()["tone-1"]


async def test_what_is_wrong_with_the_settings_is_said(services):
    services.messages = ("settings.toml: there is no setting 'colour'; it is ignored",)
    async with LearnfeedApp(services).run_test() as pilot:
        await settle(pilot)
        assert told(pilot.app) == ["settings.toml: there is no setting 'colour'; it is ignored"]


async def test_a_library_that_fails_says_why_and_what_to_do(services, monkeypatch):
    def fails(self):
        raise LearnfeedError("The library is busy", hint="Wait a little.")

    monkeypatch.setattr(Services, "today", fails)
    async with LearnfeedApp(services).run_test() as pilot:
        await settle(pilot)
        assert told(pilot.app) == ["The library is busy\nWait a little."]


async def test_every_page_opens_by_its_key_and_escape_leads_back(today):
    for key, name in (
        ("f", "FeedScreen"),
        ("q", "QuizScreen"),
        ("s", "StatsScreen"),
        ("space", "ReviewScreen"),
    ):
        await today.press(key)
        await settle(today)
        assert type(today.app.screen).__name__ == name
        today.app.go_back()
        await settle(today)
    assert isinstance(today.app.screen, TodayScreen)


async def test_the_list_fits_the_window(make_services):
    services = make_services(*(one_of_many(n) for n in range(12)))
    async with LearnfeedApp(services).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert len(pilot.app.screen.query_one(PostList).cards) == 9
        await pilot.resize_terminal(100, 40)
        await settle(pilot)
        assert len(pilot.app.screen.query_one(PostList).cards) == 12
        await pilot.press("down", "down", "down")
        assert pilot.app.screen.query_one(PostList).cursor == 3


async def test_what_would_unlock_posts_is_told_once_the_screen_is_still(today):
    assert "would unlock" not in screen_text(today.app)
    today.app.screen._plan_unlock()
    await settle(today)
    assert "would unlock" in screen_text(today.app)


async def test_a_plan_that_fails_is_said(today, monkeypatch):
    def fails(self, *args, **kwargs):
        raise LearnfeedError("The library is busy")

    monkeypatch.setattr(UnlockService, "plan", fails)
    today.app.screen._find_unlock()
    await today.press("u")
    await settle(today)
    assert told(today.app) == ["The library is busy"] * 2
