"""``learnfeed unlock``: which words make the most posts readable."""

from __future__ import annotations

import click

from learnfeed.cli.output import Context, data, data_json, narrate, pass_context


@click.command()
@click.option(
    "--target", type=click.FloatRange(50, 100), default=95, show_default=True, help="Percent of words known."
)
@click.option(
    "-n", "number", type=click.IntRange(1, 500), default=20, show_default=True, help="How many words."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_context
def unlock(context: Context, target: float, number: int, as_json: bool) -> None:
    """Show the words that would lift the most saved posts over the target."""
    plan = context.services.unlocking.plan(target / 100, number)
    if as_json:
        data_json(
            {
                "target": plan.target,
                "locked": plan.of,
                "unlocked": plan.unlocked,
                "words": [{"word": step.headword, "unlocked": step.unlocked} for step in plan.steps],
            }
        )
        return
    reading = context.services.reading
    for step in plan.steps:
        if context.services.settings.direction == "english":
            gloss = context.services.english.reader.facts(step.headword)[3]
        else:
            entries = reading.word(step.headword).entries
            gloss = entries[0].senses[0].gloss if entries and entries[0].senses else ""
        data(f"{step.headword}\t{gloss}\t{step.unlocked} posts")
    narrate(f"{len(plan.steps)} words would unlock {plan.unlocked} of {plan.of} posts under {target:g} %.")
