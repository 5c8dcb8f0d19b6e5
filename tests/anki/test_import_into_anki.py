"""What a package is for: the real Anki takes it in whole, keeps what the learner did, and shows it right."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from learnfeed.anki.preset import PRESET_ID
from learnfeed.core.days import DayRule
from learnfeed.core.note import RubyToken
from learnfeed.core.review import CardState, Template
from tests.anki import real_anki
from tests.anki.conftest import Anki
from tests.anki.samples import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    NOW,
    SPEC,
    days_ago,
    history,
    many,
    post,
    snow,
    word,
)

R = Template.RECOGNITION
LONG = [(0, GOOD), (0.01, GOOD), (3, GOOD), (8.3, HARD), (12, AGAIN), (0.01, GOOD), (2.2, EASY)]


def with_history(note, answers, now=NOW, age=60, template=R, **options):
    schedule, logs = history(days_ago(age, now), answers, now, **options)
    return replace(note, schedules={template: schedule}, reviews={template: logs})


def test_every_note_arrives_and_every_card_with_it(write, anki, picture, recording):
    notes = [snow(picture=picture, audio=recording), *many(30), post(pictures=(picture,))]
    path, summary = write(notes)
    log = anki.take(path)
    assert (log.found_notes, len(log.new)) == (32, 32)
    assert anki.col.note_count() == summary.notes == 32
    assert anki.col.card_count() == summary.cards == 6 + 30 * 5 + 1
    assert not any((log.conflicting, log.missing_notetype, log.missing_deck, log.empty_first_field))


def test_a_card_exists_exactly_when_anki_would_make_it(write, anki, recording):
    path, summary = write(
        [
            snow(audio=recording),
            word("冰", "bing1", "ice", 1, sentence=(), english=""),
            word("风", "feng1", "", 2),
            word("T恤", " xu4", "T-shirt", 3),
            word("嗯", "", "mm", 4),
            post(),
        ]
    )
    anki.take(path)
    anki.col.after_note_updates(anki.col.find_notes(""), mark_modified=False, generate_cards=True)
    assert anki.col.card_count() == summary.cards
    assert not anki.col.get_empty_cards().notes
    assert "optimized" in anki.col.fix_integrity()[0]
    assert anki.col.card_count() == summary.cards


@pytest.mark.parametrize("asked", [(R,), (Template.RECALL, Template.CLOZE), (Template.TYPING,)])
def test_only_the_templates_asked_for_make_cards(write, anki, asked):
    path, _ = write([snow()], replace(SPEC, templates=asked))
    anki.take(path)
    ords = {anki.col.get_card(card).ord for card in anki.col.find_cards("")}
    assert ords == {template.number for template in asked}
    anki.col.after_note_updates(anki.col.find_notes(""), mark_modified=False, generate_cards=True)
    assert anki.col.card_count() == len(asked)


def test_listening_makes_a_card_only_where_there_is_a_recording(write, anki, recording):
    path, _ = write([snow(audio=recording), *many(1)], replace(SPEC, templates=(Template.LISTENING, R)))
    anki.take(path)
    assert len(anki.col.find_cards("card:Listening")) == 1
    assert anki.card("雪", Template.LISTENING).question_av_tags()


def visible(html: str) -> str:
    return re.sub(
        r"\[anki:[^\]]*\]|\[\[type:[^\]]*\]\]|<style>.*?</style>|<[^>]+>", "", html, flags=re.DOTALL
    ).strip()


def assert_clean(front: str, back: str) -> None:
    for html in (front, back):
        assert "{{" not in html
        assert "[sound:" not in html
        for element in ("ruby", "div", "span", "details", "b", "mark"):
            assert len(re.findall(rf"<{element}\b", html)) == html.count(f"</{element}>"), element
    assert "no field" not in back.lower()
    assert "problem" not in back.lower()


def test_every_card_renders_clean(write, anki, picture, recording):
    path, _ = write([snow(picture=picture, audio=recording), *many(5), post(pictures=(picture,))])
    anki.take(path)
    for card, front, back in anki.rendered():
        assert_clean(front, back)
        assert visible(front) or card.question_av_tags()
        assert visible(front) != visible(back)


def test_a_front_never_tells_its_answer(write, anki, recording):
    path, _ = write([snow(audio=recording)])
    anki.take(path)

    def front(template):
        return visible(anki.card("雪", template).question())

    assert "snow" not in front(R)
    assert "雪" not in front(Template.RECALL)
    assert "xuě" not in front(Template.TYPING)
    assert "xue3" not in front(Template.TYPING)
    assert ("xue" in front(Template.TONES), "xuě" in front(Template.TONES)) == (True, False)
    assert "xue3" not in front(Template.TONES)
    assert "雪" not in front(Template.CLOZE)
    assert "雪" not in front(Template.LISTENING)


_ELEMENTS = frozenset({"a", "b", "br", "details", "div", "h2", "i", "mark", "rt", "ruby", "span", "summary"})


class _Elements(HTMLParser):
    """Collects what a browser would make elements and attributes of."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def assert_only_our_elements(html: str) -> None:
    parser = _Elements()
    parser.feed(html)
    for element, attributes in parser.found:
        assert element in _ELEMENTS
        assert set(attributes) <= {"class", "id", "lang", "href"}
        assert attributes.get("href", "https://").startswith("https://")


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{FrontSide}} {{c1::x}} {{Hanzi}}",
    "{{#Audio}}x{{/Audio}}",
    "[sound:evil.mp3]",
    "[anki:play:q:0]",
    "[[type:Hanzi]]",
    "[latex]\\input{/etc/passwd}[/latex]",
    "[$]x[/$] [$$]x[/$$]",
    "\\(x\\) \\[x\\]",
    "a\x1fb\x1fc",
    "\x1b[31mred\x1b]0;title\x07",
    "</details></div><style>*{display:none}</style>",
    "<!-- x",
    "&lt;b&gt; &amp;",
    "\ud800 \u202eabc",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_outside_starts_nothing_on_a_card(write, anki, text):
    everything = snow(
        headword="雪" + text,
        syllables=(),
        gloss=text,
        traditional=text,
        other_glosses=(text, text),
        sentence=(RubyToken(text), RubyToken("雪", ("xue3",), is_target=True), RubyToken(text, (text,))),
        english=text,
        english_links=((0, 3), (2, 99)),
        level=text,
        tags=(text,),
        source=replace(snow().source, title=text, author=text, date=text, url="javascript:" + text),
        attribution=text,
    )
    units = (replace(post().body[0], english=text), replace(post().body[0], tokens=(RubyToken(text),)))
    reading = post(
        title=(RubyToken(text + "题"),),
        title_english=text,
        body=(*units, *post().body),
        comments=(replace(post().comments[0], author=text, units=units),),
        new_words=(replace(post().new_words[0], headword=text + "词", gloss=text),),
        level=text,
    )
    path, _ = write([everything, reading], replace(SPEC, name=f"learn::{text}", description=text))
    log = anki.take(path)
    assert len(log.new) == 2
    for card, front, back in anki.rendered():
        assert_clean(front, back)
        assert not card.question_av_tags()
        assert not card.answer_av_tags()
        for html in (front, back):
            body = html.partition("</style>")[2]
            assert_only_our_elements(body)
            assert not re.search(r"javascript:|\\[(\[]|\[latex|\[\$|[\x1b\u202e]", body)
            assert body.count("[[type:") <= 1
    assert not anki.col.media.check().missing


