"""Chinese words: the cheapest way to cut runs of hanzi (a unigram Viterbi search).

Besides the words of the dictionary, names are offered: a surname with a given name, and a row of the
characters that spell foreign names. Both cost what their parts cost and a fee, so that a name never
wins against common words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain, compress, count, repeat
from operator import add

from learnfeed.annotate.vocabulary import UNKNOWN_COST, Vocabulary
from learnfeed.annotate.vocabulary_names import CLEAR_SURNAMES

_PERSON_FEE = 84
_SINGLE_FEE = 10
_FOREIGN_FEE = 70
_CLEAR = CLEAR_SURNAMES | set("王张陈杨周")
_FAMILIAR = re.compile(f"(?<![一二三四五六七八九十两几半])[小老](?=[{''.join(sorted(_CLEAR))}])")
"""小王, 老李, but not 一小张纸."""
_HINTED = 30
_CUED = 45
"""What a name costs less where the words beside it may say, or do say, that it is one."""
_MOST_OFF = 2 * _CUED
_FOREIGN_LENGTHS = range(3, 9)
BETWEEN = "\n"
"""Stands between runs that are cut together: no word and no name holds it."""
_COUNTED_FEE = 60
_NEVER = 1 << 29
_NO_PAIR = 0
_FIRST = (_NO_PAIR,)
"""No pair ends with the first character."""
_COUNTING = frozenset("一二三四五六七八九十百千万亿两几这那哪每某半数整0123456789０１２３４５６７８９")
_BEFORE_NAMES = "叫|名为|姓名|我是|同学|同事|朋友|老师|作者|歌手|演员|导演|博主|主播|记者|邻居|@"
_AFTER_NAMES = "老师|先生|女士|同学|小姐|医生|教授|师傅|经理|主任|校长|阿姨|叔叔|说|告诉"
_INTRODUCING_ENDS = frozenset(word[-1] for word in _BEFORE_NAMES.split("|"))
_TITLE_STARTS = frozenset(word[0] for word in _AFTER_NAMES.split("|"))
"""Most words beside a name are told from these by one character."""
_INTRODUCES = re.compile(rf"(?:{_BEFORE_NAMES})\Z")
_TITLED = re.compile(_AFTER_NAMES)
_MAY_INTRODUCE = re.compile(r"(?:[跟和与给请让找问对]|认识|知道|喜欢|^|\n)\Z")
_MAY_FOLLOW = re.compile(r"[在是和跟也把被]|今天|昨天|来|去|\n|\Z")

Edges = dict[int, list[tuple[int, int]]]
"""For each end of a word: where it may begin, and what it costs."""


class Segmenter:
    """Cuts runs of hanzi.

    Args:
        vocabulary: Words and their costs.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._cost = vocabulary.costs.get
        self._longer = vocabulary.longer.get
        parts = (vocabulary.surnames, vocabulary.given, vocabulary.first, vocabulary.last)
        self._surname, self._only, self._first, self._last = (self._differences(part) for part in parts)
        single = [surname for surname in vocabulary.surnames if len(surname) == 1]
        double = sorted(surname for surname in vocabulary.surnames if len(surname) > 1)
        given = vocabulary.given.keys() | vocabulary.first.keys()
        self._person = re.compile(f"(?:{'|'.join([*double, _one_of(single)])})(?={_one_of(given)})")
        self._foreign_costs = vocabulary.foreign
        self._foreign = re.compile(f"{_one_of(vocabulary.foreign)}{{{_FOREIGN_LENGTHS[0]},}}")

    def _differences(self, part: Mapping[str, int]) -> dict[str, int]:
        """What parts of names cost more or less than as words, character by character."""
        alone = self._cost
        return {name: cost - sum(alone(char, UNKNOWN_COST) for char in name) for name, cost in part.items()}

    def words(self, line: str, before: str = "") -> list[str]:
        """Cuts runs of hanzi into the cheapest words; a name need not be in the vocabulary.

        Many runs at once cost far less than one by one.

        Args:
            line: Hanzi; traditional ones already simplified. Runs are set apart by :data:`BETWEEN`, which is
                then a word of its own.
            before: The character before each run in the text; asked for where :func:`asks_before`.
        """
        # Costs are looked up in C, for all places at once; what is left is one step a character.
        ones = list(map(self._cost, line, repeat(UNKNOWN_COST)))
        pairs = list(map(add, line, line[1:]))
        twos = list(map(self._cost, pairs, repeat(_NO_PAIR)))
        if asks_before(line):
            _charge_counted(twos, pairs, before, line)
        longer = self._longer_edges(line, ones, pairs)
        best, lengths = [0], []
        last, here = 0, 0
        for end, (one, two) in enumerate(zip(ones, chain(_FIRST, twos), strict=True), 1):
            total, length = here + one, 1
            if two and last + two < total:
                total, length = last + two, 2
            if end in longer:
                for begin, price in longer[end]:
                    if best[begin] + price < total:
                        total, length = best[begin] + price, end - begin
            best.append(total)
            lengths.append(length)
            last, here = here, total
        return _path(line, lengths)

    def _longer_edges(self, line: str, ones: list[int], pairs: list[str]) -> Edges:
        """Words of three characters and more, and names: for each end where they begin and what they cost."""
        edges: Edges = {}
        lengths = list(map(self._longer, map(add, pairs, line[2:])))
        if any(lengths):
            for start in compress(count(), lengths):
                for length in lengths[start] or ():
                    end = start + length
                    price = self._cost(line[start:end])
                    if price is not None:
                        edges.setdefault(end, []).append((start, price))
        self._add_persons(edges, line, ones)
        for match in _FAMILIAR.finditer(line):
            start = match.start()
            edges.setdefault(start + 2, []).append((start, ones[start] + ones[start + 1] - 1))
        for match in self._foreign.finditer(line):
            for start in range(match.start(), match.end() - 2):
                self._add_foreign(edges, line, start, match.end())
        return edges

    def _add_persons(self, edges: Edges, line: str, ones: list[int]) -> None:
        """Adds surnames with given names where they may cost less than their characters as words."""
        surname, only, first, last = self._surname, self._only.get, self._first.get, self._last.get
        for match in self._person.finditer(line):
            start, given = match.span()
            fee = surname[match.group()] + _PERSON_FEE
            char = line[given]
            one = fee + only(char, _NEVER) + _SINGLE_FEE
            two = fee + first(char, _NEVER) + last(line[given + 1 : given + 2], _NEVER)
            for end, price in ((given + 1, one), (given + 2, two)):
                if price < _MOST_OFF:
                    total = price - _discount(line, match, end, price)
                    if total < 0:
                        edges.setdefault(end, []).append((start, sum(ones[start:end]) + total))

    def _add_foreign(self, edges: Edges, line: str, start: int, stop: int) -> None:
        """Adds the rows of spelling characters that begin at a place."""
        total = _FOREIGN_FEE
        for length, char in enumerate(line[start : min(stop, start + _FOREIGN_LENGTHS[-1])], 1):
            total += self._foreign_costs[char]
            if length in _FOREIGN_LENGTHS:
                edges.setdefault(start + length, []).append((start, total))


