"""The face of a card: hanzi large in the middle, everything else quiet; and the row of answers under it.

What a card says is worked out by pure functions as lines of styled pieces; the widgets only paint them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from learnfeed.core.note import RubyToken
from learnfeed.core.text import Reading, Span, Token, TokenKind
from learnfeed.tui.notation import in_script, written
from learnfeed.tui.text import shown
from learnfeed.tui.widgets.ruby_layout import Box, wrap, wrap_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual import events

BLANK = "＿"
"""Full width, so that a gap is as wide as what is missing."""
_STYLES = (
    "plain", "hanzi", "sentence", "target", "english", "lit", "quiet", "faint", "accent", "right", "wrong", "chosen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card, centred as a whole.

    Attributes:
        pieces: Texts with the name of their style, see :class:`CardFace`.
    """

    pieces: tuple[tuple[str, str], ...] = ()

    @property
    def width(self) -> int:
        """Cells."""
        return sum(cell_len(text) for text, _ in self.pieces)


def line(text: str, style: str = "plain") -> Line:
    """A line in one style."""
    return Line(((shown(text), style),))


def hanzi_lines(word: str, syllables: tuple[str, ...] = ()) -> list[Line]:
    """A word by itself, its characters apart; its reading over it, or an empty line of the same height."""
    word = in_script(word, syllables)
    reading = tuple((shown(text), f"tone-{tone}") for text, tone in written(syllables))
    return [Line(reading), line(word if word.isascii() else " ".join(shown(word)), "hanzi")]


def sentence_lines(
    sentence: Sequence[RubyToken],
    width: int,
    *,
    ruby: Callable[[RubyToken], bool] | None = None,
    gap: bool = False,
    style: str = "sentence",
) -> list[Line]:
    """A sentence, wrapped; the word it is about stands out.

    Args:
        sentence: Its tokens.
        width: Cells.
        ruby: Over which tokens the reading stands; over none when None.
        gap: Whether a gap stands in place of the word, wherever it stands in the sentence.
        style: Of its other words.
    """
    hidden = {token.text for token in sentence if token.is_target} if gap else set()
    shown_tokens = [
        RubyToken(BLANK * max(1, len(token.text)), (), is_target=True) if token.text in hidden else token
        for token in sentence
    ]
    tokens = _as_tokens(shown_tokens)
    rows = wrap(tokens, max(4, width), lambda token: bool(ruby and ruby(shown_tokens[_index(tokens, token)])))
    lines: list[Line] = []
    for row in rows:
        has_ruby = any(box.ruby for box in row)
        if has_ruby:
            lines.append(_ruby_line(row))
        lines.append(_text_line(row, shown_tokens, style))
    return lines


def _as_tokens(sentence: Iterable[RubyToken]) -> list[Token]:
    tokens: list[Token] = []
    for token in sentence:
        at = tokens[-1].end if tokens else 0
        kind = TokenKind.WORD if token.syllables else TokenKind.OTHER
        reading = Reading(token.syllables) if token.syllables else None
        tokens.append(Token(token.text, at, kind, reading=reading))
    return tokens


def _index(tokens: Sequence[Token], token: Token) -> int:
    return next(i for i, other in enumerate(tokens) if other is token)


def _row_width(row: Sequence[Box]) -> int:
    return max(box.right for box in row)


def _ruby_line(row: Sequence[Box]) -> Line:
    pieces: list[tuple[str, str]] = []
    x = 0
    for box in row:
        if box.ruby:
            pieces.append((" " * (box.ruby_x - x), "plain"))
            pieces += [(shown(text), f"tone-{tone}") for text, tone in box.ruby]
            x = box.ruby_x + box.ruby_width
    pieces.append((" " * (_row_width(row) - x), "plain"))
    return Line(tuple(pieces))


