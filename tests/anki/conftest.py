"""Fixtures of the Anki tests: files of media, a writer, and the real Anki to import into."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from learnfeed.anki.package import write_package
from learnfeed.core.review import Template
from tests.anki import real_anki
from tests.anki.samples import NOW, PIXEL, SILENCE, SPEC


@pytest.fixture
def picture(tmp_path: Path) -> str:
    path = tmp_path / "雪 photo?.jpeg"
    path.write_bytes(PIXEL)
    return str(path)


@pytest.fixture
def recording(tmp_path: Path) -> str:
    path = tmp_path / "xue3.mp3"
    path.write_bytes(SILENCE)
    return str(path)


@pytest.fixture
def write(tmp_path: Path):
    """Writes a package and gives its path and summary."""

    def write(notes, spec=SPEC, name="deck.apkg", **options):
        path = tmp_path / name
        summary = write_package(spec, notes, path, **{"now": NOW, **options})
        return path, summary

    return write


class Anki:
    """A real collection, with the import a user would do."""

    def __init__(self, folder: Path, *, fsrs: bool = True) -> None:
        from anki.collection import Collection

        folder.mkdir(parents=True, exist_ok=True)
        self.col = Collection(str(folder / "collection.anki2"))
        self.col.set_config("fsrs", fsrs)

    def take(self, path: Path, *, progress: bool = True):
        """Imports a package and gives Anki's log of it."""
        return real_anki.take(self.col, path, progress=progress)

    def card(self, headword: str, template: Template):
        """The card of a word."""
        (card,) = self.col.find_cards(f'"Hanzi:{headword}" "card:{template.number + 1}"')
        return self.col.get_card(card)

    def note(self, headword: str):
        (note,) = self.col.find_notes(f'"Hanzi:{headword}"')
        return self.col.get_note(note)

    def rendered(self):
        """Front and back of every card, as Anki shows them."""
        for number in self.col.find_cards(""):
            card = self.col.get_card(number)
            yield card, card.question(), card.answer()

    def table(self, name: str):
        return self.col.db.all(f"select * from {name} order by 1")

    def content(self):
        """All that a repeated import might change."""
        tables = ("notes", "cards", "revlog", "notetypes", "templates", "fields")
        return {name: self.table(name) for name in tables}


@pytest.fixture
def anki(tmp_path: Path):
    """A fresh collection."""
    collection = Anki(tmp_path / "anki")
    yield collection
    collection.col.close()


_IN_ZONE = """
import json, pathlib, sys
from tests.anki.conftest import Anki
from tests.anki.real_anki import is_new_fsrs
anki = Anki(pathlib.Path(sys.argv[2]))
anki.take(sys.argv[1])
out = {}
for number in anki.col.find_cards("card:1"):
    card = anki.col.get_card(number)
    memory = card.memory_state
    own = anki.col.compute_memory_state(number) if is_new_fsrs() else memory
    out[card.note()["Hanzi"]] = {
        "type": card.type, "due": card.due, "ivl": card.ivl, "reps": card.reps, "lapses": card.lapses,
        "today": anki.col.sched.today, "stability": memory.stability, "difficulty": memory.difficulty,
        "own_stability": own.stability, "own_difficulty": own.difficulty,
    }
anki.col.close()
print(json.dumps(out))
"""


@pytest.fixture
def in_zone(tmp_path: Path):
    """Imports a package where the clock shows another zone; gives the first cards by headword.

    In a process of its own, for Anki remembers the zone of its process for a while.
    """

    def import_there(zone: str, path: Path) -> dict[str, dict[str, float]]:
        run = subprocess.run(
            [sys.executable, "-c", _IN_ZONE, str(path), str(tmp_path / "there")],
            env={**os.environ, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(run.stdout)

    return import_there
