"""Small notes of our own, shared by the Anki tests."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from learnfeed.core.days import DayRule
from learnfeed.core.ids import note_guid
from learnfeed.core.note import (
    DeckSpec,
    NewWord,
    NoteSource,
    PostNote,
    ReadingComment,
    ReadingUnit,
    RubyToken,
    WordNote,
)
from learnfeed.core.review import Rating, ReviewLog, Schedule, Template
from learnfeed.study.scheduler import Plan, answer

CREATED = 1_737_030_000_000
NOW = datetime(2025, 3, 1, 12, 30, tzinfo=timezone(timedelta(hours=8)))
DAY_MS = 86_400_000

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SILENCE = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + b"\x00" * 413


def token(text: str, *syllables: str, target: bool = False) -> RubyToken:
    return RubyToken(text, syllables, target)


SNOW_SENTENCE = (
    token("今天", "jin1", "tian1"),
    token("我", "wo3"),
    token("第一次", "di4", "yi1", "ci4"),
    token("看到", "kan4", "dao4"),
    token("雪", "xue3", target=True),
    token("。"),
)


def snow(**changes: object) -> WordNote:
    """The word 雪 in a sentence."""
    note = WordNote(
        guid=note_guid("word", "雪"),
        created=CREATED,
        headword="雪",
        syllables=("xue3",),
        gloss="snow",
        other_glosses=("to wipe away (a humiliation)",),
        sentence=SNOW_SENTENCE,
        english="Today I saw snow for the first time.",
        english_links=((12, 16),),
        level="HSK 2",
        deck_level=2,
        tags=("学中文", "first snow"),
        source=NoteSource("第一次看到雪", "小雪同学", "16 Jan 2025", "https://example.org/p/1"),
        attribution="CC-CEDICT, CC BY-SA 4.0",
        changed_at=1_737_030_000,
    )
    return replace(note, **changes)


def word(headword: str, syllables: str, gloss: str, number: int, **changes: object) -> WordNote:
    """Any word; ``number`` tells its creation time."""
    parts = tuple(syllables.split())
    note = snow(
        guid=note_guid("word", headword),
        created=CREATED + number * 1000,
        headword=headword,
        syllables=parts,
        gloss=gloss,
        other_glosses=(),
        sentence=(token("这是"), RubyToken(headword, parts, is_target=True), token("。")),
        english=f"This is {gloss}.",
        english_links=((8, 8 + len(gloss)),),
    )
    return replace(note, **changes)


def post(**changes: object) -> PostNote:
    """A post as a reading card."""
    note = PostNote(
        guid=note_guid("post", "local:1"),
        created=CREATED + 500_000,
        title=(token("第一次", "di4", "yi1", "ci4"), token("看到", "kan4", "dao4"), token("雪", "xue3")),
        title_english="My first snow",
        body=(
            ReadingUnit(SNOW_SENTENCE, "Today I saw snow for the first time.", ends_paragraph=True),
            ReadingUnit((), "So happy!"),
        ),
        comments=(
            ReadingComment("柚子", (ReadingUnit((token("好美", "hao3", "mei3"), token("！"))),)),
            ReadingComment("小雪同学", (ReadingUnit((token("谢谢", "xie4", "xie5"),), "Thanks"),), depth=1),
        ),
        level="HSK 2",
        deck_level=2,
        known=0.97,
        new_words=(NewWord("雪", ("xue3",), "snow"),),
        source=NoteSource("第一次看到雪", "小雪同学", "16 Jan 2025", "https://example.org/p/1"),
        attribution="CC-CEDICT, CC BY-SA 4.0",
        tags=("学中文",),
        changed_at=1_737_030_000,
    )
    return replace(note, **changes)


def many(count: int) -> list[WordNote]:
    """Different words."""
    return [word(f"词{chr(0x4E00 + i)}", "ci2 yi1", f"word {i}", i) for i in range(count)]


ALL = tuple(Template)
SPEC = DeckSpec("learnfeed", templates=ALL)


def history(
    first: int, answers: list[tuple[float, Rating]], now: datetime = NOW, retention: float = 0.9
) -> tuple[Schedule, tuple[ReviewLog, ...]]:
    """A card's schedule and log after some answers, as the app itself schedules.

    Args:
        first: Unix milliseconds of the first answer.
        answers: Days after the one before, and the rating.
        now: Whose time zone days are counted in.
        retention: Desired retention.
    """
    plan = Plan(DayRule.at(now, 4), retention)
    schedule, logs, at = Schedule(), [], first
    for gap, rating in answers:
        at += round(gap * DAY_MS)
        schedule, log = answer(plan, schedule, rating, at, took=4000)
        logs.append(log)
    return schedule, tuple(logs)


def days_ago(days: float, now: datetime = NOW) -> int:
    """Unix milliseconds."""
    return int(now.timestamp() * 1000) - round(days * DAY_MS)


AGAIN, HARD, GOOD, EASY = Rating
