"""``learnfeed review``: cards that are due, in the plain terminal."""

from __future__ import annotations

import time
from dataclasses import asdict

import click

from learnfeed.cli.asking import sentence
from learnfeed.cli.output import Context, data, data_json, pass_context
from learnfeed.core.pinyin import word_with_marks
from learnfeed.core.review import Rating
from learnfeed.services.review_views import ReviewCard
from learnfeed.study.fitting import LEAST_REVIEWS, Fit
from learnfeed.study.scheduler import seconds_in_words

_KEYS = "1 again  2 hard  3 good  4 easy  u undo  - bury  q quit"
_TWO_KEYS = "1 again  3 good  u undo  - bury  q quit"


@click.group(invoke_without_command=True)
@click.pass_context
def review(call: click.Context) -> None:
    """Review the cards that are due, one after the other. Enter shows the answer and then means good."""
    if call.invoked_subcommand is None:
        _review(call.find_object(Context) or Context(None))


def _review(context: Context) -> None:
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
        keys = _TWO_KEYS if context.services.settings.pass_fail else _KEYS
        typed = _ask(f"{_intervals(card)}\n{keys} > ")
        if typed is None or typed == "q":
            break
        took = round((time.monotonic() - began) * 1000)
        # What is taken back may have been answered before this session.
        answered = max(0, answered + _act(context, card, typed, took))
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
    return "  ".join(
        f"{rating.name.lower()} {seconds_in_words(seconds)}" for rating, seconds in card.intervals.items()
    )


def _ask(prompt: str) -> str | None:
    try:
        return input(prompt).strip().lower()
    except EOFError:
        return None


@review.command()
@click.option("--yes", is_flag=True, help="Take the fitted parameters into use without asking.")
@click.option("--forget", is_flag=True, help="Take the defaults of FSRS into use again.")
@click.option("--undo", is_flag=True, help="Take the last fit back, when nothing was done since.")
@click.option(
    "--json", "as_json", is_flag=True, help="What was found, as one JSON document; changes nothing."
)
@pass_context
def fit(context: Context, yes: bool, forget: bool, undo: bool, as_json: bool) -> None:
    """Fit the schedule to your own memory.

    Parameters of FSRS are fitted to your earlier answers and have to foretell the later ones better than those in
    use; only then are they offered. Due days stay as they are; the answers to come follow the new parameters.
    """
    service = context.services.fitting
    if undo or forget:
        done = service.undo() if undo else service.forget()
        data("The schedule is as it was before." if undo and done else "FSRS's defaults are in use.")
        return
    found = service.attempt()
    if as_json:
        data_json(asdict(found) | {"needed": LEAST_REVIEWS, "better": found.better})
        return
    for line in _fit_lines(found):
        data(line)
    if found.better and (yes or _ask("Use the fitted parameters? y/N > ") in ("y", "yes")):
        cards = service.apply(found)
        data(
            f"In use. The memory of {cards:,} cards was worked out anew; learnfeed review fit --undo takes it back."
        )


def _fit_lines(found: Fit) -> list[str]:
    if not found.enough:
        return [
            f"{found.reviews:,} answers tell something so far; a fit needs {LEAST_REVIEWS:,}. Nothing was changed."
        ]
    lines = [
        f"{found.reviews:,} answers; judged on the latest {found.held_out:,}, which the fit had not seen.",
        f"log loss    in use {found.loss_before:.4f}    fitted {found.loss_after:.4f}    (less is better)",
    ]
    return (
        lines if found.better else [*lines, "The parameters in use foretell no worse. Nothing was changed."]
    )
