"""Import and export: asked, watched, stopped, told; and going on when their dialog is closed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.core.errors import LearnfeedError
from learnfeed.core.word import WordStatus
from learnfeed.services.exporting import ExportService, ExportSummary
from learnfeed.services.importing import ImportService
from learnfeed.services.views import ImportSummary, Progress, Skipped
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.jobs import Job, start_job
from learnfeed.tui.screens import welcome
from learnfeed.tui.screens.export_dialog import ExportDialog
from learnfeed.tui.screens.import_dialog import ImportDialog
from learnfeed.tui.screens.job_dialog import describe, summary_of
from learnfeed.tui.screens.today import TodayScreen
from learnfeed.tui.widgets.input import CjkInput
from learnfeed.tui.widgets.tick import Tick
from tests.tui.screens import screen_text, told

POST = """schema = "learnfeed.post/1"
id = "one"
title = "下雪了"
body = "今天下雪了。\\nIt snowed today."
"""


async def settle(pilot) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.fixture
async def today(services):
    """Today over two posts."""
    async with LearnfeedApp(services).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        yield pilot


class Held:
    """Work that reports once and then waits until it is let go or asked to stop."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.told = threading.Event()
        self.ended = threading.Event()

    def __call__(self, services, tell, stop) -> ImportSummary:
        tell(Progress(3, 10, "[bold]posts[/] \x1b[31m.zip"))
        self.told.set()
        while not self.go.wait(0.01) and not stop():
            pass
        self.ended.set()
        return ImportSummary(added=3, stopped=stop())


async def test_a_file_is_imported_and_shows_at_once(today, tmp_path):
    (tmp_path / "one.toml").write_text(POST, encoding="utf-8")
    await today.press("i")
    assert isinstance(today.app.screen, ImportDialog)
    today.app.screen.query_one(CjkInput).value = f"'{tmp_path}/one.toml'"
    await today.press("enter")
    await settle(today)
    assert "1  new posts" in screen_text(today.app)
    await today.press("enter")
    assert isinstance(today.app.screen, TodayScreen)
    assert "下雪了" in screen_text(today.app)


async def test_what_is_skipped_is_told_with_its_reason(today, tmp_path):
    await today.press("i")
    today.app.screen.query_one(CjkInput).value = str(tmp_path / "missing.zip")
    await today.press("enter")
    await settle(today)
    assert "Skipped" in screen_text(today.app)
    text = describe(today.app.jobs["import"]).plain
    assert "There was nothing to take." in text
    assert "missing.zip" in text


async def test_a_typed_path_is_completed_from_the_list(today, tmp_path):
    (tmp_path / "posts").mkdir()
    await today.press("i")
    line = today.app.screen.query_one(CjkInput)
    line.value = f"{tmp_path}/po"
    await today.pause()
    await today.press("down", "enter")
    assert line.value == f"{tmp_path}/posts/"
    assert line.has_focus
    line.value = "/no such folder/x"
    await today.pause()
    await today.press("down")
    assert line.has_focus


async def test_nothing_is_imported_without_a_path(today):
    await today.press("i", "enter")
    assert today.app.jobs == {}


async def test_a_word_list_is_ticked(today, tmp_path, monkeypatch):
    asked = {}

    def run(self, paths, **options):
        asked.update(options, paths=paths)
        return ImportSummary(words_marked=2)

    monkeypatch.setattr(ImportService, "run", run)
    await today.press("i")
    today.app.screen.query_one(CjkInput).value = str(tmp_path)
    await today.pause()
    await today.click(Tick)
    await today.press("space", "space")
    assert today.app.screen.query_one(Tick).value
    today.app.screen.query_one(CjkInput).focus()
    await today.press("enter")
    await settle(today)
    assert asked["known"] is True
    assert asked["paths"] == [tmp_path]
    assert "2  words marked" in screen_text(today.app)


async def test_work_shows_how_far_it_is_and_stops_when_asked(today):
    held = Held()
    await today.press("i")
    dialog = today.app.screen
    dialog.start(Job("import", held))
    await today.pause()
    assert held.told.wait(5)
    await today.pause()
    assert "30%" in screen_text(today.app)
    assert "[bold]posts[/] [31m.zip" in screen_text(today.app)
    await today.press("ctrl+s")
    await settle(today)
    assert "Stopped; what was read is kept" in screen_text(today.app)


async def test_work_goes_on_when_its_dialog_is_closed(today):
    held = Held()
    await today.press("i")
    today.app.screen.start(Job("import", held))
    await today.pause()
    await today.press("escape")
    assert isinstance(today.app.screen, TodayScreen)
    assert held.told.wait(5)
    await today.press("i")
    await today.pause()
    assert "30%" in screen_text(today.app)
    await today.press("escape")
    held.go.set()
    await settle(today)
    assert told(today.app) == ["Import done: 3 new posts"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            LearnfeedError("The library is full", hint="Free some space."),
            "The library is full\nFree some space.",
        ),
        (PermissionError(13, "Permission denied", "/x"), "/x: Permission denied\nCheck the disk"),
    ],
)
async def test_failed_work_says_why(today, error, said):
    def fails(services, tell, stop):
        raise error

    start_job(today.app, Job("import", fails))
    await settle(today)
    assert told(today.app)[0].startswith(said)


