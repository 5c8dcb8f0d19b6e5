"""The app: its screens, its themes, its long work. What a screen does is the screen's."""

from __future__ import annotations

import gc
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.events import Event, Key
from textual.screen import ModalScreen
from textual.signal import Signal

from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say, use_language
from learnfeed.tui.notation import use_notation
from learnfeed.tui.outgoing import NoCodes
from learnfeed.tui.theme import DARK, LIGHT, fallback_variables, theme_name, themes, tone_variables
from learnfeed.tui.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType
    from textual.command import Provider
    from textual.filter import LineFilter
    from textual.notifications import SeverityLevel
    from textual.screen import Screen
    from textual.widget import Widget

    from learnfeed.bootstrap import Services
    from learnfeed.core.errors import LearnfeedError
    from learnfeed.core.feed import FeedQuery
    from learnfeed.settings import Settings
    from learnfeed.tui.jobs import Job


_HERE = Path(__file__).parent
_NO_CODES = NoCodes()
BACKUP_AFTER = 4.0
"""Seconds from the start to the day's backup: not while the learner waits for the first screen."""
REFRESH_AFTER = 8.0
"""Seconds from the start until posts of an older annotator are annotated again."""


def _commands() -> type[Provider]:
    from learnfeed.tui.commands import LearnfeedCommands

    return LearnfeedCommands


