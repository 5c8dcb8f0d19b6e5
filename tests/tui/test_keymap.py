"""Keys of one's own: every name is one thing, clashes are told, and the app follows them."""

from __future__ import annotations

import pytest

from learnfeed.tui.keymap import all_names, problems
from tests.tui.test_app import bindings


def test_a_name_means_one_thing_in_one_place():
    seen: dict[str, set[tuple[str, str]]] = {}
    for owner, binding in bindings():
        seen.setdefault(binding.id, set()).add((owner.__name__, binding.action.partition("(")[0]))
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
