"""What the app says, in English and in Chinese.

The English text is the key; :mod:`learnfeed.tui.messages_zh` holds the Chinese. Values are put in
after the lookup, so that nothing from outside is ever part of a template.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from learnfeed.core.errors import LearnfeedError

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Catalogue:
    """The language in use, one for the process."""

    texts: Mapping[str, str] = {}


def language_of(environment: Mapping[str, str]) -> str:
    """The language a terminal asks for: the first of ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES``, ``LANG``."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def use_language(language: str = "") -> None:
    """Chooses the language of all that is said from now on.

    Args:
        language: ``en`` or ``zh``; as the environment says when empty.
    """
    if (language or language_of(os.environ)) == "zh":
        from learnfeed.tui.messages_zh import TEXTS

        _Catalogue.texts = TEXTS
    else:
        _Catalogue.texts = {}


def say(text: str, **values: object) -> str:
    """A text in the language in use, its ``{names}`` filled in."""
    template = _Catalogue.texts.get(text, text)
    return template.format(**values) if values else template


def fault(error: Exception) -> LearnfeedError:
    """What a person is told of a fault of ours."""
    return LearnfeedError(
        say("Something went wrong that should not have: {fault}", fault=f"{type(error).__name__}: {error}"),
        hint=say("Please report it with the output of learnfeed doctor."),
    )
