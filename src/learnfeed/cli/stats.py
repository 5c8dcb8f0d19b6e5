"""``learnfeed stats``: what was done, what is known, what is to come."""

from __future__ import annotations

import textwrap

import click

from learnfeed.cli.output import Context, data, data_json, pass_context
from learnfeed.core.level import level_label
from learnfeed.services.statistics import LevelCount, Statistics

_BARS = " ▁▂▃▄▅▆▇█"
WEEK = 7
_WIDTH = 80


@click.command()
@click.option("--json", "as_json", is_flag=True, help="All figures as one JSON document.")
@pass_context
def stats(context: Context, as_json: bool) -> None:
    """Show the streak, retention, forecast, posts, and the vocabulary by level and over time."""
    figures = context.services.statistics.all()
    if as_json:
        data_json(figures.as_json())
        return
    for line in _lines(figures):
        data(line)


def _lines(figures: Statistics) -> list[str]:
    share, posts = figures.retention.share, figures.posts
    kept = "–" if share is None else f"{share:.0%}"
    reviews, target = figures.retention.reviews, figures.retention.target
    freezes = f", {figures.freezes} freezes" if figures.freezes else ""
    answers, minutes = (
        _of(figures.answers_today, figures.goal_reviews),
        _of(figures.minutes_today, figures.goal_minutes),
    )
    with_ease = f"{posts.easy:,} with ease (98 %), {posts.finished:,} read"
    lines = [
        f"streak      {figures.streak} days (longest {figures.longest_streak}{freezes})",
        f"today       {answers} answers, {minutes} min",
        f"in all      {figures.answers:,} answers, {figures.minutes / 60:.1f} h",
        f"retention   {kept} of {reviews} reviews in {figures.retention.days} days (target {target:.0%})",
        f"next days   {bars(figures.forecast[: 2 * WEEK])}  {sum(figures.forecast[:WEEK])} due in 7 days",
        f"posts       {posts.readable:,} of {posts.posts:,} readable (95 %), {with_ease}",
        "words       " + ", ".join(f"{number:,} {status}" for status, number in figures.words.items()),
        f"known       {bars(tuple(week.known for week in figures.growth))}  over half a year",
        f"levels      {figures.scale}",
    ]
    lines += [_level(count) for count in figures.levels]
    if figures.hardest:
        lines += textwrap.wrap(
            "hardest     "
            + ", ".join(f"{w.headword}\N{NO-BREAK SPACE}({w.lapses}×)" for w in figures.hardest),
            _WIDTH,
            subsequent_indent=" " * 12,
        )
    return lines


def _of(done: int, goal: int) -> str:
    return f"{done:,} of {goal:,}" if goal else f"{done:,}"


def _level(count: LevelCount) -> str:
    name = level_label(count.level) if count.level else "outside"
    of = f" of {count.listed:,}" if count.listed else ""
    gained = f", {count.gained:+,} in 30 days" if count.gained else ""
    return f"{name:<11} {count.known:,} known, {count.learning:,} learning{of}{gained}"


def bars(values: tuple[int, ...]) -> str:
    """Numbers as a row of bars, the tallest the largest."""
    top = max(values, default=0) or 1
    return "".join(_BARS[-(-value * (len(_BARS) - 1) // top)] for value in values)