def _text_line(row: Sequence[Box], sentence: Sequence[RubyToken], style: str) -> Line:
    pieces: list[tuple[str, str]] = []
    x = 0
    for box in row:
        pieces.append((" " * (box.x - x), "plain"))
        pieces.append((box.text, "target" if sentence[box.index].is_target else style))
        x = box.x + box.width
    pieces.append((" " * (_row_width(row) - x), "plain"))
    return Line(tuple(pieces))


def plain_lines(
    text: str, width: int, style: str = "plain", lit: Sequence[Span] = (), lit_style: str = "lit"
) -> list[Line]:
    """Plain text, wrapped at blanks; some stretches of it stand out."""
    lines: list[Line] = []
    for row in wrap_plain(text, 0, max(4, width)):
        pieces: list[tuple[str, str]] = []
        x = 0
        for part in row:
            pieces.append((" " * (part.x - x), style))
            runs = [
                (char, any(start <= part.start + i < end for start, end in lit))
                for i, char in enumerate(part.text)
            ]
            for is_lit, run in groupby(runs, key=lambda item: item[1]):
                pieces.append((shown("".join(char for char, _ in run)), lit_style if is_lit else style))
            x = part.x + cell_len(shown(part.text))
        lines.append(Line(tuple(pieces)))
    return lines


