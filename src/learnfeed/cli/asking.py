"""Questions and cards as plain text, for the commands that ask in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from learnfeed.core.note import RubyToken
from learnfeed.core.pinyin import word_with_marks
from learnfeed.study.quiz.base import Form, Given, Item, Question, Show, Verdict

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
        return item.headword
    if show is Show.READING:
        return word_with_marks(item.syllables)
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
