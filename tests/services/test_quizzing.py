"""Rounds are drawn from the learner's own words, and what is answered can count as a review."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from learnfeed.core.errors import NotFoundError, UsageError
from learnfeed.core.review import CardState, Rating
from learnfeed.core.word import WordStatus
from learnfeed.services.quiz_words import QuizSource
from learnfeed.store.reviews import ReviewStore
from learnfeed.study.quiz.base import Form, Question
from learnfeed.study.quiz.session import QuizRound
from tests.study_samples import Clock, add_words, made_post, text_of, winter_services


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    made = winter_services(tmp_path, clock)
    yield made
    made.close()


def words(playing: QuizRound) -> list[str]:
    return [question.item.headword for question in playing.questions]


def right(question: Question):
    return question.answer if question.form is Form.TYPED else question.right


def test_a_post_asks_its_own_words_in_its_own_sentences(services: Services) -> None:
    post = services.reading.find("tea")
    playing = services.quizzing.draw(QuizSource.POST, post, seed=1)
    assert set(words(playing)) <= {
        "冬天",
        "我",
        "喜欢",
        "喝",
        "热",
        "茶",
        "朋友",
        "说",
        "咖啡",
        "更",
        "好喝",
        "的",
    }
    assert len(playing.questions) == 10
    assert len(set(words(playing))) == 10
    drunk = next(question.item for question in playing.questions if question.item.headword == "喝")
    assert drunk.english == "In winter I like drinking hot tea."
    assert drunk.title == "冬天的茶"


def test_the_same_seed_gives_the_same_round(services: Services) -> None:
    assert services.quizzing.draw(seed=4) == services.quizzing.draw(seed=4)
    services.quizzing.draw()


def test_a_tag_a_level_and_the_mixed_default(services: Services) -> None:
    assert set(words(services.quizzing.draw(QuizSource.TAG, "#茶", seed=1))) <= {
        "冬天", "我", "喜欢", "喝", "热", "茶", "朋友", "说", "咖啡", "更", "好喝", "的",
    }  # fmt: skip
    assert services.quizzing.draw(QuizSource.TAG, "没有", seed=1).questions == ()
    level = services.quizzing.draw(QuizSource.LEVEL, 3, count=5, seed=1)
    assert {question.item.level for question in level.questions} == {3}
    assert len(services.quizzing.draw(seed=1).questions) == 10


def test_words_of_a_level_stand_in_a_sentence_where_the_library_has_one(services: Services) -> None:
    playing = services.quizzing.draw(QuizSource.LEVEL, "1", count=100, seed=1)
    met = {question.item.headword: question.item for question in playing.questions}
    assert any(item.sentence for item in met.values())
    assert any(not item.sentence for item in met.values())


@pytest.mark.parametrize("level", [0, 8, "x", ""])
def test_unknown_levels_and_posts_are_clear_errors(services: Services, level: object) -> None:
    with pytest.raises(UsageError):
        services.quizzing.draw(QuizSource.LEVEL, level)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        services.quizzing.draw(QuizSource.POST, 999)


def test_words_being_learned_come_first_and_ignored_ones_never(services: Services) -> None:
    services.reading.mark({"茶": WordStatus.LEARNING, "咖啡": WordStatus.IGNORED, "我": WordStatus.KNOWN})
    post = services.reading.find("tea")
    for seed in range(5):
        asked = words(services.quizzing.draw(QuizSource.POST, post, seed=seed))
        assert asked[0] == "茶"
        assert "咖啡" not in asked


def test_due_words_and_todays_mistakes(services: Services, clock: Clock) -> None:
    snow, outside = add_words(services, "雪", "窗外")
    assert services.quizzing.draw(QuizSource.DUE).questions == ()
    services.reviewing.answer(snow, Rating.AGAIN)
    services.reviewing.answer(outside, Rating.EASY)
    assert words(services.quizzing.draw(QuizSource.MISTAKES)) == ["雪"]
    assert words(services.quizzing.draw(seed=1))[0] == "雪"
    clock.forward(days=40)
    assert set(words(services.quizzing.draw(QuizSource.DUE))) == {"雪", "窗外"}
    assert services.quizzing.draw(QuizSource.MISTAKES).questions == ()


def test_an_empty_library_gives_an_empty_round(tmp_path: Path) -> None:
    services = winter_services(tmp_path / "empty", posts=[])
    assert services.quizzing.draw().current is None
    services.close()


@pytest.mark.parametrize(("credit", "rating"), [(1.0, Rating.GOOD), (0.5, Rating.HARD), (0.0, Rating.AGAIN)])
def test_answers_count_as_reviews_of_due_cards(
    services: Services, clock: Clock, credit: float, rating: Rating
) -> None:
    (card,) = add_words(services, "雪")
    post = services.reading.find("snow")
    playing = services.quizzing.about("雪", post, kinds=("type_pinyin",))
    given = {1.0: "xue3", 0.5: "xue", 0.0: "cha2"}[credit]
    playing, verdict = playing.answer(given)
    assert services.quizzing.feed(playing.questions[0], verdict) is None
    services.reviewing.answer(card, Rating.EASY)
    assert services.quizzing.feed(playing.questions[0], verdict) is None
    clock.forward(days=40)
    told = services.quizzing.feed(playing.questions[0], verdict, 3000)
    assert told is not None
    assert (told.log.rating, told.log.source, told.log.took) == (rating, "quiz", 3000)
    log = ReviewStore(services.database).log_of(card)
    assert [entry.source for entry in log] == ["app", "quiz"]


def test_answers_count_for_steps_too_but_not_for_cards_out_of_play(services: Services, clock: Clock) -> None:
    (card,) = add_words(services, "雪")
    services.reviewing.answer(card, Rating.AGAIN)
    playing, verdict = services.quizzing.about("雪", kinds=("type_pinyin",)).answer("xue3")
    question = playing.questions[0]
    assert services.quizzing.feed(question, verdict) is None
    clock.forward(minutes=2)
    told = services.quizzing.feed(question, verdict)
    assert told is not None
    assert told.log.state is CardState.LEARNING
    clock.forward(days=2)
    services.reviewing.suspend(card)
    assert services.quizzing.feed(question, verdict) is None


def test_pairs_count_for_no_card(services: Services) -> None:
    post = services.reading.find("snow")
    playing = services.quizzing.about("雪", post, kinds=("match_pairs",))
    playing, verdict = playing.answer(playing.questions[0].right)
    assert services.quizzing.feed(playing.questions[0], verdict) is None


def test_a_scripted_round_asks_the_word_of_the_post_that_taught_it(services: Services) -> None:
    post = services.reading.find("snow")
    playing = services.quizzing.about("雪", post, seed=7)
    assert playing == services.quizzing.about("雪", post, seed=7)
    assert {question.item.headword for question in playing.questions} == {"雪"}
    assert "choose_meaning" in {question.kind for question in playing.questions}
    for question in playing.questions:
        playing, verdict = playing.answer(right(question))
        assert (verdict.right, verdict.correct) == (True, question.answer)
    assert playing.score.right == len(playing.questions)
    with pytest.raises(NotFoundError):
        services.quizzing.about("鲸鱼", post)
    with pytest.raises(NotFoundError):
        services.quizzing.about("〇〇〇〇")


def test_words_that_nobody_can_explain_are_not_asked(tmp_path: Path) -> None:
    body = text_of(("魑魅/chi1 mei4 | 〇〇/ling2 ling2 | 雪/xue3/snow | 。", "A sentence."))
    services = winter_services(tmp_path, posts=[made_post("odd", body, body)])
    post = services.reading.find("odd")
    asked = words(services.quizzing.draw(QuizSource.POST, post, seed=1))
    assert "雪" in asked
    assert "〇〇" not in asked
    (card,) = services.reviewing.add_card(post, 1, 2, "〇〇")
    services.reviewing.answer(card, Rating.AGAIN)
    assert services.quizzing.draw(QuizSource.MISTAKES).questions == ()
    services.close()


def test_enough_mistakes_need_no_posts(services: Services) -> None:
    card, other = add_words(services, "雪", "看到")
    for one in (card, other):
        services.reviewing.answer(one, Rating.AGAIN)
    assert set(words(services.quizzing.draw(count=1))) <= {"雪", "看到"}
