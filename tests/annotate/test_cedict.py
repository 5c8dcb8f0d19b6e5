"""A line of CC-CEDICT becomes what a learner can use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.annotate.cedict import align_syllables, clean_gloss, parse_line


def senses(line: str) -> list[str]:
    parsed = parse_line(line)
    assert parsed is not None
    return [sense.gloss for sense in parsed.senses]


def tags(line: str) -> list[tuple[str, ...]]:
    parsed = parse_line(line)
    assert parsed is not None
    return [sense.tags for sense in parsed.senses]


def test_comments_and_other_text_are_no_entries():
    assert parse_line("# CC-CEDICT") is None
    assert parse_line("雪 [xue3] /snow/") is None
    assert parse_line("") is None


def test_an_entry_has_both_scripts_syllables_and_senses():
    line = parse_line("下雪 下雪 [xia4 xue3] /to snow/")
    assert line is not None
    assert (line.traditional, line.simplified, line.syllables) == ("下雪", "下雪", ("xia4", "xue3"))
    assert senses("下雪 下雪 [xia4 xue3] /to snow/it snows/") == ["to snow", "it snows"]


def test_measure_words_leave_the_glosses():
    line = parse_line("貓 猫 [mao1] /cat/CL:隻|只[zhi1],個|个[ge4]/")
    assert line is not None
    assert line.measure_words == ("只", "个")
    assert [s.gloss for s in line.senses] == ["cat"]


def test_pronunciation_remarks_and_see_also_are_left_out():
    raw = "下載 下载 [xia4 zai3] /to download/also pr. [xia4 zai4]/see also 上載|上载[shang4 zai3]/Taiwan pr. [xia4 zai4]/"
    assert senses(raw) == ["to download"]


@pytest.mark.parametrize(
    ("raw", "word", "short"),
    [
        ("一點兒 一点儿 [yi1 dian3 r5] /erhua variant of 一點|一点[yi1 dian3]/", "一点", False),
        ("乹 干 [gan1] /old variant of 乾|干[gan1]/", "干", False),
        ("倆 俩 [lia3] /see 兩個|两个[liang3 ge5]/", "两个", False),
        ("北大 北大 [Bei3 Da4] /abbr. for 北京大學|北京大学[Bei3 jing1 Da4 xue2]/", "北京大学", True),
    ],
)
def test_pure_references_are_pointers(raw: str, word: str, short: bool):
    line = parse_line(raw)
    assert line is not None
    assert not line.senses
    assert [(p.word, p.short) for p in line.pointers] == [(word, short)]


def test_an_abbreviation_that_explains_itself_keeps_its_explanation():
    assert senses("日 日 [Ri4] /abbr. for 日本[Ri4 ben3], Japan/") == ["Japan"]


def test_glosses_lose_references_without_breaking_off():
    assert clean_gloss("one of the ten heavenly stems 天干[tian1 gan1]") == "one of the ten heavenly stems"
    assert (
        clean_gloss("Peking University (abbr. for 北京大學|北京大学[Bei3 jing1 Da4 xue2])")
        == "Peking University"
    )
    assert clean_gloss("used in 自個兒|自个儿[zi4 ge3 r5]") == "used in 自个儿"
    assert "[" not in clean_gloss("(Internet slang) bye-bye (alternative for 拜拜[bai2 bai2])")


def test_senses_carry_what_kind_they_are():
    assert tags("靠 靠 [kao4] /to lean against/to fuck (vulgar)/") == [(), ("vulgar",)]
    assert tags("丁 丁 [Ding1] /surname Ding/") == [("surname",)]
    assert tags("庸俗 庸俗 [yong1 su2] /vulgar/tacky/") == [(), ()]
    assert tags("個 个 [ge4] /(classifier used before a noun that has no specific classifier)/") == [
        ("classifier",)
    ]
    assert tags("葡 葡 [pu2] /used in 葡萄[pu2 tao5]/") == [("reference",)]


def test_capitals_mark_names():
    upper = parse_line("北京 北京 [Bei3 jing1] /Beijing/")
    lower = parse_line("雪 雪 [xue3] /snow/")
    assert upper is not None
    assert lower is not None
    assert (upper.is_name, lower.is_name) == (True, False)
    assert upper.syllables == ("bei3", "jing1")


@pytest.mark.parametrize(
    ("word", "pinyin", "expected"),
    [
        ("女", "nu:3", ("nü3",)),
        ("卡拉OK", "ka3 la1 O K", ("ka3", "la1", "", "")),
        ("一不做，二不休", "yi1 bu4 zuo4 , er4 bu4 xiu1", ("yi1", "bu4", "zuo4", "", "er4", "bu4", "xiu1")),
        ("88", "ba1 ba1", ("ba1", "ba1")),
        ("PO文", "po1 wen2", ("", "", "wen2")),
        (
            "21三体综合症",
            "er4 shi2 yi1 san1 ti3 zong1 he2 zheng4",
            ("", "", "san1", "ti3", "zong1", "he2", "zheng4"),
        ),
        ("瓩", "qian1 wa3", ("",)),
        ("喜欢", "xǐ huan", ("xi3", "huan5")),
    ],
)
def test_every_character_has_its_own_syllable(word: str, pinyin: str, expected: tuple[str, ...]):
    assert align_syllables(word, pinyin) == expected


@given(st.text(max_size=12), st.text(alphabet="abgjnüux:1234 ,A", max_size=40))
def test_there_are_always_as_many_syllables_as_characters(word: str, pinyin: str):
    assert len(align_syllables(word, pinyin)) == len(word)


@given(st.text(alphabet="ab|[]()/,;:中文天地 of", max_size=60))
def test_no_gloss_keeps_brackets_of_pinyin(raw: str):
    assert "[" not in clean_gloss(raw) or "]" not in clean_gloss(raw).split("[", 1)[1]
