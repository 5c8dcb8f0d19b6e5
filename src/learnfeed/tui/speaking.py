"""Reading aloud beside the app: one voice at a time, and no key waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.text import Language
from learnfeed.tui.keys import bind
from learnfeed.tui.messages import say
from learnfeed.tui.screens.base import PageScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType

    from learnfeed.core.note import RubyToken


class SpeakingScreen(PageScreen):
    """A screen with something to hear; a key says it, and leaving the screen breaks it off."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("v", "hear", "hear", "Hear the word or the sentence that stands here", show=False)
    ]

    def spoken(self) -> tuple[RubyToken, ...]:
        """What can be heard now; empty for nothing."""
        return ()

    @property
    def spoken_language(self) -> Language:
        """The language of what can be heard: that which is learned."""
        return Language.EN if self.services.settings.direction == "english" else Language.ZH

    def action_hear(self) -> None:
        """Says what stands here."""
        if tokens := self.spoken():
            read_aloud(self, tokens, self.spoken_language)

    def on_unmount(self) -> None:
        """Breaks off what is being said."""
        if "speaking" in self.services.__dict__:
            self.services.speaking.stop()


def read_aloud(screen: PageScreen, tokens: Iterable[RubyToken], language: Language = Language.ZH) -> None:
    """Says something; what was being said is broken off. Without a voice it is told how to get one."""
    speaking = screen.services.speaking
    if problem := speaking.missing(language):
        screen.learnfeed.tell(say(problem, folder=speaking.voices_folder), severity="warning", timeout=8)
        return
    said = tuple(tokens)

    def work() -> None:
        try:
            speaking.say(said, language)
        except LearnfeedError as error:
            screen.app.call_from_thread(screen.learnfeed.tell_error, error)

    screen.run_worker(work, group="speech", thread=True, exclusive=True, exit_on_error=False)
