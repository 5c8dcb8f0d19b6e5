"""Annotating again: posts of an older annotator or dictionary, and those that a correction concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from learnfeed.services.annotating import CHUNK, AnnotationPool, annotate_post
from learnfeed.services.views import Progress
from learnfeed.store.corrections import CorrectionStore
from learnfeed.store.database import Database
from learnfeed.store.posts import PostStore

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon
    from learnfeed.annotate.pipeline import Annotator
    from learnfeed.config import Places
    from learnfeed.core.post import Post


class RefreshService:
    """Brings annotations up to date. What the learner did stays; an import beside it loses nothing."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        places: Places,
        standard: str,
        clock: Callable[[], int],
    ) -> None:
        """Takes what annotating needs.

        Args:
            database: The library.
            lexicon: Opens the dictionary.
            places: Where the learner's own dictionary lies.
            standard: HSK standard for levels.
            clock: Unix milliseconds now.
        """
        self._db = database
        self._posts = PostStore(database)
        self._corrections = CorrectionStore(database)
        self._lexicon = lexicon
        self._places = places
        self._standard = standard
        self._now = clock

    def outdated(self) -> int:
        """How many posts were annotated by another annotator or dictionary, or before a correction."""
        return len(self._outdated())

    def _outdated(self) -> Sequence[int]:
        from learnfeed.annotate.version import version_of

        return self._posts.outdated(version_of(self._lexicon(), self._standard))

    def run(
        self,
        *,
        progress: Callable[[Progress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
        inline: int = 3 * CHUNK,
        quiet: bool = False,
    ) -> int:
        """Annotates outdated posts again. Blocks; can be stopped, and goes on where it was.

        Args:
            progress: Called now and then with posts annotated so far.
            stop: Asked between chunks.
            inline: Posts annotated in this process before workers are started.
            quiet: Whether it gives way to all other work on the machine.

        Returns:
            How many posts were annotated.
        """
        ids, done = self._outdated(), 0
        pool = AnnotationPool(
            self._places.own_lexicon,
            self._standard,
            inline=inline,
            corrections=self._corrections.corrections,
            quiet=quiet,
        )
        versions: dict[int, str] = {}
        with pool, self._db.hurried():
            for prepared in pool.map(self._chunks(ids, versions)):
                done += self._corrections.renew(prepared, versions, self._now())
                progress(Progress(done, len(ids), "annotating again"))
                if stop():
                    break
        return done

    def _chunks(self, ids: Sequence[int], versions: dict[int, str]) -> Iterator[list[Post]]:
        """Posts by the chunk; what their annotations are marked with is noted before they are read."""
        for at in range(0, len(ids), CHUNK):
            part = list(ids[at : at + CHUNK])
            versions |= self._corrections.versions(part)
            yield [self._posts.post(post_id) for post_id in part]

    def posts(self, ids: Iterable[int]) -> int:
        """Annotates some posts again in this thread, for someone who waits for them; gives back how many."""
        wanted = list(ids)
        versions = self._corrections.versions(wanted)
        known = self._corrections.corrections()
        prepared = [
            annotate_post(
                self._posts.post(post_id), self._annotator, self._lexicon(), self._standard, corrections=known
            )
            for post_id in wanted
        ]
        with self._db.hurried():  # what a killed process loses here, the next refresh does again
            return self._corrections.renew(prepared, versions, self._now())

    def warm_up(self, post_id: int) -> None:
        """Loads the annotator, and all it needs for a post, into this thread, so that :meth:`posts` answers at once."""
        self._annotator.annotate_post(self._posts.post(post_id))

    def cool_down(self) -> None:
        """Frees the annotator, some 30 MB; it is loaded again when it is next needed, in a third of a second."""
        self.__dict__.pop("_annotator", None)

    @cached_property
    def _annotator(self) -> Annotator:
        from learnfeed.annotate.pipeline import Annotator

        return Annotator(self._lexicon(), self._standard)
