"""Note types: what is in people's collections under these numbers can never be renumbered."""

from __future__ import annotations

import hashlib
import re

import pytest

from learnfeed.anki.notetype import SLUGS, note_type
from learnfeed.core.review import Template

FOR_EVER = {
    "word": (
        1763600000100,
        (
            "Key Hanzi Traditional Pinyin Pinyin_numbers Typed_pinyin Meaning Other_meanings Ruby Sentence "
            "Sentence_ruby Cloze English Level Picture Audio Source Attribution Ask_recognition Ask_recall "
            "Ask_listening Ask_typing Ask_cloze Ask_tones Letters Reserve_1 Reserve_2 Reserve_3 Reserve_4 Reserve_5 Reserve_6"
        ),
        "Recognition Recall Listening Typing Cloze Tones",
    ),
    "reading": (
        1763600000200,
        (
            "Key Title Title_ruby Title_English Text Text_ruby Comments Level Known New_words Pictures Source "
            "Attribution Reserve_1 Reserve_2 Reserve_3 Reserve_4 Reserve_5 Reserve_6"
        ),
        "Reading",
    ),
}

# A template or style that changed reaches collections only with a newer time: when this fails, set
# `changed` in notetype.toml to the time of the change, then mend the pair here.
CHANGED = {
    "word": (1795219200, "d1d910e065a0ab42"),
    "reading": (1795219200, "2d81c4f34bb622eb"),
}


def names(items) -> str:
    return " ".join(item.name.replace(" ", "_") for item in items)


def fingerprint(kind) -> str:
    parts = [kind.css, *(text for t in kind.templates for text in (t.front, t.back))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@pytest.mark.parametrize("slug", SLUGS)
def test_identity_never_changes(slug):
    kind = note_type(slug)
    number, fields, templates = FOR_EVER[slug]
    assert (kind.id, names(kind.fields), names(kind.templates)) == (number, fields, templates)
    assert [field.id for field in kind.fields] == [number + 1 + at for at in range(len(kind.fields))]
    assert [t.id for t in kind.templates] == [number + 51 + at for at in range(len(kind.templates))]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_change_of_looks_moves_the_time_of_change(slug):
    kind = note_type(slug)
    assert (kind.changed, fingerprint(kind)) == CHANGED[slug]


def test_templates_are_numbered_as_the_app_numbers_them():
    assert [t.name.lower() for t in note_type("word").templates] == list(Template)


@pytest.mark.parametrize("slug", SLUGS)
def test_templates_name_only_fields_that_are_there_and_close_what_they_open(slug):
    kind = note_type(slug)
    known = {field.name for field in kind.fields} | {"FrontSide"}
    for template in kind.templates:
        for text in (template.front, template.back):
            open_sections: list[str] = []
            for mark, name in re.findall(r"\{\{([#/]?)(?:type:)?([^}]+)\}\}", text):
                assert name in known
                if mark == "#":
                    open_sections.append(name)
                elif mark == "/":
                    assert open_sections.pop() == name
            assert not open_sections


@pytest.mark.parametrize("slug", SLUGS)
def test_a_front_opens_with_a_section_for_each_field_it_needs(slug):
    kind = note_type(slug)
    for template in kind.templates:
        opening = re.match(r"(?:\{\{#[^}]+\}\})+", template.front).group()
        assert re.findall(r"#([^}]+)", opening) == [kind.fields[need].name for need in template.needs]


@pytest.mark.parametrize("slug", SLUGS)
def test_styles_know_night_mode_tones_and_no_network(slug):
    css = note_type(slug).css
    assert ".night_mode" in css
    assert all(f"rt.tone{tone}" in css for tone in range(1, 6))
    assert "url(" not in css
    assert "@import" not in css
    assert all("<script" not in t.front + t.back for t in note_type(slug).templates)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "night"])
def test_every_colour_of_text_can_be_read_on_its_paper(mode):
    """WCAG 2.2, 1.4.3: a contrast of 4.5 to 1."""
    block = re.findall(r"--paper.*?\}|--paper.*?margin", note_type("word").css, re.DOTALL)[mode]
    colours = dict(re.findall(r"--(\w+): (#\w{6})", block))
    paper = luminance(colours["paper"])
    for name in ("ink", "soft", "accent", "tone1", "tone2", "tone3", "tone4", "tone5"):
        light, dark = sorted((luminance(colours[name]), paper), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, name
