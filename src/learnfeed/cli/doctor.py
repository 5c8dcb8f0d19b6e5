"""``learnfeed doctor``: what a bug report needs."""

from __future__ import annotations

import platform
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, version

import click

from learnfeed import __version__
from learnfeed.cli.output import Context, data, data_json, pass_context

_PACKAGES = ("textual", "rich", "pypinyin", "genanki", "sqlite-utils", "fsrs", "click")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_context
def doctor(context: Context, as_json: bool) -> None:
    """Check the library and the dictionary, and say what a bug report needs."""
    services = context.services
    info = services.lexicon.info()
    facts = {
        "learnfeed": __version__,
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "sqlite": sqlite3.sqlite_version,
        **{name: _version(name) for name in _PACKAGES},
        "library": str(services.places.library),
        "library check": services.backups.check(),
        "posts": services.reading.count(),
        "outdated posts": _outdated(services.refreshing.outdated()),
        "lexicon": f"CC-CEDICT {info.date}, {info.entries} entries",
        "settings": "; ".join(services.messages) or "ok",
    }
    if as_json:
        data_json(facts)
        return
    for name, value in facts.items():
        data(f"{name:<14} {value}")


def _outdated(number: int) -> str:
    return f"{number} (learnfeed lexicon refresh annotates them again)" if number else "none"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
