"""``learnfeed anki`` as scripts use it."""

from __future__ import annotations

import json
import zipfile

import pytest

from learnfeed.anki.package import write_package
from learnfeed.cli.main import run
from learnfeed.core.review import Template
from tests.anki.samples import GOOD, NOW, SPEC, days_ago, history, snow


@pytest.fixture
def learnfeed(tmp_path, capsys):
    """Runs ``learnfeed anki`` on a library; gives back exit code, stdout and stderr."""

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(["--library", str(tmp_path / "library"), "anki", *arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return ran


@pytest.fixture
def deck(tmp_path):
    """A package with three answers to 雪."""
    schedule, logs = history(days_ago(30), [(0, GOOD), (0.01, GOOD), (3, GOOD)])
    note = snow(schedules={Template.RECOGNITION: schedule}, reviews={Template.RECOGNITION: logs})
    write_package(SPEC, [note], tmp_path / "deck.apkg", now=NOW)
    return str(tmp_path / "deck.apkg")


def test_a_pull_tells_what_came_and_the_next_one_that_nothing_did(learnfeed, deck):
    code, out, _ = learnfeed("pull", deck)
    assert code == 0
    assert "3 reviews new, 0 were there already" in out
    assert "1 cards made" in out
    code, out, _ = learnfeed("pull", deck)
    assert code == 0
    assert "0 reviews new, 3 were there already" in out
    assert "made" not in out


def test_json_gives_the_figures(learnfeed, deck):
    code, out, _ = learnfeed("pull", deck, "--json")
    summary = json.loads(out)
    assert code == 0
    assert (summary["notes"], summary["new_reviews"], summary["made"], summary["problems"]) == (1, 3, 1, [])


def test_what_is_left_out_is_told_and_ends_with_3(learnfeed, tmp_path):
    schedule, logs = history(days_ago(30), [(0, GOOD)])
    note = snow(
        schedules={Template.RECOGNITION: schedule}, reviews={Template.RECOGNITION: logs}, guid="other"
    )
    write_package(SPEC, [note], tmp_path / "deck.apkg", now=NOW)
    code, _, err = learnfeed("pull", str(tmp_path / "deck.apkg"))
    assert code == 3
    assert "left out  1 note is of no word that learnfeed knows: 雪" in err
    assert "None of learnfeed's words is in there" in err


@pytest.mark.parametrize("name", ["missing.apkg", "text.apkg", "empty.apkg", "stub.apkg"])
def test_a_file_that_is_no_package_ends_with_1_and_a_hint(learnfeed, tmp_path, deck, name):
    (tmp_path / "text.apkg").write_text("not a package", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "empty.apkg", "w"):
        pass
    with zipfile.ZipFile(deck) as whole, zipfile.ZipFile(tmp_path / "stub.apkg", "w") as stub:
        stub.writestr("meta", b"\x08\x03")
        stub.writestr("collection.anki2", whole.read("collection.anki2"))
    code, out, err = learnfeed("pull", str(tmp_path / name))
    assert (code, out) == (1, "")
    assert len(err.splitlines()) >= 2
    assert "Traceback" not in err


def test_a_pull_of_nothing_is_wrong_usage(learnfeed):
    code, _, err = learnfeed("pull")
    assert code == 2
    assert "Say where to take from" in err
