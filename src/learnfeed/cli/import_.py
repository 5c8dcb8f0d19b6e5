"""``learnfeed import``: files, folders, archives or standard input into the library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from learnfeed.cli.output import (
    SKIPPED,
    Context,
    data,
    data_json,
    end_progress,
    narrate,
    one_line,
    pass_context,
    progress_line,
    tell_skipped,
)
from learnfeed.services.views import ImportedSource, ImportSummary

MAX_SOURCES = 20
"""Files that are listed one by one."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format", "format_name", metavar="NAME", help="Take the files as this format instead of sniffing."
)
@click.option("--known", is_flag=True, help="Take word lists: their words are marked known.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON document.")
@click.option("--watch", is_flag=True, help="Stay, and import what is saved into the folder from now on.")
@click.option(
    "--every",
    type=click.FloatRange(0.1, 3600),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="With --watch: how often to look.",
)
@pass_context
def import_command(
    context: Context,
    *,
    paths: tuple[str, ...],
    format_name: str | None,
    known: bool,
    as_json: bool,
    watch: bool,
    every: float,
) -> int:
    """Import saved posts: files, folders, archives, or - for standard input.

    The format is recognised by content. The same file twice adds nothing. What can't be taken is listed
    with its file, place and reason, and the exit code is then 3.

    With --watch it stays, looks for new and changed files, and imports each once it has stopped growing: a line
    for each file (with --json a document on a line for each time). Ctrl+C ends it.
    """
    context.services.backups.daily()
    if watch:
        from learnfeed.cli.watch import watch_folders

        options = {"format": format_name, "known": known}
        watch_folders(context, paths, every=every, as_json=as_json, **options)  # type: ignore[arg-type]
    summary = context.services.importing.run(
        paths, format=format_name, known=known, progress=progress_line("posts")
    )
    end_progress()
    if as_json:
        data_json(summary_json(summary))
    else:
        for line in summary_lines(summary):
            data(line)
        tell_skipped(summary.skipped)
        if not summary.sources and not summary.skipped:
            narrate("There is no file to import there.")
    if summary.sources:
        return SKIPPED if summary.skipped else 0
    return 1 if summary.skipped else 0


def summary_json(summary: ImportSummary) -> dict[str, object]:
    """The summary in the shape that ``import --json`` promises."""
    return {
        "posts": {"added": summary.added, "updated": summary.updated, "unchanged": summary.unchanged},
        "comments": summary.comments,
        "words": {"added": summary.words_added},
        "media": summary.media,
        "sources": [
            {"file": source.file, "format": source.format, "posts": source.posts, "words": source.words}
            for source in summary.sources
        ],
        "skipped": [asdict(item) for item in summary.skipped],
    }


def summary_lines(summary: ImportSummary) -> list[str]:
    """The summary for people."""
    lines = [
        f"{summary.added} posts added, {summary.updated} updated, {summary.unchanged} unchanged",
        f"{summary.comments} comments, {summary.words_added} new words, {summary.media} pictures",
    ]
    if summary.words_marked:
        lines.append(f"{summary.words_marked} words marked")
    lines += [f"  {source_line(source)}" for source in summary.sources[:MAX_SOURCES]]
    if len(summary.sources) > MAX_SOURCES:
        lines.append(f"  … and {len(summary.sources) - MAX_SOURCES} more files (--json lists them all)")
    return lines


def source_line(source: ImportedSource, folders: Iterable[Path] = ()) -> str:
    """One file in a line: its name (below the folder it lies in), its format and what it held."""
    held = [
        (source.posts, "posts"),
        (source.comments, "comments"),
        (0 if source.posts else source.words, "words"),
    ]
    what = ", ".join(f"{number} {unit}" for number, unit in held if number) or "nothing to take"
    name = source.file
    for folder in folders:
        name = name.removeprefix(f"{folder}/")
    return f"{one_line(name)}  {source.format}  {what}"
