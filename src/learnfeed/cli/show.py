"""``learnfeed show``: one post as a reading card in text, pinyin over its hanzi."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from learnfeed.cli.output import Context, data, data_json, pass_context
from learnfeed.core.pinyin import word_with_marks
from learnfeed.core.text import AnnotatedText, Language, Token
from learnfeed.core.word import WordStatus
from learnfeed.services.contexts import pair_of
from learnfeed.services.views import ReaderPost

if TYPE_CHECKING:
    from learnfeed.annotate.lexicon import Lexicon

MAX_NEW = 30


@click.command()
@click.argument("post", metavar="POST")
@click.option(
    "--all-pinyin", is_flag=True, help="Pinyin over every word, not only over those you don't know."
)
@click.option("--json", "as_json", is_flag=True, help="The annotated post as one JSON document.")
@pass_context
def show(context: Context, post: str, all_pinyin: bool, as_json: bool) -> None:
    """Show one post as a reading card: pinyin over its hanzi, its English, its level, its new words.

    POST is an id of `learnfeed posts`, or the site's own id.
    """
    reading = context.services.reading
    opened = reading.open(reading.find(post))
    if as_json:
        data_json(asdict(opened))
        return
    for line in card_lines(opened, shutil.get_terminal_size((80, 24)).columns, all_pinyin=all_pinyin):
        data(line)
    for line in hard_lines(opened, context.services.lexicon):
        data(line)


def hard_lines(post: ReaderPost, lexicon: Lexicon) -> list[str]:
    """What makes a post hard, sentence by sentence: the words that give it its level.

    Args:
        post: The post.
        lexicon: The dictionary.
    """
    from learnfeed.annotate.level import hard_sentences

    level = post.level
    lines = []
    for text in (post.title, post.body) if level.level > 1 else ():
        for hard in hard_sentences(text, level.level - 1, lexicon, level.standard):
            sentence = text.text[hard.start : hard.end]
            lines.append(f"  {' '.join(hard.words)}  –  {sentence}")
    return ["", f"What makes it {level.label}", *lines] if lines else []


def card_lines(post: ReaderPost, width: int, *, all_pinyin: bool = False) -> list[str]:
    """A reading card as lines of text.

    Args:
        post: The post.
        width: Cells of a line.
        all_pinyin: Pinyin over every word, not only over those that are not known.
    """
    shown = frozenset() if all_pinyin else _known(post)
    coverage = post.card.coverage
    facts = [post.card.author, post.card.posted[:10], f"{post.level.label} ({post.level.standard})"]
    facts += [f"{coverage.share:.0%} known", f"{coverage.new_words} new words"]
    lines = [" · ".join(fact for fact in facts if fact), ""]
    if post.title.text:
        lines += [*text_lines(post.title, width, shown), ""]
    lines += [*text_lines(post.body, width, shown), ""]
    for view in post.comments:
        indent = "  " * (view.depth + 1)
        lines.append(f"{indent}{view.comment.author or '–'}:")
        lines += [indent + line for line in text_lines(view.text, width - len(indent), shown)]
    return [*lines, *_new_words(post)]


def _known(post: ReaderPost) -> frozenset[str]:
    return frozenset(word for word, status in post.statuses.items() if status.counts_as_known)


def text_lines(text: AnnotatedText, width: int, known: frozenset[str]) -> list[str]:
    """An annotated text with pinyin above its words and its English under each sentence."""
    lines: list[str] = []
    done: set[int] = set()
    paired = {span for pair in text.pairs for span in pair.en}
    for unit in text.units:
        if (unit.start, unit.end) in paired or unit.start in done:
            continue
        if unit.language is not Language.ZH:
            lines.append(text.text[unit.start : unit.end])
            continue
        pair = pair_of(text, unit)
        for start, end in pair.zh if pair else ((unit.start, unit.end),):
            done.add(start)
            lines += _ruby([token for token in text.tokens if start <= token.start < end], width, known)
        lines += [text.text[start:end] for start, end in (pair.en if pair else ())]
        lines += [pair.own] if pair and pair.own else []
    return lines or [text.text]


def _ruby(tokens: Sequence[Token], width: int, known: frozenset[str]) -> list[str]:
    from learnfeed.tui.widgets.ruby_layout import wrap

    rows = wrap(tokens, width, lambda token: token.reading is not None and token.headword not in known)
    lines: list[str] = []
    for row in rows:
        above, below, at = "", "", 0
        for box in row:
            if box.ruby:
                above = above.ljust(box.ruby_x) + "".join(syllable for syllable, _ in box.ruby)
            below += " " * (box.x - at) + box.text
            at = box.x + box.width
        lines += [above, below] if above else [below]
    return lines


def _new_words(post: ReaderPost) -> list[str]:
    seen: dict[str, Token] = {}
    for token in (*post.title.tokens, *post.body.tokens):
        if token.learnable and post.statuses.get(token.headword) is WordStatus.NEW:
            seen.setdefault(token.headword, token)
    if not seen:
        return []
    lines = ["New words"]
    for word, token in list(seen.items())[:MAX_NEW]:
        reading = word_with_marks(token.reading.syllables) if token.reading else ""
        lines.append(f"  {word}  {reading}  {token.sense.gloss if token.sense else ''}")
    if len(seen) > MAX_NEW:
        lines.append(f"  … and {len(seen) - MAX_NEW} more")
    return lines
