"""The English side of a post, word by word, for who learns English: base form, level, sound and Chinese."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from learnfeed.annotate.gloss_index import UNSEEN_ZIPF
from learnfeed.annotate.inflection import guessed_base
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.core.english import EnglishWord, band_of, level_of
from learnfeed.core.text import AnnotatedText, Decider, Language

_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*")
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", re.IGNORECASE)
_CLITIC = re.compile(r"(.+?)(n't|'s|'re|'ve|'ll|'d|'m|s')")
_SPOKEN = "SELECT ipa FROM spoken WHERE form = ?"
_MEANT = "SELECT words FROM chinese WHERE lemma = ?"
_SHORTENED = {"ca": "can", "wo": "will", "sha": "shall", "ai": "be"}
"""What is left of a verb before n't."""

_GRAMMAR = """
the （定冠词）|a 一（个）|an 一（个）|of …的|to （不定式）；到|and 和|or 或者|but 但是|if 如果|than 比
as 像；作为|so 所以；这么|in 在…里|on 在…上|at 在|by 被；通过|for 为了；给|with 和；用|from 从|into 进
about 关于|over 超过；在…上面|after …之后|before …之前|between 之间|through 通过|during 在…期间
without 没有|under 在…下面|until 直到|since 自从|because 因为|while 当…的时候|though 虽然
although 虽然|not 不；没|no 没有；不|i 我|you 你|he 他|she 她|it 它|we 我们|they 他们|me 我|him 他
her 她；她的|us 我们|them 他们|my 我的|your 你的|his 他的|its 它的|our 我们的|their 他们的|mine 我的
yours 你的|this 这|that 那|these 这些|those 那些|be 是|have 有|do 做|will 会；将|would 会；将会|can 能
could 能；可以|should 应该|may 可以；可能|might 可能|must 必须|what 什么|which 哪个|who 谁|whom 谁
whose 谁的|when 什么时候；当…时|where 哪里|how 怎么|why 为什么|here 这里|there 那里|all 都；所有
some 一些|any 任何|each 每个|every 每|other 别的|too 也；太|also 也|very 很|just 就；只是|only 只
then 然后|there's 有|up 上|down 下|out 出|off 离开|again 再|more 更|most 最|much 很多|many 很多|few 很少
own 自己的|such 这样|both 两个都|same 一样|like 喜欢；像|get 得到|go 去|come 来|one 一|now 现在
even 甚至|still 还|well 好|back 回|way 路；方法|let 让|ok 好的|okay 好的|yes 是的|phone 电话；手机
actually 其实|hi 你好|hello 你好|hey 嘿|lol 哈哈
didn't 没；不|don't 不|doesn't 不|can't 不能|cannot 不能|won't 不会|isn't 不是|aren't 不是|wasn't 不是|weren't 不是
haven't 没|hasn't 没|hadn't 没|couldn't 不能|wouldn't 不会|shouldn't 不应该
"""
_CHINESE = {
    word: chinese
    for item in _GRAMMAR.strip().replace("\n", "|").split("|")
    for word, _, chinese in [item.partition(" ")]
}
"""Words of grammar, which a dictionary of Chinese read backwards does not tell."""


class EnglishReader:
    """Tells of English words what the lexicon knows of them, remembering what was asked lately.

    Args:
        lexicon: An open lexicon; used from one thread.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._connection = lexicon.connection
        self.facts = lru_cache(maxsize=8192)(self._facts)

    def words(self, text: AnnotatedText) -> tuple[EnglishWord, ...]:
        """The English words of a text, in order: those of its English sentences and those cited in Chinese.

        A word that the post itself translates has the post's Chinese as its gloss.
        """
        chinese = _linked(text)
        return tuple(
            self._word(match, chinese)
            for unit in text.units
            if unit.language is not Language.OTHER
            for match in _WORD.finditer(text.text, unit.start, unit.end)
            if unit.language is Language.EN or not _TONED.search(match.group())
        )

    def learnable(self, *texts: AnnotatedText) -> Iterator[tuple[str, int]]:
        """Lemma and level of each word that is to be learned: in English sentences, and in a band, so no name."""
        for text in texts:
            sentences = [unit for unit in text.units if unit.language is Language.EN]
            for word in self.words(text) if sentences else ():
                if word.level and any(unit.start <= word.start < unit.end for unit in sentences):
                    yield word.lemma, level_of(word.level)

    def lemmas(self, up_to: int) -> Iterator[tuple[str, int]]:
        """All lemmas up to a level (11–16), each with its level."""
        rows = self._connection.execute("SELECT form, zipf FROM english WHERE lemma = '' ORDER BY zipf DESC")
        for lemma, zipf in rows:
            level = level_of(band_of(zipf / 100))
            if level > up_to:
                return
            yield lemma, level

    def _word(self, match: re.Match[str], chinese: dict[int, list[str]]) -> EnglishWord:
        surface, start = match.group(), match.start()
        lemma, level, phonetics, gloss = self.facts(surface.lower().replace("’", "'"))
        own = [hanzi for at in range(start, match.end()) for hanzi in chinese.get(at, ())]
        if own:
            return EnglishWord(surface, start, lemma, level, phonetics, "".join(own), Decider.LINK)
        return EnglishWord(surface, start, lemma, level, phonetics, gloss)

    def _facts(self, form: str) -> tuple[str, str, str, str]:
        """Lemma, level, phonetics and Chinese of a word in lower case."""
        clitic = _CLITIC.fullmatch(form)
        base = clitic.group(1) if clitic else form
        if clitic and clitic.group(2) == "n't":
            base = _SHORTENED.get(base, base)
        row = self._connection.execute("SELECT lemma, zipf FROM english WHERE form = ?", (base,)).fetchone()
        lemma, zipf = (row[0] or base, row[1] / 100) if row else (guessed_base(base), UNSEEN_ZIPF)
        spoken = self._text(_SPOKEN, form) or self._text(_SPOKEN, base)
        gloss = _CHINESE.get(form) or _CHINESE.get(base) or _CHINESE.get(lemma) or self._text(_MEANT, lemma)
        return lemma, band_of(zipf) if row else "", spoken, gloss.replace(" ", "；")

    def _text(self, query: str, word: str) -> str:
        row = self._connection.execute(query, (word,)).fetchone()
        return str(row[0]) if row else ""


def _linked(text: AnnotatedText) -> dict[int, list[str]]:
    """For the place of each linked English word the Chinese words it translates."""
    chinese: defaultdict[int, list[str]] = defaultdict(list)
    for link in text.links:
        for start, _ in link.en:
            chinese[start].append(text.text[slice(*link.zh)])
    return chinese
