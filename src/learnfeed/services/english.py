"""The same posts for who learns English: English flows and is looked up, Chinese is the translation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from learnfeed.core.english import EnglishWord
from learnfeed.core.text import (
    AnnotatedPost,
    AnnotatedText,
    Language,
    SenseChoice,
    SentencePair,
    Token,
    TokenKind,
    Unit,
    WordLink,
)
from learnfeed.core.word import Entry, Sense, WordFacts, WordStatus
from learnfeed.services.sentences import sections
from learnfeed.services.views import ReaderPost, WordView
from learnfeed.store.database import Database
from learnfeed.store.side import ENGLISH
from learnfeed.store.words import WordStore

if TYPE_CHECKING:
    from learnfeed.annotate.english_words import EnglishReader
    from learnfeed.annotate.lexicon import Lexicon

_SURE = {True: 0.9, False: 0.6}
"""How sure a gloss is that the post itself gives, and one that a dictionary gives."""


class EnglishService:
    """Posts turned round."""

    def __init__(self, database: Database, lexicon: Callable[[], Lexicon]) -> None:
        """Takes the library and a way to open the dictionary."""
        self._words = WordStore(database, ENGLISH)
        self._lexicon = lexicon

    @cached_property
    def reader(self) -> EnglishReader:
        """Tells of English words what the lexicon knows."""
        from learnfeed.annotate.english_words import EnglishReader

        return EnglishReader(self._lexicon())

    def turned(self, post: ReaderPost) -> ReaderPost:
        """A post whose words are the English ones, with what the learner said of them."""
        title, body = self._turned(post.title), self._turned(post.body)
        comments = tuple(replace(view, text=self._turned(view.text)) for view in post.comments)
        texts = (title, body, *(view.text for view in comments))
        lemmas = {token.headword for text in texts for token in text.tokens if token.learnable}
        return replace(post, title=title, body=body, comments=comments, statuses=self._words.statuses(lemmas))

    def _turned(self, text: AnnotatedText) -> AnnotatedText:
        return turned_text(text, self.reader.words(text))

    def word(self, token: Token) -> WordView:
        """What is known of an English word, as it stands in a post."""
        _, level, phonetics, gloss = self.reader.facts(token.text.lower().replace("’", "'"))
        senses = tuple(Sense(part) for part in gloss.split("；") if part)
        about = " · ".join(part for part in (f"/{phonetics}/" if phonetics else "", level) if part)
        met = self._words.word(token.headword)
        return WordView(
            token.headword,
            (Entry(token.headword, "", (), senses),) if senses else (),
            WordFacts({}),
            met.status if met else WordStatus.NEW,
            met.count if met else 0,
            met.posts if met else 0,
            about=about,
        )


def turned_post(post: AnnotatedPost, reader: EnglishReader) -> AnnotatedPost:
    """A post's annotation whose words are the English ones."""
    title, body, *comments = (turned_text(text, reader.words(text)) for text in sections(post))
    return replace(post, title=title, body=body, comments=tuple(comments))


def turned_text(text: AnnotatedText, words: tuple[EnglishWord, ...]) -> AnnotatedText:
    """A text whose words are its English ones, its pairs and links the other way round."""
    return AnnotatedText(
        text.text,
        tuple(_tokens(text, words)),
        tuple(
            Unit(_OTHER_WAY.get(unit.language, unit.language), unit.start, unit.end) for unit in text.units
        ),
        tuple(
            SentencePair(pair.en, pair.zh, pair.sure, pair.by) for pair in text.pairs if pair.en and pair.zh
        ),
        tuple(WordLink(span, (link.zh,), sure=link.sure) for link in text.links for span in link.en),
    )


_OTHER_WAY = {Language.ZH: Language.EN, Language.EN: Language.ZH}


def _tokens(text: AnnotatedText, words: tuple[EnglishWord, ...]) -> list[Token]:
    """The English words as words to learn, what is between them by lines and blanks."""
    sentences = [unit for unit in text.units if unit.language is Language.EN]
    tokens: list[Token] = []
    at = 0
    for word in words:
        if word.start < at or not any(unit.start <= word.start < unit.end for unit in sentences):
            continue
        tokens += _between(text.text, at, word.start)
        by_post = word.by.value == "link"
        sense = SenseChoice(word.gloss, _SURE[by_post], word.by, word.gloss if by_post else "")
        learned = bool(word.level)
        tokens.append(
            Token(
                word.surface,
                word.start,
                TokenKind.WORD if learned else TokenKind.LATIN,
                word.lemma if learned else "",
                sense=sense if word.gloss else None,
            )
        )
        at = tokens[-1].end
    return [*tokens, *_between(text.text, at, len(text.text))]


def _between(text: str, start: int, end: int) -> list[Token]:
    """A stretch without English words: each line end, blank and run of other characters by itself."""
    tokens: list[Token] = []
    for at in range(start, end):
        char = text[at]
        kind = TokenKind.OTHER if char.isspace() or char.isalnum() else TokenKind.PUNCTUATION
        last = tokens[-1] if tokens else None
        if last and last.kind is kind is TokenKind.OTHER and not char.isspace() and not last.text.isspace():
            tokens[-1] = Token(last.text + char, last.start, kind)
        else:
            tokens.append(Token(char, at, kind))
    return tokens
