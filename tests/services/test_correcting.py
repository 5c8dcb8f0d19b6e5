"""A correction sticks: through annotating again, importing again, backups, and into decks."""

from __future__ import annotations

import pytest

from learnfeed.bootstrap import Services
from learnfeed.config import Places
from learnfeed.core.correction import Correction, CorrectionKind, Scope, correct
from learnfeed.core.errors import NotFoundError, UsageError
from learnfeed.core.text import Decider, Token
from learnfeed.core.word import WordStatus
from learnfeed.services import refreshing
from learnfeed.services.annotating import tools
from learnfeed.services.correcting import cut_anew, translation_of
from learnfeed.services.refreshing import RefreshService
from learnfeed.store.events import EventKind, EventLog
from learnfeed.store.plain import read_plain, write_plain
from tests.services.test_importing import note, run, write

READING, WORDS, SENSE, PAIR = CorrectionKind
SNOW = "今天下雪了。\nIt snowed today."
LONG = "他的头发很长。\nHis hair is long."


@pytest.fixture
def services(tmp_path, monkeypatch):
    # One annotator for all tests: loading it costs more than all they do.
    monkeypatch.setattr(RefreshService, "_annotator", tools(None, "2025")[0])
    made = Services(Places(tmp_path / "library"))
    run(
        made,
        write(
            tmp_path / "n.jsonl", note("a1", SNOW), note("a2", f"{LONG}\n很长。"), note("a3", "我喜欢猫。")
        ),
    )
    yield made
    made.close()


def fix(
    services: Services, post: int, word: str, kind: CorrectionKind, *value: str, scope=Scope.HERE
) -> Correction:
    place = services.correcting.find(post, word)
    return correct(kind, scope, place.text.text, place.span, value=value, post=place.key)


def token(services: Services, post: int, word: str) -> Token:
    return next(token for token in services.reading.open(post).body.tokens if token.text == word)


def read(services: Services, post: int, word: str) -> tuple[str, ...]:
    reading = token(services, post, word).reading
    assert reading
    return reading.syllables


def test_a_correction_shows_at_once_and_u_takes_it_back(services):
    done = services.correcting.correct(fix(services, 1, "下雪", READING, "xia4", "xue2"), first=1)
    assert (done.posts, done.waiting) == (1, 0)
    found = token(services, 1, "下雪").reading
    assert (found.syllables, found.sure, found.by) == (("xia4", "xue2"), 1.0, Decider.PERSON)
    assert "下雪" in services.reading.undo().what
    assert services.refreshing.run() == 1
    assert read(services, 1, "下雪") == ("xia4", "xue3")
    assert services.correcting.standing() == ()


def test_everything_that_a_correction_does_is_an_event(services):
    log = EventLog(services.database)
    services.correcting.correct(fix(services, 1, "下雪", SENSE, "snow falls"), first=1)
    (one,) = services.correcting.standing()
    services.correcting.remove([one.id], first=1)
    services.reading.undo()
    assert [len(log.standing(kind)) for kind in (EventKind.CORRECTION, EventKind.CORRECTION_REMOVED)] == [
        1,
        0,
    ]
    assert services.correcting.standing() == (one,)


def test_it_survives_annotating_and_importing_again(services, tmp_path):
    services.correcting.correct(fix(services, 1, "下雪", SENSE, "snow falls"), first=1)
    services.database.connection.execute("UPDATE annotation SET version = 'old'")
    assert services.refreshing.run() == 3
    assert token(services, 1, "下雪").sense.gloss == "snow falls"
    more = write(
        tmp_path / "more.jsonl", note("a1", f"{SNOW}\n好冷！", last_update_time=1, last_modify_ts=2e12)
    )
    assert run(services, more).updated == 1
    assert "好冷" in services.reading.open(1).body.text
    assert token(services, 1, "下雪").sense.gloss == "snow falls"


def test_it_holds_for_posts_that_come_later(services, tmp_path):
    services.correcting.correct(
        fix(services, 1, "下雪", SENSE, "snow falls", scope=Scope.EVERYWHERE), first=1
    )
    run(services, write(tmp_path / "later.jsonl", note("b1", "北京下雪了吗？")))
    assert token(services, 4, "下雪").sense.gloss == "snow falls"


def test_the_other_posts_it_concerns_are_annotated_again_and_no_more(services):
    done = services.correcting.correct(fix(services, 2, "长", READING, "zhang3", scope=Scope.EVERYWHERE))
    assert (done.posts, done.waiting) == (1, 1)
    assert services.refreshing.outdated() == 1
    assert services.correcting.settle() == 0
    assert services.refreshing.outdated() == 0
    assert read(services, 2, "长") == ("zhang3",)


def test_a_refresh_that_was_stopped_goes_on_where_it_was(services, monkeypatch):
    monkeypatch.setattr(refreshing, "CHUNK", 1)
    services.database.connection.execute("UPDATE annotation SET version = 'old'")
    assert services.refreshing.run(stop=lambda: True) == 1
    assert services.refreshing.outdated() == 2
    assert services.refreshing.run() == 2


