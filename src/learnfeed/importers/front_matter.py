r"""The properties at the top of a Markdown note, read as note apps write them: simple YAML, never more.

Values are text, or lists of text. Nothing is built from them (no YAML tags, no anchors), and a value
that breaks YAML's rules, as unquoted titles with ``: `` or a lone ``\\`` do, is still read.
"""

from __future__ import annotations

import re

from learnfeed.importers.text import split_lines

_PROPERTY = re.compile(r"([\w][\w .-]{0,60}?)\s*:(?:\s+(.*)|\s*)$")
_ITEM = re.compile(r"\s*-\s+(.*)$")
_MOST_LINES = 300

Properties = dict[str, str | list[str]]


def split_front_matter(text: str) -> tuple[Properties, str]:
    """The properties and the text below them.

    Without a closing ``---`` there are no properties: the whole is text.
    """
    lines = split_lines(text.lstrip("\ufeff"))
    if not lines or lines[0].strip() != "---":
        return {}, text
    end = next((i for i, line in enumerate(lines[1:_MOST_LINES], 1) if line.strip() in ("---", "...")), 0)
    found = _properties(lines[1:end]) if end else {}
    if not found:
        return {}, "\n".join(lines[1:]) if not end else text
    return found, "\n".join(lines[end + 1 :])


def _properties(lines: list[str]) -> Properties:
    found: Properties = {}
    name = ""
    for line in lines:
        item = _ITEM.match(line)
        match = _PROPERTY.match(line)
        if item and name:
            held = found[name]
            found[name] = [*(held if isinstance(held, list) else []), _value(item.group(1))]
        elif match:
            name = match.group(1)
            found[name] = _listed((match.group(2) or "").strip())
        elif name and line.startswith(" ") and isinstance(found[name], str):
            found[name] = f"{found[name]} {line.strip()}".strip()
    return found


def _listed(text: str) -> str | list[str]:
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        return [_value(part) for part in re.findall(r'"(?:[^"\\]|\\.)*"|[^,\s][^,]*', text[1:-1])]
    return _value(text)


def _value(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('\\"', '"')
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return text


def one(properties: Properties, *names: str) -> str:
    """The first of some properties that is filled, as text; wiki links lose their brackets."""
    for name in names:
        held = properties.get(name)
        text = next((item for item in held if item), "") if isinstance(held, list) else held
        if text:
            return text.removeprefix("[[").removesuffix("]]")
    return ""


def many(properties: Properties, name: str) -> list[str]:
    """A property as a list; a single text becomes a list of one."""
    held = properties.get(name, [])
    return held if isinstance(held, list) else [part.strip() for part in held.split(",") if part.strip()]
