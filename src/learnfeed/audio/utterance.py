"""What is said aloud: text with its reading, made safe for any program that speaks."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from learnfeed.core.note import RubyToken
from learnfeed.core.text import Language

_LONGEST = 300
"""Characters that are said at once."""
_PAUSES = {
    "，": ",",
    "、": ",",
    "；": ",",
    "：": ",",
    "。": ".",
    "！": "!",
    "？": "?",
    ",": ",",
    ".": ".",
    "!": "!",
    "?": "?",
}


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something to say.

    Attributes:
        text: As it is written: letters, digits and marks that make a pause, nothing else.
        pinyin: Its Chinese as syllables with tone numbers (``wo3 men5``); empty for English.
        language: Of the text.
    """

    text: str
    pinyin: str
    language: Language

    @property
    def key(self) -> str:
        """A name for a file that holds it."""
        said = f"{self.language}\n{self.pinyin}\n{self.text}"
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:24]


def utterance(tokens: Iterable[RubyToken], language: Language = Language.ZH) -> Utterance:
    """Tokens of a post as something to say; its text and its pinyin are empty when there is nothing to say."""
    tokens = tuple(tokens)
    text = _plain("".join(token.text for token in tokens))
    if language is not Language.ZH:
        return Utterance(text, "", language)
    parts: list[str] = []
    for token in tokens:
        if token.syllables:
            parts += [syllable.lower() for syllable in token.syllables if syllable]
        elif parts:
            parts += [_PAUSES[char] for char in token.text if char in _PAUSES][:1]
    return Utterance(text, " ".join(parts)[:_LONGEST], language)


def _plain(text: str) -> str:
    """Without anything that a program could take for a command (``[[slnc 9999]]``, ``<break/>``, ``--option``)."""
    kept = "".join(
        char if char.isalnum() or char in "'’" else f"{_PAUSES.get(char, '')} "
        for char in unicodedata.normalize("NFC", text)
    )
    return " ".join(kept.split()).lstrip("'.,!? ")[:_LONGEST]
