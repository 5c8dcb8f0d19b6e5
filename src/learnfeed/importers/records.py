"""Records of JSON files, one at a time: lists, JSON lines, single documents.

What can't be read is noted on the source, with its place, and reading goes on where it can.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from learnfeed.core.errors import DamagedError
from learnfeed.importers import limits
from learnfeed.importers.base import Probe
from learnfeed.importers.source import Source

Record = Mapping[str, object]
Placed = tuple[str, Record]
"""A record with where it was read: ``line 3``, ``record 2``, ``row 7``."""

_KEY = re.compile(r'"([^"\\\n]{1,60})"\s*:')
_X_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9a-fA-F]{2})")
_GAP = re.compile(r"[\s,\x1e]*")
_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[{}\[\]]', re.DOTALL)
_BLANKS = re.compile(r"\s*")
_DEEP = "its values are nested too deeply"
_EMPTY_HINT = "export it again; the file may have been cut off"


@lru_cache(maxsize=8)
def keys_of(text: str) -> frozenset[str]:
    """The names of all JSON members in the first 64 Ki characters, however broken the rest is."""
    return frozenset(_KEY.findall(text[: limits.REGEX_CHARS]))


def looks_like_json(text: str) -> bool:
    """Whether a text begins as JSON does."""
    start = text.lstrip("\ufeff \t\r\n")[:200]
    return re.match(r'\{\s*(?:"|\}|$)|\[\s*(?:[{\["\]]|$|-?\d+\s*[,\]]|null\b)', start) is not None


def json_keys(probe: Probe) -> frozenset[str]:
    """The member names of a JSON file; none for other files."""
    return keys_of(probe.text) if looks_like_json(probe.text) else frozenset()


def read_json(source: Source) -> object:
    """A whole JSON document. What lies deeper than JSON_DEPTH in one that is too deep to read is left out, and told.

    Raises:
        DamagedError: It is cut off or no JSON; with the byte where.
        LimitError: It is larger than JSON_BYTES.
    """
    text = source.text(limits.JSON_BYTES).strip("\0 \t\r\n\ufeff")
    try:
        value, end = _decode(text, 0, source)
    except DamagedError as error:
        if not error.message.endswith(_DEEP):
            raise
        text = _shallow(text)
        try:
            value, end = _decode(text, 0, source)
        except DamagedError:
            raise error from None  # it is cut off besides: how deep it goes is what matters
        source.note(limits.JSON_DEPTH.sentence, hint=limits.JSON_DEPTH.hint)
    if text[end:].strip("\0; \t\r\n"):
        source.note("text after the end of the data", _byte_place(text, end))
    return value


def _shallow(text: str) -> str:
    """A JSON text with null in place of each list and object that lies deeper than JSON_DEPTH."""
    deepest = limits.JSON_DEPTH.value
    depth, start = 0, 0
    kept: list[str] = []
    for match in _BRACKET.finditer(text):
        char = text[match.start()]
        if char in "{[":
            depth += 1
            if depth == deepest + 1:
                kept.append(text[start : match.start()] + "null")
        elif char in "}]":
            if depth == deepest + 1:
                start = match.end()
            depth -= 1
    return "".join(kept) + (text[start:] if depth <= deepest else "")


def json_records(source: Source) -> Iterator[Placed]:
    """The objects of a JSON list, of JSON lines, or the one object of a document, lazily.

    A record that can't be read is noted; a list that is cut off gives what comes before.
    """
    text = ""
    for chunk in source.stream():
        text += chunk
        if text.strip("\0 \t\r\n\ufeff"):
            break
    start = text.lstrip("\0 \t\r\n\ufeff")[:1]
    if not start:
        return
    if start == "[":
        yield from _list_records(source)
    elif _is_lines(source):
        yield from _line_records(source)
    else:
        value = read_json(source)
        if isinstance(value, dict):
            yield "record 1", value


def json_list(source: Source) -> Iterator[Placed]:
    """The objects of a JSON list that something stands before, such as ``window.YTD.like.part0 = ``."""
    return _list_records(source)


def _is_lines(source: Source) -> bool:
    """Whether each line is an object: the first one that isn't blank ends as it began."""
    for number, line in source.lines():
        bare = line.strip("\0 \t\ufeff\x1e")
        if bare:
            return bare.startswith("{") and bare.endswith("}")
        if number > 1000:
            break
    return False