def test_what_is_shown_is_what_was_written(write, anki):
    gloss = "5 < 6 & \"7\" [see 'it'] {a} C:\\dir"
    path, _ = write([snow(gloss=gloss)])
    anki.take(path)
    import html

    assert gloss in html.unescape(visible(anki.card("雪", R).answer()))


def test_pictures_and_recordings_travel_under_names_of_their_content(write, anki, picture, recording):
    path, summary = write(
        [snow(picture=picture, audio=recording), *many(2), post(pictures=(picture, picture))]
    )
    assert summary.media == 2
    with zipfile.ZipFile(path) as archive:
        names = json.loads(archive.read("media")).values()
        assert all(entry.compress_type == zipfile.ZIP_DEFLATED for entry in archive.infolist())
    assert all(re.fullmatch(r"lf_[0-9a-f]{20}\.(png|mp3)", name) for name in names)
    anki.take(path)
    check = anki.col.media.check()
    assert not check.missing
    assert not check.unused


def test_the_same_file_again_changes_nothing(write, anki, picture):
    path, _ = write([with_history(snow(picture=picture), LONG), *many(5), post()])
    anki.take(path)
    before = anki.content()
    log = anki.take(path)
    assert not log.new
    assert not log.updated
    assert anki.content() == before


def test_a_changed_note_is_updated_and_its_schedule_kept(write, anki):
    note = with_history(snow(), LONG)
    anki.take(write([note, *many(3)])[0])
    before = anki.table("cards"), anki.table("revlog")
    changed = replace(note, gloss="snow (weather)", changed_at=note.changed_at + 10)
    log = anki.take(write([changed, *many(3)], now=NOW + timedelta(days=1))[0])
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert anki.note("雪")["Meaning"] == "snow (weather)"
    assert (anki.table("cards"), anki.table("revlog")) == before


