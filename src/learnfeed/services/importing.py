"""Import: from paths to posts in the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from learnfeed.config import Places
from learnfeed.core.merge import merge, merge_comments
from learnfeed.core.post import Comment, Post
from learnfeed.core.word import WordStatus
from learnfeed.services.annotating import CHUNK, AnnotationPool
from learnfeed.services.media import MediaShelf
from learnfeed.services.views import ImportedSource, ImportSummary, Progress, Skipped
from learnfeed.store.corrections import CorrectionStore
from learnfeed.store.database import Database
from learnfeed.store.lock import import_lock
from learnfeed.store.posts import Known, PostStore
from learnfeed.store.prepare import post_hash
from learnfeed.store.words import WordStore

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon
    from learnfeed.importers.base import Item
    from learnfeed.importers.registry import FoundSource

MAX_SKIPPED = 1000
"""Skipped things that are listed one by one; what comes after is counted in one line."""


@dataclass
class _Run:
    """One import: its tools, and what it has done so far."""

    id: int
    pool: AnnotationPool
    shelf: MediaShelf
    progress: Callable[[Progress], None]
    stop: Callable[[], bool]
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    comments: int = 0
    sources: list[ImportedSource] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    not_listed: int = 0
    loose: dict[str, list[Comment]] = field(default_factory=dict)
    statuses: dict[str, WordStatus] = field(default_factory=dict)
    under_way: dict[str, Post] = field(default_factory=dict)

    def skip(self, skipped: Skipped) -> None:
        if len(self.skipped) < MAX_SKIPPED:
            self.skipped.append(skipped)
        else:
            self.not_listed += 1


class ImportService:
    """Imports files into a library.

    New posts show all at once when the import is done; a killed import leaves nothing to be seen. Importing
    the same file again adds nothing.
    """

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        places: Places,
        standard: str,
        *,
        clock: Callable[[], int],
    ) -> None:
        """Takes what an import needs.

        Args:
            database: The library.
            lexicon: Opens the dictionary.
            places: Where pictures and the learner's own dictionary lie.
            standard: HSK standard for levels.
            clock: Unix milliseconds now.
        """
        self._db = database
        self._posts = PostStore(database)
        self._words = WordStore(database)
        self._lexicon = lexicon
        self._standard = standard
        self._places = places
        self._now = clock

    def run(
        self,
        paths: Sequence[str | Path],
        *,
        format: str | None = None,  # noqa: A002
        known: bool = False,
        progress: Callable[[Progress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
        inline: int = 3 * CHUNK,
    ) -> ImportSummary:
        """Imports files, folders and archives. Blocks until done.

        Args:
            paths: As the person named them; ``-`` is standard input.
            format: Name of a format to force; sniffed when None.
            known: Whether plain word lists are taken as words the learner knows, not as posts.
            progress: Called now and then with posts read so far.
            stop: Asked between chunks; True ends the import and keeps what is done.
            inline: Posts annotated in this process before workers are started; 0 keeps it quick.

        Raises:
            UsageError: There is no such format.
            LibraryError: The library can't be written.
        """
        from learnfeed.importers.registry import open_paths

        began = self._now()
        words_before = self._words.count()
        pool = AnnotationPool(
            self._places.own_lexicon,
            self._standard,
            inline=inline,
            corrections=CorrectionStore(self._db).corrections,
        )
        with import_lock(self._places.library):
            run = _Run(self._posts.begin_import(began), pool, MediaShelf(self._places.media), progress, stop)
            self._read_all(run, open_paths(paths, format=format or ("words" if known else None)))
        changes = self._moves(run.statuses)
        marked = self._words.mark(changes, self._now(), levels=self._levels(changes))
        if run.not_listed:
            run.skipped.append(Skipped("", "", f"{run.not_listed} more were skipped for like reasons", ""))
        return ImportSummary(
            added=run.added,
            updated=run.updated,
            unchanged=run.unchanged,
            comments=run.comments,
            words_added=self._words.count() - words_before,
            media=run.shelf.copied,
            sources=tuple(run.sources),
            skipped=tuple(run.skipped),
            words_marked=len(marked),
            seconds=(self._now() - began) / 1000,
            stopped=stop(),
        )

    def _read_all(self, run: _Run, sources: Iterable[FoundSource]) -> None:
        try:
            with run.pool, self._db.hurried():
                for found in sources:
                    self._read_source(run, found)
                    if run.stop():
                        break
                self._attach_loose(run)
            self._posts.publish(run.id, self._now())
        except BaseException:
            # Whatever ended it, even Ctrl+C: nothing half-imported stays behind.
            self._posts.discard_import(run.id)
            raise

    def _moves(self, said: Mapping[str, WordStatus]) -> dict[str, WordStatus]:
        """What a list of words changes: that a word is being learned elsewhere unsays nothing said here."""
        before = self._words.statuses(said)
        return {
            word: status
            for word, status in said.items()
            if status is WordStatus.KNOWN or before[word] is WordStatus.NEW
        }

    def _levels(self, headwords: Iterable[str]) -> dict[str, int]:
        lexicon = self._lexicon()
        return {word: lexicon.facts(word).levels.get(self._standard, 0) for word in headwords}

    # -- one source --------------------------------------------------------------------------------

    def _read_source(self, run: _Run, found: FoundSource) -> None:
        tally = _Tally()
        source = (
            self._posts.add_source(found.name, found.sha256, found.format, self._now()) if found.format else 0
        )
        posts = (run.shelf.keep(post) for post in self._sorted_items(run, found, tally))
        chunks = (self._changed(run, chunk, source, tally) for chunk in _chunked(posts, CHUNK))
        for prepared in run.pool.map(chunk for chunk in chunks if chunk):
            tally.words.update(*(post.words for post in prepared))
            self._posts.save(prepared, run.id, self._now())
            tally.saved |= {post.key: post.hash for post in prepared}
            run.progress(Progress(tally.posts, None, found.name))
            if run.stop():
                self._forget_unsaved(run, tally)
                break
        run.under_way.clear()
        self._posts.note_source(source, tally.said)
        if found.format:
            words = tally.listed or len(tally.words)
            run.sources.append(ImportedSource(found.name, found.format, tally.posts, words, tally.comments))

    def _forget_unsaved(self, run: _Run, tally: _Tally) -> None:
        """Takes out of the account what was read ahead when the import was stopped: the file brings it again."""
        unsaved = {k: post for k, post in run.under_way.items() if tally.saved.get(k) != post_hash(post)}
        there = self._posts.known(unsaved)
        run.updated -= len(there)
        run.added -= len(unsaved) - len(there)
        run.comments -= sum(len(post.comments) for post in unsaved.values())
        run.comments += sum(len(self._posts.post(known.id).comments) for known in there.values())
        tally.said = [(digest, key) for digest, key in tally.said if key not in unsaved]

    def _sorted_items(self, run: _Run, found: FoundSource, tally: _Tally) -> Iterator[Post]:
        """The posts of a source; comments, words and problems are put where they belong."""
        for item in found.items:
            post = self._sort(run, item, tally)
            if post is not None:
                tally.posts += 1
                tally.comments += len(post.comments)
                yield post

    def _sort(self, run: _Run, item: Item, tally: _Tally) -> Post | None:
        from learnfeed.importers.base import KnownWord, LooseComment, Problem

        if isinstance(item, Problem):
            run.skip(Skipped(item.file, item.place, item.reason, item.hint))
        elif isinstance(item, LooseComment):
            key = f"{item.platform}:{item.native_id}"
            run.loose.setdefault(key, []).append(item.comment)
            tally.comments += 1
        elif isinstance(item, KnownWord):
            word = self._headword(item.headword)
            if item.known:
                run.statuses[word] = WordStatus.KNOWN
            else:
                run.statuses.setdefault(word, WordStatus.LEARNING)
            tally.listed += 1
        else:
            return item
        return None

    def _headword(self, text: str) -> str:
        entries = self._lexicon().entries(text)
        return entries[0].simplified if entries else text

    def _changed(self, run: _Run, posts: list[Post], source: int, tally: _Tally) -> list[Post]:
        """Of a chunk, the posts that say something new, each merged with what is known of it already.

        What this very file has said before is passed over, so that two tools that know different things of
        a post don't change it to and fro.
        """
        hashes = [post_hash(post) for post in posts]
        before = self._posts.said(source, hashes)
        fresh = [post for post, digest in zip(posts, hashes, strict=True) if digest not in before]
        tally.said += [
            (digest, post.key) for post, digest in zip(posts, hashes, strict=True) if digest not in before
        ]
        merged: dict[str, Post] = {}
        for post in fresh:
            earlier = merged.get(post.key)
            merged[post.key] = merge(earlier, post) if earlier else post
        run.unchanged += len(posts) - len(merged)
        there = self._posts.known(merged)
        changed = []
        for key, post in merged.items():
            newer = self._newer(run, there.get(key), post)
            if newer is not None:
                run.under_way[key] = newer
                changed.append(newer)
        return changed

    def _newer(self, run: _Run, known: Known | None, post: Post) -> Post | None:
        """The post as it should be from now on; None when nothing changes."""
        old = run.under_way.get(post.key) or (self._posts.post(known.id) if known else None)
        if old is None:
            run.added += 1
            run.comments += len(post.comments)
            return post
        together = merge(old, post)
        if post_hash(together) == post_hash(old):
            run.unchanged += 1
            return None
        run.updated += 1
        run.comments += len(together.comments) - len(old.comments)
        return together

    # -- comments that came alone ------------------------------------------------------------------

    def _attach_loose(self, run: _Run) -> None:
        """Puts comments of comment-only files under their posts."""
        there = self._posts.known(run.loose)
        changed = []
        for key, comments in run.loose.items():
            known = there.get(key)
            if known is None:
                what = f"{len(comments)} comments" if len(comments) > 1 else "a comment"
                run.skip(
                    Skipped(
                        "",
                        key,
                        f"{what} on a post that is not in the library",
                        "Import the file with the post.",
                    )
                )
                continue
            post = self._posts.post(known.id)
            more = merge_comments(post.comments, tuple(comments))
            if more != post.comments:
                run.comments += len(more) - len(post.comments)
                changed.append(replace(post, comments=more))
        for prepared in run.pool.map(_chunked(iter(changed), CHUNK)):
            self._posts.save(prepared, run.id, self._now())


@dataclass
class _Tally:
    """What one source held."""

    posts: int = 0
    comments: int = 0
    listed: int = 0
    words: set[str] = field(default_factory=set)
    said: list[tuple[str, str]] = field(default_factory=list)
    saved: dict[str, str] = field(default_factory=dict)


def _chunked(posts: Iterator[Post], size: int) -> Iterator[list[Post]]:
    chunk: list[Post] = []
    for post in posts:
        chunk.append(post)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
