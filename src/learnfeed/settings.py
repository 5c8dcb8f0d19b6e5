"""What a learner can set: each setting with its default, what it may be, and what it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeVar, cast

from learnfeed.core.level import DEFAULT_STANDARD, Standard

Default = TypeVar("Default", str, int, float, bool)

KEYS = "keys"
"""Name of the table that holds keys of one's own."""
_STEP_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_STEP = re.compile(r"([1-9][0-9]{0,3})([smhd])")
MAX_STEP = 86_400 * 7
"""Seconds of a learning step at most: longer waits are the schedule's."""


class Group(StrEnum):
    """Parts of the settings screen."""

    READING = "Words and reading"
    REVIEW = "Reviews"
    GOALS = "Goals"
    LOOKS = "Looks"


def _setting(
    default: Default,
    group: Group,
    about: str,
    *,
    choices: tuple[str, ...] = (),
    between: tuple[float, float] | None = None,
    steps: bool = False,
) -> Default:
    about_it = {"group": group, "about": about, "choices": choices, "between": between, "steps": steps}
    return field(default=default, metadata=about_it)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner can set, with the defaults; the second text of each says what it does."""

    standard: str = _setting(
        DEFAULT_STANDARD.value, Group.READING, "HSK standard that levels are shown by",
        choices=tuple(standard.value for standard in Standard),
    )  # fmt: skip
    script: str = _setting(
        "saved", Group.READING, "Characters that words are shown in: as saved, or all in one script",
        choices=("saved", "simplified", "traditional"),
    )  # fmt: skip
    pinyin: str = _setting(
        "unknown", Group.READING, "Over which words the reading stands", choices=("unknown", "all", "none")
    )
    reading: str = _setting("pinyin", Group.READING, "How readings are written", choices=("pinyin", "zhuyin"))
    sandhi: bool = _setting(
        False, Group.READING, "Show tones as they are spoken (ní hǎo) and not as the dictionary has them"
    )
    direction: str = _setting(
        "chinese", Group.READING, "The language you learn from your posts", choices=("chinese", "english")
    )
    voice: str = _setting(
        "auto", Group.READING, "What reads aloud: the best voice of this machine, or the one named",
        choices=("auto", "off", "piper", "say", "espeak-ng", "spd-say"),
    )  # fmt: skip
    new_per_day: int = _setting(20, Group.REVIEW, "New cards a day", between=(0, 9999))
    reviews_per_day: int = _setting(200, Group.REVIEW, "Reviews a day at most", between=(0, 9999))
    desired_retention: float = _setting(
        0.9, Group.REVIEW, "Share of reviews to be remembered; more means more reviews", between=(0.7, 0.99)
    )
    learning_steps: str = _setting(
        "1m 10m", Group.REVIEW, "Waits between the first reviews of a card (s, m, h, d)", steps=True
    )
    relearning_steps: str = _setting(
        "10m", Group.REVIEW, "Waits after a card was forgotten (s, m, h, d)", steps=True
    )
    rollover: int = _setting(4, Group.REVIEW, "Hour at which a new day begins", between=(0, 23))
    leech_threshold: int = _setting(
        8, Group.REVIEW, "A card forgotten so often is set aside; 0 for never", between=(0, 99)
    )
    bury_siblings: bool = _setting(True, Group.REVIEW, "Show only one card of a word a day")
    pass_fail: bool = _setting(False, Group.REVIEW, "Two answers instead of four: again and good")
    quiz_reviews: bool = _setting(
        False, Group.REVIEW, "Let answers of a quiz count as reviews of cards that are due"
    )
    grade_from_front: bool = _setting(False, Group.REVIEW, "The answer keys work before the answer is shown")
    answer_timer: bool = _setting(False, Group.REVIEW, "Show the seconds since the question")
    goal_reviews: int = _setting(0, Group.GOALS, "Answers a day you aim at; 0 for none", between=(0, 9999))
    goal_minutes: int = _setting(0, Group.GOALS, "Minutes a day you aim at; 0 for none", between=(0, 1440))
    language: str = _setting(
        "auto", Group.LOOKS, "Language of the app; auto follows the terminal", choices=("auto", "en", "zh")
    )
    theme: str = _setting("dark", Group.LOOKS, "dark, light, or one of Textual's themes")
    tone_colours: str = _setting(
        "learnfeed", Group.LOOKS, "Colours of tones; learnfeed's stay apart for colour-blind eyes",
        choices=("learnfeed", "pleco", "mdbg", "dummitt", "hanping", "none"),
    )  # fmt: skip
    pictures: str = _setting(
        "off", Group.LOOKS, "Pictures of posts in the terminal, from the next start on; needs learnfeed[pictures]",
        choices=("off", "on"),
    )  # fmt: skip
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def learning_seconds(self) -> tuple[int, ...]:
        """Learning steps in seconds."""
        return step_seconds(self.learning_steps)

    @property
    def relearning_seconds(self) -> tuple[int, ...]:
        """Relearning steps in seconds."""
        return step_seconds(self.relearning_steps)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it is told to a person.

    Attributes:
        name: As in the file.
        default: What holds when nothing is set.
        group: Where it stands on the settings screen.
        about: What it does, in English.
        choices: What it may be; empty for any.
        between: Least and largest number; None for any.
        steps: Whether it is a list of waits.
    """

    name: str
    default: str | int | float | bool
    group: Group
    about: str
    choices: tuple[str, ...] = ()
    between: tuple[float, float] | None = None
    steps: bool = False

    def problem(self, value: object) -> str:
        """What is wrong with a value: ``must be …, not …``; empty when it can be used."""
        wanted = type(self.default)
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted:
            return f"must be {_KIND[wanted]}, not {value!r}"
        if self.choices and value not in self.choices:
            return f"must be one of {', '.join(self.choices)}, not {value!r}"
        if self.between and isinstance(value, int | float):
            low, high = self.between
            if not low <= value <= high:
                return f"must lie between {low} and {high}, not {value!r}"
        if self.steps and isinstance(value, str) and not _are_steps(value):
            return f'must be waits like "1m 10m 1h", a week at most, not {value!r}'
        return ""

    def read(self, text: str) -> str | int | float | bool:
        """The value that a person typed.

        Raises:
            ValueError: It can't be used; the message says why.
        """
        value = _parsed(text.strip(), type(self.default))
        if problem := self.problem(value):
            raise ValueError(f"{self.name} {problem}")
        return float(value) if isinstance(self.default, float) else value


