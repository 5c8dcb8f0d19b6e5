"""Programs that speak: how each is called. Text goes in by their input, never by a shell, never as an option."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from learnfeed.audio.utterance import Utterance
from learnfeed.core.text import Language

Which = Callable[[str], str | None]
"""Finds a program by its name."""
BOTH = frozenset((Language.ZH, Language.EN))


def find_program(name: str) -> str | None:
    """A program on the path, or beside the Python that runs learnfeed, where the extra ``voice`` puts piper."""
    return shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))


@dataclass(frozen=True, slots=True)
class Call:
    """A program call.

    Attributes:
        arguments: The program and its arguments.
        text: What is written to its input.
    """

    arguments: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """A program that speaks.

    Attributes:
        name: In the setting ``voice``.
        languages: What it can speak here.
        record: The call that writes a recording (WAVE) to a path; None when it can't.
        speak: The call that speaks at once; None when a recording has to be played.
    """

    name: str
    languages: frozenset[Language]
    record: Callable[[Utterance, Path], Call] | None = None
    speak: Callable[[Utterance], Call] | None = None


def piper(which: Which, voices: Path) -> Voice | None:
    """Piper with the voices (``zh_CN-….onnx``, ``en_US-….onnx``) that lie in a folder."""
    program = which("piper")
    models = {
        language: next(iter(sorted(voices.glob(f"{language}_*.onnx"))), None)
        for language in (Language.ZH, Language.EN)
    }
    there = {language: str(model) for language, model in models.items() if model}
    if not program or not there:
        return None

    def record(said: Utterance, path: Path) -> Call:
        model = there[said.language]
        return Call((program, "--model", model, "--output_file", str(path)), said.text)

    return Voice("piper", frozenset(there), record)


def say(which: Which, voices: Path) -> Voice | None:
    """The voice of macOS; it is told which of its voices speaks Chinese."""
    del voices
    program = which("say") if sys.platform == "darwin" else None
    if not program:
        return None

    def arguments(said: Utterance) -> tuple[str, ...]:
        return (program, *(("-v", "Tingting") if said.language is Language.ZH else ()), "-f", "-")

    def record(said: Utterance, path: Path) -> Call:
        return Call((*arguments(said), "-o", str(path), "--data-format=LEI16@22050"), said.text)

    return Voice("say", BOTH, record, lambda said: Call(arguments(said), said.text))


def espeak(which: Which, voices: Path) -> Voice | None:
    """Speak by espeak-ng. Its Chinese is fed with our pinyin: many builds of it can't read hanzi."""
    del voices
    program = which("espeak-ng")
    if not program:
        return None

    def call(said: Utterance, *options: str) -> Call:
        chinese = said.language is Language.ZH
        voice = ("-v", "cmn-latn-pinyin", "-s", "140") if chinese else ("-v", "en-us")
        return Call((program, *voice, *options, "--stdin"), said.pinyin if chinese else said.text)

    return Voice("espeak-ng", BOTH, lambda said, path: call(said, "-w", str(path)), call)


def spd_say(which: Which, voices: Path) -> Voice | None:
    """Speech Dispatcher, which most Linux desktops have; it can't record."""
    del voices
    program = which("spd-say")
    if not program:
        return None
    return Voice(
        "spd-say", BOTH, None, lambda said: Call((program, "-w", "-l", said.language.value, "-e"), said.text)
    )


BUILTIN: tuple[Callable[[Which, Path], Voice | None], ...] = (piper, say, espeak, spd_say)
"""Best first."""
NAMES = ("piper", "say", "espeak-ng", "spd-say")

_PLAYERS = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("afplay",),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
)


def find_voices(folder: Path, which: Which = find_program) -> tuple[Voice, ...]:
    """The voices there are on this machine, best first."""
    made = (make(which, folder) for make in BUILTIN)
    return tuple(voice for voice in made if voice is not None)


def find_player(which: Which = find_program) -> Sequence[str]:
    """A program that plays a recording, with its options; empty when there is none."""
    found = ((which(name), options) for name, *options in _PLAYERS)
    return next(([program, *options] for program, options in found if program), [])
