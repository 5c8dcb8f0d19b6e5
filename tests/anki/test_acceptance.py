"""The twenty checks that a deck must stand, each with the tests that make it. Nothing is checked in here but the list.

All of them run with the real Anki; ``scripts/older_ankis.py`` runs them with older releases of it.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ARRIVES, PACKAGE, BACK, TYPES = (
    "anki/test_import_into_anki.py",
    "anki/test_package.py",
    "anki/test_collection.py",
    "anki/test_notetype.py",
)
TRIP, EXPORT, PRESET = (
    "services/test_round_trip.py",
    "services/test_exporting.py",
    "services/test_preset.py",
)

CHECKS: dict[int, tuple[str, dict[str, tuple[str, ...]]]] = {
    1: (
        "archive and database are sound",
        {
            PACKAGE: (
                "test_the_archive_is_whole_and_deflated",
                "test_the_database_is_sound_and_tells_anki_its_scheduler",
            )
        },
    ),
    2: (
        "all notes are new, counts are equal",
        {
            ARRIVES: ("test_every_note_arrives_and_every_card_with_it",),
            EXPORT: ("test_every_recipe_makes_a_deck_that_anki_takes",),
        },
    ),
    3: (
        "no guid twice, no card of a note twice",
        {PACKAGE: ("test_one_guid_is_one_note", "test_ids_follow_from_the_time_of_creation")},
    ),
    4: ("no card that Anki would add", {ARRIVES: ("test_a_card_exists_exactly_when_anki_would_make_it",)}),
    5: ("no empty card", {ARRIVES: ("test_a_card_exists_exactly_when_anki_would_make_it",)}),
    6: (
        "every card renders clean",
        {ARRIVES: ("test_every_card_renders_clean", "test_a_front_never_tells_its_answer")},
    ),
    7: (
        "no media missing or unused; deflated",
        {
            ARRIVES: ("test_pictures_and_recordings_travel_under_names_of_their_content",),
            PACKAGE: ("test_the_archive_is_whole_and_deflated",),
        },
    ),
    8: (
        "ids of fields and templates, the same across exports",
        {
            PACKAGE: ("test_field_and_template_ids_are_the_same_across_exports",),
            TYPES: ("test_identity_never_changes",),
        },
    ),
    9: (
        "the same file again changes nothing",
        {
            ARRIVES: ("test_the_same_file_again_changes_nothing",),
            EXPORT: ("test_exporting_again_changes_nothing_in_anki",),
        },
    ),
    10: (
        "a changed note is updated, its schedule kept",
        {ARRIVES: ("test_a_changed_note_is_updated_and_its_schedule_kept",)},
    ),
    11: (
        "what the user edited in an unchanged note survives",
        {ARRIVES: ("test_what_a_user_edited_survives_an_unchanged_note",)},
    ),
    12: ("an added word is one note more", {ARRIVES: ("test_an_added_word_is_exactly_one_note_more",)}),
    13: (
        "no second note type, no full sync",
        {ARRIVES: ("test_a_second_export_makes_no_other_note_type_and_forces_no_full_sync",)},
    ),
    14: (
        "scheduler, offset, rollover, first day",
        {PACKAGE: ("test_the_database_is_sound_and_tells_anki_its_scheduler",)},
    ),
    15: (
        "due day, interval, reps, lapses in three time zones",
        {ARRIVES: ("test_due_days_and_memory_are_the_learners_in_every_time_zone",)},
    ),
    16: (
        "memory equals ours and Anki's own computation",
        {
            ARRIVES: ("test_due_days_and_memory_are_the_learners_in_every_time_zone",),
            TRIP: ("test_exactly_the_answers_given_in_anki_come_home_once",),
        },
    ),
    17: (
        "the preset arrives",
        {
            ARRIVES: ("test_the_preset_arrives_with_parameters_and_retention",),
            PRESET: (
                "test_the_preset_says_what_the_settings_say",
                "test_parameters_fitted_to_the_learner_travel",
            ),
        },
    ),
    18: (
        "suspended, learning, relearning; FSRS off too",
        {ARRIVES: ("test_learning_relearning_and_suspended_cards_stand_where_they_stood",)},
    ),
    19: (
        "deleted in Anki and imported again, the history is back",
        {ARRIVES: ("test_deleted_in_anki_and_imported_again_the_history_is_back",)},
    ),
    20: (
        "answers given in Anki come back once, from every kind of file",
        {
            BACK: ("test_answers_given_in_anki_come_back_once",),
            TRIP: ("test_exactly_the_answers_given_in_anki_come_home_once",),
        },
    ),
}
"""What is checked, and the tests that do it by their file."""


def test_there_are_twenty_checks():
    assert list(CHECKS) == list(range(1, 21))


@pytest.mark.parametrize("number", CHECKS)
def test_every_check_is_made_by_tests_that_are_there(number):
    for file, names in CHECKS[number][1].items():
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert names
        assert set(names) <= there, file
