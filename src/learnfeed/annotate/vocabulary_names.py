"""Which names without an entry the segmenter may cut, and which entries are phrases by accident.

jieba's dictionary marks 30,000 words as names of persons or places; a third of them are none (太贵, 喝咖啡,
入市). A word taken for a name cannot be looked up or learned, so a name needs evidence of its own: a common
surname with a given name, the characters that spell foreign names, or what kind of place it is.

Surnames: the most frequent ones of mainland China (Ministry of Public Security, report on names of 2020).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from learnfeed.annotate.vocabulary import FOREIGN, GIVEN_ONLY
from learnfeed.core.word import Entry

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚"
    "卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温俞"
    "倪殷洪庄章鲁葛毕梅柯柳阮裴翁荆卓聂焦冉尤齐詹骆符欧"
)
CLEAR_SURNAMES = SURNAMES - frozenset(
    "马高何于方白石金江万毛向温任史段雷龙严武莫孔汤田林叶程梁黄张陈许余丁夏钟周王钱章梅柳庄洪齐付符尤唐曾范"
    "贺顾鲁毕焦阮欧苏宋秦胡卓殷熊陶黎"
)
"""Surnames that are hardly ever a word of their own: one character after them may be a given name."""
_PLACE_ENDS = frozenset("市县区镇乡村岛山河江湖省州路街港湾城寺洲郡府")
_GENERIC_ENDS = frozenset("人军语族市县区镇乡村岛山河江湖省州路街港湾城寺洲郡府")
_SHORT_COST = 95
"""Characters that cost less than this are common words: two of them spell no foreign name."""
_PERSON_TAGS = frozenset({"nr", "nrt", "nrfg"})
_NAME_TAGS = ("nr", "ns", "nt", "nz", "j")
_LOCALIZERS = frozenset("上下")
_NEVER_GIVEN = frozenset("的了是不在有我你他她它们这那么吗呢吧啊就都也很")
_SIZES = frozenset("大小老")

Entries = Mapping[str, Sequence[Entry]]


def is_named(entries: Sequence[Entry]) -> bool:
    """Whether all senses of a headword are names."""
    return all("name" in sense.tags for entry in entries for sense in entry.senses)


def is_phrase(word: str, entries: Sequence[Entry], tag: str) -> bool:
    """Whether a headword is only by accident that of a name: 山上, a township, is nearly always two words.

    Args:
        word: The headword.
        entries: Its entries.
        tag: Its part of speech in jieba's dictionary; empty when it has none.
    """
    if len(word) != 2 or not tag or tag.startswith(_NAME_TAGS) or not is_named(entries):
        return False
    gloss = entries[0].senses[0].gloss
    if word[1] in _LOCALIZERS:
        return tag == "s"
    return word[0] in _SIZES and any(kind in gloss for kind in ("township", "district", "county"))


class NameTest:
    """Tells names from what jieba's dictionary holds as names.

    Args:
        entries: The entries of the lexicon.
        costs: Costs of its words.
        parts: Costs of what names are made of.
    """

    def __init__(
        self, entries: Entries, costs: Mapping[str, int], parts: Mapping[str, Mapping[str, int]]
    ) -> None:
        self._entries, self._costs = entries, costs
        self._foreign, self._given = parts[FOREIGN], parts[GIVEN_ONLY]

    def is_name(self, word: str, tag: str) -> bool:
        """Whether a word without an entry is a name.

        Args:
            word: Two characters or more.
            tag: Its part of speech in jieba's dictionary: ``nr``, ``nrt``, ``nrfg`` or ``ns``.
        """
        if word[:-1] in self._entries and word[-1] in _GENERIC_ENDS:
            return False
        kinds: tuple[Callable[[str], bool], ...] = (
            (self._is_foreign, self._is_person) if tag in _PERSON_TAGS else (self._is_foreign, self._is_place)
        )
        return any(kind(word) for kind in kinds) or self._is_short_foreign(word)

    def _is_word(self, word: str) -> bool:
        entries = self._entries.get(word)
        return bool(entries) and not is_named(entries or ())

    def _is_foreign(self, word: str) -> bool:
        """斯科特: spelling characters, and no word among them."""
        return (
            len(word) > 2
            and self._foreign.keys() >= set(word)
            and not any(self._is_word(word[at : at + 2]) for at in range(len(word) - 1))
        )

    def _is_short_foreign(self, word: str) -> bool:
        costs = [self._costs.get(char, 255) for char in word]
        return len(word) == 2 and self._foreign.keys() >= set(word) and max(costs) > _SHORT_COST

    def _is_person(self, word: str) -> bool:
        """范冰冰, 李强: a surname and what is no word by itself."""
        given = word[1:]
        if not _NEVER_GIVEN.isdisjoint(given):
            return False
        if len(given) == 1:
            return word[0] in CLEAR_SURNAMES and given in self._given
        return (
            len(given) == 2
            and word[0] in SURNAMES
            and not self._is_word(given)
            and not self._is_word(word[:2])
        )

    def _is_place(self, word: str) -> bool:
        """莫干山: a kind of place, and no word before it."""
        return (
            len(word) > 2
            and word[-1] in _PLACE_ENDS
            and not any(self._is_word(part) for part in (word[:-1], word[:2], word[-2:]))
        )
