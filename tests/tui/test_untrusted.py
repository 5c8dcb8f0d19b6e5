"""Saved text is shown, never obeyed: no markup, no app actions, no codes for the terminal."""

from __future__ import annotations

import pytest

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.post import Comment, Count
from learnfeed.core.text import AnnotatedText, Language, Token, TokenKind, Unit
from learnfeed.services.unlocking import UnlockPlan
from learnfeed.study.unlock import UnlockStep
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.screens.finish import FinishDialog
from learnfeed.tui.screens.unlock import UnlockDialog
from tests.tui.sample_library import Sample, TextMaker, sample
from tests.tui.screens import screen_text

HOSTILE = "[/][b]x[/b] [@click=app.quit]go[/] $accent \x1b[31mred\x1b]0;t\x07 \u202eback"
SHOWN = "[/][b]x[/b] [@click=app.quit]go[/] $accent [31mred]0;t back"


def raw(text: str) -> AnnotatedText:
    word = Token("雪", len(text), TokenKind.WORD, "雪")
    tokens = (Token(text, 0, TokenKind.OTHER), word)
    return AnnotatedText(text + "雪", tokens, (Unit(Language.ZH, 0, len(text) + 1),))


def hostile_post() -> Sample:
    body = TextMaker().zh("今天 很 美 。").line().en(HOSTILE, pairs_with=0)
    comment = Comment("c", HOSTILE + "雪", HOSTILE, likes=Count(HOSTILE), place=HOSTILE)
    return sample(
        "bad", raw(HOSTILE), body.done(), comments=((comment, raw(HOSTILE)),), author=HOSTILE,
        tags=(HOSTILE,), likes=HOSTILE,
    )  # fmt: skip


@pytest.fixture
async def app(make_services):
    """The app over one post whose every text is hostile."""
    async with LearnfeedApp(make_services(hostile_post())).run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        yield pilot


def check(pilot, part: str = SHOWN) -> None:
    text = screen_text(pilot.app)
    assert part in text
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    assert "\u202e" not in text
    assert pilot.app.is_running


async def test_on_every_screen_of_a_post(app):
    check(app, "[/][b]x[/b] [@click=app.quit]go")
    await app.press("f")
    await app.pause()
    check(app, "[/][b]x[/b] [@click=app.quit]go")
    await app.click(offset=(20, 4))
    await app.press("enter")
    await app.pause()
    await app.press("T")
    check(app)
    assert screen_text(app.app).count("[@click=app.quit]go") >= 3
    await app.click(offset=(20, 6))
    await app.press("f")
    await app.pause()
    check(app, "Read to the end")


async def test_in_dialogs(app):
    card = app.app.services.reading.cards([1])[1]
    app.app.push_screen(FinishDialog((HOSTILE,), card))
    await app.pause()
    check(app, "[@click=app.quit]go")
    await app.press("escape")
    app.app.push_screen(UnlockDialog())
    await app.pause()
    app.app.screen._show(UnlockPlan((UnlockStep(HOSTILE, 1),), 0.95, 1))
    await app.pause()
    check(app, "[@click=app.quit]go")


async def test_in_messages(app):
    app.app.tell_error(LearnfeedError(f"{HOSTILE} can't be read", hint=HOSTILE))
    app.app.tell(HOSTILE)
    await app.pause()
    check(app, "[@click=app.quit]go")


async def test_a_pasted_page_is_one_clean_line_of_search(app):
    await app.press("slash")
    await app.pause()
    line = app.app.focused
    app.app.screen.post_message(__import__("textual.events", fromlist=["Paste"]).Paste("雪\n\x1b[31m red\n"))
    await app.pause()
    assert line.value in ("雪 [31m red", "")
