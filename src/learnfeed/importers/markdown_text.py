"""The text of Markdown: marks dropped, tables of two languages and definitions kept as pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from learnfeed.core.post import Block
from learnfeed.importers import values
from learnfeed.importers.text import has_hanzi, has_latin, is_chinese, split_lines

# An alternative text may itself stand in brackets: ![[哭惹R]](address) is an emoji code.
_EMOJI = re.compile(r"!\[(\[[^\[\]\n]{1,20}\])\]\([^)\n]{1,2000}\)")
_IMAGE = re.compile(
    r"!\[[^\]\n]{0,500}\]\(\s*<?([^)\s>]{1,2000})>?[^)\n]{0,200}\)|!\[\[([^\]|\n]{1,500})(?:\|[^\]\n]{0,200})?\]\]"
)
_VIDEO = re.compile(
    r"<(?:video|img|audio|source)\b[^>\n]{0,500}?src=\"([^\"\n]{1,2000})\"[^>\n]{0,200}>(?:</\w{1,10}>)?"
)
_LINK = re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{1,2000}\)")
_WIKI = re.compile(r"\[\[(?:[^\]|\n]{1,200}\|)?([^\]|\n]{1,200})\]\]")
_STRONG = re.compile(r"(\*\*|__|~~|==)(?=\S)([^\n]{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]{1,300})(?<=\S)[*_](?![\w*])")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_LEAD = re.compile(r"^\s{0,8}(?:#{1,6}\s+|(?:>\s?)+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_RULE = re.compile(r"^\s*(?:[-*_]\s?){3,}$")
_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_MOST_CELLS = 30
_DIVIDER = re.compile(r"^[\s|:-]+$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")


@dataclass(frozen=True, slots=True)
class Sections:
    """A note cut at its headings.

    Attributes:
        title: The first heading of the first level; empty without one.
        body: All but that heading, the sections included.
        named: Text of second-level sections by their heading.
    """

    title: str
    body: str
    named: dict[str, str]


def sections(text: str) -> Sections:
    """Cuts a note at its first title and its second-level headings."""
    title, name = "", ""
    body: list[str] = []
    named: dict[str, list[str]] = {}
    for line in split_lines(text):
        if line.startswith("# ") and not title:
            title = line[2:].strip()
            continue
        if line.startswith("## "):
            name = line[3:].strip()
            named[name] = []
        elif name:
            named[name].append(line)
        body.append(line)
    return Sections(title, "\n".join(body), {key: "\n".join(lines) for key, lines in named.items()})


def strip_media(text: str) -> tuple[str, list[str]]:
    """A text without its pictures and videos, and their addresses; emoji pictures become their code."""
    text = _EMOJI.sub(r"\1", text)
    urls = [next(filter(None, match.groups())) for match in _IMAGE.finditer(text)]
    urls += [match.group(1) for match in _VIDEO.finditer(text)]
    return _VIDEO.sub("", _IMAGE.sub("", text)), urls


def plain_markdown(text: str) -> str:
    """Markdown as it reads: no fences, leads, emphasis or link targets; lines stay lines."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_plain_lines(text))).strip()


def _plain_lines(text: str) -> Iterator[str]:
    for line in split_lines(text):
        if _FENCE.match(line) or _RULE.match(line):
            continue
        yield _plain(_LEAD.sub("", line)).rstrip()


def _plain(line: str) -> str:
    if len(line) > 20_000 or not line.strip():
        return line
    line = _WIKI.sub(r"\1", _LINK.sub(r"\1", line))
    line = _CODE.sub(r"\1", _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", line)))
    return _ESCAPED.sub(r"\1", line)


def markdown_blocks(text: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Blocks of a note: each run of lines one block, each row of a bilingual table a pair; and its topics."""
    blocks: list[Block] = []
    tags: tuple[str, ...] = ()
    for number, (rows, lines) in enumerate(_runs(split_lines(text))):
        if rows:
            blocks += _table_blocks(rows, number)
            continue
        body, found = values.split_topics(plain_markdown("\n".join(lines)))
        tags = (*tags, *found)
        if body:
            blocks.append(Block(body))
    return tuple(blocks), values.topics(tags)


def _runs(lines: list[str]) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Tables as their rows, and what stands between them as lines."""
    table: list[list[str]] = []
    plain: list[str] = []
    for line in lines:
        match = _ROW.match(line) if line.count("|") <= _MOST_CELLS else None
        if match:
            if plain:
                yield [], plain
                plain = []
            if not _DIVIDER.match(line):
                table.append([_plain(cell.strip()) for cell in match.group(1).split("|")])
            elif len(table) == 1:
                table = [[]]
        else:
            if table:
                yield table, []
                table = []
            plain.append(line)
    yield table, plain


def _table_blocks(rows: list[list[str]], number: int) -> Iterator[Block]:
    """Rows below the header: two cells in two languages are a pair."""
    for at, cells in enumerate(row for row in rows if any(row)):
        filled = [cell for cell in cells if cell]
        zh = [cell for cell in filled if has_hanzi(cell) and is_chinese(cell)]
        en = [cell for cell in filled if has_latin(cell) and not has_hanzi(cell)]
        pair = f"t{number}.{at}" if len(zh) == len(en) == 1 else ""
        yield from (Block(cell, pair=pair if cell in (*zh, *en) else "") for cell in filled)
