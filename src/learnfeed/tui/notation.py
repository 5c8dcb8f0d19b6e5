"""How words are written on all screens: pinyin or zhuyin, dictionary tones or spoken ones, one script or as saved."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from learnfeed.core.pinyin import tone_of, with_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from learnfeed.annotate.lexicon import Lexicon
    from learnfeed.core.text import Token
    from learnfeed.settings import Settings

Written = tuple[tuple[str, int], ...]
"""Syllables as they are written, each with its tone."""


class _Chosen:
    """The notation in use, one for the process."""

    zhuyin = False
    sandhi = False
    script = "saved"
    lexicon: Callable[[], Lexicon] | None = None


def use_notation(settings: Settings, lexicon: Callable[[], Lexicon] | None = None) -> None:
    """Writes all words as the settings say from now on.

    Args:
        settings: The settings.
        lexicon: Opens the dictionary that knows the other script; opened only where it is needed.
    """
    _Chosen.script, _Chosen.lexicon = settings.script, lexicon
    in_script.cache_clear()
    _Chosen.zhuyin = settings.reading == "zhuyin"
    _Chosen.sandhi = settings.sandhi
    written.cache_clear()


@lru_cache(maxsize=16384)
def written(syllables: tuple[str, ...]) -> Written:
    """Syllables as they are written over a word; in pinyin with an apostrophe where one is needed (``nǚ'ér``)."""
    if _Chosen.zhuyin:
        from learnfeed.core.zhuyin import zhuyin

        return tuple((zhuyin(syllable), tone_of(syllable)) for syllable in syllables if syllable)
    out: list[tuple[str, int]] = []
    for syllable in syllables:
        if syllable:
            text = with_mark(syllable)
            if out and text[0] in "aoeāáǎàōóǒòēéěè":
                text = "'" + text
            out.append((text, tone_of(syllable)))
    return tuple(out)


def readings(tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    """The syllables to show for each token of a text; empty for one without a reading."""
    if _Chosen.sandhi:
        from learnfeed.annotate.sandhi import spoken

        return spoken(tokens)
    return [token.reading.syllables if token.reading else () for token in tokens]


@lru_cache(maxsize=16384)
def in_script(text: str, syllables: tuple[str, ...] = ()) -> str:
    """A word in the script that was chosen: the form that is read so; as it stands where the dictionary has none."""
    if _Chosen.script == "saved" or _Chosen.lexicon is None or text.isascii():
        return text
    entries = _Chosen.lexicon().entries(text)
    entry = next((entry for entry in entries if entry.syllables == syllables), next(iter(entries), None))
    if entry is None:
        return text
    form = entry.traditional if _Chosen.script == "traditional" else entry.simplified
    return form if len(form) == len(text) else text
