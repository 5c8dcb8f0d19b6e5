"""Which language each run of a clause belongs to.

A Latin word in a Chinese sentence belongs to that sentence, and a Chinese word cited in an English one
to the English; only where the runs translate each other, or are sentences of their own, do they part.
"""

from __future__ import annotations

from collections.abc import Sequence

from learnfeed.annotate.function_words import FUNCTION_HANZI, FUNCTION_WORDS
from learnfeed.annotate.material import Material
from learnfeed.annotate.runs import Gap, Run
from learnfeed.core.text import Language

LONG_RUN = 4
"""From so many words on, a Latin run is taken for English, not for a name or a loan."""

_SHORT_CITATION = 6
_LONGEST_WORD = 4
_BEFORE_CITED_WORDS = """the a an of in on at to for with from is are was were be called means mean say says said and or
my your his her our their this that word words character characters phrase"""
_AFTER_CITED_WORDS = "is are was were means mean has have hasn't isn't can in for with or and sounds sound"
_BEFORE_CITED = frozenset(_BEFORE_CITED_WORDS.split())
_AFTER_CITED = frozenset(_AFTER_CITED_WORDS.split())


class Clause:
    """Runs of one line without a sentence end between them, and the language of each.

    Args:
        material: The text and its words.
        runs: At least one run.
        gaps: What stands before the first run, between the runs, and after the last.
        listed: Whether the line is one of a word list.
    """

    def __init__(
        self, material: Material, runs: Sequence[Run], gaps: Sequence[Gap], *, listed: bool = False
    ) -> None:
        self.listed = listed
        self.material = material
        self.runs = runs
        self.gaps = gaps

    def languages(self) -> list[Language]:
        """The language each run belongs to."""
        scripts = {run.script for run in self.runs}
        if "X" in scripts and (self._foreign() or "Z" not in scripts):
            return [Language.EN if run.script == "L" else Language.OTHER for run in self.runs]
        if "Z" not in scripts:
            return [self._without_hanzi(scripts)] * len(self.runs)
        if "L" not in scripts:
            return self._rest([Language.ZH if run.script in "ZX" else None for run in self.runs])
        return self._mixed()

    def may_cite(self) -> bool:
        """Whether the clause is a Chinese word among English ones that don't translate it."""
        latin = [i for i, run in enumerate(self.runs) if run.script == "L"]
        hanzi = [run for run in self.runs if run.script == "Z"]
        if not latin or sum(run.size for run in hanzi) > _LONGEST_WORD or any(map(self._is_clause, hanzi)):
            return False
        return max(self._translates(i) for i in latin) < 0.3

    def _foreign(self) -> bool:
        """Whether letters of a third script are more than an ornament (の)."""
        return sum(run.end - run.start for run in self.runs if run.script == "X") >= 2

    def _without_hanzi(self, scripts: set[str]) -> Language:
        if scripts <= {"P", "X"}:
            return Language.OTHER
        latin = [self.material.text[run.start : run.end].split() for run in self.runs if run.script == "L"]
        words = [word for run in latin for word in run]
        internet = words and all(self.material.evidence.is_internet_word(word) for word in words)
        return Language.ZH if internet else Language.EN

    def _mixed(self) -> list[Language]:
        latin = [i for i, run in enumerate(self.runs) if run.script == "L"]
        hanzi = [i for i, run in enumerate(self.runs) if run.script == "Z"]
        if self._english_frame(latin, hanzi):
            return [Language.EN] * len(self.runs)
        found: list[Language | None] = [None] * len(self.runs)
        for i in latin:
            found[i] = self._latin(i)
        if all(found[i] is Language.ZH for i in latin):
            return self._rest([None if run.script in "PN" else Language.ZH for run in self.runs])
        for i in hanzi:
            found[i] = Language.EN if self._cited(i, found) else Language.ZH
        for i in latin:
            if self._beside_citation(i, found):
                found[i] = Language.EN
        return self._rest(found)

    def _english_frame(self, latin: Sequence[int], hanzi: Sequence[int]) -> bool:
        """Whether an English sentence holds a few Chinese words."""
        longest = max(self.runs[i].size for i in hanzi)
        words = sum(self.runs[i].size for i in latin)
        if 3 * words < 2 * sum(self.runs[i].size for i in hanzi):
            return False
        if longest > _SHORT_CITATION or words < 3 or max(self._translates(i) for i in latin) >= 0.5:
            return False
        if self.runs[0].script in "LN" and self.runs[-1].script in "LN":
            return True
        if longest > _LONGEST_WORD or words < sum(self.runs[i].size for i in hanzi):
            return False
        if self.runs[0].size >= LONG_RUN and self._full_stop():
            return True
        return any(self._leans(i) for i in latin) and not any(
            self._is_clause(self.runs[i]) and not self._is_quoted(self.runs[i]) for i in hanzi
        )

    def _is_quoted(self, run: Run) -> bool:
        """Whether a run stands in quotation marks of its own."""
        text = self.material.text
        return text[run.start - 1 : run.start] in tuple("“\"‘「『'") and text[run.end : run.end + 1] in tuple(
            "”\"’」』'"
        )

    def _full_stop(self) -> bool:
        """Whether a Chinese word at the end of an English sentence has the sentence's full stop."""
        end = self.runs[-1].end
        return (
            self.runs[0].script == "L"
            and self.gaps[-2] is Gap.SPACE
            and self.material.text[end : end + 1] == "."
        )

    def _leans(self, i: int) -> bool:
        """Whether an English run needs the Chinese word beside it: *the* 得, 得 *is read*."""
        words = self.material.text[self.runs[i].start : self.runs[i].end].lower().split()
        before = i > 0 and self.runs[i - 1].script == "Z" and self.gaps[i] < Gap.COMMA
        after = i + 1 < len(self.runs) and self.runs[i + 1].script == "Z" and self.gaps[i + 1] < Gap.COMMA
        return bool((before and words[0] in _AFTER_CITED) or (after and words[-1] in _BEFORE_CITED))

    def _latin(self, i: int) -> Language:
        """Whether a Latin run is English or a word of the Chinese sentence around it."""
        run = self.runs[i]
        before, after = self.gaps[i], self.gaps[i + 1]
        left = i > 0 and self.runs[i - 1].script in "ZP"
        right = i + 1 < len(self.runs) and self.runs[i + 1].script in "ZP"
        if run.size >= LONG_RUN and not ((left or right) and self._is_name(i)):
            return Language.EN
        if self._explains(i) and not right:
            return Language.EN
        if left and right:
            return self._enclosed(i, before, after)
        nearest = before if left else after
        if nearest <= Gap.QUOTE:
            needed, size = 0.55, 2
        else:
            needed, size = (0.30, 1) if run.size < LONG_RUN - 1 else (0.12, 1)
        best = self._translates(i)
        return Language.EN if best >= needed and run.size >= size else Language.ZH

    def _explains(self, i: int) -> bool:
        """Whether a Latin run tells what the word before it means: it follows its pinyin, or is listed."""
        if self.listed:
            return i > 0 and self.gaps[i] > Gap.TIGHT
        return i > 1 and self.runs[i - 1].script == "P" and self.runs[i - 2].script == "Z"

    def _enclosed(self, i: int, before: Gap, after: Gap) -> Language:
        """A short Latin run between Chinese ones: English only where it is a column of a word list."""
        if min(before, after) <= Gap.QUOTE:
            return Language.ZH
        if Gap.BRACKET in (before, after):
            run = self.runs[i]
            words = self.material.words(Language.EN, run.start, run.end)
            if len(words) < 3 or all(word.key not in FUNCTION_WORDS for word in words):
                return Language.ZH
        return Language.EN if self._translates(i) >= 0.5 else Language.ZH

    def _is_name(self, i: int) -> bool:
        """Whether a Latin run is a title or a name: every longer word has a capital."""
        run = self.runs[i]
        in_brackets = self.gaps[i] is Gap.BRACKET is self.gaps[i + 1]
        after_hanzi = i > 0 and self.runs[i - 1].script == "Z" and self.gaps[i] <= Gap.SPACE
        words = [word for word in self.material.text[run.start : run.end].split() if word[0].isalpha()]
        if not all(word[0].isupper() or (in_brackets and len(word) <= 3) for word in words):
            return False
        return in_brackets or (after_hanzi and self._translates(i) < 0.3)

    def _translates(self, i: int) -> float:
        """How well the run translates a Chinese neighbour."""
        beside = [self.runs[k] for k in (self._hanzi(i, -1), self._hanzi(i, 1)) if k is not None]
        return max((self._mutual(hanzi, self.runs[i]) for hanzi in beside), default=0.0)

    def _mutual(self, hanzi: Run, latin: Run) -> float:
        return self.material.mutual((hanzi.start, hanzi.end), (latin.start, latin.end))

    def _hanzi(self, i: int, step: int) -> int | None:
        """The Chinese neighbour on one side of a run; pinyin in between does not count."""
        k = i + step
        while 0 <= k < len(self.runs) and self.runs[k].script == "P":
            k += step
        return k if 0 <= k < len(self.runs) and self.runs[k].script == "Z" else None

    def _cited(self, i: int, found: Sequence[Language | None]) -> bool:
        """Whether a Chinese run is a word cited in an English sentence."""
        run = self.runs[i]
        if run.size > _SHORT_CITATION:
            return False
        left = i > 0 and found[i - 1] is Language.EN
        right = i + 1 < len(self.runs) and found[i + 1] is Language.EN
        if left and right:
            beside = [self.runs[k] for k in (i - 1, i + 1)]
            if any(self._mutual(run, english) >= 0.5 for english in beside):
                return False
            return not self._is_clause(run) or self._leans(i - 1) or self._leans(i + 1)
        if not (left or right):
            return False
        k = i - 1 if left else i + 1
        gap = self.gaps[i] if left else self.gaps[i + 1]
        english = self.runs[k]
        outer = self.gaps[i + 1] if left else self.gaps[i]
        if gap > Gap.SPACE or outer < Gap.END or run.size > 4 or self._is_clause(run):
            return False
        if right and self.material.text[english.start].isupper():
            return False
        return self.material.shared((run.start, run.end), (english.start, english.end)) < 0.3

    def _is_clause(self, run: Run) -> bool:
        """Whether hanzi are a sentence rather than a word: they hold a pronoun or a particle."""
        words = self.material.words(Language.ZH, run.start, run.end)
        return len(words) > 1 and any(word.key in FUNCTION_HANZI for word in words)

    def _beside_citation(self, i: int, found: Sequence[Language | None]) -> bool:
        if found[i] is not Language.ZH:
            return False
        neighbours = [k for k in (i - 1, i + 1) if 0 <= k < len(self.runs)]
        return any(self.runs[k].script == "Z" and found[k] is Language.EN for k in neighbours)

    def _is_aside(self, i: int) -> bool:
        """Whether pinyin stands in brackets, and no Chinese of the same clause follows."""
        return self.gaps[i] is Gap.BRACKET and (i + 1 == len(self.runs) or self.runs[i + 1].script != "Z")

    def _rest(self, found: Sequence[Language | None]) -> list[Language]:
        """Digits and pinyin go with the neighbour they touch, pinyin with the Chinese."""
        languages: list[Language] = []
        for i, language in enumerate(found):
            if language is not None:
                languages.append(language)
            elif self.runs[i].script == "P":
                languages.append(Language.OTHER if self._is_aside(i) else Language.ZH)
            else:
                following = next((x for x in found[i + 1 :] if x is not None), None)
                previous = languages[-1] if languages else None
                takes_next = following and (previous is None or self.gaps[i + 1] < self.gaps[i])
                languages.append((following if takes_next else previous) or Language.ZH)
        return languages
