"""``learnfeed stats``: what was done, what is known, what is to come."""

from __future__ import annotations

import click

from learnfeed.cli.output import Context, data, data_json, pass_context
from learnfeed.core.level import level_label
from learnfeed.services.statistics import Statistics

_BARS = " ▁▂▃▄▅▆▇█"
WEEK = 7


@click.command()
@click.option("--json", "as_json", is_flag=True, help="All figures as one JSON document.")
@pass_context
def stats(context: Context, as_json: bool) -> None:
    """Show the streak, retention, forecast and the vocabulary by level."""
    figures = context.services.statistics.all()
    if as_json:
        data_json(figures.as_json())
        return
    for line in _lines(figures):
        data(line)


def _lines(figures: Statistics) -> list[str]:
    share = figures.retention.share
    kept = "–" if share is None else f"{share:.0%}"
    reviews, target = figures.retention.reviews, figures.retention.target
    lines = [
        f"streak      {figures.streak} days (longest {figures.longest_streak})",
        f"today       {figures.answers_today} answers, {figures.minutes_today} min",
        f"retention   {kept} of {reviews} reviews in {figures.retention.days} days (target {target:.0%})",
        f"next days   {bars(figures.forecast[: 2 * WEEK])}  {sum(figures.forecast[:WEEK])} due in 7 days",
        "words       " + ", ".join(f"{number} {status}" for status, number in figures.words.items()),
    ]
    for count in figures.levels:
        name = level_label(count.level) if count.level else "outside HSK"
        of = f" of {count.listed:,}" if count.listed else ""
        lines.append(f"{name:<11} {count.known:,} known, {count.learning:,} learning{of}")
    if figures.hardest:
        lines.append("hardest     " + ", ".join(f"{w.headword} ({w.lapses}×)" for w in figures.hardest))
    return lines


def bars(values: tuple[int, ...]) -> str:
    """Numbers as a row of bars, the tallest the largest."""
    top = max(values, default=0) or 1
    return "".join(_BARS[-(-value * (len(_BARS) - 1) // top)] for value in values)
