"""The sense a word most likely has where no English tells: a guess from order, frequency and surroundings.

A dictionary lists senses as they came to be, not as often as they are meant. How common the English of a
gloss is tells much (钱 is money rather than a coin), and the commonest words are settled by a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from learnfeed.annotate.gloss_index import GlossIndex
from learnfeed.core.text import Token, TokenKind
from learnfeed.core.word import Entry, Sense

_COMMON = 1.4
"""How many places in the order one unit of log frequency of the English is worth."""
_SETTLED = 30.0
_OTHER_READING = 40.0
_RARE = 10.0
_UNTOLD = 3.0
_LONGER = 0.3
_RARE_TAGS = frozenset({"surname", "vulgar", "derogatory", "archaic", "old", "literary", "dialect"})
_COUNTERS = frozenset("这那哪每几多半两一二三四五六七八九十百千万零")
_DEGREE_WORDS = "的 很 太 真 好 最 更 非常 超 超级 有点 挺 特别 好好"
_DEGREE = frozenset(_DEGREE_WORDS.split())
_AFTER_VERBS = frozenset({"了", "过", "着", "得", "完", "到"})

_USUAL_SENSES = """
和 and|请 please|上 on|下 down|里 in|或 or|到 to arrive|这 this|那 that|在 located|想 to want
不 not|对 right|后 after|有 have|很 very|先 first|为 for|所以 so|向 towards|年 year|像 like
字 character|时 when|周 week|就 just|给 to give|别 don't...!|吧 modal|美 beautiful|自己 oneself
不是 not|好 good|叫 called|不过 but|一起 together|要 to want|太 too|多少 how|钱 money|月 month
妈妈 mother|爸爸 father|会 can|还 still|只 only|些 some|从 from|被 by|让 to let|没 not|最 most
更 more|都 all|也 also|又 again|再 again|刚 just|比 than|跟 with|用 to use|走 to walk|开 to open
家 home|大 big|小 small|老 old|前 before|看 to watch|做 to do|买 to buy|说 to say|去 to go
来 to come|吃 to eat|喝 to drink|坐 to sit|住 to live|睡觉 to sleep|觉得 to think|问题 question
特别 especially|真的 really|一下 a bit|教 to teach|帮 to help|读 to read|晚 late|早 early
美国 United
"""
_USUAL = {
    word: keyword
    for item in _USUAL_SENSES.strip().replace("\n", "|").split("|")
    for word, _, keyword in [item.partition(" ")]
}


def _holds(gloss: str, keyword: str) -> bool:
    """Whether a gloss holds a word or phrase, as a whole."""
    return (
        f" {keyword} " in f" {gloss.replace(';', ' ').replace(',', ' ').replace('(', ' ').replace(')', ' ')} "
    )


def commonness(index: GlossIndex, headword: str) -> list[float]:
    """For each sense of a word the log frequency of the rarest word in its most common synonym."""
    found = []
    for synonyms in index.terms(headword).senses:
        values = [
            min(index.english(lemma)[1] for lemma, _ in synonym) - _LONGER * (len(synonym) - 1)
            for synonym in synonyms
        ]
        found.append(max(values, default=_UNTOLD))
    return found


def standing(headword: str, senses: Sequence[tuple[Entry, Sense]], common: Sequence[float]) -> list[float]:
    """How likely each sense of a word is, whatever surrounds it; more is likelier."""
    keyword = _USUAL.get(headword)
    settled = next((i for i, (_, s) in enumerate(senses) if keyword and _holds(s.gloss, keyword)), -1)
    values = []
    for place, (_, sense) in enumerate(senses):
        value = _COMMON * (common[place] if place < len(common) else _UNTOLD) - place
        value -= _RARE if _RARE_TAGS & set(sense.tags) else 0.0
        values.append(value + (_SETTLED if place == settled else 0.0))
    return values


class Surroundings(NamedTuple):
    """What stands beside a word, as far as it speaks for one of its senses.

    Attributes:
        counted: A number or a pointing word stands before it.
        acted: A verb's particle stands after it.
        described: An adverb of degree, or 的, stands before it.
    """

    counted: bool
    acted: bool
    described: bool


def surroundings(before: Token | None, after: str) -> Surroundings:
    """What stands beside a word.

    Args:
        before: The token before it.
        after: The text of the token after it.
    """
    if before is None:
        return Surroundings(counted=False, acted=after in _AFTER_VERBS, described=False)
    counted = before.kind is TokenKind.NUMBER or before.text[-1:] in _COUNTERS
    return Surroundings(counted, after in _AFTER_VERBS, before.text in _DEGREE)


def fit(entry: Entry, sense: Sense, syllables: tuple[str, ...] | None, beside: Surroundings) -> float:
    """How much reading and surroundings speak for a sense, on the scale of :func:`standing`.

    Args:
        entry: The entry of the sense.
        sense: The sense.
        syllables: How the word is read here; None where that is not known.
        beside: What stands beside it.
    """
    value = -_OTHER_READING if syllables is not None and entry.syllables != syllables else 0.0
    if entry.simplified == "点" and beside.counted and _holds(sense.gloss, "o'clock"):
        return value + 2 * _SETTLED
    if "classifier" in sense.tags:
        return value + (_SETTLED if beside.counted else -_RARE)
    if sense.gloss.startswith("to "):
        return value + (1.5 if beside.acted else 0.0)
    return value + (1.5 if beside.described else 0.0)
