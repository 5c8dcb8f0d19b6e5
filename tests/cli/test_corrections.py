"""Corrections without a screen."""

from __future__ import annotations

import json

import pytest

from learnfeed.cli.main import run
from learnfeed.core.correction import Correction, CorrectionKind, Scope
from learnfeed.services.edits import OfferedEdit


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A library with one post."""
    made = tmp_path_factory.mktemp("corrections")
    (made / "p.txt").write_text("今天下雪了。\nIt snowed today.\n头发很长。\n", encoding="utf-8")
    assert run(["--library", str(made), "import", str(made / "p.txt")]) == 0
    return made


@pytest.fixture
def words(folder, capsys):
    """Runs ``learnfeed words``; gives back exit code, stdout and stderr."""
    capsys.readouterr()

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(["--library", str(folder), "words", *arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return ran


def test_corrections_are_made_listed_and_removed(words):
    code, out, err = words("correct", "长", "--reading", "zhǎng", "--post", "1")
    assert (code, err) == (0, "")
    assert "is read zhǎng" in out
    assert words("correct", "下雪", "--sense", "snow falls")[1].split("\t")[1:] == [
        "下雪", "means snow falls", "everywhere\n"
    ]  # fmt: skip
    assert "天下雪了" in words("correct", "下雪", "--words", "下 雪", "--post", "1", "--in", "context")[1]
    assert "has no translation" in words("correct", "下", "--no-translation", "--post", "1")[1]
    listed = json.loads(words("corrections", "--json")[1])
    assert [(one["kind"], one["scope"], one["value"]) for one in listed] == [
        ("reading", "here", ["zhang3"]),
        ("sense", "everywhere", ["snow falls"]),
        ("words", "context", ["下", "雪"]),
        ("pair", "here", []),
    ]
    assert len(words("corrections")[1].splitlines()) == 4
    assert words("corrections", "remove", *(str(one["id"]) for one in listed))[1] == "4 taken away\n"
    code, out, err = words("corrections")
    assert (code, out) == (0, "")
    assert "Nothing was corrected" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("correct", "长"), "one thing that is right"),
        (("correct", "长", "--reading", "chang2", "--sense", "long"), "one thing that is right"),
        (("correct", "长", "--reading", "chang2", "--in", "here"), "in which post"),
        (("correct", "长", "--translation", "x"), "in which post"),
        (("correct", "长", "--reading", "long"), "tones are missing"),
        (("correct", "龙", "--sense", "dragon", "--post", "1"), "does not stand in post 1"),
        (("correct", "长", "--nth", "2", "--sense", "x", "--post", "1"), "does not stand 2 times"),
        (("correct", "长", "--words", "短"), "are not the characters"),
        (("corrections", "remove", "999"), "no correction 999"),
    ],
)
def test_what_can_t_be_done_is_told(words, arguments, told):
    code, out, err = words(*arguments)
    assert code in (1, 2)
    assert out == ""
    assert told in err
    assert len(err.splitlines()) == 2


def test_edits_from_anki_are_listed_and_answered(monkeypatch, capsys, folder):
    from learnfeed.cli.edits import offer_edits
    from learnfeed.cli.output import Context

    context = Context(str(folder))
    made = [
        OfferedEdit(1, "雪", "Meaning", "snow", "white\nsnow", None, "it can't", "a"),
        OfferedEdit(2, "猫", "Meaning", "cat", "x" * 99, None, "it can't", "b"),
    ]
    monkeypatch.setattr(type(context.services.edits), "offered", lambda _, __: tuple(made))
    found = offer_edits(context, folder, accept="1", refuse="2", as_json=False)
    assert [edit["state"] for edit in found] == ["offered", "refused"]
    out = capsys.readouterr().out
    assert "\t- snow\n\t+ white / snow" in out
    assert "0 taken over as corrections, 1 refused" in out
    context.services.close()


def test_in_a_terminal_each_edit_is_asked_about(monkeypatch, capsys, tmp_path):
    from learnfeed.cli import edits
    from learnfeed.cli.output import Context

    context = Context(str(tmp_path))
    made = [
        OfferedEdit(n, word, "Meaning", "", f"my {word}", correct(word, f"my {word}"), "", str(n))
        for n, word in enumerate("雪猫狗鸟", 1)
    ]
    made.append(OfferedEdit(5, "马", "Pinyin", "ma3", "horse", None, "no pinyin", "5"))
    monkeypatch.setattr(type(context.services.edits), "offered", lambda _, __: tuple(made))
    monkeypatch.setattr(edits.sys.stdin, "isatty", lambda: True, raising=False)
    answers = iter("ylna")
    monkeypatch.setattr(edits.click, "prompt", lambda *_, **__: next(answers))
    found = edits.offer_edits(context, tmp_path, accept="", refuse="", as_json=False)
    assert [edit["state"] for edit in found] == ["accepted", "offered", "refused", "accepted", "offered"]
    assert [one.correction.surface for one in context.services.correcting.standing()] == ["雪", "鸟"]
    assert "2 taken over as corrections, 1 refused" in capsys.readouterr().out
    context.services.close()


def correct(word: str, gloss: str) -> Correction:
    return Correction(CorrectionKind.SENSE, Scope.EVERYWHERE, word, (gloss,))
