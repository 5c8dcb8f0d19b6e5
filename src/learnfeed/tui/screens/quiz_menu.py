"""Choosing what a quiz asks about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from learnfeed.core.level import BANDS, HIGHEST_LEVEL, level_label
from learnfeed.services.quiz_words import QuizSource
from learnfeed.study.quiz.registry import USUAL
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import Dialog
from learnfeed.tui.text import shown

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

_TAGS = 12
_COMMON: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("translating sentences", ("translate", "translate_back")),
    ("replying to comments", ("answer",)),
    ("listening", ("listening",)),
    ("dictation", ("dictation",)),
    ("words for a picture", ("picture_word",)),
)
_WAYS = (
    ("pinyin and tones", ("type_pinyin", "tones", "tone_pairs")),
    ("words in their sentences", ("cloze", "word_order")),
    ("writing in hanzi", ("type_cloze", "type_word")),
    *_COMMON,
)
_ENGLISH_WAYS = (
    ("words in their sentences", ("cloze", "word_order")),
    ("writing in English", ("type_cloze", "type_word")),
    *_COMMON,
)
WAY_NAMES = frozenset(name for name, _ in (*_WAYS, *_ENGLISH_WAYS))
"""What the menu calls ways to be asked; the app translates them."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What to be asked, and how.

    Attributes:
        source: Where the words come from.
        of: Which post (id), tag or level.
        kinds: Names of kinds of questions.
    """

    source: QuizSource = QuizSource.MIXED
    of: int | str = ""
    kinds: tuple[str, ...] = USUAL


class QuizMenu(Dialog[Topic | None]):
    """What to be asked about: gives back a topic."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("j", "cursor(1)", "down", "Go one down", show=False),
        bind("k", "cursor(-1)", "up", "Go one up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._topics: list[Topic] = []

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="window"):
            yield Static(Content(say("Quiz me about")), classes="title")
            yield OptionList(*self._options())

    def _options(self) -> list[Option]:
        tags = self.services.reading.tags()[:_TAGS]
        english = self.services.quizzing.learns_english
        ways = _ENGLISH_WAYS if english else _WAYS
        levels = BANDS if english else [level_label(i) for i in range(1, HIGHEST_LEVEL + 1)]
        named: list[tuple[str, Topic]] = [
            (say("a mixture"), Topic()),
            (say("words that are due"), Topic(QuizSource.DUE)),
            (say("today's mistakes"), Topic(QuizSource.MISTAKES)),
            *((say(name), Topic(kinds=kinds)) for name, kinds in ways),
            *((label, Topic(QuizSource.LEVEL, i)) for i, label in enumerate(levels, 1)),
            *((f"#{tag}", Topic(QuizSource.TAG, tag)) for tag, _ in tags),
        ]
        self._topics = [topic for _, topic in named]
        return [Option(Content(shown(text))) for text, _ in named]

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._topics[event.option_index])

    def action_cursor(self, step: int) -> None:
        """Goes up or down."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()
