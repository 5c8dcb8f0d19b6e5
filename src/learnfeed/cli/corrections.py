"""``learnfeed words correct`` and ``corrections``: putting readings, words, senses and pairs right without a screen."""

from __future__ import annotations

from dataclasses import asdict

import click

from learnfeed.cli.output import Context, data, data_json, narrate, pass_context
from learnfeed.core.correction import Correction, CorrectionKind, Scope, clean, correct, typed_reading
from learnfeed.core.errors import UsageError
from learnfeed.core.pinyin import word_with_marks
from learnfeed.services.correcting import WordPlace, translation_of


@click.command("correct")
@click.argument("word")
@click.option("--reading", metavar="PINYIN", help="How it is read: zhang3da4 or zhǎngdà.")
@click.option("--sense", metavar="GLOSS", help="What it means.")
@click.option("--words", "cut", metavar="WORDS", help='Which words it makes, with blanks between: "长大 了".')
@click.option("--translation", metavar="ENGLISH", help="The English of the sentence it stands in.")
@click.option("--no-translation", is_flag=True, help="The sentence it stands in has no English.")
@click.option("--post", metavar="POST", help="The post it stands in: id, key or the site's own id.")
@click.option(
    "--nth", type=click.IntRange(1), default=1, help="Which of its places in the post; 1 is the first."
)
@click.option(
    "--in",
    "scope",
    type=click.Choice([scope.value for scope in Scope]),
    help="Where it holds: here (with --post the default), in the same context, everywhere.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@pass_context
def correct_command(  # noqa: PLR0917 - one for each option
    context: Context,
    word: str,
    reading: str | None,
    sense: str | None,
    cut: str | None,
    translation: str | None,
    no_translation: bool,
    post: str | None,
    nth: int,
    scope: str | None,
    as_json: bool,
) -> None:
    """Correct the reading, the meaning, the word boundary or the translation of WORD.

    WORD is any stretch of characters as they stand in a post. The correction sticks: it outranks dictionary and
    model, also in posts that are imported later, and goes into decks.

    Example: learnfeed words correct 行 --reading hang2 --post 12 --in context
    """
    given = {
        CorrectionKind.READING: reading,
        CorrectionKind.SENSE: sense,
        CorrectionKind.WORDS: cut,
        CorrectionKind.PAIR: "" if no_translation else translation,
    }
    said = {kind: value for kind, value in given.items() if value is not None}
    if len(said) != 1 or (no_translation and translation is not None):
        raise UsageError(
            "Say one thing that is right: --reading, --sense, --words, --translation or --no-translation",
            hint="learnfeed words correct 行 --reading hang2 --post 12",
        )
    ((kind, value),) = said.items()
    where = Scope(scope) if scope else Scope.HERE if post else Scope.EVERYWHERE
    place = _place(context, word, post, nth)
    if place is None and (where is not Scope.EVERYWHERE or kind is CorrectionKind.PAIR):
        raise UsageError("Say in which post the word stands: --post POST", hint="learnfeed posts lists them.")
    made = _made(kind, where, word, value, place)
    correcting = context.services.correcting
    done = correcting.correct(made, first=place.post_id if place else None)
    waiting = correcting.settle()
    if as_json:
        data_json({"id": done.id, "posts": done.posts, "waiting": waiting, **asdict(made)})
        return
    data(f"{done.id}\t{_told(made)}")
    tell_waiting(waiting)


def _place(context: Context, word: str, post: str | None, nth: int) -> WordPlace | None:
    if post is None:
        return None
    return context.services.correcting.find(context.services.reading.find(post), word, nth)


def _made(kind: CorrectionKind, scope: Scope, word: str, value: str, place: WordPlace | None) -> Correction:
    if kind is CorrectionKind.PAIR:
        assert place is not None
        return translation_of(place, clean(value) or None)
    parts: tuple[str, ...] = (clean(value),)
    if kind is CorrectionKind.READING:
        parts = typed_reading(word, value)
    elif kind is CorrectionKind.WORDS:
        parts = tuple(value.split())
    text, span = (place.text.text, place.span) if place else (word, (0, len(word)))
    return correct(kind, scope, text, span, value=parts, post=place.key if place else "")


def tell_waiting(waiting: int) -> None:
    """Says that posts are still to be annotated again after a correction, where any are."""
    if waiting:
        narrate(f"{waiting} posts follow when the app is open, or with: learnfeed lexicon refresh")


@click.group("corrections", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_context
def corrections(ctx: click.Context, as_json: bool) -> None:
    """List the corrections that hold, oldest first, each with its number."""
    if ctx.invoked_subcommand is not None:
        return
    context: Context = ctx.obj
    standing = context.services.correcting.standing()
    if as_json:
        data_json([{"id": one.id, "at": one.at, **asdict(one.correction)} for one in standing])
        return
    for one in standing:
        data(f"{one.id}\t{_told(one.correction)}")
    if not standing:
        narrate("Nothing was corrected. In the reader c corrects a word.")


@corrections.command()
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="NUMBER...")
@pass_context
def remove(context: Context, numbers: tuple[int, ...]) -> None:
    """Take corrections away, by the numbers that the list shows; u in the reader brings them back."""
    correcting = context.services.correcting
    correcting.remove(numbers)
    data(f"{len(set(numbers))} taken away")
    tell_waiting(correcting.settle())


def _told(correction: Correction) -> str:
    value = " ".join(correction.value)
    right = {
        CorrectionKind.READING: f"is read {word_with_marks(correction.value)}",
        CorrectionKind.SENSE: f"means {value}",
        CorrectionKind.WORDS: f"is {' | '.join(correction.value)}",
        CorrectionKind.PAIR: f"is in English: {value}" if value else "has no translation",
    }[correction.kind]
    like = f"{correction.before or '…'}{correction.surface}{correction.after or '…'}"
    where = {
        Scope.HERE: f"in {correction.post}",
        Scope.CONTEXT: f"wherever it stands like {like}",
        Scope.EVERYWHERE: "everywhere",
    }[correction.scope]
    return f"{correction.surface}\t{right}\t{where}"
