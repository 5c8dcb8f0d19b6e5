"""Wrong answers that are plausible and never right.

Plausible: of about the same level and kind, of the same length, written or read alike. Never right:
no sense in common with the word that is asked, by any of its readings.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from learnfeed.core.level import HIGHEST_LEVEL
from learnfeed.core.pinyin import split_tone
from learnfeed.study.quiz.base import Dictionary, Item
from learnfeed.study.quiz.glosses import parts, short, tells, terms, word_class

_SAMPLE = 40
"""Words of the level that are looked at for one question."""
_SOUNDED = 120
"""Words of a level that are known by their sound, about."""
_USUAL_LEVEL = 3
_LIKENESSES = ("written", "read", "level")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a word that may stand among the options.

    Attributes:
        word: The word.
        syllables: Its first reading.
        gloss: What it means first, fit for an option; empty when no sense is.
        word_class: Its kind.
        readings: All its readings.
        parts: Single renderings of all its senses.
        terms: Words that carry the meaning of all its senses.
        near: Everyday synonyms of its renderings.
    """

    word: str
    syllables: tuple[str, ...]
    gloss: str
    word_class: str
    readings: frozenset[tuple[str, ...]]
    parts: frozenset[str]
    terms: frozenset[str]
    near: frozenset[str]


class Distractors:
    """Wrong answers out of a dictionary, by one HSK standard."""

    def __init__(
        self,
        dictionary: Dictionary,
        standard: str,
        synonyms: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        """Takes a dictionary, an HSK standard, and English words that may stand for each other."""
        self._dictionary = dictionary
        self._synonyms = synonyms
        self._standard = standard
        self._known = lru_cache(maxsize=16384)(self._look_up)
        self._by_sound = lru_cache(maxsize=HIGHEST_LEVEL)(self._index_sounds)

    def words(self, item: Item, count: int, chance: random.Random) -> tuple[Item, ...]:
        """Words to choose from beside the right one, each wrong in its own way where there is enough.

        Args:
            item: What is asked about.
            count: How many are wanted.
            chance: The source of chance.

        Returns:
            Up to ``count`` words; none shares a sense with the item or with another of them.
        """
        asked = self._asked(item)
        found: list[Known] = []
        of_level = self._of_level(item, chance)
        words = {
            "written": self._written_alike(item.headword),
            "read": [*self._read_alike(item), *of_level],
            "level": of_level,
        }
        ranked = {
            likeness: self._ranked(asked, likeness, words[likeness], chance) for likeness in _LIKENESSES
        }
        for turn in range(count * len(_LIKENESSES)):
            if len(found) == count:
                break
            queue = ranked[_LIKENESSES[turn % len(_LIKENESSES)]]
            taken = next((word for word in queue if self._fits(word, asked, found)), None)
            if taken is not None:
                found.append(taken)
        return tuple(Item(word.word, word.syllables, word.gloss, self.level(word.word)) for word in found)

    def readings(self, item: Item, count: int, chance: random.Random) -> tuple[tuple[str, ...], ...]:
        """The item's syllables with other tones; never a reading that its word has."""
        real = self._known(item.headword).readings | {item.syllables}
        places = [i for i, syllable in enumerate(item.syllables) if syllable]
        found: dict[tuple[str, ...], None] = {}
        for _ in range(count * 8):
            if len(found) == count or not places:
                break
            changed = list(item.syllables)
            for place in chance.sample(places, chance.randint(1, len(places))):
                letters, tone = split_tone(changed[place])
                changed[place] = letters + str(chance.choice([t for t in range(1, 5) if t != tone]))
            if tuple(changed) not in real:
                found[tuple(changed)] = None
        return tuple(found)

    def minimal_pairs(self, item: Item, count: int) -> tuple[Item, ...]:
        """Words of the standard with the item's letters in other tones, the most frequent of each reading first."""
        letters = _letters(item.syllables)
        found: dict[tuple[str, ...], Known] = {}
        for word in self._by_letters.get(letters, ()) if letters else ():
            known = self._known(word)
            taken = self._known(item.headword).readings | {item.syllables} | set(found)
            if known.gloss and known.syllables not in taken and not clash(known, self._asked(item)):
                found[known.syllables] = known
        words = list(found.values())[:count]
        return tuple(
            Item(known.word, known.syllables, known.gloss, self.level(known.word)) for known in words
        )

    def apart(self, item: Item, other: Item) -> bool:
        """Whether two words can stand in one question."""
        return not clash(self._asked(item), self._asked(other))

    def level(self, word: str) -> int:
        """The word's level; 0 for none."""
        return self._dictionary.facts(word).levels.get(self._standard, 0)

    # -- candidates --------------------------------------------------------------------------------

    def _asked(self, item: Item) -> Known:
        """What is known of the item, the sense of its sentence added to those of the dictionary."""
        known = self._known(item.headword)
        return Known(
            item.headword,
            item.syllables,
            item.gloss,
            word_class(item.gloss),
            known.readings | {item.syllables},
            known.parts | parts(item.gloss),
            known.terms | terms(item.gloss),
            known.near | self._near(parts(item.gloss)),
        )

    def _near(self, renderings: frozenset[str]) -> frozenset[str]:
        return frozenset().union(*(self._synonyms.get(part, ()) for part in renderings))

    def _look_up(self, word: str) -> Known:
        entries = self._dictionary.entries(word)
        glosses = [sense.gloss for entry in entries for sense in entry.senses]
        usual = [sense.gloss for entry in entries[:1] for sense in entry.senses if not sense.tags]
        gloss = next((text for text in usual if tells(text)), "")
        renderings = frozenset[str]().union(*(parts(text) for text in glosses))
        return Known(
            word,
            entries[0].syllables if entries else (),
            short(gloss),
            word_class(gloss),
            frozenset(entry.syllables for entry in entries),
            renderings,
            frozenset().union(*(terms(text) for text in glosses)),
            self._near(renderings),
        )

    def _ranked(
        self, asked: Known, likeness: str, words: list[str], chance: random.Random
    ) -> Iterator[Known]:
        """Candidates, most alike first."""
        known = [self._known(word) for word in dict.fromkeys(words) if word != asked.word]
        scored = [(_likeness(asked, one, likeness), chance.random(), one) for one in known if one.gloss]
        scored.sort(key=lambda entry: entry[:2], reverse=True)
        return (one for _, _, one in scored)

    def _level_of(self, item: Item) -> int:
        return min(item.level or self.level(item.headword) or _USUAL_LEVEL, HIGHEST_LEVEL)

    def _of_level(self, item: Item, chance: random.Random) -> list[str]:
        pool = self._dictionary.words_of_level(self._standard, self._level_of(item))
        return chance.sample(pool, min(len(pool), _SAMPLE))

    def _read_alike(self, item: Item) -> list[str]:
        """Words of the level that begin with the same letters."""
        letters = split_tone(item.syllables[0])[0] if item.syllables else ""
        return self._by_sound(self._level_of(item)).get(letters, [])[:_SAMPLE]

    def _index_sounds(self, level: int) -> dict[str, list[str]]:
        """Words of a level by the letters of their first syllable; not all of a large one: it must be quick."""
        words = self._dictionary.words_of_level(self._standard, level)
        found: dict[str, list[str]] = {}
        for word in words[:: len(words) // _SOUNDED + 1]:
            syllables = self._known(word).syllables
            if syllables:
                found.setdefault(split_tone(syllables[0])[0], []).append(word)
        return found

    def _written_alike(self, word: str) -> list[str]:
        """Words that share a character, or differ by a character that is easily mistaken."""
        found: list[str] = []
        for i, char in enumerate(word):
            compounds = self._compounds.get(char, [])
            if len(word) == 1:
                found += self._dictionary.lookalikes(char)
            else:
                mistaken = (word[:i] + other + word[i + 1 :] for other in self._dictionary.lookalikes(char))
                found += [other for other in mistaken if other in self._compounds.get(other[i], ())]
            found += compounds[: _SAMPLE // 2]
        return found

    @cached_property
    def _compounds(self) -> dict[str, list[str]]:
        """Words of the standard by the characters in them; built once, in some 10 ms."""
        found: dict[str, list[str]] = {}
        for level in range(1, HIGHEST_LEVEL + 1):
            for word in self._dictionary.words_of_level(self._standard, level):
                for char in word if len(word) > 1 else "":
                    found.setdefault(char, []).append(word)
        return found

    @cached_property
    def _by_letters(self) -> dict[str, list[str]]:
        """Words of the standard by the letters of their reading, lower levels first; built once, when it is asked."""
        found: dict[str, list[str]] = {}
        for level in range(1, HIGHEST_LEVEL + 1):
            for word in self._dictionary.words_of_level(self._standard, level):
                entries = self._dictionary.entries(word)
                if entries and len(word) < 3:
                    found.setdefault(_letters(entries[0].syllables), []).append(word)
        return found

    def _fits(self, known: Known, asked: Known, found: list[Known]) -> bool:
        others = (asked, *found)
        return all(known.word != other.word and not clash(known, other) for other in others)


def clash(one: Known, other: Known) -> bool:
    """Whether one of two words could be taken for a right answer where the other is asked.

    They clash when a rendering, a synonym or a meaningful word of what one shows occurs among the senses
    of the other, or when they are the same word in another form.
    """
    if one.word == other.word or one.gloss == other.gloss:
        return True
    if one.parts & other.parts or parts(one.gloss) & other.near or parts(other.gloss) & one.near:
        return True
    shown = terms(one.gloss) & other.terms or terms(other.gloss) & one.terms
    return bool(shown)


def _likeness(asked: Known, known: Known, likeness: str) -> int:
    """How alike two words are, in the way that is looked for."""
    same_kind = 2 * (known.word_class == asked.word_class)
    same_length = 2 * (len(known.word) == len(asked.word))
    if likeness == "written":
        alike = sum(a == b for a, b in zip(known.word, asked.word, strict=False))
        return 3 * (len(known.word) == len(asked.word)) + same_kind + alike
    if likeness == "read":
        return 4 * _sounds_alike(asked.syllables, known.syllables) + same_length + same_kind
    near_length = -abs(len(known.gloss) - len(asked.gloss)) // 12
    return 2 * same_kind + same_length + near_length


def _letters(syllables: tuple[str, ...]) -> str:
    return " ".join(split_tone(syllable)[0] for syllable in syllables)


def _sounds_alike(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many syllables have the same letters, place by place."""
    return sum(split_tone(a)[0] == split_tone(b)[0] for a, b in zip(one, other, strict=False) if a)
