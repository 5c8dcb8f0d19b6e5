"""Pictures of figures on the line API: a heatmap of days, columns, stacked bars, a gauge.

Glyph and colour both carry the value, so that nothing is lost with NO_COLOR.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from learnfeed.tui.messages import say
from learnfeed.tui.text import fit, plural

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.geometry import Size

_HEAT = ("· ", "░░", "▒▒", "▓▓", "██")
_FROZEN = "❄ "
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_WEEKS = 53
_MARGIN = 5


class _Chart(Widget):
    """What charts share: styles by name."""

    ALLOW_SELECT = False

    def part(self, name: str) -> Style:
        """The style of a part of the chart."""
        return self.rich_style + self.get_component_rich_style(f"chart--{name}", partial=True)

    def whole(self, segments: list[Segment]) -> Strip:
        """A line of exactly the chart's width."""
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)


class Heatmap(_Chart):
    """Days as squares, a column for each week, as many weeks as there is room for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chart--label", *(f"chart--heat-{i}" for i in range(5))}
    DEFAULT_CSS = """
    Heatmap {
        height: 9; color: $foreground;
        & .chart--label { color: $quiet; }
        & .chart--heat-0 { color: $faint; }
        & .chart--heat-1 { color: $success 45%; }
        & .chart--heat-2 { color: $success 65%; }
        & .chart--heat-3 { color: $success 85%; }
        & .chart--heat-4 { color: $success; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._counts: Mapping[date, int] = {}
        self._today = date(2000, 1, 1)
        self._full = 1
        self._frozen: Collection[date] = ()

    def show(self, counts: Mapping[date, int], today: date, frozen: Collection[date] = ()) -> None:
        """Shows counts of days up to today, and missed days that a freeze bridged."""
        self._counts, self._today, self._frozen = counts, today, frozen
        busy = sorted(count for count in counts.values() if count)
        # The darkest square is a busy day of this learner, not their one record.
        self._full = max(8, busy[len(busy) * 9 // 10] if busy else 0)
        self.refresh()

    def heat(self, count: int) -> int:
        """0 for nothing, 1–4 for more and more."""
        return 0 if count <= 0 else min(4, 1 + count * 4 // (self._full + 1))

    @property
    def _weeks(self) -> int:
        return max(1, min(_WEEKS, (self.size.width - _MARGIN) // 2))

    @property
    def _first(self) -> date:
        return self._today - timedelta(days=self._today.weekday() + 7 * (self._weeks - 1))

    def render_line(self, y: int) -> Strip:
        """Months, seven days, what the squares mean."""
        if y == 0:
            return self.whole([Segment(self._months(), self.part("label"))])
        if y == 8:
            return self.whole(self._legend())
        name = say(calendar.day_abbr[y - 1]) if y in (1, 3, 5, 7) else ""
        segments = [Segment(fit(name, _MARGIN), self.part("label"))]
        for week in range(self._weeks):
            day = self._first + timedelta(days=7 * week + y - 1)
            if day <= self._today:
                heat = self.heat(self._counts.get(day, 0))
                glyph = _FROZEN if day in self._frozen and not heat else _HEAT[heat]
                segments.append(Segment(glyph, self._shade(heat)))
        return self.whole(segments)

    def _shade(self, heat: int) -> Style:
        return self.get_component_rich_style(f"chart--heat-{heat}")

    def _months(self) -> str:
        line = " " * _MARGIN
        month = 0
        for week in range(self._weeks):
            day = self._first + timedelta(days=7 * week)
            at = _MARGIN + 2 * week
            if day.month != month and (week or day.day <= 21) and cell_len(line) <= at:
                line = fit(line, at) + say(calendar.month_abbr[day.month]) + " "
            month = day.month
        return line

    def _legend(self) -> list[Segment]:
        label = self.part("label")
        squares = [Segment(f"{glyph} ", self._shade(i)) for i, glyph in enumerate(_HEAT)]
        frozen = f"   {_FROZEN} {say('frozen')}" if self._frozen else ""
        return [
            Segment(" " * _MARGIN + say("less") + " ", label),
            *squares,
            Segment(say("more") + frozen, label),
        ]

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Says which day the mouse is on."""
        week, row = (event.x - _MARGIN) // 2, event.y - 1
        day = self._first + timedelta(days=7 * week + row)
        inside = 0 <= week < self._weeks and 0 <= row < 7 and day <= self._today
        count = self._counts.get(day, 0)
        self.tooltip = (
            f"{day.isoformat()}: {plural(count, say('answer'), say('answers'))}" if inside else None
        )


class Columns(_Chart):
    """Counts as columns, with a scale on the left and labels below."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chart--label", "chart--bar", "chart--first"}
    DEFAULT_CSS = """
    Columns {
        height: 8; color: $foreground;
        & .chart--label { color: $quiet; }
        & .chart--bar { color: $secondary; }
        & .chart--first { color: $accent; }
    }
    """

    def __init__(
        self,
        *,
        past: bool = False,
        empty: str = "Nothing is due in these days.",
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Makes the chart.

        Args:
            past: Whether the days are those up to today, and not those from today on.
            empty: What is said when all counts are 0, in English.
            id: Textual's id.
        """
        super().__init__(id=id)
        self._counts: Sequence[int] = ()
        self._past, self._empty = past, empty

    def show(self, counts: Sequence[int]) -> None:
        """Shows counts of days in a row, today among them."""
        self._counts = counts
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of the columns; the last one names the days."""
        height, wide = self.size.height - 1, self._wide
        if y >= height:
            return self.whole([Segment(self._days(wide), self.part("label"))])
        most = max(self._counts, default=0)
        if not most:
            text = say(self._empty) if y == height // 2 else ""
            return self.whole([Segment(" " * _MARGIN + text, self.part("label"))])
        scale = str(most) if y == 0 else ""
        segments = [Segment(scale.rjust(_MARGIN - 1) + " ", self.part("label"))]
        for i, count in enumerate(self._counts):
            eighths = _eighths(count, most, height) - (height - 1 - y) * 8
            glyph = _EIGHTHS[max(0, min(8, eighths))]
            bar = glyph * max(1, wide - 1) + " " * min(1, wide - 1)
            today = i == (len(self._counts) - 1 if self._past else 0)
            segments.append(Segment(bar, self.part("first" if today else "bar")))
        return self.whole(segments)

    @property
    def _wide(self) -> int:
        return max(1, min(4, (self.size.width - _MARGIN) // max(1, len(self._counts))))

    def _days(self, wide: int) -> str:
        if self._past:
            return _weeks_back(len(self._counts) - 1, 7, wide)
        line = " " * _MARGIN + say("today")
        for day in range(7, len(self._counts), 7):
            at = _MARGIN + day * wide
            line = fit(line, at) + f"+{day}"
        return line


def _weeks_back(last: int, every: int, wide: int) -> str:
    """Labels under columns that end today: ``-21 -14 -7 today``, counted in columns."""
    line = " " * _MARGIN
    for back in range(last - last % every, 0, -every):
        at = _MARGIN + (last - back) * wide
        if cell_len(line.rstrip()) < at or not line.strip():
            line = fit(line, at) + f"-{back}"
    at = _MARGIN + last * wide - cell_len(say("today")) + wide
    return fit(line, max(at, cell_len(line) + 1)) + say("today")


class GrowthChart(_Chart):
    """Known words as columns, those being learned on top of them, a week apart."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chart--label", "chart--full", "chart--half"}
    DEFAULT_CSS = """
    GrowthChart {
        height: 8; color: $foreground;
        & .chart--label { color: $quiet; }
        & .chart--full { color: $success; }
        & .chart--half { color: $warning; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._weeks: Sequence[tuple[int, int]] = ()

    def show(self, weeks: Sequence[tuple[int, int]]) -> None:
        """Shows words known and being learned, oldest week first."""
        self._weeks = weeks
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of the columns; the last one tells the weeks."""
        height = self.size.height - 1
        wide = max(1, min(3, (self.size.width - _MARGIN - 1) // max(1, len(self._weeks))))
        if y >= height:
            return self.whole([Segment(_weeks_back(len(self._weeks) - 1, 4, wide), self.part("label"))])
        most = max((known + learning for known, learning in self._weeks), default=0)
        if not most:
            text = say("No word is known or being learned yet.") if y == height // 2 else ""
            return self.whole([Segment(" " * _MARGIN + text, self.part("label"))])
        segments = [
            Segment(_short(most).rjust(_MARGIN - 1) + " " if y == 0 else " " * _MARGIN, self.part("label"))
        ]
        row = height - 1 - y
        for known, learning in self._weeks:
            full = _eighths(known, most, height) - row * 8
            both = _eighths(known + learning, most, height) - row * 8
            glyph, part = _EIGHTHS[max(0, min(8, full))], "full"
            if full <= 0 < both:
                glyph, part = "▒", "half"
            segments.append(Segment(glyph * max(1, wide - 1) + " " * min(1, wide - 1), self.part(part)))
        return self.whole(segments)


def _eighths(count: int, most: int, height: int) -> int:
    """Eighths of a line that a count is high; something is never nothing."""
    return -(-count * height * 8 // most)


def _short(number: int) -> str:
    """A number in at most four cells: ``950``, ``1.2k``, ``12k``."""
    if number < 1000:
        return str(number)
    return f"{number / 1000:.1f}k" if number < 10_000 else f"{number // 1000}k"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of stacked bars.

    Attributes:
        name: On the left.
        full: The dark part.
        half: The lighter part behind it.
        of: What the whole width stands for; 0 when that is not known: figures only.
        gained: How much more is full than a while ago.
    """

    name: str
    full: int
    half: int
    of: int = 0
    gained: int = 0


class StackedBars(_Chart):
    """Rows of bars: how much of a whole is done, and how much is on its way."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chart--label", "chart--full", "chart--half", "chart--rest"}
    DEFAULT_CSS = """
    StackedBars {
        height: auto; color: $foreground;
        & .chart--label { color: $quiet; }
        & .chart--full { color: $success; }
        & .chart--half { color: $warning; }
        & .chart--rest { color: $panel; }
    }
    """
    _NAME = 10
    _FIGURES = 20

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()

    def show(self, bars: Sequence[Bar]) -> None:
        """Shows rows."""
        self._bars = bars
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each row."""
        del container, viewport, width
        return len(self._bars)

    def render_line(self, y: int) -> Strip:
        """One row."""
        if y >= len(self._bars):
            return Strip.blank(self.size.width, self.rich_style)
        bar, label = self._bars[y], self.part("label")
        room = max(4, self.size.width - self._NAME - self._FIGURES)
        full = _cells(bar.full, bar.of, room)
        half = min(_cells(bar.half, bar.of, room), room - full)
        figures = f"{bar.full}" + (f" +{bar.half}" if bar.half else "") + (f" / {bar.of}" if bar.of else "")
        figures += f"  ↑{bar.gained}" if bar.gained > 0 else ""
        return self.whole(
            [
                Segment(fit(bar.name, self._NAME), label),
                Segment("█" * full, self.part("full")),
                Segment("▒" * half, self.part("half")),
                Segment(("·" if bar.of else " ") * (room - full - half), self.part("rest")),
                Segment(f" {figures}", label),
            ]
        )


def _cells(count: int, whole: int, room: int) -> int:
    """Cells of a part; something is never nothing."""
    return max(1, min(room, round(count / whole * room))) if count and whole else 0


class Gauge(_Chart):
    """A share on a line with a mark where it should be."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chart--label", "chart--done", "chart--left", "chart--aim"}
    DEFAULT_CSS = """
    Gauge {
        height: 2; color: $foreground;
        & .chart--label { color: $quiet; }
        & .chart--done { color: $success; }
        & .chart--left { color: $panel; }
        & .chart--aim { color: $accent; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._share: float | None = None
        self._aim = 0.9

    def show(self, share: float | None, aim: float) -> None:
        """Shows a share (0–1; None for unknown) and what is aimed at (0–1)."""
        self._share, self._aim = share, aim
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, and under it the aim."""
        width = max(10, self.size.width - 2)
        mark = min(width - 1, round(self._aim * width))
        if y:
            text = say("aim {share} %", share=round(self._aim * 100))
            return self.whole([Segment(" " * max(0, mark - cell_len(text) // 2) + text, self.part("label"))])
        done = round((self._share or 0.0) * width)
        segments = []
        for at in range(width):
            name = "aim" if at == mark else "done" if at < done else "left"
            segments.append(Segment({"aim": "┃", "done": "━", "left": "─"}[name], self.part(name)))
        return self.whole(segments)
