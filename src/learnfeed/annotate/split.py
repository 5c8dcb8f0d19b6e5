"""From a mixed text to stretches of one language, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from learnfeed.annotate.clause import Clause
from learnfeed.annotate.marks import HANZI, Mark
from learnfeed.annotate.material import Material
from learnfeed.annotate.runs import Gap, Run, gap_kind, runs_of
from learnfeed.annotate.word_lists import vocabulary_lines
from learnfeed.core.text import Language, Span

_NOT_HANZI = re.compile(rf"[^{HANZI}]+")


class Stretch(NamedTuple):
    """Neighbouring runs that belong to one language."""

    language: Language
    start: int
    end: int


def _line_stretches(
    material: Material, line: Span, marked: bytearray, near: Sequence[str], *, listed: bool
) -> Iterator[Stretch]:
    runs = runs_of(material.text, line, marked, material.evidence.spells, near)
    if not runs:
        return
    gaps = [Gap.HARD]
    gaps += [gap_kind(material.text, a.end, b.start, marked) for a, b in pairwise(runs)]
    gaps.append(Gap.HARD)
    clauses = list(_clauses(material, runs, gaps, listed=listed))
    languages = [language for clause in clauses for language in clause.languages()]
    _settle_cited(clauses, languages)
    _settle_numbers(runs, gaps, languages)
    first = 0
    for i, run in enumerate(runs):
        last = i + 1 == len(runs)
        if last or languages[i + 1] is not languages[i] or gaps[i + 1] is Gap.HARD:
            yield Stretch(languages[i], runs[first].start, run.end)
            first = i + 1


def _clauses(
    material: Material, runs: Sequence[Run], gaps: Sequence[Gap], *, listed: bool
) -> Iterator[Clause]:
    first = 0
    for i in range(len(runs)):
        if gaps[i + 1] >= Gap.END:
            yield Clause(material, runs[first : i + 1], gaps[first : i + 2], listed=listed)
            first = i + 1


def _settle_cited(clauses: Sequence[Clause], languages: list[Language]) -> None:
    """A Chinese word among a few English ones is cited where all else on the line is English."""
    at = 0
    foreign = sum(language is not Language.EN for language in languages)
    for clause in clauses:
        end = at + len(clause.runs)
        own = sum(language is not Language.EN for language in languages[at:end])
        alone = 0 < own == foreign and end - at < len(languages)
        if alone and Language.ZH in languages[at:end] and clause.may_cite():
            languages[at:end] = [Language.EN] * len(clause.runs)
            foreign = 0
        at = end


def _settle_numbers(runs: Sequence[Run], gaps: Sequence[Gap], languages: list[Language]) -> None:
    """A clause of digits alone speaks the language of its line."""
    for i, run in enumerate(runs):
        if run.script != "N" or gaps[i] < Gap.END or gaps[i + 1] < Gap.END:
            continue
        if i and runs[i - 1].script != "N" and gaps[i] < Gap.HARD:
            languages[i] = languages[i - 1]
        elif i + 1 < len(runs) and gaps[i + 1] < Gap.HARD:
            languages[i] = languages[i + 1]


def stretches(material: Material, marks: Sequence[Mark]) -> list[Stretch]:
    """The stretches of one language of a text, in order; no stretch goes past a line break or a mark."""
    marked = bytearray(len(material.text))
    for mark in marks:
        marked[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    found: list[Stretch] = []
    lines = material.text.split("\n")
    hanzi = [_NOT_HANZI.sub("", line) for line in lines if line.strip()]
    listed = vocabulary_lines(material)
    at = row = 0
    for line in lines:
        if line.strip():
            near = (hanzi[row - 1] if row else "", *hanzi[row + 1 : row + 2])
            found += _line_stretches(material, (at, at + len(line)), marked, near, listed=at in listed)
            row += 1
        at += len(line) + 1
    return found
