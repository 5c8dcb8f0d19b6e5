"""Saying words and sentences aloud, and recording them for cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from learnfeed.audio.compact import compact, mp3_encoder
from learnfeed.audio.running import RECORD_SECONDS, SPEAK_SECONDS, Runner, written
from learnfeed.audio.utterance import Utterance, utterance
from learnfeed.audio.voices import Call, Voice, Which, find_player, find_program, find_voices
from learnfeed.config import Places, Settings
from learnfeed.core.errors import SpeechError
from learnfeed.core.note import RubyToken
from learnfeed.core.text import Language

OFF, AUTO = "off", "auto"
VOICE_OFF = "The voice is off: set voice to auto in the settings."
NO_VOICE = (
    "There is no voice on this machine. Install espeak-ng (apt install espeak-ng, brew install espeak-ng), "
    "or put a voice of piper into {folder}."
)
_KEPT = 400
"""Recordings kept of what was only listened to; the oldest go first."""


class SpeechService:
    """The voice of this machine."""

    def __init__(self, places: Places, settings: Settings, which: Which | None = None) -> None:
        """Takes where things lie, settings, and how programs are found (for tests)."""
        self._places = places
        self._settings = settings
        self._which = {} if which is None else {"which": which}
        self._runner = Runner()

    @property
    def voices_folder(self) -> Path:
        """Where voices of piper are looked for."""
        return self._places.library / "voices"

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """The voices that can be used, best first; none when they are switched off."""
        wanted = self._settings.voice
        if wanted == OFF:
            return ()
        found = find_voices(self.voices_folder, **self._which)
        return found if wanted == AUTO else tuple(voice for voice in found if voice.name == wanted)

    @cached_property
    def _player(self) -> tuple[str, ...]:
        return tuple(find_player(**self._which))

    @property
    def languages(self) -> frozenset[Language]:
        """What can be said aloud here."""
        audible = (voice for voice in self.voices if voice.speak or self._player)
        return frozenset[Language]().union(*(voice.languages for voice in audible))

    def missing(self, language: Language = Language.ZH) -> str:
        """Why nothing can be said in a language, and what to do; empty when it can.

        The app translates it; ``{folder}`` in it stands for :attr:`voices_folder`.
        """
        if language in self.languages:
            return ""
        return VOICE_OFF if self._settings.voice == OFF else NO_VOICE

    def say(self, tokens: Iterable[RubyToken], language: Language = Language.ZH) -> None:
        """Says something aloud and waits for its end; what was being said is broken off.

        Raises:
            SpeechError: There is no voice, or it failed.
        """
        said = utterance(tokens, language)
        if not said.text:
            return
        if problem := self.missing(language):
            raise SpeechError(problem.format(folder=self.voices_folder))
        voice = next(v for v in self.voices if language in v.languages and (v.speak or self._player))
        if voice.record and self._player:
            self._runner.run(Call((*self._player, str(self._recorded(voice, said)))), SPEAK_SECONDS)
        elif voice.speak:
            self._runner.run(voice.speak(said), SPEAK_SECONDS)

    def record(self, tokens: Iterable[RubyToken], language: Language = Language.ZH) -> Path | None:
        """A small recording of something for a card, kept for good; None when no voice here can record it.

        Raises:
            SpeechError: The voice failed.
        """
        said = utterance(tokens, language)
        voice = next((v for v in self.voices if v.record and language in v.languages), None)
        return self._kept(voice, said) if voice and said.text else None

    def _recorded(self, voice: Voice, said: Utterance) -> Path:
        """A recording (WAVE) to be listened to now, and perhaps once more."""
        record, folder = voice.record, self._places.library / "cache" / "speech"
        assert record is not None
        path = folder / f"{voice.name}-{said.key}.wav"
        if not path.exists():
            written(path, lambda part: self._runner.run(record(said, part), RECORD_SECONDS))
            kept = sorted(folder.glob("*.wav"), key=lambda file: file.stat().st_mtime_ns)
            for old in kept[:-_KEPT]:
                old.unlink(missing_ok=True)
        return path

    def _kept(self, voice: Voice, said: Utterance) -> Path:
        """A recording that goes into decks, as small as this machine can make it; one that is there stays."""
        small = self._places.media / "speech" / f"{voice.name}-{said.key}.mp3"
        plain = small.with_suffix(".wav")
        there = next((path for path in (plain, small) if path.exists()), None)
        if there is not None:
            return there
        made = self._recorded(voice, said)
        if encoder := self._encoder:
            with suppress(SpeechError):  # an encoder without MP3: WAVE is played everywhere, too
                return written(small, lambda part: self._runner.run(encoder(made, part), RECORD_SECONDS))
        return written(plain, lambda part: compact(made, part))

    @cached_property
    def _encoder(self) -> Callable[[Path, Path], Call] | None:
        return mp3_encoder(self._which.get("which", find_program))

    def stop(self) -> None:
        """Breaks off what is being said."""
        self._runner.stop()