def test_words_count_as_they_are_cut_now(services):
    services.reading.mark({"雪": WordStatus.KNOWN})
    before = services.reading.cards([1])[1].coverage
    services.correcting.correct(fix(services, 1, "下雪", WORDS, "下", "雪"), first=1)
    after = services.reading.cards([1])[1].coverage
    assert after.running == before.running + 1
    assert after.known == before.known + 1
    assert services.reading.word("下雪").posts == 0


def test_it_goes_into_a_backup_and_into_plain_text(services, tmp_path):
    services.correcting.correct(fix(services, 1, "下雪", SENSE, "snow falls"), first=1)
    file = services.backups.make(tmp_path / "backup.sqlite")
    write_plain(services.database, tmp_path / "plain.jsonl")
    services.reading.undo()
    services.backups.restore(file)
    assert [found.correction.value for found in services.correcting.standing()] == [("snow falls",)]
    (tmp_path / "other").mkdir()
    read_plain(tmp_path / "plain.jsonl", tmp_path / "other")
    other = Services(Places(tmp_path / "other"))
    assert other.correcting.standing() == services.correcting.standing()
    other.close()


def test_removing_lifts_what_was_said_of_the_place_before_too(services):
    for gloss in ("one", "two"):
        services.correcting.correct(fix(services, 1, "下雪", SENSE, gloss), first=1)
    (latest,) = services.correcting.standing()
    assert latest.correction.value == ("two",)
    services.correcting.remove([latest.id], first=1)
    assert services.correcting.standing() == ()
    assert token(services, 1, "下雪").sense.by is not Decider.PERSON
    with pytest.raises(NotFoundError, match="no correction"):
        services.correcting.remove([latest.id])


def test_a_refresh_overwrites_nothing_that_was_corrected_or_saved_meanwhile(services, tmp_path):
    services.database.connection.execute("UPDATE annotation SET version = 'old'")

    chunks = services.refreshing._chunks
    later = fix(services, 1, "下雪", SENSE, "snow falls")
    saved = write(tmp_path / "new.jsonl", note("a3", "我喜欢狗。", last_modify_ts=2e12))

    def interrupted(ids, versions):
        for chunk in chunks(ids, versions):
            yield chunk
            services.correcting.correct(later)
            run(services, saved)

    services.refreshing._chunks = interrupted
    assert services.refreshing.run(inline=0, quiet=True) == 1
    assert "狗" in services.reading.open(3).body.text
    del services.refreshing._chunks
    assert services.refreshing.run() == 1
    assert token(services, 1, "下雪").sense.gloss == "snow falls"


def test_which_words_are_corrected_is_told(services):
    services.correcting.correct(fix(services, 1, "下雪", SENSE, "snow falls"), first=1)
    post = services.reading.open(1)
    holding = services.correcting.holding(post.post.key, {0: post.title, 1: post.body})
    assert {place: [one.correction.kind for one in found] for place, found in holding.items()} == {
        (1, 2): [SENSE]
    }


@pytest.mark.parametrize(
    ("typed", "surface", "value"),
    [
        ("今天 下 雪 了", "下雪", ("下", "雪")),
        ("今天 下雪了", "下雪了", ("下雪了",)),
        ("今天下雪 了", "今天下雪", ("今天下雪",)),
        ("今 天下 雪了", "今天下雪了", ("今", "天下", "雪了")),
    ],
)
def test_words_cut_anew_are_a_correction_of_what_changed(services, typed, surface, value):
    place = services.correcting.find(1, "下雪")
    tokens = [token for token in place.text.tokens if token.start < 5]
    made = cut_anew(place, tokens, typed.split(), Scope.HERE)
    assert (made.surface, made.value) == (surface, value)


def test_cutting_as_before_is_no_correction_and_other_characters_are_refused(services):
    place = services.correcting.find(1, "下雪")
    tokens = [token for token in place.text.tokens if token.start < 5]
    assert cut_anew(place, tokens, ["今天", "下雪", "了"], Scope.HERE) is None
    with pytest.raises(UsageError, match="must stay"):
        cut_anew(place, tokens, ["今天", "下雨", "了"], Scope.HERE)


def test_a_translation_is_taken_away_and_one_s_own_takes_its_place(services):
    place = services.correcting.find(1, "下雪")
    services.correcting.correct(translation_of(place, None), first=1)
    assert not services.reading.open(1).body.pairs
    services.correcting.correct(translation_of(place, "Snow fell today."), first=1)
    assert [pair.own for pair in services.reading.open(1).body.pairs] == ["Snow fell today."]


def test_a_deck_exported_afterwards_says_it(services, tmp_path):
    recipe = tmp_path / "all.toml"
    recipe.write_text('name = "All"\ndeck = "All"\nnotes = ["word"]\n', encoding="utf-8")
    services.correcting.correct(fix(services, 1, "下雪", SENSE, "snow falls"), first=1)
    services.correcting.correct(fix(services, 1, "下雪", READING, "xia4", "xue2"), first=1)
    services.correcting.correct(translation_of(services.correcting.find(1, "下雪"), "Snow fell."), first=1)
    out = tmp_path / "deck.tsv"
    services.exporting.run(recipe, out)
    line = next(line for line in out.read_text(encoding="utf-8").split("\n") if line.startswith("下雪"))
    assert "snow falls" in line
    assert "xiàxué" in line
    assert "Snow fell." in line
