"""Every screen of the app, over a library, settings and questions in which every text is hostile."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual.color import Color

from learnfeed.config import Settings
from learnfeed.core.errors import LearnfeedError
from learnfeed.core.note import RubyToken
from learnfeed.core.post import Comment, Count
from learnfeed.core.text import AnnotatedText, Language, Reading, SenseChoice, Token, TokenKind, Unit
from learnfeed.services.exporting import ExportSummary
from learnfeed.services.views import ImportedSource, ImportSummary, Progress, Skipped
from learnfeed.study.quiz.base import Exchange, Form, Item, Option, Question, Said, Show
from learnfeed.study.quiz.session import QuizRound
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.jobs import Job
from learnfeed.tui.outgoing import NoCodes
from learnfeed.tui.screens.export_dialog import ExportDialog
from learnfeed.tui.screens.import_dialog import ImportDialog
from learnfeed.tui.screens.job_dialog import describe, summary_of
from learnfeed.tui.screens.quiz import QuizScreen
from learnfeed.tui.widgets.input import CjkInput
from tests.hostile.texts import ACTING, ALL, EVERY
from tests.tui.sample_library import sample
from tests.tui.screens import screen_text


def text(raw: str) -> AnnotatedText:
    """A text of one learnable word, whose reading and meaning are hostile too."""
    reading = Reading(("xue3",) + (raw,) * len(raw))
    word = Token("雪" + raw, len(raw), TokenKind.WORD, "雪" + raw, reading, SenseChoice(raw, 0.4))
    tokens = (Token(raw, 0, TokenKind.OTHER), word)
    whole = raw + word.text
    return AnnotatedText(whole, tokens, (Unit(Language.ZH, 0, len(whole)),))


@pytest.fixture
def services(make_services):
    comment = Comment("c", EVERY + "雪", EVERY, likes=Count(EVERY), place=EVERY)
    bad = sample(
        "bad",
        text(EVERY),
        text(EVERY),
        comments=((comment, text(EVERY)),),
        author=EVERY,
        tags=ALL,
        likes=EVERY,
    )
    return make_services(bad, settings=Settings(theme=EVERY, keys=(("review.good", EVERY), (EVERY, "x"))))


def check(pilot) -> None:
    """Nothing on the screen acts, and nothing brought the app down."""
    shown = screen_text(pilot.app)
    assert not ACTING.search(shown), ACTING.search(shown)
    assert pilot.app.is_running
    assert pilot.app.return_code is None


async def settle(pilot) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.fixture
async def app(services):
    """The app over that library."""
    async with LearnfeedApp(services).run_test(size=(140, 50)) as pilot:
        await settle(pilot)
        yield pilot


async def test_screens_of_posts(app):
    check(app)  # Today, and what is told of the settings
    await app.press("slash")
    app.app.focused.value = EVERY
    await settle(app)
    check(app)
    app.app.focused.value = ""
    await settle(app)
    app.app.open_post(1)
    await settle(app)
    check(app)
    for key in ("T", "right", "k", "c", "1", "escape", "escape", "f"):
        await app.press(key)
        await app.pause()
        check(app)


async def test_other_screens(app):
    for screen in ("stats", "review", "quiz", "settings", "placement", "help"):
        if screen in ("stats", "review", "quiz"):
            app.app.open_page(screen)
        else:
            await app.app.run_action(screen)
        await settle(app)
        check(app)
        app.app.go_home()


async def test_what_is_typed_into_dialogs(app):
    app.app.open_post(1)
    await settle(app)
    await app.press("right", "c", "3")
    await app.pause()
    await type_all(app)
    app.app.go_home()
    for dialog in (ImportDialog, ExportDialog):
        app.app.push_screen(dialog())
        await settle(app)
        await type_all(app)
        await app.press("enter")
        await settle(app)
        check(app)
        app.app.go_home()


async def type_all(pilot) -> None:
    """Puts every trick into every line there is."""
    for line in pilot.app.screen.query(CjkInput):
        line.value = EVERY
        await pilot.pause()
        check(pilot)


async def test_what_long_work_tells(app):
    skipped = Skipped(EVERY, EVERY, EVERY, EVERY)
    imported = ImportSummary(added=1, sources=(ImportedSource(EVERY, EVERY, 1, 1),), skipped=(skipped,))
    jobs = [
        Job("import", lambda *_: None, Progress(1, 2, EVERY), imported, done=True),
        Job("import", lambda *_: None, error=LearnfeedError(EVERY, hint=EVERY), done=True),
        Job("export", lambda *_: None, result=exported(), done=True),
    ]
    for job in jobs:
        app.app.tell(summary_of(job))
        app.app.tell(describe(job).plain)
        app.app.push_screen(ImportDialog())
        await app.pause()
        app.app.screen.query_one("#told").update(describe(job))
        await app.pause()
        check(app)
    app.app.tell_error(LearnfeedError(EVERY, place=EVERY, hint=EVERY))
    await app.pause()
    check(app)


def exported() -> ExportSummary:
    from pathlib import Path

    path = Path("/tmp/" + EVERY.replace("\x00", ""))
    return ExportSummary(
        path=path,
        words=1,
        posts=1,
        cards=1,
        reviews=0,
        media=0,
        bytes=1,
        decks=(EVERY,),
        seconds=1,
        problems=(EVERY,),
    )


def questions() -> list[Question]:
    tokens = (RubyToken(EVERY, (EVERY,)), RubyToken("雪", ("xue3",), is_target=True))
    said = Said(EVERY, tokens, EVERY)
    item = Item(
        EVERY,
        (EVERY,),
        EVERY,
        1,
        tokens,
        EVERY,
        ((0, 9),),
        1,
        EVERY,
        picture=EVERY,
        exchange=Exchange(said, said),
    )
    options = tuple(Option(EVERY[at:] + str(at), EVERY) for at in range(4))
    shows = tuple(show for show in Show if show is not Show.COMMENT)
    return [
        Question("cloze", Form.CHOICE, "Which?", item, shows, EVERY, options, (1,)),
        Question(
            "match_pairs", Form.ORDER, "Order?", item, shows, EVERY, options, (0, 1, 2, 3), left=(EVERY,) * 4
        ),
        Question("translate", Form.TYPED, "Type?", item, shows, EVERY),
        Question("answer", Form.TYPED, "Reply?", item, (Show.COMMENT,), EVERY),
    ]


async def test_quizzes(app, monkeypatch):
    for question in questions():
        monkeypatch.setattr(app.app.services.quizzing, "draw", lambda *_, q=question, **__: QuizRound((q,)))
        app.app.push_screen(QuizScreen())
        await settle(app)
        check(app)
        if question.form is Form.TYPED:
            app.app.screen.query_one("#typed", CjkInput).value = EVERY[::-1]
            await app.press("enter")
        else:
            await app.press(*"1234"[: 1 if question.form is Form.CHOICE else 4])
        await settle(app)
        check(app)
        app.app.go_home()


def test_the_last_filter_keeps_widths_and_styles():
    line = [Segment("a\x1b[31m雪\u202e"), Segment("plain")]
    cleaned = NoCodes().apply(line, Color(0, 0, 0))
    assert [segment.text for segment in cleaned] == ["a[31m雪", "plain"]
    assert NoCodes().apply(line[1:], Color(0, 0, 0)) == line[1:]
