"""``learnfeed quiz``: a round of questions in the plain terminal."""

from __future__ import annotations

import click

from learnfeed.cli.asking import given, question_lines, verdict_line
from learnfeed.cli.output import Context, data, narrate, pass_context
from learnfeed.services.quiz_words import QuizSource
from learnfeed.services.quizzing import ROUND


@click.command()
@click.option("--post", help="Words of this post (an id of `learnfeed posts`).")
@click.option("--tag", help="Words of posts with this tag.")
@click.option("--level", type=click.IntRange(1, 7), help="Words of this HSK level (7 is 7–9).")
@click.option("--due", is_flag=True, help="Words whose cards are due.")
@click.option("--mistakes", is_flag=True, help="Words that went wrong today.")
@click.option(
    "-n", "number", type=click.IntRange(1, 100), default=ROUND, show_default=True, help="How many questions."
)
@click.option("--count", "counts", is_flag=True, help="Let answers count as reviews of cards that are due.")
@pass_context
def quiz(
    context: Context,
    *,
    post: str | None,
    tag: str | None,
    level: int | None,
    due: bool,
    mistakes: bool,
    number: int,
    counts: bool,
) -> None:
    """Ask a round of questions about your own words. Empty line: give up a question; Ctrl+D: end."""
    service = context.services.quizzing
    if post is not None:
        round_ = service.draw(QuizSource.POST, context.services.reading.find(post), count=number)
    elif tag is not None:
        round_ = service.draw(QuizSource.TAG, tag, count=number)
    elif level is not None:
        round_ = service.draw(QuizSource.LEVEL, level, count=number)
    elif due or mistakes:
        round_ = service.draw(QuizSource.DUE if due else QuizSource.MISTAKES, count=number)
    else:
        round_ = service.draw(count=number)
    if not round_.questions:
        narrate("There is nothing to ask there yet: import posts, or choose another source.")
        return
    while (question := round_.current) is not None:
        data(f"\n{len(round_.verdicts) + 1} / {len(round_.questions)}")
        for line in question_lines(question):
            data(line)
        typed = _ask()
        if typed is None:
            break
        round_, verdict = round_.answer(given(question, typed))
        data(verdict_line(verdict))
        if counts:
            service.feed(question, verdict)
    score = round_.score
    data(f"\n{score.right} of {score.of} right" + (f", {score.partial} in part" if score.partial else ""))


def _ask() -> str | None:
    """A typed line; None at the end of input."""
    try:
        return input("> ").strip()
    except EOFError:
        return None
