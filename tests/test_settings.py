"""Settings: one documented file that stays the person's own; wrong values are told with their line."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.core.errors import SettingsError
from learnfeed.settings import KEYS, SETTINGS, Setting, Settings, as_toml, setting, settings_from
from learnfeed.settings_file import change, change_key, load_settings, template

OWN = """# my settings
new_per_day = 5   # as my doctor says
future = "kept"
theme = 'light'

[keys] # mine
"review.good" = "3,space"
# the end
"""


def named(name: str) -> Setting:
    found = setting(name)
    assert found is not None
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_every_field_is_told_and_its_default_is_allowed() -> None:
    assert {item.name for item in SETTINGS} | {KEYS} == {item.name for item in fields(Settings)}
    for item in SETTINGS:
        assert item.about
        assert item.problem(item.default) == ""
        assert item.read(as_toml(item.default).strip('"')) == item.default


def test_the_template_sets_nothing_and_names_everything() -> None:
    text = template()
    assert tomllib.loads(text) == {KEYS: {}}
    assert all(f"# {item.name} = {as_toml(item.default)}" in text for item in SETTINGS)
    assert max(map(len, text.splitlines())) <= 110
    shown = "\n".join(
        line.removeprefix("# ") for line in text.splitlines() if " = " in line and "review" not in line[:9]
    )
    assert settings_from(tomllib.loads(shown)) == (Settings(), ())


def test_an_edit_touches_one_line(path: Path) -> None:
    path.write_text(OWN, encoding="utf-8")
    change(path, named("new_per_day"), 30)
    change(path, named("rollover"), 5)
    change_key(path, "feed.search", "slash")
    change(path, named("theme"), None)
    assert path.read_text(encoding="utf-8") == (
        '# my settings\nnew_per_day = 30   # as my doctor says\nfuture = "kept"\nrollover = 5\n\n'
        '[keys] # mine\n"review.good" = "3,space"\n"feed.search" = "slash"\n# the end\n'
    )
    change(path, named("new_per_day"), None)
    assert "# as my doctor says\n" in path.read_text(encoding="utf-8")


def test_a_first_change_writes_the_documented_file(path: Path) -> None:
    change(path, named("tone_colours"), "pleco")
    change_key(path, "review.good", "g")
    text = path.read_text(encoding="utf-8")
    assert '# tone_colours = "learnfeed"\ntone_colours = "pleco"\n' in text
    assert load_settings(path) == (Settings(tone_colours="pleco", keys=(("review.good", "g"),)), ())
    change(path, named("tone_colours"), None)
    change_key(path, "review.good", None)
    assert path.read_text(encoding="utf-8") == template()


def test_windows_line_ends_and_a_mark_at_the_start_are_fine(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbfrollover = 3\r\n[other]\r\nrollover = 9\r\n")
    change(path, named("rollover"), 6)
    change(path, named("new_per_day"), 1)
    assert path.read_bytes() == b"rollover = 6\r\nnew_per_day = 1\r\n[other]\r\nrollover = 9\r\n"


@pytest.mark.parametrize(
    "text",
    [
        'keys = { "review.good" = "3" }\n',
        'new_per_day = """\n5"""\n',
        "new_per_day = [1,\n2]\n",
        "theme = \n",
        "x = [\n",
    ],
)
def test_what_can_not_be_edited_safely_is_left_as_it_is(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        change(path, named("new_per_day"), 3) if "keys" not in text else change_key(path, "review.good", "4")
    assert path.read_text(encoding="utf-8") == text


def test_a_linked_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.toml"
    target.write_text("rollover = 3\n", encoding="utf-8")
    path.symlink_to(target)
    change(path, named("rollover"), 6)
    assert path.is_symlink()
    assert target.read_text(encoding="utf-8") == "rollover = 6\n"


def test_wrong_values_are_told_with_line_and_default(path: Path) -> None:
    path.write_text(
        '# a\nnew_per_day = "many"\ntone_colours = "pink"\ndesired_retention = 2\nlearning_steps = "1m 3y"\ncolour = 1\n'
        'bury_siblings = 1\n[keys]\n"review.good" = 3\n',
        encoding="utf-8",
    )
    settings, messages = load_settings(path)
    assert settings == Settings()
    assert [message.removeprefix(f"{path}, ") for message in messages] == [
        "line 2: new_per_day must be a whole number, not 'many'; 20 is used",
        "line 3: tone_colours must be one of learnfeed, pleco, mdbg, dummitt, hanping, none, not 'pink'; \"learnfeed\" is used",
        "line 4: desired_retention must lie between 0.7 and 0.99, not 2.0; 0.9 is used",
        'line 5: learning_steps must be waits like "1m 10m 1h", a week at most, not \'1m 3y\'; "1m 10m" is used',
        "line 6: there is no setting 'colour'; it is ignored",
        "line 7: bury_siblings must be true or false, not 1; true is used",
        "line 9: the keys of 'review.good' must be text, not 3; they are ignored",
    ]


@pytest.mark.parametrize(("raw", "said"), [(b"a = 1\nb = ]\n", "line 2"), (b"\xff\xfe", "not UTF-8")])
def test_a_broken_file_gives_the_defaults_and_says_where(path: Path, raw: bytes, said: str) -> None:
    path.write_bytes(raw)
    settings, (message,) = load_settings(path)
    assert settings == Settings()
    assert said in message
    assert message.endswith("the defaults are used")


def test_names_with_points_need_no_quotes(path: Path) -> None:
    path.write_text('[keys]\nreview.good = "3"\n', encoding="utf-8")
    assert load_settings(path)[0].keys == (("review.good", "3"),)
    change_key(path, "review.good", "4")
    assert path.read_text(encoding="utf-8") == '[keys]\nreview.good = "4"\n'


def test_steps_in_seconds() -> None:
    made = Settings(learning_steps="30s 1m 2h 1d", relearning_steps="")
    assert made.learning_seconds == (30, 60, 7200, 86_400)
    assert made.relearning_seconds == ()


@given(st.sampled_from(SETTINGS), st.data())
def test_whatever_is_allowed_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, item: Setting, data
) -> None:
    path = tmp_path_factory.mktemp("s") / "settings.toml"
    if item.choices:
        value = data.draw(st.sampled_from(item.choices))
    elif isinstance(item.default, bool):
        value = data.draw(st.booleans())
    elif item.between:
        low, high = item.between
        value = data.draw(
            st.integers(int(low), int(high)) if isinstance(item.default, int) else st.floats(low, high)
        )
    elif item.steps:
        value = " ".join(data.draw(st.lists(st.sampled_from(["5s", "1m", "3h", "2d"]))))
    else:
        value = data.draw(st.text(st.characters(exclude_categories=("Cs",))))
    change(path, item, value)
    settings, messages = load_settings(path)
    assert (getattr(settings, item.name), messages) == (value, ())
