"""A round of questions as a value: each answer gives a new round, so that nothing is ever half done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from learnfeed.study.quiz.base import Given, Item, Kind, Material, Question, Verdict, Why
from learnfeed.study.quiz.registry import USUAL, find


@dataclass(frozen=True, slots=True)
class Score:
    """How a round went.

    Attributes:
        right: Questions with full credit.
        partial: Questions with some credit.
        of: Questions answered.
        credit: The sum of all credit.
    """

    right: int
    partial: int
    of: int
    credit: float


@dataclass(frozen=True, slots=True)
class QuizRound:
    """Questions and what was answered so far.

    Attributes:
        questions: In the order they are asked.
        verdicts: One for each question answered.
    """

    questions: tuple[Question, ...]
    verdicts: tuple[Verdict, ...] = ()

    @property
    def current(self) -> Question | None:
        """The question to answer now; None when the round is over."""
        return self.questions[len(self.verdicts)] if len(self.verdicts) < len(self.questions) else None

    def answer(self, given: Given) -> tuple[QuizRound, Verdict]:
        """The round after an answer to its current question, and the verdict on it.

        Raises:
            IndexError: The round is over.
        """
        question = self.questions[len(self.verdicts)]
        verdict = find(question.kind).judge(question, given)
        return replace(self, verdicts=(*self.verdicts, verdict)), verdict

    def skip(self) -> tuple[QuizRound, Verdict]:
        """Gives the current question up."""
        return self.answer("")

    def rate(self, credit: float) -> tuple[QuizRound, Verdict]:
        """The round after the learner rated the last answer, 0–1."""
        *before, last = self.verdicts
        verdict = replace(last, credit=credit, why=Why.RIGHT if credit >= 1 else Why.RATED)
        return replace(self, verdicts=(*before, verdict)), verdict

    @property
    def score(self) -> Score:
        """How it went so far."""
        return Score(
            right=sum(verdict.right for verdict in self.verdicts),
            partial=sum(verdict.partial for verdict in self.verdicts),
            of=len(self.verdicts),
            credit=sum(verdict.credit for verdict in self.verdicts),
        )

    @property
    def mistakes(self) -> tuple[tuple[Question, Verdict], ...]:
        """Questions without full credit, with their verdicts."""
        answered = zip(self.questions, self.verdicts, strict=False)
        return tuple((question, verdict) for question, verdict in answered if not verdict.right)

    def again(self) -> QuizRound:
        """A new round of the questions that went wrong."""
        return QuizRound(tuple(question for question, _ in self.mistakes))


def make_round(
    items: Sequence[Item],
    material: Material,
    *,
    kinds: Sequence[str] = USUAL,
    count: int | None = None,
) -> QuizRound:
    """A round about some words: one question each, the kinds taking turns.

    Args:
        items: What to ask about, in order.
        material: What questions draw on; the same seed of its chance gives the same round.
        kinds: Names of the kinds to use.
        count: At most so many questions.

    Raises:
        UsageError: A kind does not exist.
    """
    chosen = [find(name) for name in kinds]
    questions: list[Question] = []
    for item in items:
        if count is not None and len(questions) == count:
            break
        others = tuple(other for other in items if other.headword != item.headword)
        turn = len(questions) % max(1, len(chosen))
        question = _first(item, [*chosen[turn:], *chosen[:turn]], replace(material, others=others))
        if question is not None:
            questions.append(question)
    return QuizRound(tuple(questions))


def drill(item: Item, material: Material, *, kinds: Sequence[str] = USUAL) -> QuizRound:
    """A round about one word: every kind that can ask it, once, in the order given."""
    asked = (find(name).make(item, material) for name in kinds)
    return QuizRound(tuple(question for question in asked if question is not None))


def _first(item: Item, kinds: Sequence[Kind], material: Material) -> Question | None:
    return next((made for kind in kinds if (made := kind.make(item, material)) is not None), None)
