"""A running Anki on this machine, spoken to through its add-on AnkiConnect (version 6 of its API).

Only this machine is ever spoken to: no other host, no proxy, no redirection. What comes back is
untrusted: its size, its time and its shape are held to limits before anything looks at it.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlsplit

from learnfeed.anki.history import SECONDS_FROM, CardHistory, card_history
from learnfeed.anki.notetype import WORD, note_type
from learnfeed.core.days import DAY_MS
from learnfeed.core.errors import AnkiError, UsageError

URL = "http://127.0.0.1:8765"
"""Where AnkiConnect listens when no one has told it otherwise."""
API_VERSION = 6
SECONDS = 30.0
"""An answer that takes longer is given up."""
IMPORT_SECONDS = 600.0
"""The same for taking in a package."""
SIZE_LIMIT = 64 << 20
"""Bytes of an answer."""

_BATCH = 100
_CHUNK = 1 << 16
_RUN = "Start Anki, install its add-on AnkiConnect (Tools → Add-ons, code 2055492159), and try again."
_REPORT = "Is it AnkiConnect that listens there? Update the add-on, or name its address with --url."
_LOG = ("id", "ease", "ivl", "lastIvl", "factor", "time", "type")
_COLUMNS = ("cardId", "ord", "type", "queue", "due", "interval", "reps", "lapses", "left")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ConnectedCard:
    """A word card of ours in a running Anki.

    Attributes:
        id: Anki's number of it.
        key: Its note's first field, see :func:`learnfeed.anki.fields.note_key`.
        hanzi: Its note's second field, as markup.
        columns: ``cardId``, ``ord``, ``type``, ``queue``, ``due``, ``interval``, ``reps``, ``lapses``, ``left``.
        changed: Unix seconds when it last changed.
        log: Its lines of the review log, oldest first, see :func:`learnfeed.anki.history.card_history`.
    """

    id: int
    key: str
    hanzi: str
    columns: tuple[int, ...]
    changed: int
    log: tuple[tuple[int, ...], ...]

    @property
    def template(self) -> int:
        """The number of its template."""
        return self.columns[1]

    @property
    def suspended(self) -> bool:
        """Whether it is set aside."""
        return self.columns[3] == -1

    def history(self, guid: str, created: int) -> CardHistory:
        """The card as :func:`learnfeed.anki.history.read_histories` gives it; its memory state is not told.

        Args:
            guid: Of its note, which AnkiConnect does not tell either.
            created: Unix seconds at which Anki's first day begins; 0 when that is not known.
        """
        found = card_history((guid, *self.columns, None, self.changed, self.hanzi), self.log, created)
        stands = found.schedule
        # A filtered deck counts below zero, and without a calendar no day number says anything.
        low = 0 if created else SECONDS_FROM
        if self.columns[4] >= low or stands.last_review is None:
            return found
        due = stands.last_review + max(stands.interval, 1) * DAY_MS
        return replace(found, schedule=replace(stands, due=due))


class AnkiConnect:
    """A running Anki."""

    def __init__(
        self, url: str = URL, *, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Names the Anki to speak to; nothing is sent yet.

        Args:
            url: Where AnkiConnect listens: ``http``, on this machine.
            seconds: How long an answer may take.
            clock: Seconds that never run backwards.

        Raises:
            UsageError: The address is none, or of another machine.
        """
        self._host, self._port = _loopback(url)
        self._seconds = seconds
        self._clock = clock

    def version(self) -> int:
        """The version of AnkiConnect's API.

        Raises:
            AnkiError: No Anki answers, or its AnkiConnect is too old. The same for all that follows.
        """
        found = _whole(self._call("version"))
        if found < API_VERSION:
            raise AnkiError(f"AnkiConnect speaks version {found} of its API", hint="Update the add-on.")
        return found

    def find(self, query: str) -> list[int]:
        """Ids of the cards that a search in Anki's own language finds."""
        return [_whole(item) for item in _list(self._call("findCards", query=query))]

    def cards(self, ids: Iterable[int]) -> Iterator[ConnectedCard]:
        """Cards with their logs, in the order given; cards of other note types are left out."""
        for part in _parts(ids):
            logs = _dict(self._call("getReviewsOfCards", cards=part))
            for info in _list(self._call("cardsInfo", cards=part)):
                card = _card(_dict(info), logs)
                if card is not None:
                    yield card

    def today(self) -> int | None:
        """The number that today has in Anki's calendar; None while no card there waits for a day."""
        waiting = "is:review -is:learn -is:suspended -is:buried -deck:filtered"
        now = self.find(f"{waiting} prop:due=0")
        if now:
            return self._due(now[0])
        found = self.find(waiting)
        return self._due(found[0]) - self._days_left(found[0]) if found else None

    def _due(self, card: int) -> int:
        infos = _list(self._call("cardsInfo", cards=[card]))
        return _whole(_dict(infos[0] if infos else None).get("due"))

    def _days_left(self, card: int) -> int:
        """In how many days a card is due: Anki says only whether it is by then."""
        low, high = -40_000, 40_000
        while low < high:
            middle = (low + high) // 2
            if self.find(f"cid:{card} prop:due<={middle}"):
                high = middle
            else:
                low = middle + 1
        return low

    def import_package(self, path: str) -> None:
        """Takes in a package, with its reviews; Anki must be able to read the file."""
        if self._call("importPackage", IMPORT_SECONDS, path=path) is not True:
            raise AnkiError("Anki did not take the deck", hint="Import it yourself: File → Import.")

    def make_due(self, card: int) -> None:
        """Makes a card due today, as Anki's "Set due date" does."""
        self._call("setDueDate", cards=[card], days="0")

    def insert_reviews(self, rows: Sequence[Sequence[int]]) -> int:
        """Adds lines to the review log; gives back how many. A line whose millisecond is taken is left out.

        Args:
            rows: ``id``, ``cid``, ``usn``, ``ease``, ``ivl``, ``lastIvl``, ``factor``, ``time``, ``type``.
        """
        added = 0
        for part in _parts(rows):
            try:
                self._call("insertReviews", reviews=part)
                added += len(part)
            except AnkiError:
                # One taken millisecond refuses all of them; a lost connection shows itself again here.
                self.version()
                added += sum(self._insert(row) for row in part)
        return added

    def _insert(self, row: Sequence[int]) -> bool:
        try:
            self._call("insertReviews", reviews=[row])
        except AnkiError as error:
            if "UNIQUE" in error.message.upper():
                return False
            raise
        return True

    def set_card(self, card: int, values: Mapping[str, object]) -> None:
        """Gives a card new values.

        Args:
            card: Its id.
            values: By the names that Anki's own card object has for them.
        """
        done = self._call(
            "setSpecificValueOfCard",
            card=card,
            keys=list(values),
            newValues=list(values.values()),
            warning_check=True,
        )
        if done != [True]:
            raise AnkiError(f"Anki did not change card {card}", hint="Update Anki and AnkiConnect.")

    # -- the wire ----------------------------------------------------------------------------------

    def _call(self, action: str, seconds: float = 0.0, **params: object) -> object:
        body = json.dumps({"action": action, "version": API_VERSION, "params": params}).encode()
        try:
            raw = self._post(body, seconds or self._seconds)
        except TimeoutError as error:
            raise AnkiError(
                "Anki does not answer", hint="Close the dialogs that are open in Anki, and try again."
            ) from error
        except OSError as error:
            raise AnkiError(f"No Anki listens at {self._host} port {self._port}", hint=_RUN) from error
        except http.client.HTTPException as error:
            raise AnkiError(f"What listens at port {self._port} is no AnkiConnect", hint=_REPORT) from error
        return _result(action, raw)

    def _post(self, body: bytes, seconds: float) -> bytes:
        until = self._clock() + seconds
        connection = http.client.HTTPConnection(self._host, self._port, timeout=seconds)
        try:
            connection.request("POST", "/", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                raise http.client.HTTPException(f"status {answer.status}")
            read = bytearray()
            while chunk := answer.read1(_CHUNK):
                read += chunk
                if len(read) > SIZE_LIMIT:
                    raise AnkiError(f"Anki's answer is larger than {SIZE_LIMIT >> 20} MiB", hint=_REPORT)
                if self._clock() > until:
                    raise TimeoutError
            return bytes(read)
        finally:
            connection.close()


def word_query(keys: Iterable[str] = (), *, answered: bool = False) -> str:
    """A search in Anki for word cards of ours.

    Args:
        keys: Only of notes with these keys (hexadecimal digits); all when empty.
        answered: Only those that were answered or set aside.
    """
    kind = note_type(WORD)
    parts = [f'"note:{kind.name}"']
    if keys := list(keys):
        parts.append("(" + " OR ".join(f'"{kind.fields[0].name}:{key}"' for key in keys) + ")")
    if answered:
        parts.append("(prop:reps>0 OR is:suspended OR -is:new)")
    return " ".join(parts)


def _loopback(url: str) -> tuple[str, int]:
    """Host and port of an address on this machine."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 80
        here = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = False
    plain = here and parts.scheme == "http" and parts.path in ("", "/") and "@" not in parts.netloc
    if not plain or parts.query or parts.fragment:
        raise UsageError(
            f"{url!r} is no address of an Anki on this machine",
            hint=f"Such as {URL}; other machines are refused.",
        )
    # The name is not looked up, for it may have been given away.
    return ("127.0.0.1" if host == "localhost" else host), port


def _result(action: str, raw: bytes) -> object:
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise AnkiError(f"Anki's answer to {action} is no JSON", hint=_REPORT) from error
    if not isinstance(answer, dict) or not {"result", "error"} <= answer.keys():
        raise AnkiError(f"Anki's answer to {action} is not of AnkiConnect's shape", hint=_REPORT)
    if answer["error"] is not None:
        told = "".join(char for char in str(answer["error"])[:200] if char.isprintable())
        raise AnkiError(f"Anki refuses {action}: {told}", hint=_hint(told))
    return answer["result"]


def _hint(told: str) -> str:
    if "collection is not available" in told:
        return "Open your profile in Anki first."
    if "api key" in told:
        return "learnfeed sends no key: take apiKey out of AnkiConnect's settings."
    return "Update the add-on AnkiConnect; if it stays so, export a file in Anki instead."


def _card(info: dict[str, Any], logs: dict[str, Any]) -> ConnectedCard | None:
    kind = note_type(WORD)
    fields = info.get("fields")
    if not isinstance(fields, dict) or not {kind.fields[0].name, kind.fields[1].name} <= fields.keys():
        return None
    columns = tuple(_whole(info.get(name)) for name in _COLUMNS)
    if not 0 <= columns[1] < len(kind.templates):
        return None
    lines = (_dict(line) for line in _list(logs.get(str(columns[0]), [])))
    return ConnectedCard(
        id=columns[0],
        key=_text(_dict(fields[kind.fields[0].name]).get("value")),
        hanzi=_text(_dict(fields[kind.fields[1].name]).get("value")),
        columns=columns,
        changed=_whole(info.get("mod", 0)),
        log=tuple(sorted(tuple(_whole(line.get(name)) for name in _LOG) for line in lines)),
    )


def _parts(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while part := list(islice(left, _BATCH)):
        yield part


def _whole(value: object) -> int:
    if type(value) is not int or abs(value) >= 1 << 63:
        raise _wrong(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(value)
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(value)
    return value


def _dict(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value)
    return value


def _wrong(value: object) -> AnkiError:
    return AnkiError(f"Anki's answer holds {type(value).__name__} where it should not", hint=_REPORT)
