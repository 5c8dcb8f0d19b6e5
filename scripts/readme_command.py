"""Prints a command of the README: ``readme_command.py run`` or ``readme_command.py test``.

A command stands alone in a fenced block that follows an HTML comment ``<!-- command: NAME -->``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def command(name: str) -> str:
    """The command of a name.

    Raises:
        SystemExit: The README has none of that name.
    """
    match = re.search(rf"<!-- command: {re.escape(name)} -->\s*```\w*\n(.+?)\n```", README.read_text("utf-8"))
    if match is None:
        sys.exit(f"{README} has no command {name!r}")
    return match[1]


if __name__ == "__main__":
    print(command(sys.argv[1]))
