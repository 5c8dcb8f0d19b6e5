"""The kinds of questions there are. A new kind is a value in ``kinds/`` and a line here."""

from __future__ import annotations

from learnfeed.core.errors import UsageError
from learnfeed.study.quiz.base import Kind
from learnfeed.study.quiz.kinds.choosing import CHOOSE_HANZI, CHOOSE_MEANING, CLOZE
from learnfeed.study.quiz.kinds.ordering import MATCH_PAIRS, WORD_ORDER
from learnfeed.study.quiz.kinds.reading import TONES, TYPE_PINYIN
from learnfeed.study.quiz.kinds.writing import TRANSLATE, TYPE_CLOZE

BUILTIN: tuple[Kind, ...] = (
    CHOOSE_MEANING,
    CHOOSE_HANZI,
    TYPE_PINYIN,
    TONES,
    CLOZE,
    WORD_ORDER,
    TYPE_CLOZE,
    MATCH_PAIRS,
    TRANSLATE,
)

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
