"""The commands, each in a file of its own that is loaded when it is called."""

from __future__ import annotations

import io
from importlib import import_module

import click

from learnfeed import __version__
from learnfeed.cli.output import Context, narrate

COMMANDS = {
    "demo": "demo:demo",
    "import": "import_:import_command",
    "posts": "posts:posts",
    "show": "show:show",
    "words": "words:words",
    "review": "review:review",
    "quiz": "quiz:quiz",
    "unlock": "unlock:unlock",
    "stats": "stats:stats",
    "settings": "settings:settings",
    "export": "export:export",
    "anki": "anki:anki",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "doctor": "doctor:doctor",
    "lexicon": "lexicon:lexicon",
    "text": "text:text",
}
"""Name of each command and where it stands: ``module:function`` below ``learnfeed.cli``."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the contract."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        del ctx
        where = COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, name = where.split(":")
        command = getattr(import_module(f"learnfeed.cli.{module}"), name)
        assert isinstance(command, click.Command)
        return command


@click.command(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--library",
    metavar="DIR",
    help="The library's folder (also LEARNFEED_HOME); the platform's data folder when not given.",
)
@click.version_option(__version__, prog_name="learnfeed")
@click.pass_context
def cli(ctx: click.Context, library: str | None) -> None:
    """Turn the bilingual posts you saved into graded reading, quizzes and Anki decks.

    Without a command the app opens. Everything runs offline on this machine.
    """
    ctx.obj = Context(library)
    if ctx.invoked_subcommand is None:
        from learnfeed.cli.console import open_app

        open_app(ctx.obj.services)


def run_command(arguments: list[str]) -> int:
    """Runs a command line; gives back its exit code.

    Raises:
        LearnfeedError: The command failed.
    """
    try:
        result = cli.main(arguments, prog_name="learnfeed", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)  # it repeats what was typed
        narrate(told.getvalue().rstrip("\n"))
        return error.exit_code
    return result if isinstance(result, int) else 0
