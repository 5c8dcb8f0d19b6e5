"""Text from outside, made fit for a terminal. The saved text itself is never changed."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

# Control codes (C0, C1), bidirectional and other invisible marks, lone surrogates, the tag block: any of
# them could move the cursor, hide text or crash the encoder. Variation selectors and skin tones are
# measured differently by terminals (terminal.md), so they are not shown.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufe00-\ufe0f\ud800-\udfff\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]"
)
_BLANKS = re.compile(r"[\t\r\n\u0085\u2028\u2029]")
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff]{2})|[\U0001f1e6-\U0001f1ff]")


@lru_cache(maxsize=16384)
def shown(text: str) -> str:
    """One line of text as the terminal may have it: no codes, no line breaks, widths all agree on."""
    return _FLAG.sub(r"\1", without_codes(text))


def without_codes(text: str) -> str:
    """A text without what a terminal would obey; what breaks a line becomes a blank."""
    return _HIDDEN.sub("", _BLANKS.sub(" ", text))


def fit(text: str, width: int) -> str:
    """Text in exactly so many cells: cut with an ellipsis, or filled with blanks."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def cut(text: str, width: int) -> str:
    """Text in at most so many cells, cut with an ellipsis."""
    return fit(text, width).rstrip() if cell_len(text) > width else text


def grouped(number: int) -> str:
    """A number with its thousands apart: ``100,000``."""
    return f"{number:,}"


def plural(number: int, one: str, many: str = "") -> str:
    """``1 word``, ``2 words``: a number with what it counts."""
    # Chinese has one way of counting, and it is the second: 1 张卡片.
    single = number == 1 and one.isascii()
    return f"{grouped(number)} {one if single else many or one + 's'}"
