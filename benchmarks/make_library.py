"""Makes a large library to measure the app with: ``python benchmarks/make_library.py --posts 100000 DIR``.

Posts are made of the words of the dictionary in their natural frequencies, annotated as far as the feed and the
reader need it. The same arguments give the same library.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from learnfeed.annotate.english_words import EnglishReader
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.core.post import Block, BlockRole, Comment, Count, Post
from learnfeed.core.text import (
    AnnotatedPost,
    AnnotatedText,
    Language,
    Reading,
    SenseChoice,
    SentencePair,
    TextLevel,
    Token,
    TokenKind,
    Unit,
)
from learnfeed.core.word import WordStatus
from learnfeed.store.database import Database
from learnfeed.store.posts import PostStore
from learnfeed.store.prepare import PreparedPost, prepare
from learnfeed.store.words import WordStore

NOW = 1_768_563_065_000
CHUNK = 1000
TAGS = ("学中文", "英语学习", "日常", "美食", "旅行", "校园", "猫税", "下雪了", "作业互助", "生活")


class Maker:
    """Makes posts by chance, from a seed."""

    def __init__(self, lexicon: Lexicon, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words: list[Token] = []
        self.levels: dict[str, int] = {}
        weights: list[float] = []
        for level in range(1, 8):
            for word in lexicon.words_of_level("2025", level):
                entries = lexicon.entries(word)
                if not entries or not entries[0].senses:
                    continue
                reading = Reading(entries[0].syllables)
                sense = SenseChoice(entries[0].senses[0].gloss)
                self.words.append(Token(word, 0, TokenKind.WORD, word, reading, sense))
                self.levels[word] = level
                weights.append(10 ** lexicon.zipf(word))
        self.weights = list(accumulate(weights))
        self.english = EnglishReader(lexicon)

    def sentence(self, length: int, start: int) -> tuple[list[Token], str]:
        """Tokens of a sentence with its full stop, and an English line of as many words."""
        chosen = self.chance.choices(self.words, cum_weights=self.weights, k=length)
        tokens: list[Token] = []
        for token in chosen:
            tokens.append(token._replace(start=start))
            start += len(token.text)
        tokens.append(Token("。", start, TokenKind.PUNCTUATION))
        return tokens, " ".join(token.sense.gloss.split(";")[0] for token in chosen if token.sense) + "."

    def text(self, sentences: int) -> AnnotatedText:
        """Chinese sentences, each with its English on the next line."""
        tokens: list[Token] = []
        units: list[Unit] = []
        pairs: list[SentencePair] = []
        at = 0
        for _ in range(sentences):
            zh, english = self.sentence(self.chance.randint(5, 14), at)
            zh_unit = Unit(Language.ZH, at, zh[-1].end)
            en = [Token("\n", zh[-1].end, TokenKind.OTHER), Token(english, zh[-1].end + 1, TokenKind.LATIN)]
            en_unit = Unit(Language.EN, en[1].start, en[1].end)
            tokens += [*zh, *en, Token("\n", en[1].end, TokenKind.OTHER)]
            units += [zh_unit, en_unit]
            pairs.append(SentencePair(((zh_unit.start, zh_unit.end),), ((en_unit.start, en_unit.end),), 0.9))
            at = tokens[-1].end
        return AnnotatedText("".join(t.text for t in tokens), tuple(tokens), tuple(units), tuple(pairs))

    def post(self, number: int) -> PreparedPost:
        """A post ready for the library."""
        zh_title, _ = self.sentence(4, 0)
        title = AnnotatedText("".join(t.text for t in zh_title), tuple(zh_title), (Unit(Language.ZH, 0, 4),))
        body = self.text(self.chance.randint(3, 9))
        likes = int(self.chance.paretovariate(0.8))
        comment = self.text(1)
        post = Post(
            platform="made",
            native_id=str(number),
            blocks=(Block(title.text, BlockRole.TITLE), Block(body.text)),
            author=f"作者{number % 5000}",
            tags=tuple(self.chance.sample(TAGS, 2)),
            likes=Count(str(likes), likes),
            comments=(Comment("c", comment.text, "读者"),),
        )
        level = TextLevel(self.chance.randint(1, 7), "2025", 40)
        english = list(self.english.learnable(title, body))
        return prepare(post, AnnotatedPost("made", title, body, (comment,), level), self.levels, english)


def again(posts: list[PreparedPost], number: int, chance: random.Random) -> PreparedPost:
    """A post like one of these, as another: preparing each anew would take most of an hour."""
    like = chance.choice(posts)
    columns = like.columns | {"title": f"{like.columns['title']} {number}", "likes": number % 9973}
    return replace(like, key=f"made:{number}", columns=columns)


def main() -> None:
    """Makes the library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--different", type=int, default=3000, help="posts whose words are different")
    parser.add_argument("--known", type=int, default=1500, help="frequent words the learner knows")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    began = time.monotonic()
    maker = Maker(Lexicon.open(), asked.seed)
    models = [maker.post(n) for n in range(min(asked.different, asked.posts))]
    database = Database.open(asked.folder)
    database.connection.execute("PRAGMA synchronous = OFF")
    store = PostStore(database)
    run = store.begin_import(NOW)
    for first in range(0, asked.posts, CHUNK):
        numbers = range(first, min(first + CHUNK, asked.posts))
        posts = [models[n] if n < len(models) else again(models, n, maker.chance) for n in numbers]
        store.save(posts, run, NOW + first)
    store.publish(run, NOW)
    words = WordStore(database)
    known = [word.headword for word in words.words(limit=asked.known)]
    words.mark(dict.fromkeys(known, WordStatus.KNOWN), NOW)
    database.close()
    print(f"{asked.posts} posts in {time.monotonic() - began:.0f} s: {asked.folder}")


if __name__ == "__main__":
    main()
