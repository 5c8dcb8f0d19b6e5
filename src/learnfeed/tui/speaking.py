"""Reading aloud beside the app: one voice at a time, and no key waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnfeed.core.errors import LearnfeedError
from learnfeed.core.text import Language
from learnfeed.tui.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from learnfeed.core.note import RubyToken
    from learnfeed.tui.screens.base import PageScreen


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
