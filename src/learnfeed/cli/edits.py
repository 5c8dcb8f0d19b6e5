"""Edits made in Anki, listed and taken over as corrections: for ``learnfeed anki pull --show-edits``."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from learnfeed.cli.corrections import tell_waiting
from learnfeed.cli.output import Context, data, narrate
from learnfeed.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from learnfeed.services.edits import OfferedEdit

ALL = "all"
LONGEST = 60
"""Characters of a field that a list shows."""


def offer_edits(
    context: Context, file: Path, *, accept: str, refuse: str, as_json: bool
) -> list[dict[str, Any]]:
    """Lists edits and takes over what is wanted: by number, all, or asked one by one in a terminal.

    Args:
        context: The library.
        file: What Anki exported.
        accept: ``all`` or numbers with commas between; empty for none.
        refuse: The same, for what is never to be offered again.
        as_json: Whether someone else tells what was found.

    Returns:
        The edits with what became of each.

    Raises:
        UsageError: A number is none of the list.
    """
    edits = context.services.edits.offered(file)
    accepted, refused = _chosen(edits, accept, "--accept"), _chosen(edits, refuse, "--refuse")
    if not as_json:
        for edit in edits:
            _show(edit)
        if not edits:
            narrate("No field of a word's note was changed in Anki.")
        elif not accept and not refuse and sys.stdin.isatty():
            accepted, refused = _asked(edits)
        elif not accept and not refuse:
            narrate("Take them over with --accept all or --accept 1,3; --refuse hides them for good.")
    context.services.edits.refuse(edit for edit in refused if edit not in accepted)
    count = context.services.edits.accept(accepted)
    if count:
        tell_waiting(context.services.correcting.settle())
    if not as_json and (accepted or refused):
        data(f"{count} taken over as corrections, {len(refused)} refused")
    return [{**asdict(edit), "state": _state(edit, accepted, refused)} for edit in edits]


def _state(edit: OfferedEdit, accepted: Sequence[OfferedEdit], refused: Sequence[OfferedEdit]) -> str:
    if edit in accepted and edit.correction is not None:
        return "accepted"
    return "refused" if edit in refused else "offered"


def _chosen(edits: Sequence[OfferedEdit], wanted: str, option: str) -> list[OfferedEdit]:
    if wanted == ALL:
        return list(edits)
    by_number = {str(edit.number): edit for edit in edits}
    numbers = [part for part in wanted.replace(",", " ").split() if part]
    if unknown := [number for number in numbers if number not in by_number]:
        what = f"numbers from 1 to {len(edits)}" if edits else "no edits"
        raise UsageError(f"{option} {unknown[0]}: there are {what}", hint=f"{option} all takes every one.")
    return [by_number[number] for number in dict.fromkeys(numbers)]


def _show(edit: OfferedEdit) -> None:
    why_not = f"  ({edit.why_not})" if edit.why_not else ""
    data(f"{edit.number}\t{edit.word}\t{edit.field}{why_not}")
    data(f"\t- {_short(edit.before)}")
    data(f"\t+ {_short(edit.after)}")


def _short(text: str) -> str:
    line = " / ".join(text.split("\n"))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _asked(edits: Sequence[OfferedEdit]) -> tuple[list[OfferedEdit], list[OfferedEdit]]:
    """What a person at a terminal says to each: yes, no (never again), all from here on, later."""
    accepted: list[OfferedEdit] = []
    refused: list[OfferedEdit] = []
    for at, edit in enumerate(edits):
        if edit.correction is None:
            continue
        answer = click.prompt(
            f"{edit.number} {edit.word} {edit.field}: take over?  (y)es (n)ever (a)ll (l)ater",
            type=click.Choice(["y", "n", "a", "l"]),
            default="y",
            show_choices=False,
            err=True,
        )
        if answer == "a":
            return accepted + list(edits[at:]), refused
        if answer == "y":
            accepted.append(edit)
        elif answer == "n":
            refused.append(edit)
    return accepted, refused
