"""From a text to its tokens: scan, cut Chinese runs into words, join what belongs together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate, pairwise, repeat

from learnfeed.annotate.joins import joined, perhaps
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.scan import Piece, Stretch, scan
from learnfeed.annotate.segment import BETWEEN, Segmenter, asks_before
from learnfeed.annotate.vocabulary import load
from learnfeed.core.text import Token, TokenKind

_HANZI = re.compile(r"[\u3400-\u9fff]")
_MAY_BE_MIXED = re.compile(r"[A-Za-z0-9\[]")
_CODE_SUFFIX = ("R]", "H]")
_AT_ONCE = 512
"""Stretches whose runs of hanzi are cut together: what a long text needs in memory stays small."""
_new_token: Callable[[tuple[object, ...]], Token] = partial(tuple.__new__, Token)
"""A token of all its parts, in a third of the time that the class itself takes."""
_COUNTED = re.compile(
    r"[元块个年月日号天岁米人次万千百亿分秒页斤公克里路楼班级条张名位种多%％.:\-/]|[A-Za-z]"
)


class Tokenizer:
    """Cuts texts into tokens.

    Args:
        lexicon: The dictionary.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._vocabulary = load(lexicon)
        self._segmenter = Segmenter(self._vocabulary)
        self._perhaps = perhaps(self._vocabulary)
        self._mixed = {word.lower(): word for word in lexicon.word_list("mixed")}
        longest_first = sorted(self._mixed, key=lambda word: (-len(word), word))
        first = "".join(sorted({re.escape(word[0]) for word in self._mixed}))
        # One look at the first character spares most places a try of every word.
        any_of = "|".join(map(re.escape, longest_first))
        self._mixed_pattern = re.compile(f"(?=[{first}])(?:{any_of})", re.IGNORECASE)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, without readings and senses; joined they are the text again.

        Args:
            text: Any string, lone surrogates and control characters included.
        """
        out: list[Token] = []
        simple = self._lexicon.simplify_characters(text)
        stretches = self._stretches(text)
        for at in range(0, len(stretches), _AT_ONCE):
            self._add(out, text, simple, stretches[at : at + _AT_ONCE])
        return out

    def _add(self, out: list[Token], text: str, simple: str, stretches: list[Stretch]) -> None:
        """Adds the tokens of stretches; their runs of hanzi are cut together, in one line."""
        hanzi, latin, mixed = Piece.HANZI, Piece.LATIN, Piece.MIXED
        runs = [(start, end) for piece, start, end in stretches if piece is hanzi]
        line = BETWEEN.join([simple[start:end] for start, end in runs])
        before = ""
        if asks_before(line):
            before = "".join(text[start - 1] if start else BETWEEN for start, _ in runs)
        words = self._segmenter.words(line, before) if runs else []
        ends = _ends(words, len(runs))
        tokens = self._word_tokens(text, text is not simple, words, runs, ends)
        joinable = self._joinable(line)
        number = first = 0
        for piece, start, end in stretches:
            if piece is hanzi:
                last = ends[number]
                if number in joinable:
                    self._add_joined(out, text, start, words[first:last])
                else:
                    out += tokens[first:last]
                first = last + 1
                number += 1
                continue
            part = text[start:end]
            headword = part.lower() if piece is latin else self._mixed[part.lower()] if piece is mixed else ""
            out.append(_new_token((part, start, piece.kind, headword, None, None)))

    def _joinable(self, line: str) -> set[int]:
        """Which runs of a line may hold words that are to be joined."""
        out: set[int] = set()
        number = at = 0
        for match in self._perhaps.finditer(line):
            number += line.count(BETWEEN, at, match.start())
            at = match.start()
            out.add(number)
        return out

    def _word_tokens(
        self, text: str, changed: bool, words: list[str], runs: list[tuple[int, int]], ends: list[int]
    ) -> list[Token]:
        """A token for each word of a line, and one that nobody looks at for what stands between runs.

        Args:
            text: As it stands.
            changed: Whether it had to be simplified.
            words: The words of all runs.
            runs: Where each run begins and ends.
            ends: How many words precede the end of each run.
        """
        vocabulary = self._vocabulary
        distinct = set(words)
        names = {word for word in distinct.difference(vocabulary.costs) if len(word) > 1}
        names |= distinct & vocabulary.names
        kinds: Iterable[TokenKind] = repeat(TokenKind.WORD)
        if names:
            kinds = [TokenKind.NAME if word in names else TokenKind.WORD for word in words]
        headwords = words
        if not vocabulary.aliases.keys().isdisjoint(words):
            headwords = [vocabulary.aliases.get(word, word) for word in words]
        lengths = list(map(len, words))
        for at, (_, end), (start, _) in zip(ends, runs, runs[1:], strict=False):
            lengths[at] = start - end
        starts = list(accumulate(lengths, initial=runs[0][0] if runs else 0))
        if changed:
            words = [text[start:end] for start, end in pairwise(starts)]
        return list(map(_new_token, zip(words, starts, kinds, headwords, repeat(None), repeat(None))))

    def _kind(self, word: str) -> TokenKind:
        """NAME for what is listed as a name and for what was made up of name parts."""
        vocabulary = self._vocabulary
        made_up = len(word) > 1 and word not in vocabulary.costs
        return TokenKind.NAME if made_up or word in vocabulary.names else TokenKind.WORD

    def _add_joined(self, out: list[Token], text: str, at: int, words: list[str]) -> None:
        """Adds words of a run, of which some may be one."""
        aliases = self._vocabulary.aliases
        for word, join in joined([aliases.get(word, word) for word in words], self._vocabulary):
            end = at + len(word)
            if join is None:
                out.append(Token(text[at:end], at, self._kind(word), word))
            else:
                kind = TokenKind.WORD if join.headword else TokenKind.NUMBER
                out.append(Token(text[at:end], at, kind, join.headword))
            at = end

    def _stretches(self, text: str) -> list[Stretch]:
        """The stretches of a text; words like 卡拉OK and yyds are stretches of their own."""
        stretches = scan(text)
        if not _MAY_BE_MIXED.search(text):
            return stretches
        out: list[Stretch] = []
        block: list[Stretch] = []
        for stretch in stretches:
            piece, start, end = stretch
            if piece.in_word:
                block.append(stretch)
                continue
            if block:
                out += self._block(text, block)
                block = []
            if piece is Piece.CODE and not self._is_code(text[start:end]):
                out.append((Piece.PUNCTUATION, start, start + 1))
                out += self._block(text, scan(text, start + 1, end - 1))
                out.append((Piece.PUNCTUATION, end - 1, end))
            else:
                out.append(stretch)
        return out + self._block(text, block) if block else out

    def _is_code(self, code: str) -> bool:
        return code.endswith(_CODE_SUFFIX) or self._lexicon.emoji(code) is not None

    def _block(self, text: str, block: list[Stretch]) -> list[Stretch]:
        """Hanzi, Latin and numbers that stand together, with mixed words cut out of them."""
        if len(block) == 1:
            piece, at, end = block[0]
            if piece is Piece.HANZI or self._is_plain(text[at:end]):
                return block
        at, end = block[0][1], block[-1][2]
        out: list[Stretch] = []
        for match in self._mixed_pattern.finditer(text, at, end):
            if self._is_mixed_word(text, match):
                out += scan(text, at, match.start())
                out.append((Piece.MIXED, *match.span()))
                at = match.end()
        return out + scan(text, at, end) if out else block

    def _is_plain(self, part: str) -> bool:
        """Whether a Latin word or number that stands alone can hold no mixed word, as most cannot."""
        return part.isascii() and part.isalnum() and part.lower() not in self._mixed

    def _is_mixed_word(self, text: str, match: re.Match[str]) -> bool:
        """Whether a match stands as a word: not inside a longer Latin word, number or English text."""
        start, end = match.span()
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if _is_alnum(before + text[start]) or _is_alnum(text[end - 1] + after):
            return False
        word = match.group()
        if _HANZI.search(word):
            return True
        if word.isdigit():
            return not _COUNTED.match(after) and not _COUNTED.match(before)
        tags = self._lexicon.entries(self._mixed[word.lower()])[0].senses[0].tags
        return "abbr" in tags or bool(_HANZI.match(before) or _HANZI.match(after))


def _ends(words: list[str], runs: int) -> list[int]:
    """How many words precede the end of each run of a line."""
    out: list[int] = []
    at = -1
    for _ in range(runs - 1):
        at = words.index(BETWEEN, at + 1)
        out.append(at)
    return [*out, len(words)]


def _is_alnum(pair: str) -> bool:
    """Whether two characters are both Latin letters or digits: no word ends between them."""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
