"""``learnfeed backup`` and ``learnfeed restore``: the whole library in one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from learnfeed.cli.output import Context, data, pass_context


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@pass_context
def backup(context: Context, file: Path | None) -> None:
    """Write the library into FILE; without FILE, into the library's own backups.

    A FILE that ends in .jsonl holds everything as plain JSON, one row a line, for you and for other programs;
    restore takes it back whole. The app makes a backup a day by itself and keeps the last seven.
    """
    data(str(context.services.backups.make(file)))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Don't ask.")
@pass_context
def restore(context: Context, file: Path, yes: bool) -> None:
    """Put a backup (.sqlite or .jsonl) in the library's place, after showing what it holds.

    The library as it is now is backed up first.
    """
    service = context.services.backups
    preview = service.preview(file)
    data(f"{file}: {preview.posts} posts, {preview.words} words with a status, {preview.reviews} reviews")
    now = service.preview(None)
    data(f"now:  {now.posts} posts, {now.words} words with a status, {now.reviews} reviews")
    if not yes:
        click.confirm("Restore it?", abort=True, err=True)
    data(f"the library as it was is in {service.restore(file)}")
