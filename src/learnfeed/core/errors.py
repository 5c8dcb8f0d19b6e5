"""The whole error tree: every failure a learner can meet has a message, a hint and an exit code.

LearnfeedError            exit 1   something failed
├── UsageError            exit 2   the call itself is wrong (unknown format, bad option)
├── SettingsError         exit 2   a settings file or a deck recipe holds a wrong value
├── SourceError           exit 1   a file to import can't be used
│   ├── UnreadableError   exit 1   missing, not a regular file, no permission
│   ├── UnknownFormatError exit 1  nothing recognises it
│   ├── DamagedError      exit 1   recognised, but broken
│   └── LimitError        exit 1   larger, deeper or slower than a named limit
├── LibraryError          exit 1   the learner's library can't be opened or written
│   └── NewerLibraryError exit 1   it was written by a newer learnfeed
├── LexiconError          exit 1   the dictionary is missing or damaged
├── NotFoundError         exit 1   no such post, word, card
├── ExportError           exit 1   a deck could not be written
├── AnkiError             exit 1   a running Anki can't be reached, or refuses
└── SpeechError           exit 1   nothing here can speak, or it failed
"""

from __future__ import annotations


class LearnfeedError(Exception):
    """Base of all errors that are shown to a person.

    Attributes:
        message: What happened, with the file or thing it happened to.
        place: Where in it: a line, a record, a byte offset; empty when it is the whole.
        hint: What to do next; empty when there is nothing to advise.
        exit_code: What a command ends with.
    """

    exit_code = 1

    def __init__(self, message: str, *, place: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        where = f" ({self.place})" if self.place else ""
        return f"{self.message}{where}"


class UsageError(LearnfeedError):
    """The call itself is wrong."""

    exit_code = 2


class SettingsError(LearnfeedError):
    """A settings file or a deck recipe holds a value that can't be used."""

    exit_code = 2


class SourceError(LearnfeedError):
    """A file to import can't be used."""


class UnreadableError(SourceError):
    """The file is missing, no regular file, or not ours to read."""


class UnknownFormatError(SourceError):
    """No importer recognises the file."""


class DamagedError(SourceError):
    """The format is known, but the file is broken."""


class LimitError(SourceError):
    """The file goes past one of the named limits."""


class LibraryError(LearnfeedError):
    """The learner's library can't be opened or written."""


class NewerLibraryError(LibraryError):
    """The library was written by a newer learnfeed."""


class LexiconError(LearnfeedError):
    """The dictionary is missing or damaged."""


class NotFoundError(LearnfeedError):
    """There is no such post, word or card."""


class ExportError(LearnfeedError):
    """A deck or file could not be written."""


class AnkiError(LearnfeedError):
    """A running Anki can't be reached, refuses what it is asked, or answers nonsense."""


class SpeechError(LearnfeedError):
    """Nothing on this machine can speak, or what can has failed."""
