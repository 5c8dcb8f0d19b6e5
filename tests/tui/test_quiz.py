"""The quiz screen: every form of question by keys and by mouse, the verdict at once, the mistakes again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import OptionList

from learnfeed.bootstrap import Services
from learnfeed.core.review import Rating
from learnfeed.services.quiz_words import QuizSource
from learnfeed.store.reviews import ReviewStore
from learnfeed.study.quiz.base import Form, Question
from learnfeed.tui.screens.quiz import QuizScreen
from learnfeed.tui.screens.quiz_menu import QuizMenu
from learnfeed.tui.widgets.bars import TitleBar
from learnfeed.tui.widgets.choices import Choices
from learnfeed.tui.widgets.flashcard import CardFace, ProgressLine
from learnfeed.tui.widgets.input import CjkInput
from tests.study_samples import Clock, add_words, made_post, text_of, winter_services
from tests.tui.study_app import StudyApp


class Drill(QuizScreen):
    """Asks about one word of the sample posts, in given ways."""

    CSS_PATH = str(Path(__file__).parents[2] / "src/learnfeed/tui/screens/quiz.tcss")

    def __init__(self, *kinds: str, seed: int = 3) -> None:
        super().__init__()
        self.kinds, self.seed = kinds, seed

    def action_new_round(self) -> None:
        post = self.services.reading.find("snow")
        self._play(self.services.quizzing.about("雪", post, kinds=self.kinds, seed=self.seed))

    @property
    def asked(self) -> Question:
        assert self._asked is not None
        return self._asked

    def shown(self, part: str = "question") -> str:
        return self.query_one(f"#{part}", CardFace).text


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    made = winter_services(tmp_path, clock)
    yield made
    made.close()


async def test_choosing_by_digit_tells_at_once_and_why(services: Services) -> None:
    screen = Drill("choose_meaning", "choose_hanzi")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        assert "What does it mean?" in screen.shown()
        assert "我第一次看到雪！" in screen.shown()
        await pilot.press(str(screen.asked.right[0] + 1))
        assert screen.shown("verdict").startswith("✓ right")
        assert "雪 xuě snow" in screen.shown("verdict")
        await pilot.press("space")
        wrong = next(i for i in range(4) if i != screen.asked.right[0])
        about = screen.asked.options[wrong].about
        await pilot.press(str(wrong + 1))
        assert screen.shown("verdict").startswith("✗ wrong")
        assert about in screen.shown("verdict")
        marks = screen.query_one(Choices).text.split("\n")
        assert marks[wrong].startswith("✗")
        assert marks[screen.asked.right[0]].startswith("✓")
        await pilot.press(str(screen.asked.right[0] + 1))
        assert screen.shown("verdict").startswith("✗ wrong")


async def test_a_whole_round_with_score_and_the_mistakes_again(services: Services) -> None:
    screen = Drill("choose_meaning", "tones", "cloze")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        await pilot.press(str(screen.asked.right[0] + 1), "enter", "x", "enter", "x")
        assert "not answered" in screen.shown("verdict")
        assert "1 right" in screen.query_one(TitleBar).render_line(0).text
        await pilot.press("enter")
        assert screen.shown().startswith("1 / 3")
        assert "these went wrong" in screen.shown()
        assert screen.query_one(ProgressLine).share == 1
        await pilot.press("a")
        assert screen.asked.kind == "tones"
        await pilot.press(str(screen.asked.right[0] + 1), "space", str(0), "space")
        await pilot.press(str(screen.asked.right[0] + 1), "space")
        assert "all right" in screen.shown()
        await pilot.press("a")
        assert "all right" in screen.shown()
        await pilot.press("n")
        assert screen.asked.kind == "choose_meaning"


async def test_typed_pinyin_half_right_is_named(services: Services) -> None:
    screen = Drill("type_pinyin", "type_cloze")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        assert screen.query_one(CjkInput).has_focus
        await pilot.press("enter")
        assert screen.shown("verdict") == ""
        await pilot.press(*"xue", "enter")
        assert "xue: right letters; the tones are missing" in screen.shown("verdict")
        await pilot.press("enter")
        assert "＿" in screen.shown()
        await pilot.press("雪", "enter")
        assert "✓ 雪: right" in screen.shown("verdict")
        await pilot.press("space")
        assert screen.shown().startswith("1 / 2")
        assert "nearly right" in screen.shown()


async def test_letters_typed_into_an_answer_press_no_keys(services: Services) -> None:
    screen = Drill("type_pinyin")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        await pilot.press(*"nacrxo")
        assert screen.query_one(CjkInput).value == "nacrxo"
        assert screen.shown("verdict") == ""


async def test_words_are_put_in_order_and_taken_back(services: Services) -> None:
    screen = Drill("word_order")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        right = [str(i + 1) for i in screen.asked.right]
        await pilot.press(right[1], right[1], right[0])
        assert "看到" not in screen.shown() or "＿ ＿" in screen.shown()
        await pilot.press("backspace", "backspace", "backspace")
        assert screen.shown().count("＿") == len(right)
        await pilot.press(*right)
        assert screen.shown("verdict").startswith("✓ right")
        assert "我第一次看到雪！" in screen.shown("verdict")


async def test_pairs_are_matched_word_by_word(services: Services) -> None:
    screen = Drill("match_pairs")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        first, second, *rest = [str(i + 1) for i in screen.asked.right]
        await pilot.press(second)
        assert screen.asked.options[int(second) - 1].text in screen.shown()
        await pilot.press(first, *rest)
        assert "some of the pairs are right" in screen.shown("verdict")


async def test_translation_shows_the_difference(services: Services) -> None:
    screen = Drill("translate")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        await pilot.press(*"我看到雪", "enter")
        lines = [line.split() for line in screen.shown("verdict").splitlines()]
        assert ["you", "我", "看到", "雪"] in lines
        assert ["post", "我", "第一", "次", "看到", "雪"] in lines
        assert ["−", "is", "missing"] in lines
        assert "我第一次看到雪！" in screen.shown("verdict")


async def test_the_mouse_chooses_and_goes_on(services: Services) -> None:
    screen = Drill("choose_hanzi", "word_order")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        choices = screen.query_one(Choices)
        await pilot.click(Choices, offset=(0, 0))
        assert screen.shown("verdict") == ""
        await pilot.click(Choices, offset=(choices.size.width // 2, screen.asked.right[0]))
        assert screen.shown("verdict").startswith("✓ right")
        await pilot.click(Choices, offset=(choices.size.width // 2, 0))
        assert screen.asked.kind == "word_order"


async def test_topics_are_chosen_from_a_list(services: Services) -> None:
    screen = QuizScreen()
    app = StudyApp(services, screen)
    async with app.run_test() as pilot:
        await pilot.pause()
        if screen._asked is not None and screen._asked.form is Form.TYPED:
            await pilot.press(*"x", "enter")
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, QuizMenu)
        listed = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        assert "#茶" in listed
        assert "HSK 7–9" in listed
        await pilot.press("j", "j", "k", "enter")
        await pilot.pause()
        assert "There are no words to ask here yet." in screen.query_one("#question", CardFace).text
        await pilot.press("c", "escape", "n", "x", "1", "backspace", "a", "o")
        await pilot.press("c")
        listed = app.screen.query_one(OptionList)
        await pilot.press(*"j" * [str(option.prompt) for option in listed.options].index("HSK 1"), "enter")
        await pilot.pause()
        assert screen._asked is not None
        assert screen._asked.item.level == 1


async def test_writing_in_hanzi_asks_for_typed_chinese(services: Services) -> None:
    screen = QuizScreen()
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        await pilot.press("c", *"jjjjj", "enter")
        await pilot.pause()
        assert {question.kind for question in screen._playing.questions} == {"type_cloze", "type_word"}


async def test_answers_count_as_reviews_when_wanted(services: Services, clock: Clock) -> None:
    (card,) = add_words(services, "雪")
    services.reviewing.answer(card, Rating.EASY)
    clock.forward(days=40)
    screen = Drill("choose_meaning", "choose_hanzi", "tones")
    app = StudyApp(services, screen)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press(str(screen.asked.right[0] + 1), "space")
        assert len(ReviewStore(services.database).log_of(card)) == 1
        await pilot.press("r")
        assert "answers count as reviews" in screen.query_one(TitleBar).render_line(0).text
        clock.forward(seconds=4)
        await pilot.press(str(screen.asked.right[0] + 1), "space")
        log = ReviewStore(services.database).log_of(card)
        assert (log[-1].source, log[-1].rating, log[-1].took) == ("quiz", Rating.GOOD, 4000)
        await pilot.press("r", "x")
        assert len(ReviewStore(services.database).log_of(card)) == 2


async def test_an_answer_that_counted_can_be_taken_back(services: Services, clock: Clock) -> None:
    (card,) = add_words(services, "雪")
    services.reviewing.answer(card, Rating.EASY)
    clock.forward(days=40)
    screen = Drill("choose_meaning", "tones")
    app = StudyApp(services, screen)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("u", "r", "x")
        assert len(ReviewStore(services.database).log_of(card)) == 2
        await pilot.press("u", "u")
        assert len(ReviewStore(services.database).log_of(card)) == 1
        assert app.told[-1] == "This answer does not count as a review."


async def test_a_post_that_is_gone_is_told(services: Services) -> None:
    app = StudyApp(services, QuizScreen(QuizSource.POST, 999))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "is not in the library" in app.told[0]


async def test_the_sentence_opens_its_post(services: Services) -> None:
    app = StudyApp(services, Drill("tones"))
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("o")
        assert app.opened == [services.reading.find("snow")]


@pytest.mark.parametrize("size", [(80, 24), (40, 14), (120, 40)])
async def test_text_of_posts_is_only_text(tmp_path: Path, size: tuple[int, int]) -> None:
    evil = "[@click=app.quit]x[] \x1b]0;t\x07"
    body = text_of(
        (f"我/wo3/I | 看到/kan4 dao4/saw | 雪/xue3/snow{evil} | {evil}", f"I saw snow {evil}"),
        ("茶/cha2/tea | 热/re4/hot | 好喝/hao3 he1/tasty", ""),
    )
    services = winter_services(tmp_path, posts=[made_post("snow", body, body, tags=("[/]x",))])
    screen = Drill("choose_meaning", "cloze", "word_order", "match_pairs", "type_cloze", "translate")
    app = StudyApp(services, screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for _ in range(len(screen._playing.questions)):
            assert "\x1b" not in screen.shown()
            assert "\x1b" not in screen.query_one(Choices).text
            if screen.asked.form is Form.TYPED:
                await pilot.press("[", "/", "]", "enter", "space")
            else:
                await pilot.press("x", "space")
        assert screen.shown().startswith("0 / ")
        assert "[@click=app.quit]x[]" in screen.shown()
        await pilot.press("c")
        assert app.is_running
    services.close()


async def test_many_mistakes_are_cut_short(services: Services) -> None:
    screen = QuizScreen(QuizSource.POST, services.reading.find("tea"))
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        while screen._asked is not None:
            screen.action_give_up()
            screen.action_next()
        await pilot.pause()
        assert "and 2 more" in screen.query_one("#question", CardFace).text
