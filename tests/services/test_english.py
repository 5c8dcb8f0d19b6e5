"""Who learns English from the same posts: words, cards and quizzes of the English side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from learnfeed.core.errors import UsageError
from learnfeed.core.review import Rating
from learnfeed.core.text import Language, TokenKind
from learnfeed.core.word import WordStatus
from learnfeed.services.quiz_words import QuizSource
from learnfeed.study.quiz.base import Form, Why
from learnfeed.study.quiz.registry import BUILTIN, find
from tests.study_samples import Clock, add_words, winter_services


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    made = winter_services(tmp_path, clock, direction="english")
    yield made
    made.close()


def opened(services: Services):
    return services.english.turned(services.reading.open(services.reading.find("snow")))


def add_english(services: Services, word: str) -> int:
    post = opened(services)
    token = next(token for token in post.body.tokens if token.headword == word)
    (card,) = services.reviewing.add_card(services.reading.find("snow"), 1, token.start, word)
    return card


def test_english_flows_and_chinese_translates(services: Services) -> None:
    post = opened(services)
    assert "".join(token.text for token in post.body.tokens) == post.body.text
    saw = next(token for token in post.body.tokens if token.text == "saw")
    assert (saw.headword, saw.kind, saw.learnable) == ("see", TokenKind.WORD, True)
    assert saw.sense is not None
    assert saw.sense.gloss == "看到"
    view = services.english.word(saw)
    assert "A1" in view.about
    assert view.about.startswith("/")
    assert all(
        text.text[start:end].isascii()
        for text in (post.body,)
        for pair in text.pairs
        for start, end in pair.zh
    )


def test_an_english_word_has_a_status_of_its_own(services: Services) -> None:
    services.reading.mark({"snow": WordStatus.KNOWN})
    assert opened(services).statuses["snow"] is WordStatus.KNOWN
    assert services.reading.open(services.reading.find("snow")).statuses["雪"] is WordStatus.NEW
    services.reading.undo()
    assert opened(services).statuses["snow"] is WordStatus.NEW


def test_an_english_word_gets_a_card_with_its_sentence(services: Services) -> None:
    card = services.reviewing.card(add_english(services, "snow"))
    assert (card.headword, card.gloss, card.syllables) == ("snow", "雪", ())
    assert "".join(token.text for token in card.sentence) == "I saw snow for the first time!"
    assert [token.text for token in card.sentence if token.is_target] == ["snow"]
    assert card.english == "我第一次看到雪！"
    assert card.phonetics.startswith("sn")
    assert [card.english[start:end] for start, end in card.english_links] == ["雪"]


@pytest.mark.parametrize("kind", [kind.name for kind in BUILTIN])
def test_every_kind_that_fits_asks_in_english(services: Services, kind: str) -> None:
    round_ = services.quizzing.draw(QuizSource.POST, services.reading.find("snow"), kinds=(kind,), seed=1)
    if kind in ("type_pinyin", "tones", "tone_pairs", "answer", "picture_word", "listening", "dictation"):
        assert kind in ("listening", "dictation") or round_.questions == ()
        return
    assert round_.questions
    for question in round_.questions:
        assert question.item.language is Language.EN
        assert not question.item.headword.isupper()
        right = question.right if question.form is not Form.TYPED else question.answer
        assert find(kind).judge(question, right).right
        texts = [option.text for option in question.options]
        assert len(set(texts)) == len(texts) or kind == "word_order"


def test_another_form_of_the_word_counts_in_part(services: Services) -> None:
    round_ = services.quizzing.draw(
        QuizSource.POST, services.reading.find("snow"), kinds=("type_cloze",), seed=1, count=30
    )
    asked = next(question for question in round_.questions if question.answer == "saw")
    judge = find("type_cloze").judge
    for typed, why in (
        ("SAW", Why.RIGHT),
        ("see", Why.OTHER_FORM),
        ("seeing", Why.OTHER_FORM),
        ("tea", Why.WRONG),
    ):
        assert judge(asked, typed).why is why, typed


def test_levels_of_english_are_bands(services: Services) -> None:
    for level in ("A1", "1", "a1"):
        assert all(
            q.item.level == 1 for q in services.quizzing.draw(QuizSource.LEVEL, level, seed=1).questions
        )
    with pytest.raises(UsageError, match="no level"):
        services.quizzing.draw(QuizSource.LEVEL, "7", seed=1)


def test_mistakes_of_both_kinds_of_cards_are_asked_in_english(services: Services) -> None:
    (chinese,) = add_words(services, "窗外")
    english = add_english(services, "snow")
    for card in (chinese, english):
        services.reviewing.answer(card, Rating.AGAIN)
    round_ = services.quizzing.draw(QuizSource.MISTAKES, kinds=("type_cloze",), seed=1)
    assert {(q.item.headword, q.item.gloss) for q in round_.questions} == {
        ("snow", "雪"),
        ("outside", "窗外"),
    }


def test_answers_count_for_english_cards_and_chinese_rounds_leave_them_alone(
    services: Services, clock: Clock
) -> None:
    card = add_english(services, "snow")
    services.reviewing.answer(card, Rating.EASY)
    clock.forward(days=40)
    (question, *_) = services.quizzing.draw(QuizSource.DUE, kinds=("type_cloze",), seed=1).questions
    answered = services.quizzing.feed(question, find("type_cloze").judge(question, "snow"))
    assert answered is not None
    clock.forward(days=400)
    services.quizzing._settings = type(services.settings)(direction="chinese")
    assert services.quizzing.draw(QuizSource.DUE, seed=1).questions == ()
