"""What the settings screen says of each setting; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from learnfeed.study.fitting import LEAST_REVIEWS
from learnfeed.tui.messages import say
from learnfeed.tui.text import fit, shown

if TYPE_CHECKING:
    from learnfeed.settings import Setting, Settings
    from learnfeed.study.fitting import Fit

FIT = "fit"
"""The line that fits the schedule; not a setting."""
_NAME = 34
_TONES = (("mā", 1), ("má", 2), ("mǎ", 3), ("mà", 4), ("ma", 5))


def label(item: Setting) -> str:
    """A setting's name as people read it: ``new_per_day`` → ``New per day``."""
    return say(item.name.replace("_", " ").capitalize())


def value_text(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return say("on") if value else say("off")
    return say(shown(str(value))) or say("none")


def row(item: Setting, settings: Settings) -> Content:
    """Name and value; a value that is not the default is marked, so that no colour is needed."""
    value = getattr(settings, item.name)
    mark, style = ("▪", "bold") if value != item.default else (" ", "")
    return Content.assemble((f"{mark} ", "$accent"), fit(label(item), _NAME), (value_text(value), style))


def described(item: Setting, settings: Settings, problem: str = "") -> Content:
    """What a setting does, what it may be, its default."""
    parts: list[Content] = [Content.styled(say(item.about), "bold")]
    if item.name == "tone_colours":
        parts.append(Content("  ").join(Content.styled(text, f"$tone-{tone} bold") for text, tone in _TONES))
    if item.choices:
        now = getattr(settings, item.name)
        parts.append(
            Content("   ").join(
                Content.styled(
                    f"[{say(name)}]" if name == now else say(name), "bold" if name == now else "$quiet"
                )
                for name in item.choices
            )
        )
    elif item.between:
        parts.append(Content.styled(say("from {a} to {b}", a=item.between[0], b=item.between[1]), "$quiet"))
    default = say("default: {value}", value=value_text(item.default))
    parts.append(Content.styled(f"{default}    settings.toml: {item.name}", "$faint"))
    if problem:
        parts.append(Content.styled(shown(problem), "$error bold"))
    return Content("\n").join(parts)


def about(name: str) -> str:
    """What a line that is no setting does."""
    assert name == FIT
    return say(
        "Fits FSRS to your own answers. It has to foretell your latest answers better than what is in use; only "
        "then it is offered. Due days stay as they are. ⏎ works it out."
    )


def fit_said(found: Fit) -> str:
    """What fitting found, with both losses."""
    if not found.enough:
        return say(
            "{n} answers tell something so far; a fit needs {least}. Nothing was changed.",
            n=found.reviews,
            least=LEAST_REVIEWS,
        )
    losses = say(
        "{n} answers, judged on the latest {held}: log loss {before} in use, {after} fitted (less is better).",
        n=found.reviews,
        held=found.held_out,
        before=f"{found.loss_before:.4f}",
        after=f"{found.loss_after:.4f}",
    )
    verdict = say("y takes it into use.") if found.better else say("What is in use foretells no worse.")
    return f"{losses}\n{verdict}"
