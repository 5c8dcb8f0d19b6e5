"""Rows of CSV files, one at a time, however their quotes were written."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice

from learnfeed.importers import limits
from learnfeed.importers.records import Placed
from learnfeed.importers.source import Source

_MOST_LINES = 500
"""A cell of more lines than this was never closed."""


def csv_rows(source: Source, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Line numbers and rows of a CSV file; newlines inside quotes belong to their field.

    A quote that is never closed is taken as it stands, noted, and reading goes on at the next line.
    """
    csv.field_size_limit(limits.RECORD_CHARS.value)
    waiting: deque[_Line] = deque()
    width = 0
    for number, line in source.lines():
        waiting.append((number, line, line.count('"')))
        while waiting and (_whole(waiting) or _hopeless(waiting)):
            row = _take_row(waiting, source, delimiter, width)
            width = width or max(1, len(row[1]))
            yield row
    while waiting:
        yield _take_row(waiting, source, delimiter, width)


_Line = tuple[int, str, int]
"""Number, text, and how many quotation marks it holds."""


def _whole(waiting: deque[_Line]) -> int:
    """How many of the waiting lines make a row: the first ones with an even number of quotes; 0 for none."""
    quotes = 0
    for count, (_, _, found) in enumerate(waiting, 1):
        quotes += found
        if quotes % 2 == 0:
            return count
    return 0


def _hopeless(waiting: deque[_Line]) -> bool:
    return len(waiting) > _MOST_LINES or (
        len(waiting) > 1 and len(waiting[-1][1]) > limits.RECORD_CHARS.value
    )


def _take_row(waiting: deque[_Line], source: Source, delimiter: str, width: int) -> tuple[int, list[str]]:
    """Takes the row that the first waiting lines make, or the first line alone as it stands.

    Lines that together have more cells than the table is wide were joined by a stray quote.
    """
    number, first, quotes = waiting[0]
    if not quotes:
        waiting.popleft()
        if len(first) <= limits.RECORD_CHARS.value:
            return number, first.split(delimiter)
        source.note(limits.RECORD_CHARS.sentence, f"line {number}")
        return number, []
    count = _whole(waiting)
    try:
        joined = "\n".join(text for _, text, _ in islice(waiting, count))
        cells = next(csv.reader([joined], delimiter=delimiter), []) if count else []
        if count and (count == 1 or width < 2 or len(cells) <= width):
            for _ in range(count):
                waiting.popleft()
            return number, cells
        reason = "a quotation mark is never closed; the line is taken as it stands"
        cells = _literal(first, delimiter)
    except csv.Error as error:
        reason, cells = f"this row can't be read: {error}", []
    source.note(reason, f"line {number}")
    waiting.popleft()
    return number, cells


def _literal(line: str, delimiter: str) -> list[str]:
    return [cell.strip('"').replace('""', '"') for cell in line.split(delimiter)]


def csv_header(text: str, delimiter: str = ",") -> tuple[str, ...]:
    """The cells of a table's first line, blanks and byte order mark removed; never raises."""
    first = re.split(r"[\r\n]", text.lstrip("\ufeff\r\n\t ")[:8192], maxsplit=1)[0].replace("\0", "")
    try:
        return tuple(cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), []))
    except csv.Error:
        return ()


def csv_records(source: Source, delimiter: str = ",") -> Iterator[Placed]:
    """Rows of a CSV file whose first row names the columns."""
    header: list[str] = []
    for number, row in csv_rows(source, delimiter):
        if not any(cell.strip() for cell in row):
            continue
        if not header:
            header = [cell.strip().strip("\ufeff") for cell in row]
        else:
            yield f"line {number}", dict(zip(header, row, strict=False))
