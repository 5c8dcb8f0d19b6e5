from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import strategies as st

from learnfeed.core.post import BlockRole
from learnfeed.importers import limits, values
from tests.importers.checks import check

NAIVE = datetime
WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@check(WILD)
def test_no_value_of_a_file_breaks_a_field(value):
    for function in (
        values.string, values.line, values.ident, values.link, values.count,
        values.moment, values.topics, values.pictures, values.comment,
    ):  # fmt: skip
        function(value)
    values.text_blocks(value, value)


@pytest.mark.parametrize(
    "value", ["../../etc/passwd", "a/b", "..", "a b", "", None, "x" * 201, "-", {"a": 1}]
)
def test_what_could_be_a_path_is_no_id(value):
    assert values.ident(value) == ("-" if value == "-" else "")


def test_numbers_are_ids():
    assert values.ident(12345678901234567890) == "12345678901234567890"


@pytest.mark.parametrize("value", ["未知", "unknown", "None", "null", "NaN", "N/A", None])
def test_words_for_nothing_are_nothing(value):
    assert values.line(value) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1737030665000, datetime(2025, 1, 16, 12, 31, 5, tzinfo=UTC)),
        ("1737030665", datetime(2025, 1, 16, 12, 31, 5, tzinfo=UTC)),
        (1737030665.0, datetime(2025, 1, 16, 12, 31, 5, tzinfo=UTC)),
        ("2025-01-16_20:31:05", NAIVE(2025, 1, 16, 20, 31, 5)),
        ("2025-01-16", NAIVE(2025, 1, 16)),
        ("2025/01/16 20:31:05", NAIVE(2025, 1, 16, 20, 31, 5)),
        ("2025-01-16 12:31:05 UTC", datetime(2025, 1, 16, 12, 31, 5, tzinfo=UTC)),
        ("2025-01-16 20:31:05 +08:00", datetime(2025, 1, 16, 20, 31, 5, tzinfo=timezone(timedelta(hours=8)))),
        ("Thu Jan 16 12:31:05 +0000 2025", datetime(2025, 1, 16, 12, 31, 5, tzinfo=UTC)),
        ("Thu, 16 Jan 2025 12:31:05 +0000", datetime(2025, 1, 16, 12, 31, 5, tzinfo=UTC)),
    ],
)
def test_times_in_all_the_ways_they_are_written(value, expected):
    found = values.moment(value)
    assert found is not None
    assert found.at == expected
    assert found.zone_known == (expected.tzinfo is not None)


@pytest.mark.parametrize(
    "value",
    [
        0,
        -1,
        "",
        None,
        float("nan"),
        float("inf"),
        True,
        "not a date",
        "未知",
        10**30,
        "0001-01-01",
        [],
        "昨天",
    ],
)
def test_what_is_no_time_is_none(value):
    assert values.moment(value) is None


def test_a_zone_can_be_given_for_times_that_have_none():
    zone = timezone(timedelta(hours=8))
    assert values.moment("2025-01-16 20:31:05", zone).at == datetime(2025, 1, 16, 12, 31, 5, tzinfo=UTC)


def test_revisions_order_saves():
    assert values.millis(values.moment(1737030665000)) == 1737030665000
    assert values.millis(values.moment("2025-01-16 12:31:05")) == 1737030665000
    assert values.millis(None) == 0


@pytest.mark.parametrize(
    ("value", "number", "exact"),
    [("1.2万", 12000, False), (986.0, 986, True), ("10+", 10, False), ("-1", None, True)],
)
def test_counts_as_sites_write_them(value, number, exact):
    found = values.count(value)
    assert (found.value, found.exact) == (number, exact)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, None, "赞"])
def test_what_is_no_count_has_no_value(value):
    assert values.count(value).value is None


def test_topics_from_any_shape():
    assert values.topics("学中文,snow") == ("学中文", "snow")
    assert values.topics(["#雪[话题]#", {"name": "猫"}, None, {"id": 1}, "雪"]) == ("雪", "猫")
    assert values.topics(None, ("茶",)) == ("茶",)


def test_ten_thousand_topics_are_too_many():
    found = values.topics([f"t{n}" for n in range(10_000)])
    assert len(found) == limits.TAGS.value


def test_lines_of_topics_at_the_end_are_tags_not_reading():
    body, tags = values.split_topics(
        "外面下雪了。\n\t\n#学中文[话题]# #snow[话题]#\n#下雪了[话题]##冬天[话题]#"
    )
    assert body == "外面下雪了。"
    assert tags == ("学中文", "snow", "下雪了", "冬天")


def test_topics_in_the_text_stay_where_they_are():
    body, tags = values.split_topics("#雪[话题]#好大！\n我爱 #猫 也爱 #茶[话题]#。")
    assert body == "#雪 好大！\n我爱 #猫 也爱 #茶。"
    assert set(tags) == {"雪", "猫", "茶"}


def test_a_hash_in_a_heading_or_a_colour_is_no_topic():
    assert values.split_topics("# Heading\nC# and &#39; and a#b")[1] == ()


def test_a_title_that_repeats_the_text_is_none():
    blocks, _ = values.text_blocks("外面下雪了。", "外面下雪了。")
    assert [b.role for b in blocks] == [BlockRole.BODY]
    long = "雪" * 300
    blocks, _ = values.text_blocks(long[:255], long, cut_at=255)
    assert [b.role for b in blocks] == [BlockRole.BODY]
    assert values.text_blocks("无标题", "雪")[0][0].role is BlockRole.BODY


def test_a_comment_without_an_id_is_known_by_its_text():
    first, second = values.comment("好美", author="甲"), values.comment("好美", author="乙")
    assert first.key != second.key
    assert values.comment("好美", author="甲").key == first.key
    assert values.comment("  ") is None
    assert values.comment("#雪[话题]#").text == "#雪"


def test_addresses_of_pictures_lose_tokens_and_doubles():
    found = values.pictures("https://i.example/a?token=x,https://i.example/a javascript:x")
    assert [media.url for media in found] == ["https://i.example/a"]
