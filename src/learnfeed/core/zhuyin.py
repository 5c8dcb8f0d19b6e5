"""Zhuyin (bopomofo) of a syllable, as Taiwan's Ministry of Education writes it (國語注音符號手冊)."""

from __future__ import annotations

from learnfeed.core.pinyin import split_tone

_INITIALS = dict(
    zip(
        "zh ch sh b p m f d t n l g k h j q x r z c s".split(),  # noqa: SIM905
        "ㄓㄔㄕㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄖㄗㄘㄙ",
        strict=True,
    )
)
_FINALS = {
    "a": "ㄚ", "o": "ㄛ", "e": "ㄜ", "ê": "ㄝ", "ai": "ㄞ", "ei": "ㄟ", "ao": "ㄠ", "ou": "ㄡ", "an": "ㄢ", "en": "ㄣ",
    "ang": "ㄤ", "eng": "ㄥ", "er": "ㄦ", "r": "ㄦ", "ong": "ㄨㄥ",
    "i": "ㄧ", "ia": "ㄧㄚ", "ie": "ㄧㄝ", "iao": "ㄧㄠ", "iu": "ㄧㄡ", "ian": "ㄧㄢ", "in": "ㄧㄣ", "iang": "ㄧㄤ",
    "ing": "ㄧㄥ", "iong": "ㄩㄥ", "io": "ㄧㄛ", "iai": "ㄧㄞ",
    "u": "ㄨ", "ua": "ㄨㄚ", "uo": "ㄨㄛ", "uai": "ㄨㄞ", "ui": "ㄨㄟ", "uan": "ㄨㄢ", "un": "ㄨㄣ", "uang": "ㄨㄤ",
    "ü": "ㄩ", "üe": "ㄩㄝ", "üan": "ㄩㄢ", "ün": "ㄩㄣ",
}  # fmt: skip
_ALONE = {
    "yi": "ㄧ", "ya": "ㄧㄚ", "yo": "ㄧㄛ", "yai": "ㄧㄞ", "ye": "ㄧㄝ", "yao": "ㄧㄠ", "you": "ㄧㄡ", "yan": "ㄧㄢ",
    "yin": "ㄧㄣ",
    "yang": "ㄧㄤ", "ying": "ㄧㄥ", "yong": "ㄩㄥ", "yu": "ㄩ", "yue": "ㄩㄝ", "yuan": "ㄩㄢ", "yun": "ㄩㄣ",
    "wu": "ㄨ", "wa": "ㄨㄚ", "wo": "ㄨㄛ", "wai": "ㄨㄞ", "wei": "ㄨㄟ", "wan": "ㄨㄢ", "wen": "ㄨㄣ", "wang": "ㄨㄤ",
    "weng": "ㄨㄥ", "m": "ㄇ", "n": "ㄣ", "ng": "ㄫ", "hm": "ㄏㄇ", "hng": "ㄏㄫ",
}  # fmt: skip
_BARE_I = frozenset(("zh", "ch", "sh", "r", "z", "c", "s"))
_TONES = {2: "ˊ", 3: "ˇ", 4: "ˋ"}


def zhuyin(syllable: str) -> str:
    """A numbered syllable (``xue3``) in zhuyin with its tone mark (``ㄒㄩㄝˇ``); what is none stays as it is."""
    letters, tone = split_tone(syllable)
    sounds = _sounds(letters.lower())
    if not sounds:
        return syllable
    return f"˙{sounds}" if tone == 5 else sounds + _TONES.get(tone, "")


def _sounds(letters: str) -> str:
    if letters in _ALONE:
        return _ALONE[letters]
    initial = letters[:2] if letters[:2] in _INITIALS else letters[:1] if letters[:1] in _INITIALS else ""
    final = letters[len(initial) :]
    if letters in ("r", "er"):
        return _FINALS["er"]
    if final == "i" and initial in _BARE_I:
        return _INITIALS[initial]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    if final not in _FINALS:
        return ""
    return _INITIALS.get(initial, "") + _FINALS[final]
