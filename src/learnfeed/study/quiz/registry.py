"""The kinds of questions there are. A new kind is a value in ``kinds/`` and a line here."""

from __future__ import annotations

from learnfeed.core.errors import UsageError
from learnfeed.study.quiz.base import Kind
from learnfeed.study.quiz.kinds.choosing import CHOOSE_HANZI, CHOOSE_MEANING, CLOZE, PICTURE_WORD
from learnfeed.study.quiz.kinds.hearing import DICTATION, LISTENING
from learnfeed.study.quiz.kinds.ordering import MATCH_PAIRS, WORD_ORDER
from learnfeed.study.quiz.kinds.reading import TONE_PAIRS, TONES, TYPE_PINYIN
from learnfeed.study.quiz.kinds.translating import ANSWER, TRANSLATE, TRANSLATE_BACK
from learnfeed.study.quiz.kinds.writing import TYPE_CLOZE, TYPE_WORD

BUILTIN: tuple[Kind, ...] = (
    CHOOSE_MEANING,
    CHOOSE_HANZI,
    TYPE_PINYIN,
    TONES,
    CLOZE,
    WORD_ORDER,
    TYPE_CLOZE,
    MATCH_PAIRS,
    TYPE_WORD,
    TONE_PAIRS,
    TRANSLATE,
    TRANSLATE_BACK,
    ANSWER,
    LISTENING,
    DICTATION,
    PICTURE_WORD,
)

HEARD = frozenset((LISTENING.name, DICTATION.name))
"""Kinds that need something that can speak."""

USUAL: tuple[str, ...] = (
    "choose_meaning", "type_pinyin", "choose_hanzi", "cloze", "tones", "word_order", "match_pairs"
)  # fmt: skip
"""What a mixed round asks, in turn: nothing that needs a Chinese keyboard."""


def find(name: str) -> Kind:
    """A kind by name.

    Raises:
        UsageError: There is no such kind.
    """
    for kind in BUILTIN:
        if kind.name == name:
            return kind
    names = ", ".join(kind.name for kind in BUILTIN)
    raise UsageError(f"There is no kind of question called {name!r}", hint=f"Use one of: {names}.")
