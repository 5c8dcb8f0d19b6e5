"""Reading a post, key by key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.text import Decider, Reading, SenseChoice, Token, TokenKind
from learnfeed.core.word import WordStatus
from learnfeed.services.reading import ReadingService
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.screens.finish import FinishDialog
from learnfeed.tui.screens.reader import ReaderScreen
from learnfeed.tui.widgets.bars import TitleBar
from learnfeed.tui.widgets.ruby import RubyView
from learnfeed.tui.widgets.word_pane import WordPane, describe
from tests.tui.screens import screen_text, told


@pytest.fixture
async def reading(services):
    """The app with the post about snow open, and its pilot."""
    app = LearnfeedApp(services)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.open_post(services.reading.find("snow"))
        await pilot.pause()
        yield pilot


def view(pilot) -> RubyView:
    return pilot.app.screen.query_one(RubyView)


async def written(pilot) -> None:
    """Waits until the library has everything."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def word(pilot) -> str:
    return view(pilot).token.text


async def test_it_opens_on_the_first_unknown_word(reading):
    assert isinstance(reading.app.screen, ReaderScreen)
    assert word(reading) == "第一"


async def test_arrows_go_by_word_and_by_line(reading):
    await reading.press("right", "right")
    assert word(reading) == "看到"
    await reading.press("left")
    assert word(reading) == "次"
    await reading.press("home", "down")
    assert word(reading) == "今天"
    await reading.press("up")
    assert word(reading) == "第一"
    await reading.press("end")
    assert word(reading) == "长春"
    await reading.press("pageup")
    assert word(reading) != "长春"


async def test_enter_goes_to_the_next_unknown_word(reading):
    await reading.press("k", "right", "k", "home", "enter")
    assert word(reading) == "看到"


async def test_pinyin_stands_over_unknown_words_until_they_are_known(reading):
    assert "chuāngwài" in screen_text(reading.app)
    for text in ("窗外",):
        view(reading).move_to(
            next(i for i in view(reading).document.words if view(reading).document.tokens[i].text == text)
        )
    await reading.press("k")
    lines = screen_text(reading.app, width=60)
    assert "chuāngwài" not in lines
    await reading.press("p")
    assert "chuāngwài" in screen_text(reading.app, width=60)
    await reading.press("p")
    assert "zǎoshang" not in screen_text(reading.app, width=60)


async def test_the_pane_says_what_the_word_means_here_and_why(reading):
    document = view(reading).document
    view(reading).move_to(next(i for i in document.words if document.tokens[i].text == "窗外"))
    await reading.pause()
    pane = str(reading.app.screen.query_one(WordPane).content)
    assert "outside the window" in pane
    assert "because of “outside” in this post" in pane
    assert "sure 0.98" in pane
    assert "HSK 5" in pane
    assert "met 1 time in 1 post" in pane
    assert "窗 window" in pane


async def test_other_senses_and_readings_are_told_apart(reading):
    document = view(reading).document
    view(reading).move_to(next(i for i in document.words if document.tokens[i].text == "好"))
    await reading.pause()
    pane = str(reading.app.screen.query_one(WordPane).content)
    assert "a guess" in pane
    assert "fine; good; easy to" in pane
    assert "hào  to be fond of" in pane


async def test_english_unfolds_by_sentence_and_all_at_once(reading):
    assert "I woke up" not in screen_text(reading.app)
    await reading.press("down", "t")
    assert "I woke up this morning" in screen_text(reading.app)
    assert "Is it snowing" not in screen_text(reading.app)
    await reading.press("T")
    assert "Is it snowing where you are?" in screen_text(reading.app)
    await reading.press("T")
    assert "I woke up" not in screen_text(reading.app)


async def test_a_sentence_without_translation_says_so(reading):
    await reading.press("t")
    assert told(reading.app) == ["The post does not translate this sentence."]


async def test_marks_change_the_word_and_the_figures_and_are_undone(reading):
    services = reading.app.services
    await reading.press("l")
    assert view(reading).statuses["第一"] is WordStatus.LEARNING
    await reading.press("x")
    assert view(reading).statuses["第一"] is WordStatus.IGNORED
    await reading.press("u")
    await written(reading)
    assert view(reading).statuses["第一"] is WordStatus.LEARNING
    await reading.press("l")
    assert view(reading).statuses["第一"] is WordStatus.NEW
    await reading.press("k")
    await written(reading)
    card = services.reading.cards([services.reading.find("snow")])
    assert next(iter(card.values())).coverage.known == 1
    assert "% known" in screen_text(reading.app)
    await reading.press("u", "u", "u", "u", "u", "u")
    await written(reading)
    assert told(reading.app)[-1] == "There is nothing to undo."


async def test_a_name_is_not_marked(reading):
    await reading.press("end", "k", "a")
    assert told(reading.app) == ["A name is not learned.", "A name is not learned."]


async def test_a_word_becomes_a_card_once(reading):
    await reading.press("down", "a", "a")
    await written(reading)
    assert told(reading.app) == ["Card added: 今天", "There is a card for 今天 already."]
    [card] = (reading.app.services.reviewing.next_card(),)
    assert card.headword == "今天"


