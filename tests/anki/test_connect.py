"""The client for a running Anki: only this machine, and nothing it answers is trusted."""

from __future__ import annotations

import itertools
import json
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.anki import connect
from learnfeed.anki.connect import AnkiConnect, word_query
from learnfeed.core.errors import AnkiError, UsageError
from learnfeed.core.review import CardState, Rating
from tests.anki.connect_server import answering, listening


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org:8765",
        "http://192.168.1.4:8765",
        "http://0.0.0.0:8765",
        "http://127.0.0.1.example.org",
        "http://127.0.0.1@example.org",
        "http://example.org@127.0.0.1",
        "https://127.0.0.1:8765",
        "file:///etc/passwd",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:x",
        "http://127.0.0.1/path",
        "http://127.0.0.1/?q=1",
        "http://[::ffff:8.8.8.8]:80",
        "http://2130706433",
        "http://[",
        "",
    ],
)
def test_no_other_machine_is_ever_spoken_to(url):
    with pytest.raises(UsageError, match="no address of an Anki on this machine"):
        AnkiConnect(url)


@pytest.mark.parametrize(
    "url", [connect.URL, "http://localhost:8765", "http://[::1]:8765/", "http://127.0.0.9"]
)
def test_this_machine_has_many_names(url):
    AnkiConnect(url)


def test_without_anki_the_error_says_what_to_install():
    with listening(answering(lambda *_: 6)) as (url, _):
        pass
    with pytest.raises(AnkiError, match="No Anki listens") as raised:
        AnkiConnect(url).version()
    assert "AnkiConnect" in raised.value.hint


def raw(body: bytes, status: int = 200, **headers: str):
    return lambda handler, _: handler.send(body, status, **headers)


HOSTILE = [
    b"",
    b"not json",
    b"\xff\xfe",
    b"[" * 100_000,
    b"9" * 10_000,
    b"[]",
    b"null",
    b'"text"',
    b"{}",
    b'{"result": 6}',
    b'{"error": null}',
    b'{"result": null, "error": null}',
    b'{"result": "6", "error": null}',
    b'{"result": 6.0, "error": null}',
    b'{"result": true, "error": null}',
    b'{"result": [6], "error": null}',
    b'{"result": 5, "error": null}',
    b'{"result": -1e999, "error": null}',
    b'{"result": 99999999999999999999999, "error": null}',
    b'{"result": 6, "error": "\\u001b[31mno"}',
    b'{"result": null, "error": {"a": ["\\u0000"]}}',
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_nonsense_is_an_error_with_a_hint(body):
    with listening(raw(body)) as (url, _), pytest.raises(AnkiError) as raised:
        AnkiConnect(url).version()
    assert raised.value.hint
    assert raised.value.message.isprintable()


@pytest.mark.parametrize("status", [204, 301, 302, 307, 404, 500])
def test_no_redirection_is_followed_and_no_page_taken_for_an_answer(status):
    elsewhere = {"Location": "http://127.0.0.1:9/elsewhere"}
    with listening(raw(b"", status, **elsewhere)) as (url, requests), pytest.raises(AnkiError):
        AnkiConnect(url).version()
    assert len(requests) == 1


def test_an_answer_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(connect, "SIZE_LIMIT", 1 << 20)

    def endless(handler, _):
        handler.send(b"", **{"Content-Length": str(1 << 40)})
        for _ in range(100):
            handler.wfile.write(b" " * (1 << 16))

    with listening(endless) as (url, _), pytest.raises(AnkiError, match="larger than 1 MiB"):
        AnkiConnect(url).version()


def test_an_answer_that_never_comes_is_given_up():
    over = threading.Event()
    with listening(lambda *_: over.wait(20)) as (url, _):
        with pytest.raises(AnkiError, match="does not answer"):
            AnkiConnect(url, seconds=0.05).version()
        over.set()


def test_an_answer_that_drips_is_given_up():
    ticks = itertools.count(0, 20)
    with (
        listening(raw(b'{"result": 6, "error": null}')) as (url, _),
        pytest.raises(AnkiError, match="not answer"),
    ):
        AnkiConnect(url, seconds=10, clock=lambda: float(next(ticks))).version()


INFO = {
    "cardId": 7,
    "ord": 1,
    "type": 2,
    "queue": -1,
    "due": 30,
    "interval": 9,
    "reps": 2,
    "lapses": 1,
    "left": 0,
    "mod": 1_700_000_000,
    "fields": {"Key": {"value": "abc", "order": 0}, "Hanzi": {"value": "&lt;雪", "order": 1}},
}
LINE = {
    "id": 1_700_000_000_000,
    "ease": 3,
    "ivl": 9,
    "lastIvl": 2,
    "factor": 500,
    "time": 4000,
    "type": 1,
    "usn": 3,
}


def cards_of(info: object, logs: object) -> list:
    """What the client makes of an answer."""
    replies = {"cardsInfo": info, "getReviewsOfCards": logs}
    with listening(answering(lambda action, _: replies[action])) as (url, _):
        return list(AnkiConnect(url).cards([7]))


def test_a_card_is_read_with_its_log():
    (card,) = cards_of([INFO], {"7": [{**LINE, "id": LINE["id"] + 5}, LINE]})
    assert (card.id, card.key, card.template, card.suspended) == (7, "abc", 1, True)
    history = card.history("guid", created=86_400)
    assert (history.hanzi, history.changed, history.suspended) == ("<雪", 1_700_000_000, True)
    assert (history.schedule.state, history.schedule.interval) == (CardState.REVIEW, 9)
    assert history.schedule.memory is None
    assert [review.at - LINE["id"] for review in history.reviews] == [0, 5]
    assert history.reviews[0].rating is Rating.GOOD


def test_cards_of_other_note_types_are_left_out():
    other = {**INFO, "fields": {"Front": {"value": "x", "order": 0}}}
    assert cards_of([{}, other, {**INFO, "ord": 99}, {**INFO, "ord": -1}], {}) == []


@pytest.mark.parametrize(
    ("info", "logs"),
    [
        ({}, {}),
        ([3], {}),
        ([INFO], []),
        ([{**INFO, "due": "today"}], {}),
        ([{**INFO, "cardId": None}], {}),
        ([{**INFO, "mod": 1.5}], {}),
        ([{**INFO, "fields": {"Key": "abc", "Hanzi": "雪"}}], {}),
        ([{**INFO, "fields": {"Key": {"value": 1}, "Hanzi": {"value": "雪"}}}], {}),
        ([INFO], {"7": {}}),
        ([INFO], {"7": [None]}),
        ([INFO], {"7": [{**LINE, "ease": "3"}]}),
        ([INFO], {"7": [{"id": 5}]}),
    ],
)
def test_a_card_of_another_shape_is_an_error(info, logs):
    with pytest.raises(AnkiError, match="where it should not"):
        cards_of(info, logs)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*INFO]), _JSON), st.dictionaries(st.sampled_from([*LINE]), _JSON))
