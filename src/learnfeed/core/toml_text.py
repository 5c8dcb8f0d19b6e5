"""TOML that someone else may have written: read, or refused, in time that grows with its length."""

from __future__ import annotations

import re
from typing import Any

LONGEST_KEY = 50
"""Parts of a key with dots. The standard library's parser takes quadratic time for keys of many parts."""
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(
    rf"(?:^[ \t[]*+|[{{,][ \t]*+){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{LONGEST_KEY}}}", re.MULTILINE
)


def parse_toml(text: str) -> dict[str, Any]:
    """A TOML document.

    Raises:
        ValueError: It is none, with what is wrong and where; or it is made to be slow or to exhaust the stack.
    """
    import tomllib

    if _LONG_KEY.search(text):
        raise ValueError(f"a key has more than {LONGEST_KEY} parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("its values are nested too deeply") from None
