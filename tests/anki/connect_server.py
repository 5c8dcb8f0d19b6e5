"""A loopback server that speaks AnkiConnect's protocol: over a real collection, or nonsense."""

# ruff: noqa: N802, N803 - the names are the add-on's

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from tests.anki import real_anki

Answer = Callable[[str, dict], object]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(request)  # type: ignore[attr-defined]
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.server.reply(self, request)  # type: ignore[attr-defined]

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def listening(reply: Callable[[Handler, dict], None]) -> Iterator[tuple[str, list[dict]]]:
    """A server on a free port; gives its address and the requests it got."""
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.reply, server.requests = reply, []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.requests  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answering(answer: Answer) -> Callable[[Handler, dict], None]:
    """Replies as AnkiConnect does: ``result`` and ``error``, one of them null."""

    def reply(handler: Handler, request: dict) -> None:
        try:
            body = {"result": answer(request["action"], request.get("params", {})), "error": None}
        except Exception as error:  # noqa: BLE001
            body = {"result": None, "error": str(error)}
        handler.send(json.dumps(body).encode())

    return reply


class CollectionActions:
    """The actions that are asked for, done on a real collection."""

    def __init__(self, col) -> None:
        self.col = col

    def __call__(self, action: str, params: dict) -> object:
        method = getattr(self, action, None)
        if method is None:
            raise ValueError("unsupported action")
        return method(**params)

    def version(self) -> int:
        return 6

    def findCards(self, query: str) -> list[int]:
        return list(self.col.find_cards(query))

    def cardsInfo(self, cards: list[int]) -> list[dict]:
        return [self._info(self.col.get_card(number)) for number in cards]

    @staticmethod
    def _info(card) -> dict:
        note = card.note()
        fields = {name: {"value": value, "order": at} for at, (name, value) in enumerate(note.items())}
        info = {"cardId": card.id, "interval": card.ivl, "note": card.nid, "fields": fields}
        return info | {
            name: getattr(card, name)
            for name in ("ord", "type", "queue", "due", "reps", "lapses", "left", "mod")
        }

    def getReviewsOfCards(self, cards: list[int]) -> dict[str, list[dict]]:
        names = ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")
        found = {}
        for number in cards:
            rows = self.col.db.all(f"select {', '.join(names)} from revlog where cid = ?", number)
            found[str(number)] = [dict(zip(names, row, strict=True)) for row in rows]
        return found

    def importPackage(self, path: str) -> bool:
        real_anki.take(self.col, Path(path), merge=True)
        return True

    def insertReviews(self, reviews: list[list[int]]) -> None:
        rows = ",".join("(" + ",".join(map(str, row)) + ")" for row in reviews)
        self.col.db.execute(f"insert into revlog(id,cid,usn,ease,ivl,lastIvl,factor,time,type) values {rows}")

    def setSpecificValueOfCard(self, card: int, keys: list, newValues: list, warning_check: bool = False):
        if not warning_check:
            return False
        found = self.col.get_card(card)
        try:
            for key, value in zip(keys, newValues, strict=True):
                setattr(found, key, value)
            self.col.update_card(found, skip_undo_entry=True)
        except Exception as error:  # noqa: BLE001
            return [[False, str(error)]]
        return [True]

    def setDueDate(self, cards: list[int], days: str) -> bool:
        self.col.sched.set_due_date(cards, days)
        return True
