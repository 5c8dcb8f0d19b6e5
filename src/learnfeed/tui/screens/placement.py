"""Placement: how many words one knows already, told by a short test, by an HSK level, or by a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from learnfeed.core.level import level_label
from learnfeed.services.placing import LevelShare, PlacementTest
from learnfeed.study.placement import LEAST_QUESTIONS, MOST_QUESTIONS
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import PageScreen
from learnfeed.tui.widgets.flashcard import CardFace, Line, ProgressLine, hanzi_lines, line, plain_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.bootstrap import Services

_BAR = 24
"""Cells of a level's bar."""
_WIDTH = 64


class PlacementScreen(PageScreen):
    """A test of at most 40 words, each answered with yes or no; what it finds is marked after a last yes."""

    NAME = "What I know"
    CSS_PATH = "placement.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("enter", "go_on", "go on", "Begin the test; at its end, mark the words as known"),
        *(
            bind(
                str(level),
                f"know({level})",
                "I know HSK",
                "Mark all words up to this HSK level as known, without a test",
                show=level == 1,
                display="1–6",
            )
            for level in range(1, 7)
        ),
        bind("f", "file", "bring a list", "Import a list of words you know: Anki, Pleco, HSK, plain text"),
        bind("y,right", "answer(True)", "I know it", "I know what this word means"),
        bind("n,left", "answer(False)", "not yet", "I don't know it, or it is no word"),
        bind("u", "take_back", "take back", "Take the last answer back"),
    ]

    def __init__(self) -> None:
        """A test that was not begun."""
        super().__init__()
        self._tests: list[PlacementTest] = []
        self._marked: int | None = None

    @property
    def _test(self) -> PlacementTest | None:
        return self._tests[-1] if self._tests else None

    @property
    def _asking(self) -> bool:
        return self._test is not None and not self._test.placement.done

    def body(self) -> ComposeResult:
        """How far it is, the word, and what is known so far."""
        yield ProgressLine()
        yield CardFace(id="word")
        yield CardFace(id="so-far")

    def on_mount(self) -> None:
        """Says what this is."""
        self._show()

    # -- showing -----------------------------------------------------------------------------------

    def _show(self) -> None:
        test, word, below = self._test, self.query_one("#word", CardFace), self.query_one("#so-far", CardFace)
        asked = len(test.placement.answers) if test else 0
        self.title_bar.tell(about=f"{asked + 1} / {MOST_QUESTIONS}" if self._asking else "")
        self.query_one(ProgressLine).show(asked / MOST_QUESTIONS if self._asking else 0)
        below.show(lambda _: ())
        if test is None:
            word.show(intro_face)
        elif self._asking:
            asked_word = test.current.word
            word.show(lambda _: hanzi_lines(asked_word))
            below.show(lambda _: so_far_lines(test))
        else:
            levels, marked = self.services.placing.levels(test), self._marked
            word.show(lambda width: result_face(test, levels, marked, min(width, _WIDTH)))
        self.refresh_bindings()

    # -- actions -----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        test = self._test
        if action in ("know", "file"):
            return test is None
        if action == "answer":
            return self._asking
        if action == "take_back":
            return len(self._tests) > 1 and self._marked is None
        if action == "go_on":
            return test is None or (test.placement.done and test.placement.trusted and self._marked is None)
        return super().check_action(action, parameters)

    def action_go_on(self) -> None:
        """Begins, or marks what was found."""
        test = self._test
        if test is None:
            self._tests = [self.services.placing.begin()]
            self._show()
        elif not self._asking:
            self.learnfeed.writer.do(lambda services: len(services.placing.mark(test)), self._tell)

    def action_answer(self, yes: bool) -> None:
        """Takes an answer and shows the next word, or the result."""
        test = self._test
        if test is not None and self._asking:
            self._tests.append(self.services.placing.answer(test, yes=yes))
            self._show()

    def action_take_back(self) -> None:
        """Goes back by one word."""
        self._tests.pop()
        self._show()

    def action_know(self, level: int) -> None:
        """Marks whole levels as known."""
        standard = self.services.settings.standard

        def work(services: Services) -> int:
            return len(services.reading.know_levels(level, standard))

        self.learnfeed.writer.do(work, self._tell_and_leave)

    def action_file(self) -> None:
        """Asks for a list of words."""
        from learnfeed.tui.screens.import_dialog import ImportDialog

        self.app.push_screen(ImportDialog(known=True))

    def _tell_and_leave(self, number: int) -> None:
        self.learnfeed.tell(say("{n} words are known now", n=f"{number:,}"))
        self.learnfeed.library_changed.publish(None)
        if self.is_attached:
            self.action_leave()

    def _tell(self, number: int) -> None:
        self._marked = number + (self._marked or 0)  # a second Enter in one breath marks no more
        self.learnfeed.library_changed.publish(None)
        if self.is_attached:
            self._show()


