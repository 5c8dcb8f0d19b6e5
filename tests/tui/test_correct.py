"""Correcting a word from the reader: what is wrong, what is right, where."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList, Static

from learnfeed.bootstrap import Services
from learnfeed.config import Places, Settings
from learnfeed.core.text import Decider
from learnfeed.tui import refreshing
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.screens.correct_dialog import CorrectDialog
from learnfeed.tui.screens.reader import ReaderScreen
from learnfeed.tui.widgets.input import CjkInput
from learnfeed.tui.widgets.ruby import RubyView
from learnfeed.tui.widgets.word_pane import WordPane
from tests.services.test_importing import note, run, write
from tests.tui.sample_library import first_snow
from tests.tui.screens import screen_text, told

SNOW = "今天下雪了。\nIt snowed today.\n我也想去看看。\nI want to go too.\nSee you soon!"


@pytest.fixture
async def reading(tmp_path):
    """The reader on a post that the real annotator has read."""
    services = Services(Places(tmp_path / "library"))
    run(services, write(tmp_path / "n.jsonl", note("a1", SNOW), note("a2", "昨天下雪了。")))
    app = LearnfeedApp(services)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_post(services.reading.find("a1"))
        await pilot.pause()
        yield pilot
    services.close()


async def settled(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def view(pilot) -> RubyView:
    return pilot.app.screen.query_one(RubyView)


async def correct(pilot, word: str, *keys: str) -> None:
    document = view(pilot).document
    view(pilot).move_to(next(i for i in document.words if document.tokens[i].text == word))
    await pilot.pause()
    await pilot.press("c")
    assert isinstance(pilot.app.screen, CorrectDialog)
    await pilot.press(*keys)
    await settled(pilot)


def words(pilot) -> list[str]:
    document = view(pilot).document
    return [document.tokens[i].text for i in document.words]


def pane(pilot) -> str:
    return str(pilot.app.screen.query_one(WordPane).content)


async def test_a_reading_is_typed_and_shows_at_once(reading):
    await correct(reading, "下雪", "1", "0", *"xia4", "enter")
    assert isinstance(reading.app.screen, CorrectDialog)
    assert "needs 2 syllables, not 1" in str(reading.app.screen.query_one("#says", Static).content)
    await reading.press(*"xue2")
    assert "✓ xiàxué" in str(reading.app.screen.query_one("#says", Static).content)
    await reading.press("enter", "1")
    await settled(reading)
    assert isinstance(reading.app.screen, ReaderScreen)
    assert view(reading).token.text == "下雪"
    assert view(reading).token.reading.syllables == ("xia4", "xue2")
    assert "xué" in screen_text(reading.app)
    assert "corrected by you: reading · sure\u00a01.00" in pane(reading)
    assert any("Corrected: 下雪" in text for text in told(reading.app))


async def test_u_takes_a_correction_back_in_one_press(reading):
    await correct(reading, "下雪", "3", "4", "1")
    assert words(reading)[:4] == ["今天", "下", "雪", "了"]
    await reading.press("u")
    await settled(reading)
    assert words(reading)[:3] == ["今天", "下雪", "了"]
    assert reading.app.services.correcting.standing() == ()


async def test_escape_goes_back_a_step_at_a_time_and_changes_nothing(reading):
    await correct(reading, "下雪", "1", "0", "escape")
    assert isinstance(reading.app.screen.focused, OptionList)
    await reading.press("escape", "escape")
    assert isinstance(reading.app.screen, ReaderScreen)
    assert reading.app.services.correcting.standing() == ()


async def test_words_are_joined_everywhere_and_other_posts_follow(reading):
    await correct(reading, "下雪", "3", "2", "3")
    assert "下雪了" in words(reading)
    other = reading.app.services.reading.open(reading.app.services.reading.find("a2"))
    assert [token.text for token in other.body.tokens] == ["昨天", "下雪了", "。"]


async def test_blanks_are_moved_by_typing(reading):
    await correct(reading, "下雪", "3", "0")
    line = reading.app.screen.query_one(CjkInput)
    assert line.value == "今天 下雪 了"
    line.value = "今天下雪 了"
    await reading.press("enter", "1")
    await settled(reading)
    assert words(reading)[:2] == ["今天下雪", "了"]


async def test_a_meaning_is_chosen_from_the_dictionary_or_typed(reading):
    await correct(reading, "想", "2")
    options = reading.app.screen.query_one(OptionList)
    assert options.option_count > 3
    await reading.press("2", "2")
    await settled(reading)
    chosen = view(reading).token.sense
    assert chosen.by is Decider.PERSON
    await correct(reading, "想", "2", "0")
    reading.app.screen.query_one(CjkInput).value = "[@click=app.quit]long for[/] \x1b[31m"
    await reading.press("enter", "1")
    await settled(reading)
    assert view(reading).token.sense.gloss == "[@click=app.quit]long for[/] [31m"
    assert "[@click=app.quit]long for" in screen_text(reading.app)
    assert len(reading.app.services.correcting.standing()) == 2


async def test_a_sentence_gets_another_translation_or_none(reading):
    await correct(reading, "下雪", "4")
    assert "See you soon!" in screen_text(reading.app)
    await reading.press("2")
    await settled(reading)
    await reading.press("t")
    assert told(reading.app)[-1] == "The post does not translate this sentence."
    await correct(reading, "下雪", "4", "0", *"Snow!", "enter")
    assert reading.app.services.reading.open(1).body.pairs[0].own == "Snow!"
    await reading.press("t")
    assert "Snow!" in screen_text(reading.app)


async def test_what_was_corrected_is_taken_away_from_the_dialog(reading):
    await correct(reading, "下雪", "2", "0", *"snow", "enter", "1")
    assert "corrected by you: meaning" in pane(reading)
    await correct(reading, "下雪", "5")
    assert "corrected by you" not in pane(reading)
    assert reading.app.services.correcting.standing() == ()


async def test_outdated_posts_are_annotated_again_beside_the_app(reading, monkeypatch):
    monkeypatch.setattr(refreshing, "WORTH_TELLING", 2)
    app, services = reading.app, reading.app.services
    services.database.connection.execute("UPDATE annotation SET version = 'old'")
    app.refresh_posts()
    app.refresh_posts()  # asked for while the first goes on: once more after it
    await settled(reading)
    await settled(reading)
    assert services.refreshing.outdated() == 0
    assert told(app) == ["Annotating 2 posts again   ^p  stop", "2 posts annotated again"]
    refreshing.stop_refresh(app)
    await reading.pause()
    assert told(app)[-1] == "No post is being annotated."


async def test_adding_a_card_is_taken_back_in_one_press(reading):
    services = reading.app.services
    await reading.press("a", "u")
    await settled(reading)
    assert {word.status.value for word in services.reading.vocabulary(None, None, -1)} == {"new"}
    assert not services.database.rows("SELECT 1 FROM card")


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        ((80, 24), "dark", ("c",)),
        ((120, 40), "light", ("c", "3", "2")),
        ((80, 24), "light", ("c", "1", "0", *"chuang1wai4")),
    ],
)
def test_how_the_dialog_looks(snap_compare, make_services, size, theme, keys):
    app = LearnfeedApp(make_services(first_snow(), settings=Settings(theme=theme)))

    async def ask(pilot) -> None:
        pilot.app.open_post(1)
        await settled(pilot)
        await pilot.press("down", *["right"] * 3, *keys)
        await settled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=ask)


def test_how_the_dialog_looks_without_colours(snap_compare, make_services, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = LearnfeedApp(make_services(first_snow()))

    async def ask(pilot) -> None:
        pilot.app.open_post(1)
        await settled(pilot)
        await pilot.press("down", "c", "2")
        await settled(pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=ask)
