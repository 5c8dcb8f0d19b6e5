"""The settings screen: walk, change, see it at work; the file keeps what is the person's own."""

from __future__ import annotations

import pytest

from learnfeed.core.errors import LibraryError
from learnfeed.settings import SETTINGS, Group, Settings
from learnfeed.settings_file import load_settings
from learnfeed.study.fitting import Fit
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.messages import use_language
from learnfeed.tui.messages_zh import TEXTS
from learnfeed.tui.screens.base import PageScreen
from learnfeed.tui.screens.help import HelpDialog
from learnfeed.tui.screens.review import ReviewScreen
from learnfeed.tui.screens.settings import SettingsScreen
from learnfeed.tui.screens.settings_face import fit_said, label
from learnfeed.tui.widgets.input import CjkInput
from tests.tui.sample_library import first_snow
from tests.tui.study_app import press

PARAMETERS = (0.2,) * 21


async def open_at(pilot, name: str) -> None:
    await press(pilot, "comma")
    assert isinstance(pilot.app.screen, SettingsScreen)
    options = pilot.app.screen.query_one("#list")
    options.highlighted = options.get_option_index(name)
    await pilot.pause()


def stored(app: LearnfeedApp) -> Settings:
    settings, messages = load_settings(app.services.places.settings)
    assert messages == ()
    return settings


def told(pilot) -> str:
    return str(pilot.app.screen.query_one("#about").render())


@pytest.fixture
def app(services) -> LearnfeedApp:
    return LearnfeedApp(services)


async def test_choices_and_switches_change_with_one_key_and_are_at_work_at_once(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await open_at(pilot, "tone_colours")
        before = app.get_css_variables()["tone-1"]
        await press(pilot, "right")
        assert stored(app).tone_colours == app.services.settings.tone_colours == "pleco"
        assert app.get_css_variables()["tone-1"] != before
        await press(pilot, "left", "left")
        assert stored(app).tone_colours == "none"
        await press(pilot, "r")
        assert stored(app) == Settings()
        options = app.screen.query_one("#list")
        options.highlighted = options.get_option_index("pass_fail")
        await press(pilot, "space")
        assert stored(app).pass_fail
        assert "1 changed" in app.screen.title_bar.render_line(0).text


async def test_numbers_are_typed_and_wrong_ones_are_told(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await open_at(pilot, "desired_retention")
        await press(pilot, "enter")
        line = app.screen.query_one("#value", CjkInput)
        assert line.has_focus
        line.value = "2"
        await press(pilot, "enter")
        assert "must lie between 0.7 and 0.99" in told(pilot)
        assert stored(app) == Settings()
        line.value = "0.85"
        await press(pilot, "enter")
        assert stored(app).desired_retention == 0.85
        assert app.services.reviewing.plan().retention == 0.85
        assert app.screen.query_one("#list").has_focus
        await press(pilot, "t", "escape")
        assert isinstance(app.screen, SettingsScreen)
        await press(pilot, "escape")
        assert not isinstance(app.screen, SettingsScreen)


async def test_comments_of_the_person_stay(app):
    path = app.services.places.settings
    path.write_text("# mine\nrollover = 4 # early\n", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_at(pilot, "bury_siblings")
        await press(pilot, "space")
    assert path.read_text(encoding="utf-8") == "# mine\nrollover = 4 # early\nbury_siblings = false\n"


async def test_theme_and_language_change_what_is_on_the_screen(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await open_at(pilot, "language")
        await press(pilot, "left")  # auto → zh
        await pilot.pause()
        assert stored(app).language == "zh"
        assert "设置" in app.screen.title_bar.render_line(0).text
        await press(pilot, "escape")
        assert "今天" in app.screen.title_bar.render_line(0).text
        use_language("en")


async def test_a_file_that_can_not_be_read_is_left_alone(app):
    path = app.services.places.settings
    path.write_text("new_per_day = \n", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_at(pilot, "bury_siblings")
        await press(pilot, "space")
        assert app.services.settings.bury_siblings
    assert path.read_text(encoding="utf-8") == "new_per_day = \n"


async def test_a_fit_is_shown_with_both_losses_and_used_only_on_request(app, monkeypatch):
    from learnfeed.services.fitting import FitService

    monkeypatch.setattr(FitService, "attempt", lambda self: Fit(900, 180, 0.41, 0.38, PARAMETERS))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_at(pilot, "fit")
        await press(pilot, "y")
        assert app.services.reviewing.fsrs_parameters() == ()
        await press(pilot, "enter")
        assert "0.4100" in told(pilot)
        assert "0.3800" in told(pilot)
        assert app.services.reviewing.fsrs_parameters() == ()
        await press(pilot, "y")
        assert app.services.reviewing.fsrs_parameters() == PARAMETERS


async def test_a_fit_that_fails_is_told(app, monkeypatch):
    from learnfeed.services.fitting import FitService

    def fail(self):
        raise LibraryError("no optimizer")

    monkeypatch.setattr(FitService, "attempt", fail)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_at(pilot, "fit")
        await press(pilot, "enter")
        assert "foretell" in told(pilot)
        assert "no optimizer" in str([note.message for note in app._notifications])


def test_what_fitting_found_is_said():
    assert "needs 400" in fit_said(Fit(12))
    assert "no worse" in fit_said(Fit(500, 100, 0.3, 0.31))
    assert "y takes it" in fit_said(Fit(500, 100, 0.3, 0.29, PARAMETERS))


async def test_keys_of_ones_own_work_and_stand_in_bar_and_help(make_services):
    services = make_services(
        first_snow(), settings=Settings(keys=(("today.review", "g"), ("app.help", "h,f1")))
    )
    app = LearnfeedApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "h")
        assert isinstance(app.screen, HelpDialog)
        assert any(key.keys == "g" and "due" in key.about for key in app.screen.keys)
        await press(pilot, "escape", "space")
        assert not isinstance(app.screen, ReviewScreen)
        await press(pilot, "g")
        assert isinstance(app.screen, ReviewScreen)


async def test_a_theme_that_is_not_there_is_told(make_services):
    app = LearnfeedApp(make_services(first_snow(), settings=Settings(theme="pink")))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert "There is no theme 'pink'" in str([note.message for note in app._notifications])


async def test_the_welcome_has_three_short_pages_and_asks_what_is_learned(make_services):
    app = LearnfeedApp(make_services())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        heading = app.screen.query_one("#heading")
        seen = [str(heading.render())]
        for _ in range(2):
            await press(pilot, "enter")
            seen.append(str(heading.render()))
        assert len(set(seen)) == 3
        await press(pilot, "d")
        assert stored(app).direction == "english"
        assert "You learn English" in str(app.screen.query_one("#page").render())
        await press(pilot, "d")
        assert stored(app) == Settings()


def test_every_setting_is_told_in_chinese():
    use_language("en")
    said = {text for item in SETTINGS for text in (item.about, label(item))} | {
        group.value for group in Group
    }
    said |= {screen.HELP for screen in PageScreen.__subclasses__() if screen.HELP}
    assert sorted(said - set(TEXTS)) == []
