"""Keys of one's own: which names there are, and what is wrong with a set of keys."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

import learnfeed.tui
from learnfeed.tui.keys import key_label

_MODIFIERS = ("ctrl", "shift", "alt", "super", "hyper", "meta")
_NAMED = {key.value for key in Keys} | set(KEY_NAME_REPLACEMENTS.values()) | {f"f{n}" for n in range(1, 25)}
_NAMED |= {
    "space",
    "comma",
    "full_stop",
    "slash",
    "minus",
    "plus",
    "asterisk",
    "at",
    "number_sign",
    "question_mark",
}


@dataclass(frozen=True, slots=True)
class NamedKeys:
    """What can be done somewhere.

    Attributes:
        name: Its name in the settings, such as ``review.good``.
        keys: Its keys when nothing is set, with commas between.
        about: What it does, in English.
    """

    name: str
    keys: str
    about: str


def all_names() -> dict[str, NamedKeys]:
    """Everything in the app that a key does, by name; keys that do a row of things (1–6) are not for changing."""
    found: dict[str, NamedKeys] = {}
    keys: dict[str, set[str]] = {}
    for module in pkgutil.walk_packages(learnfeed.tui.__path__, "learnfeed.tui."):
        for owner in vars(importlib.import_module(module.name)).values():
            if isinstance(owner, type) and issubclass(owner, DOMNode) and owner.__module__ == module.name:
                for binding in vars(owner).get("BINDINGS", ()):
                    if isinstance(binding, Binding) and binding.id:
                        found[binding.id] = NamedKeys(binding.id, binding.key, binding.tooltip)
                        keys.setdefault(binding.id, set()).add(binding.key)
    return {name: found[name] for name in sorted(found) if len(keys[name]) == 1}


def problems(own: Mapping[str, str]) -> list[str]:
    """What is wrong with keys of one's own, a line for each: unknown names, unknown keys, keys that clash."""
    names = all_names()
    said = [
        f"keys: there is no {name!r}; learnfeed settings keys lists all" for name in own if name not in names
    ]
    said += [
        f"keys: {name} = {key!r} is no key; write one like g, ctrl+g, space, left, f2"
        for name, keys in own.items()
        for key in _split(keys)
        if not _is_key(key)
    ]
    return said + _clashes(own, names)


def _clashes(own: Mapping[str, str], names: Mapping[str, NamedKeys]) -> list[str]:
    used: dict[tuple[str, str], list[str]] = {}
    for name, item in names.items():
        for key in _split(own.get(name, item.keys)):
            used.setdefault((name.partition(".")[0], key_label(key)), []).append(name)
    return [
        f"keys: {key} is both {' and '.join(sorted(doing))}"
        for (_, key), doing in used.items()
        if len(set(doing)) > 1 and any(name in own for name in doing)
    ]


def _split(keys: str) -> Iterable[str]:
    return (key.strip() for key in keys.split(",") if key.strip())


def _is_key(key: str) -> bool:
    *before, last = key.split("+") if key != "+" else [key]
    return all(part in _MODIFIERS for part in before) and (len(last) == 1 or last in _NAMED)
