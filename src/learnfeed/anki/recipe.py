"""Deck recipes: a small TOML file that says which posts and words become which cards.

::

    name = "Snow and winter"           # what the recipe is called
    deck = "learnfeed::Winter"         # the deck in Anki; :: makes subdecks
    description = "…"                  # shown on the deck's page
    notes = ["word", "reading"]        # word: one note a word; reading: one note a post
    templates = ["recognition"]        # cards of a word: recognition, recall, listening, typing, cloze, tones
    order = "met"                      # of new cards, see Order
    limit = 200                        # at most so many word notes; 0 is all
    include_reviews = true             # schedules and history travel along
    subdecks = false                   # one subdeck for each HSK level
    retention = 0.9                    # share of cards remembered when they come due; your own setting if left out

    [select.posts]                     # which posts; every condition given must hold
    tags = ["雪"]                      # has one of these tags
    query = "雪"                       # found by this search, as in the feed
    level = [1, 2]                     # of one of these HSK levels (7 is 7–9)
    unread = true                      # not finished yet
    limit = 10                         # at most so many, in the feed's order; 0 is all

    [select.words]                     # which words of them; every condition given must hold
    levels = [1, 2]                    # of one of these HSK levels, 0 is outside HSK
    status = ["new", "learning"]       # the learner's word statuses
    list = ["下雪", "雪人"]            # only these, and in this order when order is "list"
    min_count = 1                      # stands so often in the chosen posts

Only ``name`` and ``deck`` are required. A key that is not known is an error, so that a typing
mistake never passes for a deck with other cards in it.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from learnfeed.anki.recipe_values import Table, key_lines
from learnfeed.core.errors import SettingsError
from learnfeed.core.review import Template
from learnfeed.core.toml_text import parse_toml
from learnfeed.core.word import WordStatus

LARGEST_RECIPE = 1 << 20


class NoteKind(StrEnum):
    """What a recipe makes notes of."""

    WORD = "word"
    READING = "reading"


class Order(StrEnum):
    """In which order new cards are seen.

    MET: as the words stand in the chosen posts, posts in the feed's order. LEVEL: HSK level, easiest
    first, words outside HSK last. FREQUENCY: most common in the language first. COUNT: most often in
    the chosen posts first. LIST: as ``select.words.list`` names them. Ties are broken by MET, then by
    the word.
    """

    MET = "met"
    LEVEL = "level"
    FREQUENCY = "frequency"
    COUNT = "count"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class PostSelection:
    """Which posts: those that meet every condition given.

    Attributes:
        tags: The post has at least one of these (compared without case, without ``#``); empty for any.
        query: Words of the feed's search, all of which must occur; empty for any.
        level: The post's HSK level is one of these; empty for any.
        unread: Only posts that were not finished yet.
        limit: At most so many, the first of the feed's order by fit; 0 for all.
    """

    tags: tuple[str, ...] = ()
    query: str = ""
    level: tuple[int, ...] = ()
    unread: bool = False
    limit: int = 0


@dataclass(frozen=True, slots=True)
class WordSelection:
    """Which words: those that meet every condition given.

    Attributes:
        levels: HSK level by the library's standard is one of these; 7 is 7–9, 0 outside HSK; empty
            for any.
        status: The learner's status is one of these; empty for any. Ignored words are taken only
            when named here.
        list: Only these headwords; empty for any.
        min_count: Occurrences (tokens) in the chosen posts, at least. With 0 also words that stand
            in none of them are taken, from the dictionary and without a sentence, if ``list`` or
            ``levels`` names them.
    """

    levels: tuple[int, ...] = ()
    status: tuple[WordStatus, ...] = ()
    list: tuple[str, ...] = ()
    min_count: int = 1


@dataclass(frozen=True, slots=True)
class Recipe:
    """A deck recipe. See the module's text for the file, and the selections for what they mean.

    Attributes:
        name: What the recipe is called.
        deck: Full deck name in Anki.
        posts: Which posts; without ``[select.posts]`` all of them.
        words: Which words of those posts.
        description: Shown on the deck's page.
        notes: What notes are made of. READING makes one of every chosen post.
        templates: Cards that a word gets.
        order: Of new cards.
        limit: At most so many word notes, the first in :attr:`order`; 0 for all.
        include_reviews: Whether schedules, history and preset travel.
        subdecks: One subdeck for each HSK level.
        retention: Desired retention of the preset, 0.7–0.99; None for the learner's own.
    """

    name: str
    deck: str
    posts: PostSelection = PostSelection()
    words: WordSelection = WordSelection()
    description: str = ""
    notes: tuple[NoteKind, ...] = (NoteKind.WORD,)
    templates: tuple[Template, ...] = (Template.RECOGNITION,)
    order: Order = Order.MET
    limit: int = 0
    include_reviews: bool = True
    subdecks: bool = False
    retention: float | None = None


def load_recipe(path: Path) -> Recipe:
    """Reads a recipe file.

    Raises:
        SettingsError: The file can't be read or is no TOML, a key is unknown or missing, or a value
            is not one of those allowed; it names file, key and what is allowed.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SettingsError(
                f"{path} can't be read: it is no file", hint="Name a recipe file such as decks/winter.toml."
            )
        if status.st_size > LARGEST_RECIPE:
            raise SettingsError(f"{path} is too large for a deck recipe", hint="A recipe has at most 1 MiB.")
        text = path.read_text(encoding="utf-8")
        data = parse_toml(text)
    except OSError as error:
        raise SettingsError(
            f"{path} can't be read: {error.strerror}", hint="Name a recipe file such as decks/winter.toml."
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{path} is not UTF-8 text", place=f"byte {error.start}", hint="Save the file as UTF-8."
        ) from error
    except ValueError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}", hint="Mend the line it names.") from error
    return parse_recipe(data, file=str(path), lines=key_lines(text))


def parse_recipe(data: dict[str, Any], *, file: str, lines: Mapping[str, int] | None = None) -> Recipe:
    """A recipe from a parsed TOML document.

    Args:
        data: The document.
        file: What errors call it.
        lines: Line numbers of its keys, where they are known.

    Raises:
        SettingsError: As :func:`load_recipe`.
    """
    table = Table(data, file, lines=lines)
    select = table.table("select")
    recipe = Recipe(
        name=table.required("name"),
        deck=table.required("deck"),
        posts=_posts(select.table("posts")),
        words=_words(select.table("words")),
        description=table.text("description"),
        notes=table.choices("notes", NoteKind, (NoteKind.WORD,)),
        templates=table.choices("templates", Template, (Template.RECOGNITION,)),
        order=table.choice("order", Order, Order.MET),
        limit=table.whole("limit", 0),
        include_reviews=table.flag("include_reviews", default=True),
        subdecks=table.flag("subdecks", default=False),
        retention=table.number("retention", None, 0.7, 0.99),
    )
    select.finish()
    table.finish()
    if recipe.order is Order.LIST and not recipe.words.list:
        raise table.wrong("order", 'needs select.words.list when it is "list"')
    return recipe


def _posts(table: Table) -> PostSelection:
    selection = PostSelection(
        tags=tuple(tag.removeprefix("#") for tag in table.texts("tags")),
        query=table.text("query"),
        level=table.wholes("level", 0, 7),
        unread=table.flag("unread", default=False),
        limit=table.whole("limit", 0),
    )
    table.finish()
    return selection


def _words(table: Table) -> WordSelection:
    selection = WordSelection(
        levels=table.wholes("levels", 0, 7),
        status=table.choices("status", WordStatus, ()),
        list=table.texts("list"),
        min_count=table.whole("min_count", 1),
    )
    table.finish()
    return selection
