"""Excel sheets, as far as exporters write them: text and numbers, no formulas, no outside references."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from learnfeed.core.errors import DamagedError
from learnfeed.importers import limits
from learnfeed.importers.archives import BROKEN
from learnfeed.importers.records import Placed
from learnfeed.importers.source import Source

_COLUMN = re.compile(r"[A-Z]{1,3}")
_CHUNK = 1 << 16
_BROKEN = (*BROKEN, OSError, RuntimeError)


class XmlEvents:
    """Start, text and end of elements from a stream; a DOCTYPE is refused, so entities can't grow."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._name = name
        self._queue: list[tuple[str, str, dict[str, str]]] = []

    def __iter__(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Yields ``("start", tag, attributes)``, ``("text", text, {})``, ``("end", tag, {})``.

        Raises:
            DamagedError: It is no whole XML, or it has a DOCTYPE.
            LimitError: It is larger than TEXT_BYTES.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, found: self._queue.append(("start", _local(tag), found))
        parser.EndElementHandler = lambda tag: self._queue.append(("end", _local(tag), {}))
        parser.CharacterDataHandler = lambda text: self._queue.append(("text", text, {}))
        parser.StartDoctypeDeclHandler = self._refuse
        size = 0
        try:
            while chunk := self._file.read(_CHUNK):
                size += len(chunk)
                limits.TEXT_BYTES.check(size, self._name)
                parser.Parse(chunk, False)
                yield from self._queue
                self._queue.clear()
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            place = f"line {error.lineno}"
            raise DamagedError(f"{self._name}: not whole XML", place=place, hint="export it again") from error
        yield from self._queue

    def _refuse(self, *_: object) -> None:
        raise DamagedError(
            f"{self._name}: its XML has a DOCTYPE, which no export needs", hint="the file may be a trap"
        )


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def sheet_columns(source: Source) -> dict[str, tuple[str, ...]]:
    """Sheet names with the cells of their first row; none when the file is no readable workbook."""
    try:
        return {sheet: next(_rows(source, sheet), (0, ()))[1] for sheet in _sheets(source)}
    except (*_BROKEN, DamagedError):
        return {}


def sheet_records(source: Source, sheet: str) -> Iterator[Placed]:
    """The rows of a sheet whose first row names the columns.

    Raises:
        DamagedError: It is no whole workbook.
    """
    try:
        header: tuple[str, ...] | None = None
        for number, cells in _rows(source, sheet):
            if header is None:
                header = cells
            elif any(cells):
                yield f"row {number} of {sheet}", dict(zip(header, cells, strict=False))
    except _BROKEN as error:
        raise DamagedError(
            f"{source.name}: not a whole workbook ({error})", hint="export it again"
        ) from error


def _sheets(source: Source) -> dict[str, str]:
    """Sheet names and the member each is in; relations are read for the member, order as fallback."""
    with source.open() as file, zipfile.ZipFile(file) as packed:
        targets = {}
        with packed.open("xl/_rels/workbook.xml.rels") as member:
            for kind, tag, found in XmlEvents(member, source.name):
                if kind == "start" and tag == "Relationship":
                    targets[found.get("Id", "")] = found.get("Target", "")
        sheets: dict[str, str] = {}
        with packed.open("xl/workbook.xml") as member:
            for kind, tag, found in XmlEvents(member, source.name):
                if kind == "start" and tag == "sheet":
                    target = targets.get(found.get("r:id", ""), f"worksheets/sheet{len(sheets) + 1}.xml")
                    sheets[found.get("name", "")] = "xl/" + target.removeprefix("/xl/")
        return sheets


def _rows(source: Source, sheet: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    member_name = _sheets(source)[sheet]
    with source.open() as file, zipfile.ZipFile(file) as packed:
        for info in packed.infolist():
            limits.TEXT_BYTES.check(info.file_size, source.name)
        shared = _shared(packed, source.name)
        with packed.open(member_name) as member:
            yield from _sheet_rows(XmlEvents(member, source.name), shared)


def _shared(packed: zipfile.ZipFile, name: str) -> list[str]:
    if "xl/sharedStrings.xml" not in packed.namelist():
        return []
    out: list[str] = []
    inside = phonetic = False
    with packed.open("xl/sharedStrings.xml") as member:
        for kind, what, _ in XmlEvents(member, name):
            if kind == "start" and what == "si":
                out.append("")
            elif what == "t":
                inside = kind == "start"
            elif what == "rPh":
                # Phonetic guides repeat the text in another script: they are no text of the cell.
                phonetic = kind == "start"
            elif kind == "text" and inside and not phonetic and out:
                out[-1] += what
    return out


def _sheet_rows(events: XmlEvents, shared: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    number, cells, column, kind_of, text = 0, dict[int, str](), 0, "", ""
    for kind, what, found in events:
        if kind == "start" and what == "row":
            number, cells, column = number + 1, {}, -1
        elif kind == "start" and what == "c":
            column, kind_of, text = _index(found.get("r", ""), column + 1), found.get("t", ""), ""
        elif kind == "text":
            text += what
        elif kind == "start" and what in ("v", "t", "f"):
            text = "" if what == "v" else text
        elif kind == "end" and what == "c" and column < 1000:
            cells[column] = _cell(kind_of, text, shared)
        elif kind == "end" and what == "row":
            yield number, tuple(cells.get(i, "") for i in range(max(cells, default=-1) + 1))


def _index(reference: str, fallback: int) -> int:
    match = _COLUMN.match(reference)
    if match is None:
        return fallback
    index = 0
    for letter in match.group():
        index = index * 26 + ord(letter) - 64
    return index - 1


def _cell(kind: str, text: str, shared: list[str]) -> str:
    if kind != "s":
        return text
    number = int(text) if text.isdecimal() and len(text) < 10 else -1
    return shared[number] if 0 <= number < len(shared) else ""
