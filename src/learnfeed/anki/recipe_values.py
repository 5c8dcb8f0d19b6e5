"""Typed reading of a TOML table, with errors that name file, key and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from learnfeed.core.errors import SettingsError

Choice = TypeVar("Choice", bound=StrEnum)

_HEADER = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")


class Table:
    """A table that knows which of its keys were asked for.

    Every reader gives the default for an absent key and raises SettingsError for a wrong value.
    """

    def __init__(
        self, data: dict[str, Any], file: str, path: str = "", lines: Mapping[str, int] | None = None
    ) -> None:
        """Takes a table.

        Args:
            data: What it holds.
            file: What errors call it.
            path: Names of the tables it lies in, with dots behind them.
            lines: Line numbers of keys by their whole names, where they are known (:func:`key_lines`).
        """
        self._data = data
        self._file = file
        self._path = path
        self._lines = lines or {}
        self._asked: list[str] = []

    def wrong(self, key: str, what: str) -> SettingsError:
        """The error for a key; ``what`` goes on from the key's name."""
        name = f"{self._path}{key}"
        line = self._lines.get(name)
        return SettingsError(
            f"{self._file}: {name} {what}",
            place=f"line {line}" if line else "",
            hint="The keys are explained at the top of each recipe that comes along, and in decks/README.md.",
        )

    def table(self, key: str) -> Table:
        """A table within; an empty one when it is absent."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"must be a table, [{self._path}{key}]")
        return Table(value, self._file, f"{self._path}{key}.", self._lines)

    def required(self, key: str) -> str:
        """A text that must be there and not blank."""
        if text := self.text(key).strip():
            return text
        raise self.wrong(key, "is missing")

    def text(self, key: str) -> str:
        """A text; empty by default."""
        value = self._get(key, "")
        if not isinstance(value, str):
            raise self.wrong(key, "must be a text in quotes")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty by default."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(key, 'must be a list of texts, such as ["雪", "winter"]')
        return tuple(dict.fromkeys(item.strip() for item in value))

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def whole(self, key: str, default: int) -> int:
        """A whole number from 0."""
        value = self._get(key, default)
        if type(value) is not int or value < 0:
            raise self.wrong(key, "must be a whole number, 0 or more")
        return value

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers within bounds (a single number is a list of one); empty by default."""
        value = self._get(key, [])
        items = value if isinstance(value, list) else [value]
        if not all(type(item) is int and low <= item <= high for item in items):
            raise self.wrong(key, f"must be a list of whole numbers from {low} to {high}")
        return tuple(dict.fromkeys(items))

    def number(self, key: str, default: float | None, low: float, high: float) -> float | None:
        """A number within bounds."""
        value = self._get(key, default)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.wrong(key, f"must be a number from {low} to {high}")
        return float(value)

    def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        """One of an enumeration's values."""
        return self._member(key, kind, self._get(key, default))

    def choices(self, key: str, kind: type[Choice], default: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """A list of an enumeration's values, without repeats; not empty unless the default is."""
        value = self._get(key, list(default))
        if not isinstance(value, list) or (default and not value):
            raise self.wrong(key, f"must be a list of: {_allowed(kind)}")
        return tuple(dict.fromkeys(self._member(key, kind, item) for item in value))

    def finish(self) -> None:
        """Raises SettingsError when the table holds a key that nobody asked for."""
        for key in self._data:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                guess = f"; did you mean {near[0]}?" if near else ""
                raise self.wrong(key, f"is not known{guess} Known here: {', '.join(self._asked)}")

    def _member(self, key: str, kind: type[Choice], value: object) -> Choice:
        if isinstance(value, str) and value in list(kind):
            return kind(value)
        near = get_close_matches(str(value), list(kind), n=1)
        guess = f"; did you mean {near[0]}?" if near else ";"
        raise self.wrong(key, f"can't be {value!r}{guess} Allowed: {_allowed(kind)}")

    def _get(self, key: str, default: object) -> object:
        self._asked.append(key)
        return self._data.get(key, default)


def key_lines(text: str) -> dict[str, int]:
    """Line numbers of the keys and tables of a TOML text, by their names with dots.

    For telling where a mistake is: keys in quotes, dotted keys and keys of inline tables are not told.
    """
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            found.setdefault(header[1], number)
            table = f"{header[1]}."
        elif key := _KEY.match(line):
            found.setdefault(f"{table}{key[1]}", number)
    return found


def _allowed(kind: type[StrEnum]) -> str:
    return ", ".join(kind)
