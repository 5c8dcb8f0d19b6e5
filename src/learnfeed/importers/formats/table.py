"""CSV and TSV: sentences in two languages side by side, or a post in each row."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from learnfeed.core.post import Block, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.records import looks_like_json
from learnfeed.importers.rows import csv_rows
from learnfeed.importers.source import Source
from learnfeed.importers.text import count_hanzi, count_latin, has_hanzi, has_latin, split_lines

_ROWS_A_POST = 500
"""A longer table becomes several posts, each of a length one can read."""
_SAMPLE_LINES = 40
_ZH_NAMES = (
    "zh zh-cn zh-hans zh-hant zh-tw cn chinese mandarin hanzi simplified 中文 汉语 漢語 汉字 简体 原文 句子"
)
_EN_NAMES = "en en-us en-gb english translation meaning 英文 英语 英語 翻译 译文 释义 意思"
_PINYIN_NAMES = "pinyin 拼音 reading pronunciation"
_POST_NAMES = {
    "title": "title 标题 作品标题 name 名称",
    "body": "body text content desc description full_text 正文 内容 描述 文案 作品描述",
    "author": "author nickname user screen_name 作者 昵称 作者昵称",
    "url": "url link note_url href 链接 网址 作品链接",
    "tags": "tags tag_list topics keywords 标签 话题",
    "posted": "date time created created_at posted published create_time 时间 日期 发布时间",
    "likes": "likes like_count liked_count 点赞 点赞数 点赞数量",
}
_ZH, _EN, _PINYIN = (frozenset(names.split()) for names in (_ZH_NAMES, _EN_NAMES, _PINYIN_NAMES))
_POST_COLUMNS = {field: frozenset(names.split()) for field, names in _POST_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table's columns hold.

    Attributes:
        delimiter: Between cells.
        header: Whether the first row names the columns.
        zh, en: Index of the sentence columns; None when there are none.
        post: Index of each column of a table of posts, by field; empty for sentences.
        skip: Columns that hold pinyin.
    """

    delimiter: str
    header: bool
    zh: int | None = None
    en: int | None = None
    post: tuple[tuple[str, int], ...] = ()
    skip: frozenset[int] = frozenset()


class Table:
    """Bilingual tables of any tool or hand."""

    name = "table"
    label = "Table (CSV or TSV)"

    def sniff(self, probe: Probe) -> float:
        """Fairly sure when columns are named, or hold one language each."""
        if not probe.text or looks_like_json(probe.text):
            return 0.0
        layout = find_layout(probe.text)
        if layout is None:
            return 0.0
        return 0.6 if layout.header else 0.5

    def read(self, source: Source) -> Iterator[Item]:
        """Yields one post of paired sentences (one for each 500 rows), or one post for each row."""
        layout = find_layout(source.probe().text) or Layout(",", False, 0, 1)
        filled = _filled(csv_rows(source, layout.delimiter))
        first = next(filled, None)
        if first is None:
            yield source.problem("the table is empty", hint="nothing to do")
            return
        if not layout.header:
            filled = chain((first,), filled)
        yield from _row_posts(source, layout, filled) if layout.post else _pair_posts(layout, filled)


