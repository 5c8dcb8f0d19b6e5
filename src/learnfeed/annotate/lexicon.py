"""The dictionary at hand: entries, levels and frequencies, read from one file on disk.

Opening costs about 2 ms; nothing is loaded before it is asked for. A :class:`Lexicon` belongs to the
thread or process that opened it.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from learnfeed.annotate.lexicon_codec import (
    FORMAT,
    unpack_entries,
    unpack_levels,
    unpack_list,
    unpack_marked,
    unpack_word,
)
from learnfeed.core.errors import LexiconError
from learnfeed.core.word import Entry, WordFacts

PACKAGED = Path(__file__).resolve().parent.parent / "data" / "lexicon.sqlite"
"""The lexicon that is built when learnfeed is installed."""
STANDARDS = ("2025", "2021", "2.0")
_NO_FACTS = WordFacts({})
_REINSTALL = "install learnfeed again"
_REBUILD = "build it again with `learnfeed lexicon update FILE`, or delete it: learnfeed brings one along"
_AS_DRY = re.compile(r"乾(?![隆坤县嘉元])")
_AS_PARTICLE = re.compile(r"(?<![显专原名巨土卓昭论编合])著(?![名作者称述书录])")


@dataclass(frozen=True, slots=True)
class LexiconInfo:
    """What dictionary is in use.

    Attributes:
        date: When CC-CEDICT was published, ``YYYY-MM-DD``.
        entries: How many entries it has.
        licence: Of the built lexicon.
        source: The package or file it was built from.
        version: Format of the file.
        sha: Fingerprint of its contents: annotations made with another one are made again.
    """

    date: str
    entries: int
    licence: str
    source: str
    version: int
    sha: str


class Lexicon:
    """An open lexicon. Use :meth:`open`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self.row = lru_cache(maxsize=16384)(self._row)
        self.phrases = lru_cache(maxsize=None)(self._phrases)
        self.entries = lru_cache(maxsize=8192)(self._entries)
        self.facts = lru_cache(maxsize=8192)(self._facts)
        self.character_table = lru_cache(maxsize=None)(self._character_table)
        self.words_of_level = lru_cache(maxsize=None)(self._words_of_level)
        self.character_levels = lru_cache(maxsize=None)(self._character_levels)

    @classmethod
    def open(cls, path: Path | None = None) -> Lexicon:
        """Opens a lexicon for reading.

        Args:
            path: The file; the packaged one when None.

        Raises:
            LexiconError: It is missing, damaged, or of another format.
        """
        file = path or PACKAGED
        if not file.is_file():
            raise LexiconError(
                f"there is no dictionary at {file}",
                hint="install learnfeed again, or build one: learnfeed lexicon update FILE",
            )
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            raise LexiconError(f"the dictionary {file} is damaged: {error}") from error
        if row is None or row[0] != str(FORMAT):
            connection.close()
            raise LexiconError(
                f"the dictionary {file} was built by another learnfeed", hint=_REBUILD if path else _REINSTALL
            )
        return cls(connection, file)

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()

    def _row(self, word: str) -> tuple[int, int, str, bytes] | None:
        """Log frequency in hundredths, packed levels, part of speech and packed entries of a headword."""
        try:
            found: tuple[int, int, str, bytes] | None = self.connection.execute(
                "SELECT zipf, levels, pos, packed FROM word WHERE word = ?", (word,)
            ).fetchone()
        except UnicodeEncodeError:  # a lone surrogate is no word
            return None
        return found

    def _unpacked(self, word: str) -> tuple[str, str]:
        """Entries and English terms of a simplified headword, as they are stored."""
        row = self.row(word)
        return unpack_word(row[3], self.phrases()) if row else ("", "")

    def _phrases(self) -> bytes:
        """What entries are deflated on."""
        (data,) = self.connection.execute("SELECT data FROM blob WHERE name = 'phrases'").fetchone()
        return bytes(data)

    def terms(self, word: str) -> str:
        """What a simplified headword's entries say to English words, as :mod:`.gloss_index` stores it."""
        return self._unpacked(word)[1]

    def _entries(self, word: str) -> tuple[Entry, ...]:
        """The entries of a word in simplified or traditional characters, best reading first."""
        return self.own_entries(word) + tuple(
            entry
            for headword in self.headwords_of(word)
            for entry in unpack_entries(headword, self._unpacked(headword)[0])
            if entry.traditional == word
        )

    def own_entries(self, word: str) -> tuple[Entry, ...]:
        """Those of :meth:`entries` that stand under the word itself, and first there; not kept in memory."""
        return unpack_entries(word, self._unpacked(word)[0])

    def headwords_of(self, form: str) -> tuple[str, ...]:
        """The simplified headwords that a traditional form stands for, where they differ from it."""
        if form.isascii():
            return ()
        try:
            rows = self.connection.execute("SELECT word FROM traditional WHERE form = ?", (form,))
            listed = [word for (word,) in rows]
        except UnicodeEncodeError:
            return ()
        plain = form.translate(self.character_table())
        if plain != form and plain not in listed and self._is_written(plain, form):
            listed.append(plain)
        return tuple(sorted(listed))

    def _is_written(self, word: str, form: str) -> bool:
        """Whether a headword has an entry with a traditional form."""
        return any(entry.traditional == form for entry in unpack_entries(word, self._unpacked(word)[0]))

    def _facts(self, word: str) -> WordFacts:
        """Levels and log frequency of a simplified headword."""
        row = self.row(word)
        if row is None:
            return _NO_FACTS
        levels = zip(STANDARDS, unpack_levels(row[1]), strict=True)
        return WordFacts({standard: level for standard, level in levels if level}, row[0] / 100)

    def part_of_speech(self, word: str) -> str:
        """The usual part of speech of a simplified word, as jieba's dictionary tags it; may be empty."""
        row = self.row(word)
        return row[2] if row else ""

    def zipf(self, word: str) -> float:
        """Log frequency, 0 (unseen) to about 8 (的)."""
        row = self.row(word)
        return row[0] / 100 if row else 0.0

    def simplify(self, text: str) -> str:
        """A word in simplified characters; what no entry knows is converted character by character."""
        if text.isascii() or self.row(text):
            return text
        words = self.headwords_of(text)
        if words:
            return max(words, key=lambda word: (self.zipf(word), word))
        return "".join(self.simplify(char) for char in text) if len(text) > 1 else text

    def simplify_characters(self, text: str) -> str:
        """A text with each unmistakably traditional character simplified; as long as before.

        Of those that simplified text has too, 乾 and 著 are simplified by what stands beside them, in a
        text that shows itself as traditional; others stay: which they are, only the word tells.
        """
        simple = text.translate(self.character_table())
        if simple == text:
            return text
        return _AS_PARTICLE.sub("着", _AS_DRY.sub("干", simple))

    def _character_table(self) -> dict[int, int]:
        """For :meth:`str.translate`: traditional characters that simplified text does not have."""
        (pairs,) = self.connection.execute("SELECT value FROM meta WHERE key = 'simplify'").fetchone()
        return str.maketrans(pairs[::2], pairs[1::2])

    def aliases(self) -> dict[str, str]:
        """Written forms that :meth:`simplify_characters` does not lead to their headword, with it."""
        (data,) = self.connection.execute("SELECT data FROM blob WHERE name = 'aliases'").fetchone()
        return dict(line.split(" ") for line in zlib.decompress(data).decode().split("\n") if line)

    def word_list(self, name: str) -> dict[str, int]:
        """One of the word lists that are kept whole, by name; a new dictionary each time."""
        (data,) = self.connection.execute("SELECT data FROM blob WHERE name = ?", (name,)).fetchone()
        return unpack_list(data)

    def marked_list(self, name: str) -> tuple[dict[str, int], set[str]]:
        """One of the word lists of which some words are marked, and those."""
        (data,) = self.connection.execute("SELECT data FROM blob WHERE name = ?", (name,)).fetchone()
        return unpack_marked(data)

    def lookalikes(self, char: str) -> tuple[str, ...]:
        """Characters that are easily taken for this one, most alike first; at most ten."""
        row = self.connection.execute("SELECT others FROM lookalike WHERE character = ?", (char,)).fetchone()
        return tuple(row[0]) if row else ()

    def emoji(self, code: str) -> tuple[str, str] | None:
        """The emoji and the English name of a bracket code such as ``[哭惹R]``."""
        found: tuple[str, str] | None = self.connection.execute(
            "SELECT emoji, english FROM emoji WHERE code = ?", (code,)
        ).fetchone()
        return found

    def _words_of_level(self, standard: str, level: int) -> tuple[str, ...]:
        """The words a standard lists at a level (1–7), sorted."""
        return self._members(standard, "word").get(level, ())

    def _character_levels(self, standard: str) -> dict[str, int]:
        """The level of each character that a standard lists."""
        members = self._members(standard, "character")
        return {char: level for level, chars in members.items() for char in chars}

    def _members(self, standard: str, kind: str) -> dict[int, tuple[str, ...]]:
        rows = self.connection.execute(
            "SELECT level, members FROM level WHERE standard = ? AND kind = ?", (standard, kind)
        )
        return {level: tuple(members.split(" ")) for level, members in rows}

    def info(self) -> LexiconInfo:
        """What dictionary this is."""
        meta = dict(self.connection.execute("SELECT key, value FROM meta"))
        return LexiconInfo(
            meta["date"],
            int(meta["entries"]),
            meta["licence"],
            meta["source"],
            int(meta["format"]),
            meta["sha"],
        )
