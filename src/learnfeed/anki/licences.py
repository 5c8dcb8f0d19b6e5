"""Where the terms stand that a dictionary's entries are passed on under."""

from __future__ import annotations

_ADDRESSES = {"CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/"}


def with_terms(attribution: str) -> str:
    """An attribution with the address of the licence it names, where that is known.

    CC BY-SA 4.0, section 3(a): name the maker, say that it was changed, name the licence and its address.
    """
    address = next((address for name, address in _ADDRESSES.items() if name in attribution), "")
    return " · ".join(filter(None, (attribution, address)))
