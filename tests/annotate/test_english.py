"""English words, their base forms and their numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.annotate.english import number, tokenize
from learnfeed.annotate.inflection import base_form, guessed_base

COMMON = """snow walk noodle love stop party box hope study city even bus new cat like glass"""
FREQUENT = dict.fromkeys(COMMON.split(), 5.0)


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'd say it's Anna’s", ["i", "'d", "say", "it", "'s", "anna", "'s"]),
        ("don't", ["do", "n't"]),
        ("a high-speed train", ["a", "high", "speed", "train"]),
        ("on the 3rd at 10:30, 1,200 yuan", ["on", "the", "3rd", "at", "10:30", "1,200", "yuan"]),
        ("我的cat很fat。", ["cat", "fat"]),
        ("", []),
    ],
)
def test_words_and_clitics_are_tokens(text, expected):
    assert words(text) == expected


@given(st.text())
def test_tokens_lie_where_they_say(text):
    for token in tokenize(text):
        assert len(token.text) == token.end - token.start or "İ" in text
        assert 0 <= token.start < token.end <= len(text)


def test_offsets_count_from_the_beginning_of_the_text():
    assert tokenize("雪 snow falls", 2, 6) == [("snow", 2, 6)]


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("snowed", "snow"),
        ("snowing", "snow"),
        ("cities", "city"),
        ("stopped", "stop"),
        ("hoping", "hope"),
        ("boxes", "box"),
        ("noodles", "noodle"),
        ("studied", "study"),
        ("went", "go"),
        ("children", "child"),
        ("better", "good"),
        ("evening", "evening"),
        ("bus", "bus"),
        ("news", "news"),
        ("glass", "glass"),
        ("sing", "sing"),
        ("blorbing", "blorbing"),
    ],
)
def test_inflected_forms_lead_to_their_base(form, base):
    assert base_form(form, FREQUENT) == base


def test_a_rare_base_is_not_believed():
    assert base_form("weather's", {"weather's": 3.0}) == "weather's"
    assert base_form("morning", {"morning": 5.2, "morn": 3.0}) == "morning"


@pytest.mark.parametrize(("form", "base"), [("mooncakes", "mooncake"), ("virus", "virus"), ("wes", "wes")])
def test_unlisted_plurals_are_undone(form, base):
    assert guessed_base(form) == base


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("eighteen", 18),
        ("ninety", 90),
        ("third", 3),
        ("3rd", 3),
        ("1,200", 1200),
        ("june", 6),
        ("may", None),
        ("snow", None),
    ],
)
def test_number_words_have_values(word, value):
    assert number(word) == value
