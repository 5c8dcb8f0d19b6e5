"""``learnfeed doctor``: all a bug report needs, also of what is broken, and nothing of the person."""

from __future__ import annotations

import contextlib
import json
import sqlite3

import pytest

from learnfeed.cli.main import run


@pytest.fixture
def doctor(tmp_path, monkeypatch, capsys):
    """Asks about a library in a home folder of its own; gives back exit code and facts."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    folder = tmp_path / "library"

    def asked(*, as_json: bool = True):
        capsys.readouterr()
        code = run(["--library", str(folder), "doctor", *(["--json"] if as_json else [])])
        out = capsys.readouterr().out
        assert str(tmp_path) not in out
        return code, json.loads(out) if as_json else out

    return folder, asked


def filled(folder):
    (folder.parent / "post.txt").write_text("今天下雪了。\nIt snowed.", encoding="utf-8")
    assert run(["--library", str(folder), "import", str(folder.parent / "post.txt")]) == 0


def test_all_is_well(doctor):
    folder, asked = doctor
    filled(folder)
    (folder / "settings.toml").write_text('theme = "light"\n[keys]\n"mark.known" = "f5"\n', encoding="utf-8")
    code, facts = asked()
    assert code == 0
    assert facts["library check"] == facts["settings"] == "ok"
    assert (facts["library"], facts["posts"], facts["outdated posts"]) == ("~/library", 1, "none")
    assert facts["settings changed"] == "theme=light; keys=mark.known"
    assert facts["library size"].startswith("1 files, ")
    assert {
        "learnfeed",
        "python",
        "system",
        "sqlite",
        "textual",
        "terminal",
        "encoding",
        "installed in",
    } <= set(facts)
    assert {"extra fit", "extra voice", "voices", "pictures", "backups", "lexicon"} <= set(facts)
    assert "雪" not in json.dumps(facts, ensure_ascii=False)
    code, text = asked(as_json=False)
    assert code == 0
    assert len(text.splitlines()) == len(facts)


def test_looking_makes_no_library(doctor):
    folder, asked = doctor
    code, facts = asked()
    assert (code, facts["library check"]) == (0, "none yet")
    assert not (folder / "library.sqlite").exists()


def test_a_broken_library_is_told_and_the_rest_too(doctor):
    folder, asked = doctor
    folder.mkdir()
    (folder / "library.sqlite").write_bytes(b"no library" * 200)
    code, facts = asked()
    assert code == 1
    assert "not a learnfeed library" in facts["library check"]
    assert "CC-CEDICT" in facts["lexicon"]


def test_a_damaged_page_is_found(doctor):
    folder, asked = doctor
    filled(folder)
    file = folder / "library.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(file.read_bytes())
    data[4096 * 2 : -4096] = b"\xaa" * (len(data) - 4096 * 3)
    file.write_bytes(data)
    code, facts = asked()
    assert code == 1
    assert facts["library check"] != "ok"
    assert "CC-CEDICT" in facts["lexicon"]


@pytest.mark.parametrize("content", [b"", b"no dictionary" * 100])
def test_a_broken_dictionary_is_told_and_the_rest_too(doctor, content):
    folder, asked = doctor
    filled(folder)
    (folder / "lexicon.sqlite").write_bytes(content)
    code, facts = asked()
    assert code == 1
    assert "~/library/lexicon.sqlite" in facts["lexicon"]
    assert facts["library check"] == "ok"
    assert facts["posts"] == 1


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe\x00", b"new_per_day = 'many'"])
def test_a_broken_settings_file_is_told_and_the_rest_too(doctor, content):
    folder, asked = doctor
    filled(folder)
    (folder / "settings.toml").write_bytes(content)
    code, facts = asked()
    assert code == 0
    assert "~/library/settings.toml" in facts["settings"]
    assert facts["library check"] == "ok"
