"""What learners put right, applied to a text: it outranks file, dictionary, model and link.

Pure. Word boundaries go in before the text is read, so that everything after works with the right
words; readings go in before senses are chosen, and once more at the end with senses and pairs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.core.correction import Correction, CorrectionKind, Scope, places
from learnfeed.core.text import (
    AnnotatedText,
    Decider,
    Language,
    Reading,
    SenseChoice,
    SentencePair,
    Span,
    Token,
    TokenKind,
    WordLink,
)

_RANK = {Scope.EVERYWHERE: 0, Scope.CONTEXT: 1, Scope.HERE: 2}
_HANZI_KINDS = (TokenKind.WORD, TokenKind.NAME, TokenKind.NUMBER)
_NAME = "name"

Place = tuple[Correction, Span]


class Fixes:
    """The corrections that hold in one text. Those that say more of a place come after, later ones last.

    Attributes:
        places: Each with where its characters stand.
    """

    def __init__(self, places: Sequence[Place] = ()) -> None:
        self.places = places

    def _of(self, kind: CorrectionKind) -> list[Place]:
        return [(correction, span) for correction, span in self.places if correction.kind is kind]

    def cut(self, tokens: Sequence[Token], lexicon: Lexicon) -> Sequence[Token]:
        """Tokens cut as the learner wants them; joined they are the same text."""
        for correction, span in self.places:
            words = _words_of(correction)
            if words and (correction.scope is not Scope.EVERYWHERE or _aligned(tokens, span)):
                tokens = recut(tokens, span, words, lexicon)
        return tokens

    def read(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Tokens read as the learner says."""
        readings = self._of(CorrectionKind.READING)
        if not readings:
            return tokens
        out = list(tokens)
        for correction, span in readings:
            first, last = _covering(out, span)
            if correction.scope is Scope.EVERYWHERE and [t.span for t in out[first:last]] != [span]:
                continue
            for at in range(first, last):
                out[at] = _read(out[at], correction.value, span)
        return out

    def stated_pairs(self, text: str) -> list[tuple[list[Span], list[Span]]]:
        """Pairs that the learner states, to be taken as those a file states."""
        return [
            ([span], found)
            for correction, span in self._of(CorrectionKind.PAIR)
            if (found := _stretches(text, correction.value))
        ]

    def settle(self, text: AnnotatedText) -> AnnotatedText:
        """The text with what the learner said as the last word."""
        if not self.places:
            return text
        tokens = list(self.read(text.tokens))
        links = list(text.links)
        for correction, span in self._of(CorrectionKind.SENSE):
            first, last = _covering(tokens, span)
            if [token.span for token in tokens[first:last]] == [span]:
                tokens[first] = _meant(tokens[first], correction.value[0])
                links = [replace(k, sense=correction.value[0]) if k.zh == span else k for k in links]
        text = replace(text, tokens=tuple(tokens), links=tuple(links))
        for correction, span in self._of(CorrectionKind.PAIR):
            text = _paired(text, correction, span)
        return text


NO_FIXES = Fixes()


def fixes_for(corrections: Iterable[Correction], text: str, post: str) -> Fixes:
    """The corrections that hold in a text.

    Args:
        corrections: All of the learner's, in the order they were made.
        text: The text.
        post: Key of the post it belongs to.
    """
    found = [(c, span) for c in corrections if c.surface in text for span in places(c, text, post)]
    return Fixes(sorted(found, key=lambda place: _RANK[place[0].scope])) if found else NO_FIXES


def concerned(correction: Correction, text: AnnotatedText, post: str) -> set[int]:
    """Where the tokens start that a correction, which holds in a text, is about."""
    starts: set[int] = set()
    for span in places(correction, text.text, post):
        first, last = _covering(text.tokens, span)
        covered = text.tokens[first:last]
        if _is_about(correction, covered, span):
            starts.update(token.start for token in covered)
    return starts


def _is_about(correction: Correction, covered: Sequence[Token], span: Span) -> bool:
    if correction.kind is CorrectionKind.WORDS:
        return [token.text for token in covered] == list(correction.value)
    exact = correction.kind is CorrectionKind.SENSE or correction.scope is Scope.EVERYWHERE
    return correction.kind is CorrectionKind.PAIR or not exact or [t.span for t in covered] == [span]


# -- words -----------------------------------------------------------------------------------------


def _words_of(correction: Correction) -> tuple[str, ...]:
    """The words that a correction wants; what is said of one word at one place holds it together."""
    if correction.kind is CorrectionKind.WORDS:
        return correction.value
    if correction.scope is Scope.HERE and correction.kind is not CorrectionKind.PAIR:
        return (correction.surface,)
    return ()


