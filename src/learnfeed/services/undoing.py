"""Taking back what the learner did last, whatever it was."""

from __future__ import annotations

from learnfeed.services.views import Undone
from learnfeed.store.corrections import CorrectionStore
from learnfeed.store.database import Database
from learnfeed.store.events import Event, EventKind, EventLog
from learnfeed.store.fitted import FittedStore
from learnfeed.store.foreign import take_back
from learnfeed.store.reviews import ReviewStore
from learnfeed.store.words import WordStore

_CORRECTIONS = (EventKind.CORRECTION, EventKind.CORRECTION_REMOVED, EventKind.EDIT_ANSWERED)


def undo_last(database: Database, now: int, kinds: tuple[EventKind, ...] = ()) -> Undone | None:
    """Takes back the latest event that still stands.

    Args:
        database: The library.
        now: Unix milliseconds.
        kinds: Only events of these kinds; any when empty.

    Returns:
        What was taken back; None when nothing is left.
    """
    log = EventLog(database)
    with database.write():
        event = log.last_standing(kinds)
        if event is None:
            return None
        if event.kind in (EventKind.STATUS, EventKind.FINISHED):
            WordStore(database).take_back(event, now)
        elif event.kind in _CORRECTIONS:
            CorrectionStore(database).take_back(event, now)
        elif event.kind is EventKind.PULL:
            take_back(database, event, now)
        elif event.kind is EventKind.FITTED:
            FittedStore(database).take_back(event, now)
        else:
            WordStore(database).move_back(event.data.get("words", ()), now)
            ReviewStore(database).take_back(event, now)
    return _told(event)


def _told(event: Event) -> Undone:
    data = event.data
    if event.kind is EventKind.STATUS:
        words = data["words"]
        one, many = "1 word no longer {status}", "{n} words no longer {status}"
        return _counted(len(words), one, many, status=words[0][2])
    if event.kind is EventKind.FINISHED:
        return Undone("post is unread again")
    if event.kind is EventKind.REVIEW:
        return Undone("answer taken back")
    if event.kind is EventKind.CORRECTION:
        return Undone("correction of {word} taken back", {"word": data["surface"]})
    if event.kind is EventKind.CORRECTION_REMOVED:
        return _counted(len(data["events"]), "1 correction back again", "{n} corrections back again")
    if event.kind is EventKind.EDIT_ANSWERED:
        one, many = "1 edit from Anki will be offered again", "{n} edits from Anki will be offered again"
        return _counted(len(data["edits"]), one, many)
    if event.kind is EventKind.PULL:
        return Undone("the library is as it was before the answers from Anki")
    if event.kind is EventKind.FITTED:
        return Undone("the parameters of FSRS are as they were before")
    if event.kind is EventKind.CARDS:
        return _counted(len(data["cards"]), "1 card removed", "{n} cards removed")
    return Undone("card is as it was before")


def _counted(number: int, one: str, many: str, **values: str) -> Undone:
    return Undone(one, values) if number == 1 else Undone(many, {"n": number, **values})
