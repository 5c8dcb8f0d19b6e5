"""Decks as they leave the library, looked at by the real Anki."""

from __future__ import annotations

import csv
import os
import re
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Places, content_folder, recipes_folder
from learnfeed.core.errors import ExportError
from learnfeed.core.review import Rating
from learnfeed.core.word import WordStatus
from tests.anki import real_anki

anki = pytest.importorskip("anki.collection")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """The sample posts, imported once."""
    services = Services(Places(tmp_path_factory.mktemp("library")))
    services.importing.run([content_folder()])
    yield services
    services.close()


@pytest.fixture
def collection(tmp_path):
    opened = anki.Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def take_in(collection, path: Path):
    return real_anki.take(collection, path)


@pytest.mark.parametrize("name", sorted(path.stem for path in recipes_folder().glob("*.toml")))
def test_every_recipe_makes_a_deck_that_anki_takes(library, collection, tmp_path, name):
    summary = library.exporting.run(recipes_folder() / f"{name}.toml", tmp_path / "deck.apkg")
    log = take_in(collection, tmp_path / "deck.apkg")
    assert len(log.new) == summary.words + summary.posts == collection.note_count()
    assert collection.card_count() == summary.cards
    assert set(summary.decks) <= {deck.name for deck in collection.decks.all_names_and_ids()}
    assert summary.bytes == (tmp_path / "deck.apkg").stat().st_size


def test_exporting_again_changes_nothing_in_anki(library, collection, tmp_path):
    recipe = recipes_folder() / "winter.toml"
    library.exporting.run(recipe, tmp_path / "first.apkg")
    library.exporting.run(recipe, tmp_path / "second.apkg")
    take_in(collection, tmp_path / "first.apkg")
    before = collection.db.all("SELECT id, guid, mod, flds, tags FROM notes ORDER BY id")
    log = take_in(collection, tmp_path / "second.apkg")
    assert (len(log.new), len(log.updated)) == (0, 0)
    assert collection.db.all("SELECT id, guid, mod, flds, tags FROM notes ORDER BY id") == before


def test_a_library_that_was_moved_changes_no_note(library, collection, tmp_path):
    recipe = recipes_folder() / "winter.toml"
    library.exporting.run(recipe, tmp_path / "first.apkg")
    take_in(collection, tmp_path / "first.apkg")
    shutil.copytree(library.places.library, tmp_path / "elsewhere")
    moved = Services(Places(tmp_path / "elsewhere"), clock=lambda: library.clock() + timedelta(days=1))
    assert moved.exporting.run(recipe, tmp_path / "second.apkg").media
    moved.close()
    assert not take_in(collection, tmp_path / "second.apkg").updated


def test_cards_of_earlier_exports_stay_when_a_recipe_asks_for_fewer(library, collection, tmp_path):
    recipe = tmp_path / "cards.toml"
    head = 'name = "Cards"\ndeck = "Cards"\n[select.words]\nlist = ["雪"]\n'
    recipe.write_text('templates = ["recognition", "recall", "cloze"]\n' + head, encoding="utf-8")
    more = library.exporting.run(recipe, tmp_path / "more.apkg")
    take_in(collection, tmp_path / "more.apkg")
    recipe.write_text('templates = ["recognition"]\n' + head, encoding="utf-8")
    fewer = library.exporting.run(recipe, tmp_path / "fewer.apkg")
    log = take_in(collection, tmp_path / "fewer.apkg")
    assert fewer.cards == more.cards
    assert not log.updated
    assert not collection.get_empty_cards().notes


def test_a_recipe_file_that_is_only_touched_changes_no_note(library, collection, tmp_path):
    recipe = tmp_path / "touched.toml"
    recipe.write_bytes((recipes_folder() / "winter.toml").read_bytes())
    library.exporting.run(recipe, tmp_path / "first.apkg")
    take_in(collection, tmp_path / "first.apkg")
    later = recipe.stat().st_mtime + 10_000
    os.utime(recipe, (later, later))
    library.exporting.run(recipe, tmp_path / "second.apkg")
    assert not take_in(collection, tmp_path / "second.apkg").updated


