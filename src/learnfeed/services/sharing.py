"""Decks for someone else: what a note says of a text stays, what it says of the learner goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from learnfeed.anki.licences import with_terms
from learnfeed.core.note import NewWord, PostNote, ReadingUnit, RubyToken
from learnfeed.core.text import AnnotatedPost, Token


def deck_description(own: str, attribution: str, *, share: bool) -> str:
    """A recipe's description with what the dictionary's licence asks to be told along.

    Args:
        own: The recipe's description; may be empty.
        attribution: Of the dictionary, with its licence.
        share: Whether the deck is for someone else, who also wants to know what may be done with it.
    """
    dictionary = f"Dictionary: {with_terms(attribution)}" if attribution else ""
    texts = (
        "Licence: the dictionary entries are passed on under the dictionary's licence; "
        "the text of each post is its author's."
    )
    return "\n\n".join(filter(None, (own, dictionary, texts if share else "")))


def for_everyone(note: PostNote, annotated: AnnotatedPost, level_of: Callable[[str], int]) -> PostNote:
    """A reading card that tells nothing of who made it.

    Its new words are those that a reader of the post's level may not know, whatever the learner knows:
    words of that level and above, and words outside HSK.

    Args:
        note: As the learner has it.
        annotated: The same post.
        level_of: HSK level of a headword, 0 outside HSK.
    """
    tokens = _first_tokens(annotated)
    hard = {word: token for word, token in tokens.items() if _is_hard(level_of(word), note.deck_level)}
    texts = frozenset(
        token.text
        for text in (annotated.title, annotated.body, *annotated.comments)
        for token in text.tokens
        if token.learnable and token.headword in hard
    )
    return replace(
        note,
        title=_marked(note.title, texts),
        body=_units(note.body, texts),
        comments=tuple(replace(each, units=_units(each.units, texts)) for each in note.comments),
        known=0.0,
        new_words=tuple(_new_word(word, token) for word, token in hard.items()),
    )


def _first_tokens(annotated: AnnotatedPost) -> dict[str, Token]:
    """The first token of each word of title and body, in reading order."""
    found: dict[str, Token] = {}
    for text in (annotated.title, annotated.body):
        for token in text.tokens:
            if token.learnable:
                found.setdefault(token.headword, token)
    return found


def _is_hard(level: int, post_level: int) -> bool:
    return not level or level >= post_level


def _new_word(word: str, token: Token) -> NewWord:
    return NewWord(
        word,
        token.reading.syllables if token.reading else (),
        token.sense.gloss if token.sense else "",
    )


def _units(units: Iterable[ReadingUnit], texts: frozenset[str]) -> tuple[ReadingUnit, ...]:
    return tuple(replace(unit, tokens=_marked(unit.tokens, texts)) for unit in units)


def _marked(tokens: Iterable[RubyToken], texts: frozenset[str]) -> tuple[RubyToken, ...]:
    return tuple(replace(token, is_target=token.text in texts) for token in tokens)
