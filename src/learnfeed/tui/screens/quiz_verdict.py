"""What a quiz says of an answer: the verdict, a typed sentence beside the post's, a reply beside the real one; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from learnfeed.core.level import BANDS
from learnfeed.core.text import Language
from learnfeed.study.quiz.base import Form, Question, Verdict, Why
from learnfeed.study.quiz.comparing import Difference, Mark
from learnfeed.tui.messages import say
from learnfeed.tui.screens.review_face import MAX_WIDTH
from learnfeed.tui.text import shown
from learnfeed.tui.widgets.flashcard import Line, line, plain_lines, sentence_lines

if TYPE_CHECKING:
    from learnfeed.study.quiz.base import Item, Said

_SIGNS = {
    Mark.SAME: "",
    Mark.LIKE: "≈",
    Mark.FORM: "~",
    Mark.FREE: "·",
    Mark.MOVED: "↔",
    Mark.MISSING: "−",
    Mark.EXTRA: "+",
    Mark.CHANGED: "✗",
}
MARK_NAMES = {
    Mark.LIKE: "means the same",
    Mark.FORM: "another form",
    Mark.FREE: "may be left out",
    Mark.MOVED: "in another place",
    Mark.MISSING: "is missing",
    Mark.EXTRA: "is too much",
    Mark.CHANGED: "another word",
}
_GENTLE = (Mark.LIKE, Mark.FORM, Mark.FREE)
SENTENCES = ("translate", "translate_back", "dictation", "answer")
"""Kinds whose verdict takes more than a few lines."""


def about_line(item: Item) -> str:
    """A word in one line: how it is written, read, and what it means; for an exchange, what was asked."""
    if item.exchange is not None and not item.headword:
        return item.exchange.comment.text.replace("\n", "  ")
    band = BANDS[item.level - 1] if item.language is Language.EN and item.level else ""
    return "  ".join(part for part in (item.headword, item.reading, band, item.gloss) if part)


def verdict_lines(question: Question, verdict: Verdict, typed: str, width: int) -> list[Line]:
    """What became of an answer: a sign, the reason, what is right, what more there is to learn.

    Args:
        question: The question.
        verdict: On the answer.
        typed: What was typed; empty where nothing was.
        width: Cells.
    """
    wide = min(width, MAX_WIDTH)
    if question.rated and question.item.exchange is not None:
        return _reply_lines(question.item.exchange.reply, verdict, typed, wide)
    sentence = question.kind in SENTENCES
    lines = _head(verdict, "" if sentence else typed, wide)
    if sentence and any(part.mark is not Mark.SAME for part in verdict.differences):
        lines += [Line(), *difference_lines(verdict.differences, wide), Line()]
    lines += plain_lines(verdict.note, wide, "quiet")[:1]
    if sentence or (question.form is Form.ORDER and not question.left):
        lines += plain_lines(verdict.correct, wide, "hanzi")[:3]
    if question.left:
        return lines
    if sentence and question.kind != "dictation":
        return lines  # its other side stands in the question
    return [*lines, *plain_lines(about_line(question.item), wide, "plain")[:1]]


def _head(verdict: Verdict, typed: str, wide: int) -> list[Line]:
    sign, style = ("✓", "right") if verdict.right else ("◐", "accent") if verdict.partial else ("✗", "wrong")
    if verdict.why in (Why.COMPARE, Why.RATED):
        sign, style = "◐", "accent"
    why = say(verdict.why.value)
    return plain_lines(f"{sign} {typed}: {why}" if typed else f"{sign} {why}", wide, style)[:2]


def difference_lines(differences: Sequence[Difference], width: int) -> list[Line]:
    """A typed sentence over the expected one, word over word, a sign under each that differs, and what signs mean."""
    labels = (say("you"), say("post"))
    left = max(map(cell_len, labels)) + 2
    rows: list[list[Difference]] = [[]]
    used = 0
    for part in differences:
        if used + _room(part) > width - left and rows[-1]:
            rows.append([])
            used = 0
        rows[-1].append(part)
        used += _room(part)
    widest = max(sum(map(_room, row)) for row in rows)
    lines = [one for row in rows for one in _word_rows(row, labels, left, widest)]
    met = [mark for mark in MARK_NAMES if any(part.mark is mark for part in differences)]
    legend = ", ".join(f"{_SIGNS[mark]} {say(MARK_NAMES[mark])}" for mark in met)
    return [*lines, *plain_lines(legend, width, "quiet")]


def _room(part: Difference) -> int:
    return max(cell_len(shown(part.given)), cell_len(shown(part.expected)), 1) + 2


def _word_rows(row: Sequence[Difference], labels: tuple[str, str], left: int, widest: int) -> list[Line]:
    fill = widest - sum(map(_room, row))
    given, expected, signs = [], [], []
    for part in row:
        room = _room(part)
        same, gentle = part.mark is Mark.SAME, part.mark in _GENTLE
        given.append((_cell(part.given, room), "sentence" if same else "accent" if gentle else "wrong"))
        expected.append((_cell(part.expected, room), "sentence" if same else "accent" if gentle else "right"))
        signs.append((_cell(_SIGNS[part.mark], room), "accent" if gentle else "wrong"))
    end = (" " * fill, "plain")
    return [
        Line(((set_cell_size(labels[0], left), "quiet"), *given, end)),
        Line(((set_cell_size(labels[1], left), "quiet"), *expected, end)),
        Line(((" " * left, "plain"), *signs, end)),
    ]


def _cell(text: str, room: int) -> str:
    return set_cell_size(shown(text), room)


def _reply_lines(reply: Said, verdict: Verdict, typed: str, wide: int) -> list[Line]:
    """The real reply under one's own, and the words that both have."""
    lines = _head(verdict, "", wide)
    if typed:
        lines += [Line(), line(say("you"), "quiet"), *plain_lines(typed, wide, "sentence")[:3]]
    lines += [Line(), line(reply.author or say("reply"), "quiet")]
    if reply.tokens:
        lines += sentence_lines(reply.tokens, wide, ruby=lambda token: bool(token.syllables), style="hanzi")
    lines += plain_lines(reply.english, wide, "english")
    both = [part.expected for part in verdict.differences if part.mark in (Mark.SAME, Mark.LIKE)]
    if both:
        lines.append(Line())
        lines += plain_lines(say("both say: {words}", words=shown(" · ".join(both))), wide, "right")[:2]
    return lines
