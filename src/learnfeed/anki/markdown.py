"""Words and posts as Markdown, to read, print or keep in a notebook (CommonMark 0.31)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import quote

from learnfeed.anki import markup
from learnfeed.core.note import DeckSpec, Note, NoteSource, PostNote, ReadingUnit, WordNote
from learnfeed.core.pinyin import word_with_marks

_MARKS = re.compile(r"[\\`*_{}\[\]#|~&$^@]")
_AT_START = re.compile(r"^(?:[-+=>]|\d{1,9}(?=[.)]))")
_BARE_ADDRESS = re.compile(r"(?i)(https?|ftp):(?=//)|(www)\.")


def markdown(spec: DeckSpec, notes: Iterable[Note]) -> Iterator[str]:
    """The lines of a document: a heading, a list item for each word, a section for each post, attribution."""
    thanks: dict[str, None] = {}
    for note in notes:
        if not thanks:
            yield f"# {text(spec.name)}\n\n"
        thanks[text(note.attribution)] = None
        yield from _post(note) if isinstance(note, PostNote) else _word(note)
    if line := "; ".join(filter(None, thanks)):
        yield f"Dictionary: {line}\n"


def text(raw: str) -> str:
    """A text on one line that shows as it is: no emphasis, link, heading or HTML comes of it."""
    line = " ".join(markup.clean(raw).split())
    line = _MARKS.sub(r"\\\g<0>", line).replace("<", "&lt;")
    line = _BARE_ADDRESS.sub(lambda m: f"{m[1]}\\:" if m[1] else f"{m[2]}\\.", line)
    return _AT_START.sub(_hold, line)


def _hold(match: re.Match[str]) -> str:
    start = match.group()
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def _word(note: WordNote) -> Iterator[str]:
    traditional = f" ({text(note.traditional)})" if note.traditional not in ("", note.headword) else ""
    pinyin = text(word_with_marks(tuple(filter(None, note.syllables))))
    meaning = "; ".join(filter(None, map(text, (note.gloss, *note.other_glosses))))
    level = f" · {text(note.level)}" if note.level else ""
    yield f"- **{text(note.headword)}**{traditional} {pinyin} — {meaning}{level}\n"
    if note.sentence:
        # Two blanks at the end break the line.
        english = f"  \n  > {text(note.english)}" if note.english else ""
        yield f"  > {_sentence(note)}{english}\n"
    yield "\n"


def _sentence(note: WordNote) -> str:
    parts = []
    for is_target, tokens in groupby(note.sentence, key=lambda token: token.is_target):
        raw = "".join(token.text for token in tokens)
        shown = text(raw)
        parts.append(f"**{shown}**" if is_target and shown else _padded(raw, shown))
    return "".join(parts).strip()


def _padded(raw: str, shown: str) -> str:
    """A part of a line with the blanks it had at its ends."""
    if not shown:
        return " "
    return f"{' ' * raw[0].isspace()}{shown}{' ' * raw[-1].isspace()}"


def _post(note: PostNote) -> Iterator[str]:
    yield f"## {text(note.title_text)}\n\n"
    facts = [text(note.level), f"{note.known:.0%} known" if note.known else "", source(note.source)]
    if line := " · ".join(filter(None, facts)):
        yield f"{line}\n\n"
    for unit in note.body:
        yield from _unit(unit)
    for word in note.new_words:
        yield f"- **{text(word.headword)}** {text(word_with_marks(word.syllables))} — {text(word.gloss)}\n"
    if note.new_words:
        yield "\n"


def _unit(unit: ReadingUnit) -> Iterator[str]:
    if chinese := text(unit.text):
        yield f"{chinese}\n\n"
    if english := text(unit.english):
        yield f"> {english}\n\n"


def source(where: NoteSource) -> str:
    """Title (a link where there is a web address), author and date."""
    title = text(where.title)
    address = markup.clean(where.url)
    if markup.is_web_address(address):
        title = f"[{title or text(address)}](<{quote(address, safe=':/?#@!$&*+,;=%~-._')}>)"
    return ", ".join(filter(None, (title, text(where.author), text(where.date))))
