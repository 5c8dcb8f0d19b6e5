"""What commands share: the library they work on, and how they speak.

Data goes to stdout, narration and progress to stderr.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from learnfeed.bootstrap import Services, open_services
from learnfeed.cli.console import writes_unicode

if TYPE_CHECKING:
    from collections.abc import Callable

    from learnfeed.services.views import Progress, Skipped

# Control codes (C0, C1), what turns the direction of writing, what can't be seen, halves of surrogate pairs (as
# names of files have them that are no UTF-8). Line breaks, tabs and the joiner within emoji stay.
_CODES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)
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


def without_codes(text: str) -> str:
    """A text as a terminal may have it: ``�`` in place of what would act on it or hide there."""
    return text if text.isprintable() else _CODES.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(name: str) -> str:
    """A name that may hold line breaks, as those of files may, on one line: it can't forge lines of its own."""
    return name.replace("\n", "\N{REPLACEMENT CHARACTER}")


def narrate(text: str) -> None:
    """A line of narration, on stderr."""
    click.echo(without_codes(text), err=True)


def data(text: str) -> None:
    """A line of data, on stdout."""
    click.echo(without_codes(text))


def data_json(value: object, *, line: bool = False) -> None:
    """One JSON document on stdout; on a line of its own when ``line`` is set.

    Nothing is lost in it: codes are written as JSON's escapes.
    """
    ascii_only = not writes_unicode()  # an escape loses nothing where ? would
    text = json.dumps(value, ensure_ascii=ascii_only, indent=None if line else 1, default=_plain)
    click.echo(text if text.isprintable() else _CODES.sub(_escape, text))


def _escape(code: re.Match[str]) -> str:
    units = code.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


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
        click.echo(
            f"\r\x1b[K{progress.done:,}{of} {unit}  {without_codes(progress.what[-60:])}", err=True, nl=False
        )

    return show


def end_progress() -> None:
    """Clears the progress line."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


def tell_skipped(skipped: tuple[Skipped, ...]) -> None:
    """Each skipped thing on a line of stderr: file, place, reason, and what to do."""
    for item in skipped:
        where = ", ".join(one_line(part) for part in (item.file, item.place) if part)
        hint = f" ({item.hint})" if item.hint else ""
        narrate(f"skipped  {where}: {item.reason}{hint}" if where else f"skipped  {item.reason}{hint}")
