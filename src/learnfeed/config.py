"""Settings (one TOML file) and where things lie on this machine."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from learnfeed.core.level import DEFAULT_STANDARD, Standard

HOME_VARIABLE = "LEARNFEED_HOME"
SETTINGS_NAME = "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner can set, with the defaults.

    Attributes:
        standard: HSK standard that levels are shown by: ``2025``, ``2021`` or ``2.0``.
        new_per_day: New cards a day.
        reviews_per_day: Reviews a day at most.
        desired_retention: Share of reviews (0.7–0.99) that the schedule aims to have remembered.
        rollover: Hour (0–23) at which a new day begins.
        theme: ``dark`` or ``light``, or the name of one of Textual's themes.
        tone_colours: ``learnfeed``, ``pleco``, ``dummitt`` or ``none``.
        pinyin: Over which words pinyin stands in the reader: ``unknown``, ``all`` or ``none``.
        traditional: Whether traditional characters are shown beside the headword.
    """

    standard: str = DEFAULT_STANDARD.value
    new_per_day: int = 20
    reviews_per_day: int = 200
    desired_retention: float = 0.9
    rollover: int = 4
    theme: str = "dark"
    tone_colours: str = "learnfeed"
    pinyin: str = "unknown"
    traditional: bool = False

    @property
    def learning_steps(self) -> tuple[timedelta, ...]:
        """Anki's default steps: 1 and 10 minutes."""
        return timedelta(minutes=1), timedelta(minutes=10)


_CHOICES: dict[str, tuple[str, ...]] = {
    "standard": tuple(standard.value for standard in Standard),
    "tone_colours": ("learnfeed", "pleco", "dummitt", "none"),
    "pinyin": ("unknown", "all", "none"),
}
_RANGES: dict[str, tuple[float, float]] = {
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 9999),
    "desired_retention": (0.7, 0.99),
    "rollover": (0, 23),
}


def load_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Reads the settings file.

    Returns:
        The settings, and a message for each value that can't be used (the default stands in for it).
        A missing file gives the defaults and no message.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Settings(), (f"{path}: {error}; the defaults are used",)
    return settings_from(raw, str(path))


def settings_from(raw: Mapping[str, Any], where: str) -> tuple[Settings, tuple[str, ...]]:
    """Settings out of plain values; see :func:`load_settings`."""
    known = {field.name: field.default for field in fields(Settings)}
    values: dict[str, Any] = {}
    messages: list[str] = []
    for name, value in raw.items():
        if name not in known:
            messages.append(f"{where}: there is no setting {name!r}; it is ignored")
            continue
        problem = _problem(name, value, known[name])
        if problem:
            messages.append(f"{where}: {name} {problem}; {known[name]!r} is used")
        else:
            values[name] = value
    return Settings(**values), tuple(messages)


def _problem(name: str, value: object, default: object) -> str:
    wanted = type(default)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not wanted:
        return f"must be {_KIND[wanted]}, not {value!r}"
    if name in _CHOICES and value not in _CHOICES[name]:
        return f"must be one of {', '.join(_CHOICES[name])}, not {value!r}"
    if name in _RANGES and isinstance(value, int | float):
        low, high = _RANGES[name]
        if not low <= value <= high:
            return f"must lie between {low} and {high}, not {value!r}"
    return ""


_KIND = {int: "a whole number", float: "a number", str: "text", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie.

    Attributes:
        library: The learner's data: database, pictures, backups, settings.
    """

    library: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.library / SETTINGS_NAME

    @property
    def media(self) -> Path:
        """Pictures that were saved with posts."""
        return self.library / "media"

    @property
    def lexicon(self) -> Path:
        """Where a newer dictionary is put that the learner builds."""
        return self.library / "lexicon.sqlite"

    @property
    def own_lexicon(self) -> Path | None:
        """The learner's own dictionary; None when the one that came along is used."""
        return self.lexicon if self.lexicon.exists() else None


def find_places(library: str | None, environment: Mapping[str, str] = os.environ) -> Places:
    """Where the library lies: as named, else ``LEARNFEED_HOME``, else where the platform keeps data."""
    named = library or environment.get(HOME_VARIABLE)
    if named:
        return Places(Path(named).expanduser().absolute())
    from platformdirs import user_data_path

    return Places(user_data_path("learnfeed", appauthor=False))


def content_folder() -> Path:
    """The sample posts that come along."""
    return _shipped("content")


def recipes_folder() -> Path:
    """The deck recipes that come along."""
    return _shipped("decks")


def _shipped(name: str) -> Path:
    """A folder that travels inside the wheel; in a checkout it stands at the top."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.exists() else package.parent.parent / name
