"""The sense a word most likely has where no English tells: a guess from order, frequency and surroundings.

A dictionary lists senses as they came to be, not as often as they are meant. How common the English of a
gloss is tells much (钱 is money rather than a coin), and the commonest words are settled by a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from learnfeed.annotate.gloss_index import GlossIndex
from learnfeed.core.text import Token, TokenKind
from learnfeed.core.word import Entry, Sense

_COMMON = 0.8
"""How many places in the order one unit of log frequency of the English is worth."""
_SETTLED = 30.0
_OTHER_READING = 100.0
_RARE = 10.0
_UNTOLD = 3.0
_LONGER = 0.3
_RARE_TAGS = frozenset({"surname", "vulgar", "derogatory", "archaic", "old", "literary", "dialect"})
_COUNTERS = frozenset("这那哪每几多半两一二三四五六七八九十百千万零")
_COUNTED = {"点": "o'clock", "块": "money"}
"""What some words mean after a number."""
_DEGREE_WORDS = "的 很 太 真 好 最 更 非常 超 超级 有点 挺 特别 好好"
_DEGREE = frozenset(_DEGREE_WORDS.split())
_AFTER_VERBS = frozenset({"了", "过", "着", "得", "完", "到"})

_PARTS = re.compile(r"[;,]\s*|\([^)]*\)\s*|\s(?=\()")
_MARKS = re.compile("[;,()]")

_USUAL_SENSES = """
和 and|请 please|上 on|下 down|或 or|到 to arrive|这 this|那 that|在 located|想 to want|不 not|对 right
有 have|很 very|先 first|为 for|所以 so|向 towards|年 year|像 like|字 character|时 when|就 just
给 to give|别 don't...!|吧 modal|美 beautiful|自己 oneself|不是 not|好 good|叫 called|不过 but
一起 together|要 to want|太 too|多少 how|钱 money|月 month|妈妈 mother|爸爸 father|会 can|还 still|只 only
些 some|从 from|让 to let|没 not|最 most|更 more|都 all|也 also|又 again|再 again|刚 just|比 than|跟 with
用 to use|走 to walk|开 to open|家 home|大 big|小 small|老 old|前 before|看 to watch|做 to do|买 to buy
说 to say|去 to go|来 to come|吃 to eat|喝 to drink|坐 to sit|住 to live|睡觉 to sleep|觉得 to think
问题 question|特别 especially|真的 really|一下 a bit|帮 to help|读 to read|晚 late|美国 United|里 inside
等 to wait|后 after|快 quick|元 currency|运动 sports|名 name|本 this|进 to enter|哪 which|先生 mister
意思 meaning|旅游 travel|动 to move|包 bag|病 illness|班 class|酒店 hotel|同学 classmate|考试 exam|店 shop
热 hot|不错 pretty good|几 how many|作业 homework|闻 to smell|臭 smelly|香 fragrant|腿 leg|拉 to pull
阿姨 maternal aunt|可爱 cute|爬 to climb|皮 skin|脆 crisp|嫩 tender|客栈 inn|油条 youtiao|期间 period
关心 to be concerned|红包 red|叔叔 uncle|对不起 sorry|爱好 hobby|课 class|题 question|才 only|活动 activity
作为 as|进行 to carry out|发 to send out|干 to do|市 city|来自 to come from|全球 world|拍 to take
明白 to understand|作用 effect|交通 traffic|广告 advertisement|教育 education|到底 after all
原来 turns out|比较 comparatively|带 to bring|种 kind|加入 to join|失败 to fail|建议 suggestion|声音 sound
教 to teach|面 noodles|周 week|只好 to have to|干 dry|长 to grow|还 to pay back|关 to close
听 to listen|好 to be fond|行 row|重 again|数 to count|数 number|倒 to pour|空 empty|空 free
背 the back|背 to carry|调 to adjust|乐 happy|乐 music|朝 dynasty|转 to turn|只 classifier|剪 to cut
泡 to soak|分 to divide|天 sky|借 to borrow|开心 happy|还是 or|当 when|一直 continuously|表 watch
老大 boss|粉丝 fan|摸鱼 slack|语音 voice|种 to plant|弹 to play|着 to catch|得 must|得 to get|地 -ly
发 hair|干净 clean|会 accounting|便宜 cheap|大夫 doctor|觉 to feel|头 head|口 mouth|演 to perform
哄 to coax|厉害 awesome|称 to weigh|系 department|行 all right|电 electricity|靠 to depend
算 to calculate|准备 to prepare|正 just|打 to hit|最后 finally|要求 requirement|错误 mistake|成功 success
做饭 to cook|左 left|累 tired|花 flower|半 half|早 early|被 passive voice|把 used to put
"""
USUAL: dict[str, list[str]] = {}
"""Words whose usual sense is known by a word of its gloss; one for each reading of a word."""
for _item in _USUAL_SENSES.strip().replace("\n", "|").split("|"):
    USUAL.setdefault(_item.partition(" ")[0], []).append(_item.partition(" ")[2])


def holds(gloss: str, keyword: str) -> bool:
    """Whether a gloss holds a word or phrase, as a whole; what a verb means must begin a synonym."""
    if keyword.startswith("to "):
        return any(f"{part} ".startswith(f"{keyword} ") for part in _PARTS.split(gloss))
    return f" {keyword} " in f" {_MARKS.sub(' ', gloss)} "


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
    settled = {
        next((i for i, (_, s) in enumerate(senses) if holds(s.gloss, keyword)), -1)
        for keyword in USUAL.get(headword, ())
    }
    values = []
    for place, (_, sense) in enumerate(senses):
        value = _COMMON * (common[place] if place < len(common) else _UNTOLD) - place
        value -= _RARE if _RARE_TAGS & set(sense.tags) else 0.0
        values.append(value + (_SETTLED if place in settled else 0.0))
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
    counted = _COUNTED.get(entry.simplified)
    if counted and beside.counted and holds(sense.gloss, counted):
        return value + 3 * _SETTLED
    if "classifier" in sense.tags:
        return value + (2 * _SETTLED if beside.counted else -_RARE)
    if sense.gloss.startswith("to "):
        return value + (1.5 if beside.acted else 0.0)
    return value + (1.5 if beside.described else 0.0)
