"""Words that a dictionary search cuts apart: numerals, reduplicated words, separated verb and object.

Each rule looks at the words from one place on and says how many of them are one token, and under which
headword that is looked up. Sources: Li and Thompson 1981, Mandarin Chinese, §§ 3.1 (reduplication) and
3.2.5 (verb–object compounds).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from learnfeed.annotate.vocabulary import Vocabulary

NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")
_NUMERAL = "[零〇一二三四五六七八九十百千万亿两]"
_BETWEEN_SAME = frozenset({"", "一", "了", "了一"})
_BETWEEN = re.compile(r"(?:[了过着完]|[了过]?一?个好?|[了过]一(?=[觉架])|过一次|什么).")
"""What may stand between a verb and its object, with the object."""
_LONGEST_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class Join:
    """Words that are one.

    Attributes:
        count: How many.
        headword: What the joined word is looked up under; empty for a number.
    """

    count: int
    headword: str


Rule = Callable[[Sequence[str], int, Vocabulary], "Join | None"]


def perhaps(vocabulary: Vocabulary) -> re.Pattern[str]:
    """What a run of hanzi must hold for any rule to apply; most runs hold nothing of it."""
    twice = _one_of(vocabulary.doubled, vocabulary)
    verb = _one_of({word[0] for word in vocabulary.separable}, vocabulary)
    return re.compile(
        rf"{_NUMERAL}{_NUMERAL}|第{_NUMERAL}|({twice})(?:一|了|了一)?\1|(.)\2(.)\3"
        rf"|{verb}(?:[了过着完个]|一个|什么)."
    )


def _one_of(characters: Iterable[str], vocabulary: Vocabulary) -> str:
    """A character class of verbs, with the other ways to write them."""
    wanted = frozenset(characters)
    others = {form for form, word in vocabulary.aliases.items() if len(form) == 1 and word in wanted}
    return f"[{''.join(sorted(wanted | others))}]" if wanted else "(?!)"


def joined(words: Sequence[str], vocabulary: Vocabulary) -> Iterator[tuple[str, Join | None]]:
    """The same words, those joined that are one word or number, each with what joined it.

    Args:
        words: Words of one run of hanzi.
        vocabulary: The words there are.
    """
    at = 0
    while at < len(words):
        join = None
        if _may_begin(words[at]):
            join = next((j for rule in RULES if (j := rule(words, at, vocabulary))), None)
        if join is None:
            yield words[at], None
            at += 1
        else:
            yield "".join(words[at : at + join.count]), join
            at += join.count


def _may_begin(word: str) -> bool:
    """Whether any rule can begin with this word: most words end the search here."""
    return len(word) == 1 or word[0] in NUMERALS or word[0] in ("第", word[1])


def _is_entry(word: str, vocabulary: Vocabulary) -> bool:
    return word in vocabulary.costs and word not in vocabulary.names


def numeral(words: Sequence[str], at: int, vocabulary: Vocabulary) -> Join | None:
    """二十五, 二〇二五, 第三十: numerals in a row; a word where the dictionary has it."""
    end = at + (words[at][0] == "第" and NUMERALS.issuperset(words[at][1:]))
    while end < len(words) and NUMERALS.issuperset(words[end]):
        end += 1
    if end - at < 2:
        return None
    text = "".join(words[at:end])
    return Join(end - at, text if text in vocabulary.costs else "")


def repeated_character(words: Sequence[str], at: int, vocabulary: Vocabulary) -> Join | None:
    """尝尝, 看一看, 看了看: a verb of one character said twice, looked up as the verb."""
    first = words[at]
    if first not in vocabulary.doubled:
        return None
    for count in (2, 3, 4):
        if at + count > len(words) or words[at + count - 1] != first:
            continue
        between = "".join(words[at + 1 : at + count - 1])
        if not between and words[at + 2 : at + 3] == ["的"]:
            return None  # 长长的, 红红的: an adjective
        if between in _BETWEEN_SAME:
            return Join(count, first)
    return None


def repeated_word(words: Sequence[str], at: int, vocabulary: Vocabulary) -> Join | None:
    """高高兴兴: both characters of a word said twice, looked up as the word."""
    run = "".join(words[at : at + 4])[:4]
    if len(run) < 4 or run[0] != run[1] or run[2] != run[3] or run[0] == run[2]:
        return None
    count = _count_for(words, at, 4)
    word = run[0] + run[2]
    return Join(count, word) if count and _is_entry(word, vocabulary) else None


def separated(words: Sequence[str], at: int, vocabulary: Vocabulary) -> Join | None:
    """见了面, 洗个澡, 睡了一觉: a verb and its object with an aspect mark between, looked up as one."""
    verb = words[at]
    if len(verb) != 1:
        return None
    between = ""
    for count in range(2, len(words) - at):
        between += words[at + count - 1]
        if len(between) > _LONGEST_BETWEEN:
            return None
        last = words[at + count]
        if len(last) == 1 and verb + last in vocabulary.separable and _BETWEEN.fullmatch(between + last):
            return Join(count + 1, verb + last)
    return None


def _count_for(words: Sequence[str], at: int, characters: int) -> int:
    """How many words make up a number of characters exactly; 0 when a word reaches over."""
    length = 0
    for count, word in enumerate(words[at : at + characters], 1):
        length += len(word)
        if length >= characters:
            return count if length == characters else 0
    return 0


RULES: tuple[Rule, ...] = (numeral, repeated_word, repeated_character, separated)
