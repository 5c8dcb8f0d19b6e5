"""Push and pull against the real add-on, where someone has one running.

AnkiConnect is on no package index, so that no test can install it. Start Anki with it and a profile to throw away
(without a screen: ``QT_QPA_PLATFORM=offscreen anki --no-sandbox``), then run this file with
``LEARNFEED_ANKICONNECT=http://127.0.0.1:8765``. All else of the client is tested in ``test_connected.py``, against
the same answers given by a real collection.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest

from learnfeed.anki.connect import AnkiConnect
from learnfeed.core.review import Rating
from tests.services.test_round_trip import logs
from tests.study_samples import Clock, add_words, winter_services

URL = os.environ.get("LEARNFEED_ANKICONNECT", "")

pytestmark = pytest.mark.skipif(
    not URL, reason="LEARNFEED_ANKICONNECT names no running Anki with AnkiConnect"
)


def test_a_deck_and_later_answers_reach_a_running_anki_and_come_back_once(tmp_path) -> None:
    client = AnkiConnect(URL)
    clock = Clock(datetime.now().astimezone() - timedelta(days=30))
    services = winter_services(tmp_path / "library", clock)
    snow, *_ = add_words(services, "雪", "看到")
    for rating, gap in ((Rating.GOOD, 0.01), (Rating.GOOD, 3), (Rating.HARD, 20)):
        services.reviewing.answer(snow, rating, 4000)
        clock.forward(days=gap)
    first = services.pushing.push(client)
    assert (first.words > 0, first.problems) == (True, ())
    services.reviewing.answer(snow, Rating.GOOD, 4000)
    clock.now = datetime.now().astimezone()
    later = services.pushing.push(client)
    assert (later.reviews, later.rescheduled, later.problems) == (1, 1, ())
    before = logs(services)
    back = services.syncing.pull_connected(client)
    assert (back.new_reviews, back.known_reviews, back.problems) == (0, 4, ())
    assert logs(services) == before
    services.close()
