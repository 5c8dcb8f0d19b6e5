"""``learnfeed import --watch``: stays, and imports what is saved into a folder."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NoReturn

from learnfeed.cli.import_ import source_line, summary_json
from learnfeed.cli.output import Context, data, data_json, end_progress, narrate, progress_line, tell_skipped
from learnfeed.core.errors import LibraryError, UsageError
from learnfeed.importers.watching import FolderWatch
from learnfeed.services.views import ImportSummary


def watch_folders(
    context: Context,
    paths: tuple[str, ...],
    *,
    every: float,
    as_json: bool,
    format: str | None,  # noqa: A002 - the option's own name
    known: bool,
) -> NoReturn:
    """Imports folders, and what is new in them, until Ctrl+C.

    Raises:
        UsageError: One of the paths is no folder.
        KeyboardInterrupt: The person ended it.
    """
    watches = [FolderWatch(Path(path).expanduser(), every) for path in paths]
    for watch in watches:
        if not watch.folder.is_dir():
            raise UsageError(f"{watch.folder} is no folder to watch", hint="learnfeed import --watch DIR")

    def take(found: list[str | Path]) -> None:
        summary = context.services.importing.run(
            found, format=format, known=known, progress=progress_line("posts")
        )
        end_progress()
        _tell(context, summary, watches, as_json)

    for watch in watches:
        watch.look(wait=False)
    take([watch.folder for watch in watches])
    narrate(f"Watching {', '.join(paths)}. Ctrl+C ends it.")
    busy = False
    while True:
        time.sleep(max(watch.pause for watch in watches))
        for watch in watches:
            ready = watch.look()
            if not ready:
                continue
            try:
                take([*ready])
                busy = False
            except LibraryError as error:
                watch.again(ready)
                if not busy:
                    narrate(f"{error}; trying again until it is free")
                busy = True


def _tell(context: Context, summary: ImportSummary, watches: list[FolderWatch], as_json: bool) -> None:
    if as_json:
        data_json(summary_json(summary), line=True)
        return
    stamp = f"{context.services.clock():%H:%M:%S}"
    for source in summary.sources:
        data(f"{stamp}  {source_line(source, [watch.folder for watch in watches])}")
    tell_skipped(summary.skipped)