def intro_face(width: int) -> list[Line]:
    """What the test is, and what may be done instead."""
    wide = min(width, _WIDTH)
    told = say(
        "{most} words at most, each answered with yes or no, harder or easier as you answer. Some of them do "
        "not exist: say yes only where you could tell the meaning.",
        most=str(MOST_QUESTIONS),
    )
    return [
        line(say("How many words do you know?"), "hanzi"),
        Line(),
        *plain_lines(told, wide),
        Line(),
        *_keys(
            ("⏎", say("take the test")),
            ("1–6", say("mark an HSK level as known instead")),
            ("f", say("bring a list: Anki, Pleco, HSK, plain text")),
        ),
    ]


def _keys(*told: tuple[str, str]) -> list[Line]:
    """Keys with what they do, one below the other though each line is centred."""
    most = max(cell_len(text) for _, text in told)
    return [
        Line(((f"{key:<5}", "accent"), (text + " " * (most - cell_len(text)), "plain"))) for key, text in told
    ]


def so_far_lines(test: PlacementTest) -> list[Line]:
    """The two answers, and the estimate once there is one."""
    answers = Line(
        (
            ("n ", "accent"),
            (say("not yet"), "plain"),
            ("      ", "plain"),
            ("y ", "accent"),
            (say("I know it"), "plain"),
        )
    )
    found = test.estimate
    if len(test.placement.answers) < LEAST_QUESTIONS:
        return [answers]
    return [
        answers,
        Line(),
        line(say("about {n} ± {error} words", n=f"{found.words:,}", error=f"{found.error:,}"), "faint"),
    ]


def result_face(
    test: PlacementTest, levels: Sequence[LevelShare], marked: int | None, width: int
) -> list[Line]:
    """The estimate with its error, a bar for each level, and what marking will do or did."""
    found = test.estimate
    wrong, of = test.placement.false_alarms
    if not test.placement.trusted:
        told = say(
            "You said yes to {wrong} of {of} words that do not exist, so nothing can be told. Press u to correct "
            "answers, or esc to leave.",
            wrong=str(wrong),
            of=str(of),
        )
        return [line(say("No result"), "hanzi"), Line(), *plain_lines(told, width)]
    total = sum(level.words for level in levels)
    how = say(
        "Of the {total} words of the HSK list; off by more than that in one test of twenty. {wrong} of {of} words "
        "that do not exist were taken for known, and the estimate allows for it.",
        total=f"{total:,}",
        wrong=str(wrong),
        of=str(of),
    )
    return [
        line(say("about {n} ± {error} words", n=f"{found.words:,}", error=f"{found.error:,}"), "hanzi"),
        Line(),
        *plain_lines(how, width, "quiet"),
        Line(),
        *(level_line(level) for level in levels),
        Line(),
        *_end(levels, marked, width),
    ]


def level_line(level: LevelShare) -> Line:
    """The bar of a level; a tick where it counts as known as a whole."""
    full = round(level.share * _BAR)
    label = f"{level_label(level.level):<8}"
    figures = f" {round(level.share * 100):>3} %  "
    return Line(
        (
            (label, "plain"),
            ("━" * full, "right" if level.marked else "accent"),
            ("─" * (_BAR - full), "faint"),
            (figures, "plain"),
            ("✓" if level.marked else " ", "right"),
        )
    )


def _end(levels: Sequence[LevelShare], marked: int | None, width: int) -> list[Line]:
    if marked is not None:
        done = say("{n} words are known now", n=f"{marked:,}")
        return [line(f"✓ {done}", "right"), line(say("u in the reader takes it back as one step"), "quiet")]
    known = [level.level for level in levels if level.marked]
    what = (
        say("marks all words up to {level} as known, and those you knew beyond", level=level_label(known[-1]))
        if known
        else say("marks the words you knew as known")
    )
    return [Line((("⏎  ", "accent"), (what, "plain")))] if width > 20 else [line("⏎", "accent")]
