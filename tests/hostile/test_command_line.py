"""Every command over a library in which every text is hostile, with hostile words typed: nothing of it acts."""

from __future__ import annotations

import io
import json
import sys

import pytest

from learnfeed.cli.main import run
from learnfeed.cli.output import data, data_json, narrate
from learnfeed.config import Places
from learnfeed.core.post import Comment, Count
from learnfeed.store.database import Database
from learnfeed.store.posts import PostStore
from learnfeed.store.prepare import prepare
from tests.hostile.texts import ACTING, ALL, EVERY
from tests.tui.sample_library import NOW, sample
from tests.tui.test_hostile import text

TYPED = EVERY.replace("\x00", "")
"""No program can be given a NUL."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A library whose one post has got past the importers: as a plain copy from someone else could bring it."""
    made = tmp_path_factory.mktemp("hostile")
    database = Database.open(Places(made).library)
    store, now = PostStore(database), int(NOW.timestamp() * 1000)
    comment = Comment("c", EVERY + "雪", EVERY, likes=Count(EVERY), place=EVERY)
    bad = sample(
        "bad",
        text(EVERY),
        text(EVERY),
        comments=((comment, text(EVERY)),),
        author=EVERY,
        tags=ALL,
        likes=EVERY,
    )
    started = store.begin_import(now)
    store.save([prepare(bad.post, bad.annotated, {})], started, now)
    store.publish(started, now)
    database.close()
    return made


COMMANDS = [
    ["posts"], ["posts", "--json"], ["posts", TYPED], ["show", "1"], ["show", "1", "--all-pinyin"], ["show", "1", "--json"],
    ["show", TYPED], ["words"], ["words", "--json"], ["words", "mark", "雪" + TYPED, "--known"], ["words", "corrections"],
    ["words", "correct", TYPED, "--sense", TYPED], ["words", "correct", "雪", "--sense", TYPED, "--post", "1"],
    ["words", "correct", "雪", "--reading", TYPED], ["unlock"], ["stats"], ["stats", "--json"], ["quiz", "--kind", TYPED],
    ["quiz", "--tag", TYPED], ["review"], ["settings", "get", TYPED], ["settings", "set", TYPED, TYPED],
    ["settings", "set", "theme", TYPED], ["settings", "set", "keys." + TYPED, TYPED], ["settings"], ["settings", "keys"],
    ["settings", "reset", "keys." + TYPED], ["export", TYPED, "-o", "x.apkg"], ["export", "winter", "-o", TYPED],
    ["export", "--words", TYPED, "-o", "{}/x.csv"], ["export", "--posts", TYPED, "-o", "{}/x.md"], ["import", TYPED],
    ["import", "--format", TYPED, "."], ["import", "{}/" + TYPED.replace("/", "")], ["anki", "pull", TYPED], ["doctor"],
    ["anki", "push", "winter", "--connect", TYPED], ["backup", TYPED], ["restore", TYPED], ["lexicon", "update", TYPED],
    ["text", "words"], ["text", "pinyin", "--json"], ["text", TYPED], [TYPED], ["--" + TYPED], ["show", "1", TYPED],
]  # fmt: skip


def test_no_command_prints_a_code(folder, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (folder / TYPED.replace("/", "")[:80]).write_bytes(b"\x00\x01")
    for command in COMMANDS:
        stdin = io.TextIOWrapper(io.BytesIO((EVERY + "\n").encode("utf-8", "replace")), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stdin)
        code = run(["--library", str(folder), *(part.replace("{}", str(folder)) for part in command)])
        out, err = capsys.readouterr()
        assert code in (0, 1, 2, 3), command
        assert "should not have" not in err, (command, err)
        assert not ACTING.search(out), (command, ACTING.search(out))
        assert not ACTING.search(err), (command, ACTING.search(err))


def test_json_loses_nothing_and_holds_no_code(capsys):
    value = {EVERY: [EVERY, "\udcff", "\U000e0041"]}
    data_json(value)
    out = capsys.readouterr().out
    assert not ACTING.search(out)
    assert json.loads(out) == value


def test_text_and_narration_show_that_something_was_there(capsys):
    data("a\x1b[31m\udcff雪\t👨‍👩‍👧")
    narrate("\u202egpj.exe")
    assert tuple(capsys.readouterr()) == ("a\ufffd[31m\ufffd雪\t👨‍👩‍👧\n", "\ufffdgpj.exe\n")
