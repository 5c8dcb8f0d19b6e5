"""Words in plain files: one a line, Pleco's export, Anki's notes as text, Kindle's vocabulary.

A plain list says what is known; cards of Pleco and Anki are being learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from learnfeed.importers import values
from learnfeed.importers.base import Item, KnownWord, Probe
from learnfeed.importers.databases import table_records
from learnfeed.importers.html_tree import html_text
from learnfeed.importers.rows import csv_rows
from learnfeed.importers.source import Source
from learnfeed.importers.text import clean_line, count_hanzi, has_hanzi, split_lines
from learnfeed.importers.xlsx import XmlEvents

_WORD = re.compile(r"[\u3400-\u9fff\u3007\U00020000-\U000323af]{1,8}")
_LEAST_WORDS = 5
_PLECO = re.compile(
    r"([^\s\[\]]{1,30})(?:\[([^\s\[\]]{1,30})\])?\t([a-zA-ZüÜ:1-5\u0300-\u036f\u00c0-\u01dc' /-]{1,80})(?:\t.*)?"
)
_ANKI_HEADER = re.compile(
    r"#(separator|html|guid column|notetype column|deck column|tags column):\s*(.*)", re.IGNORECASE
)
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}
_SOUND = re.compile(r"\[(?:sound|anki):[^\]\n]{0,300}\]")
_RUBY = re.compile(r"\[[a-zA-ZüÜ0-9\u00c0-\u01dc\s]{1,30}\]")
_MASTERED = 100


def word_of(text: str) -> str:
    """The Chinese word a field holds; empty when it holds a sentence, or no Chinese."""
    for line in split_lines(text):
        bare = re.sub(r"[\s\u200b·]+", "", clean_line(line))
        if _WORD.fullmatch(bare):
            return bare
    return ""


def field_word(field: str) -> str:
    """The Chinese word of a field of an Anki note: HTML, sounds and readings in brackets aside."""
    return word_of(_RUBY.sub("", _SOUND.sub("", html_text(field[:20_000]))))


class WordList:
    """One word a line, as the HSK lists come."""

    name = "word-list"
    label = "List of words"

    def sniff(self, probe: Probe) -> float:
        """Rather a list than a text when each of five or more different lines is one short word."""
        lines = [line.strip("\ufeff \t") for line in split_lines(probe.text)]
        words = [line for line in lines if line]
        is_list = len(words) >= _LEAST_WORDS and len(set(words)) * 10 >= len(words) * 9
        return (
            0.4 if is_list and all(_WORD.fullmatch(word) and len(word) <= 5 for word in words[:500]) else 0.0
        )

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the first Chinese word of each line as known; other columns are not needed."""
        for number, line in source.lines():
            if not line.strip("\ufeff\0 \t") or line.lstrip().startswith(("//", "#")):
                continue
            cells = re.split(r"[\t,;，；|]", clean_line(line.replace("\t", " | ")))
            word = next((found for cell in cells if (found := word_of(cell))), "")
            if word:
                yield KnownWord(word, True, f"line {number}")
            else:
                yield source.problem("there is no Chinese word in this line", f"line {number}")


class PlecoText:
    """Pleco's flashcards as text or XML."""

    name = "pleco"
    label = "Pleco flashcards"

    def sniff(self, probe: Probe) -> float:
        """Sure by the root element; fairly sure when lines are headword, pinyin and definition."""
        if re.search(r"<plecoflash\b", probe.text[:2000]):
            return 0.97
        lines = [line for line in split_lines(probe.text.lstrip("\ufeff")) if line.strip()][:30]
        cards = [line for line in lines if not line.startswith("//")]
        fits = sum(1 for line in cards if _PLECO.fullmatch(line[:2000]) and has_hanzi(line))
        return 0.75 if cards and fits * 3 >= len(cards) * 2 else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields each card's headword (simplified) as being learned."""
        if "<plecoflash" in source.probe().text[:2000]:
            yield from _pleco_xml(source)
            return
        for number, line in source.lines():
            text = line.strip("\ufeff\0 ")
            if not text or text.startswith("//"):
                continue
            head = text.split("\t", 1)[0].split("[", 1)[0]
            word = word_of(head)
            if word:
                yield KnownWord(word, False, f"line {number}")
            else:
                yield source.problem("the card has no Chinese headword", f"line {number}")


def _pleco_xml(source: Source) -> Iterator[Item]:
    number, word, inside = 0, "", False
    with source.open() as file:
        for kind, what, found in XmlEvents(file, source.name):
            if kind == "start" and what == "card":
                number, word = number + 1, ""
            elif what == "headword":
                inside = kind == "start" and (found.get("charset") == "sc" or not word)
                word = "" if inside else word
            elif kind == "text" and inside:
                word += what
            elif kind == "end" and what == "card":
                fits = word_of(word)
                yield (
                    KnownWord(fits, False, f"card {number}")
                    if fits
                    else source.problem("the card has no Chinese headword", f"card {number}")
                )


class AnkiText:
    """Anki's "Notes in Plain Text", by the directives at its top."""

    name = "anki-text"
    label = "Anki notes as text"

    def sniff(self, probe: Probe) -> float:
        """Sure by the first line."""
        start = probe.text.lstrip("\ufeff")
        return 0.98 if _ANKI_HEADER.match(start.split("\n", 1)[0].strip()) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the word of each note: its first field that is one Chinese word, as being learned."""
        settings = _anki_settings(source)
        separator = settings.get("separator", "tab").strip().casefold()
        delimiter = _SEPARATORS.get(separator, separator[:1] or "\t")
        special = {
            int(value) - 1
            for name, value in settings.items()
            if name.endswith("column") and value.strip().isdecimal()
        }
        for number, row in csv_rows(source, delimiter):
            fields = [cell for i, cell in enumerate(row) if i not in special]
            if not any(cell.strip() for cell in row) or (number <= len(settings) and row[0].startswith("#")):
                continue
            word = next((found for cell in fields if (found := field_word(cell))), "")
            if word:
                yield KnownWord(word, False, f"line {number}")
            else:
                yield source.problem("no field of this note is one Chinese word", f"line {number}")


def _anki_settings(source: Source) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in split_lines(source.probe().text.lstrip("\ufeff")):
        match = _ANKI_HEADER.match(line)
        if match is None:
            break
        found[match.group(1).lower()] = match.group(2)
    return found


class KindleVocabulary:
    """Kindle's vocabulary builder (``vocab.db``)."""

    name = "kindle-vocabulary"
    label = "Kindle vocabulary"

    def sniff(self, probe: Probe) -> float:
        """Sure by the columns of the table."""
        return 0.97 if {"word", "stem", "lang", "category"} <= set(probe.tables.get("WORDS", ())) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields the Chinese words; those marked as mastered are known."""
        for place, row in table_records(source, "WORDS"):
            text = values.line(row.get("stem")) or values.line(row.get("word"))
            word = word_of(text)
            if word and count_hanzi(word) == len(word):
                yield KnownWord(word, row.get("category") == _MASTERED, place)
            elif not values.line(row.get("lang")).startswith("en"):
                yield source.problem(f"{text[:40]!r} is no Chinese word", place)
