"""Voices are called safely: no shell, no text as an option or a command, an end to every program."""

from __future__ import annotations

import shutil
import sys
import wave
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.audio import voices
from learnfeed.audio.running import Runner, written
from learnfeed.audio.utterance import utterance
from learnfeed.audio.voices import Call, find_player, find_voices
from learnfeed.core.errors import SpeechError
from learnfeed.core.note import RubyToken
from learnfeed.core.text import Language

SNOW = (
    RubyToken("我", ("wo3",)),
    RubyToken("看到", ("kan4", "dao4")),
    RubyToken("雪", ("Xue3",)),
    RubyToken("，"),
    RubyToken("绿", ("lü4",)),
    RubyToken("。"),
)


def test_chinese_is_said_by_its_reading():
    assert utterance(SNOW).pinyin == "wo3 kan4 dao4 xue3 , lü4 ."


def test_text_is_never_a_command_or_an_option():
    evil = (RubyToken("--version [[slnc 99999]] <break time='9s'/> `id` $(id) -x\n"),)
    said = utterance(evil, Language.EN)
    assert said.text == "version slnc 99999 break time '9s' id id x"
    assert utterance((RubyToken("-w /etc/passwd 雪", ("xue3",)),)).pinyin == "xue3"


@given(st.text(max_size=400))
def test_any_text_is_made_harmless(text):
    said = utterance((RubyToken(text),), Language.EN)
    assert len(said.text) <= 300
    assert not set(said.text) & set("[]<>-/\\`$|;&\n\0\x1b")
    assert len(said.key) == 24


def test_best_voice_first_and_only_what_is_there(tmp_path: Path):
    there = {"espeak-ng": "/bin/espeak-ng", "spd-say": "/bin/spd-say", "piper": "/bin/piper"}
    assert [voice.name for voice in find_voices(tmp_path, there.get)] == ["espeak-ng", "spd-say"]
    (tmp_path / "zh_CN-huayan-medium.onnx").touch()
    best = find_voices(tmp_path, there.get)[0]
    assert (best.name, best.languages) == ("piper", {Language.ZH})
    assert best.record is not None
    assert best.record(utterance(SNOW), tmp_path / "x.wav") == Call(
        (
            "/bin/piper",
            "--model",
            str(tmp_path / "zh_CN-huayan-medium.onnx"),
            "--output_file",
            str(tmp_path / "x.wav"),
        ),
        "我看到雪, 绿.",
    )
    assert find_voices(tmp_path, lambda _: None) == ()
    assert {voice.name for voice in find_voices(tmp_path, lambda name: f"/bin/{name}")} <= set(voices.NAMES)


def test_say_is_asked_on_a_mac_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    (say,) = find_voices(tmp_path, {"say": "/usr/bin/say"}.get)
    assert say.speak is not None
    assert say.record is not None
    assert say.speak(utterance(SNOW)).arguments == ("/usr/bin/say", "-v", "Tingting", "-f", "-")
    assert say.record(utterance((RubyToken("snow"),), Language.EN), tmp_path / "x.wav").arguments[:3] == (
        "/usr/bin/say", "-f", "-",
    )  # fmt: skip


def test_espeak_reads_pinyin_and_spd_say_its_language():
    espeak = voices.espeak(lambda name: name, Path())
    assert espeak is not None
    assert espeak.speak is not None
    assert espeak.speak(utterance(SNOW)).text.startswith("wo3 kan4 dao4")
    spd = voices.spd_say(lambda name: name, Path())
    assert spd is not None
    assert spd.speak is not None
    assert spd.speak(utterance(SNOW)).arguments == ("spd-say", "-w", "-l", "zh", "-e")


def test_a_player_is_found():
    assert find_player({"aplay": "/bin/aplay"}.get) == ["/bin/aplay", "-q"]
    assert find_player(lambda _: None) == []


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_text_reaches_the_program(tmp_path: Path):
    out = tmp_path / "out"
    Runner().run(
        Call(
            (*python("import sys; open(sys.argv[1],'wb').write(sys.stdin.buffer.read())"), str(out)),
            "雪 ; id",
        ),
        20,
    )
    assert out.read_text(encoding="utf-8") == "雪 ; id\n"


@pytest.mark.parametrize(
    ("call", "seconds", "told"),
    [
        (Call(("/nowhere/espeak-ng",)), 5, "espeak-ng can't be started"),
        (Call(python("raise SystemExit(3)")), 20, r"ended with an error \(3\)"),
        (Call(python("import time; time.sleep(60)")), 0.2, "was stopped"),
    ],
)
def test_trouble_is_told(call: Call, seconds: float, told: str):
    with pytest.raises(SpeechError, match=told):
        Runner().run(call, seconds)


def test_a_recording_is_whole_or_not_there(tmp_path: Path):
    path = tmp_path / "a" / "x.wav"
    with pytest.raises(SpeechError, match="no recording"):
        written(path, lambda part: part.write_bytes(b"short"))
    assert list(path.parent.iterdir()) == []
    assert written(path, lambda part: part.write_bytes(b"x" * 100)) == path


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_real_espeak_records_chinese_and_english(tmp_path: Path):
    voice = voices.espeak(shutil.which, tmp_path)
    assert voice is not None
    assert voice.record is not None
    for number, said in enumerate((utterance(SNOW), utterance((RubyToken("I saw snow"),), Language.EN))):
        path = tmp_path / f"{number}.wav"
        Runner().run(voice.record(said, path), 20)
        with wave.open(str(path)) as recording:
            assert recording.getnframes() / recording.getframerate() > 0.5
