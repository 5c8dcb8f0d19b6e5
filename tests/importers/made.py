"""Binary samples, made when they are needed."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe"
    b"\x02\xfe\r\xefF\xb8\0\0\0\0IEND\xaeB`\x82"
)
MP4 = b"\0\0\0\x18ftypisom\0\0\0\0isommp42"

EXPLORE = [
    "采集时间",
    "作品ID",
    "作品类型",
    "作品标题",
    "作品描述",
    "作品标签",
    "发布时间",
    "最后更新时间",
    "收藏数量",
    "评论数量",
    "分享数量",
    "点赞数量",
    "作者昵称",
    "作者ID",
    "作者链接",
    "作品链接",
    "下载地址",
    "动图地址",
]
EXPLORE_ROW = {
    "采集时间": "2025-03-02 08:00:00",
    "作品ID": "67c0000000000000000000a1",
    "作品类型": "图文",
    "作品标题": "下雨天 Rainy day",
    "作品描述": "外面下雨了。\nIt is raining.\n#雨[话题]#",
    "作品标签": "雨",
    "发布时间": "2025-03-01_20:31:05",
    "最后更新时间": "未知",
    "收藏数量": "-1",
    "评论数量": "10+",
    "分享数量": "0",
    "点赞数量": "1.2万",
    "作者昵称": "小雨",
    "作者ID": "5f0000000000000000000001",
    "作者链接": "https://www.xiaohongshu.com/user/profile/5f0000000000000000000001",
    "作品链接": "https://www.xiaohongshu.com/explore/67c0000000000000000000a1?xsec_token=SECRET",
    "下载地址": "https://img.example/1 https://img.example/2",
    "动图地址": "NaN https://img.example/live.mp4",
}


def database(path: Path, **tables: tuple[list[str], list[list[object]]]) -> Path:
    """An SQLite file of tables: columns and rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    for title, (columns, rows) in tables.items():
        named = ", ".join(f'"{column}"' for column in columns)
        name = title.replace('"', '""')
        connection.execute(f'CREATE TABLE "{name}" ({named})')
        marks = ", ".join("?" for _ in columns)
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
    connection.commit()
    connection.close()
    return path


def explore_data(path: Path, *rows: dict[str, object], columns: list[str] = EXPLORE) -> Path:
    """XHS-Downloader's database."""
    return database(path, explore_data=(columns, [[row.get(c) for c in columns] for row in rows]))


def packed(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(**sheets: list[list[object]]) -> bytes:
    """An Excel file; texts are shared strings, as Excel writes them."""
    shared: list[str] = []
    members: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>"}
    listed, relations = "", ""
    for number, (name, rows) in enumerate(sheets.items(), 1):
        listed += f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        relations += f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.xml"/>'
        body = "".join(f"<row>{''.join(_cell(cell, shared) for cell in row)}</row>" for row in rows)
        members[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet><sheetData>{body}</sheetData></worksheet>"
    texts = "".join(f"<si><t>{escape(text)}</t><rPh><t>phonetic</t></rPh></si>" for text in shared)
    members["xl/sharedStrings.xml"] = f"<sst>{texts}</sst>"
    members["xl/workbook.xml"] = f'<workbook xmlns:r="r"><sheets>{listed}</sheets></workbook>'
    members["xl/_rels/workbook.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    return packed(members)


def _cell(value: object, shared: list[str]) -> str:
    if isinstance(value, str):
        shared.append(value)
        return f'<c t="s"><v>{len(shared) - 1}</v></c>'
    return "<c/>" if value is None else f"<c><v>{value}</v></c>"


def anki_database(path: Path, *words: tuple[str, int]) -> Path:
    """Notes and cards of an Anki collection: a front and the card's interval in days."""
    notes = [[number, f"<b>{front}</b>\x1fmeaning"] for number, (front, _) in enumerate(words, 1)]
    cards = [[number, number, days] for number, (_, days) in enumerate(words, 1)]
    return database(path, notes=(["id", "flds"], notes), cards=(["id", "nid", "ivl"], cards))
