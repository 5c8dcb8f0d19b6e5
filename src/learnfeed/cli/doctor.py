"""``learnfeed doctor``: what a bug report needs, and nothing about the person."""

from __future__ import annotations

import importlib.util
import locale
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from learnfeed import __version__
from learnfeed.bootstrap import Services
from learnfeed.cli.output import Context, data, data_json, pass_context
from learnfeed.core.errors import LearnfeedError

_PACKAGES = ("textual", "rich", "pypinyin", "genanki", "sqlite-utils", "fsrs", "click")
_TERMINAL = ("TERM", "TERM_PROGRAM", "COLORTERM", "NO_COLOR", "WT_SESSION", "TMUX", "SSH_TTY")
"""Variables that say what terminal it is; of those in ``_SECRET`` only that they are set."""
_SECRET = frozenset({"WT_SESSION", "TMUX", "SSH_TTY"})
_NONE_YET = "none yet"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_context
def doctor(context: Context, as_json: bool) -> int:
    """Check the library and the dictionary, and say what a bug report needs."""
    services = context.services
    troubles: list[str] = []

    def asked(fact: Callable[[], object]) -> object:
        """A fact, or why it can't be had: the rest is told all the same."""
        try:
            return fact()
        except (LearnfeedError, sqlite3.Error, OSError, LookupError, ValueError) as error:
            hint = f"; {error.hint}" if isinstance(error, LearnfeedError) and error.hint else ""
            troubles.append(f"{error}{hint}")
            return _unnamed(troubles[-1])

    facts: dict[str, object] = {
        **_machine(),
        **_library(services, asked),
        "lexicon": asked(lambda: _lexicon(services)),
        "settings": _unnamed("; ".join(services.messages)) or "ok",
        "settings changed": _changed(services),
        **_extras(services, asked),
    }
    if as_json:
        data_json(facts)
    else:
        for name, value in facts.items():
            data(f"{name:<17} {value}")
    return int(bool(troubles) or facts["library check"] not in ("ok", _NONE_YET))


def _machine() -> dict[str, object]:
    size = shutil.get_terminal_size()
    variables = ((name, os.environ.get(name)) for name in _TERMINAL)
    told = [f"{name}={'set' if name in _SECRET else value}" for name, value in variables if value]
    return {
        "learnfeed": __version__,
        "python": f"{platform.python_version()} ({platform.python_implementation()})",
        "system": platform.platform(),
        "sqlite": sqlite3.sqlite_version,
        **{name: _version(name) for name in _PACKAGES},
        "terminal": " ".join([f"{size.columns}x{size.lines}", *told]) if sys.stdout.isatty() else "none",
        "encoding": f"{sys.stdout.encoding}, files {sys.getfilesystemencoding()}, "
        f"locale {locale.getpreferredencoding(False)}",
    }


def _library(services: Services, asked: Callable[[Callable[[], object]], object]) -> dict[str, object]:
    places = services.places
    here: dict[str, object] = {"installed in": _unnamed(str(Path(__file__).parent.parent))}
    here["library"] = _unnamed(str(places.library))
    file = places.library / "library.sqlite"
    if not asked(file.exists):  # looking makes none
        return here | {"library check": _NONE_YET}
    check = asked(lambda: str(services.backups.check()))
    if check != "ok":
        return here | {"library size": asked(lambda: _megabytes([file])), "library check": check}
    return here | {
        "library size": asked(lambda: _megabytes([file])),
        "pictures": asked(lambda: _megabytes(_files(places.media))),
        "backups": asked(lambda: _megabytes(_files(places.library / "backups"))),
        "library check": check,
        "posts": asked(services.reading.count),
        "outdated posts": asked(lambda: _outdated(services.refreshing.outdated())),
    }


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _megabytes(files: Iterator[Path] | list[Path]) -> str:
    sizes = [path.stat().st_size for path in files]
    return f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB" if sizes else "none"


def _lexicon(services: Services) -> str:
    info = services.lexicon.info()
    whose = "built here" if services.places.own_lexicon else "came along"
    return f"CC-CEDICT {info.date}, {info.entries} entries, format {info.version}, {whose}"


def _changed(services: Services) -> str:
    """Settings that are not as they come; of keys of one's own only which actions they are for."""
    default = type(services.settings)()
    told = []
    for item in fields(default):
        value = getattr(services.settings, item.name)
        if value != getattr(default, item.name):
            told.append(
                f"{item.name}={','.join(name for name, _ in value) if item.name == 'keys' else value}"
            )
    return "; ".join(told) or "none"


def _extras(services: Services, asked: Callable[[Callable[[], object]], object]) -> dict[str, object]:
    return {
        "extra fit": "there" if importlib.util.find_spec("fsrs_rs_python") else "missing",
        "extra voice": "there" if importlib.util.find_spec("piper") else "missing",
        "voices": asked(lambda: ", ".join(voice.name for voice in services.speaking.voices) or "none"),
    }


def _unnamed(text: str) -> str:
    """With ``~`` for the home folder: a report goes to strangers, and names of people are in paths."""
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text


def _outdated(number: int) -> str:
    return f"{number} (learnfeed lexicon refresh annotates them again)" if number else "none"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
