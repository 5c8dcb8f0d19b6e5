"""Settings: a list to walk through, what each does beside it, changed with one key and at work at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from learnfeed.core.errors import LearnfeedError
from learnfeed.settings import SETTINGS, Setting
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import PageScreen
from learnfeed.tui.screens.settings_face import FIT, about, described, fit_said, row
from learnfeed.tui.theme import DARK, LIGHT
from learnfeed.tui.widgets.input import CjkInput

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from learnfeed.settings import Settings
    from learnfeed.study.fitting import Fit

Value = str | int | float | bool


class SettingsScreen(PageScreen):
    """All settings in groups."""

    NAME = "Settings"
    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "#list"
    HELP = (
        "Everything here is also in settings.toml, where your own comments stay. learnfeed settings does the "
        "same without the app; learnfeed settings keys lists the names for keys of your own."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("right,l,space,enter", "change(1)", "change", "Take the next value, or type one", display="⏎"),
        bind("left,h", "change(-1)", "previous", "Take the value before", display="←"),
        bind("t", "type", "type", "Type a value"),
        bind("r,delete", "reset", "default", "Give this setting its default again"),
        bind("y", "use_fit", "use it", "Take the fitted parameters into use"),
        bind("j", "cursor(1)", "down", "Go to the setting below", show=False),
        bind("k", "cursor(-1)", "up", "Go to the setting above", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._fit: Fit | None = None
        self._fitting = False

    def body(self) -> ComposeResult:
        """The list, what the chosen setting does, a line to type into."""
        yield OptionList(*self._options(), id="list")
        with Vertical(id="told"):
            yield Static(id="about")
            yield CjkInput(id="value")

    def _options(self) -> list[Option]:
        settings, options, group = self.services.settings, [], None
        for item in SETTINGS:
            if item.group is not group:
                group = item.group
                options.append(Option(Content.styled(say(group.value), "$quiet bold"), disabled=True))
            options.append(Option(row(item, settings), id=item.name))
        options.append(Option(Content.styled(say("Memory"), "$quiet bold"), disabled=True))
        options.append(Option(Content(f"  {say('Fit the schedule to my memory')}"), id=FIT))
        return options

    def on_mount(self) -> None:
        """Begins with the first setting; says what is wrong in the file."""
        self.query_one(OptionList).highlighted = 1
        self._tell_changed()

    def _tell_changed(self) -> None:
        changed = sum(getattr(self.services.settings, item.name) != item.default for item in SETTINGS)
        self.title_bar.tell(right=say("{n} changed", n=changed) if changed else str(self._file()))

    def _file(self) -> str:
        return self.services.places.settings.name

    # -- the chosen setting ------------------------------------------------------------------------

    @property
    def _item(self) -> Setting | None:
        options = self.query_one(OptionList)
        chosen = None if options.highlighted is None else options.get_option_at_index(options.highlighted).id
        return next((item for item in SETTINGS if item.name == chosen), None)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._close_input()
        self._describe()
        self.refresh_bindings()

    def _describe(self, problem: str = "") -> None:
        item = self._item
        told = self._fit_told() if item is None else described(item, self.services.settings, problem)
        self.query_one("#about", Static).update(told)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_change(1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done with the chosen line."""
        del parameters
        if action == "use_fit":
            return bool(self._fit and self._fit.better and self._item is None)
        if action == "type":
            return self._item is not None and not self._stepped(self._item)
        return True

    def _stepped(self, item: Setting) -> bool:
        return bool(self._choices(item)) or isinstance(item.default, bool)

    def _choices(self, item: Setting) -> tuple[str, ...]:
        if item.name != "theme":
            return item.choices
        return (
            "dark",
            "light",
            *(name for name in sorted(self.app.available_themes) if name not in (DARK, LIGHT)),
        )

    # -- changing ----------------------------------------------------------------------------------

    def action_change(self, step: int) -> None:
        """The next value; a number or a text is typed."""
        item = self._item
        if item is None:
            self._find_fit()
            return
        now = getattr(self.services.settings, item.name)
        if isinstance(item.default, bool):
            self._set(item, not now)
        elif choices := self._choices(item):
            at = choices.index(now) if now in choices else -step
            self._set(item, choices[(at + step) % len(choices)])
        else:
            self.action_type()

    def action_type(self) -> None:
        """Opens the line to type into."""
        item = self._item
        if item is not None:
            line = self.query_one("#value", CjkInput)
            line.value = str(getattr(self.services.settings, item.name))
            line.add_class("-on")
            line.focus()

    @on(Input.Submitted, "#value")
    def _typed(self, event: Input.Submitted) -> None:
        item = self._item
        if item is None:
            return
        try:
            value = item.read(event.value)
        except ValueError as error:
            self._describe(str(error))
            return
        self._close_input()
        self._set(item, value)

    def _close_input(self) -> None:
        line = self.query_one("#value", CjkInput)
        if line.has_class("-on"):
            line.remove_class("-on")
            self.query_one(OptionList).focus()

    def action_leave(self) -> None:
        """Closes the line that is typed into; else goes back."""
        if self.query_one("#value", CjkInput).has_class("-on"):
            self._close_input()
            self._describe()
        else:
            super().action_leave()

    def action_reset(self) -> None:
        """Gives the setting its default again."""
        if self._item is not None:
            self._set(self._item, None)

    def _set(self, item: Setting, value: Value | None) -> None:
        from learnfeed.settings_file import change

        try:
            change(self.services.places.settings, item, value)
        except LearnfeedError as error:
            self.learnfeed.tell_error(error)
            return
        wanted = item.default if value is None else value
        changed: Settings = replace(self.services.settings, **{item.name: wanted})  # type: ignore[arg-type]
        self.learnfeed.use_settings(changed)
        self._show_again()

    def _show_again(self) -> None:
        options = self.query_one(OptionList)
        for item in SETTINGS:
            options.replace_option_prompt(item.name, row(item, self.services.settings))
        self._describe()
        self._tell_changed()

    def action_cursor(self, step: int) -> None:
        """Goes up or down."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    # -- fitting the schedule ----------------------------------------------------------------------

    def _fit_told(self) -> Content:
        text = say("Working it out …") if self._fitting else fit_said(self._fit) if self._fit else about(FIT)
        return Content(text)

    def _find_fit(self) -> None:
        if not self._fitting:
            self._fitting = True
            self._describe()
            self.learnfeed.writer.do(
                lambda services: services.fitting.attempt(), self._found, self._fit_ended
            )

    def _found(self, found: Fit) -> None:
        self._fit = found

    def _fit_ended(self) -> None:
        self._fitting = False
        if self.is_attached:
            self._describe()
            self.refresh_bindings()

    def action_use_fit(self) -> None:
        """Takes the fitted parameters into use."""
        found = self._fit
        if found is not None and found.better:
            self._fit = None
            self.learnfeed.writer.do(lambda services: services.fitting.apply(found), self._fit_used)

    def _fit_used(self, cards: int) -> None:
        self.learnfeed.tell(say("In use for {n} cards; u takes it back.", n=cards))
        if self.is_attached:
            self._describe()
            self.refresh_bindings()
