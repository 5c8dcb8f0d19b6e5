"""How readings are written on all screens: pinyin or zhuyin, dictionary tones or spoken ones."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from learnfeed.core.pinyin import tone_of, with_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnfeed.core.text import Token
    from learnfeed.settings import Settings

Written = tuple[tuple[str, int], ...]
"""Syllables as they are written, each with its tone."""


class _Chosen:
    """The notation in use, one for the process."""

    zhuyin = False
    sandhi = False


def use_notation(settings: Settings) -> None:
    """Writes all readings as the settings say from now on."""
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
