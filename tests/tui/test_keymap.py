"""Keys of one's own: every name is one thing, clashes are told, and the app follows them."""

from __future__ import annotations

import pytest

from learnfeed.tui.keymap import all_names, problems
from learnfeed.tui.keys import key_label
from learnfeed.tui.screens.help import wrapped
from tests.tui.test_app import bindings


def test_a_name_stands_in_one_place():
    seen: dict[str, set[str]] = {}
    for owner, binding in bindings():
        seen.setdefault(binding.id, set()).add(owner.__name__)
    assert {name: what for name, what in seen.items() if len(what) > 1} == {}


def test_names_people_can_guess():
    names = all_names()
    assert {"review.good", "review.again", "review.undo", "feed.search", "today.review", "app.help"} <= set(
        names
    )
    assert names["review.good"].keys == "3"


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"review.good": "3,g"}, []),
        ({"review.good": "space"}, ["keys: space is both review.good and review.show"]),
        ({"review.good": "1", "review.again": "3"}, []),
        ({"review.best": "g"}, ["keys: there is no 'review.best'; learnfeed settings keys lists all"]),
        (
            {"review.good": "spce"},
            ["keys: review.good = 'spce' is no key; write one like g, ctrl+g, space, left, f2"],
        ),
        ({"feed.search": "/"}, []),
    ],
)
def test_what_is_wrong_is_told(own, said):
    assert problems(own) == said


def test_help_names_keys_as_they_stand_on_the_keyboard_and_wraps_under_itself():
    assert [key_label(key) for key in ("minus", "at", "exclamation_mark", "space", "ctrl+p", "f1")] == [
        "-", "@", "!", "space", "^p", "f1",
    ]  # fmt: skip
    assert wrapped("Take the last answer back; again and again", 18) == [
        "Take the last",
        "answer back; again",
        "and again",
    ]
    assert wrapped("把上一个答案收回来", 10) == ["把上一个答", "案收回来"]
