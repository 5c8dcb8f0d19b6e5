"""Recordings for cards made small: a word with its sentence is heard well from a quarter of the bytes or less."""

from __future__ import annotations

import shutil
import sys
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

from learnfeed.audio.voices import Call, Which

RATE = 11_025
"""Samples a second of a compact recording, at least: as much as a telephone's, and every player takes it."""

_MARGIN = 0.06
"""Seconds of silence left at either end."""
_SILENT = bytes(range(125, 132))
"""Values that are taken for silence; 128 is none at all."""
_MIDDLE, _TOP = 128, 127


def compact(source: Path, target: Path) -> None:
    """Writes a WAVE recording as mono, of 8 bits and about 11 kHz, without silence at its ends.

    What is no WAVE file of 16 bits is copied as it is.
    """
    shutil.copyfile(source, target)
    try:
        with wave.open(str(source), "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            data = file.readframes(file.getnframes()) if width == 2 else b""
    except (wave.Error, EOFError):
        return
    samples = array("h", data[: len(data) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    every = max(1, rate // RATE)
    said = _eight_bits(samples[::channels], every)
    if said:
        with wave.open(str(target), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(1)
            file.setframerate(rate // every)
            file.writeframes(_trimmed(said, round(_MARGIN * rate / every)))


def _eight_bits(samples: array[int], every: int) -> bytes:
    """Each mean of so many samples as a byte, as loud as a byte can say: quiet ones would drown in its noise."""
    sums = [sum(group) for group in zip(*(samples[at::every] for at in range(every)), strict=False)]
    loudest = max(map(abs, sums), default=0)
    return bytes(_MIDDLE + value * _TOP // loudest for value in sums) if loudest else b""


def _trimmed(said: bytes, margin: int) -> bytes:
    start = len(said) - len(said.lstrip(_SILENT))
    end = len(said.rstrip(_SILENT))
    return said[max(0, start - margin) : end + margin]


def mp3_encoder(which: Which) -> Callable[[Path, Path], Call] | None:
    """How a program of this machine makes an MP3, which every Anki plays, of a WAVE file; None without one."""
    if lame := which("lame"):
        return lambda wav, mp3: Call(
            (lame, "--quiet", "-m", "m", "-b", "24", "--resample", "16", str(wav), str(mp3))
        )
    if ffmpeg := which("ffmpeg"):
        options = ("-ac", "1", "-ar", "16000", "-b:a", "24k", "-map_metadata", "-1", "-f", "mp3")
        return lambda wav, mp3: Call(
            (ffmpeg, "-nostdin", "-loglevel", "quiet", "-y", "-i", str(wav), *options, str(mp3))
        )
    return None
