"""Running a program that speaks: without a shell, with an end, one at a time."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Callable
from pathlib import Path

from learnfeed.audio.voices import Call
from learnfeed.core.errors import SpeechError

RECORD_SECONDS = 20
SPEAK_SECONDS = 60


class Runner:
    """Runs one program after another; a new one ends the one before."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None

    def run(self, call: Call, seconds: float) -> None:
        """Runs a program to its end.

        Raises:
            SpeechError: It can't be started, takes longer than ``seconds``, or fails. Being ended by
                :meth:`stop` is no failure.
        """
        self.stop()
        name = Path(call.arguments[0]).name
        try:
            # The arguments are our own; text from posts goes in by standard input.
            process = subprocess.Popen(  # noqa: S603
                call.arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise SpeechError(f"{name} can't be started: {error.strerror}") from error
        self._running = process
        try:
            with contextlib.suppress(BrokenPipeError):
                process.communicate(f"{call.text}\n".encode("utf-8", "replace"), timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise SpeechError(
                f"{name} did not end within {seconds:g} seconds and was stopped",
                hint="Set voice to another one, or to off.",
            ) from error
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        if process.returncode > 0:
            raise SpeechError(
                f"{name} ended with an error ({process.returncode})",
                hint="Try it by hand: is there a sound device, and the voice?",
            )

    def stop(self) -> None:
        """Ends what runs."""
        if self._running is not None and self._running.poll() is None:
            self._running.kill()


def written(path: Path, make: Callable[[Path], None]) -> Path:
    """A file that is made whole or not at all: beside its place first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        make(part)
        if not part.exists() or part.stat().st_size < 64:
            raise SpeechError("The voice made no recording", hint="Try another voice in the settings.")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
