"""``learnfeed demo``: the whole job without a screen, in a throw-away library."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from learnfeed.bootstrap import Services
from learnfeed.cli.asking import question_lines, verdict_line
from learnfeed.cli.output import data
from learnfeed.cli.show import text_lines
from learnfeed.config import Places, content_folder, recipes_folder
from learnfeed.core.errors import NotFoundError, UsageError
from learnfeed.core.feed import FeedQuery
from learnfeed.core.level import level_label
from learnfeed.core.review import Rating
from learnfeed.services.importing import ImportService
from learnfeed.study.quiz.base import Form, Given, Question

SNOW = "雪"
KNOWN_LEVEL = 2
"""The level whose words the demo's learner knows."""


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="Where the deck and the library are kept.")
def demo(out: Path | None) -> None:
    """Do the whole job once, and print what was done: import, annotate, grade, read, quiz, review, export.

    Works in a throw-away library on the sample posts that come along; your own library is not touched.
    """
    folder = out or Path(tempfile.mkdtemp(prefix="learnfeed-demo-"))
    if (folder / "library").exists():
        raise UsageError(f"{folder} holds a library already", hint="Name another folder with --out.")
    services = Services(Places(folder / "library"))
    try:
        _import(services.importing)
        _grade(services)
        post_id = _read(services)
        _quiz(services, post_id)
        _review(services, post_id)
        _export(services, folder)
    finally:
        services.close()
        if out is None:
            shutil.rmtree(folder / "library", ignore_errors=True)


@contextmanager
def _step(title: str) -> Iterator[None]:
    began = time.perf_counter()
    data(f"\n── {title}")
    yield
    data(f"   {time.perf_counter() - began:.2f} s")


def _import(importing: ImportService) -> None:
    with _step("import"):
        summary = importing.run([content_folder()])
        data(f"   {summary.added} posts, {summary.comments} comments, {summary.words_added} different words")
        data(
            f"   {summary.media} pictures; {len(summary.skipped)} things skipped; all of it annotated on the way in"
        )


def _grade(services: Services) -> None:
    with _step("grade"):
        reading = services.reading
        ids = reading.ids(FeedQuery())
        levels = Counter(card.level for card in reading.cards(ids).values())
        shares = ", ".join(f"{level_label(level)}: {number}" for level, number in sorted(levels.items()))
        data(f"   by level (standard {services.settings.standard}): {shares}")
        changed = reading.know_levels(KNOWN_LEVEL, services.settings.standard)
        readable = len(reading.ids(FeedQuery(readable=True)))
        data(f"   for someone who knows HSK 1–{KNOWN_LEVEL} ({len(changed)} words):")
        data(f"   {readable} of {len(ids)} posts readable (95 % of running words known)")
        plan = services.unlocking.plan()
        data(f"   {len(plan.steps)} more words would unlock {plan.unlocked} more posts")


def _read(services: Services) -> int:
    """Shows a reading card of the post that teaches 雪; gives back its id."""
    with _step(f"read: the post that teaches {SNOW}"):
        reading = services.reading
        post_id = reading.find("today-i-learned-snow")
        post = reading.open(post_id)
        coverage = post.card.coverage
        data(
            f"   {post.post.title} · {post.level.label} · {coverage.share:.0%} known · {coverage.new_words} new"
        )
        for line in text_lines(post.body, 76, frozenset())[:12]:
            data(f"   {line}")
        return post_id


def _quiz(services: Services, post_id: int) -> None:
    with _step(f"quiz: {SNOW} out of that post"):
        round_ = services.quizzing.about(
            SNOW, post_id, kinds=("choose_meaning", "choose_hanzi", "type_pinyin", "cloze")
        )
        while (question := round_.current) is not None:
            typed, answer = _scripted(question)
            for line in question_lines(question):
                data(f"   {line}")
            round_, verdict = round_.answer(answer)
            data(f"   > {typed}    {verdict_line(verdict)}")
        data(f"   {round_.score.right} of {round_.score.of} right")


def _scripted(question: Question) -> tuple[str, Given]:
    """The script's answer, as text and as given: right, save that its pinyin forgets the tone."""
    if question.form is Form.TYPED:
        return "xue", "xue"
    return " ".join(str(number + 1) for number in question.right), question.right


def _review(services: Services, post_id: int) -> None:
    with _step("review"):
        token = next((t for t in services.reading.open(post_id).body.tokens if t.headword == SNOW), None)
        if token is None:
            raise NotFoundError(f"The sample post does not hold {SNOW}")
        services.reviewing.add_card(post_id, 1, token.start, SNOW)
        card = services.reviewing.next_card()
        assert card is not None
        done = services.reviewing.answer(card.id, Rating.EASY, 3000)
        data(f"   {card.headword} answered easy: again in {done.schedule.interval} days")


def _export(services: Services, folder: Path) -> None:
    with _step("export"):
        folder.mkdir(parents=True, exist_ok=True)
        summary = services.exporting.run(recipes_folder() / "winter.toml", folder / "learnfeed-winter.apkg")
        data(
            f"   {summary.words} words, {summary.posts} reading cards, {summary.cards} cards, {summary.media} pictures"
        )
        data(f"   {summary.path} ({summary.bytes / 1000:,.0f} kB)")
