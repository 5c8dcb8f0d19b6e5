"""XHS-Downloader's notes beside the pictures: ``.txt`` and ``.md`` files, appended to at every run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from learnfeed.importers.base import Item, Probe
from learnfeed.importers.formats.xhs_downloader import _downloads, post_of
from learnfeed.importers.source import Source
from learnfeed.importers.text import split_lines

_TEXT_START = "[作品信息]"
_MARKDOWN_START = "## 📝 作品信息"
_TEXT_FIELD = re.compile(r"(作品\w+|\w{1,6}时间|\w{2}数量|作者\w+)[:：] ?(.*)")
_MARKDOWN_FIELD = re.compile(r"- (?:[^*\s]{1,4} )?\*\*(\w{2,8})\*\*[：:]\s?(.*)")
_SAVED = re.compile(r"\**保存时间[:：]\s*([\d: -]{16,19})\**")


class XhsNotes:
    """One note in a text file, in the layout XHS-Downloader writes."""

    name = "xhs-downloader-notes"
    label = "XHS-Downloader notes"

    def sniff(self, probe: Probe) -> float:
        """Sure by the first heading."""
        start = probe.text.lstrip("\ufeff \t\r\n")
        return 1.0 if start.startswith((_TEXT_START, _MARKDOWN_START)) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields each note once: of records with one id the last, which is the newest."""
        latest: dict[str, dict[str, str]] = {}
        for number, record in enumerate(_records(split_lines(source.text())), 1):
            key = record.get("作品ID") or f"#{number}"
            latest.pop(key, None)
            latest[key] = {**record, "#": str(number)}
        files = _downloads(source)
        for record in latest.values():
            yield from post_of(source, record, f"record {record['#']}", files)
        if not latest:
            yield source.problem("there is no note in it", hint="nothing to do")


def _records(lines: list[str]) -> Iterator[dict[str, str]]:
    record: dict[str, str] = {}
    field = ""
    for line in lines:
        if line.strip() in (_TEXT_START, _MARKDOWN_START):
            if record:
                yield record
            record, field = {}, ""
            continue
        saved = _SAVED.fullmatch(line.strip())
        match = _MARKDOWN_FIELD.fullmatch(line) or _TEXT_FIELD.fullmatch(line)
        if saved:
            record["采集时间"], field = saved.group(1).strip(), ""
        elif field == "作品描述" and line.startswith(("  > ", "  >", "    ")):
            record[field] += "\n" + _continuation(line)
        elif match:
            field = match.group(1)
            record[field] = match.group(2).strip().strip("`")
        elif line.strip():
            field = ""
        elif field == "作品描述":
            record[field] += "\n"
    if record:
        yield record


def _continuation(line: str) -> str:
    """A further line of a description: quoted in Markdown (with its two blanks at the end), else indented."""
    return line[4:].removesuffix("  ") if line.startswith("  >") else line[4:]
