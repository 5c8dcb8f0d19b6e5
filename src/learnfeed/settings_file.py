"""The settings file: read with the line of every wrong value, edited line by line.

A person's comments, order and unknown names are theirs: an edit touches one line and nothing else. What
the edited text means is read back before it is written; an edit that would change anything else is refused.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learnfeed.core.errors import SettingsError
from learnfeed.core.toml_text import parse_toml
from learnfeed.settings import KEYS, SETTINGS, Setting, Settings, as_toml, flat_keys, settings_from

if TYPE_CHECKING:
    from learnfeed.settings import WrongValue

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HEADER = re.compile(r"\s*+(\[\[?)([^\]]*+)\]\]?\s*+(#.*)?")
_VALUE = r"""(?P<value>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'\[{][^#"']*?)(?P<after>\s*(?:#.*)?)"""
_WIDTH = 100
_LARGEST = 1 << 20


def load_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Reads the settings file.

    Returns:
        The settings, and a message for each value that can't be used: file, line, what is wrong, and what is
        used instead. A missing file gives the defaults and no message.
    """
    try:
        text = _text(path)
        raw = _parsed(text, path)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (f"{path}: {error.strerror}; the defaults are used",)
    except UnicodeDecodeError:
        return Settings(), (f"{path}: it is not UTF-8; the defaults are used",)
    except SettingsError as error:
        return Settings(), (f"{error}; the defaults are used",)
    settings, wrong = settings_from(raw)
    return settings, tuple(_told(path, text, item) for item in wrong)


def _told(path: Path, text: str, wrong: WrongValue) -> str:
    at = _find(text.splitlines(), "", wrong.name) or _find(text.splitlines(), KEYS, wrong.name)
    where = f"{path}, line {at[0] + 1}" if at else str(path)
    return f"{where}: {wrong.about}"


def change(path: Path, item: Setting, value: str | int | float | bool | None) -> None:
    """Writes a setting into the file, or takes it out (None: its default holds again).

    Raises:
        SettingsError: The file holds what can't be read, so that nothing is written over.
    """
    _edit(path, "", item.name, value)


def change_key(path: Path, name: str, keys: str | None) -> None:
    """Writes keys of one's own into the file, or takes them out (None).

    Raises:
        SettingsError: The file holds what can't be read, so that nothing is written over.
    """
    _edit(path, KEYS, name, keys)


def _edit(path: Path, table: str, name: str, value: str | int | float | bool | None) -> None:
    try:
        before = _text(path)
    except FileNotFoundError:
        before = template()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} can't be read: {error}", hint="Mend the file, then try again."
        ) from error
    wanted = _changed(_parsed(before, path), table, name, value)
    after = _without(before, table, name) if value is None else _with(before, table, name, value)
    if _flat(_parsed(after, path)) != _flat(wanted):
        raise SettingsError(
            f"{path}: {name} is written in a way that can't be changed from here",
            hint="Change it in the file by hand.",
        )
    if after != before or not path.exists():
        _write(path, after)


def _write(path: Path, text: str) -> None:
    from learnfeed.services.media import write_atomically

    try:
        # A link, as people keep their settings under version control, stays one.
        write_atomically(path.resolve(), text.encode())
    except OSError as error:
        raise SettingsError(
            f"{path} can't be written: {error.strerror}", hint="Check the folder's permissions."
        ) from error


def _text(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise SettingsError(f"{path} is too large for a settings file", hint="It has at most 1 MiB.")
    return data.decode("utf-8-sig")


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return parse_toml(text)
    except ValueError as error:
        raise SettingsError(
            f"{path} can't be read: {error}", hint="Mend that line, then try again."
        ) from None


def _changed(
    raw: dict[str, Any], table: str, name: str, value: str | int | float | bool | None
) -> dict[str, Any]:
    part = dict(_flat(raw).get(table, {}) if table else raw)
    part.pop(name, None)
    if value is not None:
        part[name] = value
    return {**raw, table: part} if table else part


def _flat(raw: dict[str, Any]) -> dict[str, Any]:
    """With ``review.good`` written as nested names told as one name; an empty table of keys is none."""
    keys = raw.get(KEYS)
    rest = {name: value for name, value in raw.items() if name != KEYS}
    return rest | {KEYS: dict(flat_keys(keys))} if isinstance(keys, dict) and keys else rest


# -- lines -----------------------------------------------------------------------------------------


def _named(name: str) -> str:
    quoted = "|".join((re.escape(f'"{name}"'), re.escape(f"'{name}'"), re.escape(name)))
    return rf"\s*(?:{quoted})\s*=\s*"


def _find(lines: list[str], table: str, name: str) -> tuple[int, re.Match[str] | None] | None:
    """Line of a name, from 0, and its parts where its value ends on that line."""
    begins, whole, inside = re.compile(_named(name)), re.compile(f"({_named(name)}){_VALUE}"), ""
    for at, line in enumerate(lines):
        if (header := _HEADER.fullmatch(line)) and "=" not in line.partition("#")[0]:
            inside = header[2].strip() if header[1] == "[" else "[["
        elif inside == table and begins.match(line):
            return at, whole.fullmatch(line)
    return None


def _with(text: str, table: str, name: str, value: str | int | float | bool) -> str:
    lines, end = _lines(text)
    found = _find(lines, table, name)
    if found and found[1]:
        lines[found[0]] = found[1][1] + as_toml(value) + found[1]["after"]
    elif not found:
        key = name if _BARE.fullmatch(name) else as_toml(name)
        lines.insert(_place(lines, table, name), f"{key} = {as_toml(value)}")
    return end.join(lines)


def _without(text: str, table: str, name: str) -> str:
    lines, end = _lines(text)
    found = _find(lines, table, name)
    if found and found[1]:
        comment = found[1]["after"].strip()
        lines[found[0] : found[0] + 1] = [comment] if comment else []
    return end.join(lines)


def _lines(text: str) -> tuple[list[str], str]:
    end = "\r\n" if "\r\n" in text else "\n"
    return text.split(end), end


def _place(lines: list[str], table: str, name: str) -> int:
    """Where a new line belongs: under the comment that tells its default, else at the end of its table."""
    commented = re.compile(rf"#{_named(name)}.*")
    headers = [at for at, line in enumerate(lines) if _HEADER.fullmatch(line)]
    if table:
        start = next((at for at in headers if lines[at].strip().startswith(f"[{table}]")), None)
        if start is None:
            lines[:] = [*_stripped(lines), "", f"[{table}]", ""]
            return len(lines) - 1
        end = next((at for at in headers if at > start), len(lines))
    else:
        start, end = -1, headers[0] if headers else len(lines)
    told = [at for at in range(start + 1, end) if commented.fullmatch(lines[at])]
    if told:
        return told[-1] + 1
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _stripped(lines: list[str]) -> list[str]:
    last = max((at for at, line in enumerate(lines) if line.strip()), default=-1)
    return lines[: last + 1]


# -- the documented file ---------------------------------------------------------------------------


def template() -> str:
    """A settings file in which every setting is told and nothing is set."""
    lines = [
        "# Settings of learnfeed. Take the # away before a name to set it; a wrong value gets a message",
        "",
    ]
    group = None
    for item in SETTINGS:
        if item.group is not group:
            group = item.group
            lines += [f"# -- {group} {'-' * (60 - len(group))}", ""]
        lines += [*_about(item), f"# {item.name} = {as_toml(item.default)}", ""]
    lines += [
        f"# -- Keys {'-' * 56}", "",
        "# Keys of your own; learnfeed settings keys lists all names. Several keys with commas between.",
        f"[{KEYS}]", '# "review.good" = "3,space"', "",
    ]  # fmt: skip
    return "\n".join(lines)


def _about(item: Setting) -> list[str]:
    text = item.about
    if item.choices:
        text += f": {', '.join(item.choices)}"
    elif item.between:
        text += f" ({item.between[0]}–{item.between[1]})"
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="# ")
