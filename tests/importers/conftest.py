"""Files to import, made for one test, and what comes out of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from learnfeed.core.post import Post
from learnfeed.importers.base import Item, KnownWord, LooseComment, Problem
from learnfeed.importers.registry import open_paths


@dataclass
class Imported:
    """All that came out of some paths."""

    posts: list[Post] = field(default_factory=list)
    comments: list[LooseComment] = field(default_factory=list)
    words: list[KnownWord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def post(self) -> Post:
        """The only post."""
        assert len(self.posts) == 1, (self.posts, self.problems)
        return self.posts[0]

    @property
    def problem(self) -> Problem:
        """The only problem."""
        assert len(self.problems) == 1, self.problems
        return self.problems[0]

    def add(self, item: Item) -> None:
        for kind, held in (
            (Post, self.posts),
            (LooseComment, self.comments),
            (KnownWord, self.words),
            (Problem, self.problems),
        ):
            if isinstance(item, kind):
                held.append(item)
                return
        raise AssertionError(f"no Item: {item!r}")


def import_all(*paths: str | Path, **options: object) -> Imported:
    found = Imported()
    for source in open_paths(paths, **options):
        found.names.append(source.name)
        found.formats.append(source.format)
        for item in source.items:
            found.add(item)
    return found


@pytest.fixture
def imported() -> Callable[..., Imported]:
    return import_all


@pytest.fixture
def given(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file of a name and content into a folder of the test's own."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def from_text(given, imported) -> Callable[..., Imported]:
    """What is imported from a file of a name and content."""

    def run(name: str, content: str | bytes, **options: object) -> Imported:
        return imported(given(name, content), **options)

    return run
