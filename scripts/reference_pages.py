"""Writes ``docs/commands.md`` and ``docs/settings.md`` from the commands and the settings themselves."""

from __future__ import annotations

from pathlib import Path

import click

from learnfeed.cli.commands import cli
from learnfeed.settings_file import template

DOCS = Path(__file__).parent.parent / "docs"

COMMANDS_HEAD = """# Commands

Every command with its options, as `--help` tells them. Data goes to stdout, narration to stderr; `--json` where a
script wants it.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but something was skipped, 130 interrupted.
"""


SETTINGS_HEAD = """# Settings

Change them in the app with `,`, with `learnfeed settings`, or in `settings.toml` in the library's folder. A wrong value
gets a message with its line, and the default. This is the whole file with every default; a line counts once its `#`
is gone.

"""


def commands_page() -> str:
    """The reference of all commands."""
    return COMMANDS_HEAD + "".join(_sections(cli, "learnfeed", None))


def settings_page() -> str:
    """The reference of all settings."""
    return f"{SETTINGS_HEAD}```toml\n{template().strip()}\n```\n"


def _sections(command: click.Command, name: str, parent: click.Context | None) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
    help_text = "\n".join(line.rstrip() for line in command.get_help(context).split("\n"))
    title = context.command_path
    own = [f"\n## {title}\n\n```text\n{help_text}\n```\n"]
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            inner = command.get_command(context, child)
            assert inner is not None
            own += _sections(inner, child, context)
    return own


if __name__ == "__main__":
    (DOCS / "commands.md").write_text(commands_page(), encoding="utf-8")
    (DOCS / "settings.md").write_text(settings_page(), encoding="utf-8")
