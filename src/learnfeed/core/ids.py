"""Identities: typed ids, content hashes and the note GUIDs that Anki keeps for ever."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    import hashlib

PostId = NewType("PostId", int)
WordId = NewType("WordId", int)
CardId = NewType("CardId", int)
EventId = NewType("EventId", int)

MIN_ID_GAP = 16
"""Milliseconds between the creation times of two notes: a note takes its own for its id and the
following ones for its cards."""

# Anki's own alphabet for guids (rslib/src/notes/mod.rs): base 91, no quote characters.
_GUID_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~"
_NOT_TEXT = re.compile(r"[\W_]+")


def _sha256(data: bytes) -> hashlib._Hash:
    import hashlib  # brings OpenSSL along, which the first screen has no use for

    return hashlib.sha256(data)


def content_hash(text: str) -> str:
    """The SHA-256 of a text as 32 hex digits; lone surrogates are hashed as they stand."""
    return _sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def text_key(text: str) -> str:
    """An identity for a post that carries no native id: a hash of its letters and digits.

    Case, width, punctuation, emoji and blanks do not count, so that the same post saved by two
    tools is one post.
    """
    return content_hash(letters(text) or text)


def letters(text: str) -> str:
    """A text's letters and digits, folded in case and width: what two tools agree on."""
    return _NOT_TEXT.sub("", unicodedata.normalize("NFKC", text).casefold())


def note_guid(kind: str, key: str) -> str:
    """The GUID of a note: the same for the same thing in every export, for ever.

    Args:
        kind: The family of note, such as ``word`` or ``post``.
        key: What identifies the thing within it: a headword, a post key.

    Returns:
        Ten characters of Anki's guid alphabet (64 bits of SHA-256).
    """
    number = int.from_bytes(_sha256(f"{kind}\0{key}".encode("utf-8", "surrogatepass")).digest()[:8])
    guid = ""
    while number:
        number, rest = divmod(number, 91)
        guid = _GUID_ALPHABET[rest] + guid
    return guid
