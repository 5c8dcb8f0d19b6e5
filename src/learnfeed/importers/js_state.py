r"""Reading the data literal of a saved page (``window.__INITIAL_STATE__ = {…}``) without running it.

It is JavaScript, not JSON: ``undefined``, ``new Map([])``, functions, trailing commas, ``\\u002F``. A
tokenizer that knows strings reads it, so that the word "undefined" inside a text stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from learnfeed.importers import limits

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*")
_NUMBER = re.compile(
    r"[+-]?(?:0[xX][0-9a-fA-F]{1,16}|\d{1,400}(?:\.\d{0,400})?(?:[eE][+-]?\d{1,4})?|\.\d{1,400})"
)
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_PLAIN = {quote: re.compile(rf"[^\\{quote}]*") for quote in "\"'`"}
_MADE = re.compile(r"new\s+(\w+)\s*\(")
_STATE = re.compile(r"__INITIAL_STATE__[\"']?\]?\s*=\s*")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_CONSTANTS = {"true": True, "false": False}
_OPEN, _CLOSE = "([{", ")]}"


class LiteralError(ValueError):
    """The text is no literal, is not closed, or is nested too deeply."""


def states(page: str) -> Iterator[dict[str, object]]:
    """The state objects of a page, as plain dicts; those that can't be read are passed over."""
    for match in islice(_STATE.finditer(page), limits.PAGE_STATES.value):
        try:
            value = read_literal(page, match.end())
        except LiteralError:
            continue
        if isinstance(value, dict):
            yield value


def read_literal(text: str, start: int = 0) -> object:
    """The value of a JavaScript literal: dicts, lists, strings, numbers, booleans and None.

    ``undefined``, ``NaN``, ``Infinity``, functions and unknown calls become None, a Map a dict, a Set
    a list, a Date what it was made of.

    Raises:
        LiteralError: There is no whole literal at that place.
    """
    return _Reader(text, start).value(0)


class _Reader:
    """A cursor over the text."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._at = at

    def value(self, depth: int) -> object:
        if depth > limits.STATE_DEPTH.value:
            raise LiteralError(limits.STATE_DEPTH.sentence)
        char = self._peek()
        if char == "{":
            return self._object(depth)
        if char == "[":
            return self._list("]", depth)
        if char and char in "\"'`":
            return self._string()
        number = _NUMBER.match(self._text, self._at)
        if number:
            self._at = number.end()
            return _number(number.group())
        return self._other(depth)

    def _peek(self) -> str:
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._text[self._at : self._at + 1]

    def _take(self, char: str) -> None:
        if self._peek() != char:
            raise LiteralError(f"{char} expected at {self._at}")
        self._at += 1

    def _object(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        self._take("{")
        while (char := self._peek()) != "}":
            if char == ",":
                self._at += 1
                continue
            key = self._key(char)
            self._take(":")
            found[key] = self.value(depth + 1)
            if self._peek() not in ("}", ","):
                raise LiteralError(f"comma expected at {self._at}")
        self._at += 1
        return found

    def _key(self, char: str) -> str:
        if char and char in "\"'`":
            return self._string()
        match = _WORD.match(self._text, self._at) or _NUMBER.match(self._text, self._at)
        if match is None:
            raise LiteralError(f"name expected at {self._at}")
        self._at = match.end()
        return match.group()

    def _list(self, end: str, depth: int) -> list[object]:
        found: list[object] = []
        self._at += 1
        while (char := self._peek()) != end:
            if char == ",":
                self._at += 1
                found.append(None)
                continue
            found.append(self.value(depth + 1))
            if self._peek() == ",":
                self._at += 1
            elif self._peek() != end:
                raise LiteralError(f"comma expected at {self._at}")
        self._at += 1
        return found

    def _string(self) -> str:
        quote = self._text[self._at]
        pieces: list[str] = []
        at = self._at + 1
        while True:
            plain = _PLAIN[quote].match(self._text, at)
            end = plain.end() if plain else at
            pieces.append(self._text[at:end])
            if end >= len(self._text):
                raise LiteralError(f"string not closed at {self._at}")
            if self._text[end] == quote:
                self._at = end + 1
                # Halves of a surrogate pair, written as two escapes, become one character.
                return "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            piece, at = self._escape(end + 1)
            pieces.append(piece)

    def _escape(self, at: int) -> tuple[str, int]:
        char = self._text[at : at + 1]
        if char == "u" and self._text[at + 1 : at + 2] == "{":
            end = self._text.find("}", at, at + 12)
            return _character(self._text[at + 2 : end]), end + 1 if end > 0 else at + 1
        if char == "u":
            return _character(self._text[at + 1 : at + 5]), at + 5
        if char == "x":
            return _character(self._text[at + 1 : at + 3]), at + 3
        return _ESCAPES.get(char, char), at + 1

    def _other(self, depth: int) -> object:
        made = _MADE.match(self._text, self._at)
        if made:
            self._at = made.end() - 1
            return _made(made.group(1), self._list(")", depth))
        for written, value in (("-Infinity", None), ("!0", True), ("!1", False), ("void 0", None)):
            if self._text.startswith(written, self._at):
                self._at += len(written)
                return value
        word = _WORD.match(self._text, self._at)
        if word is None and self._peek() != "(":
            raise LiteralError(f"value expected at {self._at}")
        if word is None or word.group() in ("function", "async"):
            self._skip_function()
            return None
        self._at = word.end()
        return _CONSTANTS.get(word.group())

    def _skip_function(self) -> None:
        """Passes a function by its brackets; strings in it are read as strings."""
        depth = 0
        while self._at < len(self._text):
            char = self._text[self._at]
            if char in "\"'`":
                self._string()
                continue
            depth += (char in _OPEN) - (char in _CLOSE)
            if depth < 0 or (depth == 0 and char == ","):
                return
            self._at += 1
            if depth == 0 and char == "}":
                return
        raise LiteralError("function not closed")


def _number(text: str) -> object:
    if "x" in text.lower():
        return int(text, 16)
    return int(text) if text.lstrip("+-").isdecimal() else float(text)


def _character(digits: str) -> str:
    try:
        return chr(min(int(digits, 16), 0x10FFFF))
    except ValueError as error:
        raise LiteralError("an escape is damaged") from error


def _made(kind: str, arguments: list[object]) -> object:
    first = arguments[0] if arguments else None
    if kind == "Map":
        pairs = first if isinstance(first, list) else []
        return {str(p[0]): p[1] for p in pairs if isinstance(p, list) and len(p) == 2}
    if kind == "Set":
        return first if isinstance(first, list) else []
    return first
