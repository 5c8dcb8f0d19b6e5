"""The feed: any number of posts, found and opened by a few keys."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest
from textual.events import Key

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.feed import FeedQuery, PostCard, Sort
from learnfeed.core.ids import PostId
from learnfeed.core.level import Coverage
from learnfeed.services.reading import ReadingService
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.screens.feed import FeedScreen
from learnfeed.tui.screens.reader import ReaderScreen
from learnfeed.tui.widgets.feed_grid import CARD_HEIGHT, FeedGrid, card_lines, meter
from learnfeed.tui.widgets.input import CjkInput
from learnfeed.tui.widgets.post_source import KEPT, PostSource
from tests.tui.sample_library import cat_tax, one_of_many
from tests.tui.screens import screen_text, told

CARD = PostCard(
    PostId(1), "k", "雪", "", "", "", "x", "", 2, Coverage(10, 9, 0, 1), "5", ("a",), 0, "", None
)  # fmt: skip


@pytest.fixture
async def feed(services):
    """The feed over two posts, at 100 columns."""
    async with LearnfeedApp(services, start="feed").run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        yield pilot


@pytest.fixture
async def long_feed(make_services):
    """The feed over 120 posts, in two columns."""
    services = make_services(*(one_of_many(n) for n in range(120)))
    async with LearnfeedApp(services, start="feed").run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def grid(pilot) -> FeedGrid:
    return pilot.app.screen.query_one(FeedGrid)


async def search(pilot, text: str) -> None:
    pilot.app.screen.query_one(CjkInput).value = text
    pilot.app.screen._search_now()
    await settle(pilot)


async def test_a_card_shows_what_is_needed_to_choose(feed):
    text = screen_text(feed.app)
    for part in (
        "第一次看到雪",
        "今天早上醒来",
        "I woke up this morning",
        "HSK 2",
        "0 %",
        "15 new",
        "♥ 1.2万",
        "#学中文",
    ):
        assert part in text
    assert "2 posts" in text
    assert "best fit first" in text


async def test_keys_go_through_the_columns(long_feed):
    at = grid(long_feed)
    assert at.columns == 2
    for keys, place in (
        (("j", "l"), 3),
        (("k", "h"), 0),
        (("end",), 119),
        (("down",), 119),
        (("home",), 0),
        (("up",), 0),
    ):
        await long_feed.press(*keys)
        assert at.cursor == place, keys
    await long_feed.press("pagedown")
    assert at.cursor == 2 * (at.size.height // CARD_HEIGHT)
    assert at.scroll_offset.y > 0
    await long_feed.press("pageup")
    assert at.cursor == 0


async def test_only_cards_in_sight_are_read(long_feed):
    assert 0 < len(grid(long_feed).source._cards) < 40


async def test_enter_opens_and_escape_comes_back_to_the_same_card(feed):
    await feed.press("down", "enter")
    await feed.pause()
    assert isinstance(feed.app.screen, ReaderScreen)
    await feed.press("escape")
    await settle(feed)
    assert isinstance(feed.app.screen, FeedScreen)
    assert grid(feed).cursor == 1


async def test_what_was_marked_in_the_reader_shows_on_the_card(feed):
    await feed.press("down", "enter", "k", "escape")
    await settle(feed)
    assert "6 %" in screen_text(feed.app)


async def test_search_by_hanzi_pinyin_english_tag_and_author(feed):
    await feed.press("slash")
    for asked in ("雪", "窗外", "xue3", "xuě", "xue", "snow", "#猫税", "@maple"):
        await search(feed, asked)
        assert len(grid(feed).source) == 1, asked


async def test_an_empty_search_says_what_to_do_and_escape_clears_it(feed):
    await feed.press("slash")
    await search(feed, "zzz")
    assert "No post is like that." in screen_text(feed.app)
    await feed.press("escape")
    await settle(feed)
    assert len(grid(feed).source) == 2
    assert grid(feed).has_focus
    await feed.press("escape")
    assert not isinstance(feed.app.screen, FeedScreen)


async def test_typing_searches_by_itself_and_down_leads_to_the_cards(feed):
    await feed.press("slash", "c", "a", "t")
    assert feed.app.screen.query_one(CjkInput).value == "cat"
    await feed.press("down")
    assert grid(feed).has_focus
    await feed.press("slash", "enter")
    await settle(feed)
    assert feed.app.screen.feed_query.text == "cat"


async def test_order_and_filters(feed):
    await feed.press("s", "s")
    await settle(feed)
    assert feed.app.screen.feed_query.sort is Sort.LEVEL
    assert grid(feed).source.card(0).title == "猫税来了"
    await feed.press("2")
    await settle(feed)
    assert len(grid(feed).source) == 1
    await feed.press("2", "n", "r")
    await settle(feed)
    assert feed.app.screen.feed_query == FeedQuery(sort=Sort.LEVEL, readable=True, unread=True)
    assert "easiest first · readable now · unread" in screen_text(feed.app)
    assert len(grid(feed).source) == 0


async def test_the_mouse_selects_then_opens(feed):
    line = CARD_HEIGHT + 1
    await feed.click(FeedGrid, offset=(10, line))
    assert grid(feed).cursor == 1
    await feed.click(FeedGrid, offset=(10, line))
    await feed.pause()
    assert isinstance(feed.app.screen, ReaderScreen)


async def test_a_narrow_window_has_one_column_a_wide_one_three(long_feed):
    await long_feed.resize_terminal(80, 24)
    assert grid(long_feed).columns == 1
    await long_feed.resize_terminal(200, 50)
    assert grid(long_feed).columns == 3


async def test_a_post_removed_by_another_window_leaves_an_empty_place(feed):
    grid(feed).source.show(array("q", [*grid(feed).source.ids, 999]))
    grid(feed).renew()
    await feed.press("end")
    assert grid(feed).card is None
    assert "第一次看到雪" in screen_text(feed.app)


async def test_an_empty_library_says_how_to_begin(make_services):
    async with LearnfeedApp(make_services(), start="feed").run_test() as pilot:
        await settle(pilot)
        assert "No posts yet." in screen_text(pilot.app)


@pytest.mark.parametrize(
    ("share", "bar"), [(0, ("", "─" * 10)), (1, ("━" * 10, "")), (0.44, ("━━━━╸", "─" * 5))]
)
def test_a_share_is_a_bar(share, bar):
    assert meter(share) == bar


def test_a_source_reads_once_and_forgets_what_is_far_off():
    asked = []

    def load(ids):
        asked.append(list(ids))
        return dict.fromkeys(ids, cat_tax())

    source = PostSource(load)
    source.show(array("q", range(KEPT + 500)))
    source.need(0, 3)
    source.need(1, 4)
    assert asked == [[0, 1, 2], [3]]
    source.need(0, KEPT + 500)
    assert len(source._cards) == KEPT
    assert source.card(KEPT + 499) is not None
    assert source.card(0) is None
    assert source.card(10**6) is None
    assert source.place_of(7) == 7
    assert source.place_of(-1) == -1


async def test_a_library_that_fails_while_searching_says_so(feed, monkeypatch):
    def fails(self, *args):
        raise LearnfeedError("The library is busy")

    monkeypatch.setattr(ReadingService, "ids", fails)
    await feed.press("s")
    await settle(feed)
    assert told(feed.app) == ["The library is busy"]


async def test_an_import_shows_in_the_feed_at_once(feed):
    before = grid(feed).source._cards.copy()
    feed.app.library_changed.publish(None)
    await settle(feed)
    assert before
    assert len(grid(feed).source) == 2


def test_a_post_without_a_title_shows_its_first_line_once():
    card = replace(CARD, title="今天很美。今天", line="今天很美。", english="Nice.")
    lines = ["".join(text for text, _ in cells) for cells in card_lines(card)]
    assert lines[:3] == ["今天很美。今天", "Nice.", ""]


def test_a_finished_post_says_so():
    lines = card_lines(replace(CARD, read_at=1, likes="", tags=()))
    assert "✓ read" in "".join(text for text, _ in lines[3])


@pytest.mark.parametrize("start", ["feed", "today"])
async def test_letters_typed_in_one_breath_after_the_slash_are_the_search(services, start):
    async with LearnfeedApp(services, start=start).run_test() as pilot:
        await settle(pilot)
        for character in "/exi":
            pilot.app.post_message(Key("slash" if character == "/" else character, character))
        await settle(pilot)
        assert isinstance(pilot.app.screen, FeedScreen)
        assert pilot.app.screen.query_one(CjkInput).value == "exi"
