"""Correcting a word: what is wrong, what is right, where that holds. A digit for each answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from learnfeed.core.correction import Correction, CorrectionKind, Scope, StandingCorrection
from learnfeed.core.errors import UsageError
from learnfeed.tui.correctable import NAMES, Choice, Correctable
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import Dialog
from learnfeed.tui.text import cut, plural, shown
from learnfeed.tui.widgets.bars import KeyBar
from learnfeed.tui.widgets.input import CjkInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


_KINDS = (CorrectionKind.READING, CorrectionKind.SENSE, CorrectionKind.WORDS, CorrectionKind.PAIR)
_ASKED = {
    CorrectionKind.READING: "How is it read here?",
    CorrectionKind.SENSE: "What does it mean here?",
    CorrectionKind.WORDS: "Which characters are one word?",
    CorrectionKind.PAIR: "Which English translates this sentence?",
}
_TYPE = {
    CorrectionKind.READING: "type pinyin: xia4 xue3 or xiàxuě",
    CorrectionKind.SENSE: "type a meaning of your own",
    CorrectionKind.WORDS: "type blanks between the words",
    CorrectionKind.PAIR: "type a translation of your own",
}
WIDTH = 60
"""Cells of a line in the window."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Corrections to be taken away: their ids, and what they were about."""

    ids: tuple[int, ...]
    surface: str


Answer = Correction | Removal


