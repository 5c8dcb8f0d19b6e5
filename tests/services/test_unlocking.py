from __future__ import annotations

from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from learnfeed.core.word import WordStatus
from learnfeed.services.unlocking import UnlockService
from learnfeed.store.words import WordStore
from learnfeed.study.unlock import LockedPost, plan_unlock
from tests.builders import prepared
from tests.conftest import NOW

WORDS = "abcdef"
locked = st.builds(
    lambda missing, share: LockedPost(max(1, round(sum(missing.values()) * share)), missing),
    st.dictionaries(st.sampled_from(WORDS), st.integers(1, 3), min_size=1, max_size=4),
    st.floats(0.2, 1),
)


def unlocked(posts: list[LockedPost], words: tuple[str, ...]) -> int:
    return sum(sum(post.missing.get(word, 0) for word in words) >= post.need for post in posts)


@given(st.lists(locked, max_size=6), st.integers(1, 6))
def test_what_the_plan_promises_is_so(posts, number):
    steps = plan_unlock(posts, number)
    assert len(steps) <= number
    for i, step in enumerate(steps, 1):
        assert step.unlocked == unlocked(posts, tuple(s.headword for s in steps[:i]))


@settings(max_examples=300)
@given(st.lists(locked, min_size=1, max_size=6), st.integers(1, 3))
def test_of_few_words_the_best_are_chosen(posts, number):
    steps = plan_unlock(posts, number)
    best = max(unlocked(posts, words) for words in combinations(WORDS, number))
    assert (steps[-1].unlocked if steps else 0) == best


def test_of_many_words_those_are_chosen_that_finish_posts_together():
    """Each of 400 posts has a word of its own that finishes it; three words together finish 300 others."""
    alone = [LockedPost(1, {f"own{i}": 1}) for i in range(400)]
    together = [LockedPost(3, {"a": 1, "b": 1, "c": 1, f"rare{i}": 1}) for i in range(300)]
    assert plan_unlock([*alone, *together], 3)[-1].unlocked == 300


def test_the_greedy_choice_is_near_the_best(monkeypatch):
    monkeypatch.setattr("learnfeed.study.unlock._FEW", 0)
    chance, found, best = Random(1), 0, 0
    for _ in range(500):
        posts = [
            LockedPost(chance.randint(1, 4), {word: chance.randint(1, 3) for word in chance.sample(WORDS, 3)})
            for _ in range(6)
        ]
        steps = plan_unlock(posts, 3)
        found += steps[-1].unlocked if steps else 0
        best += max(unlocked(posts, words) for words in combinations(WORDS, 3))
    assert found >= 0.98 * best


def test_one_word_that_unlocks_two_posts_comes_first():
    posts = [LockedPost(1, {"雪": 1}), LockedPost(1, {"雪": 2}), LockedPost(1, {"猫": 1})]
    assert [(s.headword, s.unlocked) for s in plan_unlock(posts, 2)] == [("雪", 2), ("猫", 3)]


def test_nothing_to_unlock_is_an_empty_plan():
    assert plan_unlock([], 5) == ()
    assert plan_unlock([LockedPost(5, {"雪": 1})], 5) == ()


def test_a_plan_over_the_library_comes_true(database, save):
    save(prepared("今天 下雪 了", key="1"), prepared("很 冷", key="2"), prepared("很 很 很 很", key="3"))
    service = UnlockService(database)
    plan = service.plan(0.95, 3)
    assert plan.of == 3
    WordStore(database).mark({step.headword: WordStatus.KNOWN for step in plan.steps}, NOW)
    assert service.plan(0.95, 3).of == 3 - plan.unlocked