def deck_description(collection, name: str) -> str:
    return collection.decks.by_name(name)["desc"]


def test_a_deck_names_its_dictionary_and_the_licence(library, collection, tmp_path):
    library.exporting.run(recipes_folder() / "winter.toml", tmp_path / "deck.apkg")
    take_in(collection, tmp_path / "deck.apkg")
    told = deck_description(collection, "learnfeed::Winter")
    assert told.startswith("Words for a snow day")
    for part in (
        "CC-CEDICT",
        "(modified)",
        "CC BY-SA 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ):
        assert part in told


@pytest.fixture(scope="module")
def studied(tmp_path_factory):
    """A library of its own, whose learner knows some words and has answered a card."""
    services = Services(Places(tmp_path_factory.mktemp("studied")))
    services.importing.run([content_folder()])
    post = services.reading.find("today-i-learned-snow")
    token = next(t for t in services.reading.open(post).body.tokens if t.headword == "雪")
    services.reviewing.add_card(post, 1, token.start, "雪")
    services.reviewing.answer(services.reviewing.next_card().id, Rating.GOOD)
    services.reading.mark(dict.fromkeys(("冬天", "冷", "我", "是", "今天"), WordStatus.KNOWN))
    yield services
    services.close()


def test_a_shared_deck_is_new_to_whoever_takes_it(studied, collection, tmp_path):
    recipe = recipes_folder() / "winter.toml"
    assert studied.exporting.run(recipe, tmp_path / "own.apkg").reviews == 1
    assert studied.exporting.run(recipe, tmp_path / "gift.apkg", share=True).reviews == 0
    presets = {preset["id"] for preset in collection.decks.all_config()}
    take_in(collection, tmp_path / "gift.apkg")
    assert collection.db.scalar("SELECT count(*) FROM revlog") == 0
    assert (
        collection.db.scalar("SELECT count(*) FROM cards WHERE type OR queue OR reps OR ivl OR lapses") == 0
    )
    assert collection.db.scalar("SELECT count(*) FROM cards WHERE data NOT IN ('', '{}')") == 0
    assert {preset["id"] for preset in collection.decks.all_config()} == presets
    told = deck_description(collection, "learnfeed::Winter")
    assert "CC BY-SA 4.0" in told
    assert "Licence:" in told


def test_a_shared_deck_adds_no_cards_to_the_learners_own(studied, tmp_path):
    recipe = tmp_path / "teacher.toml"
    head = 'name = "Cards"\ndeck = "Cards"\n[select.words]\nlist = ["老师", "喜欢"]\n'
    recipe.write_text('templates = ["recognition", "recall", "cloze"]\n' + head, encoding="utf-8")
    gift = studied.exporting.run(recipe, tmp_path / "gift.apkg", share=True)
    recipe.write_text('templates = ["recognition"]\n' + head, encoding="utf-8")
    own = studied.exporting.run(recipe, tmp_path / "own.apkg")
    assert (gift.words, own.words, own.cards) == (2, 2, 2)
    assert gift.cards > own.cards


def test_a_shared_deck_tells_nothing_of_what_the_learner_knows(studied, library, tmp_path):
    recipe = recipes_folder() / "winter.toml"
    for name in ("md", "html"):
        studied.exporting.run(recipe, tmp_path / f"gift.{name}", share=True)
        library.exporting.run(recipe, tmp_path / f"other.{name}", share=True)
        gift = (tmp_path / f"gift.{name}").read_text(encoding="utf-8")
        assert "known" not in gift.split("<body>")[-1].split("Dictionary:")[0].replace("well-known", "")
        found = [sections(tmp_path / f"{who}.{name}") for who in ("gift", "other")]
        assert found[0] == found[1]
        assert len(found[0]) > 3


def sections(path: Path) -> list[str]:
    """The posts of a list, in an order of their own: which fits best is the learner's."""
    text = path.read_text(encoding="utf-8")
    return sorted(re.split(r"\n## |<section>", text.split("<footer>")[0].split("\nDictionary:")[0])[1:])


def test_snow_is_asked_in_the_sentence_that_taught_it(library, collection, tmp_path):
    library.exporting.run(recipes_folder() / "winter.toml", tmp_path / "deck.apkg")
    take_in(collection, tmp_path / "deck.apkg")
    found = [collection.get_note(i) for i in collection.find_notes('note:"learnfeed word"')]
    snow = next(note for note in found if "雪" in note.values())
    text = " ".join(snow.values())
    assert "snow" in text
    assert "xuě" in text
    assert "xue3" in text


def test_a_choice_of_nothing_is_said_and_an_old_deck_is_kept(library, tmp_path):
    target = tmp_path / "deck.apkg"
    target.write_bytes(b"the old deck")
    (tmp_path / "none.toml").write_text(
        'name = "None"\ndeck = "None"\n[select.posts]\nquery = "这个词没有人写过"\n', encoding="utf-8"
    )
    with pytest.raises(ExportError, match="chooses nothing"):
        library.exporting.run(tmp_path / "none.toml", target)
    assert target.read_bytes() == b"the old deck"


def test_a_stopped_export_leaves_the_old_deck(library, tmp_path):
    target = tmp_path / "deck.apkg"
    target.write_bytes(b"the old deck")
    (tmp_path / "all.toml").write_text('name = "All"\ndeck = "All"\n', encoding="utf-8")
    with pytest.raises(ExportError, match="stopped"):
        library.exporting.run(tmp_path / "all.toml", target, stop=lambda: True)
    assert target.read_bytes() == b"the old deck"


def test_words_are_chosen_by_status_and_level(library, tmp_path):
    library.reading.mark({"雪": WordStatus.KNOWN})
    recipe = tmp_path / "known.toml"
    recipe.write_text(
        'name = "Known"\ndeck = "Known"\n[select.words]\nstatus = ["known"]\n', encoding="utf-8"
    )
    summary = library.exporting.run(recipe, tmp_path / "known.tsv")
    library.reading.undo()
    assert summary.words == 1
    assert "雪" in (tmp_path / "known.tsv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("ending", "has_posts"),
    [("csv", False), ("lingq.csv", False), ("txt", False), ("md", True), ("html", True)],
)
def test_only_what_a_file_holds_is_counted(library, tmp_path, ending, has_posts):
    summary = library.exporting.run(recipes_folder() / "winter.toml", tmp_path / f"list.{ending}")
    assert summary.words > 30
    assert bool(summary.posts) == has_posts


def test_posts_alone_make_no_word_list(library, tmp_path):
    recipe = tmp_path / "posts.toml"
    recipe.write_text('name = "Posts"\ndeck = "Posts"\nnotes = ["reading"]\n', encoding="utf-8")
    with pytest.raises(ExportError, match="nothing to put into the list"):
        library.exporting.run(recipe, tmp_path / "list.csv")


def test_named_words_that_no_post_holds_come_from_the_dictionary(library, tmp_path):
    recipe = tmp_path / "list.toml"
    recipe.write_text(
        'name = "List"\ndeck = "List"\norder = "list"\n[select.words]\nlist = ["蝴蝶", "雪"]\nmin_count = 0\n',
        encoding="utf-8",
    )
    summary = library.exporting.run(recipe, tmp_path / "list.csv")
    assert summary.words == 2
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    assert any("蝴蝶" in row for row in rows)


def test_pictures_travel_under_names_of_our_own(library, tmp_path):
    library.exporting.run(recipes_folder() / "winter.toml", tmp_path / "deck.apkg")
    with zipfile.ZipFile(tmp_path / "deck.apkg") as package:
        assert all(
            item.compress_type == zipfile.ZIP_DEFLATED for item in package.infolist() if item.file_size > 1000
        )
        media = package.read("media").decode()
    assert "first-snow" not in media


def test_recipes_are_listed(library):
    assert {"winter", "hsk3", "unread"} <= {info.path.stem for info in library.exporting.recipes()}
