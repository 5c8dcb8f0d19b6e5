"""The whole collection of sample files and of hostile ones, where it is there (LEARNFEED_SAMPLES)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from learnfeed.importers.registry import open_paths
from tests.importers.conftest import import_all

ROOT = Path(os.environ.get("LEARNFEED_SAMPLES", "/nonexistent"))
SAVED, HOSTILE = ROOT / "saved_posts", ROOT / "hostile"
SNOW = "6787f0a10000000018002b31"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAVED.is_dir(), reason="LEARNFEED_SAMPLES is not set"),
]


def test_every_saved_file_is_recognised():
    unknown = [s.name for s in open_paths([SAVED]) if not s.format]
    assert unknown == []


def test_one_note_is_one_note_whatever_tool_saved_it():
    found = import_all(SAVED)
    snow = [post for post in found.posts if post.native_id == SNOW and post.kind == "note"]
    assert len(snow) > 12
    assert {post.title for post in snow} == {"第一次看到雪！My first snow"}
    # One tool drops all codes in brackets, one leaves topics in the text, one adds what a picture says.
    starts = {post.body.replace("[哭惹R]", "").split("\n#")[0].strip()[:60] for post in snow}
    assert len(starts) == 1
    assert all("学中文" in post.tags for post in snow)


def test_no_token_and_no_cookie_comes_through():
    found = import_all(SAVED)
    told = repr((found.posts, found.comments, found.words))
    assert "xsec" not in told
    assert "demoToken" not in told


def test_words_of_every_list():
    found = import_all(SAVED / "08_known_words")
    heads = {word.headword for word in found.words}
    assert {"雪", "猫", "课本", "作业", "热茶"} <= heads
    assert not any("update" in word.headword for word in found.words)


def hostile_files() -> list[str]:
    manifest = HOSTILE / "MANIFEST.tsv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8") as file:
        return [row["file"] for row in csv.DictReader(file, delimiter="\t")]


@pytest.mark.parametrize("name", hostile_files())
def test_hostile_files_end_in_items_and_sentences(name):
    found = import_all(HOSTILE / name)
    assert found.posts or found.problems
    for problem in found.problems:
        assert problem.reason
        assert problem.file


BODIES = {
    "02_truncated_last_line.jsonl": "今天早上醒来",
    "04_utf16le_bom.json": "今天早上醒来",
    "05_utf16be_no_bom.txt": "窗外全白了。",
    "07_big5.txt": "老師說窗外全白了。",
    "08_mixed_utf8_and_gbk.txt": "猫在睡觉。",
    "10_nul_bytes.txt": "雪snow",
    "22_duplicate_keys.json": "second",
    "34_overlapping_negative_times.srt": "倒着 reversed",
    "35_srt_no_blank_lines.srt": "2025",
    "41_json_with_nan_infinity.json": "NaN 雪",
    "43_html_state_tricks.html": 'he said "undefined"',
    "47_telegram_invalid_x_escape.json": "雪 snow",
    "49_frontmatter_never_closed.md": "窗外全白了。",
    "56_crlf_cr_ls_ps_mixed.txt": "猫 cat 茶 tea 作业 homework",
}


@pytest.mark.parametrize("name", BODIES)
def test_what_can_be_saved_of_a_hostile_file_is_saved(name):
    texts = [f"{post.title}\n{post.body}" for post in import_all(HOSTILE / name).posts]
    assert any(BODIES[name] in text for text in texts), texts


REASONS = {
    "01_truncated.json": "cut off",
    "16_zip_bomb_48MiB.zip": "compression",
    "17_truncated.zip": "not a complete archive",
    "20_deep_nested_comments.json": "values inside values",
    "23_empty.json": "empty",
    "25_whitespace_only.txt": "no text",
    "28_png_renamed.jsonl": "is an image",
    "29_wrong_tables.db": "tables and columns",
    "31_sqlite_header_only.db": "database",
    "37_numbers_as_strings_null_fields.json": "no text",
    "44_html_unclosed_state.html": "no note",
    "46_mhtml_bad_boundary.mhtml": "no page",
    "50_csv_unbalanced_quotes.csv": "never closed",
    "52_xml_entity_bomb.xml": "DOCTYPE",
    "55_tar_slip.tar.gz": "outside",
}


@pytest.mark.parametrize("name", REASONS)
def test_what_is_wrong_with_a_hostile_file_is_said(name):
    assert any(REASONS[name] in problem.reason for problem in import_all(HOSTILE / name).problems)
