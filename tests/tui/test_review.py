"""The review screen: one key to the first card, two keys a card, nothing that can't be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from learnfeed.bootstrap import Services
from learnfeed.core.errors import LibraryError
from learnfeed.core.review import Rating, Template
from learnfeed.store.reviews import ReviewStore
from learnfeed.tui.screens.review import ReviewScreen
from learnfeed.tui.widgets.bars import TitleBar
from learnfeed.tui.widgets.flashcard import AnswerRow, CardFace, ProgressLine
from learnfeed.tui.widgets.input import CjkInput
from tests.study_samples import SNOW, Clock, add_words, made_post, text_of, winter_services
from tests.tui.study_app import StudyApp, press, written

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZES = [(80, 24), (120, 40), (40, 12)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    made = winter_services(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def app(services: Services) -> StudyApp:
    return StudyApp(services, ReviewScreen())


def face(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(CardFace).text


def buttons(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(AnswerRow).text


async def test_question_hides_the_answer_and_space_shows_it(services: Services, app: StudyApp) -> None:
    add_words(services, "雪")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert face(pilot).split("\n")[1] == "雪"
        assert "我第一次看到雪！" in face(pilot)
        assert "from 第一次看到雪" in face(pilot)
        assert "xuě" not in face(pilot)
        assert "snow" not in face(pilot)
        assert "show the answer" in buttons(pilot)
        await press(pilot, "space")
        assert "xuě" in face(pilot)
        assert "I saw snow for the first time!" in face(pilot)
        assert [row.split(" ")[0] for row in buttons(pilot).split("\n")] == ["1m", "6m", "10m", "10d"]


async def test_two_keys_a_card_until_the_end(services: Services, app: StudyApp) -> None:
    add_words(services, "雪", "窗外", "看到")
    async with app.run_test() as pilot:
        await pilot.pause()
        for key in ("4", "space", "1"):
            await press(pilot, "space", key)
        assert services.reviewing.outlook().answered == 3
        await press(pilot, "enter", "3", "enter", "4", "space", "4")
        await pilot.pause()
        assert "That was all for now." in face(pilot)
        assert pilot.app.screen.query_one(ProgressLine).share == 1
        await press(pilot, "space", "3")
        assert "That was all for now." in face(pilot)


async def test_a_rating_before_the_answer_was_seen_does_nothing(services: Services, app: StudyApp) -> None:
    add_words(services, "雪")
    async with app.run_test() as pilot:
        await pilot.pause()
        await press(pilot, "3", "1", "a")
        assert services.reviewing.outlook().answered == 0


async def test_undo_brings_the_card_back_again_and_again(services: Services, app: StudyApp) -> None:
    add_words(services, "雪", "窗外")
    async with app.run_test() as pilot:
        await pilot.pause()
        await press(pilot, "space", "4", "space", "4")
        await press(pilot, "u")
        assert "窗 外" in face(pilot)
        await press(pilot, "u")
        assert face(pilot).split("\n")[1] == "雪"
        await press(pilot, "u")
        assert app.told[-1] == "There is nothing left to take back."
        assert services.reviewing.outlook().answered == 0


async def test_bury_suspend_and_flag(services: Services, app: StudyApp) -> None:
    first, second = add_words(services, "雪", "窗外")
    async with app.run_test() as pilot:
        await pilot.pause()
        await press(pilot, "asterisk")
        assert services.reviewing.card(first).flag == 1
        assert "⚑ red" in app.screen.query_one(TitleBar).render_line(0).text
        await press(pilot, *["asterisk"] * 7)
        assert services.reviewing.card(first).flag == 0
        await press(pilot, "-")
        await press(pilot, "@")
        store = ReviewStore(services.database)
        assert store.card(first).buried_until > services.now_ms()
        assert store.card(second).suspended
        assert "No cards wait." in face(pilot)
        await press(pilot, "minus", "@", "asterisk", "o", "p")


async def test_the_first_ever_visit_says_how_cards_are_made(app: StudyApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "press a on a word" in face(pilot)
        await press(pilot, "q")
        assert app.opened == ["quiz"]


async def test_end_says_what_comes_when(tmp_path: Path) -> None:
    services = winter_services(tmp_path, new_per_day=1)
    add_words(services, "雪", "窗外")
    card = services.reviewing.next_card()
    assert card is not None
    services.reviewing.answer(card.id, Rating.EASY)
    app = StudyApp(services, ReviewScreen())
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "1 new card left for another day" in face(pilot)
        assert "1 answer done" in face(pilot)
        await pilot.click(AnswerRow, offset=(40, 2))
        assert not isinstance(app.screen, ReviewScreen)
    services.close()


async def test_the_mouse_does_it_too(services: Services, app: StudyApp) -> None:
    add_words(services, "雪")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(AnswerRow, offset=(40, 2))
        assert "xuě" in face(pilot)
        await pilot.click(AnswerRow, offset=(12 + 8, 2))
        await written(pilot)
        (log,) = ReviewStore(services.database).log_between(0, 2**60)
        assert log.rating is Rating.AGAIN
        await pilot.click(AnswerRow, offset=(1, 2))


async def test_pinyin_of_the_whole_sentence_on_request(services: Services, app: StudyApp) -> None:
    add_words(services, "雪")
    async with app.run_test() as pilot:
        await pilot.pause()
        await press(pilot, "p")
        assert "kàndào" not in face(pilot)
        await press(pilot, "space", "p")
        assert "kàndào" in face(pilot)


async def test_time_to_answer_is_kept(services: Services, app: StudyApp, clock: Clock) -> None:
    add_words(services, "雪")
    async with app.run_test() as pilot:
        await pilot.pause()
        clock.forward(seconds=7)
        await press(pilot, "space", "3")
        (log,) = ReviewStore(services.database).log_between(0, 2**60)
        assert log.took == 7000


async def test_card_opens_its_post(services: Services, app: StudyApp) -> None:
    add_words(services, "雪")
    async with app.run_test() as pilot:
        await pilot.pause()
        await press(pilot, "o")
        assert app.opened == [services.reading.find("snow")]


async def test_leech_is_said(services: Services, app: StudyApp, clock: Clock) -> None:
    (card_id,) = add_words(services, "雪")
    services.reviewing.answer(card_id, Rating.EASY)
    for _ in range(7):
        clock.forward(days=40)
        services.reviewing.answer(card_id, Rating.AGAIN)
        services.reviewing.answer(card_id, Rating.GOOD)
    clock.forward(days=40)
    async with app.run_test() as pilot:
        await pilot.pause()
        await press(pilot, "space", "1")
        assert app.told == ["雪 was forgotten 8 times. It is set aside; u brings it back."]


async def test_word_that_becomes_known_is_said(services: Services, app: StudyApp, clock: Clock) -> None:
    (card_id,) = add_words(services, "雪")
    services.reviewing.answer(card_id, Rating.EASY)
    clock.forward(days=40)
    async with app.run_test() as pilot:
        await pilot.pause()
        await press(pilot, "space", "3")
        assert app.told == ["雪 counts as known from now on."]


@pytest.mark.parametrize(
    ("typed", "told"),
    [("xue3", "right"), ("xue", "tones missing"), ("xue4", "wrong tone"), ("hua1", "it is xuě")],
)
async def test_typing_card_judges_what_is_typed(
    services: Services, app: StudyApp, typed: str, told: str
) -> None:
    post = services.reading.find("snow")
    services.reviewing.add_card(post, 1, 0, "雪", templates=(Template.TYPING,))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.screen.query_one(CjkInput).has_focus
        await press(pilot, *typed, "enter")
        assert f"{typed}: " in face(pilot)
        assert told in face(pilot)
        await press(pilot, "3")
        assert services.reviewing.outlook().answered == 1


@pytest.mark.parametrize(
    ("template", "shows", "hides"),
    [
        (Template.RECALL, "snow", "雪"),
        (Template.CLOZE, "我第一次看到＿！", "雪"),
        (Template.LISTENING, "雪", "xuě"),
    ],
)
async def test_other_templates_ask_in_their_own_way(
    services: Services, app: StudyApp, template: Template, shows: str, hides: str
) -> None:
    post = services.reading.find("snow")
    services.reviewing.add_card(post, 1, 0, "雪", templates=(template,))
    async with app.run_test() as pilot:
        await pilot.pause()
        asked = face(pilot).split("from")[0] if template is Template.LISTENING else face(pilot)
        assert shows in asked
        assert hides not in asked
        await press(pilot, "space")
        assert "xuě" in face(pilot)


@pytest.mark.parametrize("template", [Template.RECALL, Template.CLOZE])
async def test_a_question_never_quotes_its_answer(tmp_path: Path, template: Template) -> None:
    body = text_of(("雪/xue3/snow | 是/shi4/is | 雪/xue3/snow | 。", "I learned that 雪 is snow."))
    services = winter_services(tmp_path, posts=[made_post("snow", body, body)])
    post = services.reading.find("snow")
    services.reviewing.add_card(post, 1, 0, "雪", templates=(template,))
    async with StudyApp(services, ReviewScreen()).run_test() as pilot:
        await pilot.pause()
        assert "雪" not in face(pilot)
        assert "I learned that ＿ is snow." in face(pilot)
        await press(pilot, "space")
        assert "I learned that 雪 is snow." in face(pilot)
    services.close()


async def test_coming_back_shows_what_waits_now(services: Services, app: StudyApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        add_words(services, "雪")
        app.push_screen(ReviewScreen())
        await pilot.pause()
        app.pop_screen()
        await pilot.pause()
        assert face(pilot).split("\n")[1] == "雪"


@pytest.mark.parametrize("size", SIZES)
async def test_text_of_posts_is_only_text(tmp_path: Path, size: tuple[int, int]) -> None:
    evil = "[@click=app.quit]x[/] [bold]\x1b]0;t\x07"
    body = text_of((f"雪/xue3/{evil} | {evil}", f"snow {evil}"), *([("大/da4/big | 雪/xue3/snow", "")] * 3))
    title = text_of((f"{evil} | 雪/xue3", ""))
    services = winter_services(tmp_path, posts=[made_post("snow", title, body, author=evil)])
    add_words(services, "雪")
    app = StudyApp(services, ReviewScreen())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, "space", "p", "j", "k")
        assert "\x1b" not in face(pilot)
        if size[0] > 40:
            assert "[@click=app.quit]x[/]" in face(pilot)
        await press(pilot, "3")
        assert app.is_running
    services.close()


async def test_card_gone_in_another_window_is_told(services: Services, app: StudyApp) -> None:
    add_words(services, "雪")
    async with app.run_test() as pilot:
        await pilot.pause()
        with services.database.write() as connection:
            connection.execute("DELETE FROM card")
        await press(pilot, "space", "3")
        assert "is not in the library" in app.told[0]
        assert "No cards wait." in face(pilot)


async def test_long_card_scrolls(tmp_path: Path) -> None:
    body = text_of((" | ".join(["雪/xue3/snow", *(f"大{i}/da4/big" for i in range(200))]), "snow " * 80))
    services = winter_services(tmp_path, posts=[made_post("snow", SNOW, body)])
    add_words(services, "雪")
    app = StudyApp(services, ReviewScreen())
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        await press(pilot, "space", "j", "j")
        assert app.screen.query_one(CardFace).scroll_offset.y == 2
        await press(pilot, "k")
        assert app.screen.query_one(CardFace).scroll_offset.y == 1
    services.close()


async def test_counts_stand_in_the_title(services: Services, app: StudyApp) -> None:
    add_words(services, "雪", "窗外")
    async with app.run_test() as pilot:
        await pilot.pause()
        title: Callable[[], str] = lambda: app.screen.query_one(TitleBar).render_line(0).text  # noqa: E731
        assert "1 / 2" in title()
        assert "new 2 · learning 0 · due 0" in title()
        await press(pilot, "space", "4")
        assert "2 / 2" in title()


async def test_a_library_that_fails_is_told(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise LibraryError("the disk is gone")

    monkeypatch.setattr(services.reviewing, "next_card", fail)
    app = StudyApp(services, ReviewScreen())
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.told == ["the disk is gone"]


async def test_keys_of_a_card_do_nothing_once_none_is_left(services: Services, app: StudyApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        for action in (
            screen.action_show, screen.action_bury, screen.action_suspend, screen.action_flag, screen.action_open,
            screen.action_pinyin,
        ):  # fmt: skip
            action()
        screen.action_rate(3)
        assert app.opened == []
        assert services.reviewing.outlook().answered == 0


async def test_another_day_is_named_at_the_end(services: Services, app: StudyApp, clock: Clock) -> None:
    (card_id,) = add_words(services, "雪")
    services.reviewing.answer(card_id, Rating.HARD)
    services.reviewing.answer(card_id, Rating.EASY)
    due = services.reviewing._store.card(card_id).schedule.interval
    clock.forward(days=due - 1)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "Tomorrow: 1 card." in face(pilot)


async def test_keys_typed_ahead_wait_for_their_card(services: Services, app: StudyApp) -> None:
    add_words(services, "雪", "窗外", "看到")
    async with app.run_test() as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        for _ in range(3):
            screen.action_show()
            screen.action_rate(4)
        await written(pilot)
        assert services.reviewing.outlook().answered == 3
        await press(pilot, "u", "u", "u", "u")
        assert app.told.count("answer taken back") == 3
        assert services.reviewing.outlook().answered == 0


async def test_two_answers_instead_of_four(tmp_path: Path) -> None:
    services = winter_services(tmp_path, pass_fail=True)
    add_words(services, "雪", "窗外")
    app = StudyApp(services, ReviewScreen())
    async with app.run_test() as pilot:
        await pilot.pause()
        await press(pilot, "space")
        assert [row.split()[1:] for row in buttons(pilot).split("\n")] == [["1", "again"], ["2", "good"]]
        await press(pilot, "2", "space", "4")
        logs = ReviewStore(services.database).log_between(0, 2**60)
        assert [log.rating for log in logs] == [Rating.GOOD, Rating.GOOD]
    services.close()


async def test_rating_from_the_front_and_the_timer(tmp_path: Path, clock: Clock) -> None:
    services = winter_services(tmp_path, clock, grade_from_front=True, answer_timer=True)
    add_words(services, "雪", "窗外")
    app = StudyApp(services, ReviewScreen())
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "10m 3 good" in buttons(pilot)
        clock.forward(seconds=12)
        app.screen._tick()
        assert "1 / 2   12 s" in app.screen.query_one(TitleBar).render_line(0).text
        await press(pilot, "4")
        assert services.reviewing.outlook().answered == 1
        assert "窗 外" in face(pilot)
    services.close()
