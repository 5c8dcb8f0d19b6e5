"""Pictures of posts, copied into the library under names of our own."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from learnfeed.core.post import Media, MediaKind, Post
from learnfeed.store.whole import whole_file

MAX_PICTURE_BYTES = 20 * 1024 * 1024
"""Larger pictures stay where they are; the post keeps their path."""

_ENDINGS = ((b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"GIF8", ".gif"), (b"RIFF", ".webp"))


class MediaShelf:
    """The library's folder of pictures. A picture's name is the hash of its bytes, so none is kept twice.

    Attributes:
        copied: How many pictures were new.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.copied = 0

    def keep(self, post: Post) -> Post:
        """The post with its pictures (comments' too) in the library; paths are relative to the library's folder.

        Videos, and files that are no picture or too large, keep the path they came with.
        """
        if not any(item.path for item in post.media) and not any(c.media for c in post.comments):
            return post
        return replace(
            post,
            media=tuple(self._keep(item) for item in post.media),
            comments=tuple(
                replace(comment, media=tuple(self._keep(item) for item in comment.media))
                if comment.media
                else comment
                for comment in post.comments
            ),
        )

    def _keep(self, item: Media) -> Media:
        if item.kind is not MediaKind.IMAGE or not item.path:
            return item
        path = Path(item.path)
        try:
            if path.stat().st_size > MAX_PICTURE_BYTES:
                return item
            data = path.read_bytes()
        except OSError:
            return replace(item, path="")
        ending = next((end for magic, end in _ENDINGS if data.startswith(magic)), "")
        if not ending:
            return item
        digest = hashlib.sha256(data).hexdigest()[:32]
        target = self._folder / digest[:2] / f"{digest}{ending}"
        if not target.exists():
            write_atomically(target, data)
            self.copied += 1
        return replace(item, path=f"{self._folder.name}/{digest[:2]}/{target.name}")


def pictures(post: Post, library: Path) -> Iterator[Path]:
    """The pictures of a post that lie in the library.

    A path that leads out of it, as a copy of a library from someone else may hold, is passed over.
    """
    for item in post.media:
        if item.kind is MediaKind.IMAGE and item.path:
            path = library / item.path
            # Names that are too long, hold a NUL or are links in circles are pictures of nothing.
            with contextlib.suppress(OSError, ValueError, RuntimeError):
                if path.is_file() and path.resolve().is_relative_to(library.resolve()):
                    yield path


def write_atomically(target: Path, data: bytes) -> None:
    """Writes a file whole or not at all: a temporary file beside it takes its place."""
    with whole_file(target) as part, part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
