"""The deck options ("preset") that carry the learner's scheduler settings to Anki."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from learnfeed.core.note import DeckSpec

PRESET_ID = 1_763_600_000_900
"""Anki takes a preset over once for each id; later changes are the user's own."""

_NEVER = 9999
"""Lapses that no card reaches: Anki has no word for "never"."""

_KEYS = {21: "fsrsParams6", 19: "fsrsParams5", 17: "fsrsWeights"}


def preset(spec: DeckSpec, parameters: Sequence[float] | None, retention: float) -> dict[str, Any]:
    """Anki's JSON of the preset (schema 11, rslib/src/deckconfig/schema11.rs).

    Args:
        spec: Learning and relearning steps in minutes, and the limits of a day.
        parameters: FSRS parameters: 21 (FSRS-6), 19 (5) or 17 (4.5); others are left to Anki.
        retention: Desired retention, 0–1.
    """
    settings: dict[str, Any] = {
        "id": PRESET_ID,
        "mod": 0,
        "name": "learnfeed",
        "usn": -1,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "dyn": False,
        "new": {
            "bury": spec.bury_siblings,
            "delays": list(spec.learning_steps),
            "initialFactor": 2500,
            "ints": [1, 4, 0],
            "order": 1,
            "perDay": spec.new_per_day,
        },
        "rev": {
            "bury": spec.bury_siblings,
            "ease4": 1.3,
            "ivlFct": 1.0,
            "maxIvl": 36500,
            "perDay": spec.reviews_per_day,
            "hardFactor": 1.2,
        },
        "lapse": {
            "delays": list(spec.relearning_steps),
            "leechAction": 1,
            "leechFails": spec.leech_after or _NEVER,
            "minInt": 1,
            "mult": 0.0,
        },
        "desiredRetention": retention,
        "fsrsWeights": [],
        "fsrsParams5": [],
        "fsrsParams6": [],
    }
    if parameters and (key := _KEYS.get(len(parameters))):
        settings[key] = list(parameters)
    return settings
