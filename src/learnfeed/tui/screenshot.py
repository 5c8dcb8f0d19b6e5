"""Screenshots with hanzi in their right places."""

from __future__ import annotations

import html
import re
from itertools import accumulate

from rich.cells import cell_len

_TEXT = re.compile(r'<text([^>]*?) x="([\d.]+)"([^>]*?) textLength="([\d.]+)"([^>]*)>([^<]*)</text>')


def widen(svg: str) -> str:
    """Mends an SVG of Rich's: it counts characters where it should count cells, which squeezes hanzi.

    Args:
        svg: As ``App.export_screenshot`` gives it.
    """
    return _TEXT.sub(_placed, svg)


def _placed(match: re.Match[str]) -> str:
    """A stretch of text with wide characters: each character gets the place of its cell."""
    before, x, between, length, after, raw = match.groups()
    text = html.unescape(raw)
    widths = [cell_len(char) for char in text]
    if not text or sum(widths) == len(text):
        return match[0]
    cell = float(length) / len(text)
    places = (float(x) + cells * cell for cells in accumulate(widths[:-1], initial=0))
    return f'<text{before} x="{" ".join(f"{place:g}" for place in places)}"{between}{after}>{raw}</text>'
