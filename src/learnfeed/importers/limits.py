"""Every limit an import holds to, in one place, each with the sentence that names it."""

from __future__ import annotations

from dataclasses import dataclass

from learnfeed.core.errors import LimitError

_MIB = 1 << 20
_GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Limit:
    """A named bound on what a file may ask of the machine.

    Attributes:
        name: What is bounded, as a person would say it.
        value: The largest amount that is accepted.
        unit: What is counted.
        hint: What to do about a file that goes past it.
    """

    name: str
    value: int
    unit: str
    hint: str = "split the file into smaller ones and import those"

    def error(self, file: str, *, place: str = "") -> LimitError:
        """The error that says which file went past this limit."""
        return LimitError(f"{file}: {self.sentence}", place=place, hint=self.hint)

    def check(self, amount: int, file: str, *, place: str = "") -> None:
        """Raises LimitError when an amount is larger than the limit."""
        if amount > self.value:
            raise self.error(file, place=place)

    @property
    def sentence(self) -> str:
        """The limit in words: ``the limit for line length is 33,554,432 bytes``."""
        return f"the limit for {self.name} is {self.value:,} {self.unit}"


FILE_BYTES = Limit("the size of one file", 4 * _GIB, "bytes")
STDIN_BYTES = Limit("text from standard input", 256 * _MIB, "bytes", "save it to a file and import that")
TEXT_BYTES = Limit("a text that is read as a whole", 64 * _MIB, "bytes")
JSON_BYTES = Limit("one JSON document that is no list", 256 * _MIB, "bytes")
LINE_BYTES = Limit("the length of one line", 32 * _MIB, "bytes")
RECORD_CHARS = Limit("one row of a table", 4 * _MIB, "characters")
POST_CHARS = Limit("the text of one post", 1 * _MIB, "characters")
NAME_CHARS = Limit("a name or a tag", 200, "characters")
TAGS = Limit("the tags of one post", 500, "tags")
PICTURES = Limit("the pictures of one post", 50, "pictures")
KEPT_IN_MIND = Limit("posts and files remembered from beside a file", 200_000, "entries")
COMMENT_DEPTH = Limit("replies to replies", 32, "levels")
JSON_DEPTH = Limit("values inside values", 200, "levels", "what lies deeper was left out")
PAGE_DEPTH = Limit("elements inside elements of a page", 200, "levels")
PAGE_STATES = Limit("blocks of data in one page", 20, "blocks")
STATE_DEPTH = Limit("nesting in a page's data", 200, "levels")
FOLDER_FILES = Limit("the files of one folder", 500_000, "files", "import its subfolders one by one")
FOLDER_DEPTH = Limit("folders inside folders", 32, "levels", "import the inner folders themselves")
ARCHIVE_MEMBERS = Limit("the files of one archive", 100_000, "files", "unpack it and import the folder")
ARCHIVE_BYTES = Limit("an archive when unpacked", 4 * _GIB, "bytes", "unpack it and import the folder")
ARCHIVE_RATIO = Limit("compression", 200, "to 1", "unpack it yourself if you trust it, and import the folder")
ARCHIVE_DEPTH = Limit("archives inside archives", 2, "levels", "unpack the inner archive and import that")
SQLITE_STEPS = Limit("the work of reading a database", 2_000_000_000, "steps", "the database may be a trap")
SQLITE_VALUE = Limit("one value of a database", 64 * _MIB, "bytes")
RATIO_FROM_BYTES = _MIB
"""Ratios below one MiB of output are not judged: a short file of blanks is no bomb."""
HEAD_BYTES = 1 << 16
"""What an importer sees of a file before it is read."""
REGEX_CHARS = 1 << 16
"""No pattern is tried on more text than this at once."""