def test_what_a_user_edited_survives_an_unchanged_note(write, anki):
    anki.take(write([snow(), *many(3)])[0])
    note = anki.note("雪")
    note["Meaning"] = "mine"
    note.add_tag("mine")
    anki.col.update_note(note)
    kind = note.note_type()
    kind["css"] += "/* mine */"
    anki.col.models.update_dict(kind)
    anki.take(write([snow(), *many(4)], now=NOW + timedelta(days=1))[0])
    assert anki.note("雪")["Meaning"] == "mine"
    assert "mine" in anki.note("雪").tags
    assert "/* mine */" in anki.note("雪").note_type()["css"]


def test_an_added_word_is_exactly_one_note_more(write, anki):
    anki.take(write([snow(), *many(3), post()])[0])
    log = anki.take(write([*many(3), word("冰", "bing1", "ice", 90), snow(), post()])[0])
    assert len(log.new) == 1
    assert not log.updated
    assert anki.col.note_count() == 6


def test_a_template_added_to_a_recipe_reaches_notes_that_are_there(write, anki):
    one = replace(SPEC, templates=(R,))
    anki.take(write([snow()], one)[0])
    two = replace(one, templates=(R, Template.RECALL))
    anki.take(write([snow(changed_at=1_739_000_000)], two)[0])
    assert anki.col.card_count() == 2
    assert visible(anki.card("雪", Template.RECALL).question())


def test_a_card_with_reviews_stays_in_the_deck_whatever_the_recipe_asks(write, anki):
    note = with_history(snow(), LONG, template=Template.RECALL)
    path, _ = write([note], replace(SPEC, templates=(R,)))
    anki.take(path)
    assert anki.card("雪", Template.RECALL).reps == len(LONG)
    assert visible(anki.card("雪", Template.RECALL).question())


def test_a_second_export_makes_no_other_note_type_and_forces_no_full_sync(write, anki, recording):
    anki.take(write([snow(), post()])[0])
    scm = anki.col.db.scalar("select scm from col")
    later = [snow(audio=recording, gloss="x", changed_at=1_739_000_000), *many(3), post()]
    anki.take(write(later, now=NOW + timedelta(days=9))[0])
    used = {n.name for n in anki.col.models.all_names_and_ids() if n.name.startswith("learnfeed")}
    assert used == {"learnfeed word", "learnfeed reading"}
    assert anki.col.db.scalar("select scm from col") == scm


ZONES = ("Asia/Shanghai", "America/New_York", "Pacific/Auckland")


