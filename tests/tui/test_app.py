"""What the app promises as a whole: it opens at once, brings nothing heavy, and speaks two languages."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.widget import Widget

import learnfeed.tui
from learnfeed.services import undoing
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.messages import language_of, say, use_language
from learnfeed.tui.messages_zh import TEXTS
from learnfeed.tui.messages_zh_correct import CORRECT
from learnfeed.tui.messages_zh_placement import PLACEMENT
from learnfeed.tui.messages_zh_quiz import QUIZ
from learnfeed.tui.messages_zh_settings import SETTINGS_TEXTS
from learnfeed.tui.messages_zh_study import STUDY
from learnfeed.tui.screens import export_dialog, feed, job_dialog, reader, today
from learnfeed.tui.screens.base import Dialog, PageScreen
from learnfeed.tui.widgets import word_pane

HEAVY = ("pypinyin", "genanki", "sqlite_utils", "fsrs", "click", "multiprocessing", "textual_image")
FIRST_FRAME = """
import asyncio, sys
from learnfeed.bootstrap import open_services
from learnfeed.tui.app import LearnfeedApp

async def main():
    services = open_services(sys.argv[1])
    async with LearnfeedApp(services, start=sys.argv[2]).run_test() as pilot:
        await pilot.pause()
        print([name for name in sys.argv[3].split() if name in sys.modules])

asyncio.run(main())
"""


@pytest.mark.parametrize("start", ["today", "feed"])
def test_nothing_heavy_is_loaded_before_the_first_frame(services, start):
    services.close()
    done = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME, str(services.places.library), start, " ".join(HEAVY)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.stdout) == ("", "[]\n")


def modules() -> list[str]:
    return [m.name for m in pkgutil.walk_packages(learnfeed.tui.__path__, "learnfeed.tui.") if not m.ispkg]


def bindings():
    for name in modules():
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, type) and value.__module__ == name:
                for binding in vars(value).get("BINDINGS", ()):
                    yield value, binding


def test_every_binding_has_an_id_a_description_and_a_tooltip():
    for owner, binding in bindings():
        assert binding.id, (owner, binding)
        assert binding.description, (owner, binding)
        assert binding.tooltip or binding.key == "escape", (owner, binding)


def said() -> set[str]:
    """All that the app says: texts given to ``say``, descriptions and tooltips of keys, names and tables of texts."""
    texts = {text for _, binding in bindings() for text in (binding.description, binding.tooltip) if text}
    for name in modules():
        module = importlib.import_module(name)
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                texts |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    tables = (feed._SORT_NAMES, reader._PINYIN_SAID, word_pane._STATUS)
    tables += (dict(export_dialog.FORMATS), job_dialog._NEXT_STEPS, undone())
    return texts | {text for table in tables for text in table.values()} | set(today._DAYS)


def undone() -> dict[int, str]:
    """What an undo says: every sentence in its module."""
    tree = ast.parse(Path(undoing.__file__).read_text(encoding="utf-8"))
    told = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "_told")
    texts = [node.value for node in ast.walk(told) if isinstance(node, ast.Constant)]
    return {at: text for at, text in enumerate(texts) if isinstance(text, str) and " " in text}


def test_everything_said_in_english_is_said_in_chinese():
    assert sorted(said() - set(TEXTS)) == []


def test_no_two_catalogues_say_the_same_text_otherwise():
    catalogues = (CORRECT, PLACEMENT, STUDY, QUIZ, SETTINGS_TEXTS)
    for catalogue in catalogues:
        assert {text: TEXTS[text] for text in catalogue} == catalogue


def test_translations_hold_the_same_values():
    names = re.compile(r"{(\w+)}")
    for english, chinese in TEXTS.items():
        assert sorted(names.findall(english)) == sorted(names.findall(chinese)), english


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANGUAGE": "zh", "LANG": "en_US"}, "zh"),
        ({"LC_ALL": "C"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_terminals(environment, language):
    assert language_of(environment) == language


def test_chinese_is_spoken_when_asked_for(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    use_language()
    assert say("Today") == "今天"
    assert say("{new} new", new="{x}") == "{x} 个生词"
    use_language("en")
    assert say("Today") == "Today"


def test_widgets_never_read_markup():
    for name in modules():
        source = Path(importlib.import_module(name).__file__).read_text(encoding="utf-8")
        assert "from_markup" not in source


async def test_closed_screens_leave_nothing_behind(services):
    async with LearnfeedApp(services).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in (("f", "enter"), ("e",), ("i",)) * 3:
            await pilot.press(*keys)
            await pilot.pause()
            while len(pilot.app.screen_stack) > 1:
                await pilot.press("escape")
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        gc.collect()
        things = gc.get_objects()
        alive = [type(thing).__name__ for thing in things if isinstance(thing, PageScreen | Dialog)]
        assert max((alive.count(name) for name in alive), default=0) <= 1, alive
        widgets = sum(isinstance(thing, Widget) for thing in things)
        drawn = sum(isinstance(thing, StylesCache) for thing in things)
        assert drawn <= widgets + 1, "lines of closed screens are kept"
