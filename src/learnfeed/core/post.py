"""What a person saved: posts, their blocks of text, comments and media."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from learnfeed.core.ids import text_key


class BlockRole(StrEnum):
    """What a block of text is to its post."""

    TITLE = "title"
    BODY = "body"
    CAPTION = "caption"
    TRANSCRIPT = "transcript"
    IMAGE_TEXT = "image_text"


@dataclass(frozen=True, slots=True)
class Block:
    r"""One stretch of a post's text.

    Attributes:
        text: Cleaned text (NFC, no control characters, line ends ``\\n``).
        role: What it is to the post.
        pair: Blocks of one post with the same non-empty pair are renderings of each other, because
            the file says so (two columns of a row, two lines of a caption).
        start: Seconds into the recording where a caption begins; None without time.
        end: Seconds where it ends.
    """

    text: str
    role: BlockRole = BlockRole.BODY
    pair: str = ""
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number as a site shows it.

    Attributes:
        raw: What the file says: ``1.2万``, ``10+``, ``-1``, empty.
        value: The number it stands for; None when it says nothing.
        exact: False when the site rounded it.
    """

    raw: str = ""
    value: int | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as far as the file knows it.

    Attributes:
        at: The time; naive when the zone is not known.
        raw: What the file says.
    """

    at: datetime
    raw: str = ""

    @property
    def zone_known(self) -> bool:
        """Whether the file said which zone its clock was in."""
        return self.at.tzinfo is not None


class MediaKind(StrEnum):
    """What a media file is."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    LIVE_PHOTO = "live_photo"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, video or sound that belongs to a post.

    Attributes:
        kind: What it is, by its bytes where they are there.
        path: Absolute path of the file on this machine; empty when only the address is known.
        url: Its address without access tokens, kept as a fact and never fetched.
    """

    kind: MediaKind
    path: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment under a post.

    Attributes:
        key: The site's id of it, or a text hash; unique within the post.
        text: Cleaned text.
        author: Name as shown; may be masked or empty.
        parent: The key of the comment it answers; may be missing from the post.
        by_author: Whether the post's author wrote it.
        posted: When, as far as known.
        likes: As the site shows them.
        place: The place the site shows beside it (``ip_location``).
        media: Pictures in the comment.
    """

    key: str
    text: str
    author: str = ""
    parent: str = ""
    by_author: bool = False
    posted: Moment | None = None
    likes: Count = Count()
    place: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A saved post, as it was saved.

    Attributes:
        platform: Where it is from: ``xhs``, ``weibo``, ``bilibili``, ``zhihu``, ``local`` …
        blocks: Its text, title first.
        native_id: The site's id; empty when the file does not say.
        kind: ``note``, ``video``, ``captions``, ``text`` …
        author: Name as shown.
        author_id: The site's id of the author, or its hash.
        url: Address without access tokens.
        tags: Topics without ``#`` and ``[话题]``.
        posted: When it was posted.
        edited: When it was last changed.
        likes, saves, shares, comment_count: As the site shows them.
        place: The place the site shows.
        media: Pictures and videos in order.
        comments: In the file's order; threads by :attr:`Comment.parent`.
        revision: Orders two saves of one post, newer is larger (milliseconds); 0 when unknown.
        place_in_source: Line, row or record it was read from.
    """

    platform: str
    blocks: tuple[Block, ...]
    native_id: str = ""
    kind: str = "note"
    author: str = ""
    author_id: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    posted: Moment | None = None
    edited: Moment | None = None
    likes: Count = Count()
    saves: Count = Count()
    shares: Count = Count()
    comment_count: Count = Count()
    place: str = ""
    media: tuple[Media, ...] = ()
    comments: tuple[Comment, ...] = ()
    revision: int = 0
    place_in_source: str = ""

    @property
    def title(self) -> str:
        """The title's text; empty when the post has none."""
        return next((b.text for b in self.blocks if b.role is BlockRole.TITLE), "")

    @property
    def body_blocks(self) -> tuple[Block, ...]:
        """All blocks but the title."""
        return tuple(b for b in self.blocks if b.role is not BlockRole.TITLE)

    @property
    def body(self) -> str:
        """The text under the title: its blocks, a line break between them."""
        return "\n".join(b.text for b in self.body_blocks)

    @property
    def key(self) -> str:
        """The identity across imports: ``platform:native_id``, else a hash of the text."""
        if self.native_id:
            return f"{self.platform}:{self.native_id}"
        return f"text:{text_key(self.title + self.body)}"


_COUNT = re.compile(r"(\d[\d,]{0,19}(?:\.\d+)?)\s*(万|萬|亿|億|千|[wWkKmM])?\s*(\+)?")
_SCALE = {"万": 10**4, "萬": 10**4, "w": 10**4, "亿": 10**8, "億": 10**8, "千": 1000, "k": 1000, "m": 10**6}


def parse_count(raw: object) -> Count:
    """Reads a count in any of the ways sites write it (``1.2万``, ``10+``, ``986``, ``赞``, ``-1``).

    Returns:
        The count with its raw text; ``value`` is None where the text holds no number.
    """
    text = "" if raw is None else str(raw).strip()[:40]
    match = _COUNT.fullmatch(text)
    if match is None:
        return Count(raw=text)
    number, scale, more = match.groups()
    try:
        value = round(float(number.replace(",", "")) * _SCALE.get((scale or "").lower(), 1))
    except (OverflowError, ValueError):
        return Count(raw=text)
    return Count(raw=text, value=value, exact=not scale and not more)
