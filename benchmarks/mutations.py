"""Ways to damage a file, for :mod:`benchmarks.fuzz_importers`: each takes bytes, chance and all samples."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

LARGEST = 1 << 20
"""Bytes of an unpacked archive that is worth damaging."""
_LONG = 20_000
"""Bytes of a line that is not doubled any more."""
Samples = list[tuple[str, bytes]]

TOKENS: tuple[bytes, ...] = (
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\r",
    b"\n",
    b"\n\n",
    b"\t",
    b",",
    b'"',
    b"'",
    b"`",
    b"\\",
    b"\\x1b",
    b"\\u0000",
    b"\\ud800",
    b"\\udfff",
    b"\x1b[31m",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b"\xed\xa0\x80",
    "雪".encode(),
    "💩".encode(),
    "雪".encode("gb18030"),
    b"{",
    b"}",
    b"[",
    b"]",
    b"[[[[[[[[",
    b"null",
    b"NaN",
    b"-Infinity",
    b"1e999",
    b"-1",
    b"9" * 30,
    b"9" * 5000,
    b"0000-00-00",
    b"10000-01-01 00:00:00",
    b"2025-02-30",
    b"<",
    b">",
    b"</script>",
    b"<script>",
    b"<!--",
    b"<!DOCTYPE a [",
    b"&#0;",
    b"&#x110000;",
    b"&#xd800;",
    b"&lt;",
    b"---\n",
    b"```",
    b"#",
    b"# ",
    b"#a[\xe8\xaf\x9d\xe9\xa2\x98]#",
    b"undefined",
    b"new Map([",
    b"://",
    b"http://[",
    b"https://a.example:99999/",
    b"../",
    b"/etc/passwd",
    b"-->",
    b"00:00:00,000 --> 00:00:01,000",
    b"99:99:99.999",
    b"{\\p1}",
    b"Content-Type: multipart/related; boundary=",
    b"=\n",
    b"=?utf-8?B?=?=",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"SQLite format 3\0",
)

ODD: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    -1,
    10**30,
    10**400,
    1e308,
    float("nan"),
    float("inf"),
    -1e18,
    253402300800,
    253402300800000,
    "",
    " ",
    "0",
    "-1",
    "None",
    "null",
    "NaN",
    "1e999",
    "1.2万",
    "9" * 5000,
    "٣",
    "²",
    "\x00",
    "\x1b]0;x\x07",
    "\ud800",
    "雪",
    "a/b\\c",
    "../../etc/passwd",
    "/etc/passwd",
    "http://[::",
    "2025-13-45",
    "10000-01-01",
    "0001-01-01T00:00:00+23:59",
    [],
    {},
    [None],
    [[]],
    {"": None},
    [{}],
    {"text": {"text": []}},
    ["雪", {"text": None}],
    "<b>雪",
    "&#xd800;",
    "#a[话题]##b",
    "x" * 70_000,
)


def by_bytes(data: bytes, chance: random.Random, samples: Samples) -> bytes:
    """Some edits anywhere: bits, slices taken out, doubled, moved in from another sample, tokens put in."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(out) + 1)
        end = min(len(out), at + chance.choice((1, 2, 8, 64, 512)))
        kind = chance.randrange(7)
        if kind == 0 and at < len(out):
            out[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del out[at:end]
        elif kind == 2:
            out[at:at] = out[at:end] * chance.choice((1, 2, 50))
        elif kind == 3:
            other = chance.choice(samples)[1]
            begin = chance.randrange(len(other) + 1)
            out[at:end] = other[begin : begin + chance.choice((4, 64, 1024))]
        elif kind == 4:
            del out[at:]
        else:
            out[at:at] = chance.choice(TOKENS)
    return bytes(out)


def by_lines(data: bytes, chance: random.Random, samples: Samples) -> bytes:
    """Lines doubled, lost, shuffled, joined, or taken from another sample; other line ends, other encodings."""
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 2, 5))):
        at = chance.randrange(len(lines))
        kind = chance.randrange(6)
        if kind == 0:
            lines.insert(at, lines[chance.randrange(len(lines))])
        elif kind == 1 and len(lines) > 1:
            del lines[at]
        elif kind == 2:
            other = chance.choice(samples)[1].split(b"\n")
            lines.insert(at, chance.choice(other))
        elif kind == 3:
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)] + chance.choice(TOKENS)
        elif kind == 4:
            lines[at] = lines[at] * (chance.choice((2, 30)) if len(lines[at]) < _LONG else 1)
        else:
            chance.shuffle(lines)
    out = chance.choice((b"\n", b"\n", b"\n", b"\r\n", b"\r")).join(lines)
    if chance.random() < 0.1:
        out = out.decode("utf-8", "ignore").encode(
            chance.choice(("utf-16", "utf-16-be", "gb18030", "utf-32"))
        )
    return out


