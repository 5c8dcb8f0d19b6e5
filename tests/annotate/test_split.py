"""Sentences are found in any layout, each in its language; what is no sentence is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnfeed.annotate.marks import find_marks
from learnfeed.annotate.word_lists import _LINE
from learnfeed.core.text import Language
from tests.annotate.reading import languages, sentences, units

ZH, EN, OTHER = "zh", "en", "other"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "下雪了！猫很开心。\n\nIt snowed! The cat is happy.",
            [(ZH, "下雪了！"), (ZH, "猫很开心。"), (EN, "It snowed!"), (EN, "The cat is happy.")],
        ),
        ("面很好吃。The noodles are good.", [(ZH, "面很好吃。"), (EN, "The noodles are good.")]),
        ("米饭 / rice", [(ZH, "米饭"), (EN, "rice")]),
        (
            "今天的字是“猫” | today’s character is “cat”",
            [(ZH, "今天的字是“猫”"), (EN, "today’s character is “cat”")],
        ),
        ("【新年快乐】Happy New Year", [(ZH, "新年快乐"), (EN, "Happy New Year")]),
        ("It is cold here. (这里很冷。)", [(EN, "It is cold here."), (ZH, "这里很冷。")]),
        ("（这里很冷。）", [(ZH, "这里很冷。")]),
        (
            "我家猫病了，my cat is sick, 要多喝水。",
            [(ZH, "我家猫病了，"), (EN, "my cat is sick,"), (ZH, "要多喝水。")],
        ),
        ("今天好冷🥶It is so cold today🥶", [(ZH, "今天好冷"), (EN, "It is so cold today")]),
    ],
)
def test_layouts(annotator, text, expected):
    assert sentences(annotator.annotate_text(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "我的cat很可爱，就是有点fat。",
        "今天在Starbucks喝了一杯Latte，好喝！",
        "OK，那我们明天见。",
        "A和B一共有12个苹果，请问A有几个？",
        "我们坐 United Airlines 回来。",
        "他和波兰总理莫拉维茨基 (Mateusz Morawiecki) 见面了。",
        "臭豆腐（stinky tofu）很好吃。",
        "今天-10℃❄️ emo了",
        "我在#春节#期间胖了五斤。",
        "我認為AI很厲害。",
    ],
)
def test_latin_words_belong_to_the_chinese_sentence(annotator, text):
    assert sentences(annotator.annotate_text(text)) == [(ZH, text)]


@pytest.mark.parametrize(
    "text",
    [
        "Tonight I cooked 麻婆豆腐 and 回锅肉 for my roommates.",
        "I heard the 硬座 can be rough.",
        "So what is 雪糕?",
        "卖 has a hat, 买 hasn't one.",
        "What does 加油 mean?",
        "I gained 2.5 kilos during the #SpringFestival",
    ],
)
def test_cited_chinese_belongs_to_the_english_sentence(annotator, text):
    assert sentences(annotator.annotate_text(text)) == [(EN, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("雪 snow\n雨 rain", [(ZH, "雪"), (EN, "snow"), (ZH, "雨"), (EN, "rain")]),
        ("1. 雪 - snow", [(ZH, "雪"), (EN, "snow")]),
        ("snow = 雪", [(EN, "snow"), (ZH, "雪")]),
        ("①雪 snow ②雨 rain", [(ZH, "雪"), (EN, "snow"), (ZH, "雨"), (EN, "rain")]),
        ("苹果 píngguǒ n. apple", [(ZH, "苹果 píngguǒ"), (EN, "apple")]),
        ("周一 Monday 周二 Tuesday", [(ZH, "周一"), (EN, "Monday"), (ZH, "周二"), (EN, "Tuesday")]),
        ("雪（snow）❄️ 冰（ice）", [(ZH, "雪"), (EN, "snow"), (ZH, "冰"), (EN, "ice")]),
        ("A. 猫 cat\nB. 狗 dog", [(ZH, "猫"), (EN, "cat"), (ZH, "狗"), (EN, "dog")]),
    ],
)
def test_word_lists_part_at_every_word(annotator, text, expected):
    assert sentences(annotator.annotate_text(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "今天下雪了\njīntiān xiàxuě le\nIt snowed today",
            [(ZH, "今天下雪了"), (OTHER, "jīntiān xiàxuě le"), (EN, "It snowed today")],
        ),
        ("你好\nni hao\nhello", [(ZH, "你好"), (OTHER, "ni hao"), (EN, "hello")]),
        ("晚安 wǎn ān", [(ZH, "晚安 wǎn ān")]),
        ("你好 (nǐ hǎo) - hello", [(ZH, "你好"), (OTHER, "nǐ hǎo"), (EN, "hello")]),
        ("xiè xie 谢谢 thank you", [(ZH, "xiè xie 谢谢"), (EN, "thank you")]),
    ],
)
def test_pinyin_is_not_english(annotator, text, expected):
    assert languages(annotator.annotate_text(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#猫税 #cattax\n交猫税。", [(OTHER, "#猫税"), (OTHER, "#cattax"), (ZH, "交猫税。")]),
        ("@小红薯 你看", [(OTHER, "@小红薯"), (ZH, "你看")]),
        ("作业太多了[哭惹R]", [(ZH, "作业太多了"), (OTHER, "[哭惹R]")]),
        ("翻译：我很好", [(OTHER, "翻译："), (ZH, "我很好")]),
        ("English below👇\n我很好", [(OTHER, "English below👇"), (ZH, "我很好")]),
        ("好美啊！\n2小时前 四川 回复", [(ZH, "好美啊！"), (OTHER, "2小时前 四川 回复")]),
        ("Привет! 大家好！", [(OTHER, "Привет"), (ZH, "大家好！")]),
        ("ありがとう！谢谢！", [(OTHER, "ありがとう"), (ZH, "谢谢！")]),
        ("看这里 https://example.com/a?b=1", [(ZH, "看这里"), (OTHER, "https://example.com/a?b=1")]),
    ],
)
def test_what_belongs_to_no_sentence_is_other(annotator, text, expected):
    assert languages(annotator.annotate_text(text)) == expected


def test_names_of_a_thread_are_no_sentences(annotator):
    text = "Anna\nIs it cold?\n王阿姨 回复 Anna\n很冷。\nAnna\nOh no!"
    assert sentences(annotator.annotate_text(text)) == [(EN, "Is it cold?"), (ZH, "很冷。"), (EN, "Oh no!")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1\n00:00:01,000 --> 00:00:03,000\n你好\n\n2\n00:00:03,500 --> 00:00:06,000\n再见",
            ["你好", "再见"],
        ),
        ("00:05 你好\n[00:09.50] 再见", ["你好", "再见"]),
        ("(1) 你好\n② 再见\n三、走吧", ["你好", "再见", "走吧"]),
        ("A: 你好吗？\nB: 很好。", ["你好吗？", "很好。"]),
    ],
)
def test_times_numbers_and_letters_are_in_no_unit(annotator, text, expected):
    assert units(annotator.annotate_text(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dr. Wang left at 5 p.m. yesterday. He was tired.",
            ["Dr. Wang left at 5 p.m. yesterday.", "He was tired."],
        ),
        ('"How are you?" he asked. I slept.', ['"How are you?" he asked.', "I slept."]),
        ("i am sick. please help", ["i am sick.", "please help"]),
        ("Well... maybe not", ["Well... maybe not"]),
        ("他问：“好吗？”我点头。", ["他问：“好吗？”", "我点头。"]),
        ("周末去了动物园🐼明天还想去一次", ["周末去了动物园🐼", "明天还想去一次"]),
    ],
)
def test_sentences_end_where_they_end(annotator, text, expected):
    assert units(annotator.annotate_text(text)) == expected


TROUBLE = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "雪猫我的是。，！？ \n\tabI'’-(（)）[]【】/|#@:：1２30℃😂❄️\ufe0f\u200dnǐhǎo“”\"…~～の"
        ),
        st.characters(),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(text=TROUBLE)
def test_units_never_fail_nor_overlap(annotator, text):
    annotated = annotator.annotate_text(text)
    end = 0
    for unit in annotated.units:
        assert end <= unit.start < unit.end <= len(text)
        end = unit.end


@settings(deadline=None)
@given(text=TROUBLE)
def test_marks_lie_in_order_and_apart(text):
    end = 0
    for mark in find_marks(text, lambda code: code == "doge"):
        assert end <= mark.start < mark.end <= len(text)
        end = mark.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yyds! 奶茶真好喝", [(ZH, "yyds!"), (ZH, "奶茶真好喝")]),
        ("thanks! 晚安 everyone", [(EN, "thanks!"), (EN, "晚安 everyone")]),
        ("我喜欢 (I like) 的东西", [(ZH, "我喜欢 (I like) 的东西")]),
        ("我是素食主义者 (I am vegetarian)", [(ZH, "我是素食主义者"), (EN, "I am vegetarian")]),
        ("猫の日", [(ZH, "猫の日")]),
        ("2025", [(EN, "2025")]),
        ("好的。2025。", [(ZH, "好的。"), (ZH, "2025。")]),
        ("2025! 好的", [(ZH, "2025!"), (ZH, "好的")]),
    ],
)
def test_small_clauses_follow_their_line(annotator, text, expected):
    assert sentences(annotator.annotate_text(text)) == expected


def test_pictures_of_other_apps_and_whom_a_comment_answers_are_no_words(annotator):
    text = "[笑哭]太可爱了\n回复 @小雪同学：In Texas we never get this."
    units = annotator.annotate_text(text).units
    spoken = [text[u.start : u.end] for u in units if u.language is not Language.OTHER]
    assert spoken == ["太可爱了", "In Texas we never get this."]


@pytest.mark.parametrize(
    "line", ["。" * 200_000 + "雪", "雪 " + "a " * 100_000 + "。雪", "雪" + " " * 200_000 + "b"]
)
def test_long_lines_of_anything_are_looked_at_for_word_lists_in_no_time(line):
    assert next(_LINE.finditer(line), None) is None
