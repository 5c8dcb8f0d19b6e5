"""Note types: their fields, card templates and styles, read from ``notetypes/<slug>/``.

A ``notetype.toml`` holds the numbers that Anki knows a note type, its fields and templates by. They
never change once a deck was given away, nor do the names and their order; a new field or template
would cost every user a full sync, which is what the reserve fields are for.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

WORD = "word"
READING = "reading"
SLUGS = (WORD, READING)


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """One kind of card of a note type.

    Attributes:
        id: Anki's number of it.
        name: As Anki shows it.
        front, back: Template texts.
        needs: Indexes of the fields that must all hold something for the card to exist. The front
            says the same in its ``{{#…}}`` sections, which is how Anki decides.
    """

    id: int
    name: str
    front: str
    back: str
    needs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a note type.

    Attributes:
        id: Anki's number of it.
        name: As Anki shows it.
        plain: Whether it holds text without markup, edited as such.
        folded: Whether the editor shows it folded.
    """

    id: int
    name: str
    plain: bool
    folded: bool


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type.

    Attributes:
        id: Anki's number of it.
        name: As Anki shows it.
        changed: Unix seconds when a template or style last changed. Anki takes over an update only
            when it is newer than what stands there, and then a user's own styles give way.
        fields: In Anki's order.
        templates: In Anki's order.
        css: The styles.
        sort_field: Index of the field Anki's browser sorts by.
    """

    id: int
    name: str
    changed: int
    fields: tuple[Field, ...]
    templates: tuple[CardTemplate, ...]
    css: str
    sort_field: int


@lru_cache
def note_type(slug: str) -> NoteType:
    """The note type of a folder in ``notetypes/``."""
    folder = files("learnfeed.anki").joinpath("notetypes")
    texts = {
        part.name: part.read_text(encoding="utf-8").strip()
        for part in folder.joinpath(slug).iterdir()
        if part.name.endswith((".html", ".css", ".toml"))
    }
    data = tomllib.loads(texts["notetype.toml"])
    fields = tuple(_field(item) for item in data["fields"])
    index = {field.name: at for at, field in enumerate(fields)}
    common = folder.joinpath("common.css").read_text(encoding="utf-8").strip()
    return NoteType(
        id=data["id"],
        name=data["name"],
        changed=data["changed"],
        fields=fields,
        templates=tuple(_template(item, index, texts) for item in data["templates"]),
        css=f"{common}\n\n{texts['style.css']}\n",
        sort_field=index[data["sort_field"]],
    )


def _field(item: dict[str, Any]) -> Field:
    return Field(item["id"], item["name"], item.get("plain", False), item.get("folded", False))


def _template(item: dict[str, Any], index: dict[str, int], texts: dict[str, str]) -> CardTemplate:
    return CardTemplate(
        id=item["id"],
        name=item["name"],
        front=_joined(item["front"], texts),
        back=_joined(item["back"], texts),
        needs=tuple(index[name] for name in item["needs"]),
    )


def _joined(names: list[str], texts: dict[str, str]) -> str:
    return "\n".join(texts[name] for name in names)
