"""A small library for tests of the app: posts set by hand, a dictionary of a dozen words, a clock that stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from learnfeed.annotate.lexicon import Lexicon
from learnfeed.bootstrap import Services
from learnfeed.config import Places, Settings
from learnfeed.core.post import Block, BlockRole, Comment, Count, Moment, Post
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
from learnfeed.core.word import Entry, Sense, WordFacts
from learnfeed.store.posts import PostStore
from learnfeed.store.prepare import prepare

NOW = datetime(2026, 1, 17, 9, 30, tzinfo=UTC)

WORDS = {
    "今天": ("jin1 tian1", "today", 1),
    "早上": ("zao3 shang5", "early morning", 1),
    "醒来": ("xing3 lai2", "to wake up", 4),
    "窗外": ("chuang1 wai4", "outside the window", 5),
    "全": ("quan2", "all; whole", 2),
    "白": ("bai2", "white", 2),
    "了": ("le5", "(completed action)", 1),
    "第一": ("di4 yi1", "first", 2),
    "次": ("ci4", "time; occurrence", 2),
    "看到": ("kan4 dao4", "to see", 1),
    "雪": ("xue3", "snow", 1),
    "你们": ("ni3 men5", "you (plural)", 1),
    "那边": ("na4 bian1", "over there", 1),
    "下雪": ("xia4 xue3", "to snow", 2),
    "吗": ("ma5", "(question)", 1),
    "好": ("hao3", "so; very", 1),
    "美": ("mei3", "beautiful", 2),
    "啊": ("a5", "(exclamation)", 2),
    "在": ("zai4", "in; at", 1),
    "猫": ("mao1", "cat", 1),
    "税": ("shui4", "tax", 4),
    "来": ("lai2", "to come", 1),
    "很": ("hen3", "very", 1),
    "喜欢": ("xi3 huan5", "to like", 1),
}


class SmallLexicon:
    """As much of a dictionary as the reader asks for, over :data:`WORDS`."""

    def entries(self, word: str) -> tuple[Entry, ...]:
        if word == "窗":
            return (Entry("窗", "窗", ("chuang1",), (Sense("window"),)),)
        if word not in WORDS:
            return ()
        pinyin, gloss, _ = WORDS[word]
        more = (Sense("fine; good"), Sense("easy to")) if word == "好" else ()
        first = Entry(word, word, tuple(pinyin.split()), (Sense(gloss), *more))
        return (first, Entry("好", "好", ("hao4",), (Sense("to be fond of"),))) if word == "好" else (first,)

    def words_of_level(self, standard: str, level: int) -> tuple[str, ...]:
        return tuple(word for word, (_, _, at) in WORDS.items() if at == level)

    def lookalikes(self, character: str) -> tuple[str, ...]:
        return ()

    def facts(self, word: str) -> WordFacts:
        return WordFacts({"2025": WORDS[word][2]} if word in WORDS else {}, 5.0)

    def __getattr__(self, name: str) -> object:
        """Whatever else is asked comes from the whole dictionary."""
        whole = self.__dict__.setdefault("whole", Lexicon.open(None))
        return getattr(whole, name)


@dataclass
class TextMaker:
    """Puts an annotated text together, in reading order."""

    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    pairs: list[SentencePair] = field(default_factory=list)
    links: list[WordLink] = field(default_factory=list)

    def token(self, text: str, kind: TokenKind = TokenKind.PUNCTUATION, **fields: Any) -> None:
        self.tokens.append(Token(text, len(self.text), kind, **fields))
        self.text += text

    def zh(self, words: str, *, names: tuple[str, ...] = ()) -> TextMaker:
        """Chinese words split by blanks; those of :data:`WORDS` can be learned."""
        start = len(self.text)
        for word in words.split():
            if word in WORDS:
                pinyin, gloss, _ = WORDS[word]
                reading = Reading(tuple(pinyin.split()))
                self.token(
                    word, TokenKind.WORD, headword=word, reading=reading, sense=SenseChoice(gloss, 0.4)
                )
            elif word in names:
                self.token(word, TokenKind.NAME, headword=word, reading=Reading(("chang2", "chun1")))
            else:
                self.token(word)
        self.units.append(Unit(Language.ZH, start, len(self.text)))
        return self

    def en(self, text: str, *, pairs_with: int | None = -1, **links: str) -> TextMaker:
        """English; it translates a unit, and its words translate words of that unit (``窗外="outside"``)."""
        of = self.units[pairs_with] if pairs_with is not None and self.units else None
        start = len(self.text)
        for at, word in enumerate(text.split(" ")):
            if at:
                self.token(" ", TokenKind.OTHER)
            self.token(word, TokenKind.LATIN, headword=word.lower())
        if of is not None:
            self.pairs.append(SentencePair(((of.start, of.end),), ((start, len(self.text)),), 0.97))
            self._link(of, start, links)
        self.units.append(Unit(Language.EN, start, len(self.text)))
        return self

    def _link(self, of: Unit, start: int, links: dict[str, str]) -> None:
        for word, english in links.items():
            at = self.text.index(english, start)
            zh = self.text.index(word, of.start)
            self.links.append(WordLink((zh, zh + len(word)), ((at, at + len(english)),), word, english, 0.98))
            i = next(i for i, token in enumerate(self.tokens) if token.start == zh)
            old = self.tokens[i]
            sense = SenseChoice(WORDS[word][1], 0.98, Decider.LINK, english)
            self.tokens[i] = Token(old.text, old.start, old.kind, old.headword, old.reading, sense)

    def line(self) -> TextMaker:
        self.token("\n", TokenKind.OTHER)
        return self

    def blank(self) -> TextMaker:
        self.token(" ", TokenKind.OTHER)
        return self

    def done(self) -> AnnotatedText:
        return AnnotatedText(
            self.text, tuple(self.tokens), tuple(self.units), tuple(self.pairs), tuple(self.links)
        )


@dataclass
class Sample:
    """A post with its annotation."""

    post: Post
    annotated: AnnotatedPost


def sample(
    key: str,
    title: AnnotatedText,
    body: AnnotatedText,
    *,
    comments: tuple[tuple[Comment, AnnotatedText], ...] = (),
    level: int = 2,
    likes: str = "12",
    **fields: Any,
) -> Sample:
    """Puts a post together."""
    blocks = (Block(title.text, BlockRole.TITLE),) if title.text else ()
    fields.setdefault("author", "小雪同学")
    post = Post(
        platform="test",
        native_id=key,
        blocks=(*blocks, Block(body.text)),
        comments=tuple(comment for comment, _ in comments),
        likes=Count(likes, int(likes) if likes.isdigit() else None),
        posted=Moment(datetime(2025, 1, 16, 20, 31, tzinfo=UTC), "2025-01-16"),
        **fields,
    )
    texts = tuple(text for _, text in comments)
    return Sample(post, AnnotatedPost("test", title, body, texts, TextLevel(level, "2025", 20)))


def first_snow() -> Sample:
    """The post most tests read: two paragraphs with translations, a thread of comments."""
    title = TextMaker().zh("第一 次 看到 雪").done()
    body = TextMaker().zh("今天 早上 醒来 ， 窗外 全 白 了 。").line()
    body.en(
        "I woke up this morning and everything outside was white.", 窗外="outside", 白="white"
    ).line().line()
    body.zh("你们 那边 下雪 了 吗 ？").line().en("Is it snowing where you are?", 下雪="snowing")
    asked = TextMaker().zh("好 美 啊 ！").done()
    answer = TextMaker().zh("在 长春 ～", names=("长春",)).blank().en("It is in Changchun!").done()
    comments = (
        (Comment("c1", asked.text, "路过的柚子", likes=Count("128", 128), place="四川"), asked),
        (Comment("c2", answer.text, "小雪同学", parent="c1", by_author=True), answer),
    )
    return sample(
        "snow", title, body.done(), comments=comments, tags=("学中文", "下雪"), likes="1.2万",
        url="https://example.org/snow",
    )  # fmt: skip


def cat_tax() -> Sample:
    """A short post, easier than the first."""
    title = TextMaker().zh("猫 税 来 了").done()
    body = TextMaker().zh("你们 好 ！").line().en("Hello everyone!").line().zh("很 喜欢 猫 。").done()
    return sample("cat", title, body, level=1, likes="86", tags=("猫税",), author="Maple")


def one_of_many(n: int) -> Sample:
    """A post of a long feed."""
    title = TextMaker().zh(f"雪 {n}").done()
    body = TextMaker().zh("今天 很 美 。").line().en(f"Post number {n}").done()
    return sample(f"many-{n}", title, body, level=n % 7 + 1, likes=str(n))


def library(folder: Path, *samples: Sample, settings: Settings | None = None) -> Services:
    """Services over a library that holds these posts."""
    services = Services(Places(folder), settings or Settings(), clock=lambda: NOW)
    services.__dict__["lexicon"] = SmallLexicon()
    if samples:
        store = PostStore(services.database)
        levels = {word: level for word, (_, _, level) in WORDS.items()}
        run = store.begin_import(services.now_ms())
        ready = [prepare(one.post, one.annotated, levels) for one in samples]
        for at in range(0, len(ready), 500):
            store.save(ready[at : at + 500], run, services.now_ms())
        store.publish(run, services.now_ms())
    return services