@pytest.mark.parametrize("zone", ZONES)
def test_due_days_and_memory_are_the_learners_in_every_time_zone(write, in_zone, zone):
    now = datetime.now(ZoneInfo(zone))
    rule = DayRule.at(now, 4)
    plans = [LONG[:n] for n in range(1, 8)] + [
        [(0, EASY), (5, AGAIN)],
        [(0, AGAIN), (0.6, GOOD), (1.4, HARD)],
    ]
    notes = [with_history(note, plan, now) for note, plan in zip(many(len(plans)), plans, strict=True)]
    found = in_zone(zone, write(notes, now=now)[0])
    today = rule.day(int(now.timestamp() * 1000))
    for note in notes:
        schedule, card = note.schedules[R], found[note.headword]
        assert (card["reps"], card["lapses"]) == (schedule.reps, schedule.lapses)
        if schedule.state is CardState.REVIEW:
            assert card["ivl"] == schedule.interval
            due = rule.day(schedule.last_review) + schedule.interval
            assert card["due"] - card["today"] == due - today
        rounded = 0.051 if real_anki.is_23_10() else 1e-3
        assert card["stability"] == pytest.approx(schedule.memory.stability, abs=rounded)
        assert card["difficulty"] == pytest.approx(schedule.memory.difficulty, abs=1e-2)
        # What Anki would compute from the answers alone.
        assert card["own_stability"] == pytest.approx(schedule.memory.stability, rel=0.01, abs=rounded)
        assert card["own_difficulty"] == pytest.approx(schedule.memory.difficulty, rel=0.01)


def test_the_preset_arrives_with_parameters_and_retention(write, anki):
    import fsrs

    parameters = [p * 1.01 for p in fsrs.Scheduler().parameters]
    anki.take(write([snow()], parameters=parameters, retention=0.85)[0])
    (preset,) = [c for c in anki.col.decks.all_config() if c["id"] == PRESET_ID]
    assert preset["fsrsParams6"] == pytest.approx(parameters, rel=1e-5)
    assert preset["desiredRetention"] == pytest.approx(0.85)
    assert anki.col.decks.by_name("learnfeed")["conf"] == PRESET_ID or real_anki.is_23_10()
    assert preset["new"]["delays"] == [1, 10]


@pytest.mark.parametrize("fsrs", [True, False])
def test_learning_relearning_and_suspended_cards_stand_where_they_stood(write, tmp_path, fsrs):
    now = datetime.now().astimezone()
    learning = with_history(word("学", "xue2", "learn", 1), [(0, GOOD)], now, age=0.001)
    overnight = with_history(word("夜", "ye4", "night", 2), [(0, GOOD)], now, age=20)
    step = replace(overnight.schedules[R], due=overnight.schedules[R].last_review + 2 * 86_400_000)
    overnight = replace(overnight, schedules={R: step})
    relearning = with_history(word("忘", "wang4", "forget", 3), [(0, EASY), (9, AGAIN)], now, age=9.001)
    resting = replace(with_history(word("停", "ting2", "stop", 4), LONG, now), suspended=frozenset({R}))
    fresh = replace(word("新", "xin1", "new", 5), suspended=frozenset({R}))
    path, _ = write([learning, overnight, relearning, resting, fresh], now=now)
    anki = Anki(tmp_path / "states", fsrs=fsrs)
    try:
        anki.take(path)

        def stands(headword):
            card = anki.card(headword, R)
            return int(card.type), int(card.queue)

        assert stands("学") == (1, 1)
        assert anki.card("学", R).due == learning.schedules[R].due // 1000
        assert anki.card("学", R).left % 1000 == 1
        assert stands("夜") == (1, 3)
        assert stands("忘") == (3, 1)
        assert anki.card("忘", R).ivl >= 1
        assert anki.card("忘", R).lapses == 1
        assert stands("停") == (2, -1)
        assert anki.card("停", R).ivl == resting.schedules[R].interval
        assert stands("新") == (0, -1)
        assert "optimized" in anki.col.fix_integrity()[0]
        # Answering goes on from there.
        card = anki.card("忘", R)
        states = anki.col._backend.get_scheduling_states(card.id)
        card.start_timer()
        answer = anki.col.sched.build_answer(card=card, states=states, rating=3)
        anki.col.sched.answer_card(answer)
        assert int(anki.card("忘", R).type) == 2
    finally:
        anki.col.close()


