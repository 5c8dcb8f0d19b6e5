"""What a learner put right outranks all else, and takes nothing away from the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnfeed.annotate.corrections import concerned, fixes_for
from learnfeed.annotate.lexicon import Lexicon
from learnfeed.annotate.pipeline import Annotator
from learnfeed.core.correction import Correction, CorrectionKind, Scope, correct
from learnfeed.core.post import Block, Comment, Post
from learnfeed.core.text import AnnotatedText, Decider, Token, TokenKind

READING, WORDS, SENSE, PAIR = CorrectionKind
POST = "test:1"


@pytest.fixture(scope="module")
def annotator(lexicon: Lexicon) -> Annotator:
    return Annotator(lexicon)


def of(kind: CorrectionKind, text: str, part: str, *value: str, scope: Scope = Scope.HERE) -> Correction:
    start = text.index(part)
    return correct(kind, scope, text, (start, start + len(part)), value=value, post=POST)


def annotate(annotator: Annotator, text: str, *corrections: Correction) -> AnnotatedText:
    return annotator.annotate_text(text, fixes=fixes_for(corrections, text, POST))


def token(text: AnnotatedText, word: str) -> Token:
    return next(token for token in text.tokens if token.text == word)


def words(text: AnnotatedText) -> list[str]:
    return [token.text for token in text.tokens if token.kind in (TokenKind.WORD, TokenKind.NAME)]


def test_a_reading_outranks_the_dictionary_and_is_sure(annotator):
    text = "头发很长。"
    fixed = annotate(annotator, text, of(READING, text, "长", "zhang3"))
    assert token(fixed, "长").reading == (type(token(fixed, "长").reading)(("zhang3",), 1.0, Decider.PERSON))


def test_a_reading_outranks_the_post_s_own_english(annotator):
    text = "他还我书。\nHe returned the book to me."
    fixed = annotate(annotator, text, of(READING, text, "还", "hai2"))
    reading = token(fixed, "还").reading
    assert reading
    assert (reading.syllables, reading.by) == (("hai2",), Decider.PERSON)


def test_everywhere_means_the_word_and_no_part_of_others(annotator):
    text = "不行，行！行人很多。"
    fixed = annotate(annotator, text, of(READING, "行", "行", "hang2", scope=Scope.EVERYWHERE))
    read = {token.text: token.reading.syllables for token in fixed.tokens if token.reading}
    assert read["行"] == ("hang2",)
    assert "hang2" not in read.get("不行", ()) + read.get("行人", ())


def test_here_outranks_the_context_and_that_outranks_everywhere(annotator):
    text = "长。他长。"
    everywhere = of(READING, text, "长", "zhang1", scope=Scope.EVERYWHERE)
    second = text.index("长", 2)
    context = correct(READING, Scope.CONTEXT, text, (second, second + 1), value=("zhang2",), post=POST)
    here = correct(READING, Scope.HERE, text, (second, second + 1), value=("zhang3",), post=POST)

    def read(*corrections: Correction) -> list[str]:
        fixed = annotate(annotator, text, *corrections)
        return [token.reading.syllables[0] for token in fixed.tokens if token.text == "长" and token.reading]

    assert read(everywhere) == ["zhang1", "zhang1"]
    assert read(context, everywhere) == ["zhang1", "zhang2"]
    assert read(here, context, everywhere) == ["zhang1", "zhang3"]


def test_words_are_joined_split_and_taken_out_of_others(annotator):
    text = "今天下雪了。"
    assert words(annotate(annotator, text)) == ["今天", "下雪", "了"]
    assert words(annotate(annotator, text, of(WORDS, text, "下雪", "下", "雪"))) == ["今天", "下", "雪", "了"]
    assert words(annotate(annotator, text, of(WORDS, text, "下雪了", "下雪了"))) == ["今天", "下雪了"]
    taken = annotate(annotator, text, of(WORDS, text, "雪了", "雪了"))
    assert words(taken) == ["今天", "下", "雪了"]
    assert token(taken, "雪了").learnable
    assert token(taken, "雪").reading if "雪" in words(taken) else token(taken, "下").reading


def test_a_word_of_one_s_own_is_read_by_its_characters_and_takes_a_gloss(annotator):
    text = "猫税来了。"
    fixed = annotate(
        annotator, text, of(WORDS, text, "猫税", "猫税"), of(SENSE, text, "猫税", "picture of one's cat")
    )
    made = token(fixed, "猫税")
    assert made.reading
    assert made.reading.syllables == ("mao1", "shui4")
    assert made.sense
    assert (made.sense.gloss, made.sense.sure, made.sense.by) == ("picture of one's cat", 1.0, Decider.PERSON)


def test_joining_everywhere_leaves_words_that_reach_over_alone(annotator):
    join = of(WORDS, "学生活动", "学生", "学生", scope=Scope.EVERYWHERE)
    text = "大学生活很好。"
    assert words(annotate(annotator, text, join)) == words(annotate(annotator, text))


def test_a_word_stays_what_the_learner_saw_when_its_sense_was_chosen_here(annotator):
    text = "今天下雪了。"
    held = of(SENSE, text, "下雪了", "it began to snow")
    assert words(annotate(annotator, text, held)) == ["今天", "下雪了"]


def test_a_sense_outranks_the_link_and_goes_into_it(annotator):
    text = "今天下雪了。\nIt snowed today."
    fixed = annotate(annotator, text, of(SENSE, text, "下雪", "snow falls"))
    sense = token(fixed, "下雪").sense
    assert sense
    assert (sense.gloss, sense.by) == ("snow falls", Decider.PERSON)
    assert [link.sense for link in fixed.links if link.headword == "下雪"] == ["snow falls"]


THREE = "今天下雪了。\n我很冷。\nIt snowed today.\nI am cold.\nSee you."


def pairs(text: AnnotatedText) -> dict[str, tuple[str, ...]]:
    return {
        " ".join(text.text[a:b] for a, b in pair.zh): tuple(text.text[a:b] for a, b in pair.en)
        for pair in text.pairs
    }


def test_a_sentence_is_paired_with_another(annotator):
    fixed = annotate(annotator, THREE, of(PAIR, THREE, "今天下雪了。", "I am cold."))
    assert pairs(fixed)["今天下雪了。"] == ("I am cold.",)
    assert "I am cold." not in pairs(fixed).get("我很冷。", ())
    stated = next(pair for pair in fixed.pairs if pair.by is Decider.PERSON)
    assert stated.sure == 1.0
    english = THREE.index("I am cold.")
    assert all(
        (link.zh[0] < 6) == (english <= word[0] < english + 10) for link in fixed.links for word in link.en
    )


def test_a_sentence_is_unpaired_and_its_links_go(annotator):
    assert "今天下雪了。" in pairs(annotate(annotator, THREE))
    fixed = annotate(annotator, THREE, of(PAIR, THREE, "今天下雪了。"))
    assert "今天下雪了。" not in pairs(fixed)
    assert not [link for link in fixed.links if link.zh[0] < 6]


def test_a_sentence_takes_a_translation_of_one_s_own(annotator):
    fixed = annotate(annotator, THREE, of(PAIR, THREE, "今天下雪了。", "Snow fell today."))
    own = next(pair for pair in fixed.pairs if pair.own)
    assert (own.own, own.en, own.by) == ("Snow fell today.", (), Decider.PERSON)


def test_comments_and_title_are_corrected_as_the_body_is(annotator):
    post = Post(
        platform="test", native_id="1", blocks=(Block("他很长。"),), comments=(Comment("c", "他很长！"),)
    )
    fix = correct(READING, Scope.CONTEXT, "他很长。", (2, 3), value=("zhang3",), post=POST)
    done = annotator.annotate_post(post, [fix])
    for text in (done.body, *done.comments):
        assert token(text, "长").reading.syllables == ("zhang3",)


def test_the_words_that_a_correction_is_about_are_named(annotator):
    text = "今天下雪了。"
    split = of(WORDS, text, "下雪", "下", "雪")
    assert concerned(split, annotate(annotator, text, split), POST) == {2, 3}
    assert concerned(split, annotate(annotator, text), POST) == set()


ALPHABET = "我长大下雪了行学生活很好，。\n aT恤3R"


@given(st.data())
@settings(deadline=None, max_examples=120)
def test_any_correction_leaves_the_text_whole(annotator: Annotator, data: st.DataObject):
    text = data.draw(st.text(ALPHABET, min_size=1, max_size=20))
    made = []
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, min(len(text), start + 4)))
        surface = text[start:end]
        if not surface.strip() or "\n" in surface:
            continue
        scope = data.draw(st.sampled_from(list(Scope)))
        kind = data.draw(st.sampled_from([READING, WORDS, SENSE, PAIR]))
        cuts = data.draw(st.booleans())
        value = {
            READING: tuple("xue3" for _ in surface),
            WORDS: tuple(surface) if cuts and " " not in surface else (surface,),
            SENSE: ("a gloss",),
            PAIR: ("a b",) if cuts else (),
        }[kind]
        made.append(correct(kind, scope, text, (start, end), value=value, post=POST))
    fixed = annotate(annotator, text, *made)
    assert "".join(token.text for token in fixed.tokens) == text
    at = 0
    for found in fixed.tokens:
        assert found.text
        assert found.start == at
        at = found.end
        assert found.reading is None or len(found.reading.syllables) == len(found.text)
    starts = {found.span for found in fixed.tokens}
    assert all(link.zh in starts for link in fixed.links)
