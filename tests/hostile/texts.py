"""What people with bad intentions put into posts, names, decks and settings."""

from __future__ import annotations

import re

from hypothesis import strategies as st

MARKUP = (
    "[/]",
    "[b]x[/b]",
    "[@click=app.quit]go[/]",
    "[link=file:///etc/passwd]",
    "$accent",
    "[$primary on red]",
)
CODES = (
    "\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\", "\x1bP+q\x1b\\", "\x9b31m", "\x9d0;t\x9c", "\x07", "\x08",
    "\r", "\x0e", "\x7f", "\x85", "\u2028", "\u202egpj", "\u2066\u2069", "\u200b\u200f\u061c\ufeff", "\x00", "\U000e0041",
)  # fmt: skip
HTML = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</title><svg onload=alert(1)>", "--><b>", '"\'><a href=',
    "&lt;script&gt;", "]]>", "</style></ruby></td>", "javascript:alert(1)", "<iframe srcdoc=",
)  # fmt: skip
ANKI = (
    "{{FrontSide}}", "{{c1::x}}", "{{type:Key}}", "[sound:x.mp3]", "[latex]\\input{/etc/passwd}[/latex]", "[$]x[/$]",
    "\\(x\\)", "\\[x\\]", "\x1f", "[anki:play:q:0]", "{{#Key}}",
)  # fmt: skip
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "＝1",
    "#comment",
    '",=1',
    "\n=1",
)
PATHS = (
    "../../etc/passwd",
    "/dev/zero",
    "..\\..\\x",
    "C:\\x",
    "con",
    "NUL.txt",
    "a/../..",
    "~root",
    "%00",
    "file:///x",
)
QUERIES = (
    "' OR 1=1 --", '"; DROP TABLE post; --', 'NEAR("a" "b")', "a AND OR NOT", "hanzi : *", "^a*", "((((", '"', "{a b} : c",
)  # fmt: skip
FORMATS = ("{}", "{0.__class__}", "%s%n", "${HOME}", "$(id)", "`id`")

ALL = MARKUP + CODES + HTML + ANKI + FORMULAS + PATHS + QUERIES + FORMATS
EVERY = " ".join(ALL)
"""All of them in one text."""

TEXT = st.lists(st.sampled_from(ALL) | st.text(max_size=3), min_size=1, max_size=6).map("".join)
"""A few of them in a row, with any characters between."""

ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no exit may hold, line breaks and tabs aside."""
