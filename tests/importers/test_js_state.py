from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import strategies as st

from learnfeed.importers.js_state import LiteralError, read_literal, states
from tests.importers.checks import check

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@check(JSON)
def test_json_is_a_literal(value):
    assert read_literal(json.dumps(value)) == value
    assert read_literal(json.dumps(value, ensure_ascii=False)) == value


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("{a: undefined, 'b': `x`, 3: null,}", {"a": None, "b": "x", "3": None}),
        ("[1,,2,]", [1, None, 2]),
        ("[0x1F, .5, -2.5e3, +7, NaN, -Infinity, Infinity]", [31, 0.5, -2500.0, 7, None, None, None]),
        ("[!0, !1, void 0, true, false]", [True, False, None, True, False]),
        ('{"s": "undefined, new Map([1])"}', {"s": "undefined, new Map([1])"}),
        (r'"\u003C\/script>\x41\u{1F600}\n\'\0"', "</script>A😀\n'\0"),
        (r'"\ud83d\ude00 \ud83d"', "😀 \ufffd"),
        ('new Map([["k", {a: 1}], 2])', {"k": {"a": 1}}),
        ("new Map()", {}),
        ("new Set([1, 2])", [1, 2]),
        ("new Set()", []),
        ('new Date("2025-01-16")', "2025-01-16"),
        (
            '{f: function(){return "}"}, g: (x)=>{ return x }, h: async function(){}, i: 1}',
            {"f": None, "g": None, "h": None, "i": 1},
        ),
        ("/* c */ [ // d\n 1]", [1]),
    ],
)
def test_what_javascript_has_and_json_has_not(literal, expected):
    assert read_literal(literal) == expected


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "{",
        "[1",
        '{"a" 1}',
        '{"a": "x',
        "{1 2}",
        '{"a": 1 "b": 2}',
        "[1 2]",
        r'"\uZZZZ"',
        "function(){",
        "{%: 1}",
        "new Map(",
        "@",
    ],
)
def test_what_is_no_literal_is_told(broken):
    with pytest.raises(LiteralError):
        read_literal(broken)


def test_depth_has_a_limit():
    with pytest.raises(LiteralError, match="nesting"):
        read_literal("[" * 5000)


@check(st.text(st.sampled_from("{}[]():,\"'`\\u0x1naf= \n/*")))
def test_nothing_but_its_own_error_comes_out(text):
    with contextlib.suppress(LiteralError):
        read_literal(text)


def test_the_states_of_a_page():
    page = '<script>window.__INITIAL_STATE__={"a":1};(function(){})()</script><script>window["__INITIAL_STATE__"] = {b:</script>'
    assert list(states(page)) == [{"a": 1}]
    assert list(states("window.__INITIAL_STATE__=[1]")) == []
