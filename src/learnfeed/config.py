"""Where things lie on this machine, and the settings that lie there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from learnfeed.settings import Settings
from learnfeed.settings_file import load_settings

__all__ = ["Places", "Settings", "content_folder", "find_places", "load_settings", "recipes_folder"]

HOME_VARIABLE = "LEARNFEED_HOME"
SETTINGS_NAME = "settings.toml"


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
