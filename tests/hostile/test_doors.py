"""What comes in by other doors than an import: recipes, settings, searches, dictionaries, copies of a library."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import HealthCheck, given, settings

from learnfeed.anki.recipe import load_recipe
from learnfeed.annotate import cedict, links, units
from learnfeed.annotate.lexicon_sources import read_dictionary
from learnfeed.core.correction import Correction, CorrectionKind, Scope, check
from learnfeed.core.errors import LibraryError, SettingsError, UsageError
from learnfeed.core.feed import FeedQuery
from learnfeed.core.post import Media, MediaKind, Post
from learnfeed.core.toml_text import parse_toml
from learnfeed.importers import cues, records
from learnfeed.importers.formats import clipboard, kindle_clippings, markdown, saved_page, share_text, x_posts
from learnfeed.services.media import pictures
from learnfeed.settings import Settings, as_toml
from learnfeed.settings_file import change_key, load_settings
from learnfeed.store.plain import read_plain, write_plain
from learnfeed.store.posts import PostStore
from learnfeed.store.search import parse_query
from tests.hostile.texts import ACTING, ALL, EVERY, TEXT

BOMBS = {
    "a key of many parts": "a." * 100_000 + "a = 1",
    "such a key inside a value": "x = {b = 1, " + "'a'." * 100_000 + "a = 1}",
    "deep lists": "x = " + "[" * 100_000,
    "deep tables": "x = " + "{a = " * 100_000,
    "a long number": "x = " + "9" * 100_000,
}
KEPT = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_toml_that_is_a_trap_is_refused(tmp_path, bomb):
    with pytest.raises(ValueError, match=r"\w"):
        parse_toml(bomb)
    path = tmp_path / "x.toml"
    path.write_text(bomb, encoding="utf-8")
    with pytest.raises(SettingsError):
        load_recipe(path)
    found, told = load_settings(path)
    assert found == Settings()
    assert "the defaults are used" in told[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_recipe_is_a_file_and_no_pipe_or_device(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    for path in (tmp_path / "pipe.toml", tmp_path):
        with pytest.raises(SettingsError, match="no file"):
            load_recipe(path)


def test_settings_without_end_are_refused(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("#" * (1 << 21), encoding="utf-8")
    assert "too large" in load_settings(path)[1][0]


@KEPT
@given(TEXT, TEXT)
def test_any_text_is_a_value_of_a_setting_and_never_a_line_of_its_file(tmp_path, name, value):
    path = tmp_path / "settings.toml"
    path.unlink(missing_ok=True)
    try:
        change_key(path, name, value)
    except (SettingsError, UnicodeEncodeError):
        return
    raw = parse_toml(path.read_bytes().decode())
    assert set(raw) == {"keys"}
    assert parse_toml(f"x = {as_toml(value)}") == {"x": value}


@KEPT
@given(TEXT)
def test_a_search_is_never_a_query_language(database, text):
    store = PostStore(database)
    for query in (text, "#" + text, "@" + text, f'"{text}" OR {text}*', text * 2000):
        assert list(store.ids(FeedQuery(query), 10)) == []
        if match := parse_query(query).match:
            found = database.connection.execute(
                "SELECT 1 FROM post_search WHERE post_search MATCH ?", (match,)
            )
            assert found.fetchall() == []


def test_a_search_of_a_hundred_thousand_characters_is_cut_short(database):
    for text in (
        EVERY * 150,
        "雪" * 100_000,
        "x" * 100_000,
        "xue3" * 25_000,
        "#" * 100_000,
        '"' * 100_000,
        "雪 " * 50_000,
    ):
        assert list(PostStore(database).ids(FeedQuery(text), 10)) == []


@KEPT
@given(TEXT)
def test_a_correction_holds_no_code(text):
    try:
        check(Correction(CorrectionKind.SENSE, Scope.EVERYWHERE, "雪", (text,)))
    except UsageError:
        return
    assert not ACTING.search(text)


def test_a_dictionary_brings_no_codes_and_no_lines_made_to_be_slow(tmp_path):
    path = tmp_path / "cedict.u8"
    lines = [f"雪 雪 [xue3] /{' '.join(trick.split())}/" for trick in ALL if trick.isprintable()]
    lines += [
        "下 下 [xia4] /\x1b[31mdown\u202e/",
        "长 長 [chang2] /" + "|雪" * 50_000 + "/",
        "坏 坏 [huai4] /" + "(" * 900 + "/",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read_dictionary(path).lines
    assert not any(ACTING.search(sense.gloss) for line in found for sense in line.senses)
    assert {line.simplified for line in found} == {"雪", "下", "坏"}


def test_a_plain_copy_names_no_tables_and_columns_of_its_own(tmp_path, database):
    copy = tmp_path / "copy.jsonl"
    write_plain(database, copy)
    head = copy.read_text(encoding="utf-8").splitlines()[0]
    name = 'post" (key) VALUES (1); DROP TABLE post; --'
    for n, row in enumerate(
        ({name: {"id": 1}}, {"post": {name: 1}}, {"sqlite_master": {"sql": name}}, [EVERY])
    ):
        copy.write_text(f"{head}\n{json.dumps(row)}\n", encoding="utf-8")
        (tmp_path / f"{n}").mkdir()
        with pytest.raises(LibraryError, match=r"copy\.jsonl:2"):
            read_plain(copy, tmp_path / f"{n}")


def test_no_picture_leads_out_of_the_library(tmp_path):
    library, outside = tmp_path / "library", tmp_path / "private.png"
    library.mkdir()
    (library / "own.png").write_bytes(b"\x89PNG")
    outside.write_bytes(b"\x89PNG")
    (library / "link.png").symlink_to(outside)
    (library / "circle.png").symlink_to("circle.png")
    paths = ("own.png", "../private.png", str(outside), "link.png", "circle.png", "x" * 5000, "a\x00b", *ALL)
    post = Post("test", (), native_id="1", media=tuple(Media(MediaKind.IMAGE, path=path) for path in paths))
    assert list(pictures(post, library)) == [library / "own.png"]


SLOW = [
    (units._EN_END, "!" * 200_000 + "x"),
    (links._GLOSS_AFTER_HANZI, "雪" * 100_000 + "(" + " " * 100_000),
    (links._HANZI_AFTER_GLOSS, "a" * 50_000 + "("),
    (cedict._MENTION, "|雪" * 50_000),
    (cedict._PAIRED, "雪" * 100_000),
    (cues._SLASH, " " * 200_000 + "x"),
    (records._BRACKET, '\\"' * 100_000),
    (markdown._SITE, " " * 200_000 + "x"),
    (saved_page._SITE_NAME, " " * 200_000 + "x"),
    (x_posts._SHORT_LINK, " " * 200_000 + "x"),
    (clipboard._BY_AUTHOR, " " * 200_000 + "x"),
    (kindle_clippings._AUTHOR, "）" + " " * 5_000 + "x"),
    (share_text._PUBLISHED, " " * 100_000 + "x"),
]


@pytest.mark.parametrize(("pattern", "text"), SLOW, ids=[pattern.pattern[:30] for pattern, _ in SLOW])
def test_a_long_text_takes_time_in_proportion(pattern, text):
    # In time that grows with the square of the length, each of these would run for minutes.
    assert len(pattern.findall(text)) < len(text)
