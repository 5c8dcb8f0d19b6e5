"""What services hand to the app and the command line: plain values, ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from learnfeed.core.feed import PostCard

if TYPE_CHECKING:  # the first screen shows cards only: what a post is made of loads when one is opened
    from learnfeed.core.post import Comment, Post
    from learnfeed.core.text import AnnotatedText, TextLevel
    from learnfeed.core.word import Entry, WordFacts, WordStatus


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment in its thread.

    Attributes:
        comment: As it was saved.
        text: Annotated.
        depth: 0 under the post, 1 and more for answers.
    """

    comment: Comment
    text: AnnotatedText
    depth: int


@dataclass(frozen=True, slots=True)
class ReaderPost:
    """A post opened for reading.

    Attributes:
        card: Its feed card.
        post: As it was saved.
        title: Annotated title; empty text when there is none.
        body: Annotated body.
        comments: In thread order.
        level: Of title and body, by the learner's standard.
        statuses: Of every learnable headword in it, comments included.
    """

    card: PostCard
    post: Post
    title: AnnotatedText
    body: AnnotatedText
    comments: tuple[CommentView, ...]
    level: TextLevel
    statuses: dict[str, WordStatus]


@dataclass(frozen=True, slots=True)
class WordView:
    """All there is to say about a word.

    Attributes:
        headword: Simplified dictionary form.
        entries: Dictionary entries, the reading used first when it was given.
        facts: Levels and frequency.
        status: What the learner said of it.
        times: How often it stands in the library.
        posts: In how many posts.
        parts: For a compound, its parts with their first gloss; empty otherwise.
        about: Of an English word: how it is said and its level; empty otherwise.
    """

    headword: str
    entries: tuple[Entry, ...]
    facts: WordFacts
    status: WordStatus
    times: int
    posts: int
    parts: tuple[tuple[str, str], ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that an import could not take.

    Attributes:
        file: The file.
        place: Line, record or byte; empty for the whole.
        reason: What is wrong.
        hint: What to do next.
    """

    file: str
    place: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class ImportedSource:
    """One file that was read."""

    file: str
    format: str
    posts: int
    words: int
    comments: int = 0


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did.

    Attributes:
        added, updated, unchanged: Posts.
        comments: Comments that are new in the library.
        words_added: Headwords the library had not met before.
        media: Pictures and videos copied.
        sources: Files that were read.
        skipped: What was not taken, each with its reason.
        words_marked: Words whose status an imported word list changed.
        seconds: How long it took.
        stopped: Whether the person stopped it.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    comments: int = 0
    words_added: int = 0
    media: int = 0
    sources: tuple[ImportedSource, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    words_marked: int = 0
    seconds: float = 0.0
    stopped: bool = False

    @property
    def posts(self) -> int:
        """Posts that were read."""
        return self.added + self.updated + self.unchanged


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come.

    Attributes:
        done: Things done so far.
        total: Of how many; None while that is not known.
        what: What is being worked on, such as a file name.
    """

    done: int
    total: int | None
    what: str


@dataclass(frozen=True, slots=True)
class TodayView:
    """The first screen.

    Attributes:
        new, learning, due: Cards that wait today (new ones capped by the daily limit).
        minutes: About how long they take, from the learner's own pace.
        forecast: Reviews due on each of the next seven days, today first.
        fits: The posts that fit best now.
        posts: How many posts the library holds.
        streak: Days in a row with at least one review or finished post.
        reviewed_today: Answers given today.
        unlock_words, unlock_posts: So many words would lift so many posts over the target; 0 when unknown.
        minutes_today: Minutes that today's answers took.
        goal_reviews, goal_minutes: What the learner aims at a day; 0 for none.
    """

    new: int
    learning: int
    due: int
    minutes: int
    forecast: tuple[int, ...]
    fits: tuple[PostCard, ...]
    posts: int
    streak: int
    reviewed_today: int
    unlock_words: int = 0
    unlock_posts: int = 0
    minutes_today: int = 0
    goal_reviews: int = 0
    goal_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back.

    Attributes:
        text: In English, with names in braces for what differs; the app translates it.
        values: What stands for the names.
    """

    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """In words for the person: ``12 words no longer known``."""
        return self.text.format(**self.values)
