"""A study sheet: one HTML file to read, print or hand out, with nothing in it that acts or is fetched.

Pinyin stands over the hanzi as ``<ruby>`` (HTML Standard, 4.5.10). The file holds no script and names
nothing outside itself but links that a reader may follow; a policy in its head has browsers see to that.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby

from learnfeed.anki import markup
from learnfeed.anki.licences import with_terms
from learnfeed.core.note import (
    DeckSpec,
    NewWord,
    Note,
    PostNote,
    ReadingComment,
    ReadingUnit,
    RubyToken,
    WordNote,
)

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may load for the sheet: its own style (Content Security Policy Level 3)."""

_TABLE = (
    "<table>\n<thead><tr><th>Word</th><th>Meaning</th><th>Met in</th><th>Level</th></tr></thead>\n<tbody>\n"
)


def study_sheet(spec: DeckSpec, notes: Iterable[Note]) -> Iterator[str]:
    """The lines of the file: a table for words that follow each other, a section for each post.

    Nothing at all comes of no notes. All text is escaped here and by :mod:`learnfeed.anki.markup`, once.
    """
    thanks: dict[str, None] = {}
    for is_post, group in groupby(notes, key=lambda note: isinstance(note, PostNote)):
        if not thanks:
            yield from _head(spec)
        if not is_post:
            yield _TABLE
        for note in group:
            thanks[markup.escape(with_terms(note.attribution))] = None
            yield from _post(note) if isinstance(note, PostNote) else _row(note)
        if not is_post:
            yield "</tbody>\n</table>\n"
    if thanks:
        yield from _foot(filter(None, thanks))


def _head(spec: DeckSpec) -> Iterator[str]:
    # A title holds characters only, no elements.
    name = " · ".join(markup.deck_name(spec.name).split("::"))
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{html.escape(name)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
    yield f"<h1>{markup.escape(name)}</h1>\n"
    if description := markup.escape(spec.description):
        yield f'<p class="facts">{description}</p>\n'


@cache
def _style() -> str:
    return files("learnfeed.anki").joinpath("study_sheet.css").read_text(encoding="utf-8")


def _foot(thanks: Iterable[str]) -> Iterator[str]:
    yield "<footer>\n"
    for line in thanks:
        yield f"<p>Dictionary: {line}</p>\n"
    yield "<p>The text of each post is its author's.</p>\n</footer>\n</body>\n</html>\n"


# -- words -----------------------------------------------------------------------------------------


def _row(note: WordNote) -> Iterator[str]:
    """A word with its reading and the sentence it was met in."""
    traditional = markup.escape(note.traditional)
    writing = "" if note.traditional in ("", note.headword) else _part("other", traditional, "zh-TW")
    others = "; ".join(filter(None, map(markup.escape, note.other_glosses)))
    yield f'<tr><td lang="zh-CN">{_reading(note.headword, note.syllables)}{writing}</td>\n'
    yield f"<td>{markup.escape(note.gloss)}{_part('other', others)}</td>\n"
    sentence = _part("zh", markup.ruby_text(note.sentence), "zh-CN")
    english = _part("en", markup.marked(note.english, note.english_links))
    yield f"<td>{sentence}{english}{_part('from', markup.source_line(note.source))}</td>\n"
    yield f'<td class="level">{markup.escape(note.level)}</td></tr>\n'


def _reading(headword: str, syllables: tuple[str, ...]) -> str:
    return markup.ruby_text([RubyToken(headword, syllables)])


def _part(name: str, content: str, language: str = "") -> str:
    """A block of a class; nothing when there is nothing in it."""
    said = f' lang="{language}"' if language else ""
    return f'<div class="{name}"{said}>{content}</div>' if content else ""


# -- posts -----------------------------------------------------------------------------------------


def _post(note: PostNote) -> Iterator[str]:
    title = markup.ruby_text(note.title) or markup.escape(note.title_text)
    # Quotation marks are as wide as hanzi in Chinese fonts: a title in English keeps to its own.
    language = ' lang="zh-CN"' if any(any(token.syllables) for token in note.title) else ""
    yield f"<section>\n<h2{language}>{title}</h2>\n{_part('translation', markup.escape(note.title_english))}"
    known = f"{note.known:.0%} of its words known".replace("%", " %") if note.known else ""
    facts = (markup.escape(note.level), known, markup.source_line(note.source))
    yield f"{_part('facts', ' · '.join(filter(None, facts)))}\n"
    yield from map(_unit, note.body)
    if note.new_words:
        yield f'<h3>New words</h3>\n<dl class="new">\n{"".join(map(_new_word, note.new_words))}</dl>\n'
    if comments := "".join(map(_comment, note.comments)):
        yield f"<h3>Comments</h3>\n{comments}"
    yield "</section>\n"


def _unit(unit: ReadingUnit) -> str:
    chinese = _part("zh", markup.ruby_text(unit.tokens), "zh-CN")
    english = _part("en", markup.escape(unit.english))
    if not chinese and not english:
        return ""
    alone = "" if chinese and english else " alone"
    last = " last" if unit.ends_paragraph else ""
    return f'<div class="unit{alone}{last}">{chinese}{english}</div>\n'


def _new_word(word: NewWord) -> str:
    head = _reading(word.headword, word.syllables)
    return f'<div><dt lang="zh-CN">{head}</dt><dd>{markup.escape(word.gloss)}</dd></div>\n'


def _comment(comment: ReadingComment) -> str:
    body = "".join(map(_unit, comment.units))
    if not body:
        return ""
    answer = " answer" if comment.depth else ""
    author = _part("author", markup.escape(comment.author))
    return f'<div class="comment{answer}">{author}\n{body}</div>\n'