class CorrectDialog(Dialog[Answer]):
    """Gives back a correction, a removal of corrections, or nothing.

    Three steps, each a list: the first asks what is wrong, the second what is right, the third where.
    Escape goes one step back. While something is typed the class ``-typing`` is on it.
    """

    CSS_PATH = "correct_dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(bind(str(n), f"take({n})", "choose", "Choose this answer", show=False) for n in range(1, 10)),
        bind("0", "type", "type it", "Type what is right yourself"),
        bind("escape", "leave", "back", "Go one step back"),
    ]

    def __init__(
        self,
        word: Correctable,
        standing: Sequence[StandingCorrection],
        reach: Callable[[Correction], int],
    ) -> None:
        """Makes the dialog.

        Args:
            word: The word.
            standing: Corrections that it is shown with now.
            reach: In how many posts the characters of a correction stand.
        """
        super().__init__()
        self.word, self.standing, self._reach = word, standing, reach
        self.kind: CorrectionKind | None = None
        self.chosen: Choice | None = None
        self._shown: list[Choice] = []

    def compose(self) -> ComposeResult:
        """The sentence with the word in it, the question, the answers."""
        with Vertical(classes="window"):
            yield Static(say("Correct"), classes="title", markup=False)
            yield Static(self._sentence(), id="line")
            yield Static(self._about(), id="about")
            yield Static(id="asked", markup=False)
            yield OptionList(id="options", markup=False)
            yield CjkInput(id="own")
            yield Static(id="says")
        yield KeyBar()

    def on_mount(self) -> None:
        """Asks the first question."""
        self._ask()

    # -- what is shown -----------------------------------------------------------------------------

    def _sentence(self) -> Content:
        """The line that the word stands on, as much as fits around it."""
        text, token = self.word.place.text.text, self.word.token
        before = shown(text[: token.start].rsplit("\n", 1)[-1])
        after = shown(text[token.end :].split("\n", 1)[0])
        room = WIDTH - cell_len(token.text)
        while cell_len(before) > max(room // 2, room - cell_len(after)):
            before = f"…{before[2:]}" if before.startswith("…") else f"…{before[1:]}"
        after = cut(after, room - cell_len(before))
        return Content.assemble((before, "$quiet"), (shown(token.text), "bold reverse"), (after, "$quiet"))

    def _about(self) -> Content:
        reading = self.word.now(CorrectionKind.READING)
        gloss = cut(shown(self.word.now(CorrectionKind.SENSE)), WIDTH - 20)
        return Content.assemble((shown(self.word.token.text), "bold"), f"  {reading}  ", (gloss, "$quiet"))

    def _ask(self) -> None:
        """Shows the question of the present step with its answers."""
        self.remove_class("-typing")
        if self.kind is None:
            asked, self._shown = say("What is wrong?"), self._what()
        elif self.chosen is None:
            asked, self._shown = say(_ASKED[self.kind]), self.word.choices(self.kind)
        else:
            asked, self._shown = self._where_asked(), self._where()
        self.query_one("#asked", Static).update(asked)
        options = self.query_one(OptionList)
        options.clear_options()
        # Where the answers are names, what they name stands in a column beside them.
        column = 0 if self._may_type else max(cell_len(choice.label) for choice in self._shown)
        options.add_options(Option(_line(n, choice, column)) for n, choice in enumerate(self._shown, 1))
        if self._may_type:
            assert self.kind is not None
            options.add_option(
                Option(Content.assemble(("0", "$accent bold"), ("  " + say(_TYPE[self.kind]), "$quiet")))
            )
        options.highlighted = next((i for i, choice in enumerate(self._shown) if choice.now), 0)
        self.set_focus(options)
        self.refresh_bindings()

    @property
    def _may_type(self) -> bool:
        return self.kind is not None and self.chosen is None

    def _what(self) -> list[Choice]:
        found = [Choice(say(NAMES[kind]), self.word.now(kind)) for kind in _KINDS]
        if self.standing:
            kinds = ", ".join(dict.fromkeys(say(NAMES[one.correction.kind]) for one in self.standing))
            found.append(Choice(say("take the correction back"), f"{say('corrected by you')}: {kinds}"))
        return found

    def _where_asked(self) -> str:
        assert self.chosen is not None
        return say("{right}: where?", right=shown(self.chosen.label))

    def _where(self) -> list[Choice]:
        context, everywhere = self._made(Scope.CONTEXT), self._made(Scope.EVERYWHERE)
        assert context is not None
        assert everywhere is not None
        surface, posts = everywhere.surface, self._reach(everywhere)
        like = f"{context.before or '…'}{surface}{context.after or '…'}"
        return [
            Choice(say("only here")),
            Choice(say("wherever it stands like this"), like),
            Choice(say("everywhere"), say("{word} stands in {posts}", word=surface, posts=_posts(posts))),
        ]

    def _made(self, scope: Scope) -> Correction | None:
        assert self.kind is not None
        assert self.chosen is not None
        return self.word.correction(self.kind, scope, self.chosen.value)

    # -- answers -----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is something to type only where an answer of one's own can be right."""
        return self._may_type if action == "type" else True

    def action_take(self, number: int) -> None:
        """Takes an answer by its digit."""
        if 0 < number <= len(self._shown):
            self._take(number - 1)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self._shown):
            self._take(event.option_index)
        else:
            self.action_type()

    def _take(self, at: int) -> None:
        if self.kind is None:
            if at == len(_KINDS):
                ids = tuple(one.id for one in self.standing)
                self.dismiss(Removal(ids, self.word.token.text))
                return
            self.kind = _KINDS[at]
        elif self.chosen is None:
            self._choose(self._shown[at])
            return
        else:
            self.dismiss(self._made(list(Scope)[at]))
            return
        self._ask()

    def _choose(self, choice: Choice) -> None:
        self.chosen = choice
        try:
            made = self._made(Scope.HERE)
        except UsageError as error:
            self.chosen = None
            self.learnfeed.tell_error(error)
            return
        # A sentence has its translation where it stands; and what stays as it is needs no place.
        if made is None or self.kind is CorrectionKind.PAIR:
            self.dismiss(made)
        else:
            self._ask()

    def action_type(self) -> None:
        """Opens the line to type in."""
        assert self.kind is not None
        self.add_class("-typing")
        line = self.query_one(CjkInput)
        line.placeholder = say(_TYPE[self.kind])
        line.value = self.word.begin(self.kind)
        line.cursor_position = len(line.value)
        self.query_one("#says", Static).update("")
        self.set_focus(line)

    @on(CjkInput.Changed)
    def _changed(self, event: CjkInput.Changed) -> None:
        if self.has_class("-typing") and self.kind is not None:
            self.query_one("#says", Static).update(self._verdict(event.value))

    def _verdict(self, text: str) -> Content:
        """What the typed text would mean, or why it can't be."""
        assert self.kind is not None
        if not text.strip():
            return Content("")
        try:
            choice = self.word.typed(self.kind, text)
        except UsageError as error:
            return Content.styled(cut(f"· {error}", WIDTH), "$warning")
        return Content.assemble((cut(f"✓ {shown(choice.label)}", WIDTH - 4), "$success"), ("   ⏎", "$quiet"))

    @on(CjkInput.Submitted)
    def _submitted(self, event: CjkInput.Submitted) -> None:
        assert self.kind is not None
        try:
            choice = self.word.typed(self.kind, event.value)
        except UsageError as error:
            self.query_one("#says", Static).update(Content.styled(cut(f"✗ {error}", WIDTH), "$error"))
            return
        self._choose(choice)

    def action_leave(self) -> None:
        """One step back; from the first the window closes."""
        if self.has_class("-typing"):
            pass
        elif self.chosen is not None:
            self.chosen = None
        elif self.kind is not None:
            self.kind = None
        else:
            self.dismiss(None)
            return
        self._ask()


def _line(number: int, choice: Choice, column: int) -> Content:
    label = cut(shown(choice.label), WIDTH - 6)
    label += " " * (column - cell_len(label)) if choice.note else ""
    note = cut(shown(choice.note), max(0, WIDTH - 8 - cell_len(label))) if choice.note else ""
    parts: list[tuple[str, str] | str] = [
        (str(number) if number < 10 else " ", "$accent bold"),
        "  ",
        (label, "bold" if choice.now else ""),
    ]
    if choice.now:
        parts.append(("  ✓", "$success"))
    if note:
        parts.append((f"  {note}", "$quiet"))
    return Content.assemble(*parts)


def _posts(number: int) -> str:
    return plural(number, say("post"), say("posts"))
