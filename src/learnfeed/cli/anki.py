"""``learnfeed anki``: what was reviewed in Anki comes back, and what is new goes into it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from learnfeed.cli.export import recipe_path
from learnfeed.cli.output import (
    SKIPPED,
    Context,
    data,
    data_json,
    end_progress,
    narrate,
    pass_context,
    progress_line,
)
from learnfeed.core.errors import UsageError

if TYPE_CHECKING:
    from learnfeed.anki.connect import AnkiConnect
    from learnfeed.services.syncing import PullSummary


_connect = click.option("--connect", is_flag=True, help="Speak to the Anki that runs on this machine.")
_url = click.option(
    "--url", metavar="URL", help="Where its add-on AnkiConnect listens; http://127.0.0.1:8765 when not given."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON document.")


@click.group()
def anki() -> None:
    """Reviews and schedules back from Anki, decks and reviews into it.

    Answers are taken over once, however often the same file is named. The library's cards then stand
    where Anki left them, and u in the reader takes all of it back.
    """


@anki.command()
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=Path))
@_connect
@_url
@click.option("--show-edits", is_flag=True, help="List what you changed in Anki in fields of your words.")
@click.option("--accept", metavar="N,N|all", default="", help="Take such edits over as corrections.")
@click.option("--refuse", metavar="N,N|all", default="", help="Never offer such edits again.")
@_json
@click.pass_context
@pass_context
def pull(
    context: Context,
    ctx: click.Context,
    *,
    file: Path | None,
    connect: bool,
    url: str | None,
    show_edits: bool,
    accept: str,
    refuse: str,
    as_json: bool,
) -> None:
    """Take in reviews, schedules and suspended cards from FILE or from a running Anki.

    FILE is an .apkg or .colpkg that Anki exported, a collection.anki2, or the profile folder of Anki. With
    --show-edits the readings, meanings and translations that you changed there are offered as corrections.
    """
    show_edits = show_edits or bool(accept or refuse)
    if show_edits and file is None:
        raise UsageError("Edits are read from a file: learnfeed anki pull FILE --show-edits")
    if (file is None) is not connect:
        raise UsageError(
            "Say where to take from: a file, or --connect",
            hint="In Anki choose File → Export, then: learnfeed anki pull FILE.apkg",
        )
    service, progress = context.services.syncing, progress_line("cards")
    if file is None:
        summary = service.pull_connected(_client(url), progress=progress)
    else:
        summary = service.pull(file.expanduser(), progress=progress)
    end_progress()
    edits = None
    if show_edits and file is not None:
        from learnfeed.cli.edits import offer_edits

        if not as_json:
            _tell(summary, as_json=False)
        edits = offer_edits(context, file.expanduser(), accept=accept, refuse=refuse, as_json=as_json)
    if edits is None or as_json:
        _tell(summary, as_json=as_json, edits=edits)
    if summary.problems:
        ctx.exit(SKIPPED)


@anki.command()
@click.argument("recipe", required=False, metavar="[RECIPE.toml]")
@_connect
@_url
@_json
@click.pass_context
@pass_context
def push(
    context: Context,
    ctx: click.Context,
    *,
    recipe: str | None,
    connect: bool,
    url: str | None,
    as_json: bool,
) -> None:
    """Send a deck, and the reviews since, into a running Anki.

    RECIPE is a file or the name of a recipe, as for export; without it your own cards are sent.
    """
    if not connect:
        raise UsageError(
            "A push needs a running Anki: say --connect",
            hint="For a file: learnfeed export winter -o winter.apkg",
        )
    path = recipe_path(context, recipe) if recipe is not None else None
    summary = context.services.pushing.push(_client(url), path, progress=progress_line("notes"))
    end_progress()
    for problem in summary.problems:
        narrate(f"left out  {problem}")
    if as_json:
        data_json(asdict(summary))
    else:
        data(f"{summary.words} words, {summary.posts} reading cards, {summary.cards} cards in the deck")
        data(
            f"{summary.reviews} reviews added to cards in Anki, {summary.rescheduled} cards rescheduled there"
        )
    if summary.problems:
        ctx.exit(SKIPPED)


def _client(url: str | None) -> AnkiConnect:
    from learnfeed.anki.connect import URL, AnkiConnect

    return AnkiConnect(URL if url is None else url)


def _tell(summary: PullSummary, *, as_json: bool, edits: list[dict[str, Any]] | None = None) -> None:
    for problem in summary.problems:
        narrate(f"left out  {problem}")
    if as_json:
        data_json(asdict(summary) if edits is None else {**asdict(summary), "edits": edits})
        return
    if not summary.notes:
        narrate(
            "None of learnfeed's words is in there. Export a deck first: learnfeed export winter -o winter.apkg"
        )
    data(
        f"{summary.notes} notes, {summary.cards} cards: {summary.new_reviews} reviews new, "
        f"{summary.known_reviews} were there already"
    )
    if summary.changed:
        data(
            f"{summary.made} cards made, {summary.rescheduled} rescheduled, {summary.suspended} set aside or put back, "
            f"{summary.words} words with a new status"
        )