def _discount(line: str, match: re.Match[str], end: int, price: int) -> int:
    """What a name costs less for the words beside it: 我叫李强, 王芳老师; a little for 跟李强说, 李强在家.

    Args:
        line: What it stands in.
        match: Its surname.
        end: Where it ends.
        price: What it costs more than its characters as words.
    """
    start = match.start()
    discount = 0
    if line[start - 1 : start] in _INTRODUCING_ENDS:
        discount += _CUED * (_INTRODUCES.search(line, max(0, start - 3), start) is not None)
    if line[end : end + 1] in _TITLE_STARTS:
        discount += _CUED * (_TITLED.match(line, end) is not None)
    if 0 <= price - discount < _HINTED and match.group() in _CLEAR:
        sides = _MAY_INTRODUCE.search(line, max(0, start - 2), start) and _MAY_FOLLOW.match(line, end)
        discount += _HINTED * (sides is not None)
    return discount


def asks_before(line: str) -> bool:
    """Whether what stands before a run may matter to how runs are cut."""
    return "个人" in line or "十分钟" in line


def _charge_counted(twos: list[int], pairs: list[str], before: str, line: str) -> None:
    """Makes 个人 dear after a numeral, 这 or 几 (四 and 个 and 人), and 十分 before 钟 (十 and 分钟)."""
    for at, pair in enumerate(pairs):
        if pair == "个人":
            last = line[at - 1] if at else BETWEEN
            if last == BETWEEN:
                number = line.count(BETWEEN, 0, at)
                last = before[number : number + 1]
            twos[at] += _COUNTED_FEE * (last in _COUNTING)
        elif pair == "十分" and line[at + 2 : at + 3] == "钟":
            twos[at] += _COUNTED_FEE


def _path(line: str, lengths: list[int]) -> list[str]:
    """The words of a line, by how long the word is that ends at each place."""
    words = []
    end = len(line)
    while end:
        start = end - lengths[end - 1]
        words.append(line[start:end])
        end = start
    words.reverse()
    return words


def _one_of(characters: Iterable[str]) -> str:
    """A character class; one that never matches when there are none."""
    return f"[{''.join(sorted(characters))}]" if characters else "(?!)"
