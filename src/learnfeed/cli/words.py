"""``learnfeed words``: the vocabulary, marking it, and the placement test."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from learnfeed.cli.corrections import correct_command, corrections
from learnfeed.cli.output import Context, data, data_json, narrate, pass_context
from learnfeed.core.english import level_of
from learnfeed.core.errors import LearnfeedError, UsageError
from learnfeed.core.level import BANDS, level_label
from learnfeed.core.word import WordStatus
from learnfeed.study.placement import LEAST_QUESTIONS

if TYPE_CHECKING:
    from learnfeed.services.placing import PlacementService, PlacementTest


@click.group(invoke_without_command=True)
@click.option("--status", type=click.Choice([s.value for s in WordStatus]), help="Only words of this status.")
@click.option(
    "--level",
    type=click.IntRange(1, 7),
    help="Only words of this level: HSK (7 is 7–9), or A1–C2 as 1–6 when English is learned.",
)
@click.option("--limit", "-n", type=int, default=50, show_default=True, help="-1 for all.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_context
def words(ctx: click.Context, status: str | None, level: int | None, limit: int, as_json: bool) -> None:
    """List the words met in saved posts, most frequent first."""
    if ctx.invoked_subcommand is not None:
        return
    context: Context = ctx.obj
    services = context.services
    wanted = services.side.nth_level(level) if level else None
    found = services.reading.vocabulary(WordStatus(status) if status else None, wanted, limit)
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
@click.option("--band", type=click.Choice(BANDS), help="With --known: all English words up to this band.")
@pass_context
def mark(
    context: Context, headwords: tuple[str, ...], status: str | None, hsk: int | None, band: str | None
) -> None:
    """Mark words as known, learning, ignored or new.

    With --hsk N or --band B every word up to that level that has no status yet becomes known: a good start.
    """
    reading = context.services.reading
    up_to = hsk or (level_of(band) if band else None)
    if up_to is not None:
        if status not in (None, WordStatus.KNOWN.value) or headwords or (hsk and band):
            raise UsageError("--hsk and --band mark whole levels as known; give one of them, and no words")
        data(f"{len(reading.know_levels(up_to, context.services.settings.standard)):,} words are now known")
        return
    if status is None or not headwords:
        raise UsageError("Say which words, and how to mark them", hint="learnfeed words mark 雪 下雪 --known")
    changed = reading.mark(dict.fromkeys(headwords, WordStatus(status)))
    data(f"{len(changed)} of {len(set(headwords))} words are now {status}")


words.add_command(correct_command)
words.add_command(corrections)


@words.command()
@click.option("--yes", is_flag=True, help="Mark what is known without asking.")
@click.option(
    "--json", "as_json", is_flag=True, help="The result as one JSON document; marks only with --yes."
)
@pass_context
def place(context: Context, *, yes: bool, as_json: bool) -> None:
    """Estimate how many words you know, with at most 40 questions: y knows it, n does not, u takes back, q ends.

    Words come from the HSK list, harder or easier as you answer. A few of them do not exist: saying yes to those
    lowers the estimate. The error is what it may be off by, at 95 %. At the end the levels you know become known;
    one undo takes that back.
    """
    placing = context.services.placing
    narrate("Do you know what it means? y / n, u takes back, q ends. Some words do not exist.")
    test = _asked(placing)
    if len(test.placement.answers) < LEAST_QUESTIONS:
        raise UsageError(
            f"{LEAST_QUESTIONS} answers are needed to tell anything", hint="or: learnfeed words mark --hsk 2"
        )
    wrong, of = test.placement.false_alarms
    if not test.placement.trusted:
        raise LearnfeedError(
            f"You said yes to {wrong} of {of} words that do not exist, so nothing can be told",
            hint="take the test again, and say yes only to words whose meaning you could tell",
        )
    found, levels = test.estimate, placing.levels(test)
    marked = [level for level in levels if level.marked]
    if as_json:
        changed = placing.mark(test) if yes else ()
        data_json(asdict(found) | {"questions": len(test.placement.answers), "marked": len(changed)})
        return
    total = sum(level.words for level in levels)
    data(f"You know about {found.words:,} ± {found.error:,} of the {total:,} words of the HSK list (95 %).")
    for level in levels:
        bar = "█" * round(level.share * 20)
        data(f"  {level_label(level.level):<9} {bar:<20} {level.share:4.0%} of {level.words:,}")
    what = f"up to {level_label(marked[-1].level)}" if marked else "you said you know"
    if not (yes or click.confirm(f"Mark the words {what} as known?", err=True)):
        return
    data(f"{len(placing.mark(test)):,} words are now known")


def _asked(placing: PlacementService) -> PlacementTest:
    """A test, asked line by line until it is over or the person ends it."""
    tests = [placing.begin()]
    while not tests[-1].placement.done:
        test = tests[-1]
        click.echo(f"{len(test.placement.answers) + 1:>3}  {test.current.word}  ", err=True, nl=False)
        typed = sys.stdin.readline()
        said = typed.strip().lower()[:1]
        if not typed or said == "q":
            break
        if said == "u":
            del tests[max(1, len(tests) - 1) :]
        elif said in "yn" and said:
            tests.append(placing.answer(test, yes=said == "y"))
    return tests[-1]
