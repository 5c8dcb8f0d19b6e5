"""``learnfeed settings``: what can be set, and setting it."""

from __future__ import annotations

import click

from learnfeed.cli.output import Context, data, data_json, narrate, pass_context
from learnfeed.core.errors import UsageError
from learnfeed.settings import KEYS, SETTINGS, Setting, as_toml, setting
from learnfeed.settings_file import change, change_key, template

_KEY_PREFIX = f"{KEYS}."


@click.group(invoke_without_command=True)
@click.option(
    "--template", "as_template", is_flag=True, help="Print a settings file that explains everything."
)
@click.option("--json", "as_json", is_flag=True, help="All settings as one JSON document.")
@click.pass_context
def settings(call: click.Context, as_template: bool, as_json: bool) -> None:
    """List what can be set, or set it. The same is in the app under the key , (comma).

    Settings lie in one TOML file of yours; learnfeed changes single lines of it and keeps your comments.
    """
    if call.invoked_subcommand is not None:
        return
    if as_template:
        data(template().rstrip())
        return
    context = call.find_object(Context) or Context(None)
    now = {item.name: getattr(context.services.settings, item.name) for item in SETTINGS}
    if as_json:
        data_json(now | {KEYS: dict(context.services.settings.keys)})
        return
    group = None
    for item in SETTINGS:
        if item.group is not group:
            group = item.group
            data(f"\n{group}")
        mark = "*" if now[item.name] != item.default else " "
        data(f"{mark} {item.name:<18} {as_toml(now[item.name]):<14} {item.about}{_range(item)}")
    for name, keys in context.services.settings.keys:
        data(f"* {_KEY_PREFIX}{name} = {keys}")


def _range(item: Setting) -> str:
    if item.choices:
        return f" ({', '.join(item.choices)})"
    return f" ({item.between[0]}–{item.between[1]})" if item.between else ""


@settings.command()
@click.argument("name")
@pass_context
def get(context: Context, name: str) -> None:
    """Print what a setting is."""
    if name.startswith(_KEY_PREFIX):
        data(dict(context.services.settings.keys).get(name.removeprefix(_KEY_PREFIX), ""))
        return
    value = getattr(context.services.settings, _named(name).name)
    data(value if isinstance(value, str) else as_toml(value))


@settings.command(name="set")
@click.argument("name")
@click.argument("value")
@pass_context
def set_command(context: Context, name: str, value: str) -> None:
    """Set a setting; keys.NAME sets a key of your own."""
    path = context.services.places.settings
    if name.startswith(_KEY_PREFIX):
        from learnfeed.tui.keymap import problems

        own = dict(context.services.settings.keys) | {name.removeprefix(_KEY_PREFIX): value}
        for problem in problems(own):
            narrate(problem)
        change_key(path, name.removeprefix(_KEY_PREFIX), value)
        return
    item = _named(name)
    try:
        wanted = item.read(value)
    except ValueError as error:
        raise UsageError(
            str(error), hint=f"It stays {as_toml(getattr(context.services.settings, name))}."
        ) from None
    if item.name == "theme" and wanted not in ("dark", "light"):
        from textual.theme import BUILTIN_THEMES

        if wanted not in BUILTIN_THEMES:
            raise UsageError(
                f"There is no theme {wanted!r}", hint=f"There are dark, light, {', '.join(BUILTIN_THEMES)}."
            )
    change(path, item, wanted)


@settings.command()
@click.argument("name")
@pass_context
def reset(context: Context, name: str) -> None:
    """Give a setting its default again."""
    if name.startswith(_KEY_PREFIX):
        change_key(context.services.places.settings, name.removeprefix(_KEY_PREFIX), None)
    else:
        change(context.services.places.settings, _named(name), None)


@settings.command()
@pass_context
def path(context: Context) -> None:
    """Print where the settings file lies."""
    data(str(context.services.places.settings))


@settings.command()
@pass_context
def keys(context: Context) -> None:
    """List the names of all keys, with the keys and what they do."""
    from learnfeed.tui.keymap import all_names, problems

    own = dict(context.services.settings.keys)
    for name, item in all_names().items():
        data(f"{'*' if name in own else ' '} {name:<24} {own.get(name, item.keys):<22} {item.about}")
    for problem in problems(own):
        narrate(problem)


def _named(name: str) -> Setting:
    item = setting(name)
    if item is None:
        raise UsageError(f"There is no setting {name!r}", hint="learnfeed settings lists them all.")
    return item
