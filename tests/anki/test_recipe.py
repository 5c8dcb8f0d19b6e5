"""Deck recipes: what they mean, and that a mistake in one is told precisely."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from learnfeed.anki.recipe import LARGEST_RECIPE, NoteKind, Order, PostSelection, WordSelection, load_recipe
from learnfeed.anki.recipe_values import key_lines
from learnfeed.core.errors import SettingsError
from learnfeed.core.review import Template
from learnfeed.core.word import WordStatus

_FULL = """
name = "A"
deck = "B"
description = "C"
notes = ["reading", "word", "word"]
templates = ["cloze", "listening"]
order = "list"
limit = 7
include_reviews = false
subdecks = true
retention = 0.85
[select.posts]
tags = ["#雪", "winter"]
query = "xue3"
level = 2
unread = true
limit = 3
[select.words]
levels = [0, 7]
status = ["learning"]
list = ["雪", "冰", "雪"]
min_count = 0
"""
DECKS = Path(__file__).parents[2] / "decks"


def write(folder: Path, text: str) -> Path:
    path = folder / "deck.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(DECKS.glob("*.toml")), ids=lambda p: p.stem)
def test_every_recipe_we_ship_loads(path):
    recipe = load_recipe(path)
    assert recipe.name
    assert recipe.deck.startswith("learnfeed::")
    assert f"decks/{path.name}" in path.read_text(encoding="utf-8").splitlines()[0]


def test_at_least_three_recipes_are_shipped():
    assert {"winter", "hsk3", "unread"} <= {path.stem for path in DECKS.glob("*.toml")}


def test_name_and_deck_are_enough(tmp_path):
    recipe = load_recipe(write(tmp_path, 'name = "A"\ndeck = "B::C"'))
    assert (recipe.name, recipe.deck) == ("A", "B::C")
    assert recipe.posts == PostSelection()
    assert recipe.words == WordSelection()
    assert recipe.notes == (NoteKind.WORD,)
    assert recipe.templates == (Template.RECOGNITION,)
    assert recipe.order is Order.MET
    assert recipe.include_reviews


def test_every_key_is_read(tmp_path):
    recipe = load_recipe(
        write(
            tmp_path,
            _FULL,
        )
    )
    assert recipe.notes == (NoteKind.READING, NoteKind.WORD)
    assert recipe.templates == (Template.CLOZE, Template.LISTENING)
    assert (recipe.order, recipe.limit, recipe.retention) == (Order.LIST, 7, 0.85)
    assert (recipe.description, recipe.include_reviews, recipe.subdecks) == ("C", False, True)
    assert recipe.posts == PostSelection(("雪", "winter"), "xue3", (2,), unread=True, limit=3)
    assert recipe.words == WordSelection((0, 7), (WordStatus.LEARNING,), ("雪", "冰"), 0)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('name = " "', ["name", "missing"]),
        ("name = 3", ["name", "text"]),
        ('templates = ["recall", "spelling"]', ["templates", "spelling", "recognition, recall, listening"]),
        ("templates = []", ["templates", "list of"]),
        ('templates = "recall"', ["templates", "list of"]),
        ('templates = ["recal"]', ["did you mean recall?"]),
        ('notes = ["card"]', ["notes", "card", "word, reading"]),
        ('order = "random"', ["order", "random", "met, level"]),
        ('order = "list"', ["order", "select.words.list"]),
        ("limit = -1", ["limit", "0 or more"]),
        ("limit = true", ["limit", "0 or more"]),
        ("subdecks = 1", ["subdecks", "true or false"]),
        ("retention = 0.5", ["retention", "0.7", "0.99"]),
        ("retention = true", ["retention", "0.7"]),
        ("retntion = 0.9", ["retntion", "not known", "did you mean retention?"]),
        ("colour = 1", ["colour", "not known", "templates"]),
        ("select = 3", ["select", "table"]),
        ("[select]\nposts = 1", ["select.posts", "table"]),
        ("[select.post]\nlimit = 1", ["select.post", "posts"]),
        ("[select.posts]\nlevel = [8]", ["select.posts.level", "0 to 7"]),
        ("[select.posts]\ntags = [3]", ["select.posts.tags", "list of texts"]),
        ("[select.posts]\ntags = ['']", ["select.posts.tags", "list of texts"]),
        ("[select.posts]\ntag = ['a']", ["select.posts.tag", "did you mean tags?"]),
        ("[select.words]\nlevels = ['1']", ["select.words.levels", "0 to 7"]),
        ("[select.words]\nstatus = ['due']", ["select.words.status", "new, learning, known, ignored"]),
        ("[select.words]\ncount = 3", ["select.words.count", "min_count"]),
    ],
)
def test_a_wrong_value_names_file_key_and_what_is_allowed(tmp_path, line, told):
    head = "" if line.startswith("name") else 'name = "A"\n'
    path = write(tmp_path, f'{head}deck = "B"\n{line}')
    with pytest.raises(SettingsError) as caught:
        load_recipe(path)
    for part in [str(path), *told]:
        assert part in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 2


def test_a_mistake_is_told_with_its_line(tmp_path):
    text = (
        '# mine\nname = "A"\ndeck = "B"\n\n[select.words]\n\n[select.posts]  # all\nlimit = 3\n  levl = [1]\n'
    )
    with pytest.raises(SettingsError) as caught:
        load_recipe(write(tmp_path, text))
    assert caught.value.place == "line 9"
    assert "did you mean level?" in str(caught.value)
    with pytest.raises(SettingsError) as caught:
        load_recipe(write(tmp_path, 'name = "A"\n[select.wrds]\nlist = ["雪"]\n'))
    assert (caught.value.place, "deck is missing" in caught.value.message) == ("", True)
    with pytest.raises(SettingsError) as caught:
        load_recipe(write(tmp_path, 'name = "A"\ndeck = "B"\n[select.wrds]\nlist = ["雪"]\n'))
    assert caught.value.place == "line 3"


def test_every_key_is_explained_beside_the_recipes():
    told = (DECKS / "README.md").read_text(encoding="utf-8")
    keys = set(key_lines(_FULL)) - {"select.posts", "select.words"}
    for key in keys:
        assert f"`{key.rpartition('.')[2]}`" in told, key
    for value in [*NoteKind, *Template, *Order, *WordStatus]:
        assert f"`{value}`" in told, value


def test_the_examples_of_the_explanation_are_recipes(tmp_path):
    told = (DECKS / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", told, re.DOTALL)
    assert len(examples) >= 3
    for example in examples:
        assert load_recipe(write(tmp_path, example)).name


def test_files_that_are_no_recipe_are_told_apart(tmp_path):
    with pytest.raises(SettingsError, match="can't be read"):
        load_recipe(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match="can't be read"):
        load_recipe(tmp_path)
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_recipe(write(tmp_path, "name = "))
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_recipe(tmp_path / "latin.toml")
    with pytest.raises(SettingsError, match="too large"):
        load_recipe(write(tmp_path, "#" * (LARGEST_RECIPE + 1)))
