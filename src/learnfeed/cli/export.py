"""``learnfeed export``: decks and word lists."""

from __future__ import annotations

import contextlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from learnfeed.cli.output import Context, data, data_json, end_progress, narrate, pass_context, progress_line
from learnfeed.core.errors import UsageError

if TYPE_CHECKING:
    from learnfeed.anki.recipe import Recipe


@click.command()
@click.argument("recipe", required=False, metavar="[RECIPE.toml]")
@click.option("--posts", "query", metavar="QUERY", help="Instead of a recipe: posts that this search finds.")
@click.option(
    "--words", "words", metavar="LIST", help="Instead of a recipe: these words, with commas between them."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where to write: .apkg, .html (study sheet to print), .md, .csv, .tsv, .lingq.csv or .txt (Pleco).",
)
@click.option(
    "--share",
    is_flag=True,
    help="For someone else: no schedule, no history, nothing of what you know; licences in the description.",
)
@click.option("--list", "list_recipes", is_flag=True, help="List the recipes there are.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON document.")
@pass_context
def export(
    context: Context,
    *,
    recipe: str | None,
    query: str | None,
    words: str | None,
    output: str | None,
    share: bool,
    list_recipes: bool,
    as_json: bool,
) -> None:
    """Export a deck that updates in Anki instead of duplicating, or a list or sheet of the same notes.

    RECIPE is a file, or the name of a recipe that comes along (winter, hsk3, unread, share). What is written
    follows the ending of FILE; tables, LingQ and Pleco take the words only.
    """
    service = context.services.exporting
    if list_recipes:
        for info in service.recipes():
            data(f"{info.path.stem}\t{info.name}\t{info.description}")
        return
    if output is None:
        raise UsageError("Say where to write the deck", hint="learnfeed export winter -o winter.apkg")
    chosen = recipe_path(context, recipe) if recipe is not None else _made_recipe(query, words)
    summary = service.run(chosen, Path(output), share=share, progress=progress_line("notes"))
    end_progress()
    for problem in summary.problems:
        narrate(f"left out  {problem}")
    if as_json:
        data_json({**asdict(summary), "path": str(summary.path)})
        return
    posts = f"{summary.posts} {'reading cards' if summary.cards else 'posts'}" if summary.posts else ""
    what = ", ".join(filter(None, (f"{summary.words} words" if summary.words else "", posts)))
    more = f", {summary.cards} cards, {summary.media} pictures" if summary.cards else ""
    data(f"{summary.path}  {what}{more}  {summary.bytes / 1000:,.0f} kB")
    if summary.reviews:
        narrate(
            'Tick "Import any learning progress" when you first import it into Anki, and your reviews come along.'
        )


def recipe_path(context: Context, name: str) -> Path:
    """The file of a recipe that was named by its path, or by its name among those there are.

    Raises:
        UsageError: There is none of that name.
    """
    path = Path(name).expanduser()
    with contextlib.suppress(OSError):  # a name that is too long for a file
        if path.exists() or path.suffix:
            return path
    for info in context.services.exporting.recipes():
        if info.path.stem == name:
            return info.path
    known = ", ".join(info.path.stem for info in context.services.exporting.recipes())
    raise UsageError(f"There is no recipe {name!r}", hint=f"Name a file, or one of: {known}.")


def _made_recipe(query: str | None, words: str | None) -> Recipe:
    from learnfeed.anki.recipe import NoteKind, PostSelection, Recipe, WordSelection

    if query is None and words is None:
        raise UsageError(
            "Say what to export: a recipe, --posts QUERY or --words LIST", hint="learnfeed export --list"
        )
    listed = tuple(word for word in (words or "").replace("，", ",").replace(",", " ").split() if word)
    return Recipe(
        name=query or "words",
        deck="learnfeed",
        posts=PostSelection(query=query or ""),
        words=WordSelection(list=listed, min_count=0 if listed else 1),
        notes=(NoteKind.WORD,) if listed else (NoteKind.WORD, NoteKind.READING),
    )
