"""``learnfeed quiz``: a round of questions in the plain terminal."""

from __future__ import annotations

import click

from learnfeed.bootstrap import Services
from learnfeed.cli.asking import difference_line, given, question_lines, reply_lines, verdict_line
from learnfeed.cli.output import Context, data, narrate, pass_context
from learnfeed.core.errors import LearnfeedError
from learnfeed.services.quiz_words import QuizSource
from learnfeed.services.quizzing import ROUND
from learnfeed.study.quiz.base import Question
from learnfeed.study.quiz.registry import BUILTIN, USUAL
from learnfeed.study.quiz.session import QuizRound

RATINGS = {"1": 0.0, "2": 0.5, "3": 1.0}


@click.command()
@click.option("--post", help="Words of this post (an id of `learnfeed posts`).")
@click.option("--tag", help="Words of posts with this tag.")
@click.option("--level", help="Words of this HSK level (1-7, 7 is 7–9); learning English, A1 to C2.")
@click.option("--due", is_flag=True, help="Words whose cards are due.")
@click.option("--mistakes", is_flag=True, help="Words that went wrong today.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.name for kind in BUILTIN]),
    help="Ask so; may be given several times.  [default: a mixture]",
    show_choices=True,
)
@click.option(
    "-n", "number", type=click.IntRange(1, 100), default=ROUND, show_default=True, help="How many questions."
)
@click.option(
    "--count/--no-count",
    "counts",
    default=None,
    help="Let answers count as reviews of cards that are due.  [default: the setting quiz_reviews]",
)
@pass_context
def quiz(
    context: Context,
    *,
    post: str | None,
    tag: str | None,
    level: str | None,
    due: bool,
    mistakes: bool,
    kinds: tuple[str, ...],
    number: int,
    counts: bool | None,
) -> None:
    """Ask a round of questions about your own words. Empty line: give up a question; Ctrl+D: end."""
    services = context.services
    source, of = QuizSource.MIXED, ""
    if post is not None:
        source, of = QuizSource.POST, str(services.reading.find(post))
    elif tag is not None:
        source, of = QuizSource.TAG, tag
    elif level is not None:
        source, of = QuizSource.LEVEL, level
    elif due or mistakes:
        source = QuizSource.DUE if due else QuizSource.MISTAKES
    asked = kinds or USUAL
    if problem := services.quizzing.missing(asked):
        narrate(problem.format(folder=services.speaking.voices_folder))
        return
    round_ = services.quizzing.draw(source, of, count=number, kinds=asked)
    if not round_.questions:
        narrate("There is nothing to ask there yet: import posts, or choose another source.")
        return
    _play(services, round_, services.settings.quiz_reviews if counts is None else counts)


def _play(services: Services, round_: QuizRound, counts: bool) -> None:
    while (question := round_.current) is not None:
        data(f"\n{len(round_.verdicts) + 1} / {len(round_.questions)}")
        for line in question_lines(question):
            data(line)
        typed = _answer(services, question)
        if typed is None:
            break
        round_, verdict = round_.answer(given(question, typed))
        if question.rated:
            data("\n".join(reply_lines(question, verdict)))
            rated = _ask("how well did you say it? 1 not yet  2 in part  3 well said > ") if typed else ""
            if rated in RATINGS:
                round_, verdict = round_.rate(RATINGS[rated])
        else:
            data(verdict_line(verdict))
            if line := difference_line(verdict):
                data(f"  {line}")
        if counts:
            services.quizzing.feed(question, verdict)
    score = round_.score
    data(f"\n{score.right} of {score.of} right" + (f", {score.partial} in part" if score.partial else ""))


def _answer(services: Services, question: Question) -> str | None:
    """A typed answer; the first empty line after something was said says it again."""
    _hear(services, question)
    typed = _ask()
    if typed == "" and question.speak:
        _hear(services, question)
        typed = _ask()
    return typed


def _hear(services: Services, question: Question) -> None:
    if question.speak:
        try:
            services.speaking.say(question.speak, question.item.language)
        except LearnfeedError as error:
            narrate(str(error))


def _ask(prompt: str = "> ") -> str | None:
    """A typed line; None at the end of input."""
    try:
        return input(prompt).strip()
    except EOFError:
        return None
