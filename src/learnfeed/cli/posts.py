"""``learnfeed posts``: the feed as text."""

from __future__ import annotations

from dataclasses import asdict

import click

from learnfeed.cli.output import Context, data, data_json, narrate, pass_context
from learnfeed.core.feed import FeedQuery, PostCard, Sort
from learnfeed.core.level import level_label


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--sort",
    type=click.Choice([s.value for s in Sort]),
    default=Sort.FIT.value,
    show_default=True,
    help="Their order.",
)
@click.option("--readable", is_flag=True, help="Only posts of which at least 95 % is known.")
@click.option("--unread", is_flag=True, help="Only posts not finished yet.")
@click.option(
    "--level",
    type=click.IntRange(1, 7),
    help="Only posts of this level: HSK (7 is 7–9), or A1–C2 as 1–6 when English is learned.",
)
@click.option("--limit", "-n", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_context
def posts(
    context: Context,
    query: tuple[str, ...],
    *,
    sort: str,
    readable: bool,
    unread: bool,
    level: int | None,
    limit: int,
    as_json: bool,
) -> None:
    """List saved posts, best fit first.

    QUERY looks for hanzi (雪), pinyin (xue, xue3, xuě), English (snow), #tag and @author.
    """
    wanted = context.services.side.nth_level(level) if level else None
    asked = FeedQuery(" ".join(query), Sort(sort), wanted, readable, unread)
    reading = context.services.reading
    ids = reading.ids(asked, limit)
    cards = reading.cards(ids)
    found = [cards[i] for i in ids if i in cards]
    if as_json:
        data_json([{**asdict(card), "share": round(card.coverage.share, 4)} for card in found])
        return
    for card in found:
        data(_line(card))
    if not found:
        narrate(
            "No posts match."
            if reading.count()
            else "The library is empty: learnfeed import PATH, or learnfeed demo."
        )


def _line(card: PostCard) -> str:
    share = f"{card.coverage.share:.0%} known"
    likes = f"♥ {card.likes}" if card.likes else ""
    parts = [
        f"{card.id:>5}",
        level_label(card.level),
        share,
        f"{card.coverage.new_words} new",
        card.title,
        likes,
    ]
    return "  ".join(part for part in parts if part)
