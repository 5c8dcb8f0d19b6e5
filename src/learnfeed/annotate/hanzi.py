"""What a hanzi is."""

from __future__ import annotations


def is_hanzi(char: str) -> bool:
    """Whether a character is a Chinese one, of any plane (〇 included, punctuation not)."""
    return (
        "\u3400" <= char <= "\u9fff"
        or char == "〇"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U000323af"
    )
