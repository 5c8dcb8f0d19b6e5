"""``learnfeed lexicon``: which dictionary is in use, and building a newer one."""

from __future__ import annotations

from pathlib import Path

import click

from learnfeed.cli.output import Context, data, end_progress, narrate, pass_context, progress_line
from learnfeed.core.errors import LexiconError


@click.group(invoke_without_command=True)
@click.pass_context
def lexicon(ctx: click.Context) -> None:
    """Show the dictionary in use: its date, size and licence."""
    if ctx.invoked_subcommand is not None:
        return
    context: Context = ctx.obj
    opened = context.services.lexicon
    info = opened.info()
    data(f"CC-CEDICT of {info.date}, {info.entries:,} entries, {info.licence}")
    data(f"from {info.source}")
    data(f"in   {opened.path}")


@lexicon.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_context
def update(context: Context, file: Path) -> None:
    """Build a newer dictionary from a CC-CEDICT FILE (.u8, .txt, .gz, .xz, .zip).

    The old one stays in use until the new one is whole. Then all posts are annotated again with it; what you did
    with them stays.
    """
    from learnfeed.annotate.lexicon import PACKAGED
    from learnfeed.annotate.lexicon_build import update as build

    narrate(f"building from {file} …")
    places = context.services.places
    places.library.mkdir(parents=True, exist_ok=True)
    try:
        current = context.services.lexicon.path
    except LexiconError:  # one of an older learnfeed: the one that came with this one has what is needed
        current = PACKAGED
    change = build(file, places.lexicon, current)
    context.services.close()
    renewed = Context(context.library).services.refreshing.run(progress=progress_line("posts"))
    end_progress()
    data(f"CC-CEDICT of {change.date}, {change.entries:,} entries")
    data(f"{change.added:,} headwords added, {change.changed:,} changed, {change.removed:,} removed")
    data(f"{renewed:,} posts annotated again")


@lexicon.command()
@pass_context
def refresh(context: Context) -> None:
    """Annotate posts again that an older learnfeed or another dictionary annotated.

    What you did with them stays. It can be stopped, and goes on where it was.
    """
    renewed = context.services.refreshing.run(progress=progress_line("posts"))
    end_progress()
    data(f"{renewed:,} posts annotated again")
