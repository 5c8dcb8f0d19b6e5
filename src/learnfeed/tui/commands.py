"""The command palette: everything the app can do, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from learnfeed.core.feed import FeedQuery, Sort
from learnfeed.tui.messages import say
from learnfeed.tui.refreshing import stop_refresh

if TYPE_CHECKING:
    from learnfeed.tui.app import LearnfeedApp

Command = tuple[str, str, Callable[[], object]]


class LearnfeedCommands(Provider):
    """Commands that work on every screen."""

    def _all(self) -> tuple[Command, ...]:
        app = cast("LearnfeedApp", self.app)

        def ready() -> None:
            app.open_feed(FeedQuery(readable=True, unread=True))

        def newest() -> None:
            app.open_feed(FeedQuery(sort=Sort.NEW))

        def stop() -> None:
            stop_refresh(app)

        return (
            (say("Today"), say("What is due and what fits now"), app.go_home),
            (say("Feed"), say("All saved posts"), lambda: app.open_page("feed")),
            (say("Posts you can read now"), say("At least 95 % of the words are known"), ready),
            (say("Newest posts"), say("In the order they came in"), newest),
            (say("Review"), say("Go through the cards that are due"), lambda: app.open_page("review")),
            (say("Quiz"), say("Ten questions about your posts"), lambda: app.open_page("quiz")),
            (say("Statistics"), say("Streak, retention, words by level"), lambda: app.open_page("stats")),
            (say("Placement test"), say("How many words you know, with its error"), app.action_placement),
            (say("Import posts"), say("Files, folders and archives you saved"), app.action_import),
            (say("Export a deck"), say("An .apkg for Anki, or CSV, TSV, Markdown, Pleco"), app.action_export),
            (say("Settings"), say("Everything that can be set, with what it does"), app.action_settings),
            (say("Stop annotating"), say("Posts that are annotated again wait until the next start"), stop),
            (say("Dark or light"), say("Change the colours"), app.action_toggle_theme),
            (say("Keys"), say("All keys of this screen"), app.action_help),
            (say("Quit"), say("Leave learnfeed; everything is saved"), app.exit),
        )

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for name, about, run in self._all():
            yield DiscoveryHit(name, run, help=about)

    async def search(self, query: str) -> Hits:
        """Commands whose name or description matches."""
        matcher = self.matcher(query)
        for name, about, run in self._all():
            score = max(matcher.match(name), matcher.match(about) * 0.6)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, help=about)
