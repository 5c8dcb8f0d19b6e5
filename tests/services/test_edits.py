"""What was mended in Anki is offered once, and taken over as a correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Places
from learnfeed.core.text import Decider
from tests.anki import real_anki
from tests.services.test_importing import note, run, write

anki = pytest.importorskip("anki.collection")


@pytest.fixture
def services(tmp_path):
    # The export lies a minute back: Anki counts edits in whole seconds.
    made = Services(
        Places(tmp_path / "library"), clock=lambda: datetime.now().astimezone() - timedelta(minutes=1)
    )
    run(
        made,
        write(tmp_path / "n.jsonl", note("a1", "今天下雪了。\nIt snowed today."), note("a2", "我喜欢猫。")),
    )
    yield made
    made.close()


@pytest.fixture
def mended(services, tmp_path):
    """Exports the words, changes fields of them in Anki, and gives the collection's file."""
    recipe = tmp_path / "all.toml"
    recipe.write_text('name = "All"\ndeck = "All"\nnotes = ["word"]\n', encoding="utf-8")
    services.exporting.run(recipe, tmp_path / "deck.apkg")

    def change(word: str, **fields: str):
        path = tmp_path / "collection.anki2"
        collection = anki.Collection(str(path))
        if not collection.note_count():
            real_anki.take(collection, tmp_path / "deck.apkg")
        (found,) = collection.find_notes(f"Hanzi:{word}")
        there = collection.get_note(found)
        for name, text in fields.items():
            there[name.replace("_", " ")] = text
        collection.update_note(there)
        collection.close()
        return path

    return change


def test_fields_that_were_changed_are_offered_with_before_and_after(services, mended):
    path = mended("下雪", Pinyin="xiàxué", Meaning="snow <i>falls</i>", English="Snow fell.", Level="9")
    offered = services.edits.offered(path)
    assert [(e.word, e.field, e.before, e.after) for e in offered] == [
        ("下雪", "Pinyin", "xiàxuě", "xiàxué"),
        ("下雪", "Meaning", offered[1].before, "snow falls"),
        ("下雪", "English", "It snowed today.", "Snow fell."),
    ]
    assert services.correcting.standing() == ()


def test_taken_over_they_are_corrections_and_are_not_offered_again(services, mended):
    path = mended("下雪", Pinyin="xiàxué", Meaning="snow falls", English="Snow fell.")
    assert services.edits.accept(services.edits.offered(path)) == 3
    assert services.refreshing.run() == 1
    body = services.reading.open(1).body
    word = next(token for token in body.tokens if token.text == "下雪")
    assert (word.reading.syllables, word.reading.by) == (("xia4", "xue2"), Decider.PERSON)
    assert word.sense.gloss == "snow falls"
    assert [pair.own for pair in body.pairs] == ["Snow fell."]
    assert services.edits.offered(path) == ()


def test_an_edit_that_was_taken_back_is_offered_again(services, mended):
    path = mended("下雪", Meaning="snow falls")
    services.edits.accept(services.edits.offered(path))
    services.reading.undo()
    services.refreshing.run()
    assert [e.after for e in services.edits.offered(path)] == ["snow falls"]


def test_refused_edits_are_not_offered_again_until_that_is_taken_back(services, mended):
    path = mended("下雪", Meaning="snow falls")
    services.edits.refuse(services.edits.offered(path))
    assert services.edits.offered(path) == ()
    assert "offered again" in services.reading.undo().what
    assert len(services.edits.offered(path)) == 1


def test_what_can_t_be_taken_over_says_why(services, mended):
    path = mended("下雪", Pinyin="snow", Meaning="", Traditional="x")
    offered = services.edits.offered(path)
    assert [e.field for e in offered] == ["Pinyin", "Meaning"]
    assert all(e.correction is None and e.why_not for e in offered)
    assert services.edits.accept(offered) == 0


def test_an_emptied_translation_means_that_there_is_none(services, mended):
    services.edits.accept(services.edits.offered(mended("下雪", English="")))
    services.refreshing.run()
    assert services.reading.open(1).body.pairs == ()


def test_a_word_whose_post_says_something_else_by_now_is_corrected_everywhere(services, mended, tmp_path):
    path = mended("猫", Meaning="kitty")
    changed = write(tmp_path / "new.jsonl", note("a2", "我喜欢狗。", last_modify_ts=2e12))
    run(services, changed)
    (edit,) = services.edits.offered(path)
    assert (edit.correction.scope.value, edit.correction.surface) == ("everywhere", "猫")
    assert edit == replace(edit, why_not="")
