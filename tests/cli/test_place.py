"""``words place``: the placement test line by line."""

from __future__ import annotations

import io
import json
import sys

import pytest

from learnfeed.cli.main import run
from learnfeed.study import placement
from learnfeed.study.placement import LEAST_QUESTIONS


@pytest.fixture
def place(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(placement, "MOST_QUESTIONS", LEAST_QUESTIONS)

    def ran(answers: str, *options: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        code = run(["--library", str(tmp_path / "library"), "words", "place", *options])
        out = capsys.readouterr()
        return code, out.out, out.err

    return ran


def test_no_to_all_is_a_beginner_and_marks_nothing(place):
    code, out, err = place("n\n" * 40, "--yes")
    assert code == 0
    assert "of the 10,896 words of the HSK list (95 %)" in out
    assert "0 words are now known" in out
    assert err.count("  ") >= LEAST_QUESTIONS


def test_the_result_as_json_marks_only_when_told_to(place):
    code, out, _ = place("n\n" * 40, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["questions"] == LEAST_QUESTIONS
    assert found["words"] < 300
    assert found["marked"] == 0


def test_answers_are_taken_back_and_other_input_is_asked_again(place):
    code, out, _ = place("u\ny\nu\nwhat\n\n" + "n\n" * LEAST_QUESTIONS, "--json")
    assert code == 0
    assert json.loads(out)["questions"] == LEAST_QUESTIONS


def test_yes_to_all_is_no_result(place):
    code, out, err = place("y\n" * 40, "--yes")
    assert (code, out) == (1, "")
    assert "do not exist" in err


@pytest.mark.parametrize("answers", ["", "n\nq\n", "n\n" * 3])
def test_too_few_answers_tell_nothing(place, answers):
    code, _, err = place(answers)
    assert code == 2
    assert "20 answers are needed" in err
