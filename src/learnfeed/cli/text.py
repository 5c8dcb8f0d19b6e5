"""``learnfeed text``: the language engine as pure functions of standard input."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from learnfeed.cli.output import Context, data, data_json, pass_context
from learnfeed.core.errors import DamagedError, UnreadableError
from learnfeed.core.level import Standard
from learnfeed.core.pinyin import word_with_marks
from learnfeed.core.text import AnnotatedText, Decider, TextLevel, Token, TokenKind

if TYPE_CHECKING:
    from learnfeed.annotate.pipeline import Annotator
    from learnfeed.core.english import EnglishWord

_STANDARD = click.option(
    "--standard",
    type=click.Choice([s.value for s in Standard]),
    default=Standard.HSK_2025.value,
    show_default=True,
    help="The HSK standard.",
)
_SURE_OF_NUMBERS = 0.9
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document for each line.")


@click.group()
def text() -> None:
    """Annotate text from standard input, a line at a time; no library is touched.

    The same text and dictionary always give the same answer. `learnfeed text COMMAND --help` has examples.
    """


def _lines() -> Iterator[str]:
    r"""Lines of standard input. Only ``\r\n``, ``\r`` and ``\n`` end one."""
    stream = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
    for line in stream:
        yield line.removesuffix("\n")


def _annotator(context: Context, standard: str = Standard.HSK_2025.value) -> Annotator:
    from learnfeed.annotate.pipeline import Annotator

    return Annotator(context.services.lexicon, standard)


@text.command()
@_JSON
@click.option("--sandhi", is_flag=True, help="As spoken: tones change before other tones (一, 不, 3-3).")
@click.option("--numbers", is_flag=True, help="Numbers, dates, times and prices in digits are read, too.")
@pass_context
def pinyin(context: Context, as_json: bool, sandhi: bool, numbers: bool) -> None:
    """Print the syllables of each line's hanzi, with tone numbers.

    \b
    $ echo 今天下雪了 | learnfeed text pinyin
    jin1 tian1 xia4 xue3 le5
    $ echo 2025年 | learnfeed text pinyin --numbers
    er4 ling2 er4 wu3 nian2
    """
    annotator = _annotator(context)
    for line in _lines():
        tokens = list(annotator.annotate_text(line).tokens)
        if sandhi:
            tokens = _spoken(tokens)
        syllables = list(_syllables(tokens, numbers=numbers))
        if as_json:
            data_json({"text": line, "syllables": syllables}, line=True)
        else:
            data(" ".join(str(syllable["pinyin"]) for syllable in syllables))


def _spoken(tokens: list[Token]) -> list[Token]:
    from learnfeed.annotate.sandhi import spoken

    said = zip(tokens, spoken(tokens), strict=True)
    return [t._replace(reading=replace(t.reading, syllables=s)) if t.reading else t for t, s in said]


def _syllables(tokens: list[Token], *, numbers: bool) -> Iterator[dict[str, Any]]:
    from learnfeed.annotate.numbers import aloud

    said = aloud(tokens) if numbers else {}
    for number, token in enumerate(tokens):
        reading = token.reading
        if number in said:
            whole = {"hanzi": token.text, "start": token.start, "pinyin": " ".join(said[number])}
            yield {**whole, "sure": _SURE_OF_NUMBERS, "by": Decider.MODEL.value}
            continue
        if reading is None:
            continue
        for i, (char, syllable) in enumerate(zip(token.text, reading.syllables, strict=True)):
            if syllable:
                yield {
                    "hanzi": char,
                    "start": token.start + i,
                    "pinyin": syllable,
                    "sure": round(reading.sure, 3),
                    "by": reading.by.value,
                }


@text.command()
@_JSON
@pass_context
def words(context: Context, as_json: bool) -> None:
    """Cut each line into words, names, numbers and marks.

    Without --json the tokens are printed with a blank between them; with it each has its place, kind,
    pinyin, headword, HSK levels and senses, the likeliest sense first.

    \b
    $ echo 今天下雪了 | learnfeed text words
    今天 下雪 了
    """
    annotator = _annotator(context)
    for line in _lines():
        annotated = annotator.annotate_text(line)
        if as_json:
            data_json(
                {"text": line, "tokens": [_token_json(context, t) for t in annotated.tokens]}, line=True
            )
        else:
            data(" ".join(token.text for token in annotated.tokens if not token.text.isspace()))


def _token_json(context: Context, token: Token) -> dict[str, Any]:
    out: dict[str, Any] = {
        "text": token.text,
        "start": token.start,
        "end": token.end,
        "kind": token.kind.value,
    }
    if token.reading:
        out["pinyin"] = [syllable for syllable in token.reading.syllables if syllable]
    if token.kind is TokenKind.WORD:
        lexicon = context.services.lexicon
        entries = lexicon.entries(token.headword)
        glosses = [sense.gloss for entry in entries for sense in entry.senses]
        chosen = [token.sense.gloss] if token.sense else []
        out["headword"] = token.headword
        out["level"] = lexicon.facts(token.headword).levels
        out["senses"] = list(dict.fromkeys([*chosen, *glosses]))
    return out


@text.command()
@click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    help='Lines {"id", "text"} in, lines with units, pairs, links out.',
)
@pass_context
def pairs(context: Context, jsonl: bool) -> None:
    """Find the sentences of mixed posts, which translate which, and which words.

    Places are code points from the beginning of the text; "sure" is 0 to 1.

    \b
    $ echo '{"id": 1, "text": "雪 snow"}' | learnfeed text pairs --jsonl
    {"id": 1, "units": [{"lang": "zh", "start": 0, "end": 1}, {"lang": "en", "start": 2, "end": 6}],
    "pairs": [{"zh": [[0, 1]], "en": [[2, 6]], "sure": 0.98}],
    "links": [{"zh": [0, 1], "en": [[2, 6]], "headword": "雪", "sense": "snow", "sure": 0.98}]}
    """
    del jsonl
    annotator = _annotator(context)
    for number, line in enumerate(_lines(), 1):
        if line.strip():
            record = _record(line, number)
            annotated = annotator.annotate_text(record["text"])
            data_json({"id": record.get("id", number), **_pairs_json(annotated)}, line=True)


def _record(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"Standard input is not JSON: {error}", place=f"line {number}") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise DamagedError('A line must be an object with "text"', place=f"line {number}")
    return record


def _pairs_json(annotated: AnnotatedText) -> dict[str, Any]:
    return {
        "units": [{"lang": u.language.value, "start": u.start, "end": u.end} for u in annotated.units],
        "pairs": [{"zh": pair.zh, "en": pair.en, "sure": round(pair.sure, 3)} for pair in annotated.pairs],
        "links": [
            {"zh": k.zh, "en": k.en, "headword": k.headword, "sense": k.sense, "sure": round(k.sure, 3)}
            for k in annotated.links
        ],
    }


@text.command()
@click.argument("zh", type=click.Path(path_type=Path))
@click.argument("en", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Lines [[zh line numbers], [en line numbers]], from 0.")
@pass_context
def align(context: Context, zh: Path, en: Path, as_json: bool) -> None:
    """Align two files, a sentence a line, that translate each other.

    Each line of output names the lines of ZH and of EN, counted from 0, that belong together; an empty
    list stands beside a sentence without a translation.

    \b
    $ learnfeed text align --json book.zh.txt book.en.txt
    [[0], [0]]
    [[1, 2], [1]]
    """
    from learnfeed.annotate.documents import align_documents

    beads = align_documents(_sentences(zh), _sentences(en), context.services.lexicon)
    for left, right in beads:
        data(json.dumps([left, right]) if as_json else f"{left}:{right}".replace(" ", ""))


def _sentences(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise UnreadableError(f"{path} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DamagedError(f"{path} is not UTF-8 text", place=f"byte {error.start}") from error
    return lines[:-1] if lines and not lines[-1] else lines


@text.command()
@_JSON
@_STANDARD
@click.option("--reader", type=click.IntRange(0, 7), help="The level a reader has reached; 7 is 7–9.")
@pass_context
def level(context: Context, as_json: bool, standard: str, reader: int | None) -> None:
    """Print the HSK level of each line, and the words that make it hard.

    The level is the lowest that knows 95 % of the line's hanzi. The words are those that a reader one level
    below, or of the level that --reader names, does not know. --json tells words and characters sentence by
    sentence, and the share of hanzi each level knows.

    \b
    $ echo 我们在院子里堆了一个巨大的雪人。 | learnfeed text level
    HSK 5   堆 巨大
    """
    from learnfeed.annotate.level import hard_sentences, level_of

    annotator, lexicon = _annotator(context, standard), context.services.lexicon
    for line in _lines():
        annotated = annotator.annotate_text(line)
        found = level_of(annotated.tokens, lexicon, standard)
        known = max(0, found.level - 1) if reader is None else reader
        hard = hard_sentences(annotated, known, lexicon, standard) if found.level else []
        if as_json:
            data_json({**_level_json(found), "sentences": [s._asdict() for s in hard]}, line=True)
        else:
            words = dict.fromkeys(word for sentence in hard for word in sentence.words)
            data("\t".join([found.label, " ".join(words)]).rstrip())


def _level_json(found: TextLevel) -> dict[str, Any]:
    return {
        "level": found.level,
        "label": found.label,
        "standard": found.standard,
        "hanzi": found.hanzi,
        "curve": {str(n): round(share, 4) for n, share in enumerate(found.curve, 1)},
        "above": list(found.above),
    }


@text.command()
@pass_context
def gloss(context: Context) -> None:
    """Print each line's words, one a line, with pinyin and the sense that fits; a blank line after each.

    A sense that is only a guess is marked with a question mark; the English of the line itself tells most.

    \b
    $ echo '猫很可爱。The cat is cute.' | learnfeed text gloss
    猫      māo     cat
    很      hěn     very ?
    可爱    kě'ài   cute
    """
    annotator = _annotator(context)
    for line in _lines():
        for token in annotator.annotate_text(line).tokens:
            if token.kind in (TokenKind.WORD, TokenKind.NAME):
                reading = word_with_marks(token.reading.syllables) if token.reading else ""
                guess = " ?" if token.sense and token.sense.sure < 0.5 else ""
                data(f"{token.text}\t{reading}\t{token.sense.gloss if token.sense else ''}{guess}")
        data("")


@text.command()
@_JSON
@pass_context
def english(context: Context, as_json: bool) -> None:
    """Print the English words of each line: base form, level, sound, Chinese.

    Levels are bands of frequency named after CEFR. A gloss that is only a guess is marked with a question
    mark; the post's own Chinese is not.

    \b
    $ echo '我的猫很可爱。My cat is cute.' | learnfeed text english
    My      my      A1      maɪ     我
    cat     cat     A2      kæt     猫
    is      be      A1      ɪz      是 ?
    cute    cute    B1      kjut    可爱
    """
    from learnfeed.annotate.english_words import EnglishReader

    annotator, reader = _annotator(context), EnglishReader(context.services.lexicon)
    for line in _lines():
        found = reader.words(annotator.annotate_text(line))
        if as_json:
            data_json({"text": line, "words": [_english_json(word) for word in found]}, line=True)
            continue
        for word in found:
            guess = " ?" if word.gloss and word.by is not Decider.LINK else ""
            data("\t".join([word.surface, word.lemma, word.level, word.phonetics, word.gloss + guess]))
        data("")


def _english_json(word: EnglishWord) -> dict[str, Any]:
    return {
        "text": word.surface,
        "start": word.start,
        "lemma": word.lemma,
        "level": word.level,
        "ipa": word.phonetics,
        "gloss": word.gloss,
        "by": word.by.value,
    }
