"""What a post gives to ask about besides its Chinese words: exchanges of comments, English words, a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from learnfeed.core.level import BANDS
from learnfeed.core.note import RubyToken
from learnfeed.core.post import Post
from learnfeed.core.text import AnnotatedPost, AnnotatedText, Decider, Language, Span, Token, Unit
from learnfeed.services.media import pictures
from learnfeed.services.sentences import ruby
from learnfeed.study.quiz.base import Exchange, Item, Said
from learnfeed.study.quiz.comparing import english_words, hanzi

if TYPE_CHECKING:
    from learnfeed.annotate.english_words import EnglishReader

_PIECE = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*|[^A-Za-zÀ-ɏ]+")


def exchanges(post_id: int, post: Post, annotated: AnnotatedPost, title: str) -> list[Item]:
    """Comments that were answered, each with an answer that says something, in the order of the answers."""
    places = {comment.key: i for i, comment in enumerate(post.comments)}
    found: list[Item] = []
    for i, comment in enumerate(post.comments[: len(annotated.comments)]):
        parent = places.get(comment.parent, i) if comment.parent else i
        if parent == i or parent >= len(annotated.comments):
            continue
        asked = _said(post.comments[parent].author, annotated.comments[parent])
        reply = _said(comment.author, annotated.comments[i])
        if asked.text and _says_something(reply):
            exchange = Exchange(asked, reply)
            found.append(Item("", (), "", post_id=post_id, title=title, exchange=exchange))
    return found


def _said(author: str, text: AnnotatedText) -> Said:
    units = [(unit.language, (unit.start, unit.end)) for unit in text.units]
    chinese = [token for language, span in units if language is Language.ZH for token in ruby(text, span)]
    english = (text.text[slice(*span)].strip() for language, span in units if language is Language.EN)
    return Said(author, tuple(chinese), " ".join(part for part in english if part))


def _says_something(said: Said) -> bool:
    return (
        len(hanzi("".join(token.text for token in said.tokens))) > 1 or len(english_words(said.english)) > 1
    )


def picture_of(post: Post, library: Path) -> str:
    """The first picture of a post that lies on this machine; empty when there is none."""
    return str(next(pictures(post, library), ""))


def english_items(
    post_id: int, annotated: AnnotatedPost, title: str, picture: str, reader: EnglishReader
) -> list[Item]:
    """The English words of a post that have a Chinese meaning, each where its sentence has one first.

    Names and words of grammar are no words to ask for. Words of the title have the post's picture.
    """
    shown = {item.headword for item in _english_words(annotated.title, reader)}
    best: dict[str, Item] = {}
    for text in (annotated.title, annotated.body):
        for item in _english_words(text, reader):
            before = best.get(item.headword)
            if before is None or (bool(item.english), bool(item.english_links)) > (
                bool(before.english),
                bool(before.english_links),
            ):
                seen = picture if item.headword in shown else ""
                best[item.headword] = replace(item, post_id=post_id, title=title, picture=seen)
    return list(best.values())


def _english_words(text: AnnotatedText, reader: EnglishReader) -> Iterator[Item]:
    from learnfeed.annotate.function_words import FUNCTION_WORDS

    units = [unit for unit in text.units if unit.language is Language.EN]
    for word in reader.words(text):
        unit = next((unit for unit in units if unit.start <= word.start < unit.end), None)
        if unit is None or not word.level or not word.gloss or word.lemma in FUNCTION_WORDS:
            continue
        chinese = _chinese_of(text, unit)
        at = chinese.find(word.gloss) if word.by is Decider.LINK else -1
        yield Item(
            headword=word.lemma,
            syllables=(),
            gloss=word.gloss,
            level=BANDS.index(word.level) + 1,
            sentence=english_tokens(text.text, (unit.start, unit.end), word.start),
            english=chinese,
            english_links=((at, at + len(word.gloss)),) if at >= 0 else (),
            language=Language.EN,
            phonetics=word.phonetics,
        )


def english_tokens(text: str, span: Span, target: int = -1) -> tuple[RubyToken, ...]:
    """A stretch of English as words and what is between them; the word that begins at ``target`` is marked."""
    start, end = span
    part = text[start:end].rstrip()
    left = len(part) - len(part.lstrip())
    return tuple(
        RubyToken(match.group(), is_target=match.start() + start == target)
        for match in _PIECE.finditer(part, left)
    )


def _chinese_of(text: AnnotatedText, unit: Unit) -> str:
    spans = [
        zh
        for pair in text.pairs
        if any(start < unit.end and unit.start < end for start, end in pair.en)
        for zh in pair.zh
    ]
    return "".join(text.text[start:end].strip() for start, end in dict.fromkeys(spans))


def in_title(annotated: AnnotatedPost, headword: str) -> Token | None:
    """A word's token in the title: what a post is called is what its picture shows, if anything is."""
    return next((token for token in annotated.title.tokens if token.headword == headword), None)


def turned(item: Item) -> Item | None:
    """The same meeting of a word for who learns English: the English words that translate it, if the post has them."""
    if not item.english_links:
        return None
    start, end = item.english_links[0][0], item.english_links[-1][1]
    word = item.english[start:end]
    if len(english_words(word)) != 1:
        return None
    chinese = item.sentence_text
    at = chinese.find(item.written)
    return replace(
        item,
        headword=word.lower(),
        syllables=(),
        gloss=item.written,
        level=0,
        sentence=english_tokens(item.english, (0, len(item.english)), start),
        english=chinese,
        english_links=((at, at + len(item.written)),) if at >= 0 else (),
        language=Language.EN,
    )
