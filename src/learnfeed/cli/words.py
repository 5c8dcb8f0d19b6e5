"""``learnfeed words``: the vocabulary."""

from __future__ import annotations

from dataclasses import asdict

import click

from learnfeed.cli.output import Context, data, data_json, narrate, pass_context
from learnfeed.core.errors import UsageError
from learnfeed.core.level import level_label
from learnfeed.core.word import WordStatus


@click.group(invoke_without_command=True)
@click.option("--status", type=click.Choice([s.value for s in WordStatus]), help="Only words of this status.")
@click.option("--level", type=click.IntRange(1, 7), help="Only words of this HSK level (7 is 7–9).")
@click.option("--limit", "-n", type=int, default=50, show_default=True, help="-1 for all.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_context
def words(ctx: click.Context, status: str | None, level: int | None, limit: int, as_json: bool) -> None:
    """List the words met in saved posts, most frequent first."""
    if ctx.invoked_subcommand is not None:
        return
    context: Context = ctx.obj
    found = context.services.reading.vocabulary(WordStatus(status) if status else None, level, limit)
    if as_json:
        data_json([asdict(word) for word in found])
        return
    for word in found:
        data(
            f"{word.headword}\t{word.status.value}\t{level_label(word.level)}\t{word.count}× in {word.posts} posts"
        )
    if not found:
        narrate("No words yet: learnfeed import PATH.")


@words.command()
@click.argument("headwords", nargs=-1, metavar="[WORD...]")
@click.option("--known", "status", flag_value=WordStatus.KNOWN.value, help="They are known.")
@click.option("--learning", "status", flag_value=WordStatus.LEARNING.value, help="They are being learned.")
@click.option("--ignore", "status", flag_value=WordStatus.IGNORED.value, help="Leave them out.")
@click.option("--new", "status", flag_value=WordStatus.NEW.value, help="Forget what was said of them.")
@click.option(
    "--hsk", type=click.IntRange(1, 7), help="With --known: all words up to this HSK level (7 is 7–9)."
)
@pass_context
def mark(context: Context, headwords: tuple[str, ...], status: str | None, hsk: int | None) -> None:
    """Mark words as known, learning, ignored or new.

    With --hsk N every word up to that level that has no status yet becomes known: a good start.
    """
    reading = context.services.reading
    if hsk is not None:
        if status not in (None, WordStatus.KNOWN.value) or headwords:
            raise UsageError("--hsk marks whole levels as known; give no words with it")
        data(f"{len(reading.know_levels(hsk, context.services.settings.standard)):,} words are now known")
        return
    if status is None or not headwords:
        raise UsageError("Say which words, and how to mark them", hint="learnfeed words mark 雪 下雪 --known")
    changed = reading.mark(dict.fromkeys(headwords, WordStatus(status)))
    data(f"{len(changed)} of {len(set(headwords))} words are now {status}")