def test_the_history_arrives_answer_by_answer(write, anki):
    note = with_history(snow(), LONG)
    anki.take(write([note])[0])
    rows = anki.col.db.all("select id, ease, ivl, lastIvl, time, type from revlog order by id")
    assert [row[0] for row in rows] == [log.at for log in note.reviews[R]]
    assert [row[1] for row in rows] == [log.rating for log in note.reviews[R]]
    assert [row[2] for row in rows] == [log.interval for log in note.reviews[R]]
    assert rows[0][5] == 0
    assert [row[5] for row in rows][-2:] == [2, 1]
    assert all(row[4] == 4000 for row in rows)


def test_without_reviews_every_card_is_new(write, anki):
    note = replace(with_history(snow(), LONG), suspended=frozenset({R}))
    path, summary = write([note], replace(SPEC, include_reviews=False))
    anki.take(path)
    assert summary.reviews == 0
    assert not anki.table("revlog")
    assert {anki.col.get_card(c).queue for c in anki.col.find_cards("")} == {0}
    assert all(config["id"] == 1 for config in anki.col.decks.all_config())


def test_new_cards_come_in_the_order_of_the_notes(write, anki):
    notes = [*many(4)][::-1]
    anki.take(write(notes, replace(SPEC, templates=(R,)))[0])
    queue = [anki.card(note.headword, R).due for note in notes]
    assert queue == sorted(queue)
    assert len(set(queue)) == 4


def test_deleted_in_anki_and_imported_again_the_history_is_back(write, anki):
    path, _ = write([with_history(snow(), LONG), *many(2)])
    anki.take(path)
    before = anki.card("雪", R)
    rows = anki.table("revlog")
    anki.col.remove_notes([before.nid])
    assert not anki.col.find_notes("Hanzi:雪")
    anki.take(path)
    after = anki.card("雪", R)
    assert (after.id, after.ivl, after.reps, after.memory_state) == (
        before.id,
        before.ivl,
        before.reps,
        before.memory_state,
    )
    assert anki.table("revlog") == rows


def test_subdecks_by_level(write, anki):
    spec = replace(SPEC, name="My deck", subdecks=True, templates=(R,))
    path, summary = write([snow(deck_level=7), word("冰", "bing1", "ice", 1, deck_level=0), post()], spec)
    anki.take(path)
    names = {deck.name for deck in anki.col.decks.all_names_and_ids()} - {"Default"}
    assert names == {"My deck", "My deck::HSK 7–9", "My deck::Outside HSK", "My deck::Reading"}
    assert set(summary.decks) == names


def test_tags_have_no_blanks_and_mean_nothing_to_anki(write, anki):
    note = snow(tags=("first snow", "全角　空格", "#leech", "marked", "a::b", " ", 'quo"te'))
    anki.take(write([note])[0])
    assert sorted(anki.note("雪").tags) == sorted(
        f"learnfeed::{tag}" for tag in ("first_snow", "全角_空格", "leech", "marked", "a::b", "quo_te")
    )


def test_words_can_be_searched_by_hanzi_and_by_pinyin_with_marks_and_numbers(write, anki):
    anki.take(write([word("女儿", "nü3 er2", "daughter", 1), snow()])[0])
    for query in ("Hanzi:女儿", "Pinyin:nǚ'ér", '"Pinyin numbers:nü3 er2"', '"Typed pinyin:nv3er2"'):
        assert len(anki.col.find_notes(query)) == 1, query
