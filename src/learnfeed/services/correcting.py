"""Corrections: making them, listing them, taking them away; the posts they concern follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnfeed.core.correction import Correction, CorrectionKind, Scope, StandingCorrection, correct
from learnfeed.core.errors import NotFoundError, UsageError
from learnfeed.core.text import AnnotatedText, Language, Span, Token
from learnfeed.services.sentences import sections
from learnfeed.store.corrections import CorrectionStore
from learnfeed.store.database import Database
from learnfeed.store.posts import PostStore

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon
    from learnfeed.services.refreshing import RefreshService

AT_ONCE = 8
"""Posts that are annotated again before a command returns; the rest follow with a refresh."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of a correction.

    Attributes:
        id: Its event.
        posts: Posts in which its characters stand.
        waiting: How many of them are still to be annotated again.
    """

    id: int
    posts: int
    waiting: int


@dataclass(frozen=True, slots=True)
class WordPlace:
    """A word where it stands in a post.

    Attributes:
        post_id: The post.
        key: Its key.
        section: 0 title, 1 body, 2 and up its comments.
        text: That section, annotated.
        span: The characters.
    """

    post_id: int
    key: str
    section: int
    text: AnnotatedText
    span: Span


class CorrectingService:
    """Corrections of a library."""

    def __init__(
        self,
        database: Database,
        lexicon: Callable[[], Lexicon],
        refreshing: RefreshService,
        clock: Callable[[], int],
    ) -> None:
        """Takes what corrections need.

        Args:
            database: The library.
            lexicon: Opens the dictionary.
            refreshing: Annotates posts again.
            clock: Unix milliseconds now.
        """
        self._db = database
        self._posts = PostStore(database)
        self._store = CorrectionStore(database)
        self._lexicon = lexicon
        self._refreshing = refreshing
        self._now = clock

    def find(self, post_id: int, characters: str, nth: int = 1) -> WordPlace:
        """Where characters stand in a post, counted through title, body and comments.

        Raises:
            NotFoundError: They do not stand there so often.
        """
        post, annotated = self._posts.post(post_id), self._posts.annotated(post_id)
        left = nth
        for number, text in enumerate(sections(annotated)):
            start = text.text.find(characters)
            while start >= 0 and characters:
                left -= 1
                if not left:
                    return WordPlace(post_id, post.key, number, text, (start, start + len(characters)))
                start = text.text.find(characters, start + 1)
        times = f" {nth} times" if nth > 1 else ""
        raise NotFoundError(
            f"{characters!r} does not stand{times} in post {post_id}", hint=f"learnfeed show {post_id}"
        )

    def reach(self, correction: Correction) -> int:
        """In how many posts its characters stand."""
        return self._store.reach(correction)

    def correct(self, correction: Correction, *, first: int | None = None, answers: str = "") -> Corrected:
        """Makes a correction. It holds from now on, also for what is imported later.

        Args:
            correction: The correction.
            first: A post that is annotated again before this returns; the others wait for a refresh.
            answers: The edit made in Anki that it takes over.

        Raises:
            LibraryError: The library can't be written.
        """
        with self._db.write():
            event = self._store.add(correction, self._now(), answers=answers)
        return self._follow(event, self._store.concerned(correction), first)

    def remove(self, ids: Iterable[int], *, first: int | None = None) -> Corrected:
        """Takes corrections away; ``u`` and :meth:`ReadingService.undo` bring them back.

        Raises:
            NotFoundError: There is no such correction.
        """
        standing = {found.id: found for found in self._store.standing()}
        wanted = list(dict.fromkeys(ids))
        if missing := [number for number in wanted if number not in standing]:
            raise NotFoundError(
                f"There is no correction {missing[0]}", hint="learnfeed words corrections lists them."
            )
        chosen = [found for number, found in standing.items() if number in wanted]
        with self._db.write():
            event = self._store.remove(chosen, self._now())
        posts = {post_id for found in chosen for post_id in self._store.concerned(found.correction)}
        return self._follow(event, posts, first)

    def _follow(self, event: int, posts: Iterable[int], first: int | None) -> Corrected:
        concerned = list(posts)
        done = self._refreshing.posts([first]) if first is not None else 0
        return Corrected(event, len(concerned), len(concerned) - done * (first in concerned))

    def catch_up(self, post_id: int) -> int:
        """Annotates a post again when a correction was taken back; gives back how many others wait."""
        stale = self._store.stale()
        return len(stale) - (self._refreshing.posts([post_id]) if post_id in stale else 0)

    def settle(self) -> int:
        """Annotates the posts that wait, when they are few; gives back how many are left to a refresh."""
        stale = self._store.stale()
        return len(stale) - (self._refreshing.posts(stale) if 0 < len(stale) <= AT_ONCE else 0)

    def standing(self) -> tuple[StandingCorrection, ...]:
        """Corrections that hold, oldest first."""
        return self._store.standing()

    def holding(
        self, key: str, texts: Mapping[int, AnnotatedText]
    ) -> dict[tuple[int, int], list[StandingCorrection]]:
        """Which words of a post are as the learner corrected them.

        Args:
            key: Key of the post.
            texts: Its texts by section.

        Returns:
            The corrections by section and start of the word.
        """
        from learnfeed.annotate.corrections import concerned

        found: dict[tuple[int, int], list[StandingCorrection]] = {}
        for one in self._store.standing():
            for section, text in texts.items():
                if one.correction.surface in text.text:
                    for start in concerned(one.correction, text, key):
                        found.setdefault((section, start), []).append(one)
        return found


# -- what can be put right, as plain values ------------------------------------------------------


def cut_anew(
    place: WordPlace, tokens: Sequence[Token], words: Sequence[str], scope: Scope
) -> Correction | None:
    """The correction that makes tokens beside each other into other words; None when nothing changes.

    It is about no more than the tokens that change.

    Args:
        place: Any word of the post; its text counts.
        tokens: The tokens, in a row.
        words: The same characters, cut as they should be.
        scope: Where that holds.

    Raises:
        UsageError: They are other characters.
    """
    before = [token.text for token in tokens]
    if "".join(before) != "".join(words):
        raise UsageError(
            f"The characters must stay as they are: {''.join(before)}",
            hint="Only move, add or remove blanks.",
        )
    if before == list(words):
        return None
    head = _common(before, words)
    tail = _common(before[head:][::-1], words[head:][::-1])
    changed = tokens[head : len(tokens) - tail]
    span = (changed[0].start, changed[-1].end)
    value = tuple(words[head : len(words) - tail])
    return correct(CorrectionKind.WORDS, scope, place.text.text, span, value=value, post=place.key)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def sentence_at(text: AnnotatedText, start: int) -> Span | None:
    """The Chinese sentence that a character stands in; None when it stands in none."""
    return next(
        (
            (unit.start, unit.end)
            for unit in text.units
            if unit.language is Language.ZH and unit.start <= start < unit.end
        ),
        None,
    )


def translation_of(place: WordPlace, english: str | None) -> Correction:
    """The correction that gives the sentence of a word another translation, or none.

    Args:
        place: A word of the sentence.
        english: A sentence of the post or one's own; None for no translation.

    Raises:
        NotFoundError: The word stands in no sentence.
    """
    span = sentence_at(place.text, place.span[0])
    if span is None:
        raise NotFoundError("These characters stand in no Chinese sentence")
    value = (english,) if english is not None else ()
    return correct(CorrectionKind.PAIR, Scope.HERE, place.text.text, span, value=value, post=place.key)