async def test_a_deck_is_exported(today, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    await today.press("e")
    assert isinstance(today.app.screen, ExportDialog)
    recipes = today.app.screen.recipes
    at = next(i for i, recipe in enumerate(recipes) if recipe.path.stem == "unread")
    await today.press(*["down"] * at, "enter")
    assert today.app.screen.query_one(CjkInput).value == "~/unread.apkg"
    await today.press("enter")
    await settle(today)
    assert {file.name for file in tmp_path.glob("*.apkg")} == {"unread.apkg"}
    assert "unread.apkg" in describe(today.app.jobs["export"]).plain
    await today.press("escape")


async def test_a_kind_of_file_and_whom_it_is_for_are_chosen(today, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    asked = {}
    run = ExportService.run

    def watched(self, *arguments, share, **options):
        asked["share"] = share
        return run(self, *arguments, share=share, **options)

    monkeypatch.setattr(ExportService, "run", watched)
    await today.press("e")
    at = next(i for i, recipe in enumerate(today.app.screen.recipes) if recipe.path.stem == "unread")
    await today.press(*["down"] * at, "tab", "end")
    line = today.app.screen.query_one(CjkInput)
    assert line.value == "~/unread.lingq.csv"
    line.value = "~/mine.lingq.csv"
    await today.press("home", "down")
    assert line.value == "~/mine.html"
    await today.press("tab", "space", "tab", "enter")
    await settle(today)
    assert asked == {"share": True}
    assert "<html" in (tmp_path / "mine.html").read_text(encoding="utf-8")
    assert "browser" in describe(today.app.jobs["export"]).plain
    await today.press("escape")


def job(result=None, error=None) -> Job:
    return Job("import", lambda *_: None, result=result, error=error, done=True)


def test_everything_an_import_did_is_told():
    skipped = (Skipped("a.json", "line 3", "no text", "add some"), Skipped("b", "", "empty", ""))
    done = ImportSummary(
        added=1200, updated=2, unchanged=3, comments=4, words_added=5, media=6, skipped=skipped
    )
    text = describe(job(done)).plain
    for part in ("1,200  new posts", "2  posts updated", "a.json · line 3  no text", "add some", "b  empty"):
        assert part in text
    assert summary_of(job(done)) == "Import done: 1,200 new posts"


def test_what_an_export_wrote_is_told():
    done = ExportSummary(Path("/x/winter.apkg"), 20, 2, 42, 0, 3, 1024, ("learnfeed",), ("no audio",), 0.1)
    text = describe(job(done)).plain
    for part in (
        "20  words",
        "2  posts",
        "42  cards",
        "3  pictures and recordings",
        "no audio",
        "/x/winter.apkg",
    ):
        assert part in text
    assert summary_of(job(done)) == "Export done: /x/winter.apkg"


def test_what_failed_is_told():
    error = LearnfeedError("It broke", place="line 1", hint="Mend it.")
    assert describe(job(error=error)).plain == "It broke (line 1)\n\nMend it."
    assert summary_of(job(error=error)) == "It broke (line 1)\nMend it."


async def test_leaving_the_app_ends_the_work(services):
    held = Held()
    app = LearnfeedApp(services)
    async with app.run_test() as pilot:
        await pilot.pause()
        start_job(app, Job("import", held))
        await pilot.pause()
        assert held.told.wait(5)
        app.exit()
    assert held.ended.wait(5)


async def test_a_fault_of_ours_is_told_and_not_swallowed(services):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("no posts to share out")

    async with LearnfeedApp(services).run_test() as pilot:
        await settle(pilot)
        job = Job("import", broken)
        start_job(pilot.app, job)
        await settle(pilot)
        assert job.error is not None
        assert "ZeroDivisionError: no posts to share out" in str(job.error)


async def test_the_sample_posts_are_a_key_away(make_services, tmp_path, monkeypatch):
    (tmp_path / "one.toml").write_text(POST, encoding="utf-8")
    monkeypatch.setattr(welcome, "content_folder", lambda: tmp_path)
    async with LearnfeedApp(make_services()).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("enter", "enter", "left", "right", "enter")
        # Worker processes take a moment to start.
        while not (job := pilot.app.jobs.get("import")) or not job.done:
            await pilot.pause(0.02)
        await settle(pilot)
        assert "1  new posts" in screen_text(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        assert "下雪了" in screen_text(pilot.app)


async def test_the_welcome_leads_to_an_import_of_ones_own(make_services):
    async with LearnfeedApp(make_services()).run_test() as pilot:
        await settle(pilot)
        await pilot.press("i")
        assert isinstance(pilot.app.screen, ImportDialog)


async def test_the_welcome_marks_a_level_as_known_and_another_takes_its_place(make_services):
    services = make_services()
    async with LearnfeedApp(services).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        assert "HSK 1: " in screen_text(pilot.app)
        known = services.reading.vocabulary(WordStatus.KNOWN, None, -1)
        assert {word.level for word in known} == {1}


async def test_a_level_that_marks_nothing_takes_nothing_else_back(make_services):
    services = make_services()
    lexicon = Lexicon.open()
    words = {w: WordStatus.KNOWN for level in (1, 2) for w in lexicon.words_of_level("2025", level)}
    lexicon.close()
    services.reading.mark(words)
    async with LearnfeedApp(services).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
    assert len(services.reading.vocabulary(WordStatus.KNOWN, None, -1)) == len(words)


async def test_recipes_that_cannot_be_read_are_said(today, monkeypatch):
    def fails(self):
        raise LearnfeedError("No recipes")

    monkeypatch.setattr(ExportService, "recipes", fails)
    await today.press("e", "tab", "enter")
    assert told(today.app) == ["No recipes"]
