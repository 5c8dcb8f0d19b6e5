"""Text from outside, cleaned once at the door; addresses without the tokens that open accounts."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# ECMA-48 control sequences (CSI, and OSC/DCS/APC strings up to their end), 7 and 8 bit forms. The
# strings are bounded so that a lone introducer can't swallow a text.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,16}[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{0,4}[0-~]"
)
# Characters that end a line for str.splitlines but not for people: a blank keeps the words apart.
_SEPARATORS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")
_LINE_END = re.compile(r"\r\n|\r|\n")
_HANZI = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007\U00020000-\U0002ebef\U00030000-\U000323af]"
)
_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_TOKEN_KEY = re.compile(
    r"xsec|token|sign|secret|session|auth|passw|cookie|credential|utm_|share|appuid|apptime|api_?key|^key$|^sid$",
    re.IGNORECASE,
)
_XHS_HOST = re.compile(r"(?:^|\.)(?:xiaohongshu|rednote)\.com$")
_NOTE_PATH = re.compile(r"/(?:explore|discovery/item|item|user/profile/[0-9a-f]{24})/([0-9a-f]{24})(?:/|$)")


def clean(text: str) -> str:
    r"""A text as it may be stored and shown.

    Terminal escapes, control, bidi and zero-width characters and lone surrogates are dropped; ``\n``
    and ``\t`` stay, ``\r\n`` and ``\r`` become ``\n``, other line separators become a blank. ZWJ and
    variation selectors stay: emoji need them. The result is NFC.
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    if not text.isprintable():
        text = _ESCAPES.sub("", text)
        text = _INVISIBLE.sub("", _SEPARATORS.sub(" ", text))
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """A cleaned text on one line, blanks folded: for names, titles of works, tags and places."""
    return " ".join(clean(text).split())


def unescape(text: str) -> str:
    """HTML's character references as characters; numbers too long to be one are dropped."""
    return html.unescape(_LONG_NUMBER.sub("", text)) if "&" in text else text


def split_lines(text: str) -> list[str]:
    r"""Lines of a text; only ``\r\n``, ``\r`` and ``\n`` end one."""
    return _LINE_END.split(text)


def has_hanzi(text: str) -> bool:
    """Whether there is a Chinese character in the text."""
    return _HANZI.search(text) is not None


def has_latin(text: str) -> bool:
    """Whether there is a Latin letter in the text."""
    return _LATIN.search(text) is not None


def count_hanzi(text: str) -> int:
    """How many Chinese characters a text has."""
    return sum(1 for _ in _HANZI.finditer(text))


def count_latin(text: str) -> int:
    """How many Latin letters a text has."""
    return sum(1 for _ in _LATIN.finditer(text))


def is_chinese(text: str) -> bool:
    """Whether a text is mainly Chinese: a hanzi weighs about as much as three letters."""
    return count_hanzi(text) * 3 > count_latin(text)


def strip_token(url: str) -> str:
    """A web address without access tokens, share marks and passwords.

    Returns:
        The address; on xiaohongshu.com and rednote.com without any query. Empty when it is no
        http(s) address.
    """
    try:
        parts = urlsplit(clean_line(url)[:4096])
        host = (parts.hostname or "").lower()
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or " " in parts.netloc:
        return ""
    if _XHS_HOST.search(host):
        query = ""
    else:
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = [(k, v) for k, v in pairs if not _TOKEN_KEY.search(k)]
        query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    fragment = "" if _TOKEN_KEY.search(parts.fragment) else parts.fragment
    netloc = f"[{host}]" if ":" in host else host
    netloc = f"{netloc}:{port}" if port else netloc
    return urlunsplit((parts.scheme.lower(), netloc, parts.path.replace(" ", "%20"), query, fragment))


def xhs_note_id(url: str) -> str:
    """The id of the note an address of xiaohongshu.com or rednote.com leads to; empty without one."""
    try:
        parts = urlsplit(url.strip()[:4096])
    except ValueError:
        return ""
    if not _XHS_HOST.search((parts.hostname or "").lower()):
        return ""
    match = _NOTE_PATH.search(parts.path)
    return match.group(1) if match else ""
