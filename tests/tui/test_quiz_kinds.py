"""Replying to comments, translating, hearing, pictures and English, by keys in the quiz screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import OptionList

from learnfeed.audio.voices import Call, Voice
from learnfeed.bootstrap import Services
from learnfeed.core.errors import SpeechError
from learnfeed.core.post import Comment, Media, MediaKind
from learnfeed.core.text import Language
from learnfeed.services.speaking import SpeechService
from learnfeed.study.quiz.base import Question, Why
from learnfeed.study.quiz.session import QuizRound
from learnfeed.tui.messages_zh import TEXTS
from learnfeed.tui.screens import quiz
from learnfeed.tui.screens.quiz import RATINGS, QuizScreen
from learnfeed.tui.screens.quiz_menu import WAY_NAMES, QuizMenu, Topic
from learnfeed.tui.screens.quiz_verdict import MARK_NAMES
from learnfeed.tui.screens.reader import ReaderScreen
from learnfeed.tui.screens.review import ReviewScreen
from learnfeed.tui.widgets.bars import TitleBar
from learnfeed.tui.widgets.choices import Choices
from learnfeed.tui.widgets.flashcard import CardFace
from tests.study_samples import Clock, add_words, text_of, winter_posts, winter_services
from tests.tui.study_app import StudyApp

EVIL = "[@click=app.quit]x[] \x1b]0;t\x07"


class Asking(QuizScreen):
    """Asks in the ways it is told."""

    CSS_PATH = str(Path(__file__).parents[2] / "src/learnfeed/tui/screens/quiz.tcss")

    def __init__(self, *kinds: str) -> None:
        super().__init__()
        self._topic = Topic(kinds=kinds)

    @property
    def asked(self) -> Question:
        assert self._asked is not None
        return self._asked

    def ask(self, *answers: str) -> None:
        """Asks the first question whose answer is one of these, whatever chance draws first."""
        draw = self.services.quizzing.draw
        rounds = (draw(kinds=self._topic.kinds, seed=seed, count=30) for seed in range(20))
        asked = next(
            question for round_ in rounds for question in round_.questions if question.answer in answers
        )
        self._play(QuizRound((asked,)))

    def shown(self, part: str = "question") -> str:
        return self.query_one(f"#{part}", CardFace).text

    def options(self, part: str = "ratings") -> Choices:
        return self.query_one(f"#{part}", Choices)


def commented(services_folder: Path, **settings: object) -> Services:
    """The winter posts; a comment under the first was answered, and its picture is kept."""
    (post, annotated), tea = winter_posts()
    comments = (
        Comment("a", "好美！", "路过的柚子[/]"),
        Comment("b", "这里很冷。", "小雪同学", parent="a", by_author=True),
        Comment("c", "!", "x", parent="gone"),
    )
    texts = (
        text_of(("好/hao3/very | 美/mei3/beautiful | ！", "So beautiful!")),
        text_of(("这里/zhe4 li3/here | 很/hen3/very | 冷/leng3/cold | 。", f"It is cold here. {EVIL}")),
        text_of(("！", "")),
    )
    picture = services_folder / "media" / "snow.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    media = (Media(MediaKind.IMAGE, "media/snow.png"),)
    post = replace(post, comments=comments, media=media)
    return winter_services(
        services_folder, Clock(), posts=[(post, replace(annotated, comments=texts)), tea], **settings
    )


class Said:
    """A voice that only remembers."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.error = ""
        self.voices = (Voice("test", frozenset(Language), None, lambda said: Call(("x",), said.text)),)

    def say(self, tokens, language=Language.ZH) -> None:
        if self.error:
            raise SpeechError(self.error)
        self.said.append((language.value, "".join(token.text for token in tokens)))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = commented(tmp_path)
    yield made
    made.close()


def give_voice(services: Services, monkeypatch: pytest.MonkeyPatch) -> Said:
    said = Said()
    speaking = SpeechService(services.places, services.settings, lambda _: None)
    speaking.__dict__["voices"] = said.voices
    monkeypatch.setattr(speaking, "say", said.say)
    services.__dict__["speaking"] = speaking
    return said


