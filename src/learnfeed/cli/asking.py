"""Questions and cards as plain text, for the commands that ask in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from learnfeed.core.note import RubyToken
from learnfeed.core.text import Language
from learnfeed.study.quiz.base import Form, Given, Item, Question, Show, Verdict
from learnfeed.study.quiz.comparing import Difference, Mark

GAP = "＿＿"


def question_lines(question: Question) -> list[str]:
    """A question: the instruction, what it shows, and its options by number."""
    lines = [question.ask, *(f"    {shown(question.item, show)}" for show in question.shows)]
    if question.left:
        lines += [f"    {letter}  {left}" for letter, left in zip("abcdefgh", question.left, strict=False)]
    lines += [f"  {number}  {option.text}" for number, option in enumerate(question.options, 1)]
    return lines


def shown(item: Item, show: Show) -> str:
    """One part of an item as text."""
    if show is Show.WORD:
        return item.headword if item.language is Language.ZH else f"{item.written}  {item.reading}"
    if show is Show.READING:
        return item.reading
    if show is Show.SOUND:
        return "♪ (an empty line says it again)"
    if show is Show.PICTURE:
        return f"[picture] {item.picture}"
    if show is Show.COMMENT and item.exchange is not None:
        comment = item.exchange.comment
        return f"{comment.author}: {comment.text}".replace("\n", "  ")
    if show is Show.GLOSS:
        return item.gloss
    if show is Show.ENGLISH:
        return item.english
    return sentence(item.sentence, gap=show is Show.GAP)


def sentence(tokens: Iterable[RubyToken], *, gap: bool = False) -> str:
    """A sentence; the word it is about in brackets, or left out."""
    return "".join((GAP if gap else f"【{t.text}】") if t.is_target else t.text for t in tokens)


def given(question: Question, typed: str) -> Given:
    """What a person typed as an answer: numbers from 1 for options, text otherwise."""
    if question.form is Form.TYPED:
        return typed
    numbers = tuple(int(part) - 1 for part in typed.replace(",", " ").split() if part.isdecimal())
    if len(numbers) == 1 and question.form is Form.ORDER and len(question.options) > 1:
        numbers = tuple(int(digit) - 1 for digit in typed.strip())
    return numbers


def verdict_line(verdict: Verdict) -> str:
    """A verdict in one line: what became of the answer, the right one, and what there is to learn from it."""
    mark = "✓" if verdict.right else "~" if verdict.partial else "✗"
    parts = [f"{mark} {verdict.why.value}"]
    if not verdict.right:
        parts.append(f"it is {verdict.correct}")
    if verdict.note:
        parts.append(verdict.note)
    return " · ".join(parts)


def difference_line(verdict: Verdict) -> str:
    """A typed sentence beside the expected one: ``[-what was typed-]``, ``{+what was expected+}``, ``≈`` for a synonym.

    Empty when nothing differs.
    """
    if all(part.mark is Mark.SAME for part in verdict.differences):
        return ""
    return " ".join(_difference(part) for part in verdict.differences)


def _difference(part: Difference) -> str:
    if part.mark is Mark.SAME:
        return part.given
    if part.mark in (Mark.LIKE, Mark.FORM):
        return f"{part.given}(≈ {part.expected})"
    if part.mark is Mark.FREE:
        return f"({part.given or part.expected})"
    given = f"[-{part.given}-]" if part.given else ""
    return given + (f"{{+{part.expected}+}}" if part.expected else "")


def reply_lines(question: Question, verdict: Verdict) -> list[str]:
    """The real reply, and the words that both replies have."""
    exchange = question.item.exchange
    if exchange is None:
        return []
    both = [part.expected for part in verdict.differences if part.mark in (Mark.SAME, Mark.LIKE)]
    lines = [f"    {exchange.reply.author}: {exchange.reply.text}".replace("\n", "\n    ")]
    return [*lines, f"    both say: {' · '.join(both)}"] if both else lines
