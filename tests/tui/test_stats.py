"""The statistics screen: every picture says its figures in glyphs, at any size, with nothing and with much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.geometry import Offset

from learnfeed.bootstrap import Services
from learnfeed.core.errors import LibraryError
from learnfeed.core.review import Rating
from learnfeed.core.word import WordStatus
from learnfeed.services.statistics import StatisticsService
from learnfeed.tui.screens.stats import StatsScreen
from learnfeed.tui.widgets.bars import TitleBar
from learnfeed.tui.widgets.charts import Bar, Columns, Gauge, GrowthChart, Heatmap, StackedBars
from tests.study_samples import Clock, add_words, winter_services
from tests.tui.study_app import StudyApp

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.widget import Widget

TODAY = date(2026, 1, 16)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    made = winter_services(tmp_path, clock)
    yield made
    made.close()


def lines(widget: Widget) -> list[str]:
    return [widget.render_line(y).text for y in range(widget.size.height)]


def shown(app: App[None]) -> str:
    return "\n".join(str(widget.render()) for widget in app.screen.query("Static"))


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_figures_of_a_learner(services: Services, clock: Clock) -> None:
    snow, outside = add_words(services, "雪", "窗外")
    services.reading.mark({"朋友": WordStatus.KNOWN})
    for card in (snow, outside):
        services.reviewing.answer(card, Rating.EASY, 30_000)
    clock.forward(days=30)
    services.reviewing.answer(snow, Rating.AGAIN, 30_000)
    app = StudyApp(services, StatsScreen())
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        text = shown(app)
        assert "1 answer today" in text
        assert "1 word known" in text
        assert "3 in all" in text
        assert "Remembered 0 % of 1 review in 30 days" in text
        assert "雪  snow  forgotten 1 time" in text
        assert "1 day in a row, at most 1" in app.screen.query_one(TitleBar).render_line(0).text
        assert "aim 90 %" in lines(app.screen.query_one(Gauge))[1]
        assert "words known" in text
        assert "0 / 2  you can read now" in text
        assert "▒" in "".join(lines(app.screen.query_one(GrowthChart)))
        assert "HSK 1" in lines(app.screen.query_one(StackedBars))[0]
        assert "/ 300" in lines(app.screen.query_one(StackedBars))[0]
        services.reviewing.answer(outside, Rating.GOOD, 30_000)
        await pilot.press("r")
        await settled(pilot)
        assert "2 answers today" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12), (200, 50)])
async def test_an_empty_library_at_any_size(services: Services, size: tuple[int, int]) -> None:
    app = StudyApp(services, StatsScreen())
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert "no word was ever forgotten" in shown(app)
        assert "no reviews in 30 days yet" in shown(app)
        page = app.screen.query_one("#page")
        await pilot.press("j", "j", "k", "space")
        if size == (80, 24):
            assert page.scroll_offset.y > 1
        for chart in app.screen.query("Heatmap, Columns, Gauge, StackedBars, GrowthChart"):
            assert all(len(line) >= 1 for line in lines(chart))


async def test_a_library_that_fails_is_told(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: StatisticsService) -> None:
        raise LibraryError("the disk is gone")

    monkeypatch.setattr(StatisticsService, "all", fail)
    app = StudyApp(services, StatsScreen())
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.told == ["the disk is gone"]


class ChartApp(App[None]):
    """Shows one chart."""

    def __init__(self, chart: Widget) -> None:
        super().__init__()
        self.chart = chart

    def compose(self) -> ComposeResult:
        yield self.chart

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"quiet": "#888888", "faint": "#666666"}


async def test_heatmap_says_how_much_by_its_glyphs() -> None:
    chart = Heatmap()
    async with ChartApp(chart).run_test(size=(80, 24)) as pilot:
        counts = {TODAY - timedelta(days=i): i * 5 for i in range(10)}
        chart.show(counts, TODAY)
        rows = lines(chart)
        assert rows[0].strip().endswith("Jan")
        assert rows[5].rstrip().endswith("· ".strip())
        assert "██" in "".join(rows[1:8])
        assert "░░" in "".join(rows[1:8])
        assert "less" in rows[8]
        assert "❄" not in "".join(rows)
        chart.show(counts, TODAY, {TODAY - timedelta(days=20), TODAY - timedelta(days=1)})
        assert "".join(lines(chart)[1:8]).count("❄") == 1  # a day with answers needs no freeze
        assert "frozen" in lines(chart)[8]
        friday = (80 - 5) // 2 - 1
        await pilot.hover(Heatmap, offset=Offset(5 + 2 * friday, 5))
        assert chart.tooltip == "2026-01-16: 0 answers"
        await pilot.hover(Heatmap, offset=Offset(5 + 2 * friday, 4))
        assert chart.tooltip == "2026-01-15: 5 answers"
        await pilot.hover(Heatmap, offset=Offset(0, 0))
        assert chart.tooltip is None


@given(st.dictionaries(st.integers(0, 370), st.integers(0, 2000), max_size=40), st.integers(0, 3000))
def test_more_is_never_lighter(counts: dict[int, int], count: int) -> None:
    chart = Heatmap()
    chart.show({TODAY - timedelta(days=i): n for i, n in counts.items()}, TODAY)
    assert 0 <= chart.heat(count) <= chart.heat(count + 1) <= 4
    assert (chart.heat(count) == 0) == (count == 0)


async def test_columns_are_as_high_as_their_counts() -> None:
    chart = Columns()
    async with ChartApp(chart).run_test(size=(80, 24)):
        chart.show([16, 8, 0, 1, *[0] * 26])
        rows = lines(chart)
        assert rows[0].startswith("  16 █")
        column = ["".join(row[5 + 2 * day] for row in rows[:-1]) for day in range(4)]
        assert [text.count("█") for text in column] == [7, 3, 0, 0]
        assert column[3].strip()
        assert not column[2].strip()
        assert rows[-1].strip().startswith("today")
        assert "+28" in rows[-1]


async def test_days_that_are_past_end_today() -> None:
    chart = Columns(past=True, empty="Nothing.")
    async with ChartApp(chart).run_test(size=(80, 24)):
        chart.show([*[0] * 28, 4, 8])
        rows = lines(chart)
        assert rows[0][5 + 2 * 29] == "█"
        assert rows[0][5 + 2 * 28] == " "
        assert rows[-1].rstrip().endswith("today")
        assert "-7" in rows[-1]
        assert "-28" in rows[-1]


async def test_growth_stands_known_below_learning() -> None:
    chart = GrowthChart()
    async with ChartApp(chart).run_test(size=(80, 24)) as pilot:
        chart.show([(0, 0), (70, 0), (1400, 1400)])
        await pilot.pause()
        rows = lines(chart)
        assert rows[0].startswith("2.8k ")
        first, second, third = ("".join(row[5 + 3 * week] for row in rows[:-1]) for week in range(3))
        assert first.strip() == ""
        assert second.strip() == "▂"
        assert third == "▒▒▒▄███"
        chart.show([(0, 0)])
        assert "No word" in "".join(lines(chart))


async def test_columns_without_anything_say_so() -> None:
    chart = Columns()
    async with ChartApp(chart).run_test(size=(60, 24)):
        chart.show([0] * 30)
        assert "Nothing is due" in "".join(lines(chart))


async def test_stacked_bars_tell_known_from_learning() -> None:
    chart = StackedBars()
    async with ChartApp(chart).run_test(size=(77, 24)) as pilot:
        chart.show([Bar("HSK 1", 150, 75, 300), Bar("other", 1, 0, 0), Bar("none", 0, 0, 10)])
        await pilot.pause()
        first, second, third = lines(chart)
        assert (first.count("█"), first.count("▒"), first.count("·")) == (24, 12, 11)
        assert first.rstrip().endswith("150 +75 / 300")
        assert second.split() == ["other", "1"]
        assert third.count("█") == 0
        assert chart.render_line(7).text.strip() == ""


@pytest.mark.parametrize(("share", "done"), [(None, 0), (0.5, 39), (1.0, 77)])
async def test_gauge_marks_the_aim(share: float | None, done: int) -> None:
    chart = Gauge()
    async with ChartApp(chart).run_test(size=(80, 24)):
        chart.show(share, 0.9)
        line, label = lines(chart)
        assert line.count("━") == done
        assert line.index("┃") == 70
        assert "aim 90 %" in label
