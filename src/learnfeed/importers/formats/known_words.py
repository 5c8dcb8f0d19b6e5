"""Known words as tables: LingQ, Lute, Migaku, and JSON: Duolingo, Language Reactor, HSK lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from learnfeed.importers import values
from learnfeed.importers.base import Item, KnownWord, Probe
from learnfeed.importers.records import Placed, Record, json_keys, json_records, read_json
from learnfeed.importers.rows import csv_header, csv_records
from learnfeed.importers.source import Source
from learnfeed.importers.text import has_hanzi

_Judge = Callable[[Record], bool | None]
_KNOWN_BARS = 3


def _lute(row: Record) -> bool | None:
    """Status 1–4 learning, 5 and 99 (W) known, 98 (I) ignored, which counts as known; 0 unknown."""
    status = values.line(row.get("status")).upper()
    return {"5": True, "99": True, "W": True, "98": True, "I": True, "0": None}.get(status, False)


def _migaku(row: Record) -> bool | None:
    status = values.string(row.get("knownStatus")).strip().upper()
    if not status:
        return False
    return {"KNOWN": True, "IGNORED": True, "LEARNING": False}.get(status)


def _reactor(row: Record) -> bool | None:
    return {"KNOWN": True, "SKIPPED": True, "LEARNING": False}.get(
        values.line(row.get("learningStage")).upper()
    )


def _duolingo(row: Record) -> bool | None:
    bars = row.get("strength_bars")
    return isinstance(bars, int) and bars >= _KNOWN_BARS


def _always(_: Record) -> bool | None:
    return True


def _learning(_: Record) -> bool | None:
    return False


@dataclass(frozen=True, slots=True)
class Layout:
    """One tool's list of words.

    Attributes:
        keys: Columns or members it is known by.
        word: Where the word stands; a member of a member is written with a dot.
        judge: Known, being learned, or None for neither.
    """

    keys: frozenset[str]
    word: str
    judge: _Judge


_TABLES = (
    Layout(frozenset(("term", "phrase", "meaning1")), "term", _learning),
    Layout(frozenset(("term", "translation", "language", "status")), "term", _lute),
    Layout(frozenset(("dictForm", "hasCard")), "dictForm", _migaku),
)
_JSON = (
    Layout(frozenset(("vocab_overview", "word_string")), "word_string", _duolingo),
    Layout(frozenset(("itemType", "learningStage", "langCode_G")), "word.text", _reactor),
    Layout(frozenset(("simplified", "forms", "level")), "simplified", _always),
    Layout(frozenset(("s", "r", "l", "f")), "s", _always),
)


class WordTable:
    """Words of LingQ, Lute and Migaku (CSV)."""

    name = "word-table"
    label = "Words of LingQ, Lute or Migaku"

    def sniff(self, probe: Probe) -> float:
        """Sure by the header."""
        return 0.97 if _layout(_TABLES, frozenset(csv_header(probe.text))) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the words in Chinese."""
        layout = _layout(_TABLES, frozenset(csv_header(source.probe().text)))
        yield from _words(source, layout, csv_records(source))


class WordJson:
    """Words of Duolingo and Language Reactor, and HSK lists (JSON)."""

    name = "word-json"
    label = "Words of Duolingo or Language Reactor, HSK lists"

    def sniff(self, probe: Probe) -> float:
        """Sure by the members."""
        return 0.9 if _layout(_JSON, json_keys(probe)) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the words in Chinese."""
        keys = json_keys(source.probe())
        layout = _layout(_JSON, keys)
        if "vocab_overview" in keys:
            data = read_json(source)
            rows = data.get("vocab_overview") if isinstance(data, dict) else None
            found = (r for r in (rows if isinstance(rows, list) else ()) if isinstance(r, dict))
            yield from _words(source, layout, ((f"word {n}", row) for n, row in enumerate(found, 1)))
        else:
            yield from _words(source, layout, json_records(source))


def _layout(layouts: tuple[Layout, ...], names: frozenset[str]) -> Layout | None:
    return next((layout for layout in layouts if layout.keys <= names), None)


def _words(source: Source, layout: Layout | None, rows: Iterator[Placed]) -> Iterator[Item]:
    if layout is None:
        yield source.problem("it has not the columns of a list of words", hint="name another format")
        return
    for place, row in rows:
        value: object = row
        for name in layout.word.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        word = values.line(value)
        known = layout.judge(row)
        if known is None or not word:
            continue
        if has_hanzi(word):
            yield KnownWord(word, known, place)
        else:
            yield source.problem(f"{word[:40]!r} is no Chinese word", place)
