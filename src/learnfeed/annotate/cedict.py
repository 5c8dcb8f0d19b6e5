"""CC-CEDICT: a line of the dictionary → readings, senses and references a learner can use.

The format is ``繁體 简体 [fan2 ti3] /sense/sense/`` (https://cc-cedict.org/wiki/format:syntax). Inside a
sense ``;`` separates synonyms, ``CL:`` lists measure words, and other entries are pointed to as
``繁|简[pin1 yin1]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from learnfeed.annotate.hanzi import is_hanzi
from learnfeed.core.pinyin import to_number
from learnfeed.core.word import Sense

_HANZI = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
LONGEST_LINE = 2000
"""Characters of a line that can be an entry; CC-CEDICT's longest has 692."""
_LINE = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*")
_TARGET = r"(?:[^\s\[\]|/,;()]+\|)?([^\s\[\]|/,;()]+)(?:\[([^\]]*)\])?"
_POINTER = re.compile(
    r"(?:\((?:[A-Z][a-z]|old|arch\w*\.?|coll\.|dialect|literary|Tw|HK)\) ?)*"
    r"(?:(?:[A-Z]?[a-z]+ ){0,3}variant of|see|same as|equivalent to|now written|(?P<short>abbr\. (?:for|of)))"
    rf" (?:{_TARGET})(?P<rest>.*)"
)
# A run of characters is looked at once, from its beginning: a line from outside may be made to be slow.
_MENTIONED = r"[^\s\[\]|/,;()“”\"']"
_MENTION = re.compile(
    rf"(?<!{_MENTIONED})(?:{_MENTIONED}++\|)?"
    rf"(?=[^\s\[\]|/,;()“”\"'\x80-\U0010ffff]*+[^\x00-\x7f\s“”])({_MENTIONED}++)\[[^\]]*+\]"
)
_WRITTEN = r"[^\s\[\]|/,;()]"
_WITH_HANZI = rf"(?=[^\s\[\]|/,;()\u3400-\u9fff]*+[\u3400-\u9fff])({_WRITTEN}++)"
_PAIRED = re.compile(rf"(?<!{_WRITTEN}){_WITH_HANZI}\|{_WITH_HANZI}")
_ASIDE = re.compile(
    r"\((?:abbr\.|also|see|cf\.?|variant|same as|contraction|contrasted|opposite|from|alternative|erhua) [^()]*"
    r"[\u3400-\u9fff\[][^()]*\)"
)
_PRONOUNCED = re.compile(r"(?:\([^)]*\) ?)?(?:also |Taiwan |usually |old |often )*(?:pr\.|pronounced) ?\[.*")
_SKIPPED = re.compile(
    r"(?:see also|also written|also called|cf\.?|contrasted with|abbr\. to|abbr\. as|also) .*[\u3400-\u9fff].*"
)
_DANGLING = re.compile(
    r"(?:^|\b)(?:of|for|from|in|to|as|with|by|and|or|see|cf|the|also|called|written|i\.e|like|than|before|after|on|at|a)\.?$",
    re.IGNORECASE,
)
_COARSE = re.compile(
    r"\([^)]*\b(?:vulgar|derog|pejorative|offensive|obscene|insult\w*|slur|taboo|racist)\b[^)]*\)"
    r"|\b(?:motherfuck\w*|fuck\w*|cunts?|bullshit|shit|assholes?|bitch(?:es)?|whores?|dickhead)\b"
    r"|\b(?:derogatory term|ethnic slur|term of abuse|swear word|profanity)\b",
    re.IGNORECASE,
)
_SURNAME = re.compile(r"(?:\([^)]*\) )?(?:two-character |Japanese )?surname\b", re.IGNORECASE)
_MARKED = re.compile(
    r"\(|surname|classifier|Taiwan eq|fuck|shit|cunt|bitch|whore|asshole|derog|slur|abuse|dickh|profan|swear",
    re.IGNORECASE,
)
_TAGS = (
    ("vulgar", _COARSE),
    ("surname", _SURNAME),
    ("internet", re.compile(r"\([^)]*\b(?:Internet|netspeak|ACG)\b[^)]*\)", re.IGNORECASE)),
    ("slang", re.compile(r"\([^)]*\bslang\b[^)]*\)", re.IGNORECASE)),
    ("classifier", re.compile(r"\(?(?:\([^)]*\) ?)*classifier\b", re.IGNORECASE)),
    ("old", re.compile(r"\([^)]*\b(?:old|arch\.?|archaic|obsolete|in former times)(?![\w])[^)]*\)")),
    ("literary", re.compile(r"\([^)]*\b(?:literary|classical|poetic)\b[^)]*\)")),
    ("colloquial", re.compile(r"\([^)]*\bcoll\b[^)]*\)")),
    ("dialect", re.compile(r"\([^)]*\b(?:dialect|Cantonese|Wu|Beijing dialect)\b[^)]*\)")),
    ("taiwan", re.compile(r"\([^)]*\bTw\b[^)]*\)|\bTaiwan equivalent\b")),
    ("idiom", re.compile(r"\([^)]*\bidiom\b[^)]*\)")),
    ("loan", re.compile(r"\([^)]*\bloanword\b[^)]*\)")),
    ("bound", re.compile(r"\(bound form\)")),
    ("sound", re.compile(r"\(onom\.\)")),
    ("species", re.compile(r"\(bird species of China\)")),
)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_EMPTY = re.compile(r"\(\s*[,;.\s]*\)|“\s*”|\"\s*\"")
_BEFORE_MARK = re.compile(r"\s+([,;:.)!?])")
_BLANKS = re.compile(r"\s{2,}")
LAST = {"old": 1, "surname": 2, "vulgar": 3}
"""How far back a sense of this tag goes; all others stay where the dictionary has them."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A sense that only says: look there.

    Attributes:
        word: The simplified headword it points to.
        pinyin: Its reading as CC-CEDICT writes it; empty when it names none.
        short: Whether this word is an abbreviation of that one, not a way to write it.
    """

    word: str
    pinyin: str
    short: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the dictionary.

    Attributes:
        traditional, simplified: The headword.
        pinyin: As it is written there, capitals and all.
        senses: Its own senses, cleaned, in the dictionary's order.
        pointers: Other entries that hold its meaning.
        measure_words: Simplified.
    """

    traditional: str
    simplified: str
    pinyin: str
    senses: tuple[Sense, ...]
    pointers: tuple[Pointer, ...] = ()
    measure_words: tuple[str, ...] = ()

    @property
    def is_name(self) -> bool:
        """Whether the reading is capitalised, as CC-CEDICT marks proper names."""
        return any(part[:1].isupper() and len(part) > 1 for part in self.pinyin.split())

    @property
    def syllables(self) -> tuple[str, ...]:
        """One for each character (see :func:`align_syllables`)."""
        return align_syllables(self.simplified, self.pinyin)


def align_syllables(word: str, pinyin: str) -> tuple[str, ...]:
    """Gives each character of a word its syllable.

    Latin letters and punctuation get none. Where CC-CEDICT has more or fewer syllables than
    characters (``21三体综合症``, ``PO文``), hanzi are served from both ends and the middle stays empty.

    Args:
        word: The headword.
        pinyin: Blank-separated syllables with tone numbers or marks.

    Returns:
        As many syllables as the word has characters.
    """
    parts = pinyin.split()
    if len(parts) == len(word):
        return tuple(_syllable(char, part) for char, part in zip(word, parts, strict=True))
    out = [""] * len(word)
    head = _serve(out, word, parts, range(len(word)), 1)
    _serve(out, word, parts[head:], range(len(word) - 1, -1, -1), -1)
    return tuple(out)


def _syllable(char: str, part: str) -> str:
    """The syllable of one character; none for a letter that stands for itself."""
    if char.isascii() and not char.isdigit():
        return ""
    number = to_number(part)
    if number in {"xx5", ""} or (len(part) == 1 and part.isascii() and part.isupper()):
        return ""
    return number


def _serve(out: list[str], word: str, parts: list[str], order: range, step: int) -> int:
    """Hands out syllables to leading (or trailing) hanzi; returns how many were used."""
    used = 0
    for at in order:
        if not is_hanzi(word[at]) or used >= len(parts) or out[at]:
            break
        part = parts[used] if step == 1 else parts[-1 - used]
        if len(word) == 1 and len(parts) > 1:
            break
        out[at] = _syllable(word[at], part)
        used += 1
    return used


def parse_line(line: str) -> Line | None:
    """Reads one line; None for comments and for what is not an entry."""
    match = None if line.startswith("#") or len(line) > LONGEST_LINE else _LINE.fullmatch(line)
    if match is None:
        return None
    traditional, simplified, pinyin, body = match.groups()
    senses: list[Sense] = []
    pointers: list[Pointer] = []
    measures: list[str] = []
    for part in body.split("/"):
        if part.startswith("CL:"):
            measures += [m[1] for m in re.finditer(_TARGET, part[3:]) if is_hanzi(m[1][0])]
        else:
            _read_sense(part.strip(), senses, pointers)
    return Line(
        traditional, simplified, pinyin, tuple(senses), tuple(pointers), tuple(dict.fromkeys(measures))
    )


def _read_sense(part: str, senses: list[Sense], pointers: list[Pointer]) -> None:
    """Sorts one sense into own senses and pointers."""
    if not part or _PRONOUNCED.fullmatch(part) or _SKIPPED.fullmatch(part):
        return
    pointer = _POINTER.fullmatch(part)
    if pointer and is_hanzi(pointer[2][0]):
        target, pinyin, rest = pointer[2], pointer[3] or "", pointer["rest"]
        if pointer["short"] and rest.startswith(", "):
            senses.append(_sense(rest[2:], "abbreviation"))
            return
        pointers.append(Pointer(target, pinyin, bool(pointer["short"])))
        return
    sense = _sense(part)
    if sense.gloss:
        senses.append(sense)


def _sense(part: str, *more: str) -> Sense:
    gloss = clean_gloss(part)
    tags = tuple(tag for tag, pattern in _TAGS if pattern.search(part)) if _MARKED.search(part) else ()
    if "surname" in tags and not _SURNAME.match(part):
        tags = tuple(tag for tag in tags if tag != "surname")
    shown = ("reference",) if _HANZI.search(gloss) else ()
    return Sense(gloss, (*tags, *shown, *more))


def clean_gloss(raw: str) -> str:
    """A gloss without references to other entries.

    ``one of the ten heavenly stems 天干[tian1 gan1]`` loses the reference; where the sentence
    would break off (``used in 自個兒|自个儿[zi4 ge3 r5]``) the simplified word stays, without pinyin.
    """
    if not _HANZI.search(raw) and "[" not in raw:
        return _tidy(raw)
    text = _ASIDE.sub("", raw)
    bare = _tidy(_PAIRED.sub("", _MENTION.sub("", text)))
    kept = _tidy(_PAIRED.sub(r"\2", _MENTION.sub(r"\1", text)))
    return kept if not bare or bare == kept or _breaks_off(text, bare) else bare


def _breaks_off(text: str, bare: str) -> bool:
    """Whether removing the references left a hole: a preposition with nothing after it."""
    for match in _MENTION.finditer(text):
        before = text[: match.start()].rstrip(" (“\"'")
        after = text[match.end() :].lstrip()
        if _DANGLING.search(before) and not re.match(r"[A-Za-z]", after):
            return True
    return not re.search(r"[A-Za-z]{2}", bare) or bool(re.match(r"used in|component in", bare))


def _tidy(text: str) -> str:
    text = _EMPTY.sub("", _BRACKETS.sub("", text))
    return _BLANKS.sub(" ", _BEFORE_MARK.sub(r"\1", text).replace("( ", "(")).strip(" ,;")
