"""Recordings made small: still WAVE, still the same sound, a fraction of the bytes."""

from __future__ import annotations

import math
import wave
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from learnfeed.audio.compact import RATE, compact, mp3_encoder


def tone(path: Path, *, rate: int = 22_050, channels: int = 1, height: int = 9000) -> Path:
    """Half a second of silence, one second of a tone, half a second of silence."""
    quiet = [0] * (rate // 2)
    loud = [round(height * math.sin(2 * math.pi * 440 * at / rate)) for at in range(rate)]
    samples = array("h", (value for sample in quiet + loud + quiet for value in [sample] * channels))
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


@pytest.mark.parametrize(("rate", "channels"), [(22_050, 1), (16_000, 1), (44_100, 2), (24_000, 2)])
def test_it_becomes_mono_of_eight_bits_without_its_silence(tmp_path, rate, channels):
    path = tone(tmp_path / "a.wav", rate=rate, channels=channels)
    small = tmp_path / "b.wav"
    compact(path, small)
    with wave.open(str(small), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 1)
        assert RATE <= file.getframerate() < 2 * RATE
        assert 1.0 <= file.getnframes() / file.getframerate() < 1.2
        heard = file.readframes(file.getnframes())
        times = sum(a < 128 <= b for a, b in pairwise(heard))
        assert abs(times - 440) < 5
        assert max(heard) == 255 and min(heard) <= 2  # noqa: PT018


def test_a_quiet_recording_is_as_loud_as_any(tmp_path):
    path = tone(tmp_path / "a.wav", height=300)
    small = tmp_path / "b.wav"
    compact(path, small)
    with wave.open(str(small), "rb") as file:
        assert max(file.readframes(file.getnframes())) == 255


@pytest.mark.parametrize("data", [b"", b"RIFF but not really", b"\x00" * 500])
def test_what_is_no_wave_file_stays_as_it_is(tmp_path, data):
    path = tmp_path / "a.wav"
    path.write_bytes(data)
    compact(path, tmp_path / "b.wav")
    assert (tmp_path / "b.wav").read_bytes() == data


def test_silence_and_compact_recordings_stay_as_they_are(tmp_path):
    once, twice = tmp_path / "once.wav", tmp_path / "twice.wav"
    for path in (tone(tmp_path / "silent.wav", height=0), tone(tmp_path / "loud.wav")):
        compact(path, once)
        compact(once, twice)
        assert twice.read_bytes() == once.read_bytes()


def test_lame_or_ffmpeg_make_mp3():
    for name in ("lame", "ffmpeg"):
        encoder = mp3_encoder(lambda asked, name=name: f"/bin/{name}" if asked == name else None)
        assert encoder is not None
        call = encoder(Path("/a b/in.wav"), Path("/a b/out.mp3"))
        assert call.arguments[0] == f"/bin/{name}"
        assert call.arguments[-1] == "/a b/out.mp3"
        assert "/a b/in.wav" in call.arguments
    assert mp3_encoder(lambda _: None) is None