def test_whatever_a_card_holds_it_is_read_or_refused(info, line):
    answers = {"cardsInfo": [INFO | info], "getReviewsOfCards": {"7": [LINE | line]}}
    client = AnkiConnect()
    client._call = lambda action, **_: json.loads(json.dumps(answers[action]))
    try:
        for card in client.cards([7]):
            card.history("guid", 0)
    except AnkiError as error:
        assert error.hint


@pytest.mark.parametrize(
    ("told", "hint"),
    [
        ("collection is not available", "profile"),
        ("valid api key must be provided", "apiKey"),
        ("x", "Update"),
    ],
)
def test_what_anki_refuses_is_told(told, hint):
    def refuse(action, _):
        raise ValueError(told)

    with (
        listening(answering(refuse)) as (url, _),
        pytest.raises(AnkiError, match="refuses version") as raised,
    ):
        AnkiConnect(url).version()
    assert hint in raised.value.hint


@pytest.mark.parametrize(("due", "created"), [(-99_999, 86_400), (30, 0)])
def test_a_due_that_says_nothing_is_told_by_the_last_answer(due, created):
    (card,) = cards_of([{**INFO, "due": due}], {"7": [LINE]})
    assert card.history("guid", created).schedule.due == LINE["id"] + 9 * 86_400_000


def test_a_deck_or_card_that_anki_does_not_take_is_an_error():
    with listening(answering(lambda *_: False)) as (url, _):
        with pytest.raises(AnkiError, match="did not take the deck"):
            AnkiConnect(url).import_package("deck.apkg")
        with pytest.raises(AnkiError, match="did not change card 3"):
            AnkiConnect(url).set_card(3, {"due": 4})


def test_lines_whose_millisecond_is_taken_are_left_out_and_the_others_added():
    held = {3}

    def insert(action, params):
        if action == "version":
            return 6
        ids = {row[0] for row in params["reviews"]}
        if ids & held:
            raise ValueError("DBError: UNIQUE constraint failed: revlog.id")
        held.update(ids)
        return None

    with listening(answering(insert)) as (url, _):
        assert AnkiConnect(url).insert_reviews([(n, 1, -1, 3, 1, 1, 500, 9, 1) for n in range(1, 6)]) == 4
    assert held == {1, 2, 3, 4, 5}


def test_a_refused_line_of_another_cause_is_an_error():
    def insert(action, _):
        if action == "version":
            return 6
        raise ValueError("disk is full")

    with listening(answering(insert)) as (url, _), pytest.raises(AnkiError, match="disk is full"):
        AnkiConnect(url).insert_reviews([(1, 1, -1, 3, 1, 1, 500, 9, 1)])


def test_searches_name_the_note_type_and_its_keys():
    assert word_query() == '"note:learnfeed word"'
    assert word_query(["ab", "cd"]) == '"note:learnfeed word" ("Key:ab" OR "Key:cd")'
    assert "is:suspended" in word_query(answered=True)


def test_many_cards_are_asked_for_in_parts():
    answers = {"cardsInfo": [], "getReviewsOfCards": {}}
    with listening(answering(lambda action, _: answers[action])) as (url, requests):
        assert list(AnkiConnect(url).cards(range(250))) == []
    sizes = [len(r["params"]["cards"]) for r in requests if r["action"] == "cardsInfo"]
    assert sizes == [100, 100, 50]
    assert {request["version"] for request in requests} == {6}
