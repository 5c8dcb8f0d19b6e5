"""Notes to the fields of their note type, in the order of ``notetype.toml``."""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import lru_cache

from learnfeed.anki import markup
from learnfeed.core.ids import content_hash
from learnfeed.core.note import NewWord, PostNote, ReadingComment, ReadingUnit, RubyToken, WordNote
from learnfeed.core.pinyin import split_tone, word_with_marks
from learnfeed.core.review import Template

RESERVE = ("",) * 6
"""Fields kept free for later, at the end of each note type."""

MediaName = Callable[[str], str]
"""Gives the name of a file within the package; empty when it can't be used."""


def note_key(guid: str) -> str:
    """The first field: tells notes apart for programs that don't see Anki's guid (16 hex digits)."""
    return content_hash(guid)[:16]


def word_fields(
    note: WordNote, asked: Set[Template], *, picture: MediaName, recording: MediaName
) -> list[str]:
    """The fields of a word note.

    Args:
        note: The note.
        asked: Templates to make cards of, where the note holds what they need.
        picture: Takes a picture into the package and gives its name there.
        recording: The same for a recording.
    """
    syllables = tuple(filter(None, note.syllables))
    hanzi = markup.escape(note.headword)
    traditional = markup.escape(note.traditional)
    return [
        note_key(note.guid),
        hanzi,
        traditional if traditional != hanzi else "",
        markup.escape(word_with_marks(syllables)),
        markup.escape(" ".join(syllables)),
        markup.escape(typed_pinyin(syllables)),
        markup.escape(note.gloss),
        "; ".join(filter(None, map(markup.escape, note.other_glosses))),
        markup.word_ruby(note.headword, note.syllables).strip(),
        markup.escape(note.sentence_text),
        markup.ruby_text(note.sentence),
        markup.blanked(note.sentence),
        markup.marked(note.english, note.english_links),
        markup.escape(note.level),
        _image(picture(note.picture)) if note.picture else "",
        _sound(recording(note.audio)) if note.audio else "",
        markup.source_line(note.source),
        markup.escape(note.attribution),
        *_flags(frozenset(asked)),
        markup.escape(letters(syllables)),
        *RESERVE,
    ]


@lru_cache(maxsize=64)
def _flags(asked: frozenset[Template]) -> tuple[str, ...]:
    return tuple("1" if template in asked else "" for template in Template)


def typed_pinyin(syllables: tuple[str, ...]) -> str:
    """What a learner types for a word: ``xia4xue3``; ü as v, as on every keyboard."""
    return "".join(syllables).replace("ü", "v")


def letters(syllables: tuple[str, ...]) -> str:
    """A word's pinyin without its tones, syllables apart: ``xia xue``."""
    return " ".join(split_tone(syllable)[0] for syllable in syllables)


def reading_fields(note: PostNote, picture: MediaName) -> list[str]:
    """The fields of a reading note."""
    return [
        note_key(note.guid),
        markup.escape(note.title_text),
        markup.ruby_text(note.title),
        markup.escape(note.title_english),
        "<br>".join(filter(None, (markup.escape(unit.text or unit.english) for unit in note.body))),
        "".join(map(_unit, note.body)),
        "".join(map(_comment, note.comments)),
        markup.escape(note.level),
        f"{note.known:.0%}".replace("%", " %") if note.known else "",
        "".join(map(_new_word, note.new_words)),
        "".join(_image(name) for path in note.pictures if (name := picture(path))),
        markup.source_line(note.source),
        markup.escape(note.attribution),
        *RESERVE,
    ]


def _unit(unit: ReadingUnit) -> str:
    last = " last" if unit.ends_paragraph else ""
    chinese = markup.ruby_text(unit.tokens)
    english = markup.escape(unit.english)
    if not chinese:
        return f'<div class="unit plain{last}">{english}</div>' if english else ""
    translation = f'<div class="english" lang="en">{english}</div>' if english else ""
    return f'<details class="unit{last}"><summary>{chinese}</summary>{translation}</details>'


def _comment(comment: ReadingComment) -> str:
    body = "".join(map(_unit, comment.units))
    if not body:
        return ""
    answer = " answer" if comment.depth else ""
    return (
        f'<div class="comment{answer}"><div class="author">{markup.escape(comment.author)}</div>{body}</div>'
    )


def _new_word(word: NewWord) -> str:
    head = markup.ruby_text([RubyToken(word.headword, word.syllables)])
    gloss = markup.escape(word.gloss)
    return f'<div class="word"><span class="head" lang="zh-CN">{head}</span><span>{gloss}</span></div>'


def _image(name: str) -> str:
    return f'<img src="{name}" alt="">' if name else ""


def _sound(name: str) -> str:
    return f"[sound:{name}]" if name else ""