class CardFace(ScrollView):
    """A card's lines, in the middle of the room it has. Longer cards scroll."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"card--tone-{tone}" for tone in range(1, 6)),
        *(f"card--{name}" for name in _STYLES),
    }
    DEFAULT_CSS = """
    CardFace {
        overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        background: $background; color: $foreground; height: 1fr;
        & .card--tone-1 { color: $tone-1; } & .card--tone-2 { color: $tone-2; }
        & .card--tone-3 { color: $tone-3; } & .card--tone-4 { color: $tone-4; }
        & .card--tone-5 { color: $tone-5; }
        & .card--hanzi { text-style: bold; }
        & .card--target { color: $accent; text-style: bold underline; }
        & .card--english { color: $secondary; }
        & .card--lit { color: $accent; text-style: bold underline; }
        & .card--quiet { color: $quiet; }
        & .card--faint { color: $faint; }
        & .card--accent { color: $accent; text-style: bold; }
        & .card--right { color: $success; text-style: bold; }
        & .card--wrong { color: $error; text-style: bold; }
        & .card--chosen { text-style: bold reverse; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's name
        super().__init__(id=id)
        self._make: Callable[[int], Sequence[Line]] = lambda _: ()
        self._lines: Sequence[Line] = ()

    def show(self, make: Callable[[int], Sequence[Line]]) -> None:
        """Shows what a function makes of the width (cells) there is."""
        self._make = make
        self._lay_out()
        self.scroll_to(y=0, animate=False)

    @property
    def text(self) -> str:
        """What is shown, line by line."""
        return "\n".join("".join(text for text, _ in shown_line.pieces).strip() for shown_line in self._lines)

    def _lay_out(self) -> None:
        width = self.size.width
        self._lines = self._make(max(8, width - 4)) if width else ()
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Lays the card out for its new width."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One line, centred."""
        width, base = self.size.width, self.rich_style
        above = max(0, (self.size.height - len(self._lines)) // 2)
        at = y + self.scroll_offset.y - above
        if not 0 <= at < len(self._lines):
            return Strip.blank(width, base)
        content = self._lines[at]
        segments = [Segment(" " * max(0, (width - content.width) // 2), base)]
        segments += [
            Segment(text, base + self.get_component_rich_style(f"card--{style}", partial=True))
            for text, style in content.pieces
            if text
        ]
        return Strip(segments).adjust_cell_length(width, base)


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of the row.

    Attributes:
        key: The key that presses it.
        label: What it means.
        over: What stands over it; may be empty.
        usual: Whether it is the one that the space bar takes.
    """

    key: str
    label: str
    over: str = ""
    usual: bool = False


class AnswerRow(Widget):
    """Buttons side by side, each with a small text over it; a click presses one."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answers--rule",
        "answers--over",
        "answers--key",
        "answers--label",
        "answers--usual",
    }
    DEFAULT_CSS = """
    AnswerRow {
        height: 4; background: $background; color: $foreground;
        & .answers--rule { color: $panel; }
        & .answers--over { color: $quiet; }
        & .answers--key { color: $accent; text-style: bold; }
        & .answers--usual { text-style: bold underline; }
    }
    """
    _WIDEST = 16

    class Chosen(Message):
        """A button was pressed."""

        def __init__(self, row: AnswerRow, key: str) -> None:
            super().__init__()
            self.row = row
            self.key = key

        @property
        def control(self) -> AnswerRow:
            """The row."""
            return self.row

    def __init__(self) -> None:
        super().__init__()
        self._choices: Sequence[Choice] = ()

    def show(self, choices: Sequence[Choice]) -> None:
        """Shows these buttons."""
        self._choices = choices
        self.refresh()

    @property
    def text(self) -> str:
        """What is shown, a line for each button."""
        return "\n".join(f"{choice.over} {choice.key} {choice.label}".strip() for choice in self._choices)

    def _place(self) -> tuple[int, int]:
        """First cell of the row and width of a button."""
        number = max(1, len(self._choices))
        widest = max(
            (cell_len(choice.label) + cell_len(choice.key) + 3 for choice in self._choices), default=0
        )
        wide = min(self.size.width // number, max(self._WIDEST, widest))
        return (self.size.width - wide * number) // 2, wide

    def render_line(self, y: int) -> Strip:
        """A rule, what stands over the buttons, the buttons."""
        width, base = self.size.width, self.rich_style
        if y == 0:
            rule = base + self.get_component_rich_style("answers--rule", partial=True)
            return Strip([Segment("─" * width, rule)], width)
        left, wide = self._place()
        segments = [Segment(" " * left, base)]
        for choice in self._choices if y in (1, 2) else ():
            segments += self._over(choice, wide) if y == 1 else self._button(choice, wide)
        return Strip(segments).adjust_cell_length(width, base)

    def _over(self, choice: Choice, wide: int) -> list[Segment]:
        style = self.rich_style + self.get_component_rich_style("answers--over", partial=True)
        return [Segment(choice.over.center(wide), style)]

    def _button(self, choice: Choice, wide: int) -> list[Segment]:
        base = self.rich_style
        name = "answers--usual" if choice.usual else "answers--label"
        room = max(0, wide - cell_len(choice.key) - 1 - cell_len(choice.label))
        return [
            Segment(" " * (room // 2), base),
            Segment(choice.key, base + self.get_component_rich_style("answers--key", partial=True)),
            Segment(" ", base),
            Segment(choice.label, base + self.get_component_rich_style(name, partial=True)),
            Segment(" " * (room - room // 2), base),
        ]

    def on_click(self, event: events.Click) -> None:
        """Presses the button that was clicked."""
        left, wide = self._place()
        at = (event.x - left) // max(1, wide)
        if 0 <= at < len(self._choices):
            self.post_message(self.Chosen(self, self._choices[at].key))


class ProgressLine(Widget):
    """A thin line that fills up; thick and thin strokes tell it without colour."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"progress--done", "progress--left"}
    DEFAULT_CSS = """
    ProgressLine {
        height: 1; background: $background;
        & .progress--done { color: $accent; }
        & .progress--left { color: $panel; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0

    def show(self, share: float) -> None:
        """Fills the line to a share, 0–1."""
        self.share = min(1.0, max(0.0, share))
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        """The line."""
        width, base = self.size.width, self.rich_style
        done = round(self.share * width)
        return Strip(
            [
                Segment("━" * done, base + self.get_component_rich_style("progress--done", partial=True)),
                Segment(
                    "─" * (width - done),
                    base + self.get_component_rich_style("progress--left", partial=True),
                ),
            ],
            width,
        )
