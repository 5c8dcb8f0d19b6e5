"""Every limit has a name, a sentence and a way out, and they stand in one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from learnfeed.core.errors import LimitError
from learnfeed.importers import limits

ALL = {name: limit for name, limit in vars(limits).items() if isinstance(limit, limits.Limit)}
FOLDER = Path(limits.__file__).parent


@pytest.mark.parametrize("limit", ALL.values(), ids=ALL)
def test_a_limit_says_which_one_it_is_and_what_to_do(limit):
    assert limit.sentence == f"the limit for {limit.name} is {limit.value:,} {limit.unit}"
    assert limit.hint
    limit.check(limit.value, "a.txt")
    with pytest.raises(LimitError) as caught:
        limit.check(limit.value + 1, "a.txt", place="line 3")
    assert (caught.value.message, caught.value.place) == (f"a.txt: {limit.sentence}", "line 3")


def test_no_two_limits_are_told_alike():
    assert len({limit.sentence for limit in ALL.values()}) == len(ALL)


def test_every_limit_is_held_somewhere():
    code = "\n".join(path.read_text("utf-8") for path in FOLDER.rglob("*.py") if path.name != "limits.py")
    assert [name for name in ALL if not re.search(rf"\b{name}\b", code)] == []
