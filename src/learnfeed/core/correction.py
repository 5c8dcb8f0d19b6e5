"""What a learner put right in an annotation: which characters, where that holds, and what is right.

A correction names its place by text, never by number: characters with what stands beside them. So it
finds its place again after the post was annotated, imported or merged anew, with whatever dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from learnfeed.core.errors import UsageError
from learnfeed.core.ids import EventId
from learnfeed.core.pinyin import is_syllable, parse_typed
from learnfeed.core.text import Span

AROUND = 16
"""Characters on either side by which one place of a post is told from all others."""
LONGEST = 500
"""Characters of a gloss or a translation of one's own."""
_HANZI = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class CorrectionKind(StrEnum):
    """What is put right.

    The value of a correction is, by kind:

    READING: a syllable for each character (``xue3``), empty where it has none.
    WORDS: the words that the characters make, in order.
    SENSE: one gloss.
    PAIR: the English of a sentence, one text for each English sentence; empty for no translation. What
        does not stand in the post is a translation of the learner's own.
    """

    READING = "reading"
    WORDS = "words"
    SENSE = "sense"
    PAIR = "pair"


class Scope(StrEnum):
    """Where a correction holds.

    HERE: at this place of this post; CONTEXT: wherever the same hanzi stand directly before and after
    (the end of a run of hanzi counts as one); EVERYWHERE: wherever the characters are words of their own.
    """

    HERE = "here"
    CONTEXT = "context"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Correction:
    """Something put right.

    Attributes:
        kind: What.
        scope: Where it holds. A PAIR holds HERE, wherever its sentence stands in the post.
        surface: The characters as they stand in the text; for a PAIR the Chinese sentence.
        value: What is right, see :class:`CorrectionKind`.
        before: What stands before them: up to :data:`AROUND` characters of the line for HERE, one
            hanzi or none for CONTEXT.
        after: What stands after them, alike.
        post: Key of the post for HERE; empty otherwise.
    """

    kind: CorrectionKind
    scope: Scope
    surface: str
    value: tuple[str, ...]
    before: str = ""
    after: str = ""
    post: str = ""

    @property
    def place(self) -> tuple[str, ...]:
        """What it is about. A later correction of the same takes the place of an earlier one."""
        return (self.kind, self.scope, self.surface, self.before, self.after, self.post)


@dataclass(frozen=True, slots=True)
class StandingCorrection:
    """A correction that holds.

    Attributes:
        id: Its event.
        at: Unix milliseconds when it was made.
        correction: What it says.
    """

    id: EventId
    at: int
    correction: Correction


def correct(
    kind: CorrectionKind, scope: Scope, text: str, span: Span, *, value: tuple[str, ...], post: str
) -> Correction:
    """A correction of a stretch of text.

    Args:
        kind: What is put right.
        scope: Where it is to hold; a PAIR always holds HERE.
        text: The text.
        span: The characters.
        value: What is right.
        post: Key of the post.

    Raises:
        UsageError: The value does not fit the characters.
    """
    surface = text[span[0] : span[1]]
    if kind is CorrectionKind.PAIR:
        made = Correction(kind, Scope.HERE, surface, value, post=post)
    elif scope is Scope.HERE:
        made = Correction(kind, scope, surface, value, *_around(text, span), post)
    elif scope is Scope.CONTEXT:
        made = Correction(kind, scope, surface, value, *neighbours(text, span))
    else:
        made = Correction(kind, scope, surface, value)
    check(made)
    return made


def neighbours(text: str, span: Span) -> tuple[str, str]:
    """The hanzi directly before and after a stretch; empty where none stands there."""
    before, after = text[max(0, span[0] - 1) : span[0]], text[span[1] : span[1] + 1]
    return (before if _HANZI.match(before) else "", after if _HANZI.match(after) else "")


