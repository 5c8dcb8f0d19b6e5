"""From a text to its tokens: scan, cut Chinese runs into words, join what belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from learnfeed.annotate.joins import joined
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.scan import KIND, Piece, Stretch, scan
from learnfeed.annotate.segment import Cut, best_cuts
from learnfeed.annotate.vocabulary import load
from learnfeed.core.text import Token, TokenKind
from learnfeed.core.word import Entry

_RUN = frozenset({Piece.HANZI, Piece.LATIN, Piece.NUMBER})
_HANZI = re.compile(r"[\u3400-\u9fff]")
_CODE_SUFFIX = ("R]", "H]")
_COUNTED = re.compile(
    r"[元块个年月日号天岁米人次万千百亿分秒页斤公克里路楼班级条张名位种多%％.:\-/]|[A-Za-z]"
)
_PLACE_OR_PERSON = re.compile(
    r"\b(?:county|district|city|prefecture|province|township|village|town|river|lake|mountains?|Mt|islands?|peninsula"
    r"|county-level|capital of|personal name|surname|emperor|banner|subdistrict|neighborhood)\b"
    r"|\(name\)|\((?:c\.? ?|active c?\.? ?|born |-)?\d{2,4}\b"
)
_LEARNED = re.compile(
    r"\b(?:dynasty|dynasties|era|army|armed forces|revolution|war|solar terms|festival|star sign|language|religion)\b",
    re.IGNORECASE,
)
"""What glosses of names say that a learner meets as words: 清朝, 冬至, 论语."""
_NAME_POS = frozenset({"nr", "ns"})
_NO_NAME_ENDS = frozenset("人族文语教军部局节")
_RARE_NAME_ZIPF = 4.0
_NAME_TAG = "name|"


class Tokenizer:
    """Cuts texts into tokens.

    Args:
        lexicon: The dictionary.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._vocabulary = load(lexicon)
        self._mixed = {word.lower(): word for word in lexicon.word_list("mixed")}
        longest_first = sorted(self._mixed, key=lambda word: (-len(word), word))
        self._mixed_pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
        self._kind = lru_cache(maxsize=8192)(self._kind_of)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, without readings and senses; joined they are the text again.

        Args:
            text: Any string, lone surrogates and control characters included.
        """
        out: list[Token] = []
        for stretch in self._stretches(text):
            if stretch.piece is Piece.HANZI:
                out += joined(self._words(text, stretch), self._lexicon)
            else:
                out.append(self._other(text, stretch))
        return out

    def _stretches(self, text: str) -> Iterator[Stretch]:
        """The stretches of a text; words like 卡拉OK and yyds are stretches of their own."""
        block: list[Stretch] = []
        for stretch in scan(text):
            if stretch.piece in _RUN:
                block.append(stretch)
                continue
            yield from self._block(text, block)
            block = []
            if stretch.piece is Piece.CODE and not self._is_code(text[stretch.start : stretch.end]):
                yield Stretch(Piece.PUNCTUATION, stretch.start, stretch.start + 1)
                yield from self._block(text, list(scan(text, stretch.start + 1, stretch.end - 1)))
                yield Stretch(Piece.PUNCTUATION, stretch.end - 1, stretch.end)
            else:
                yield stretch
        yield from self._block(text, block)

    def _is_code(self, code: str) -> bool:
        return code.endswith(_CODE_SUFFIX) or self._lexicon.emoji(code) is not None

    def _block(self, text: str, block: list[Stretch]) -> Iterator[Stretch]:
        """Hanzi, Latin and numbers that stand together, with mixed words cut out of them."""
        if all(stretch.piece is Piece.HANZI for stretch in block):
            yield from block
            return
        at, end = block[0].start, block[-1].end
        for match in self._mixed_pattern.finditer(text, at, end):
            if self._is_mixed_word(text, match):
                yield from scan(text, at, match.start())
                yield Stretch(Piece.MIXED, match.start(), match.end())
                at = match.end()
        if at == block[0].start:
            yield from block
        else:
            yield from scan(text, at, end)

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

    def _words(self, text: str, stretch: Stretch) -> list[Token]:
        run = self._lexicon.simplify_characters(text[stretch.start : stretch.end])
        return [self._word(text, stretch.start, run, cut) for cut in best_cuts(run, self._vocabulary)]

    def _word(self, text: str, offset: int, run: str, cut: Cut) -> Token:
        written = run[cut.start : cut.end]
        headword = self._vocabulary.aliases.get(written, written)
        start, end = offset + cut.start, offset + cut.end
        return Token(
            text[start:end], start, TokenKind.NAME if cut.is_name else self._kind(headword), headword
        )

    def _kind_of(self, headword: str) -> TokenKind:
        """WORD for what a learner learns, NAME for places, persons and what has no entry."""
        row = self._lexicon.row(headword)
        if row and row[2] and _NAME_TAG not in row[2]:  # most words: nothing needs to be unpacked
            return TokenKind.WORD
        entries = self._lexicon.entries(headword)
        if not entries:
            return TokenKind.WORD if len(headword) == 1 else TokenKind.NAME
        named = all("name" in sense.tags for entry in entries for sense in entry.senses)
        if not named or self._lexicon.facts(headword).levels:
            return TokenKind.WORD
        return TokenKind.NAME if self._is_name(headword, entries[0]) else TokenKind.WORD

    def _is_name(self, headword: str, entry: Entry) -> bool:
        gloss = entry.senses[0].gloss
        if _LEARNED.search(gloss) or headword[-1] in _NO_NAME_ENDS:
            return False
        named = self._lexicon.part_of_speech(headword) in _NAME_POS and gloss[:1].isupper()
        rare = self._lexicon.zipf(headword) < _RARE_NAME_ZIPF
        return bool(_PLACE_OR_PERSON.search(gloss)) or (rare and named)

    def _other(self, text: str, stretch: Stretch) -> Token:
        part = text[stretch.start : stretch.end]
        headword = ""
        if stretch.piece is Piece.LATIN:
            headword = part.lower()
        elif stretch.piece is Piece.MIXED:
            headword = self._mixed[part.lower()]
        return Token(part, stretch.start, KIND[stretch.piece], headword)


def _is_alnum(pair: str) -> bool:
    """Whether two characters are both Latin letters or digits: no word ends between them."""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
