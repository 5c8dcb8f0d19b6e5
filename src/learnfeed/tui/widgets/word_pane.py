"""The word at the cursor: reading, the sense that fits and why, what else is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from learnfeed.core.level import level_label
from learnfeed.core.text import Decider, SenseChoice, Token
from learnfeed.core.word import Entry, WordStatus
from learnfeed.tui.messages import say
from learnfeed.tui.notation import in_script, written
from learnfeed.tui.text import plural, shown
from learnfeed.tui.widgets.ruby_layout import ruby_of

if TYPE_CHECKING:
    from learnfeed.services.views import WordView

_STATUS = {
    WordStatus.NEW: "○ new",
    WordStatus.LEARNING: "◐ learning",
    WordStatus.KNOWN: "● known",
    WordStatus.IGNORED: "– ignored",
}
MAX_SENSES = 6


class WordPane(Static):
    """A pane of fixed size, so that moving on never lays the screen out again."""

    DEFAULT_CSS = """
    WordPane { background: $surface; color: $foreground; padding: 1 2; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)

    def show(
        self,
        token: Token | None,
        status: WordStatus,
        word: WordView | None,
        standard: str,
        *,
        corrected: Sequence[str] = (),
    ) -> None:
        """Shows a word.

        Args:
            token: As it stands in the post; None for no word.
            status: What the learner said of it.
            word: What library and dictionary say; None while that is not known.
            standard: HSK standard of the level shown.
            corrected: What of it the learner corrected.
        """
        narrow = self.size.height < 12
        shown = describe(token, status, word, standard, narrow=narrow, corrected=corrected) if token else ""
        self.update(shown, layout=False)


def describe(
    token: Token,
    status: WordStatus,
    word: WordView | None,
    standard: str,
    *,
    narrow: bool,
    corrected: Sequence[str] = (),
) -> Content:
    """A word in lines: most telling first, since a small pane shows only the first few."""
    sections = [[*_sense(token.sense, word), *_corrected(corrected)]]
    if word:
        more = [_others(token, word), _met(word)]
        sections += [*(reversed(more) if narrow else more), _parts(word)]
    if token.learnable and not narrow:
        sections.append(_keys())
    parts = _head(token, status, word, standard)
    for section in sections:
        parts += ["\n" if narrow else "\n\n", *section] if section else []
    return Content.assemble(*parts)


def _head(
    token: Token, status: WordStatus, word: WordView | None, standard: str
) -> list[tuple[str, str] | str]:
    out: list[tuple[str, str] | str] = [
        (
            shown(in_script(token.headword or token.text, token.reading.syllables if token.reading else ())),
            "bold",
        )
    ]
    for i, (syllable, tone) in enumerate(ruby_of(token)):
        out.append(("  " if i == 0 else "") + "")
        out.append((syllable, f"$tone-{tone}"))
    if word and word.about:
        out.append((f"  {shown(word.about)}", "$secondary"))
    level = word.facts.levels.get(standard, 0) if word else 0
    if token.reading and token.reading.sure < 0.8:
        out.append((f" {say('reading not sure')}", "$quiet"))
    if token.learnable:
        out.append((f"   {say(_STATUS[status])}", "$accent" if status is WordStatus.NEW else "$quiet"))
    if level:
        out.append((f"   {level_label(level)}", "$quiet"))
    return out


def _sense(sense: SenseChoice | None, word: WordView | None) -> list[tuple[str, str] | str]:
    if sense is None:
        if word and not word.entries:
            return [(say("not in the dictionary"), "$quiet")]
        return []
    out: list[tuple[str, str] | str] = ["▸ ", (shown(sense.gloss), "bold")]
    if sense.sure < 0.5:
        out.append((f"  {say('a guess')}", "$quiet"))
    if sense.by is Decider.LINK and sense.english:
        why = say("because of “{english}” in this post", english=shown(sense.english))
        out += [("\n", ""), (f"{why} · {say('sure')} {sense.sure:.2f}", "$quiet")]
    return out


def _corrected(what: Sequence[str]) -> list[tuple[str, str] | str]:
    if not what:
        return []
    return ["\n", (f"✎ {say('corrected by you')}: {', '.join(what)} · {say('sure')}\u00a01.00", "$success")]


def _others(token: Token, word: WordView) -> list[tuple[str, str] | str]:
    chosen = token.sense.gloss if token.sense else ""
    lines: list[tuple[str, str] | str] = []
    spoken = token.reading.syllables if token.reading else ()
    count = 0
    for entry in word.entries:
        glosses = [sense.gloss for sense in entry.senses if sense.gloss != chosen][:MAX_SENSES]
        if not glosses or count >= MAX_SENSES:
            continue
        count += len(glosses)
        reading = "" if _same(entry, spoken) else "".join(text for text, _ in written(entry.syllables)) + "  "
        lines += [("\n" + reading, "$secondary"), (shown("; ".join(glosses)), "$quiet")]
    return [(say("also"), "$faint"), *lines] if lines else []


def _same(entry: Entry, spoken: tuple[str, ...]) -> bool:
    return tuple(s.lower() for s in entry.syllables) == tuple(s.lower() for s in spoken)


def _met(word: WordView) -> list[tuple[str, str] | str]:
    if not word.times:
        return []
    times = plural(word.times, say("time"), say("times"))
    posts = plural(word.posts, say("post"), say("posts"))
    return [(say("met {times} in {posts}", times=times, posts=posts), "$quiet")]


def _parts(word: WordView) -> list[tuple[str, str] | str]:
    if not word.parts:
        return []
    text = "   ".join(f"{char} {shown(gloss)}" for char, gloss in word.parts)
    return [(text, "$quiet")]


def _keys() -> list[tuple[str, str] | str]:
    out: list[tuple[str, str] | str] = []
    for key, what, after in (
        ("k", "known", "   "),
        ("l", "learning", "   "),
        ("x", "ignore", "\n"),
        ("c", "correct", ""),
    ):
        out += [(key, "$accent bold"), (f" {say(what)}{after}", "$quiet")]
    return out
