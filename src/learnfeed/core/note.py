"""Notes: what a flashcard note says, in plain text, before any program's markup is put around it.

Nothing in here is HTML. Escaping is done once, by whoever writes a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from learnfeed.core.review import ReviewLog, Schedule, Template
from learnfeed.core.text import Span


@dataclass(frozen=True, slots=True)
class RubyToken:
    """A stretch of text with its reading.

    Attributes:
        text: Its characters as they stand.
        syllables: One for each character (``xue3``), empty for a character without a reading; an
            empty tuple where the whole token has none.
        is_target: Whether this is the word the note is about (on a reading card: a new word).
    """

    text: str
    syllables: tuple[str, ...] = ()
    is_target: bool = False


@dataclass(frozen=True, slots=True)
class NoteSource:
    """Where a text was met.

    Attributes:
        title: The post's title.
        author: Name as shown.
        date: As it should be read by people (``16 Jan 2025``); empty when unknown.
        url: Address without access tokens; only http and https become links.
    """

    title: str = ""
    author: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class WordNote:
    """A word with the sentence it was met in.

    Attributes:
        guid: Its identity for ever: ``note_guid("word", headword)``.
        created: Unix milliseconds when the word entered the vocabulary; the note's id. The times of
            two notes are at least :data:`MIN_ID_GAP` apart and never change.
        headword: Simplified.
        syllables: One for each character of the headword.
        gloss: The sense that fits the sentence.
        traditional: The headword in traditional characters; may be the same or empty.
        other_glosses: Other senses, common first.
        sentence: The sentence as tokens; empty when the word was met in none.
        english: The sentence in English; empty when the post has none.
        english_links: Spans of :attr:`english` that translate the word.
        level: As shown (``HSK 3``); empty for none.
        deck_level: HSK level 1–7 for subdecks; 0 for a word outside HSK.
        tags: Without ``#``, as people write them; blanks are mended when a deck is written.
        source: The post of the sentence.
        attribution: Who made the dictionary entry, and its licence.
        picture: Path of a picture on this machine; empty for none.
        audio: Path of a recording of the word or sentence; empty for none.
        changed_at: Unix seconds when any of the texts above last changed. A newer time overwrites
            what the learner edited in Anki, so it moves only on a real change.
        schedules: Where its cards stand; templates that are absent are new.
        reviews: The answers to its cards, oldest first.
        suspended: Templates whose card is set aside.
        asked: Templates that earlier exports have asked for. They stay part of a deck with reviews, since a
            learner may have studied their cards in Anki.
    """

    guid: str
    created: int
    headword: str
    syllables: tuple[str, ...]
    gloss: str
    traditional: str = ""
    other_glosses: tuple[str, ...] = ()
    sentence: tuple[RubyToken, ...] = ()
    english: str = ""
    english_links: tuple[Span, ...] = ()
    level: str = ""
    deck_level: int = 0
    tags: tuple[str, ...] = ()
    source: NoteSource = NoteSource()
    attribution: str = ""
    picture: str = ""
    audio: str = ""
    changed_at: int = 0
    schedules: Mapping[Template, Schedule] = field(default_factory=dict)
    reviews: Mapping[Template, tuple[ReviewLog, ...]] = field(default_factory=dict)
    suspended: frozenset[Template] = frozenset()
    asked: frozenset[Template] = frozenset()

    @property
    def sentence_text(self) -> str:
        """The sentence without readings."""
        return "".join(token.text for token in self.sentence)


@dataclass(frozen=True, slots=True)
class ReadingUnit:
    """A sentence (or several that belong together) of a post, with its translation.

    Attributes:
        tokens: The Chinese; empty for a unit in English only.
        english: What the post itself says in English there; may be empty.
        ends_paragraph: Whether a new line begins after it.
    """

    tokens: tuple[RubyToken, ...] = ()
    english: str = ""
    ends_paragraph: bool = False

    @property
    def text(self) -> str:
        """The Chinese without readings."""
        return "".join(token.text for token in self.tokens)


@dataclass(frozen=True, slots=True)
class ReadingComment:
    """A comment under a post, for a reading card.

    Attributes:
        author: Name as shown.
        units: Its text.
        depth: 0 for a comment on the post, 1 for an answer to one.
    """

    author: str
    units: tuple[ReadingUnit, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class NewWord:
    """A word of a post that its reader has not met before."""

    headword: str
    syllables: tuple[str, ...]
    gloss: str


@dataclass(frozen=True, slots=True)
class PostNote:
    """A whole post as a reading card.

    Attributes:
        guid: ``note_guid("post", post.key)``.
        created: Unix milliseconds when the post entered the library; the note's id (see
            :attr:`WordNote.created`).
        title: As tokens; empty when the post has none.
        title_english: Its translation; may be empty.
        body: The text in order.
        comments: Comments worth reading, in thread order.
        level: As shown (``HSK 3``).
        deck_level: HSK level 1–7; 0 for none.
        known: Share of running words the learner knows, 0–1.
        new_words: In the order they occur.
        pictures: Paths on this machine.
        source: The post.
        attribution: Who made the dictionary entries, and their licence.
        tags: Without ``#``.
        changed_at: Unix seconds of the last real change of the text; the share known is no part of it.
    """

    guid: str
    created: int
    title: tuple[RubyToken, ...]
    body: tuple[ReadingUnit, ...]
    title_english: str = ""
    comments: tuple[ReadingComment, ...] = ()
    level: str = ""
    deck_level: int = 0
    known: float = 0.0
    new_words: tuple[NewWord, ...] = ()
    pictures: tuple[str, ...] = ()
    source: NoteSource = NoteSource()
    attribution: str = ""
    tags: tuple[str, ...] = ()
    changed_at: int = 0

    @property
    def title_text(self) -> str:
        """The title without readings, else the first line of the text, else its English."""
        if title := "".join(token.text for token in self.title):
            return title
        return next((unit.text or unit.english for unit in self.body), "")


Note = WordNote | PostNote


@dataclass(frozen=True, slots=True)
class DeckSpec:
    """How a deck is made of notes.

    Attributes:
        name: Full name; ``::`` separates parents from children.
        description: Shown on the deck's page.
        templates: Cards that a word gets. A template that needs what a word lacks (a recording, a
            sentence) makes no card for it. With reviews, a card that was already answered is part
            of the deck whether or not its template is named here.
        subdecks: One subdeck for each HSK level, one for words outside HSK, one for reading cards.
        include_reviews: Whether schedules, reviews, suspensions and the preset travel; without them
            every card is new, as for a deck given to someone else.
        learning_steps: Minutes, for the preset and for cards that are on a step.
        relearning_steps: The same after a lapse.
        rollover: Hour (0–23) at which the learner's day begins.
        new_per_day: New cards a day, for the preset.
        reviews_per_day: Reviews a day at most, for the preset.
        leech_after: Times a card is forgotten before the preset sets it aside; 0 for never.
        bury_siblings: Whether only one card of a note is seen a day.
    """

    name: str
    description: str = ""
    templates: tuple[Template, ...] = (Template.RECOGNITION,)
    subdecks: bool = False
    include_reviews: bool = True
    learning_steps: tuple[float, ...] = (1, 10)
    relearning_steps: tuple[float, ...] = (10,)
    rollover: int = 4
    new_per_day: int = 20
    reviews_per_day: int = 200
    leech_after: int = 8
    bury_siblings: bool = True
