"""Back from Anki: answers given there arrive once, and the library stands where Anki stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from learnfeed.anki.history import CardHistory
from learnfeed.anki.package import write_package
from learnfeed.bootstrap import Services
from learnfeed.core.errors import DamagedError, SourceError
from learnfeed.core.ids import note_guid
from learnfeed.core.review import CardState, MemoryState, Rating, ReviewLog, Schedule, Template
from learnfeed.core.word import WordStatus
from learnfeed.services.views import Progress
from learnfeed.store.foreign import NEAR
from learnfeed.store.reviews import ReviewStore
from learnfeed.store.words import WordStore
from tests.anki.samples import SPEC, word
from tests.study_samples import START, Clock, add_words, winter_services

R, RECALL = Template.RECOGNITION, Template.RECALL
DAY = 86_400_000
NOW = int(START.timestamp() * 1000)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    made = winter_services(tmp_path / "library", clock)
    yield made
    made.close()


def status(services: Services, word: str) -> WordStatus:
    return WordStore(services.database).statuses([word])[word]


def card_of(services: Services, word: str, template: Template = R):
    cards = ReviewStore(services.database).cards_of([word])
    return next(card for card in cards if card.template is template)


def log_of(services: Services, word: str, template: Template = R) -> list[ReviewLog]:
    return ReviewStore(services.database).log_of(card_of(services, word, template).id)


def everything(services: Services) -> dict[str, list[tuple]]:
    """All that a pull may change; times of change of words are no content."""
    return {
        "card": services.database.rows("SELECT * FROM card ORDER BY id"),
        "review": services.database.rows("SELECT * FROM standing_review ORDER BY at"),
        "word": services.database.rows("SELECT id, headword, status FROM word ORDER BY id"),
        "coverage": services.database.rows("SELECT * FROM coverage ORDER BY post_id"),
    }


def answered(at: int, rating: Rating = Rating.GOOD, interval: int = 5, **more: object) -> ReviewLog:
    return replace(
        ReviewLog(at, rating, 3000, CardState.REVIEW, interval, 2, 5.0, "anki"),
        **more,  # type: ignore[arg-type]
    )


def in_anki(word: str, *reviews: ReviewLog, interval: int = 5, template: Template = R, **more: object):
    """A card as Anki would hold it after some answers."""
    last = reviews[-1].at if reviews else None
    schedule = Schedule()
    if last is not None:
        schedule = Schedule(
            CardState.REVIEW, last + interval * DAY, interval, 0, len(reviews), 0, MemoryState(5.5, 4.5), last
        )
    history = CardHistory(note_guid("word", word), template, schedule, False, reviews, hanzi=word)
    return replace(history, **more)  # type: ignore[arg-type]


# -- what arrives ----------------------------------------------------------------------------------


def test_an_answer_given_in_anki_arrives_with_the_state_it_led_to(services: Services) -> None:
    add_words(services, "雪")
    theirs = in_anki("雪", answered(NOW - DAY))
    summary = services.syncing.take_in([theirs])
    assert (summary.notes, summary.cards, summary.new_reviews, summary.made) == (1, 1, 1, 0)
    assert card_of(services, "雪").schedule == theirs.schedule
    assert log_of(services, "雪") == list(theirs.reviews)


def test_the_same_again_changes_nothing(services: Services) -> None:
    theirs = [in_anki("雪", answered(NOW - DAY)), in_anki("茶", answered(NOW - 5), interval=30)]
    services.syncing.take_in(theirs)
    before = everything(services)
    summary = services.syncing.take_in(theirs)
    assert not summary.changed
    assert (summary.new_reviews, summary.known_reviews) == (0, 2)
    assert everything(services) == before


def test_cards_answered_only_in_anki_are_made_in_the_sentence_of_the_deck(services: Services) -> None:
    from learnfeed.anki.recipe import Recipe

    services.exporting.run(Recipe("all", "all"), services.places.library / "all.apkg")
    theirs = in_anki("雪", answered(NOW - DAY), template=RECALL)
    summary = services.syncing.take_in([theirs, in_anki("雪"), in_anki("茶")])
    assert (summary.notes, summary.cards, summary.made) == (2, 3, 1)
    card = card_of(services, "雪", RECALL)
    assert card.post_id == services.reading.find("snow")
    assert "雪" in "".join(token.text for token in services.reviewing.card(card.id).sentence)
    assert len(ReviewStore(services.database).all_cards()) == 1


def test_words_that_a_new_library_has_not_met_come_from_the_dictionary(services: Services) -> None:
    stranger = in_anki("图书馆", answered(NOW - DAY))
    summary = services.syncing.take_in([stranger])
    assert (summary.made, summary.problems) == (1, ())
    assert WordStore(services.database).word("图书馆").level > 0


@pytest.mark.parametrize("hanzi", ["", "雪\x1b[31m", "<b>雪</b>", "qqqq"])
def test_notes_that_name_no_word_are_left_out_and_told(services: Services, hanzi: str) -> None:
    for guid in (note_guid("word", hanzi), "abc"):
        summary = services.syncing.take_in([replace(in_anki(hanzi, answered(NOW)), guid=guid)])
        assert (summary.notes, summary.new_reviews) == (0, 0)
        assert summary.problems[0].startswith("1 note is")
        assert "\x1b" not in summary.problems[0]
        assert not summary.changed


def test_a_word_edited_in_anki_is_known_by_its_identity(services: Services) -> None:
    assert services.syncing.take_in([in_anki("雪", answered(NOW), hanzi="大雪")]).new_reviews == 1
    assert card_of(services, "雪").schedule.reps == 1


def test_a_card_that_stands_twice_is_taken_once_and_told(services: Services) -> None:
    twice = [in_anki("雪", answered(NOW)), in_anki("雪", answered(NOW + 7))]
    summary = services.syncing.take_in(twice)
    assert summary.new_reviews == 1
    assert "twice" in summary.problems[0]


def test_answers_that_share_a_millisecond_are_both_kept_and_found_again(services: Services) -> None:
    theirs = [in_anki(word, answered(NOW)) for word in ("雪", "茶", "咖啡")]
    theirs.append(in_anki("朋友", answered(NOW + 1)))
    assert services.syncing.take_in(theirs).new_reviews == 4
    assert sum(len(log_of(services, word)) for word in ("雪", "茶", "咖啡", "朋友")) == 4
    assert not services.syncing.take_in(theirs).changed


def test_a_file_made_to_crowd_the_log_is_held_off_and_told(services: Services) -> None:
    crowd = [answered(NOW + i) for i in range(2 * NEAR)]
    summary = services.syncing.take_in([in_anki("雪", *crowd), in_anki("茶", answered(NOW))])
    assert summary.new_reviews == len(crowd)
    assert "1 answers share their moment" in summary.problems[0]


# -- who is right ----------------------------------------------------------------------------------


def answer_here(services: Services, clock: Clock, word: str, *gaps: float) -> None:
    for gap in gaps:
        clock.forward(days=gap)
        services.reviewing.answer(card_of(services, word).id, Rating.GOOD, 3000)


def test_a_card_answered_here_last_is_replayed_from_both_logs(services: Services, clock: Clock) -> None:
    add_words(services, "雪")
    answer_here(services, clock, "雪", 0, 0.01, 10)
    ours = log_of(services, "雪")
    between = answered(NOW + 4 * DAY, Rating.HARD)
    services.syncing.take_in([in_anki("雪", *ours[:2], between)])
    after = card_of(services, "雪").schedule
    assert [log.at for log in log_of(services, "雪")] == [ours[0].at, ours[1].at, between.at, ours[2].at]
    assert (after.reps, after.last_review) == (4, ours[2].at)
    assert after.interval == ours[2].interval


def test_what_left_as_it_stands_comes_back_without_a_change(
    services: Services, clock: Clock, tmp_path: Path
) -> None:
    from learnfeed.anki.recipe import Recipe

    add_words(services, "雪", "白")
    answer_here(services, clock, "雪", 0, 0.01, 3)
    answer_here(services, clock, "白", 0)
    services.exporting.run(Recipe("all", "all"), tmp_path / "all.apkg")
    before = everything(services)
    summary = services.syncing.pull(tmp_path / "all.apkg")
    assert (summary.new_reviews, summary.known_reviews) == (0, 4)
    assert not summary.changed
    assert everything(services) == before


def test_a_day_set_by_hand_in_anki_counts_without_an_answer(services: Services, clock: Clock) -> None:
    add_words(services, "雪")
    answer_here(services, clock, "雪", 0, 0.01, 3)
    ours = log_of(services, "雪")
    services.syncing.take_in([in_anki("雪", *ours, interval=40)])
    assert card_of(services, "雪").schedule.interval == 40


def test_a_card_made_new_again_in_anki_is_new_here(services: Services, clock: Clock) -> None:
    add_words(services, "雪")
    answer_here(services, clock, "雪", 0, 0.01)
    ours = tuple(log_of(services, "雪"))
    reset = in_anki("雪", reviews=ours, schedule=Schedule(due=3), reset_at=NOW + 2 * DAY)
    services.syncing.take_in([reset])
    assert card_of(services, "雪").schedule.state is CardState.NEW
    assert not services.syncing.take_in([reset]).changed
    later = answered(NOW + 3 * DAY)
    answer_here(services, clock, "雪", 5)
    services.syncing.take_in([replace(reset, reviews=(*ours, later))])
    assert card_of(services, "雪").schedule.reps == 2
    assert len(log_of(services, "雪")) == 4


def test_an_answer_taken_back_here_stays_taken_back(services: Services, clock: Clock) -> None:
    add_words(services, "雪")
    answer_here(services, clock, "雪", 0, 0.01)
    ours = log_of(services, "雪")
    services.reviewing.undo()
    before = everything(services)
    assert not services.syncing.take_in([in_anki("雪", *ours)]).changed
    assert everything(services) == before
    services.syncing.take_in([in_anki("雪", *ours, answered(NOW + 2 * DAY))])
    assert [log.at for log in log_of(services, "雪")] == [ours[0].at, NOW + 2 * DAY]
    assert card_of(services, "雪").schedule.reps == 2


def test_a_card_without_memory_state_gets_one_from_its_answers(services: Services) -> None:
    plain = in_anki("雪", answered(NOW - 9 * DAY, state=CardState.NEW), answered(NOW))
    plain = replace(plain, schedule=replace(plain.schedule, memory=None))
    services.syncing.take_in([plain])
    schedule = card_of(services, "雪").schedule
    assert schedule.memory is not None
    assert (schedule.due, schedule.interval) == (plain.schedule.due, 5)
    assert not services.syncing.take_in([plain]).changed


def test_a_schedule_without_answers_counts_while_there_are_none_here(services: Services) -> None:
    schedule = Schedule(CardState.REVIEW, NOW + 9 * DAY, 9, 0, 4)
    bare = in_anki("雪", schedule=schedule)
    assert services.syncing.take_in([bare]).made == 1
    assert card_of(services, "雪").schedule == schedule
    assert not services.syncing.take_in([bare]).changed


def test_a_memory_state_that_is_not_told_stays_what_it_was(services: Services) -> None:
    theirs = in_anki("雪", answered(NOW - 9 * DAY, state=CardState.NEW), answered(NOW))
    services.syncing.take_in([theirs])
    untold = replace(theirs, schedule=replace(theirs.schedule, memory=None, interval=6))
    assert services.syncing.take_in([untold]).rescheduled == 1
    after = card_of(services, "雪").schedule
    assert (after.interval, after.memory) == (6, theirs.schedule.memory)


# -- out of play -----------------------------------------------------------------------------------


def test_who_set_a_card_aside_last_is_right(services: Services, clock: Clock) -> None:
    (card,) = add_words(services, "雪")
    aside = in_anki("雪", suspended=True, changed=NOW // 1000)
    assert services.syncing.take_in([aside]).suspended == 1
    assert card_of(services, "雪").suspended
    clock.forward(hours=1)
    stored = card_of(services, "雪")
    ReviewStore(services.database).change(stored, services.now_ms(), suspended=False, buried_until=0, flag=0)
    assert not services.syncing.take_in([aside]).changed
    clock.forward(hours=1)
    services.syncing.take_in([replace(aside, changed=services.now_ms() // 1000)])
    assert services.database.rows("SELECT suspended FROM card WHERE id = ?", (card,)) == [(1,)]


def test_a_card_that_was_only_buried_here_is_set_aside_as_in_anki(services: Services, clock: Clock) -> None:
    (card,) = add_words(services, "雪")
    aside = in_anki("雪", suspended=True, changed=NOW // 1000)
    clock.forward(hours=1)
    services.reviewing.bury(card)
    services.reviewing.flag(card, 2)
    assert services.syncing.take_in([aside]).suspended == 1


# -- words -----------------------------------------------------------------------------------------


def test_words_that_wait_long_become_known_and_others_are_being_learned(services: Services) -> None:
    WordStore(services.database).mark({"全": WordStatus.IGNORED}, NOW)
    theirs = [
        in_anki("雪", answered(NOW), interval=21),
        in_anki("茶", answered(NOW + 1), interval=20),
        in_anki("全", answered(NOW + 2), interval=90),
        in_anki("白"),
    ]
    assert services.syncing.take_in(theirs).words == 2
    wanted = dict(zip("雪茶全白", ("known", "learning", "ignored", "new"), strict=True))
    assert {word: status(services, word) for word in wanted} == wanted


def test_a_word_forgotten_in_anki_is_being_learned_again(services: Services) -> None:
    WordStore(services.database).mark({"雪": WordStatus.KNOWN}, NOW)
    theirs = in_anki("雪", answered(NOW, Rating.AGAIN), interval=1)
    services.syncing.take_in([replace(theirs, schedule=replace(theirs.schedule, lapses=1))])
    assert status(services, "雪") is WordStatus.LEARNING


# -- taking back -----------------------------------------------------------------------------------


def test_one_undo_takes_all_of_it_back_and_it_can_come_again(services: Services, clock: Clock) -> None:
    add_words(services, "雪")
    answer_here(services, clock, "雪", 0)
    theirs = [
        in_anki(
            "雪", *log_of(services, "雪"), answered(NOW + 5 * DAY), interval=30, suspended=True, changed=NOW
        ),
        in_anki("茶", answered(NOW + 6 * DAY)),
    ]
    before = everything(services)
    first = services.syncing.take_in(theirs)
    taken = everything(services)
    assert "answers from Anki" in services.reading.undo().what
    assert everything(services) == before
    again = services.syncing.take_in(theirs)
    assert replace(again, seconds=0) == replace(first, seconds=0)
    now = everything(services)
    assert [row[1:] for row in now["card"]] == [row[1:] for row in taken["card"]]
    assert len(now["review"]) == len(taken["review"])
    assert now["coverage"] == taken["coverage"]


def test_a_pull_that_fails_or_is_stopped_leaves_the_library_as_it_was(
    services: Services, tmp_path: Path
) -> None:
    before = everything(services)

    def broken() -> Iterator[CardHistory]:
        yield in_anki("雪", answered(NOW))
        raise DamagedError("half a file")

    with pytest.raises(DamagedError):
        services.syncing.take_in(broken())
    assert everything(services) == before


def test_a_long_pull_tells_how_far_it_is_and_can_be_stopped(services: Services, tmp_path: Path) -> None:
    words = [word(f"词{chr(0x4E00 + i)}", "ci2 yi1", "word", i) for i in range(600)]
    write_package(SPEC, words, tmp_path / "many.apkg", now=START)
    told: list[Progress] = []
    with pytest.raises(SourceError, match="stopped"):
        services.syncing.pull(tmp_path / "many.apkg", progress=told.append, stop=lambda: bool(told))
    assert [(progress.done, progress.what) for progress in told] == [(500, "many.apkg")]
    summary = services.syncing.pull(tmp_path / "many.apkg")
    assert summary.notes < 10
    assert len(summary.problems[0]) < 200


def test_an_answer_before_a_pull_is_not_taken_back_from_under_it(services: Services, clock: Clock) -> None:
    add_words(services, "雪")
    answer_here(services, clock, "雪", 0)
    services.syncing.take_in([in_anki("雪", *log_of(services, "雪"), answered(NOW + DAY))])
    before = everything(services)
    assert services.reviewing.undo() is None
    assert everything(services) == before
