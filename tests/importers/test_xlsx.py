from __future__ import annotations

import io

import pytest

from learnfeed.core.errors import DamagedError, LimitError
from learnfeed.importers import limits
from learnfeed.importers.source import Source
from learnfeed.importers.xlsx import XmlEvents, sheet_columns, sheet_records
from tests.importers.made import packed, workbook


def test_rows_are_named_by_the_first_one(given):
    source = Source.at(
        given("a.xlsx", workbook(Contents=[["id", "text", "n"], ["a", "雪\nsnow", 3], [None, None, None]]))
    )
    assert sheet_columns(source) == {"Contents": ("id", "text", "n")}
    assert list(sheet_records(source, "Contents")) == [
        ("row 2 of Contents", {"id": "a", "text": "雪\nsnow", "n": "3"})
    ]


def test_cells_say_where_they_stand(given):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="AB1"><f>1+1</f><v>2</v></c><c r="ZZZZ1"><v>9</v></c></row>'
    members = {
        "[Content_Types].xml": "<T/>",
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheet name="S" r:id="none"/></workbook>',
        "xl/_rels/workbook.xml.rels": "<R/>",
        "xl/worksheets/sheet1.xml": f"<w><sheetData>{rows}</sheetData></w>",
    }
    columns = sheet_columns(Source.at(given("a.xlsx", packed(members))))["S"]
    assert (columns[0], columns[27], len(columns)) == ("a", "2", 28)


def test_what_is_no_workbook_has_no_sheets(given):
    broken = packed({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<a>"})
    assert sheet_columns(Source.at(given("a.xlsx", broken))) == {}
    with pytest.raises(DamagedError):
        list(sheet_records(Source.at(given("a.xlsx", broken)), "S"))
    with pytest.raises(DamagedError):
        list(sheet_records(Source.at(given("b.xlsx", b"PK no zip")), "S"))


def test_shared_texts_that_are_not_there_are_empty(given):
    data = workbook(S=[["a"]])
    source = Source.at(given("a.xlsx", data))
    assert sheet_columns(source) == {"S": ("a",)}
    members = {
        "[Content_Types].xml": "<T/>",
        "xl/workbook.xml": '<w><sheet name="S"/></w>',
        "xl/_rels/workbook.xml.rels": "<R/>",
        "xl/worksheets/sheet1.xml": '<w><row><c t="s"><v>7</v></c><c t="s"><v>x</v></c><c><v>1</v></c></row></w>',
    }
    assert sheet_columns(Source.at(given("b.xlsx", packed(members)))) == {"S": ("", "", "1")}


def test_entities_can_not_grow():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>'
    with pytest.raises(DamagedError, match="DOCTYPE"):
        list(XmlEvents(io.BytesIO(bomb), "a.xml"))


def test_broken_xml_is_told_with_its_line():
    with pytest.raises(DamagedError, match="not whole XML") as caught:
        list(XmlEvents(io.BytesIO(b"<a>\n<b></a>"), "a.xml"))
    assert caught.value.place == "line 2"


def test_xml_has_a_limit(monkeypatch):
    monkeypatch.setattr(limits, "TEXT_BYTES", limits.Limit("a text", 5, "bytes"))
    with pytest.raises(LimitError):
        list(XmlEvents(io.BytesIO(b"<a>123456</a>"), "a.xml"))
