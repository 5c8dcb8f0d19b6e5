"""Small hand-made posts and annotations, so that the store can be tested without a dictionary."""

from __future__ import annotations

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
    WordLink,
)
from learnfeed.store.prepare import PreparedPost, prepare

WORDS = {
    "今天": ("jin1", "tian1"),
    "下雪": ("xia4", "xue3"),
    "雪": ("xue3",),
    "很": ("hen3",),
    "冷": ("leng3",),
    "猫": ("mao1",),
    "喜欢": ("xi3", "huan5"),
    "了": ("le5",),
    "绿": ("lü4",),
}


def annotated(text: str, english: str = "") -> AnnotatedText:
    """Chinese words of ``WORDS`` split by blanks, then English on a line of its own."""
    tokens: list[Token] = []
    for word in text.split():
        kind = TokenKind.WORD if word in WORDS else TokenKind.PUNCTUATION
        reading = Reading(WORDS[word]) if word in WORDS else None
        sense = SenseChoice(f"gloss of {word}", 0.9) if word in WORDS else None
        at = tokens[-1].end if tokens else 0
        tokens.append(Token(word, at, kind, word if word in WORDS else "", reading, sense))
    zh = "".join(token.text for token in tokens)
    units = [Unit(Language.ZH, 0, len(zh))] if zh else []
    pairs, links = (), ()
    whole = zh
    if english:
        tokens.append(Token("\n", len(zh), TokenKind.OTHER))
        at = len(zh) + 1
        tokens.append(Token(english, at, TokenKind.LATIN, english.lower()))
        units.append(Unit(Language.EN, at, at + len(english)))
        pairs = (SentencePair(((0, len(zh)),), ((at, at + len(english)),), 0.9),)
        links = (WordLink((0, 1), ((at, at + 2),), "今天", "today", 0.8),)
        whole = f"{zh}\n{english}"
    return AnnotatedText(whole, tuple(tokens), tuple(units), pairs, links)


def post(body: AnnotatedText, *, key: str = "1", title: str = "", **fields: object) -> Post:
    """A post with this body."""
    blocks = (Block(title, BlockRole.TITLE),) if title else ()
    fields.setdefault("likes", Count("12", 12))
    return Post(platform="test", native_id=key, blocks=(*blocks, Block(body.text)), **fields)


def prepared(
    text: str = "今天 下雪 了 。",
    english: str = "It snowed today.",
    *,
    key: str = "1",
    level: int = 2,
    comments: tuple[tuple[str, str], ...] = (),
    **fields: object,
) -> PreparedPost:
    """A post ready for the library; comments are (key, text) with words split by blanks."""
    body = annotated(text, english)
    texts = tuple(annotated(words) for _, words in comments)
    saved = tuple(Comment(k, t.text) for (k, _), t in zip(comments, texts, strict=True))
    whole = post(body, key=key, comments=saved, **fields)
    title = annotated("")
    annotation = AnnotatedPost("v1", title, body, texts, TextLevel(level, "2025", 4, (0.5, 1.0), ("雪",)))
    return prepare(whole, annotation, {"雪": 1, "下雪": 2, "今天": 1})
