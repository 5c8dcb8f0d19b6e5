"""Reviewing: from the word in its sentence to tomorrow's due cards, and back again with undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learnfeed.bootstrap import Services
from learnfeed.core.errors import NotFoundError
from learnfeed.core.review import CardState, Rating, Template
from learnfeed.core.word import WordStatus
from learnfeed.store.reviews import NewCard, ReviewStore
from learnfeed.store.words import WordStore
from learnfeed.study.scheduler import replay
from tests.study_samples import Clock, add_words, winter_services


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    made = winter_services(tmp_path, clock)
    yield made
    made.close()


def status(services: Services, word: str) -> WordStatus:
    return WordStore(services.database).statuses([word])[word]


def review_until_done(services: Services, rating: Rating = Rating.GOOD) -> list[str]:
    asked = []
    while (card := services.reviewing.next_card()) is not None:
        asked.append(card.headword)
        services.reviewing.answer(card.id, rating, 4000)
        assert len(asked) < 100
    return asked


def test_card_shows_the_sentence_it_came_from(services: Services) -> None:
    add_words(services, "雪")
    card = services.reviewing.next_card()
    assert card is not None
    assert (card.headword, card.syllables, card.gloss) == ("雪", ("xue3",), "snow")
    assert "".join(token.text for token in card.sentence) == "我第一次看到雪！"
    assert [token.text for token in card.sentence if token.is_target] == ["雪"]
    assert card.english == "I saw snow for the first time!"
    assert [card.english[a:b] for a, b in card.english_links] == ["snow"]
    assert (card.title, card.author) == ("第一次看到雪", "小雪同学")
    assert card.intervals[Rating.GOOD] == 600
    assert card.state is CardState.NEW


def test_adding_a_card_twice_adds_one_and_the_word_is_being_learned(services: Services) -> None:
    assert status(services, "雪") is WordStatus.NEW
    assert len(add_words(services, "雪")) == 1
    assert add_words(services, "雪") == ()
    assert status(services, "雪") is WordStatus.LEARNING


def test_word_without_a_post_is_shown_from_the_dictionary(services: Services) -> None:
    services.reviewing.add_card(None, 1, 0, "茶")
    card = services.reviewing.next_card()
    assert card is not None
    assert card.syllables == ("cha2",)
    assert card.gloss
    assert (card.sentence, card.english, card.title, card.post_id) == ((), "", "", None)


def test_card_whose_post_is_gone_still_asks_its_word(services: Services) -> None:
    services.reviewing.add_card(999, 1, 0, "茶")
    card = services.reviewing.next_card()
    assert card is not None
    assert card.sentence == ()
    assert card.post_id is None


def test_word_that_moved_is_found_where_it_stands_now(services: Services) -> None:
    post = services.reading.find("snow")
    services.reviewing.add_card(post, 7, 3, "雪")
    card = services.reviewing.next_card()
    assert card is not None
    assert [token.text for token in card.sentence if token.is_target] == ["雪"]


def test_a_days_reviews_end_and_come_back(services: Services, clock: Clock) -> None:
    add_words(services, "雪", "看到", "窗外")
    asked = review_until_done(services)
    assert sorted(asked) == sorted(["雪", "看到", "窗外"] * 2)
    outlook = services.reviewing.outlook()
    assert outlook.load.total == 0
    assert outlook.answered == 6
    assert outlook.next_step is None
    clock.forward(days=4)
    assert services.reviewing.outlook().load.due == 3
    clock.forward(days=-4)
    assert services.reviewing.next_card() is None


def test_step_due_soon_is_shown_when_nothing_else_waits(services: Services) -> None:
    add_words(services, "雪")
    card = services.reviewing.next_card()
    assert card is not None
    services.reviewing.answer(card.id, Rating.AGAIN)
    outlook = services.reviewing.outlook()
    assert (outlook.load.learning, outlook.next_step) == (1, 60)
    again = services.reviewing.next_card()
    assert again is not None
    assert again.state is CardState.LEARNING


def test_daily_limits_hold(tmp_path: Path) -> None:
    services = winter_services(tmp_path, new_per_day=2)
    add_words(services, "雪", "看到", "窗外", "今天")
    assert services.reviewing.outlook().load.new == 2
    assert services.reviewing.outlook().new_held_back == 2
    assert set(review_until_done(services)) == {"雪", "看到"}
    assert services.reviewing.outlook().new_held_back == 2
    services.close()


def test_the_other_card_of_a_word_waits_until_tomorrow(services: Services, clock: Clock) -> None:
    post = services.reading.find("snow")
    both = (Template.RECOGNITION, Template.RECALL)
    services.reviewing.add_card(post, 1, 0, "雪", templates=both)
    assert services.reviewing.outlook().load.new == 2
    assert review_until_done(services, Rating.EASY) == ["雪"]
    assert services.reviewing.outlook().load.total == 0
    clock.forward(days=1)
    card = services.reviewing.next_card()
    assert card is not None
    assert card.template is Template.RECALL


def test_buried_card_comes_back_tomorrow_and_suspended_one_does_not(services: Services, clock: Clock) -> None:
    first, second = add_words(services, "雪", "看到")
    services.reviewing.bury(first)
    services.reviewing.suspend(second)
    assert services.reviewing.next_card() is None
    clock.forward(days=1)
    card = services.reviewing.next_card()
    assert card is not None
    assert card.id == first


def test_flag_is_set_and_taken_off(services: Services) -> None:
    (card,) = add_words(services, "雪")
    services.reviewing.flag(card, 3)
    assert services.reviewing.card(card).flag == 3
    services.reviewing.flag(card, 3)
    assert services.reviewing.card(card).flag == 0


def test_undo_goes_back_to_the_beginning(services: Services, clock: Clock) -> None:
    add_words(services, "雪", "看到", "窗外")
    before = ReviewStore(services.database).all_cards()
    answered = []
    while (card := services.reviewing.next_card()) is not None:
        clock.forward(seconds=5)
        answered.append(card.id)
        services.reviewing.answer(card.id, Rating.AGAIN if len(answered) == 2 else Rating.GOOD)
    services.reviewing.bury(answered[0])
    assert services.reviewing.undo() is not None
    taken = [undone.card_id for undone in iter(services.reviewing.undo, None)]
    assert taken == answered[::-1]
    assert ReviewStore(services.database).all_cards() == before
    assert services.reviewing.outlook().answered == 0


def test_leech_is_set_aside_said_and_undone_in_one_step(services: Services, clock: Clock) -> None:
    (card_id,) = add_words(services, "雪")
    services.reviewing.answer(card_id, Rating.EASY)
    for lapse in range(1, 9):
        clock.forward(days=30)
        told = services.reviewing.answer(card_id, Rating.AGAIN)
        assert told.leech == (lapse == 8)
        if lapse < 8:
            clock.forward(minutes=10)
            services.reviewing.answer(card_id, Rating.GOOD)
    stored = ReviewStore(services.database).card(card_id)
    assert stored.suspended
    assert stored.flag == 1
    undone = services.reviewing.undo()
    assert undone is not None
    assert undone.what == "answer taken back"
    stored = ReviewStore(services.database).card(card_id)
    assert (stored.suspended, stored.flag, stored.schedule.lapses) == (False, 0, 7)


def test_word_counts_as_known_once_its_card_waits_three_weeks(services: Services, clock: Clock) -> None:
    (card_id,) = add_words(services, "雪")
    share = services.reading.open(services.reading.find("snow")).card.coverage.known
    known = False
    while not known:
        known = services.reviewing.answer(card_id, Rating.GOOD).now_known
        clock.forward(days=30)
    assert status(services, "雪") is WordStatus.KNOWN
    assert services.reading.open(services.reading.find("snow")).card.coverage.known > share
    services.reviewing.undo()
    assert status(services, "雪") is WordStatus.LEARNING
    services.reviewing.answer(card_id, Rating.GOOD)
    services.reviewing.answer(card_id, Rating.AGAIN)
    assert status(services, "雪") is WordStatus.LEARNING


def test_ignored_word_stays_ignored(services: Services) -> None:
    (card_id,) = add_words(services, "雪")
    services.reading.mark({"雪": WordStatus.IGNORED})
    services.reviewing.answer(card_id, Rating.EASY)
    services.reviewing.answer(card_id, Rating.AGAIN)
    assert status(services, "雪") is WordStatus.IGNORED


def test_undo_leaves_what_was_marked_in_between(services: Services, clock: Clock) -> None:
    (card_id,) = add_words(services, "雪")
    services.reviewing.answer(card_id, Rating.GOOD)
    services.reading.mark({"窗外": WordStatus.KNOWN})
    services.reviewing.undo()
    assert status(services, "窗外") is WordStatus.KNOWN


def test_two_windows_answer_the_same_card_and_both_answers_stand(tmp_path: Path, services: Services) -> None:
    (card_id,) = add_words(services, "雪")
    other = Services(services.places, clock=services.clock)
    shown_here, shown_there = services.reviewing.next_card(), other.reviewing.next_card()
    assert shown_here is not None
    assert shown_there is not None
    services.reviewing.answer(shown_here.id, Rating.GOOD)
    other.reviewing.answer(shown_there.id, Rating.GOOD)
    stored = ReviewStore(services.database).card(card_id)
    log = ReviewStore(services.database).log_of(card_id)
    assert stored.schedule.reps == len(log) == 2
    assert [entry.state for entry in log] == [CardState.NEW, CardState.LEARNING]
    other.close()


def test_card_removed_in_another_window_is_a_clear_error(services: Services) -> None:
    with pytest.raises(NotFoundError):
        services.reviewing.answer(404, Rating.GOOD)


def test_reviews_are_mixed_with_new_cards(services: Services, clock: Clock) -> None:
    add_words(services, "雪", "看到")
    review_until_done(services, Rating.EASY)
    clock.now += timedelta(days=30)
    add_words(services, "窗外", "今天")
    states = []
    while (card := services.reviewing.next_card()) is not None:
        states.append(card.state)
        services.reviewing.answer(card.id, Rating.EASY)
    assert states == [CardState.REVIEW, CardState.NEW, CardState.REVIEW, CardState.NEW]


def test_listing_many_new_cards_is_not_loading_them(services: Services) -> None:
    store = ReviewStore(services.database)
    store.add_cards([NewCard(f"词{i}") for i in range(300)], services.now_ms())
    assert services.reviewing.outlook().load.new == 20
    assert services.reviewing.outlook().new_held_back == 280


ACTIONS = st.lists(
    st.one_of(
        st.sampled_from(list(Rating)),
        st.sampled_from(["bury", "suspend", "flag", "undo", "hour", "day", "month"]),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_whatever_was_done_can_be_taken_back(tmp_path_factory: pytest.TempPathFactory, actions: list) -> None:
    clock = Clock()
    services = winter_services(tmp_path_factory.mktemp("library"), clock)
    add_words(services, "雪", "看到", "窗外")
    store, words = ReviewStore(services.database), WordStore(services.database)
    before = store.all_cards(), words.statuses(["雪", "看到", "窗外"])
    for action in actions:
        do(services, clock, action)
    for card in store.all_cards():
        memory = replay(services.reviewing.plan(), store.log_of(card.id)).memory
        assert memory == card.schedule.memory
        assert card.schedule.reps == len(store.log_of(card.id))
    while services.reviewing.undo() is not None:
        clock.forward(seconds=1)
    assert (store.all_cards(), words.statuses(["雪", "看到", "窗外"])) == before
    services.close()


def do(services: Services, clock: Clock, action: Rating | str) -> None:
    card = services.reviewing.next_card()
    clock.forward(seconds=3)
    if isinstance(action, Rating) and card is not None:
        services.reviewing.answer(card.id, action, 3000)
    elif action in ("bury", "suspend") and card is not None:
        getattr(services.reviewing, action)(card.id)
    elif action == "flag" and card is not None:
        services.reviewing.flag(card.id, 2)
    elif action == "undo":
        services.reviewing.undo()
    elif action in ("hour", "day", "month"):
        clock.forward(hours={"hour": 1, "day": 24, "month": 720}[action])


def test_settings_of_reviews_are_followed(tmp_path: Path) -> None:
    clock = Clock()
    services = winter_services(
        tmp_path / "own",
        clock,
        bury_siblings=False,
        leech_threshold=1,
        learning_steps="",
        relearning_steps="5m 1h",
    )
    services.reviewing.add_card(None, 1, 0, "茶", templates=(Template.RECOGNITION, Template.RECALL))
    first = services.reviewing.next_card()
    assert first is not None
    told = services.reviewing.answer(first.id, Rating.GOOD)
    assert told.schedule.state is CardState.REVIEW  # no learning steps
    sibling = services.reviewing.next_card()
    assert sibling is not None
    assert (sibling.headword, sibling.id != first.id) == ("茶", True)
    clock.forward(days=20)
    told = services.reviewing.answer(first.id, Rating.AGAIN)
    assert told.leech
    assert told.schedule.due - services.now_ms() == 300_000
    services.close()


def test_a_card_that_is_taken_back_is_gone_though_it_was_answered(services: Services) -> None:
    services.reviewing.add_card(None, 1, 0, "雪")
    card = services.reviewing.next_card()
    assert card is not None
    services.reviewing.answer(card.id, Rating.GOOD)
    while services.reading.undo() is not None:
        pass
    assert services.reviewing.next_card() is None
    assert services.database.rows("SELECT count(*) FROM review")[0][0] == 0
