"""``learnfeed settings``: scripts and people read and change the same file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from learnfeed.cli.main import run
from learnfeed.settings_file import template


@pytest.fixture
def settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(["--library", str(tmp_path), "settings", *arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return ran


def test_a_setting_is_set_read_and_reset(settings, tmp_path):
    assert settings("get", "new_per_day") == (0, "20\n", "")
    assert settings("set", "new_per_day", "7") == (0, "", "")
    assert settings("set", "bury_siblings", "off") == (0, "", "")
    assert settings("get", "new_per_day")[1] == "7\n"
    assert settings("get", "bury_siblings")[1] == "false\n"
    assert "* new_per_day" in settings()[1]
    assert json.loads(settings("--json")[1])["new_per_day"] == 7
    assert settings("path")[1] == f"{tmp_path / 'settings.toml'}\n"
    settings("reset", "new_per_day")
    assert settings("get", "new_per_day")[1] == "20\n"


def test_wrong_values_change_nothing_and_say_why(settings, tmp_path):
    code, out, err = settings("set", "desired_retention", "1.5")
    assert (code, out) == (2, "")
    assert "must lie between 0.7 and 0.99" in err
    assert "It stays 0.9." in err
    assert settings("set", "tone_colours", "pink")[0] == 2
    assert settings("get", "colour")[0] == 2
    assert "dark, light" in settings("set", "theme", "pink")[2]
    assert not (tmp_path / "settings.toml").exists()


def test_keys_are_named_and_clashes_are_told(settings):
    assert "review.good" in settings("keys")[1]
    code, _, err = settings("set", "keys.review.good", "g,1")
    assert code == 0
    assert "keys: 1 is both review.again and review.good" in err
    assert settings("get", "keys.review.good")[1] == "g,1\n"
    assert "there is no 'review.great'" in settings("set", "keys.review.great", "9")[2]
    assert "'oops' is no key" in settings("set", "keys.review.easy", "oops")[2]
    settings("reset", "keys.review.good")
    assert settings("get", "keys.review.good")[1] == "\n"


def test_the_template_explains_itself(settings):
    assert settings("--template")[1].rstrip() == template().rstrip()