def _line_records(source: Source) -> Iterator[Placed]:
    for number, line in source.lines():
        bare = line.strip("\0 \t\ufeff\x1e,")
        if not bare:
            continue
        place = f"line {number}"
        try:
            value, _ = _decode(bare, 0, source)
        except DamagedError as error:
            reason = error.message.removeprefix(f"{source.name}: ")
            source.note(f"this record is damaged: {reason}", place, _EMPTY_HINT)
            continue
        if isinstance(value, dict):
            yield place, value
        else:
            source.note("this line holds no record", place)


def _list_records(source: Source) -> Iterator[Placed]:
    chunks = source.stream()
    buffer = ""
    while "[" not in buffer:
        more = next(chunks, "")
        if not more:
            source.note("there is no list in it", hint=_EMPTY_HINT)
            return
        buffer += more
    position, before, number = buffer.index("[") + 1, 0, 0
    while True:
        position += len(_GAP.match(buffer, position).group())  # type: ignore[union-attr]
        if buffer[position : position + 1] == "]":
            return
        found = _next_value(buffer, position, source)
        if found is None:
            done = len(buffer[:position].encode("utf-8", "replace"))
            more = _read_ahead(chunks, len(buffer) - position)
            if more and not _is_damaged(buffer, position):
                before += done
                buffer, position = buffer[position:] + more, 0
                limits.JSON_BYTES.check(len(buffer), source.name)
                continue
            reason = f"the list is cut off or damaged in record {number + 1}"
            source.note(reason, f"byte {before + done}", _EMPTY_HINT)
            return
        value, position = found
        number += 1
        if isinstance(value, dict):
            yield f"record {number}", value
        elif value is not None:
            source.note("this entry is no record", f"record {number}")


def _read_ahead(chunks: Iterator[str], least: int) -> str:
    """More text, at least as much as is waiting already: so one huge record stays linear."""
    pieces: list[str] = []
    while chunk := next(chunks, ""):
        pieces.append(chunk)
        least -= len(chunk)
        if least <= 0:
            break
    return "".join(pieces)


def _next_value(buffer: str, position: int, source: Source) -> tuple[object, int] | None:
    """The value at a position; None when the buffer ends before it does, or it is damaged."""
    try:
        value, end = _decode(buffer, position, source)
    except DamagedError as error:
        if error.message.endswith(_DEEP):
            raise
        return None
    after = _BLANKS.match(buffer, end)
    follows = buffer[after.end() : after.end() + 1] if after else ""
    return (value, end) if follows in (",", "]") and follows else None


def _is_damaged(buffer: str, position: int) -> bool:
    """Whether more text can't make the value whole: the fault lies well before the buffer's end."""
    try:
        _DECODER.raw_decode(buffer, position)
    except json.JSONDecodeError as error:
        return "Unterminated" not in error.msg and "escape" not in error.msg and error.pos < len(buffer) - 64
    return False


def _decode(text: str, position: int, source: Source) -> tuple[object, int]:
    r"""One JSON value, with NaN and Infinity as null and ``\xNN`` (tdesktop) as a character."""
    try:
        return _DECODER.raw_decode(text, position)
    except RecursionError as error:
        raise DamagedError(f"{source.name}: {_DEEP}", hint="this is no export of a known tool") from error
    except ValueError as error:
        if "escape" in str(error) and _X_ESCAPE.search(text, position):
            repaired = text[:position] + _X_ESCAPE.sub(r"\1\\u00\2", text[position:])
            value, end = _decode(repaired, position, source)
            return value, _original_end(text, position, repaired, end)
        at = getattr(error, "pos", position)
        raise DamagedError(
            f"{source.name}: not complete JSON", place=_byte_place(text, at), hint=_EMPTY_HINT
        ) from error


def _original_end(text: str, position: int, repaired: str, end: int) -> int:
    r"""Where a value ends in the text before ``\xNN`` grew by two characters each."""
    grown = 0
    for match in _X_ESCAPE.finditer(text, position):
        if match.end() + grown > end:
            break
        grown += 2
    return min(len(text), end - grown) if len(repaired) != len(text) else end


def _byte_place(text: str, at: int) -> str:
    return f"byte {len(text[:at].encode('utf-8', 'replace'))}"


def _no_number(_: str) -> None:
    return None


_DECODER = json.JSONDecoder(strict=False, parse_constant=_no_number)
