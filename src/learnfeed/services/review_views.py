"""What reviewing hands to the app and the command line: plain values, ready to show."""

from __future__ import annotations

from dataclasses import dataclass

from learnfeed.core.ids import CardId, PostId
from learnfeed.core.note import RubyToken
from learnfeed.core.review import CardState, Rating, ReviewLog, Schedule, Template
from learnfeed.core.text import Span
from learnfeed.study.queue import Load


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A card with everything it shows. All texts are plain, as they were saved.

    Attributes:
        id: Its id.
        template: What it asks.
        headword: The word.
        syllables: How it is read, one for each character; empty when nothing knows.
        gloss: The sense that fits the sentence, else the usual one; may be empty.
        other_glosses: Other senses.
        sentence: The sentence it was met in as tokens, the word marked; empty for none.
        english: What the post says in English there.
        english_links: Spans of :attr:`english` that translate the word.
        post_id: The post; None for a word without one.
        title: Its title.
        author: Its author.
        level: HSK level 1–7 of the word; 0 for none.
        state: Where the card stands.
        intervals: Seconds until it comes back, for each answer.
        flag: 0–7, as in Anki.
        lapses: Times it was forgotten.
        phonetics: How an English word is said, without slashes; empty for a Chinese one.
    """

    id: CardId
    template: Template
    headword: str
    syllables: tuple[str, ...]
    gloss: str
    other_glosses: tuple[str, ...]
    sentence: tuple[RubyToken, ...]
    english: str
    english_links: tuple[Span, ...]
    post_id: PostId | None
    title: str
    author: str
    level: int
    state: CardState
    intervals: dict[Rating, int]
    flag: int = 0
    lapses: int = 0
    phonetics: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is left today and what comes then.

    Attributes:
        load: Cards that wait today.
        answered: Answers given today.
        minutes: Minutes they took.
        next_step: Seconds until the next learning step falls due; None when none is open.
        tomorrow: Reviews due tomorrow.
        new_held_back: New cards that the daily limit leaves for later days.
    """

    load: Load
    answered: int
    minutes: int
    next_step: int | None
    tomorrow: int
    new_held_back: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did.

    Attributes:
        log: As written.
        schedule: Where the card stands now.
        leech: Whether the card was set aside because it was forgotten so often.
        now_known: Whether its word counts as known from now on.
    """

    log: ReviewLog
    schedule: Schedule
    leech: bool = False
    now_known: bool = False


@dataclass(frozen=True, slots=True)
class UndoneReview:
    """What was taken back.

    Attributes:
        what: In words for the person.
        card_id: The card it was about; None for what is about all of them.
    """

    what: str
    card_id: CardId | None
