"""What a review card says, before and after its answer is shown; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnfeed.core.level import level_label
from learnfeed.core.pinyin import Match, judge, split_tone, word_with_marks
from learnfeed.core.review import Rating, Template
from learnfeed.study.scheduler import seconds_in_words
from learnfeed.tui.messages import say
from learnfeed.tui.text import plural
from learnfeed.tui.widgets.flashcard import (
    BLANK,
    Choice,
    Line,
    hanzi_lines,
    line,
    plain_lines,
    sentence_lines,
)

if TYPE_CHECKING:
    from learnfeed.services.review_views import Outlook, ReviewCard

FLAGS = ("none", "red", "orange", "green", "blue", "pink", "turquoise", "purple")
"""Anki's flags by their number."""
_LABELS = {Rating.AGAIN: "again", Rating.HARD: "hard", Rating.GOOD: "good", Rating.EASY: "easy"}
MAX_WIDTH = 64
"""Cells of a line of text: longer ones are hard to read."""


def question(card: ReviewCard, width: int) -> list[Line]:
    """The side that asks."""
    wide = min(width, MAX_WIDTH)
    if card.template is Template.RECALL:
        return [
            line(say("in Chinese"), "quiet"),
            Line(),
            *plain_lines(card.gloss or card.headword, wide, "hanzi"),
            Line(),
            *plain_lines(_unquoted(card), wide, "english", card.english_links),
            Line(),
        ]
    if card.template is Template.CLOZE and card.sentence:
        return [
            *sentence_lines(card.sentence, wide, gap=True, style="hanzi"),
            Line(),
            *plain_lines(_unquoted(card), wide, "english", card.english_links),
            Line(),
        ]
    tip = []
    if asks_typing(card):
        tip = [Line(), line(say("type its pinyin, like hao3 or hǎo"), "quiet")]
    elif card.template is Template.TONES:
        letters = " ".join(split_tone(syllable)[0] for syllable in card.syllables if syllable)
        tip = [Line(), line(letters, "quiet"), line(say("which tones?"), "quiet")]
    return [
        *hanzi_lines(card.headword),
        Line(),
        *sentence_lines(card.sentence, wide),
        Line(),
        *_origin(card),
        *tip,
    ]


def answer(card: ReviewCard, width: int, typed: str = "", *, pinyin: bool = False) -> list[Line]:
    """The side that tells.

    Args:
        card: The card.
        width: Cells.
        typed: What was typed, where the card asks for that.
        pinyin: Whether the whole sentence has its reading over it.
    """
    wide = min(width, MAX_WIDTH)
    others = "; ".join(card.other_glosses)
    return [
        *hanzi_lines(card.headword, card.syllables),
        *([line(f"/{card.phonetics}/", "quiet")] if card.phonetics else []),
        *_typed(card, typed),
        Line(),
        *plain_lines(card.gloss, wide, "hanzi"),
        *plain_lines(others, wide, "quiet")[:2],
        Line(),
        *sentence_lines(card.sentence, wide, ruby=lambda token: pinyin and bool(token.syllables)),
        *plain_lines(card.english, wide, "english", card.english_links),
        Line(),
        *_origin(card, level=True),
    ]


def answer_keys(card: ReviewCard, *, two: bool = False, usual: bool = False) -> list[Choice]:
    """The answers with the wait that each leads to.

    Args:
        card: The card.
        two: Only again and good.
        usual: Whether the space bar means good now.
    """
    ratings = (Rating.AGAIN, Rating.GOOD) if two else tuple(Rating)
    return [
        Choice(
            str(place if two else int(rating)),
            say(_LABELS[rating]),
            seconds_in_words(card.intervals[rating]),
            usual=usual and rating is Rating.GOOD,
        )
        for place, rating in enumerate(ratings, start=1)
    ]


def _unquoted(card: ReviewCard) -> str:
    """The English with gaps where it quotes the word that is asked; as long as before, for its links."""
    return card.english.replace(card.headword, BLANK * len(card.headword))


def asks_typing(card: ReviewCard) -> bool:
    """Whether the answer is typed."""
    return card.template is Template.TYPING and bool(card.syllables)


def _typed(card: ReviewCard, typed: str) -> list[Line]:
    if not typed:
        return []
    told = {
        Match.EXACT: ("right", say("right")),
        Match.TONES_MISSING: ("wrong", say("right letters, tones missing")),
        Match.TONES_WRONG: ("wrong", say("right letters, wrong tone")),
        Match.WRONG: ("wrong", say("it is {pinyin}", pinyin=word_with_marks(card.syllables))),
    }
    style, text = told[judge(typed, card.syllables)]
    return [line(f"{typed}: {text}", style)]


def _origin(card: ReviewCard, *, level: bool = False) -> list[Line]:
    parts = []
    if card.title:
        parts.append(say("from {title}", title=card.title))
    if level and card.level:
        parts.append(level_label(card.level))
    return plain_lines(" · ".join(parts), MAX_WIDTH, "faint")[:1] if parts else []


def nothing_left(outlook: Outlook, width: int) -> list[Line]:
    """What is said when no card waits: what was done, what comes when, what can be done now."""
    wide = min(width, MAX_WIDTH)
    lines = [line("完", "hanzi"), Line()]
    if outlook.answered:
        done = say(
            "{cards} done, {minutes}",
            cards=counted(outlook.answered, "answer"),
            minutes=_minutes(outlook.minutes),
        )
        lines += [line(say("That was all for now."), "hanzi"), line(done, "quiet")]
    else:
        lines.append(line(say("No cards wait."), "hanzi"))
    lines.append(Line())
    for text in _coming(outlook):
        lines += plain_lines(text, wide, "plain")
    if not outlook.answered and not outlook.tomorrow and not outlook.new_held_back:
        lines += plain_lines(say("Open a post and press a on a word: it becomes a card."), wide, "plain")
    return [*lines, Line(), line(say("f  read a post    q  quiz    s  statistics"), "quiet")]


def _minutes(minutes: int) -> str:
    return say("less than a minute") if minutes < 1 else counted(minutes, "minute")


def _coming(outlook: Outlook) -> list[str]:
    lines = []
    if outlook.next_step is not None:
        lines.append(say("Next card in {minutes}.", minutes=_minutes(-(-outlook.next_step // 60))))
    if outlook.tomorrow:
        lines.append(say("Tomorrow: {cards}.", cards=counted(outlook.tomorrow, "card")))
    if outlook.new_held_back:
        lines.append(
            say(
                "{cards} left for another day: the daily limit.",
                cards=counted(outlook.new_held_back, "new card"),
            )
        )
    return lines


def counted(number: int, what: str) -> str:
    """A number with what it counts, in the language in use: ``1 card``, ``2 cards``."""
    return plural(number, say(what), say(what + "s"))
