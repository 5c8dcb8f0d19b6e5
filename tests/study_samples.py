"""A small library for tests of reviews, quizzes and statistics: two posts about winter, set by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from learnfeed.bootstrap import Services
from learnfeed.config import Places, Settings
from learnfeed.core.post import Block, BlockRole, Post
from learnfeed.core.text import (
    AnnotatedPost,
    AnnotatedText,
    Decider,
    Language,
    Reading,
    SenseChoice,
    SentencePair,
    TextLevel,
    Token,
    TokenKind,
    Unit,
    WordLink,
)
from learnfeed.store.posts import PostStore
from learnfeed.store.prepare import prepare

START = datetime(2026, 1, 16, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that moves only when it is told to."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> None:
        self.now += timedelta(**step)


@dataclass
class TextBuilder:
    """Puts an annotated text together; ``word`` and ``plain`` in reading order."""

    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    pairs: list[SentencePair] = field(default_factory=list)
    links: list[WordLink] = field(default_factory=list)

    def add(self, text: str, kind: TokenKind, headword: str = "", pinyin: str = "", gloss: str = "") -> None:
        reading = Reading(tuple(pinyin.split())) if pinyin else None
        sense = SenseChoice(gloss, 0.9, Decider.LINK) if gloss else None
        self.tokens.append(Token(text, len(self.text), kind, headword, reading, sense))
        self.text += text

    def sentence(self, words: str, english: str = "") -> None:
        """``hanzi/pin1 yin1/gloss`` parts between blanks; a part without slashes is punctuation."""
        start = len(self.text)
        for part in words.split(" | "):
            hanzi, *rest = part.split("/")
            if rest:
                self.add(hanzi, TokenKind.WORD, hanzi, rest[0], rest[1] if len(rest) > 1 else "")
            else:
                self.add(hanzi, TokenKind.PUNCTUATION)
        zh = (start, len(self.text))
        self.units.append(Unit(Language.ZH, *zh))
        if english:
            self.add("\n", TokenKind.OTHER)
            en = (len(self.text), len(self.text) + len(english))
            self.add(english, TokenKind.LATIN)
            self.units.append(Unit(Language.EN, *en))
            self.pairs.append(SentencePair((zh,), (en,), 0.9))
            self._link(zh, en, english)
        self.add("\n", TokenKind.OTHER)

    def _link(self, zh: tuple[int, int], en: tuple[int, int], english: str) -> None:
        for token in self.tokens:
            at = english.find(token.sense.gloss) if token.sense else -1
            if zh[0] <= token.start < zh[1] and token.sense and at >= 0:
                span = (en[0] + at, en[0] + at + len(token.sense.gloss))
                self.links.append(WordLink(token.span, (span,), token.headword, token.sense.gloss))

    def build(self) -> AnnotatedText:
        return AnnotatedText(
            self.text, tuple(self.tokens), tuple(self.units), tuple(self.pairs), tuple(self.links)
        )


def text_of(*sentences: tuple[str, str]) -> AnnotatedText:
    builder = TextBuilder()
    for words, english in sentences:
        builder.sentence(words, english)
    return builder.build()


SNOW = text_of(
    (
        (
            "今天/jin1 tian1/today | 早上/zao3 shang5/morning | 醒来/xing3 lai2/woke up | ， | 窗外/chuang1 wai4/outside | "
            "全/quan2/all | 白/bai2/white | 了/le5 | 。"
        ),
        "I woke up this morning and everything outside was white.",
    ),
    (
        "我/wo3/I | 第一/di4 yi1/first | 次/ci4/time | 看到/kan4 dao4/saw | 雪/xue3/snow | ！",
        "I saw snow for the first time!",
    ),
    (
        "外面/wai4 mian4/outside | 下/xia4/falling | 着/zhe5 | 大/da4/heavy | 雪/xue3/snow | 。",
        "Heavy snow is falling outside.",
    ),
)
SNOW_TITLE = text_of(("第一/di4 yi1/first | 次/ci4/time | 看到/kan4 dao4/saw | 雪/xue3/snow", ""))
TEA = text_of(
    (
        "冬天/dong1 tian1/winter | 我/wo3/I | 喜欢/xi3 huan5/like | 喝/he1/drinking | 热/re4/hot | 茶/cha2/tea | 。",
        "In winter I like drinking hot tea.",
    ),
    (
        "朋友/peng2 you5/friend | 说/shuo1/says | 咖啡/ka1 fei1/coffee | 更/geng4/even | 好喝/hao3 he1/tasty | 。",
        "My friend says coffee is even better.",
    ),
)
TEA_TITLE = text_of(("冬天/dong1 tian1/winter | 的/de5 | 茶/cha2/tea", ""))


def winter_posts() -> list[tuple[Post, AnnotatedPost]]:
    """Two posts with their annotations."""
    return [
        made_post("snow", SNOW_TITLE, SNOW, tags=("学中文", "冬天"), author="小雪同学", level=2),
        made_post("tea", TEA_TITLE, TEA, tags=("茶",), author="路过的柚子", level=3),
    ]


def made_post(
    name: str,
    title: AnnotatedText,
    body: AnnotatedText,
    *,
    tags: tuple[str, ...] = (),
    author: str = "",
    level: int = 1,
) -> tuple[Post, AnnotatedPost]:
    post = Post(
        platform="local",
        native_id=name,
        author=author,
        tags=tags,
        blocks=(Block(title.text.strip(), BlockRole.TITLE), Block(body.text, BlockRole.BODY)),
    )
    return post, AnnotatedPost("test/1", title, body, (), TextLevel(level, "2025", 20))


def winter_services(
    folder: Path,
    clock: Clock | None = None,
    *,
    posts: list[tuple[Post, AnnotatedPost]] | None = None,
    **settings: object,
) -> Services:
    """Services over a new library that holds the winter posts."""
    services = Services(Places(folder), Settings(**settings), clock=clock or Clock())  # type: ignore[arg-type]
    store = PostStore(services.database)
    now = services.now_ms()
    run = store.begin_import(now)
    chosen = winter_posts() if posts is None else posts
    made = [prepare(post, annotated, {}) for post, annotated in chosen]
    store.save(made, run, now)
    store.publish(run, now)
    return services


def imported_services(
    folder: Path, texts: dict[str, str], clock: Clock | None = None, **settings: object
) -> Services:
    """Services over a new library into which text files were imported, annotated by the real dictionary."""
    posts = folder / "posts"
    posts.mkdir()
    for name, text in texts.items():
        (posts / f"{name}.txt").write_text(text, encoding="utf-8")
    services = Services(Places(folder / "library"), Settings(**settings), clock=clock or Clock())  # type: ignore[arg-type]
    services.importing.run([posts])
    return services


def add_words(services: Services, *words: str, post: str = "snow", section: int = 1) -> tuple[int, ...]:
    """Adds a recognition card for each word where it first stands in a post."""
    post_id = services.reading.find(post)
    annotated = PostStore(services.database).annotated(post_id)
    text = (annotated.title, annotated.body)[section]
    starts = {token.headword: token.start for token in reversed(text.tokens)}
    return tuple(
        card for word in words for card in services.reviewing.add_card(post_id, section, starts[word], word)
    )