# -- replies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (40, 14), (120, 40)])
async def test_a_reply_is_typed_then_the_real_one_shown_and_rated(services: Services, size) -> None:
    screen = Asking("answer")
    async with StudyApp(services, screen).run_test(size=size) as pilot:
        await pilot.pause()
        assert "路过的柚子[/]" in screen.shown()
        assert "So beautiful!" in screen.shown()
        assert "冷" not in screen.shown()
        await pilot.press(*"很冷 so cold", "enter")
        told = screen.shown("verdict")
        assert "now compare it with the real reply" in " ".join(told.split())
        assert "小雪同学" in told
        assert "It is cold here." in told
        assert "both say: 很 · 冷 · cold" in told
        assert "\x1b" not in told
        assert "not yet" in screen.options().text
        await pilot.press("3")
        assert screen.shown().startswith("1 / 1")
        assert screen.options().display is False


async def test_a_reply_may_be_rated_as_nothing_and_by_mouse(services: Services) -> None:
    screen = Asking("answer")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        await pilot.press(*"你好", "enter")
        assert "both say" not in screen.shown("verdict")
        await pilot.press("9")
        assert screen._verdict is not None
        options = screen.options()
        await pilot.click("#ratings", offset=(next(p.x for p in options._places(options.size.width)), 0))
        assert "好" in screen.shown()
        assert screen._playing.score.right == 0
        await pilot.press("a")
        await pilot.press("ctrl+n")
        assert "not answered" in screen.shown("verdict")
        await pilot.press("space")
        assert screen._asked is None


# -- translating -----------------------------------------------------------------------------------


async def test_translating_back_marks_each_word_that_differs(services: Services) -> None:
    screen = Asking("translate_back")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        screen.ask("I saw snow for the first time!")
        await pilot.press(*"I see rain for first time", "enter")
        rows = [line.split() for line in screen.shown("verdict").splitlines()]
        assert ["you", "i", "see", "rain", "for", "first", "time"] in rows
        assert ["~", "✗", "·"] in rows
        legend = " ".join(rows[[row[:2] == ["~", "another"] for row in rows].index(True)])
        assert all(name in legend for name in ("another form", "may be left out", "another word"))


async def test_a_long_sentence_is_compared_in_rows(services: Services) -> None:
    screen = Asking("translate")
    async with StudyApp(services, screen).run_test(size=(40, 24)) as pilot:
        await pilot.pause()
        screen.ask("今天早上醒来，窗外全白了。")
        await pilot.press(*"今天早上我醒来窗外全都是白的", "enter")
        rows = screen.shown("verdict").splitlines()
        assert sum(row.startswith("you") for row in rows) >= 2
        assert max(len(row) for row in rows) <= 40


# -- hearing ---------------------------------------------------------------------------------------


async def test_dictation_is_heard_again_on_an_empty_line(services: Services, monkeypatch) -> None:
    voice = give_voice(services, monkeypatch)
    screen = Asking("dictation")
    app = StudyApp(services, screen)
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert voice.said == [("zh", screen.asked.answer)]
        assert screen.asked.answer not in screen.shown()
        assert "press enter to hear it again" in screen.shown()
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        assert len(voice.said) == 2
        await pilot.press(*screen.asked.answer, "enter")
        assert "✓ right" in screen.shown("verdict")
        await pilot.press("v")
        await app.workers.wait_for_complete()
        assert len(voice.said) == 3


async def test_listening_shows_no_hanzi_and_trouble_is_told(services: Services, monkeypatch) -> None:
    voice = give_voice(services, monkeypatch)
    screen = Asking("listening")
    app = StudyApp(services, screen)
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert screen.asked.item.headword not in screen.shown()
        assert voice.said[0][1] == screen.asked.item.headword
        voice.error = "the voice is hoarse"
        await pilot.press("v")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.told == ["the voice is hoarse"]


async def test_without_a_voice_it_is_said_how_to_get_one(services: Services) -> None:
    services.__dict__["speaking"] = SpeechService(services.places, services.settings, lambda _: None)
    screen = Asking("listening")
    app = StudyApp(services, screen)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "Install espeak-ng" in " ".join(screen.shown().split())
        await pilot.press("v", "n")
        assert screen.is_attached


@pytest.mark.parametrize(("screen", "said"), [("reader", "第一"), ("review", "我第一次看到雪！")])
async def test_reader_and_review_read_aloud(services: Services, monkeypatch, screen, said) -> None:
    voice = give_voice(services, monkeypatch)
    add_words(services, "雪")
    made = ReaderScreen(services.reading.find("snow")) if screen == "reader" else ReviewScreen()
    from learnfeed.tui.app import LearnfeedApp

    app = LearnfeedApp(services)
    async with app.run_test() as pilot:
        await app.push_screen(made)
        await pilot.pause()
        await pilot.press("v", "space", "v") if screen == "review" else await pilot.press("v")
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert voice.said == [("zh", said)]