def places(correction: Correction, text: str, post: str) -> Iterator[Span]:
    """Where a correction may hold in a text, by its characters alone.

    Args:
        correction: The correction.
        text: The text.
        post: Key of the post it belongs to.
    """
    if correction.scope is Scope.HERE and correction.post != post:
        return
    size = len(correction.surface)
    start = text.find(correction.surface)
    while start >= 0:
        end = start + size
        if _fits(correction, text, (start, end)):
            yield start, end
        start = text.find(correction.surface, start + 1)


def _fits(correction: Correction, text: str, span: Span) -> bool:
    if correction.kind is CorrectionKind.PAIR or correction.scope is Scope.EVERYWHERE:
        return True
    if correction.scope is Scope.CONTEXT:
        return neighbours(text, span) == (correction.before, correction.after)
    return _around(text, span) == (correction.before, correction.after)


def _around(text: str, span: Span) -> tuple[str, str]:
    """What stands on the same line before and after a stretch: lines come and go when a post is saved again."""
    before, after = text[max(0, span[0] - AROUND) : span[0]], text[span[1] : span[1] + AROUND]
    return before.rsplit("\n", 1)[-1], after.split("\n", 1)[0]


def check(correction: Correction) -> None:
    """Holds a correction against its own characters.

    Raises:
        UsageError: It can't be right.
    """
    surface, value = correction.surface, correction.value
    if not surface.strip():
        raise UsageError("There is nothing to correct", hint="Name a word.")
    if any(_CONTROL.search(part) for part in (surface.replace("\n", ""), *value)):
        raise UsageError("A correction is plain text in one line")
    if any(len(part) > LONGEST for part in value):
        raise UsageError(f"A correction has at most {LONGEST} characters")
    if correction.kind is CorrectionKind.READING:
        _check_reading(surface, value)
    elif correction.kind is CorrectionKind.WORDS and (
        "".join(value) != surface or not all(map(str.strip, value))
    ):
        raise UsageError(
            f"{' '.join(value)!r} are not the characters of {surface!r}",
            hint="Put blanks between the words and change nothing else.",
        )
    elif correction.kind is CorrectionKind.SENSE and (len(value) != 1 or not value[0].strip()):
        raise UsageError("A sense is one text that is not empty")
    elif correction.kind is CorrectionKind.PAIR and not all(map(str.strip, value)):
        raise UsageError("A translation is not empty", hint="Say that there is none instead.")


def _check_reading(surface: str, syllables: tuple[str, ...]) -> None:
    if len(syllables) != len(surface) or not any(syllables):
        raise UsageError(
            f"{surface} has {len(surface)} characters and needs a syllable for each",
            hint="Type them with numbers or marks: xia4 xue3, xiàxuě.",
        )
    wrong = next((syllable for syllable in syllables if syllable and not is_syllable(syllable)), None)
    if wrong is not None:
        raise UsageError(f"{wrong!r} is no syllable of pinyin", hint="For example xue3, lü4 (or lv4), r5.")


def typed_reading(surface: str, typed: str) -> tuple[str, ...]:
    """A reading as someone typed it, as a syllable for each character.

    Syllables go to the hanzi in order; other characters have none.

    Raises:
        UsageError: They are too many or too few, one has no tone, or one is no pinyin.
    """
    hanzi = [bool(_HANZI.match(char)) for char in surface]
    found = parse_typed(typed)
    if len(found) != sum(hanzi):
        raise UsageError(
            f"{surface} needs {_syllables(sum(hanzi))}, not {len(found)}",
            hint="Type them with numbers or marks: xia4 xue3, xiàxuě.",
        )
    if not any(part.tone for part in found):
        raise UsageError("The tones are missing", hint="Type them: xue3 or xuě; 5 is the neutral tone.")
    syllables = iter(f"{part.letters}{part.tone or 5}" for part in found)
    value = tuple(next(syllables) if is_hanzi else "" for is_hanzi in hanzi)
    _check_reading(surface, value)
    return value


def _syllables(number: int) -> str:
    return "1 syllable" if number == 1 else f"{number} syllables"


def clean(text: str) -> str:
    """Typed or pasted text in one line, without control codes."""
    return " ".join(_CONTROL.sub(" ", text).split())
