"""``learnfeed review``: cards that are due, in the plain terminal."""

from __future__ import annotations

import time

import click

from learnfeed.cli.asking import sentence
from learnfeed.cli.output import Context, data, pass_context
from learnfeed.core.pinyin import word_with_marks
from learnfeed.core.review import Rating
from learnfeed.services.review_views import ReviewCard

_KEYS = "1 again  2 hard  3 good  4 easy  u undo  - bury  q quit"


@click.command()
@pass_context
def review(context: Context) -> None:
    """Review the cards that are due, one after the other. Enter shows the answer and then means good."""
    service = context.services.reviewing
    answered = 0
    while (card := service.next_card()) is not None:
        load = service.outlook().load
        data(f"\nnew {load.new} · learning {load.learning} · due {load.due}")
        began = time.monotonic()
        _show_front(card)
        if _ask("Enter shows the answer > ") is None:
            break
        _show_back(card)
        typed = _ask(f"{_intervals(card)}\n{_KEYS} > ")
        if typed is None or typed == "q":
            break
        took = round((time.monotonic() - began) * 1000)
        answered += _act(context, card, typed, took)
    outlook = service.outlook()
    data(f"\n{answered} answered. {outlook.tomorrow} due tomorrow.")


def _act(context: Context, card: ReviewCard, typed: str, took: int) -> int:
    """Does what was typed; gives back by how many the answers have grown."""
    service = context.services.reviewing
    if typed == "u":
        undone = service.undo()
        data(undone.what if undone else "There is nothing to undo.")
        return -1 if undone else 0
    if typed == "-":
        service.bury(card.id)
        return 0
    if typed in ("", "1", "2", "3", "4"):
        done = service.answer(card.id, Rating(int(typed or 3)), took)
        if done.leech:
            data(f"{card.headword} is forgotten again and again: its card is set aside.")
        return 1
    data(_KEYS)
    return 0


def _show_front(card: ReviewCard) -> None:
    data(f"    {card.headword}")
    if card.sentence:
        data(f"    {sentence(card.sentence)}" + (f"    from {card.title}" if card.title else ""))


def _show_back(card: ReviewCard) -> None:
    data(f"    {word_with_marks(card.syllables)}  {card.gloss}")
    if card.english:
        data(f"    {card.english}")


def _intervals(card: ReviewCard) -> str:
    return "  ".join(f"{rating.name.lower()} {_span(seconds)}" for rating, seconds in card.intervals.items())


def _span(seconds: int) -> str:
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "m")):
        if seconds >= size:
            return f"{round(seconds / size)}{unit}"
    return f"{seconds}s"


def _ask(prompt: str) -> str | None:
    try:
        return input(prompt).strip().lower()
    except EOFError:
        return None
