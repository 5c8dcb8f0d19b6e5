"""Annotating posts: in this process for a few, in worker processes for many."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from learnfeed.core.correction import Correction
from learnfeed.core.post import Post
from learnfeed.store.prepare import PreparedPost, prepare

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from learnfeed.annotate.english_words import EnglishReader
    from learnfeed.annotate.lexicon import Lexicon
    from learnfeed.annotate.pipeline import Annotator

CHUNK = 32
"""Posts that travel to a worker at once: enough to make the trip cheap, few enough to stop soon."""


@lru_cache(maxsize=2)
def tools(lexicon: Path | None, standard: str) -> tuple[Annotator, Lexicon]:
    """This process's annotator and dictionary; loaded once."""
    from learnfeed.annotate.lexicon import Lexicon
    from learnfeed.annotate.pipeline import Annotator

    opened = Lexicon.open(lexicon)
    return Annotator(opened, standard), opened


def annotate_chunk(
    posts: list[Post], lexicon: Path | None, standard: str, corrections: Sequence[Correction] = ()
) -> list[PreparedPost]:
    """Annotates posts and makes them ready for the library. Runs in any process."""
    annotator, dictionary = tools(lexicon, standard)
    return [annotate_post(post, annotator, dictionary, standard, corrections=corrections) for post in posts]


def annotate_post(
    post: Post,
    annotator: Annotator,
    dictionary: Lexicon,
    standard: str,
    *,
    corrections: Sequence[Correction] = (),
) -> PreparedPost:
    """Annotates one post and makes it ready for the library."""
    annotated = annotator.annotate_post(post, corrections)
    levels = {
        token.headword: dictionary.facts(token.headword).levels.get(standard, 0)
        for text in (annotated.title, annotated.body)
        for token in text.tokens
        if token.learnable
    }
    english = list(_english(dictionary).learnable(annotated.title, annotated.body))
    return prepare(post, annotated, levels, english)


@lru_cache(maxsize=1)
def _english(dictionary: Lexicon) -> EnglishReader:
    from learnfeed.annotate.english_words import EnglishReader

    return EnglishReader(dictionary)


class AnnotationPool:
    """Annotates chunks of posts, over all cores once there are more than a few.

    A context manager; leaving it ends the workers.

    Attributes:
        inline: Posts annotated in this process before workers are started. 0 where this process must
            stay quick (the app).
        corrections: What the learner put right, asked for at each chunk.
        quiet: Whether one worker of low priority is enough, for work that no one waits for.
    """

    def __init__(
        self,
        lexicon: Path | None,
        standard: str,
        *,
        inline: int = 3 * CHUNK,
        corrections: Callable[[], Sequence[Correction]] = tuple,
        quiet: bool = False,
    ) -> None:
        self._lexicon = lexicon
        self._standard = standard
        self._left_inline = inline
        self._corrections = corrections
        self._quiet = quiet
        self._workers = 1 if quiet else os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> AnnotationPool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, chunks: Iterable[list[Post]]) -> Iterator[list[PreparedPost]]:
        """Annotated chunks, in order; a few are under way ahead of what is asked for."""
        waiting: deque[Future[list[PreparedPost]] | list[PreparedPost]] = deque()
        for chunk in chunks:
            waiting.append(self._start(chunk))
            while waiting and (isinstance(waiting[0], list) or len(waiting) > 2 * self._workers):
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())

    def _start(self, chunk: list[Post]) -> Future[list[PreparedPost]] | list[PreparedPost]:
        work = (chunk, self._lexicon, self._standard, self._holding(chunk))
        if self._left_inline > 0:
            self._left_inline -= len(chunk)
            return annotate_chunk(*work)
        if self._pool is None:
            # Only where workers are started: the app, whose reader leads here, does without them.
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor

            _start_tracker()
            # spawn: the app has threads, and a forked copy of a threaded process may hang.
            self._pool = ProcessPoolExecutor(
                self._workers,
                multiprocessing.get_context("spawn"),
                initializer=_step_back if self._quiet else None,
            )
        return self._pool.submit(annotate_chunk, *work)

    def _holding(self, posts: Sequence[Post]) -> list[Correction]:
        """The corrections that posts hold the characters of: few travel to a worker."""
        return [
            c
            for c in self._corrections()
            if any(c.surface in text for post in posts for text in _texts(post))
        ]


def _texts(post: Post) -> Iterator[str]:
    yield post.title
    yield post.body
    yield from (comment.text for comment in post.comments)


def _step_back() -> None:
    """Lets every other process of the machine go first, where the system knows how."""
    if hasattr(os, "nice"):
        os.nice(10)


def _start_tracker() -> None:
    """Starts multiprocessing's resource tracker while standard error is the real one.

    It hands that file to its process; the app's stand-in has no descriptor, and no worker would ever start.
    """
    if sys.platform != "win32" and sys.__stderr__ is not None:
        from multiprocessing import resource_tracker

        with contextlib.redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()


def _result(item: Future[list[PreparedPost]] | list[PreparedPost]) -> list[PreparedPost]:
    return item if isinstance(item, list) else item.result()
