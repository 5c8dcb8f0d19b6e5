"""What commands share: the library they work on, and how they speak.

Data goes to stdout, narration and progress to stderr.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from learnfeed.bootstrap import Services, open_services

if TYPE_CHECKING:
    from collections.abc import Callable

    from learnfeed.services.views import Progress, Skipped

SKIPPED = 3
"""Exit code: done, but something was skipped."""


@dataclass
class Context:
    """What a command line has named.

    Attributes:
        library: The library's folder; None for the learner's own.
    """

    library: str | None

    @cached_property
    def services(self) -> Services:
        """Everything learnfeed can do, for that library; wrong settings are told once."""
        services = open_services(self.library)
        for message in services.messages:
            narrate(message)
        return services


pass_context = click.make_pass_decorator(Context)


def narrate(text: str) -> None:
    """A line of narration, on stderr."""
    click.echo(text, err=True)


def data(text: str) -> None:
    """A line of data, on stdout."""
    click.echo(text)


def data_json(value: object, *, line: bool = False) -> None:
    """One JSON document on stdout; on a line of its own when ``line`` is set."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=None if line else 1, default=_plain))


def _plain(value: object) -> Any:  # noqa: ANN401
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return str(value)


def progress_line(unit: str) -> Callable[[Progress], None]:
    """Shows progress on one line of stderr; silent where stderr is no terminal."""
    if not sys.stderr.isatty():
        return lambda _: None

    def show(progress: Progress) -> None:
        of = f" of {progress.total:,}" if progress.total else ""
        click.echo(f"\r\x1b[K{progress.done:,}{of} {unit}  {progress.what[-60:]}", err=True, nl=False)

    return show


def end_progress() -> None:
    """Clears the progress line."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


def tell_skipped(skipped: tuple[Skipped, ...]) -> None:
    """Each skipped thing on a line of stderr: file, place, reason, and what to do."""
    for item in skipped:
        where = ", ".join(part for part in (item.file, item.place) if part)
        hint = f" ({item.hint})" if item.hint else ""
        narrate(f"skipped  {where}: {item.reason}{hint}" if where else f"skipped  {item.reason}{hint}")