_KIND: dict[type, str] = {int: "a whole number", float: "a number", str: "text", bool: "true or false"}
_TRUE, _FALSE = ("true", "on", "yes", "1"), ("false", "off", "no", "0")


def _parsed(text: str, wanted: type) -> str | int | float | bool:
    if wanted is bool:
        return text.lower() in _TRUE if text.lower() in (*_TRUE, *_FALSE) else text
    if wanted in (int, float):
        try:
            return int(text) if wanted is int else float(text)
        except ValueError:
            return text
    return text


def _are_steps(text: str) -> bool:
    return all(
        (match := _STEP.fullmatch(part)) and int(match[1]) * _STEP_SECONDS[match[2]] <= MAX_STEP
        for part in text.split()
    )


def step_seconds(text: str) -> tuple[int, ...]:
    """Waits like ``1m 10m`` in seconds."""
    return tuple(int(part[:-1]) * _STEP_SECONDS[part[-1]] for part in text.split())


SETTINGS: tuple[Setting, ...] = tuple(
    Setting(item.name, cast("str | int | float | bool", item.default), **item.metadata)
    for item in fields(Settings)
    if item.name != KEYS
)
"""All settings but the keys, in the order of the screen and of the file."""


def setting(name: str) -> Setting | None:
    """A setting by its name; None when there is none of that name."""
    return next((item for item in SETTINGS if item.name == name), None)


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A value in the file that can't be used.

    Attributes:
        name: The setting; for a key of one's own ``keys`` and its name.
        about: What is wrong with it, and what is used instead.
    """

    name: str
    about: str


def settings_from(raw: Mapping[str, Any]) -> tuple[Settings, tuple[WrongValue, ...]]:
    """Settings out of plain values; what can't be used is told, and its default stands in for it."""
    values: dict[str, Any] = {}
    wrong: list[WrongValue] = []
    for name, value in raw.items():
        item = setting(name)
        if name == KEYS:
            values[KEYS], more = _own_keys(value)
            wrong += more
        elif item is None:
            wrong.append(WrongValue(name, f"there is no setting {name!r}; it is ignored"))
        elif problem := item.problem(value):
            wrong.append(WrongValue(name, f"{name} {problem}; {as_toml(item.default)} is used"))
        else:
            values[name] = float(value) if isinstance(item.default, float) else value
    return Settings(**values), tuple(wrong)


def flat_keys(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Names and values of a table; names that TOML reads as nested (``review.good``) are joined again."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat_keys(value, f"{before}{name}.")
        else:
            yield before + name, value


def _own_keys(raw: object) -> tuple[tuple[tuple[str, str], ...], list[WrongValue]]:
    if not isinstance(raw, dict):
        return (), [WrongValue(KEYS, f"{KEYS} must be a table, not {raw!r}; it is ignored")]
    raw = dict(flat_keys(raw))
    wrong = [
        WrongValue(name, f"the keys of {name!r} must be text, not {keys!r}; they are ignored")
        for name, keys in raw.items()
        if not (isinstance(keys, str) and keys.strip())
    ]
    good = ((name, keys) for name, keys in raw.items() if isinstance(keys, str) and keys.strip())
    return tuple(good), wrong


def as_toml(value: str | int | float | bool) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        import json

        # A TOML basic string is a JSON string, save for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
