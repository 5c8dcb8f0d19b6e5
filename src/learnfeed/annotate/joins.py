"""Words that a dictionary search cuts apart: numerals, reduplicated words, separated verb and object.

Each rule looks at the words from one place on and says how many of them are one token, and under which
headword that is looked up. Sources: Li and Thompson 1981, Mandarin Chinese, §§ 3.1 (reduplication) and
3.2.5 (verb–object compounds).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.core.text import Token, TokenKind
from learnfeed.core.word import Entry

NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")
_BETWEEN_SAME = frozenset({"一", "了", "了一"})
_BETWEEN_VERB_AND_OBJECT = frozenset("了过着个完") | {"了个", "过一次", "了一会儿", "了一个", "个"}
_VERB = "to "
_SAID_TWICE = frozenset("vna")
"""Parts of speech (their first letter) of what may be a verb said twice; 更 and 常 are adverbs."""


@dataclass(frozen=True, slots=True)
class Join:
    """Tokens that are one.

    Attributes:
        count: How many.
        kind: WORD or NUMBER.
        headword: What the joined token is looked up under; empty for a number.
    """

    count: int
    kind: TokenKind
    headword: str


Rule = Callable[[Sequence[Token], int, Lexicon], "Join | None"]


def joined(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Token]:
    """The same tokens, with those joined that are one word or number.

    Args:
        tokens: Words of one run of hanzi.
        lexicon: The dictionary.
    """
    at = 0
    while at < len(tokens):
        join = None
        if _may_begin(tokens[at].headword):
            join = next((j for rule in RULES if (j := rule(tokens, at, lexicon))), None)
        if join is None:
            yield tokens[at]
            at += 1
            continue
        text = "".join(token.text for token in tokens[at : at + join.count])
        yield Token(text, tokens[at].start, join.kind, join.headword)
        at += join.count


def _may_begin(word: str) -> bool:
    """Whether any rule can begin with this word: most words end the search here."""
    return len(word) == 1 or word[:1] in NUMERALS or word[:1] == word[1:2]


def numeral(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Join | None:
    """二十五, 二〇二五, 第三十: numerals in a row; a word where the dictionary has it."""
    end = at + (tokens[at].headword == "第")
    while end < len(tokens) and NUMERALS.issuperset(tokens[end].headword) and tokens[end].headword:
        end += 1
    if end - at < 2:
        return None
    text = "".join(token.headword for token in tokens[at:end])
    known = bool(lexicon.entries(text))
    return Join(end - at, TokenKind.WORD if known else TokenKind.NUMBER, text if known else "")


def repeated_character(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Join | None:
    """尝尝, 看一看, 看了看: a verb of one character said twice, looked up as the verb."""
    first = tokens[at].headword
    if len(first) != 1 or first in NUMERALS or lexicon.part_of_speech(first)[:1] not in _SAID_TWICE:
        return None
    if not _is_verb(lexicon.entries(first)):
        return None
    for count in (2, 3):
        if at + count > len(tokens) or tokens[at + count - 1].headword != first:
            continue
        between = "".join(token.headword for token in tokens[at + 1 : at + count - 1])
        if not between and [token.headword for token in tokens[at + 2 : at + 3]] == ["的"]:
            return None  # 长长的, 红红的: an adjective
        if not between or between in _BETWEEN_SAME:
            return Join(count, TokenKind.WORD, first)
    return None


def repeated_word(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Join | None:
    """高高兴兴: both characters of a word said twice, looked up as the word."""
    run = "".join(token.headword for token in tokens[at : at + 4])[:4]
    if len(run) < 4 or run[0] != run[1] or run[2] != run[3] or run[0] == run[2]:
        return None
    count = _count_for(tokens, at, 4)
    word = run[0] + run[2]
    return Join(count, TokenKind.WORD, word) if count and lexicon.entries(word) else None


def separated(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Join | None:
    """见了面, 洗个澡, 帮了个忙: a verb and its object with an aspect mark between, looked up as one."""
    verb = tokens[at].headword
    if len(verb) != 1:
        return None
    for count in (3, 4):
        if at + count > len(tokens) or len(tokens[at + count - 1].headword) != 1:
            continue
        between = "".join(token.headword for token in tokens[at + 1 : at + count - 1])
        word = verb + tokens[at + count - 1].headword
        if between in _BETWEEN_VERB_AND_OBJECT and _is_separable(word, lexicon):
            return Join(count, TokenKind.WORD, word)
    return None


def _is_separable(word: str, lexicon: Lexicon) -> bool:
    """Whether a listed word of two characters is a verb with its object."""
    return bool(lexicon.facts(word).levels) and _is_verb(lexicon.entries(word))


def _is_verb(entries: Sequence[Entry]) -> bool:
    return any(sense.gloss.startswith(_VERB) for entry in entries for sense in entry.senses[:4])


def _count_for(tokens: Sequence[Token], at: int, characters: int) -> int:
    """How many tokens make up a number of characters exactly; 0 when a token reaches over."""
    length = 0
    for count, token in enumerate(tokens[at:], 1):
        length += len(token.text)
        if length >= characters:
            return count if length == characters else 0
    return 0


RULES: tuple[Rule, ...] = (numeral, repeated_word, repeated_character, separated)