async def test_the_end_of_the_post_offers_to_mark_the_rest_and_takes_it_back(reading):
    services = reading.app.services
    await reading.press("end", "enter")
    assert isinstance(reading.app.screen, FinishDialog)
    assert "猫税来了" in screen_text(reading.app)
    await reading.press("k")
    assert isinstance(reading.app.screen, ReaderScreen)
    await written(reading)
    assert services.reading.rest_of(services.reading.find("snow")) == ()
    await reading.press("u")
    await written(reading)
    assert services.reading.rest_of(services.reading.find("snow")) != ()
    await reading.press("u")
    await written(reading)
    card = services.reading.cards([services.reading.find("snow")])
    assert next(iter(card.values())).read_at is None


async def test_finishing_leads_to_the_next_post_that_fits(reading):
    await reading.press("f", "n")
    await written(reading)
    assert "猫税来了" in str(reading.app.screen.query_one(TitleBar)._label)
    await reading.press("f")
    await written(reading)
    assert "You have read all posts." in screen_text(reading.app)
    await reading.press("escape", "n")
    assert told(reading.app)[-1] == "You have read all posts."


async def test_at_the_end_of_a_finished_post_nothing_is_asked_again(reading):
    await reading.press("f", "escape", "end", "right", "down")
    assert isinstance(reading.app.screen, ReaderScreen)
    assert told(reading.app)[-1] == "That was the last new word.   n  next post"


async def test_the_mouse_chooses_words_and_unfolds_english(reading):
    document = view(reading).document
    target = next(i for i in document.words if document.tokens[i].text == "窗外")
    box, line = view(reading)._rows.box_of[target], view(reading)._rows.line_of[target]
    left = view(reading).content_region.x - view(reading).region.x
    await reading.click(RubyView, offset=(left + box.x, line))
    assert word(reading) == "窗外"
    await reading.click(RubyView, offset=(left + 2, line + 1))
    assert "I woke up" in screen_text(reading.app)


async def test_the_word_and_the_page_can_be_taken_elsewhere(reading, monkeypatch):
    opened = []
    monkeypatch.setattr(reading.app, "open_url", opened.append)
    await reading.press("o", "y")
    assert opened == ["https://example.org/snow"]
    assert told(reading.app) == ["Copied: 第一"]
    await reading.press("n", "o")
    assert opened == ["https://example.org/snow"]


async def test_a_post_that_is_gone_is_said_and_left(services):
    app = LearnfeedApp(services)
    async with app.run_test() as pilot:
        await pilot.pause()
        app.open_post(99)
        await pilot.pause()
        assert not isinstance(app.screen, ReaderScreen)
        assert told(app) == ["Post 99 is not in the library"]


async def test_the_text_wraps_anew_when_the_window_changes(reading):
    before = view(reading).virtual_size.height
    await reading.resize_terminal(44, 30)
    await reading.pause()
    assert view(reading).virtual_size.height > before
    assert word(reading) == "第一"


async def test_what_was_marked_last_is_kept_when_the_app_is_left_at_once(services):
    app = LearnfeedApp(services)
    async with app.run_test() as pilot:
        await pilot.pause()
        app.open_post(services.reading.find("snow"))
        await pilot.pause()
        await pilot.press(*["k", "right"] * 5)
        app.exit()
    assert services.reading.cards([1])[1].coverage.known >= 5


async def test_a_write_that_fails_is_said(reading, monkeypatch):
    def fails(services):
        raise LearnfeedError("The disk is full", hint="Free some space.")

    reading.app.writer.do(fails, lambda _: None)
    await written(reading)
    assert told(reading.app) == ["The disk is full\nFree some space."]
    assert not reading.app.writer.busy


async def test_a_fault_while_writing_is_said(reading):
    reading.app.writer.do(lambda services: 1 // 0, lambda _: None)
    await written(reading)
    assert "ZeroDivisionError" in told(reading.app)[0]
    assert not reading.app.writer.busy


async def test_a_dictionary_that_is_missing_is_said_and_reading_goes_on(reading, monkeypatch):
    def fails(self, *args):
        raise LearnfeedError("There is no dictionary", hint="Install learnfeed again.")

    monkeypatch.setattr(ReadingService, "word", fails)
    await reading.press("end")
    assert told(reading.app)[-1] == "There is no dictionary\nInstall learnfeed again."
    assert word(reading) == "长春"


async def test_a_post_without_translations_says_so(services):
    app = LearnfeedApp(services)
    async with app.run_test() as pilot:
        await pilot.pause()
        view_of = ReaderScreen(services.reading.find("cat"))
        app.push_screen(view_of)
        await pilot.pause()
        view_of.view.document = replace(view_of.view.document, blocks=())
        await pilot.press("T")
        assert told(app) == ["The post has no translation."]


async def test_unknown_readings_are_doubted(reading):
    token = Token("行", 0, TokenKind.WORD, "行", Reading(("hang2",), 0.6))
    corrected = token._replace(sense=SenseChoice("row", 1.0, Decider.PERSON))
    pane = describe(corrected, WordStatus.NEW, None, "2025", narrow=False, corrected=["meaning"]).plain
    assert "reading not sure" in pane
    assert "corrected by you: meaning · sure\u00a01.00" in pane