async def test_the_reader_asks_about_its_post(services: Services) -> None:
    from learnfeed.tui.app import LearnfeedApp

    post = services.reading.find("tea")
    app = LearnfeedApp(services)
    async with app.run_test() as pilot:
        await app.push_screen(ReaderScreen(post))
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert {question.item.post_id for question in app.screen._playing.questions} == {post}


# -- pictures --------------------------------------------------------------------------------------


async def test_a_picture_is_named_and_opened(services: Services, monkeypatch) -> None:
    services.quizzing._can_open = lambda: True
    opened: list[str] = []
    monkeypatch.setattr(quiz, "open_picture", opened.append)
    screen = Asking("picture_word")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        assert "a picture of the post" in screen.shown()
        assert screen.asked.item.gloss in screen.shown()
        await pilot.press("p", str(screen.asked.right[0] + 1))
        assert [Path(path).name for path in opened] == ["snow.png"]
        assert "✓" in screen.shown("verdict")


async def test_without_a_way_to_open_pictures_that_is_said(services: Services) -> None:
    services.quizzing._can_open = lambda: False
    screen = Asking("picture_word")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        assert "opens pictures" in screen.shown()


# -- English ---------------------------------------------------------------------------------------


async def test_english_is_asked_typed_and_partly_right(tmp_path: Path) -> None:
    services = commented(tmp_path, direction="english")
    screen = Asking("type_cloze")
    app = StudyApp(services, screen)
    async with app.run_test() as pilot:
        await pilot.pause()
        screen.ask("saw")
        assert "＿" in screen.shown()
        await pilot.press(*screen.asked.item.headword, "enter")
        assert "the right word in another form" in screen.shown("verdict")
        assert screen.asked.item.gloss in screen.shown("verdict")
        await pilot.press("space")
        screen.action_menu()
        await pilot.pause()
        assert isinstance(app.screen, QuizMenu)
        listed = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        assert "writing in English" in listed
        assert "B1" in listed
        assert "pinyin and tones" not in listed
    services.close()


async def test_english_is_read_marked_and_reviewed(tmp_path: Path) -> None:
    from learnfeed.core.word import WordStatus
    from learnfeed.tui.app import LearnfeedApp
    from learnfeed.tui.widgets.word_pane import WordPane

    services = commented(tmp_path, direction="english")
    app = LearnfeedApp(services)
    async with app.run_test(size=(120, 40)) as pilot:
        reader = ReaderScreen(services.reading.find("snow"))
        await app.push_screen(reader)
        await pilot.pause()
        for _ in range(40):
            if reader.view.token is None or reader.view.token.headword != "snow":
                await pilot.press("right")
        pane = str(reader.query_one(WordPane).render())
        assert "雪" in pane
        assert "B1" in pane
        await pilot.press("l", "a", "c")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert services.reading.open(reader.post_id).statuses["雪"] is WordStatus.NEW
        assert reader.view.statuses["snow"] is WordStatus.LEARNING
        review = ReviewScreen()
        await app.push_screen(review)
        await pilot.pause()
        assert "snow" in review.query_one(CardFace).text
        await pilot.press("space")
        assert "雪" in review.query_one(CardFace).text
    services.close()


async def test_the_setting_lets_answers_count_from_the_start(tmp_path: Path) -> None:
    services = commented(tmp_path, quiz_reviews=True)
    screen = Asking("choose_meaning")
    async with StudyApp(services, screen).run_test() as pilot:
        await pilot.pause()
        assert "answers count as reviews" in screen.query_one(TitleBar).render_line(0).text
    services.close()


# -- words -----------------------------------------------------------------------------------------


def test_all_that_a_quiz_says_is_said_in_chinese(services: Services) -> None:
    says = {why.value for why in Why} | set(MARK_NAMES.values()) | WAY_NAMES | {name for name, _ in RATINGS}
    assert says - set(TEXTS) == set()
    from learnfeed.study.quiz.kinds import choosing, hearing, ordering, reading, translating, writing

    modules = (choosing, hearing, ordering, reading, translating, writing)
    functions = [f for module in modules for f in vars(module).values() if hasattr(f, "__code__")]
    asks = {
        text
        for function in functions
        for text in function.__code__.co_consts
        if isinstance(text, str) and text.endswith(("?", ".")) and " " in text and text != function.__doc__
    }
    assert len(asks) > 12
    assert asks - set(TEXTS) == set()
