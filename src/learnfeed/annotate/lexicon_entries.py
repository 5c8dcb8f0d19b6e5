"""From dictionary lines to the entries of a headword, in the order a learner should meet them.

Pointers ("see …", "variant of …") are followed: the entry shows what it points to. Surnames, variants
and coarse senses go last, internet senses of our own first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from learnfeed.annotate.cedict import LAST, Line, Pointer, align_syllables
from learnfeed.core.word import Entry, Sense

_MAX_HOPS = 4
_SENSES_SHOWN_OF_A_TARGET = 6
_REMARK = re.compile(r"\([^()]*\)")
"""A gloss that only says how a word is used: ``(adverb of degree)``."""

Readings = Mapping[str, Mapping[str, int]]
"""How often a character has each of its readings in running text."""


class Collector:
    """Gathers the entries of every headword.

    Args:
        lines: The dictionary.
        readings: Counts of readings, which order the entries of heteronyms.
    """

    def __init__(self, lines: Iterable[Line], readings: Readings) -> None:
        self._readings = readings
        self._by_word: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            self._by_word[line.simplified].append(line)

    def headwords(self) -> list[str]:
        """All simplified headwords, sorted."""
        return sorted(self._by_word)

    def forms(self) -> dict[str, set[str]]:
        """Traditional forms that differ from their headword → headwords."""
        out: dict[str, set[str]] = defaultdict(set)
        for word, lines in self._by_word.items():
            for line in lines:
                if line.traditional != word:
                    out[line.traditional].add(word)
        return out

    def entries(self, word: str) -> list[Entry]:
        """The entries of a headword, best first."""
        ranked = []
        for number, line in enumerate(self._by_word.get(word, ())):
            if not _repeats_its_target(line):
                entry = self._entry(line)
                ranked.append(((*self._rank(line, entry), number), entry))
        ranked.sort(key=lambda pair: pair[0])
        return _merge([entry for _, entry in ranked])

    def _entry(self, line: Line) -> Entry:
        senses = [*line.senses, *self._borrowed(line)]
        if line.is_name:
            senses = [Sense(s.gloss, (*s.tags, "name")) for s in senses]
        return Entry(
            simplified=line.simplified,
            traditional=line.traditional,
            syllables=line.syllables,
            senses=ordered(senses),
            measure_words=line.measure_words or self._borrowed_measures(line),
        )

    def _rank(self, line: Line, entry: Entry) -> tuple[int, int, int]:
        """Small is good: kind of entry, rarity of the reading, few senses."""
        tags = [set(s.tags) for s in entry.senses]
        if line.syllables[-1] == "r5":
            kind = 0
        elif all("surname" in t for t in tags):
            kind = 4
        elif not line.senses and not any(p.short for p in line.pointers):
            kind = 3 if len(line.simplified) == 1 else 1
        elif line.is_name:
            kind = 2
        elif all(t & {"reference", "old", "vulgar"} for t in tags):
            kind = 1
        else:
            kind = 0
        counts = self._readings.get(line.simplified, {}) if len(line.simplified) == 1 else {}
        return kind, -counts.get("".join(entry.syllables), 0), -len(entry.senses)

    def _borrowed(self, line: Line) -> list[Sense]:
        out: list[Sense] = []
        for pointer in line.pointers:
            if pointer.short and out:
                continue
            found = self._follow(pointer, _MAX_HOPS)
            senses = found[:_SENSES_SHOWN_OF_A_TARGET]
            if pointer.short:
                senses = [Sense(s.gloss, (*s.tags, "abbreviation")) for s in senses]
            out += senses or [Sense(f"see {pointer.word}", ("reference",))]
        return list(dict.fromkeys(out))

    def _borrowed_measures(self, line: Line) -> tuple[str, ...]:
        for pointer in line.pointers:
            for target in self._targets(pointer):
                if target.measure_words:
                    return target.measure_words
        return ()

    def _follow(self, pointer: Pointer, hops: int) -> list[Sense]:
        """The senses a pointer stands for; other pointers on the way are followed too."""
        targets = self._targets(pointer)
        own = [s for t in targets for s in t.senses if not {"surname", "reference"} & set(s.tags)]
        if own or not hops:
            return own
        return [s for t in targets for p in t.pointers for s in self._follow(p, hops - 1)]

    def _targets(self, pointer: Pointer) -> list[Line]:
        lines = self._by_word.get(pointer.word, [])
        same = [line for line in lines if line.pinyin.lower() == pointer.pinyin.lower()]
        exact = [line for line in same if line.pinyin == pointer.pinyin]
        return exact or same or [line for line in lines if not line.is_name][:1] or lines[:1]


def _repeats_its_target(line: Line) -> bool:
    """Whether a line only says that its traditional form is a variant of another of this word."""
    return not line.senses and all(
        p.word == line.simplified and p.pinyin.lower() == line.pinyin.lower() for p in line.pointers
    )


def ordered(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    """Senses without repeats, mere remarks after meanings, old ones, surnames and coarse ones last."""
    best: dict[str, Sense] = {}
    for sense in senses:
        best.setdefault(sense.gloss, sense)
    return tuple(sorted(best.values(), key=_lateness))


def _lateness(sense: Sense) -> tuple[int, bool]:
    late = max((LAST.get(tag, 0) for tag in sense.tags), default=0)
    return late, not sense.tags and _REMARK.fullmatch(sense.gloss) is not None


def _merge(entries: list[Entry]) -> list[Entry]:
    """Joins entries that agree in reading and traditional form; the first keeps its place."""
    out: dict[tuple[tuple[str, ...], str], Entry] = {}
    for entry in entries:
        key = (entry.syllables, entry.traditional)
        first = out.get(key)
        if first is None:
            out[key] = entry
            continue
        out[key] = Entry(
            entry.simplified,
            entry.traditional,
            entry.syllables,
            ordered([*first.senses, *entry.senses]),
            first.measure_words or entry.measure_words,
        )
    return list(out.values())


def internet_entry(row: list[str]) -> Entry:
    """An entry of our own list of internet words: word, pinyin, gloss, tag."""
    word, pinyin, gloss, tag = row
    sense = Sense(gloss, ("internet", tag))
    return Entry(word, word, align_syllables(word, pinyin), (sense,), source="netspeak")


def with_internet(entries: list[Entry], own: Entry) -> list[Entry]:
    """Puts an internet word's own meaning first, keeping the traditional form the dictionary knows."""
    for at, entry in enumerate(entries):
        if entry.syllables == own.syllables:
            joined = Entry(
                own.simplified,
                entry.traditional,
                own.syllables,
                ordered([*own.senses, *entry.senses]),
                entry.measure_words,
                "netspeak",
            )
            return [joined, *entries[:at], *entries[at + 1 :]]
    traditional = entries[0].traditional if entries else own.traditional
    return [Entry(own.simplified, traditional, own.syllables, own.senses, (), own.source), *entries]
