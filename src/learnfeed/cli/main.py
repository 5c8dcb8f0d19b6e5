"""The entry point: no arguments open the app; everything else is a command."""

from __future__ import annotations

import os
import sys

from learnfeed.core.errors import LearnfeedError

INTERRUPTED = 130
COMPLETION = "_LEARNFEED_COMPLETE"
"""Set by a shell that asks how a command line may go on."""


def main() -> None:
    """Runs learnfeed and ends the process with the exit code of the contract.

    0 done, 1 failed, 2 wrong usage, 3 done but something was skipped, 130 interrupted.
    """
    from learnfeed.cli.console import prepare, tell_lost

    prepare()
    code = run(sys.argv[1:])
    tell_lost()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Runs learnfeed with arguments; gives back the exit code."""
    try:
        if not arguments and COMPLETION not in os.environ:
            return _open_app(None)
        from learnfeed.cli.commands import run_command

        return run_command(arguments)
    except LearnfeedError as error:
        _tell(error)
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return INTERRUPTED
    except MemoryError:
        sys.stderr.write("learnfeed: there is not enough memory for this\n")
        return 1
    except BrokenPipeError:
        # The reader of our output went away (head, less): that is no failure. Keep Python from
        # complaining when it flushes at exit.
        sys.stdout = None
        return 0
    except Exception as error:  # noqa: BLE001
        if isinstance(error, UnicodeEncodeError) and _is_half_read(error.object):
            return _refuse_unreadable()
        return _report(error)


def _is_half_read(text: str) -> bool:
    """Whether a text holds bytes that Python could not read in the system's encoding."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def _refuse_unreadable() -> int:
    sys.stderr.write(
        f"learnfeed: what was typed can't be read in this system's encoding ({sys.getfilesystemencoding()})\n"
        "  Use a UTF-8 terminal, or set PYTHONUTF8=1.\n"
    )
    return 2


def _open_app(library: str | None) -> int:
    from learnfeed.bootstrap import open_services
    from learnfeed.cli.console import open_app

    open_app(open_services(library))
    return 0


def _report(error: Exception) -> int:
    """A fault of ours: its trace goes into a file for the bug report, one line to the person."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="learnfeed-", suffix=".log", delete=False
    ) as file:
        file.write("".join(traceback.format_exception(error)))
    sys.stderr.write(
        f"learnfeed: something went wrong that should not have ({type(error).__name__}). Your library is whole.\n"
        f"  Please report it with the file {file.name} and the output of learnfeed doctor.\n"
    )
    return 1


def _tell(error: LearnfeedError) -> None:
    from learnfeed.cli.output import narrate

    lines = [f"learnfeed: {error}"]
    if error.hint:
        lines.append(f"  {error.hint}")
    narrate("\n".join(lines))
