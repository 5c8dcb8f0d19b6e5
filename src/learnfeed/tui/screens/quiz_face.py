"""What a quiz asks, and the score at its end; pure."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from learnfeed.core.text import Language
from learnfeed.study.quiz.base import Form, Item, Question, Show
from learnfeed.study.quiz.session import QuizRound
from learnfeed.tui.messages import say
from learnfeed.tui.screens.quiz_verdict import about_line
from learnfeed.tui.screens.review_face import MAX_WIDTH
from learnfeed.tui.text import shown
from learnfeed.tui.widgets.flashcard import Line, hanzi_lines, line, plain_lines, sentence_lines

_MISTAKES_SHOWN = 8


def question_face(question: Question, chosen: tuple[int, ...], width: int) -> list[Line]:
    """A question with what was chosen so far.

    Args:
        question: The question.
        chosen: Numbers of options taken already, for questions of order.
        width: Cells.
    """
    lines = [line(say(question.ask), "quiet"), Line()]
    for show in question.shows:
        part = _shown(question, show, min(width, MAX_WIDTH))
        lines += [*part, Line()] if part else []
    if question.left:
        lines += _pairs(question, chosen)
    elif question.form is Form.ORDER:
        lines += _in_order(question, chosen, min(width, MAX_WIDTH))
    return lines


def _shown(question: Question, show: Show, width: int) -> list[Line]:
    item = question.item
    if show is Show.WORD:
        if item.language is Language.ZH:
            return hanzi_lines(item.headword)
        return [line(item.written, "hanzi"), line(item.reading, "quiet")]
    if show is Show.READING:
        return [line(item.reading, "quiet")]
    if show is Show.SOUND:
        again = (
            say("press enter to hear it again")
            if question.form is Form.TYPED
            else say("press v to hear it again")
        )
        return [line("♪", "hanzi"), line(again, "quiet")]
    if show is Show.PICTURE:
        return [
            line(f"▣  {say('a picture of the post')}", "hanzi"),
            line(say("press p to open the picture"), "quiet"),
        ]
    if show is Show.COMMENT:
        return _comment(item, width)
    if show is Show.GLOSS:
        return plain_lines(item.gloss, width, "hanzi")
    if show is Show.ENGLISH:
        return plain_lines(item.english, width, "english", item.english_links)
    gap = show is Show.GAP
    return sentence_lines(item.sentence, width, gap=gap, style="hanzi" if gap else "sentence")


def _comment(item: Item, width: int) -> list[Line]:
    """A comment as it was saved: who, what in Chinese, what in English."""
    if item.exchange is None:
        return []
    said = item.exchange.comment
    return [
        *plain_lines(item.title, width, "faint")[:1],
        *([line(said.author, "quiet")] if said.author else []),
        *(sentence_lines(said.tokens, width, style="hanzi") if said.tokens else []),
        *plain_lines(said.english, width, "english"),
    ]


def _in_order(question: Question, chosen: tuple[int, ...], width: int) -> list[Line]:
    texts = [question.options[i].text for i in chosen]
    missing = len(question.options) - len(chosen)
    return plain_lines(" ".join([*texts, *["＿"] * missing]), width, "hanzi")


def _pairs(question: Question, chosen: tuple[int, ...]) -> list[Line]:
    """The words in a column, their meanings in another as far as they are chosen."""
    words = max(cell_len(shown(word)) for word in question.left)
    meanings = max(cell_len(shown(option.text)) for option in question.options)
    lines = []
    for i, word in enumerate(question.left):
        taken, asked = i < len(chosen), i == len(chosen)
        meaning = shown(question.options[chosen[i]].text) if taken else "?" if asked else ""
        lines.append(
            Line(
                (
                    (set_cell_size(shown(word), words + 3), "sentence" if taken else "hanzi"),
                    (set_cell_size(meaning, meanings), "accent" if asked else "quiet"),
                )
            )
        )
    return lines


def score_face(playing: QuizRound, width: int) -> list[Line]:
    """How a round went, and what went wrong."""
    wide = min(width, MAX_WIDTH)
    score = playing.score
    lines = [line(f"{score.right} / {score.of}", "hanzi"), line(_praise(playing), "quiet"), Line()]
    mistakes = playing.mistakes
    for question, _ in mistakes[:_MISTAKES_SHOWN]:
        item = question.item
        lines += plain_lines(about_line(item), wide, "plain")[:1]
    if len(mistakes) > _MISTAKES_SHOWN:
        lines.append(line(say("and {n} more", n=len(mistakes) - _MISTAKES_SHOWN), "quiet"))
    return lines


def _praise(playing: QuizRound) -> str:
    score = playing.score
    if score.right == score.of:
        return say("all right")
    if score.partial:
        return say("{n} of them nearly right", n=score.partial)
    return say("these went wrong:")


def empty_face(width: int, missing: str = "") -> list[Line]:
    """What is said when there is nothing to ask; ``missing`` tells what this machine lacks for it."""
    wide = min(width, MAX_WIDTH)
    if missing:
        return [
            line("♪", "quiet"),
            Line(),
            *plain_lines(missing, wide, "hanzi"),
            *plain_lines(say("Press c and choose something else."), wide, "quiet"),
        ]
    return [
        line("空", "hanzi"),
        Line(),
        *plain_lines(say("There are no words to ask here yet."), wide, "hanzi"),
        *plain_lines(say("Press c and choose something else, or save a few posts first."), wide, "quiet"),
    ]