def recut(tokens: Sequence[Token], span: Span, words: Sequence[str], lexicon: Lexicon) -> Sequence[Token]:
    """Tokens with a stretch of them cut into other words.

    Args:
        tokens: All tokens of a text.
        span: The stretch; where it cuts tokens apart, what is left of them is looked up by itself.
        words: The words it makes; joined they are the stretch.
        lexicon: The dictionary.
    """
    first, last = _covering(tokens, span)
    covered = tokens[first:last]
    if not covered or [token.text for token in covered] == list(words):
        return tokens
    start, end = span
    made: list[Token] = []
    if covered[0].start < start:
        made += _left_over(covered[0], covered[0].start, start, lexicon)
    for word in words:
        made.append(_word(word, start, lexicon))
        start += len(word)
    if covered[-1].end > end:
        made += _left_over(covered[-1], end, covered[-1].end, lexicon)
    return [*tokens[:first], *made, *tokens[last:]]


def _word(text: str, start: int, lexicon: Lexicon) -> Token:
    """What a learner calls a word can be learned, whether or not the dictionary has it."""
    entries = lexicon.entries(text)
    if not entries:
        return Token(text, start, TokenKind.WORD, lexicon.simplify_characters(text))
    headword = entries[0].simplified
    named = all(_NAME in sense.tags for entry in entries for sense in entry.senses)
    kind = TokenKind.NAME if named and not lexicon.facts(headword).levels else TokenKind.WORD
    return Token(text, start, kind, headword)


def _left_over(token: Token, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    text = token.text[start - token.start : end - token.start]
    if token.kind not in _HANZI_KINDS:
        return [Token(text, start, token.kind, text.lower() if token.headword else "")]
    if lexicon.entries(text):
        return [_word(text, start, lexicon)]
    return [_word(char, start + at, lexicon) for at, char in enumerate(text)]


def _covering(tokens: Sequence[Token], span: Span) -> tuple[int, int]:
    """First and last (excluded) number of the tokens that a stretch touches."""
    first = bisect_right(tokens, span[0], key=lambda token: token.end)
    return first, bisect_left(tokens, span[1], lo=first, key=lambda token: token.start)


def _aligned(tokens: Sequence[Token], span: Span) -> bool:
    """Whether a stretch begins and ends where words do."""
    first, last = _covering(tokens, span)
    return first < last and (tokens[first].start, tokens[last - 1].end) == span


# -- readings and senses ---------------------------------------------------------------------------


def _read(token: Token, syllables: tuple[str, ...], span: Span) -> Token:
    """A token, with the syllables of those of its characters that a correction is about."""
    old = token.reading
    kept = old is not None and len(old.syllables) == len(token.text)
    whole = list(old.syllables) if old and kept else [""] * len(token.text)
    for at in range(max(token.start, span[0]), min(token.end, span[1])):
        whole[at - token.start] = syllables[at - span[0]]
    if not any(whole):
        return token
    sure = 1.0 if span[0] <= token.start and token.end <= span[1] else (old.sure if old else 1.0)
    return token._replace(reading=Reading(tuple(whole), sure, Decider.PERSON))


def _meant(token: Token, gloss: str) -> Token:
    english = token.sense.english if token.sense else ""
    return token._replace(sense=SenseChoice(gloss, 1.0, Decider.PERSON, english))


# -- pairs -----------------------------------------------------------------------------------------


def _stretches(text: str, sentences: Sequence[str]) -> list[Span]:
    """Where sentences stand in a text; nothing unless all of them do."""
    found = [(at, at + len(part)) for part in sentences if (at := text.find(part)) >= 0]
    return found if len(found) == len(sentences) else []


def _paired(text: AnnotatedText, correction: Correction, span: Span) -> AnnotatedText:
    """A text whose Chinese sentence at a place has the translation that the learner gave it."""
    zh = _units(text, Language.ZH, [span]) or (span,)
    stretches = _stretches(text.text, correction.value)
    en = _units(text, Language.EN, stretches) or tuple(stretches)
    own = "" if en else " ".join(correction.value)
    pairs = [left for pair in text.pairs if (left := _without(pair, zh, en))]
    if en or own:
        pairs.append(SentencePair(zh, en, 1.0, Decider.PERSON, own))
    pairs.sort(key=lambda pair: pair.zh[0] if pair.zh else (0, 0))
    links = tuple(link for link in text.links if _keeps(link, zh, en))
    return replace(text, pairs=tuple(pairs), links=links)


def _units(text: AnnotatedText, language: Language, spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(
        (unit.start, unit.end)
        for unit in text.units
        if unit.language is language and any(_touch((unit.start, unit.end), span) for span in spans)
    )


def _without(pair: SentencePair, zh: Sequence[Span], en: Sequence[Span]) -> SentencePair | None:
    """A pair without these sentences; None when a side is left empty."""
    left = tuple(span for span in pair.zh if not any(_touch(span, other) for other in zh))
    right = tuple(span for span in pair.en if not any(_touch(span, other) for other in en))
    return replace(pair, zh=left, en=right) if left and (right or pair.own) else None


def _keeps(link: WordLink, zh: Sequence[Span], en: Sequence[Span]) -> bool:
    """Whether a link lies wholly within the new pair, or wholly outside of it."""
    inside = any(_touch(link.zh, span) for span in zh)
    return all(any(_touch(word, span) for span in en) is inside for word in link.en)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
