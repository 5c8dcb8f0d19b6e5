"""Writes Anki packages (``.apkg``). The only place that knows genanki.

genanki makes the empty collection and the JSON of note types and decks; the rows are ours, because a
card of ours has a schedule, an id that never changes, and exists exactly when Anki would make it.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from learnfeed.anki import markup
from learnfeed.anki.media import MediaShelf
from learnfeed.anki.notetype import NoteType
from learnfeed.anki.preset import PRESET_ID, preset
from learnfeed.anki.rows import NoteRows, Row, RowMaker, deck_id
from learnfeed.anki.schedule import AnkiClock, Fsrs, decay_of
from learnfeed.core.errors import ExportError
from learnfeed.core.note import DeckSpec, Note

_BATCH = 500
_INSERT_NOTE = "INSERT INTO notes VALUES (?,?,?,?,?,?,?,?,?,?,?)"
_INSERT_CARD = "INSERT INTO cards VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_INSERT_REVIEW = "INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)"
_COUNTS = "SELECT (SELECT count(*) FROM notes), (SELECT count(*) FROM cards), (SELECT count(*) FROM revlog)"
_LEVEL = 1
"""Of deflate: about a tenth larger than level 6, in a third of the time."""


@dataclass(frozen=True, slots=True)
class PackageSummary:
    """What a package holds.

    Attributes:
        notes: Notes written.
        cards: Cards written.
        reviews: Answers in the history.
        media: Pictures and recordings.
        bytes: Size of the file.
        decks: Full names, parents first.
        empty_notes: Notes left out because no card could be made of them.
        repeated_notes: Notes left out because one with the same guid came before.
        skipped_media: Files named by notes that are missing or no picture or sound Anki knows.
    """

    notes: int
    cards: int
    reviews: int
    media: int
    bytes: int
    decks: tuple[str, ...]
    empty_notes: int = 0
    repeated_notes: int = 0
    skipped_media: tuple[str, ...] = ()


def write_package(
    spec: DeckSpec,
    notes: Iterable[Note],
    path: Path,
    *,
    now: datetime,
    parameters: Sequence[float] | None = None,
    retention: float = 0.9,
) -> PackageSummary:
    """Writes a package; the file appears whole or not at all.

    The same notes and ``now`` give the same bytes. Notes are taken one by one and not kept.

    Args:
        spec: The deck.
        notes: In the order their new cards should be seen.
        path: Where to; what stands there is replaced at the end.
        now: Time of the export; its UTC offset is that of the day numbers.
        parameters: FSRS parameters of the learner; None for the defaults.
        retention: Desired retention, 0–1.

    Raises:
        ExportError: The file can't be written, no note makes a card, or what was written is not
            what was meant.
    """
    clock = AnkiClock.at(now, spec.rollover)
    fsrs = Fsrs(retention, decay_of(parameters), len(spec.learning_steps), len(spec.relearning_steps))
    maker = RowMaker(spec, clock, fsrs)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".learnfeed-") as folder:
            database = Path(folder, "collection.anki2")
            made = _fill(database, maker, notes, _Frame(spec, clock, now, parameters, retention))
            package = Path(folder, "deck.apkg")
            _zip(package, database, maker.media)
            size = package.stat().st_size
            package.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise ExportError(
            f"{path} could not be written: {getattr(error, 'strerror', None) or error}",
            hint="Check that the folder exists, can be written to and has room.",
        ) from error
    return PackageSummary(
        notes=made.notes,
        cards=made.cards,
        reviews=made.reviews,
        media=len(maker.media.files),
        bytes=size,
        decks=tuple(sorted(maker.decks.values())),
        empty_notes=maker.empty,
        repeated_notes=maker.repeated,
        skipped_media=tuple(maker.media.skipped),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is told of a collection as a whole."""

    spec: DeckSpec
    clock: AnkiClock
    now: datetime
    parameters: Sequence[float] | None
    retention: float


@dataclass(slots=True)
class _Made:
    """Rows written so far."""

    notes: int = 0
    cards: int = 0
    reviews: int = 0

    def count(self, batch: list[NoteRows]) -> None:
        self.notes += len(batch)
        self.cards += sum(len(rows.cards) for rows in batch)
        self.reviews += sum(len(rows.reviews) for rows in batch)


def _fill(database: Path, maker: RowMaker, notes: Iterable[Note], frame: _Frame) -> _Made:
    import genanki

    made = _Made()
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        # A temporary file of our own: no journal is needed to throw it away after a failure.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        genanki.Package([]).write_to_db(connection.cursor(), frame.now.timestamp(), itertools.count(1))
        connection.execute("BEGIN")
        for batch in _batches(maker, notes):
            _insert(connection, batch)
            made.count(batch)
        _describe(connection, maker, frame)
        connection.execute("COMMIT")
        _verify(connection, made)
    finally:
        connection.close()
    return made