def by_json(data: bytes, chance: random.Random, samples: Samples) -> bytes:  # noqa: ARG001
    """A JSON document, or lines of it, some of whose values became odd ones, were lost or doubled."""
    text = data.decode("utf-8-sig")
    start = text.index("[") if text.startswith("window.") else 0
    before, rest = text[:start], text[start:]
    try:
        roots, join = [json.loads(rest)], ""
    except ValueError:
        roots, join = [json.loads(line) for line in rest.splitlines() if line.strip()], "\n"
    if not roots:
        raise ValueError("nothing in it")
    for _ in range(chance.choice((1, 1, 2, 6))):
        index = chance.randrange(len(roots))
        roots[index] = _changed(roots[index], chance, 0)
    plain = chance.random() < 0.5
    told = join.join(json.dumps(root, ensure_ascii=plain) for root in roots)
    return (before + told).encode("utf-8", "surrogatepass")


def _changed(value: object, chance: random.Random, depth: int) -> object:
    """A JSON value in which one value somewhere became another."""
    if not value or not isinstance(value, dict | list) or (depth and chance.random() < 0.15):
        return _odd(value, chance)
    if isinstance(value, list):
        at = chance.randrange(len(value))
        changed = _changed(value[at], chance, depth + 1)
        return [*value[:at], changed, *value[at + (chance.random() < 0.9) :]]
    key = chance.choice(list(value))
    if chance.random() < 0.1:
        return {k: v for k, v in value.items() if k != key}
    return {**value, key: _changed(value[key], chance, depth + 1)}


def _odd(value: object, chance: random.Random) -> object:
    kind = chance.randrange(5)
    if kind == 0:
        return [value, value]
    if kind == 1 and isinstance(value, str):
        return value + str(chance.choice(ODD))
    if kind == 2:
        return {"value": value, "text": value}
    return chance.choice(ODD)


def by_members(data: bytes, chance: random.Random, samples: Samples) -> bytes:
    """A zip file one of whose members was damaged, renamed or lost."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        if sum(info.file_size for info in old.infolist()) > LARGEST:
            raise ValueError("too large to be unpacked thousands of times")
        chosen = chance.choice(names)
        for name in names:
            content, target = old.read(name), name
            if name == chosen:
                kind = chance.randrange(5)
                if kind == 0:
                    continue
                if kind == 1:
                    target = chance.choice(
                        (
                            "../x",
                            "/x",
                            "a\\..\\b",
                            "雪" * 90,
                            "CON",
                            "a" * 300,
                            "x.zip",
                            "metadata_0_to_9.json",
                        )
                    )
                elif content.startswith(b"SQLite") and kind == 2:
                    content = by_cells(content, chance, samples)
                else:
                    content = (by_lines if kind == 3 else by_bytes)(content, chance, samples)
            new.writestr(target, content)
    return out.getvalue()


def by_cells(data: bytes, chance: random.Random, samples: Samples) -> bytes:  # noqa: ARG001
    """A database some of whose cells, columns or tables became others."""
    if not data.startswith(b"SQLite"):
        raise ValueError("no database")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "db"
        path.write_bytes(data)
        try:
            with closing(sqlite3.connect(path)) as base, base:
                _change_base(base, chance)
        except sqlite3.Error as error:
            raise ValueError(str(error)) from error
        return path.read_bytes()


def _change_base(base: sqlite3.Connection, chance: random.Random) -> None:
    tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if not tables:
        raise ValueError("no table")
    for _ in range(chance.choice((1, 2, 4))):
        table = '"' + chance.choice(tables) + '"'
        columns = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
        column = '"' + chance.choice(columns) + '"'
        kind = chance.randrange(12)
        if kind == 0:
            base.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO x{chance.randrange(99)}")
        elif kind == 1:
            base.execute(f"ALTER TABLE {table} RENAME TO y{chance.randrange(99)}")
            tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        else:
            base.execute(
                f"UPDATE {table} SET {column} = ? WHERE rowid % 2 = ?",  # noqa: S608 - a file of our own
                (_cell(chance), chance.randrange(2)),
            )


def _cell(chance: random.Random) -> object:
    value = chance.choice((*ODD, b"\xff\xfe", b"\x28\xb5\x2f\xfd", b"", 2**63 - 1, -(2**63), 0.1))
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, int) and abs(value) >= 2**63:
        return str(value)
    return json.dumps(value) if isinstance(value, list | dict) else value


MUTATIONS: dict[str, Callable[[bytes, random.Random, Samples], bytes]] = {
    "bytes": by_bytes,
    "lines": by_lines,
    "json": by_json,
    "members": by_members,
    "cells": by_cells,
}


def fitting(data: bytes) -> tuple[str, ...]:
    """Names of the mutations that suit a sample."""
    if data.startswith(b"PK"):
        return "bytes", "members", "members"
    if data.startswith(b"SQLite"):
        return "bytes", "cells", "cells"
    if data[:6].lstrip(b"\xef\xbb\xbf \n").startswith((b"{", b"[", b"window")):
        return "bytes", "lines", "json", "json"
    return "bytes", "lines"
