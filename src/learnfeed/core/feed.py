"""The feed: what is asked of it and what a post shows there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from learnfeed.core.ids import PostId
from learnfeed.core.level import Coverage


class Sort(StrEnum):
    """Orders of the feed."""

    FIT = "fit"
    NEW = "new"
    LEVEL = "level"
    LIKES = "likes"


@dataclass(frozen=True, slots=True)
class FeedQuery:
    """Which posts, in which order.

    Attributes:
        text: Search words: hanzi, pinyin with or without tones, English; all must occur. ``#tag`` and
            ``@author`` filter.
        sort: The order.
        level: Only posts of this level: HSK 1–7, or a band of English from 11 on; None for all.
        readable: Only posts of which at least 95 % of the running words are known.
        unread: Only posts not finished yet.
    """

    text: str = ""
    sort: Sort = Sort.FIT
    level: int | None = None
    readable: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class PostCard:
    """A post as the feed shows it.

    Attributes:
        id: Its id in the library.
        key: Its identity across imports.
        title: Title, else the first line of the body.
        line: First Chinese line under the title.
        english: First English line; empty when there is none.
        author, platform, posted: Where it is from; posted is ISO 8601 text or empty.
        level: HSK level 1–7, or a band of English from 11 on; 0 for none.
        coverage: What the learner knows of it.
        likes: As the site shows them.
        tags: Without ``#``.
        comments: How many were saved.
        picture: Path of its first picture; empty when none is on disk.
        read_at: Unix milliseconds when it was finished; None while unread.
    """

    id: PostId
    key: str
    title: str
    line: str
    english: str
    author: str
    platform: str
    posted: str
    level: int
    coverage: Coverage
    likes: str
    tags: tuple[str, ...]
    comments: int
    picture: str
    read_at: int | None