def _batches(maker: RowMaker, notes: Iterable[Note]) -> Iterator[list[NoteRows]]:
    batch: list[NoteRows] = []
    for note in notes:
        rows = maker.rows(note)
        if rows is not None:
            batch.append(rows)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _insert(connection: sqlite3.Connection, batch: list[NoteRows]) -> None:
    connection.executemany(_INSERT_NOTE, [rows.note for rows in batch])
    connection.executemany(_INSERT_CARD, [card for rows in batch for card in rows.cards])
    for rows in batch:
        for review in rows.reviews:
            _insert_review(connection, review)


def _insert_review(connection: sqlite3.Connection, row: Row) -> None:
    """Writes an answer. Anki wants one a millisecond: of two at once the later moves on by one."""
    at, *rest = row
    while True:
        try:
            connection.execute(_INSERT_REVIEW, (at, *rest))
        except sqlite3.IntegrityError:
            at = int(at) + 1
        else:
            return


def _describe(connection: sqlite3.Connection, maker: RowMaker, frame: _Frame) -> None:
    """Fills the row of the ``col`` table: settings, note types, decks and presets."""
    conf, decks, presets = map(
        json.loads, connection.execute("SELECT conf, decks, dconf FROM col").fetchone()
    )
    conf |= {
        "schedVer": 2,
        "sched2021": True,
        "creationOffset": frame.clock.minutes_west,
        "rollover": frame.spec.rollover,
        "curDeck": 1,
        "activeDecks": [1],
    }
    conf.pop("curModel", None)
    carries_preset = frame.spec.include_reviews
    if carries_preset:
        presets[str(PRESET_ID)] = preset(frame.spec, frame.parameters, frame.retention)
    for name in _with_parents(maker.decks.values()):
        decks[str(deck_id(name))] = _deck(name, frame.spec, PRESET_ID if carries_preset else 1)
    models = {str(kind.id): _model(kind) for kind in maker.types.values()}
    moment = int(frame.now.timestamp() * 1000)
    connection.execute(
        "UPDATE col SET crt = ?, mod = ?, scm = ?, conf = ?, models = ?, decks = ?, dconf = ?",
        (frame.clock.created, moment, moment, *map(json.dumps, (conf, models, decks, presets))),
    )


def _with_parents(names: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for name in sorted(names):
        parts = name.split("::")
        found |= dict.fromkeys("::".join(parts[:end]) for end in range(1, len(parts) + 1))
    return list(found)


def _deck(name: str, spec: DeckSpec, conf: int) -> dict[str, Any]:
    import genanki

    own = name == markup.deck_name(spec.name)
    deck = genanki.Deck(deck_id(name), name, markup.escape(spec.description) if own else "")
    unused = {"newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0]}
    return {**deck.to_json(), **unused, "conf": conf}


def _model(kind: NoteType) -> dict[str, Any]:
    import genanki

    model = genanki.Model(
        kind.id,
        kind.name,
        fields=[
            {"id": f.id, "name": f.name, "plainText": f.plain, "collapsed": f.folded} for f in kind.fields
        ],
        templates=[{"id": t.id, "name": t.name, "qfmt": t.front, "afmt": t.back} for t in kind.templates],
        css=kind.css,
        sort_field_index=kind.sort_field,
    )
    # genanki guesses this by rendering, wrongly for filters and sections; we know it.
    vars(model)["_req"] = [[at, "all", list(t.needs)] for at, t in enumerate(kind.templates)]
    described: dict[str, Any] = model.to_json(kind.changed, None)
    return described


def _verify(connection: sqlite3.Connection, made: _Made) -> None:
    found = connection.execute(_COUNTS).fetchone()
    if found != (made.notes, made.cards, made.reviews):
        raise ExportError(f"the deck holds {found} rows instead of {made}", hint="Please report this.")
    if not made.cards:
        raise ExportError(
            "There is nothing to put into the deck", hint="Save some posts, or choose more of them."
        )


def _zip(package: Path, database: Path, media: MediaShelf) -> None:
    listing = {str(at): name for at, name in enumerate(media.files)}
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        _add(archive, "collection.anki2", database)
        with archive.open("media", "w") as out:
            out.write(json.dumps(listing).encode())
        for at, path in enumerate(media.files.values()):
            _add(archive, str(at), path)


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    # A member opened by name carries no date of its own, so that equal decks are equal files.
    with path.open("rb") as source, archive.open(name, "w") as out:
        shutil.copyfileobj(source, out, 1 << 20)
