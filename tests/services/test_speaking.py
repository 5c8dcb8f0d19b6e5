"""Speaking: the voice that is set, recordings kept and reused, and what is said when there is none."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from learnfeed.config import Places, Settings
from learnfeed.core.errors import SpeechError
from learnfeed.core.note import RubyToken
from learnfeed.core.review import Template
from learnfeed.core.text import Language
from learnfeed.services import speaking
from learnfeed.services.speaking import NO_VOICE, VOICE_OFF, SpeechService
from tests.study_samples import winter_services

SNOW = (RubyToken("雪", ("xue3",)),)
FAKE = f"""#!{sys.executable}
import sys
name = sys.argv[sys.argv.index("-w") + 1] if "-w" in sys.argv else None
text = sys.stdin.read()
log = open(__file__ + ".log", "a"); log.write(" ".join(sys.argv[1:3]) + "|" + text); log.close()
if name:
    open(name, "w").write("RIFF" + text * 50)
"""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("espeak-ng", "aplay"):
        (folder / name).write_text(FAKE)
        (folder / name).chmod(0o755)
    return folder


def service(tmp_path: Path, programs: Path | None, voice: str = "auto") -> SpeechService:
    def which(name: str) -> str | None:
        return str(programs / name) if programs and (programs / name).exists() else None

    return SpeechService(Places(tmp_path / "library"), Settings(voice=voice), which)


def log(programs: Path, name: str) -> list[str]:
    file = programs / f"{name}.log"
    return file.read_text().splitlines() if file.exists() else []


def test_it_is_recorded_once_and_played_each_time(tmp_path: Path, programs: Path) -> None:
    speaker = service(tmp_path, programs)
    assert speaker.languages == {Language.ZH, Language.EN}
    speaker.say(SNOW)
    speaker.say(SNOW)
    assert log(programs, "espeak-ng") == ["-v cmn-latn-pinyin|xue3"]
    assert len(log(programs, "aplay")) == 2
    cached = tmp_path / "library" / "cache" / "speech"
    assert [file.suffix for file in cached.iterdir()] == [".wav"]
    recorded = speaker.record(SNOW)
    assert recorded is not None
    assert recorded.parent == tmp_path / "library" / "media" / "speech"
    assert speaker.record(SNOW) == recorded
    assert len(log(programs, "espeak-ng")) == 1


def test_without_a_player_it_speaks_at_once(tmp_path: Path, programs: Path) -> None:
    (programs / "aplay").unlink()
    service(tmp_path, programs).say((RubyToken("snow"),), Language.EN)
    assert log(programs, "espeak-ng") == ["-v en-us|snow"]


def test_without_a_voice_it_tells_how_to_get_one(tmp_path: Path, programs: Path) -> None:
    silent = service(tmp_path, None)
    assert silent.missing() == NO_VOICE
    assert silent.record(SNOW) is None
    with pytest.raises(SpeechError, match="Install espeak-ng"):
        silent.say(SNOW)
    assert service(tmp_path, programs, "off").missing() == VOICE_OFF
    assert service(tmp_path, programs, "piper").missing() == NO_VOICE
    assert service(tmp_path, programs).missing() == ""
    silent.say(())
    silent.stop()


def test_old_recordings_go_but_not_those_of_cards(
    tmp_path: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "_KEPT", 2)
    speaker = service(tmp_path, programs)
    for word in ("one", "two", "three"):
        speaker.say((RubyToken(word),), Language.EN)
        speaker.record((RubyToken(word),), Language.EN)
    library = tmp_path / "library"
    assert len(list((library / "cache" / "speech").iterdir())) == 2
    assert len(list((library / "media" / "speech").iterdir())) == 3


def test_a_recording_for_a_card_is_an_mp3_where_a_program_makes_one(tmp_path: Path, programs: Path) -> None:
    encoder = programs / "lame"
    encoder.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[-1], 'w').write('ID3' + 'x' * 99)\n")
    encoder.chmod(0o755)
    recorded = service(tmp_path, programs).record(SNOW)
    assert recorded is not None
    assert [file.name for file in recorded.parent.iterdir()] == [recorded.name]
    assert recorded.read_bytes().startswith(b"ID3")
    encoder.unlink()
    assert service(tmp_path, programs).record(SNOW) == recorded


def test_an_encoder_that_fails_leaves_a_recording_that_plays(tmp_path: Path, programs: Path) -> None:
    (programs / "lame").write_text(f"#!{sys.executable}\nraise SystemExit(1)\n")
    (programs / "lame").chmod(0o755)
    recorded = service(tmp_path, programs).record(SNOW)
    assert recorded is not None
    assert [file.suffix for file in recorded.parent.iterdir()] == [".wav"]
    assert service(tmp_path, programs).record(SNOW) == recorded


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_a_deck_with_listening_cards_has_recordings(tmp_path: Path) -> None:
    from learnfeed.anki.recipe import PostSelection, Recipe

    recipe = Recipe(
        name="x", deck="x", posts=PostSelection(), templates=(Template.RECOGNITION, Template.LISTENING)
    )
    with_voice = winter_services(tmp_path / "voice")
    made = with_voice.exporting.run(recipe, tmp_path / "voice.apkg")
    assert made.media == made.words
    assert made.problems == ()
    again = with_voice.exporting.run(Recipe(name="x", deck="x"), tmp_path / "again.apkg")
    assert again.media == made.media
    silent = winter_services(tmp_path / "silent", voice="off")
    told = silent.exporting.run(recipe, tmp_path / "silent.apkg")
    assert told.media == 0
    assert "no voice here" in told.problems[0]
    with_voice.close()
    silent.close()


def test_no_window_waits_while_a_voice_records(tmp_path: Path) -> None:
    from learnfeed.anki.recipe import PostSelection, Recipe

    services = winter_services(tmp_path / "library", voice="off")
    recorded: dict[tuple[RubyToken, ...], bool] = {}

    def record(said: tuple[RubyToken, ...]) -> None:
        recorded.setdefault(said, services.database.connection.in_transaction)

    services.exporting._record = record
    recipe = Recipe(
        name="x", deck="x", posts=PostSelection(), templates=(Template.RECOGNITION, Template.LISTENING)
    )
    made = services.exporting.run(recipe, tmp_path / "deck.apkg")
    assert len(recorded) >= made.words > 0
    assert not any(recorded.values())
    services.close()
