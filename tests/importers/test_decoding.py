from __future__ import annotations

import pytest
from hypothesis import strategies as st

from learnfeed.importers.decoding import decode, decode_line, decode_stream, detect, is_binary
from tests.importers.checks import check

SIMPLIFIED = "今天早上醒来，外面全白了。\n你们那边下雪了吗？\n"
TRADITIONAL = "老師說窗外全白了。\n貓在窗戶旁邊看書。\n"
ENGLISH = "Everything outside was white.\n"


def decoded(data: bytes) -> str:
    return decode(data, detect(data))[0]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
)
def test_simplified_text_is_read_in_any_encoding_people_have(encoding):
    assert decoded((SIMPLIFIED + ENGLISH).encode(encoding)) == SIMPLIFIED + ENGLISH


def test_big5_is_not_mistaken_for_gb18030():
    data = (TRADITIONAL + ENGLISH).encode("big5")
    data.decode("gb18030")
    assert decoded(data) == TRADITIONAL + ENGLISH


def test_accents_of_latin_text_are_no_chinese():
    assert decoded("café, déjà vu, naïve: a long line of plain words\n".encode("cp1252")).startswith(
        "café, déjà"
    )


def test_english_in_utf_16_without_a_mark():
    assert decoded(ENGLISH.encode("utf-16-le")) == ENGLISH


def test_a_file_of_mixed_encodings_is_read_line_by_line():
    data = "窗外全白了。\n".encode() + "猫在睡觉。\n".encode("gb18030") + b"white\n"
    assert decode(data, detect(data)) == ("窗外全白了。\n猫在睡觉。\nwhite\n", [])


def test_what_no_encoding_explains_is_told_with_its_line():
    text, damaged = decode("好的。\n再见。\n".encode() + b"ab\xff\xff\xffcd\n", "utf-8")
    assert damaged == [3]
    assert text.startswith("好的。\n再见。\nab")


def test_damage_in_utf_16_is_told_with_its_line():
    data = "一\n".encode("utf-16-le") + b"\x00\xd8" + "x\n".encode("utf-16-le")
    assert decode(data, "utf-16-le")[1] == [2]


def test_a_character_cut_off_at_the_end_does_not_change_the_encoding():
    assert detect("窗外全白了。".encode()[:-1]) == "utf-8"
    assert decode_line("窗外".encode()[:-1], "utf-8") == ("窗\ufffd", True)


def test_pictures_are_no_text():
    assert is_binary(bytes(range(256)) * 4)
    assert is_binary(b"\0" * 100)
    assert not is_binary(b"")
    assert not is_binary("雪\0snow\0\n".encode())
    assert not is_binary("窗外全白了。\n".encode() + "猫在睡觉。\n".encode("gb18030"))


@check(st.text(), st.sampled_from(["utf-8", "utf-16-le", "gb18030"]), st.integers(1, 7))
def test_a_stream_in_pieces_gives_the_whole(text, encoding, size):
    text = text.lstrip("\ufeff")
    data = text.encode(encoding, "replace")
    whole = data.decode(encoding)
    chunks = [data[i : i + size] for i in range(0, len(data), size)]
    assert "".join(decode_stream(chunks, encoding)) == whole


def test_a_stream_cut_off_is_read_as_far_as_it_goes():
    assert "".join(decode_stream(["雪人".encode()[:-1]], "utf-8")) == "雪\ufffd"


@check(st.binary())
def test_any_bytes_can_be_decoded(data):
    text, damaged = decode(data, detect(data))
    assert isinstance(text, str)
    assert all(number >= 1 for number in damaged)


@check(st.text(st.sampled_from("今天早上醒来外面全白了你们那边下雪吗猫喜欢睡在课本"), min_size=8))
def test_common_chinese_survives_gb18030(text):
    assert decoded(text.encode("gb18030")) == text
