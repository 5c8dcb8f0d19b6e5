"""Shows an annotated text by its words instead of its offsets."""

from __future__ import annotations

from learnfeed.core.text import AnnotatedText, Language


def units(annotated: AnnotatedText, language: str = "") -> list[str]:
    """The texts of the units, of one language or of all."""
    text = annotated.text
    return [text[u.start : u.end] for u in annotated.units if not language or u.language == language]


def languages(annotated: AnnotatedText) -> list[tuple[str, str]]:
    """Language and text of each unit."""
    return [(str(u.language), annotated.text[u.start : u.end]) for u in annotated.units]


def sentences(annotated: AnnotatedText) -> list[tuple[str, str]]:
    """Language and text of each unit that is Chinese or English."""
    return [item for item in languages(annotated) if item[0] != Language.OTHER]


def pairs(annotated: AnnotatedText) -> list[tuple[str, str]]:
    """The pairs, sentences of a side joined by a bar."""
    text = annotated.text
    return [
        ("|".join(text[a:b] for a, b in pair.zh), "|".join(text[a:b] for a, b in pair.en))
        for pair in annotated.pairs
    ]


def links(annotated: AnnotatedText) -> dict[str, str]:
    """The English words linked to each Chinese word."""
    text = annotated.text
    return {
        text[link.zh[0] : link.zh[1]]: " ".join(text[a:b] for a, b in link.en) for link in annotated.links
    }


def sense_of(annotated: AnnotatedText, word: str) -> str:
    """The gloss chosen for a word."""
    token = next(token for token in annotated.tokens if token.text == word)
    assert token.sense is not None
    return token.sense.gloss