def _filled(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    return ((number, row) for number, row in rows if any(cell.strip("\ufeff\0 ") for cell in row))


def find_layout(text: str) -> Layout | None:
    """What the columns of a table hold, from its first lines; None when it is no such table."""
    lines = [line for line in split_lines(text.lstrip("\ufeff"))[: _SAMPLE_LINES + 1] if line.strip("\0 ")]
    lines = lines[:_SAMPLE_LINES]
    for delimiter in "\t,;|":
        if len(lines) < 2 or lines[0].count(delimiter) == 0:
            continue
        layout = _layout(_parsed(lines, delimiter), delimiter)
        if layout:
            return layout
    return None


def _parsed(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader([line + "\n" for line in lines], delimiter=delimiter) if row]
    except csv.Error:
        return [line.split(delimiter) for line in lines]


def _layout(rows: list[list[str]], delimiter: str) -> Layout | None:
    names = [cell.strip().casefold() for cell in rows[0]]
    zh = _index(names, _ZH)
    en = _index(names, _EN)
    skip = frozenset(i for i, name in enumerate(names) if name in _PINYIN)
    if zh is not None and en is not None:
        return Layout(delimiter, True, zh, en, skip=skip)
    post = tuple(
        (field, at) for field, known in _POST_COLUMNS.items() if (at := _index(names, known)) is not None
    )
    fields = dict(post)
    if "body" in fields and len(fields) > 1:
        return Layout(delimiter, True, post=post)
    return _by_content(rows, delimiter, skip)


def _index(names: Sequence[str], known: frozenset[str]) -> int | None:
    return next((i for i, name in enumerate(names) if name in known), None)


def _by_content(rows: list[list[str]], delimiter: str, skip: frozenset[int]) -> Layout | None:
    """Columns told apart by what they hold; most rows must have the same number of cells."""
    width, often = Counter(len(row) for row in rows).most_common(1)[0]
    if width < 2 or width > 20 or often * 5 < len(rows) * 4:
        return None
    same = [row for row in rows if len(row) == width]
    columns = [[row[i] for row in same if row[i].strip()] for i in range(width)]
    zh = next((i for i, cells in enumerate(columns) if i not in skip and _mostly(cells, _is_zh)), None)
    en = next(
        (i for i, cells in enumerate(columns) if i not in skip and i != zh and _mostly(cells, _is_en)), None
    )
    return Layout(delimiter, False, zh, en) if zh is not None and en is not None else None


def _mostly(cells: list[str], test: object) -> bool:
    return callable(test) and len(cells) > 0 and sum(1 for c in cells if test(c)) * 4 >= len(cells) * 3


def _is_zh(cell: str) -> bool:
    return has_hanzi(cell) and count_hanzi(cell) * 2 >= count_latin(cell)


def _is_en(cell: str) -> bool:
    return has_latin(cell) and count_hanzi(cell) * 4 <= count_latin(cell)


def _pair_posts(layout: Layout, rows: Iterator[tuple[int, list[str]]]) -> Iterator[Post]:
    blocks: list[Block] = []
    start = held = 0
    for number, row in rows:
        start = start or number
        blocks += _row_blocks(layout, row, number)
        held += 1
        if held == _ROWS_A_POST:
            yield Post("local", tuple(blocks), kind="text", place_in_source=f"line {start}")
            blocks, start, held = [], 0, 0
    if blocks:
        yield Post("local", tuple(blocks), kind="text", place_in_source=f"line {start}")


def _row_blocks(layout: Layout, row: list[str], number: int) -> Iterator[Block]:
    texts = {
        i: values.string(cell).strip(" \t\n\ufeff") for i, cell in enumerate(row) if i not in layout.skip
    }
    zh, en = texts.pop(layout.zh, ""), texts.pop(layout.en, "")  # type: ignore[arg-type]
    pair = f"r{number}" if zh and en else ""
    for text in filter(None, (zh, en)):
        yield Block(text, pair=pair)
    yield from (Block(text) for text in texts.values() if text)


def _row_posts(source: Source, layout: Layout, rows: Iterator[tuple[int, list[str]]]) -> Iterator[Item]:
    for number, row in rows:
        cells = {field: row[at] if at < len(row) else "" for field, at in layout.post}
        blocks, tags = values.text_blocks(cells.get("title", ""), cells.get("body", ""))
        if not values.has_text(blocks):
            yield source.problem("the row has no text", f"line {number}")
            continue
        yield Post(
            "local",
            blocks,
            kind="text",
            author=values.line(cells.get("author")),
            url=values.link(cells.get("url")),
            tags=values.topics(cells.get("tags"), tags),
            posted=values.moment(cells.get("posted")),
            likes=values.count(cells.get("likes")),
            place_in_source=f"line {number}",
        )
