"""What a deck says of its maker to someone else: nothing; of its dictionary: what the licence asks."""

from __future__ import annotations

from learnfeed.core.note import PostNote, ReadingComment, ReadingUnit, RubyToken
from learnfeed.core.text import (
    AnnotatedPost,
    AnnotatedText,
    Reading,
    SenseChoice,
    TextLevel,
    Token,
    TokenKind,
)
from learnfeed.services.sharing import deck_description, for_everyone

LEVELS = {"我": 1, "看到": 2, "雪": 4}


def annotated(*words: str, kind: TokenKind = TokenKind.WORD) -> AnnotatedText:
    tokens, at = [], 0
    for word in words:
        reading = Reading(("x1",) * len(word)) if word in LEVELS else None
        sense = SenseChoice(f"meaning of {word}") if word in LEVELS else None
        tokens.append(Token(word, at, kind, word, reading, sense))
        at += len(word)
    return AnnotatedText("".join(words), tuple(tokens))


def made(note: PostNote) -> PostNote:
    post = AnnotatedPost(
        "1", annotated("雪"), annotated("我", "看到", "雪", "嘚瑟"), (annotated("雪"),), TextLevel(2, "2025")
    )
    return for_everyone(note, post, lambda word: LEVELS.get(word, 0))


def tokens(*words: str, target: str = "") -> tuple[RubyToken, ...]:
    return tuple(RubyToken(word, (), word == target) for word in words)


def post_note(**changes: object) -> PostNote:
    body = (ReadingUnit(tokens("我", "看到", "雪", "嘚瑟", target="我"), "I saw snow"),)
    comments = (ReadingComment("a", (ReadingUnit(tokens("雪")),)),)
    return PostNote("g", 1, tokens("雪"), body, comments=comments, deck_level=2, known=0.5, **changes)


def test_new_words_are_those_at_the_posts_level_and_above():
    shared = made(post_note())
    assert [word.headword for word in shared.new_words] == ["雪", "看到", "嘚瑟"]
    assert shared.new_words[0].gloss == "meaning of 雪"
    assert (shared.new_words[2].syllables, shared.new_words[2].gloss) == ((), "")


def test_the_words_marked_are_those_and_not_the_learners_own():
    shared = made(post_note())
    assert [token.text for token in shared.body[0].tokens if token.is_target] == ["看到", "雪", "嘚瑟"]
    assert shared.title[0].is_target
    assert shared.comments[0].units[0].tokens[0].is_target
    assert shared.known == 0.0


def test_the_text_and_its_time_of_change_stay():
    note = post_note(changed_at=7)
    shared = made(note)
    assert (shared.guid, shared.created, shared.changed_at) == ("g", 1, 7)
    assert [unit.text for unit in shared.body] == [unit.text for unit in note.body]
    assert [unit.english for unit in shared.body] == ["I saw snow"]


def test_a_description_tells_maker_change_licence_and_where_it_stands():
    told = deck_description("Snow.", "CC-CEDICT 2026 (modified), CC BY-SA 4.0", share=False)
    assert told == (
        "Snow.\n\nDictionary: CC-CEDICT 2026 (modified), CC BY-SA 4.0 · "
        "https://creativecommons.org/licenses/by-sa/4.0/"
    )
    assert "Licence:" in deck_description("Snow.", "CC-CEDICT", share=True)


def test_a_dictionary_under_other_terms_gets_no_address_of_these():
    assert deck_description("", "My words, CC0", share=False) == "Dictionary: My words, CC0"
    assert deck_description("", "", share=False) == ""