class LearnfeedApp(App[None]):
    """Reading, reviews, quizzes and decks in a terminal."""

    TITLE = "learnfeed"
    CSS_PATH: ClassVar[list[str | PurePath]] = [_HERE / "app.tcss", _HERE / "screens" / "today.tcss"]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("question_mark,f1", "help", "help", "Show all keys of this screen"),
        bind("ctrl+q", "quit", "quit", "Leave learnfeed", show=False),
        bind("comma", "settings", "settings", "Settings, each with what it does", show=False, display=","),
        bind("ctrl+t", "toggle_theme", "theme", "Change between dark and light", show=False),
    ]

    def __init__(self, services: Services, *, start: str = "today") -> None:
        """Makes the app.

        Args:
            services: What it works with.
            start: The first screen: ``today``, ``feed``, ``review``, ``quiz`` or ``stats``.
        """
        self.services = services
        self.start = start
        self.jobs: dict[str, Job] = {}
        self.refresh_wanted = False
        self.writer = Writer(self)
        super().__init__()
        self.job_changed: Signal[Job] = Signal(self, "job_changed")
        self.library_changed: Signal[None] = Signal(self, "library_changed")
        self.signals: tuple[Signal[Job] | Signal[None], ...] = (self.job_changed, self.library_changed)
        for theme in themes(colours=not self.no_color):
            self.register_theme(theme)
        self._begin_with(theme_name(services.settings.theme))
        use_notation(services.settings, lambda: self.services.lexicon)
        if services.settings.keys:
            self.set_keymap(dict(services.settings.keys))

    # -- looks -------------------------------------------------------------------------------------

    def _begin_with(self, theme: str) -> None:
        # As setting the attribute would do, but without reading every stylesheet a second time.
        self.set_reactive(App.theme, theme if theme in self.available_themes else DARK)
        dark = self.current_theme.dark
        self.set_class(dark, "-dark-mode")
        self.set_class(not dark, "-light-mode")
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own style variables, for whatever theme is chosen."""
        dark = self.current_theme.dark
        # Without colours a tone has its mark alone: its shade of grey would say nothing.
        tones = "none" if self.no_color else self.services.settings.tone_colours
        return fallback_variables(dark=dark) | tone_variables(tones, dark=dark)

    def use_settings(self, settings: Settings) -> None:
        """Takes settings into use at once, on all screens."""
        before = self.services.settings
        self.services.use(settings)
        if settings.theme != before.theme:
            theme = theme_name(settings.theme)
            self.theme = theme if theme in self.available_themes else DARK
        elif settings.tone_colours != before.tone_colours:
            self.refresh_css(animate=False)
        use_notation(settings, lambda: self.services.lexicon)
        if settings.keys != before.keys:
            self.set_keymap(dict(settings.keys))
        if settings.language != before.language:
            self._speak(settings.language)
        self.library_changed.publish(None)

    def _speak(self, language: str) -> None:
        use_language("" if language == "auto" else language)
        from learnfeed.tui.screens.settings import SettingsScreen

        for screen in self.screen_stack:
            # The others say it from their next opening on.
            if isinstance(screen, SettingsScreen) or screen is self.screen_stack[0]:
                screen.refresh(recompose=True)

    def action_toggle_theme(self) -> None:
        """Changes between our dark and our light theme."""
        self.theme = LIGHT if self.current_theme.dark else DARK

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters and ours, which no line passes with a code in it."""
        return [*super().get_line_filters(), _NO_CODES]

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The screen as SVG, hanzi in their right width."""
        from learnfeed.tui.screenshot import widen

        return widen(super().export_screenshot(title=title, simplify=simplify))

    # -- screens -----------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        """Today is under everything."""
        from learnfeed.tui.screens.today import TodayScreen

        return TodayScreen()

    def on_mount(self) -> None:
        """Opens the first screen."""
        if self.start != "today":
            self.open_page(self.start)
        self.call_after_refresh(self._settle)

    async def on_event(self, event: Event) -> None:
        """Hands a letter on to the input that took the focus while the letter was on its way.

        Keys of one burst are sent to whatever has the focus when the burst arrives. In ``/xue`` the first moves
        the focus; the others would come back here and act as keys of the screen.
        """
        if isinstance(event, Key) and event.is_forwarded and event.is_printable and self._typing_into:
            self._typing_into.post_message(event)
        else:
            await super().on_event(event)

    @property
    def _typing_into(self) -> Widget | None:
        from textual.widgets import Input

        return self.focused if isinstance(self.focused, Input) else None

    def on_unmount(self) -> None:
        """Writes what is still waiting before the app ends."""
        self.writer.close()

    def _settle(self) -> None:
        # Collections walk all of Textual's objects and make a key wait for 20 ms: leave them out.
        gc.collect()
        gc.freeze()
        for message in self.services.messages:
            self.tell(message, severity="warning", timeout=10)
        if theme_name(self.services.settings.theme) not in self.available_themes:
            unknown = say("There is no theme {name}; dark is used.", name=repr(self.services.settings.theme))
            self.tell(unknown, severity="warning", timeout=10)
        if self.services.settings.keys:
            self.run_worker(self._check_keys, thread=True, exit_on_error=False)
        self.set_timer(BACKUP_AFTER, self._back_up)
        self.set_timer(REFRESH_AFTER, self.refresh_posts)

    @work(thread=True, exclusive=True, group="backup", exit_on_error=False)
    def _back_up(self) -> None:
        from learnfeed.core.errors import LearnfeedError

        try:
            self.services.backups.daily()
        except LearnfeedError as error:
            self.call_from_thread(self.tell_error, error)

    def _check_keys(self) -> None:
        from learnfeed.tui.keymap import problems

        for problem in problems(dict(self.services.settings.keys)):
            self.call_from_thread(self.tell, problem, severity="warning", timeout=10)

    def open_page(self, name: str) -> None:
        """Opens a screen by name; back from anywhere leads to Today.

        Args:
            name: ``feed``, ``review``, ``quiz`` or ``stats``.
        """
        makers: dict[str, Callable[[], Screen[None]]] = {
            "feed": _feed, "review": _review, "quiz": _quiz, "stats": _stats
        }  # fmt: skip
        self.push_screen(makers[name]())

    def open_feed(self, query: FeedQuery | None = None, *, search: bool = False) -> None:
        """Opens the feed with a query, or ready to type one."""
        from learnfeed.tui.screens.feed import FeedScreen

        self.push_screen(FeedScreen(query, search=search))

    def open_post(self, post_id: int) -> None:
        """Opens a post; in place of the one that is open."""
        from learnfeed.tui.screens.reader import ReaderScreen

        if isinstance(self.screen, ReaderScreen):
            self.screen.load(post_id)
        else:
            self.push_screen(ReaderScreen(post_id))

    def go_home(self) -> None:
        """Back to Today."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def go_back(self) -> None:
        """One screen back; on the first nothing happens."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def action_help(self) -> None:
        """Shows the keys of the current screen."""
        from learnfeed.tui.screens.base import PageScreen
        from learnfeed.tui.screens.help import HelpDialog, keys_of

        if not isinstance(self.screen, HelpDialog):
            about = self.screen.HELP if isinstance(self.screen, PageScreen) else ""
            self.push_screen(HelpDialog(keys_of(self.screen), say(about)))

    def action_import(self) -> None:
        """Opens the import dialog."""
        from learnfeed.tui.screens.import_dialog import ImportDialog

        self.push_screen(ImportDialog())

    def action_settings(self) -> None:
        """Opens the settings."""
        from learnfeed.tui.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen | ModalScreen):
            self.push_screen(SettingsScreen())

    def action_placement(self) -> None:
        """Opens the placement test."""
        from learnfeed.tui.screens.placement import PlacementScreen

        self.push_screen(PlacementScreen())

    def action_export(self) -> None:
        """Opens the export dialog."""
        from learnfeed.tui.screens.export_dialog import ExportDialog

        self.push_screen(ExportDialog())

    def action_page(self, name: str) -> None:
        """Opens a screen by name."""
        self.open_page(name)

    # -- telling -----------------------------------------------------------------------------------

    def tell(self, text: str, *, severity: SeverityLevel = "information", timeout: float = 4) -> None:
        """Shows a short message; its text is never markup."""
        self.notify(text, severity=severity, timeout=timeout, markup=False)

    def tell_error(self, error: LearnfeedError) -> None:
        """Shows what went wrong and what to do next."""
        self.tell(f"{error}\n{error.hint}".strip(), severity="error", timeout=10)

    def refresh_posts(self) -> None:
        """Annotates outdated posts again, beside everything else."""
        from learnfeed.tui.refreshing import refresh_posts

        refresh_posts(self)

    def job_ended(self, job: Job) -> None:
        """Long work is done: screens show the new library, and a closed dialog is made up for."""
        from learnfeed.tui.refreshing import KIND, refresh_ended

        self.job_changed.publish(job)
        if job.kind == KIND:
            refresh_ended(self, job)
            return
        self.library_changed.publish(None)
        from learnfeed.tui.screens.job_dialog import JobDialog, summary_of

        if not isinstance(self.screen, JobDialog):
            self.tell(summary_of(job), severity="error" if job.error else "information")


def _feed() -> Screen[None]:
    from learnfeed.tui.screens.feed import FeedScreen

    return FeedScreen()


def _review() -> Screen[None]:
    from learnfeed.tui.screens.review import ReviewScreen

    return ReviewScreen()


def _quiz() -> Screen[None]:
    from learnfeed.tui.screens.quiz import QuizScreen

    return QuizScreen()


def _stats() -> Screen[None]:
    from learnfeed.tui.screens.stats import StatsScreen

    return StatsScreen()


def run(services: Services, *, start: str = "today") -> None:
    """Runs the app until it is left.

    Raises:
        LearnfeedError: The library can't be opened.
    """
    language = services.settings.language
    use_language("" if language == "auto" else language)
    services.reading.cards(())  # a library that can't be opened says so before the screen changes
    if services.settings.pictures == "on":
        from learnfeed.tui.pictures import prepare

        prepare(services.settings)
    LearnfeedApp(services, start=start).run()
